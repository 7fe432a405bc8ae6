"""Writes that go wrong: nothing is lost, nothing is doubled, and it is said."""

from __future__ import annotations

from driving import Program, TraktProcess

FILMS = ("/v/Dune.2021.mkv", "/v/Inception.2010.mkv", "/v/The.Matrix.1999.mkv")
QUICK = {"CVI_TRAKT_MAX_TRIES": "2", "CVI_TRAKT_MAX_WAIT": "2", "CVI_TRAKT_TIMEOUT": "2"}


def listed(trakt: TraktProcess) -> int:
    return len(trakt.account()["watchlist"])


def test_a_write_whose_answer_was_lost_is_settled_by_reading_again(program: Program, trakt: TraktProcess) -> None:
    trakt.fault("lost_answer", method="POST", path="/sync/watchlist")
    ended = program.run("sync", program.scan(*FILMS), env=QUICK)
    assert (ended.code, listed(trakt)) == (0, 3)
    assert "Movies added: 3" in ended.out
    assert len(trakt.requests("/sync/watchlist", "POST")) == 1
    assert "Uncertain: sent 3 items, the answer was lost; reading watchlist again" in ended.err


def test_a_write_that_never_arrived_is_sent_once_more(program: Program, trakt: TraktProcess) -> None:
    trakt.fault("reset", method="POST", path="/sync/watchlist")
    ended = program.run("sync", program.scan(*FILMS), env=QUICK)
    assert (ended.code, listed(trakt)) == (0, 3)
    assert "Movies added: 3" in ended.out


def test_writes_that_never_succeed_are_exit_5_and_every_work_is_said(program: Program, trakt: TraktProcess) -> None:
    trakt.fault("status", method="POST", path="/sync/watchlist", status=503, times=None)
    ended = program.run("sync", program.scan(*FILMS), "-v", env=QUICK)
    assert (ended.code, listed(trakt)) == (5, 0)
    assert ended.out.count("❌ Failed: Trakt or its edge has a fault (503 on /sync/watchlist)") == 3
    assert "Failed/Not found: 3" in ended.out
    assert program.run("sync", "scan.json").code == 5
    trakt.reset()
    assert "Movies added: 3" in program.run("sync", "scan.json").out


def test_a_token_that_ends_between_the_batches_is_exit_4_and_what_was_done_stays(
    program: Program, trakt: TraktProcess
) -> None:
    trakt.fault("status", method="POST", path="/sync/watchlist", status=401, times=None)
    ended = program.run("sync", program.scan(*FILMS))
    assert ended.code == 4
    assert "Authentication failed" in ended.err
    assert "Failed/Not found: 3" in ended.out


def test_a_bad_item_is_found_by_halving_and_the_others_are_added(program: Program, trakt: TraktProcess) -> None:
    trakt.fault("status", method="POST", path="/sync/watchlist", status=422, body={"error": "bad"}, times=2)
    ended = program.run("sync", program.scan(*FILMS), "-v")
    assert ended.code == 1
    assert ended.out.count("    ✅ Added to watchlist") == 2
    assert "    ❌ Failed: Trakt found the request invalid (422 on /sync/watchlist)" in ended.out
    assert listed(trakt) == 2


def test_what_does_not_fit_is_over_the_limit_in_the_order_of_the_input(program: Program, trakt: TraktProcess) -> None:
    trakt.seed(limits={"watchlist": 2}, watchlist=[{"type": "movie", "trakt": 481}])
    ended = program.run("sync", program.scan(*FILMS), "-v")
    assert ended.code == 1
    assert "Dune (2021) [movie]\n    ✅ Added to watchlist" in ended.out
    assert "Inception (2010) [movie]\n    ❌ Over the account limit" in ended.out
    assert "The Matrix (1999) [movie]\n    ✅ Already there" in ended.out
    assert "Over the account limit: 1\n" in ended.out
    assert listed(trakt) == 2


def test_a_420_in_spite_of_that_ends_the_target_and_is_said(program: Program, trakt: TraktProcess) -> None:
    headers = {"X-Account-Limit": "250", "X-VIP-User": "false", "X-Upgrade-URL": "https://trakt.tv/vip"}
    trakt.fault("status", method="POST", path="/sync/watchlist", status=420, headers=headers, times=None)
    ended = program.run("sync", program.scan(*FILMS), "-v")
    assert ended.code == 1
    assert ended.out.count("❌ Over the account limit") == 3
    assert "The account limit of 250 items is reached" in ended.err
    assert len(trakt.requests("/sync/watchlist", "POST")) == 1


def test_counts_that_disagree_are_settled_by_reading_again(program: Program, trakt: TraktProcess) -> None:
    """Somebody else adds one of the films between our read and our write."""
    program.run("sync", program.scan("/v/Dune.2021.mkv", name="other.json"))
    trakt.fault("status", method="GET", path="/sync/watchlist", status=200, body=[])
    ended = program.run("sync", program.scan(*FILMS))
    assert (ended.code, listed(trakt)) == (0, 3)


def test_a_watchlist_that_cannot_be_read_completely_is_not_written_to(program: Program, trakt: TraktProcess) -> None:
    headers = {"X-Pagination-Item-Count": "9", "X-Pagination-Page-Count": "1", "X-Pagination-Limit": "250"}
    trakt.fault("status", method="GET", path="/sync/watchlist", status=200, body=[], headers=headers, times=None)
    ended = program.run("sync", program.scan(*FILMS))
    assert (ended.code, listed(trakt)) == (5, 0)
    assert "do not add up" in ended.err


def test_what_somebody_else_added_meanwhile_is_not_claimed(program: Program, trakt: TraktProcess) -> None:
    trakt.seed(watchlist=[{"type": "movie", "trakt": 481}])
    trakt.fault("status", method="GET", path="/sync/watchlist", status=200, body=[])
    ended = program.run("sync", program.scan("/v/The.Matrix.1999.mkv"), "-v")
    assert ended.code == 0
    assert "    ✅ Already there" in ended.out
    assert "Movies added: 0" in ended.out


def test_when_nothing_passes_the_halving_is_given_up(program: Program, trakt: TraktProcess) -> None:
    trakt.fault("status", method="POST", path="/sync/watchlist", status=400, times=None)
    episodes = [f"/v/Game.of.Thrones.S{s:02d}E{e:02d}.mkv" for s in range(1, 7) for e in range(1, 11)]
    ended = program.run("sync", program.scan(*episodes), "--level", "episode")
    assert ended.code == 1
    assert "could not read the request (400 on /sync/watchlist)" in ended.err
    assert len(trakt.requests("/sync/watchlist", "POST")) == 11
