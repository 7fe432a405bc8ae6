"""Ways to bring a line of the guide about: what is there before it, and what the person does."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable

import pytest
import requests
from driving import Ended
from guide import MAKEFILE, Stage
from roots import command_in_root, why_not
from terminal import ENTER, Terminal
from videos import cut_off, make_video

from cvi_trakt.sandbox import CLIENT_ID, CLIENT_SECRET

Drive = Callable[[Stage, str], Ended]


def run(on: Stage, line: str) -> Ended:
    """Run a line with no terminal and nothing on standard input."""
    return on.shell.run(line, env=on.env)


def without_any_token(on: Stage, line: str) -> Ended:
    """Run a line where neither settings nor a sign-in give a token."""
    on.env["CVI_TRAKT_TOKEN"] = None
    return run(on, line)


def where_the_settings_want_damaged_files(on: Stage, line: str) -> Ended:
    on.shell.write("config.yaml", "trakt:\n  include_statuses: [CORRUPT]\n")
    return run(on, line)


def with_a_stored_sign_in(on: Stage, line: str) -> Ended:
    on.shell.sign_in(on.trakt.token())
    return run(on, line)


def pasting_the_code(on: Stage, line: str) -> Ended:
    """Sign in as the guide's user: open the address that is printed, give the page's code on standard input."""
    on.trakt.behave(sign_in_as="your-trakt-username")
    process = on.shell.start(line, env={"CVI_TRAKT_TOKEN": None, **on.env})
    assert process.stderr is not None
    said = b""
    for read in process.stderr:
        said += read
        if read.startswith(b"http"):
            break
    address = said.decode().splitlines()[-1]
    out, err = process.communicate(_code_on(address).encode() + b"\n", timeout=60)
    ended = Ended(process.returncode, out.decode(), (said + err).decode())
    on.shell.said.append(ended.out + ended.err)
    _pass_over(address, on)
    return ended


def pasting_the_code_at_a_terminal(on: Stage, line: str) -> Ended:
    on.trakt.behave(sign_in_as="your-trakt-username")
    with Terminal(on.shell, line, env={"CVI_TRAKT_TOKEN": None, **on.env}, size=(24, 300)) as terminal:
        terminal.wait_for("Paste the code")
        (address,) = [row for row in terminal.screen if row.startswith("http")]
        terminal.send(_code_on(address) + ENTER)
        ended = Ended(terminal.end().code, str(terminal), "")
    _pass_over(address, on)
    return ended


def with_all_settings_in_the_file(on: Stage, line: str) -> Ended:
    """Sign in where the environment says nothing, and config.yaml everything."""
    settings = {"api_url": on.trakt.url, "auth_url": on.trakt.url}
    settings |= {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
    on.shell.write("config.yaml", {"trakt": settings, "state_dir": str(on.folder / "state")})
    on.env |= {name: None for name in on.shell.environment if name.startswith("CVI_")}
    return pasting_the_code(on, line)


def answering(*answers: tuple[str, str]) -> Drive:
    """Answer questions at a terminal: for each, what the screen shows, and the keys that are pressed then."""

    def drive(on: Stage, line: str) -> Ended:
        with Terminal(on.shell, line, env=on.env) as terminal:
            for shown, keys in answers:
                terminal.wait_for(shown)
                terminal.send(keys)
            return Ended(terminal.end().code, str(terminal), "")

    return drive


def with_the_makefile(on: Stage, line: str) -> Ended:
    shutil.copy(MAKEFILE, on.folder)
    return run(on, line)


def with_videos_at(where: str) -> Drive:
    """Run a line where this absolute folder holds a good film, a good episode and a film that was cut off."""

    def drive(on: Stage, line: str) -> Ended:
        if why_not():
            pytest.skip(f"{where} is an absolute path, and {why_not()}")
        videos, root = (on.folder.parent / name for name in ("videos", "root"))
        root.mkdir()
        make_video(videos / "Oldboy.2003.1080p.mp4")
        make_video(videos / "Game.of.Thrones.1x01.Winter.Is.Coming.mkv")
        cut_off(make_video(videos / "Inception (2010) [1080p].mp4"))
        on.shell.before = tuple(command_in_root(root, {where: videos}))
        return run(on, line)

    return drive


def _code_on(address: str) -> str:
    page = requests.get(address, timeout=10).text
    shown = re.search(r'<code id="code">(\w+)</code>', page)
    assert shown is not None, page
    return shown[1]


def _pass_over(address: str, on: Stage) -> None:
    """Take the address of the sign-in page out of what was said: it names the client id, and must."""
    on.shell.said[:] = [text.replace(address, "ADDRESS") for text in on.shell.said]
