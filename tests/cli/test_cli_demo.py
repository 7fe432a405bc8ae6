from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

DEMO = Path(__file__).parents[2] / "examples" / "demo.py"


def test_the_demo_goes_the_whole_way_and_ends_with_the_lists(tmp_path: Path) -> None:
    command = [sys.executable, str(DEMO), str(tmp_path / "demo")]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    assert ended.returncode == 0
    said = [line for line in ended.stderr.splitlines() if not line[0].isdigit()]  # a slow machine shows progress
    assert said == ["Written to scan.json", "Left out by status: 2 CORRUPT", "Left out by status: 7 HEALTHY"]
    assert re.search(
        r"CORRUPT +00:00:0\d +\d+% +pictures in it are damaged +Movies/Inception \(2010\) \[1080p\].mp4\n", ended.stdout
    )
    assert "9 files checked: 7 healthy, 2 corrupt\n" in ended.stdout
    assert "(2/7) Processing: Dune (2021) [movie]\n    ✅ Added to watchlist\n" in ended.stdout
    assert "    ⏭ Skipped: sample\n" in ended.stdout
    assert "    ⏸ Held for review (2 candidates)\n" in ended.stdout
    assert "Success rate: 66.7%\n" in ended.stdout
    assert [line.split()[:3] for line in ended.stdout.splitlines()[-2:]] == [
        ["Watchlist", "watchlist", "4"],
        ["Re-acquire", "re-acquire", "2"],
    ]
