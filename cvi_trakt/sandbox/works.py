"""The endpoints of single films and shows: summary, other titles, seasons and episodes."""

from __future__ import annotations

from flask import Blueprint, Response

from cvi_trakt.sandbox.catalogue import Entry, Ref, WorkKind
from cvi_trakt.sandbox.paging import extended
from cvi_trakt.sandbox.shapes import entry_body, episode_body, season_body
from cvi_trakt.sandbox.world import World, answer, refusal


def work_endpoints(world: World) -> Blueprint:
    """Make the endpoints under ``/movies`` and ``/shows``."""
    pages = Blueprint("works", __name__)

    def find(place: str, name: str) -> Entry:
        kind: WorkKind = "movie" if place == "movies" else "show"
        entry = world.catalogue.named(kind, name)
        if entry is None:
            raise refusal(404, "not_found")
        return entry

    def find_part(name: str, ref_season: int, episode: int | None = None) -> tuple[Entry, Ref]:
        entry = find("shows", name)
        ref = Ref("season" if episode is None else "episode", entry.trakt, ref_season, episode)
        if not world.catalogue.holds(ref):
            raise refusal(404, "not_found")
        return entry, ref

    @pages.get("/<any(movies, shows):place>/<name>")
    def summary(place: str, name: str) -> Response:
        return answer(entry_body(find(place, name), full=extended("full")))

    @pages.get("/<any(movies, shows):place>/<name>/aliases")
    def aliases(place: str, name: str) -> Response:
        return answer(
            [
                {"title": title, "country": country.lower() if country else None}
                for country, title in find(place, name).aliases
            ]
        )

    @pages.get("/<any(movies, shows):place>/<name>/translations")
    @pages.get("/<any(movies, shows):place>/<name>/translations/<language>")
    def translations(place: str, name: str, language: str | None = None) -> Response:
        entry = find(place, name)
        own = entry.language or "en"
        titles = {"en": entry.title} | ({own: entry.original_title} if entry.original_title else {})
        return answer(
            [
                {"title": title, "overview": None, "tagline": None, "language": spoken, "country": None}
                for spoken, title in titles.items()
                if language in (None, spoken)
            ]
        )

    @pages.get("/shows/<name>/seasons")
    def seasons(name: str) -> Response:
        entry = find("shows", name)
        bodies = []
        for number in sorted(entry.season_counts()):
            ref = Ref("season", entry.trakt, number)
            body = season_body(entry, ref, full=extended("full"))
            if extended("episodes"):
                body["episodes"] = [episode_body(entry, each) for each in world.catalogue.episodes(ref)]
            bodies.append(body)
        return answer(bodies)

    @pages.get("/shows/<name>/seasons/<int:season>")
    @pages.get("/shows/<name>/seasons/<int:season>/episodes")
    def season_episodes(name: str, season: int) -> Response:
        entry, ref = find_part(name, season)
        full = extended("full")
        return answer([episode_body(entry, each, full=full) for each in world.catalogue.episodes(ref)])

    @pages.get("/shows/<name>/seasons/<int:season>/episodes/<int:episode>")
    def one_episode(name: str, season: int, episode: int) -> Response:
        entry, ref = find_part(name, season, episode)
        return answer(episode_body(entry, ref, full=extended("full")))

    return pages
