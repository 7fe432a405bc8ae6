"""Makes the questions about a work: the first one, and the one that follows a search or a look-up by a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from cvi_trakt.choices import Offer, Question
from cvi_trakt.match.answers import Source
from cvi_trakt.match.decide import decide
from cvi_trakt.match.distance import measure
from cvi_trakt.match.reference import ACCEPTED, IdReference, NoReference, SlugReference, read_reference
from cvi_trakt.match.search import MOST_HELD, Matcher
from cvi_trakt.match.words import likeness
from cvi_trakt.matches import Candidate, DecidedBy, Held, NoMatch, Scored, Sure
from cvi_trakt.media import Kind, Work

OF_ANY_KIND = ("imdb",)  # catalogues in which one number is never a film and a show


class LookUps(Source, Protocol):
    """A source of candidates that also knows the names in Trakt's addresses."""

    def look_up_slug(self, kind: Kind, slug: str) -> list[Candidate]:
        """Give the work of this kind that has this slug, or Trakt's number."""
        ...


class Questions:
    """Makes questions; asks Trakt where that is needed. ``target`` as in :class:`Question`."""

    def __init__(self, matcher: Matcher, source: LookUps, *, target: str | None) -> None:
        self._matcher = matcher
        self._source = source
        self._target = target

    def about(self, match: Sure | Held | NoMatch, *, place: str, undoes: str | None) -> Question:
        """Give the question about a match, with the candidates that it has itself."""
        work = match.work
        chosen = match.candidate if isinstance(match, Sure) else None
        by_person = isinstance(match, Sure) and match.decided_by is DecidedBy.PERSON
        note = match.reason if isinstance(match, Held) else "your earlier choice" if by_person else ""
        return Question(
            work=work,
            offers=_offers(work, match.candidates if isinstance(match, Held) else measured(work, [chosen])),
            target=self._target,
            sure=None if by_person else chosen,
            preselected=chosen,
            notes=(note,) if note else (),
            place=place,
            undoes=undoes,
        )

    def with_others(self, question: Question) -> Question:
        """Add what else there is: beside a candidate that is chosen, and where an earlier run found nothing."""
        known = {one.ids.trakt for one in question.candidates}
        others = [one for one in self._matcher.candidates(question.work) if one.candidate.ids.trakt not in known]
        return replace(question, offers=(*question.offers, *_offers(question.work, others))[:MOST_HELD])

    def searched(self, question: Question, words: str) -> Question:
        """Search with a person's words; only they order what is found, whatever year the path names."""
        found = self._matcher.find(question.work.kind, words)
        asked = replace(question.work, title=words)
        nearest = sorted(measured(asked, found), key=lambda one: (one.distance.title, one.distance.rank))
        if not nearest:
            return replace(question, notes=(f"Nothing found for {words!r}",))
        decided = decide(asked, found)
        candidates = [one.candidate for one in nearest[:MOST_HELD]]
        return replace(
            question,
            offers=_offers(question.work, measured(question.work, candidates)),
            sure=None,
            preselected=decided.candidate if isinstance(decided, Sure) else None,
            words=words,
            notes=(),
        )

    def looked_up(self, question: Question, text: str) -> Question:
        """Look up what a person names by an id or a url."""
        reference = read_reference(text)
        if isinstance(reference, NoReference):
            return replace(question, notes=(reference.why, ACCEPTED))
        found = self._resolve(reference, question.work.kind)
        if not found:
            return replace(question, notes=(f"Trakt knows nothing under {text}",))
        # a number of TMDB or TVDB may be a film's and a show's: what is of the other kind is not taken by Enter alone
        meant = reference.kind is not None or isinstance(reference, SlugReference) or reference.source in OF_ANY_KIND
        preselected = found[0] if meant or found[0].kind is question.work.kind else None
        offers = _offers(question.work, measured(question.work, found))
        return replace(question, offers=offers, sure=None, preselected=preselected, words=text, notes=())

    def _resolve(self, reference: IdReference | SlugReference, kind: Kind) -> list[Candidate]:
        """Look up as the kind that the reference names, else as the work's own, then as the other."""
        if isinstance(reference, SlugReference):
            return self._named(reference.kind or kind, reference.slug)
        kinds = [kind, *(other for other in Kind if other is not kind)] if reference.kind is None else [reference.kind]
        answers = (self._source.look_up(each, reference.source, reference.number) for each in kinds)
        return next((found for found in answers if found), [])

    def _named(self, kind: Kind, slug: str) -> list[Candidate]:
        """Look up a slug; one of digits, as the show 1883 has it, is a number to Trakt: it is searched for as well."""
        titled = self._matcher.find(kind, slug) if slug.isdecimal() else []
        return [*(one for one in titled if one.ids.slug == slug), *self._source.look_up_slug(kind, slug)]


def measured(work: Work, candidates: Iterable[Candidate | None]) -> tuple[Scored, ...]:
    """Measure candidates, each work once, in their order."""
    unique: dict[tuple[Kind, int | None], Candidate] = {}
    for one in candidates:
        if one is not None:
            unique.setdefault((one.kind, one.ids.trakt), one)
    return tuple(Scored(candidate=one, distance=measure(work, one)) for one in unique.values())


def _offers(work: Work, candidates: Iterable[Scored]) -> tuple[Offer, ...]:
    return tuple(Offer(candidate=one.candidate, likeness=likeness(work, one)) for one in candidates)
