"""Samples, trailers and extras are told from films and shows that are only called so."""

import pytest

from cvi_trakt.identify.extras import reason_to_skip
from cvi_trakt.identify.paths import BelowRoot


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("Film.2010.1080p/sample.mkv", "sample", id="sample"),
        pytest.param("Film.2010.1080p/Sample/film.mkv", "sample", id="sample-folder"),
        pytest.param("Film.2010.1080p.BluRay.x264-GRP-sample.mkv", "sample", id="sample-suffix"),
        pytest.param("film.2010.720p.sample.mkv", "sample", id="sample-after-release-words"),
        pytest.param("sample-grp-film.mkv", "sample", id="sample-first"),
        pytest.param("Film (2010) (sample).mkv", "sample", id="sample-in-parentheses"),
        pytest.param("Show.S01E01.720p.HDTV.x264-GRP.sample.mkv", "sample", id="sample-of-an-episode"),
        pytest.param("Film (1999)/movie-trailer.mp4", "trailer", id="movie-trailer"),
        pytest.param("Film (1999)/Film-trailer.mkv", "trailer", id="trailer-suffix"),
        pytest.param("Film (1999)/Film-trailer2.mkv", "trailer", id="second-trailer"),
        pytest.param("Film (1999)/Trailers/Teaser.mkv", "trailer", id="trailers-folder"),
        pytest.param("Film (1999) Trailer.mkv", "trailer", id="after-the-year"),
        pytest.param("Film (1999) - Trailer 2 [1080p].mkv", "trailer", id="after-the-year-numbered"),
        pytest.param("Film - Official Trailer [HD].mp4", "trailer", id="official-trailer"),
        pytest.param("Film Trailer #1 (2011).mp4", "trailer", id="numbered-trailer"),
        pytest.param("Film (1999)/Making of-featurette.mkv", "extra", id="featurette"),
        pytest.param("Film (1999)/On set-behindthescenes.mkv", "extra", id="behind-the-scenes"),
        pytest.param("Film (1999)/The end-deleted.mkv", "extra", id="deleted"),
        pytest.param("Film (1999)/The star-interview.mkv", "extra", id="interview"),
        pytest.param("Film (1999)/The end-scene.mkv", "extra", id="scene"),
        pytest.param("Film (1999)/A tale-short.mkv", "extra", id="short"),
        pytest.param("Film (1999)/Gag reel-other.mkv", "extra", id="other"),
        pytest.param("Film (1999)/Extras/Gag reel.mkv", "extra", id="extras-folder"),
        pytest.param("Film (1999)/Featurettes/Gag reel.mkv", "extra", id="featurettes-folder"),
        pytest.param("Film (1999)/Behind The Scenes/On set.mkv", "extra", id="behind-the-scenes-folder"),
        pytest.param("Film (1999)/Deleted Scenes/The end.mkv", "extra", id="deleted-scenes-folder"),
        pytest.param("Film (1999)/Interviews/The star.mkv", "extra", id="interviews-folder"),
        pytest.param("Film (1999)/Other/Gag reel.mkv", "extra", id="other-folder"),
        pytest.param("Show/Season 1/Extras/Gag reel.mkv", "extra", id="extras-of-a-season"),
        pytest.param("Show/Bonus/Gag reel.mkv", "extra", id="bonus-of-a-show"),
        pytest.param("Trailer Park Boys/Season 1/Trailer Park Boys S01E01.mkv", None, id="trailer-park-boys"),
        pytest.param("Trailer.Park.Boys.S01E01.mkv", None, id="trailer-park-boys-release"),
        pytest.param("The Sample (2005).mkv", None, id="the-sample"),
        pytest.param("The Sample (2005)/The Sample (2005).mkv", None, id="the-sample-in-its-folder"),
        pytest.param("Sample This (2012).mkv", None, id="sample-this"),
        pytest.param("Sample.This.2012.1080p.mkv", None, id="sample-this-release"),
        pytest.param("Extras (2005)/Season 1/Extras (2005) - S01E01.mkv", None, id="extras-the-show"),
        pytest.param("Extras/Season 1/S01E01.mkv", None, id="extras-the-show-without-year"),
        pytest.param("Extras/Extras S01E01.mkv", None, id="extras-the-show-without-seasons"),
        pytest.param("Other/Film (1999).mkv", None, id="other-at-the-top"),
        pytest.param("Kids/Shorts/Luxo Jr. (1986).mkv", None, id="shorts-as-a-genre"),
        pytest.param("Trailer/Trailer (1979).mkv", None, id="trailer-the-film"),
        pytest.param("the-big-short/the-big-short-1080p.mkv", None, id="words-parted-by-hyphens"),
        pytest.param("the-big-short.mkv", None, id="the-big-short"),
        pytest.param("crime-scene.mkv", None, id="suffix-needs-a-folder"),
        pytest.param("Film/Film.2010.x264-OTHER.mkv", None, id="release-group"),
        pytest.param("Show.S05E02.The.Trailer.mkv", None, id="trailer-in-an-episode-title"),
        pytest.param("Show.S05E02.2010.Free.Sample.mkv", None, id="sample-in-an-episode-title"),
    ],
)
def test_what_is_no_work_is_skipped(path: str, expected: str | None) -> None:
    assert reason_to_skip(BelowRoot(parts=tuple(path.split("/")))) == expected
