"""Figures that a body's report may take over, computed anew each time its question is shown. Told figures are stored
with the people they cover, so that nobody can infer one person's answer by comparing two figures.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.campaign.usable import usable
from dialogs.core.handlers import Books
from rules.campaign.last_days import is_late
from rules.meeting.cells import CELLS, members_of
from rules.nouns.people import Person
from rules.nouns.periods import MONTHS, QUARTERS
from rules.nouns.reviews import OWED, Review
from rules.nouns.standings import ReviewLine
from rules.nouns.values import BODIES, Subject
from rules.reports.figures import (
    Figure,
    Filled,
    RatedFigure,
    asked_for,
    of_last_year,
    of_months,
    of_ratings,
    of_tasks,
    same_kind,
    told_of,
)
from storage.transaction import Transaction


async def figures(tx: Transaction, books: Books, review: Review, now: dt.datetime) -> tuple[Figure, ...]:
    """The figures that may be told for the report's questions; none when it asks for none or is no report."""
    form = books[review.campaign.edition].forms[review.form]
    asked = asked_for(form) if review.report is not None else {}
    if not asked:
        return ()
    office = await tx.units.office_of(review.person.id)
    people = [*await tx.people.of_office(office)]
    members = _members(review.person, people)
    ids = [one.id for one in members]
    lines = await tx.standings.of_campaign(review.campaign.id, review.campaign.span.as_of)
    rated = [*_rated(books, members, lines)]
    year = [one for one in await tx.reviews.of_year(ids, review.campaign) if usable(one.campaign, books)]
    same = [one for one in year if one.campaign.period == review.campaign.period and one.report is None]
    months = [one for one in year if one.campaign.period in {*MONTHS, *QUARTERS}]
    before = replace(review.campaign, year=review.campaign.year - 1)
    own = [
        one
        for one in await tx.reviews.of_year([review.person.id], before)
        if usable(one.campaign, books) and one.form == review.form and one.campaign.period == review.campaign.period
    ]
    known = (
        *of_ratings(asked, rated),
        *of_tasks(asked, [*_filled(books, same)], len(members)),
        *of_months(asked, [*_filled(books, months)], len(members)),
    )
    awaited = {one.person.id for one in lines if one.person.id in ids and _is_awaited(one, now.date())}
    found = await _told(tx, review, known, awaited)
    if any(_is_first(one) for one in found):
        # Reports looked at simultaneously are handled one after the other, so that the second knows what the first was
        # told.
        await tx.campaigns.take_turns(review.campaign.id)
        found = await _told(tx, review, known, awaited)
    return (*found, *(figure for one in own for figure in _of_last(books, asked, one)))


async def _told(tx: Transaction, review: Review, known: Sequence[Figure], awaited: set[int]) -> list[Figure]:
    """The figures that may be told, given what was told for this report and for others of its campaign."""
    told = await tx.reports.told(review.id) if known else ()
    beside = await tx.reports.told_beside(review) if known else ()
    return [told_of(one, _alike(told, one), awaited, _alike(beside, one)) for one in known]


def _is_first(one: Figure) -> bool:
    """Whether the figure is told now for the first time."""
    return bool(one.by) and one.value is not None and one.at is None


async def keep_told(tx: Transaction, found: Mapping[int, Sequence[Figure]], now: dt.datetime) -> None:
    """Store the figures told for the first time, by report."""
    for review, several in found.items():
        for one in several:
            if _is_first(one):
                await tx.reports.tell(review, one, now)


def _alike(told: Sequence[Figure], one: Figure) -> list[Figure]:
    return [was for was in told if same_kind(was, one)]


def _is_awaited(line: ReviewLine, today: dt.date) -> bool:
    """Whether the review is still to be handed in and not late."""
    return line.owed and not is_late(line, today)


def _members(about: Person, people: Sequence[Person]) -> tuple[Person, ...]:
    """The people the report is about: the members of a cell, or the people of another body's unit."""
    if about.subject in CELLS:
        return members_of(about, people, [one for one in people if one.subject in BODIES])
    return tuple(one for one in people if one.unit_id == about.unit_id and one.subject not in BODIES)


def _rated(books: Books, members: Sequence[Person], lines: Sequence[ReviewLine]) -> Iterator[RatedFigure]:
    """The ratings of these people as party members; people not asked for such a rating do not count."""
    of_party = {one.person.id: one for one in lines if _rates_member(books, one)}
    for member in members:
        line = of_party.get(member.id)
        if line is not None:
            yield RatedFigure(member.id, line.ruled if line.decided else None, None if line.owed else line.self_rating)


def _rates_member(books: Books, line: ReviewLine) -> bool:
    form = books[line.campaign.edition].forms[line.form] if usable(line.campaign, books) else None
    return form is not None and (form.rates or line.person.subject) is Subject.PARTY_MEMBER


def _filled(books: Books, reviews: Sequence[Review]) -> Iterator[Filled]:
    """The reviews that were sent and not returned."""
    for one in reviews:
        if one.draft is not None and one.status not in OWED:
            yield Filled(one.person.id, books[one.campaign.edition].forms[one.form], one.draft.answers)


def _of_last(books: Books, asked: Mapping[str, str], review: Review) -> Iterator[Figure]:
    if review.draft is not None and review.status not in OWED:
        form = books[review.campaign.edition].forms[review.form]
        yield from of_last_year(asked, form, review.draft.answers, review.campaign.year)
