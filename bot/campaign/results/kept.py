"""The results of a campaign at one instant: how everybody stands, according to what was stored when it was sent and
decided.

Today's roster is never used: a person who sent something appears as their document names them. Of a person who sent
nothing, only the post known to the campaign is available.
"""

import datetime as dt
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.campaign.concluded import concluded_in
from bot.campaign.months.tracked import Tracked, rests_on, tracked
from bot.campaign.rounds.points import Points, points_of
from bot.campaign.usable import usable
from dialogs.core.handlers import Books
from rules.book.owed import SCORE_OF
from rules.book.rounds import Drafted
from rules.campaign.summarising import Result
from rules.forms.form import Form, Question, QuestionKind
from rules.judging.interview import has_rating, rated, rating_questions
from rules.nouns.people import Person
from rules.nouns.periods import MONTHS
from rules.nouns.standings import ReviewLine
from rules.nouns.tracking import COUNTS
from rules.nouns.values import Rating, Subject
from storage.pieces import each
from storage.transaction import Transaction

_Kept = Mapping[str, Any]


async def results_of(
    tx: Transaction,
    books: Books,
    campaign: int,
    rulebook: str,
    today: dt.date,
    only: Collection[int] | None = None,
) -> list[Result]:
    """The results of a part of a campaign, sorted by unit; a few queries, however many reviews there are. `only`: of
    these reviews.
    """
    lines = [line for line in await tx.standings.of_campaign(campaign, today, rulebook) if usable(line.campaign, books)]
    if only is None:
        documents, rulings = await tx.documents.in_force(campaign), await tx.documents.rulings_in_force(campaign)
    else:
        lines = [line for line in lines if line.review in only]
        documents, rulings = await tx.documents.in_force_of([*only]), await tx.documents.rulings_of([*only])
    sent = {
        one.review: kept
        for one, kept in zip(documents, await each(_read, [one.content for one in documents]), strict=True)
    }
    ruled = {
        one.review: kept for one, kept in zip(rulings, await each(_read, [one.content for one in rulings]), strict=True)
    }
    forms = {line.review: books[line.campaign.edition].forms[line.form] for line in lines}
    scores = await _months(tx, books, lines, forms, sent)
    with_own = {_place(line) for line in lines if _rates_of_its_own(forms[line.review])}
    said = await concluded_in(tx, books, [campaign])

    def results(line: ReviewLine) -> list[Result]:
        kept, ruling = sent.get(line.review), ruled.get(line.review)
        again = forms[line.review].rates is Subject.PARTY_MEMBER and _place(line) in with_own
        asked = _results(line, forms[line.review], kept, ruling, scores, said.get(line.review, {}), without_civil=again)
        return list(asked)

    found = [one for some in await each(results, lines) for one in some]
    if not _has_sheets(books, lines):
        return found
    points = (await points_of(tx, campaign, rulebook)).people
    own = _own_points(books, lines, sent)
    return [_with_points(one, points.get(one.person, Points()), own.get(one.person)) for one in found]


def _with_points(one: Result, points: Points, own: float | None) -> Result:
    weighed = None if points.weighted is None else float(points.weighted)
    return replace(one, points=points.means, weighted=weighed, score=own if one.score is None else one.score)


def _own_points(books: Books, lines: Sequence[ReviewLine], sent: Mapping[int, _Kept]) -> dict[int, float]:
    """Review → the points people gave themselves on the form of such a sheet, as sent."""
    found = dict[int, float]()
    for line in lines:
        book = books[line.campaign.edition]
        if line.review in sent and line.form in {one.form for one in book.rounds if one.draft is Drafted.SHEET}:
            numbers = [one.key for one in book.forms[line.form].questions.values() if one.kind is QuestionKind.NUMBER]
            said = [sent[line.review]["answers"].get(key, [None])[0] for key in numbers]
            if said and all(isinstance(one, int | float) for one in said):
                found[line.person.id] = float(sum(said))
    return found


def _has_sheets(books: Books, lines: Sequence[ReviewLine]) -> bool:
    """Whether the rulebook has sheets about somebody."""
    return any(one.draft is Drafted.SHEET for line in lines[:1] for one in books[line.campaign.edition].rounds)


def _read(content: bytes) -> _Kept:
    kept: _Kept = json.loads(content)
    return kept


def _rates_of_its_own(form: Form) -> bool:
    return form.rates is not Subject.PARTY_MEMBER and has_rating(form)


def _place(line: ReviewLine) -> tuple[int, int]:
    return line.person.id, line.person.post


def _results(
    line: ReviewLine,
    form: Form,
    kept: _Kept | None,
    ruling: _Kept | None,
    scores: Mapping[tuple[int, int], Tracked],
    concluded: Mapping[str, Rating],
    *,
    without_civil: bool,
) -> Iterator[Result]:
    """A result for each rating the form asks for. `without_civil`: the rating as a civil servant is on another form."""
    person = _as_sent(line.person, kept)
    for question in rating_questions(form):
        if without_civil and question.about == "civil":
            continue
        subject, leader = rated(form, person, question)
        yield Result(
            review=line.review,
            name=person.name,
            position=person.position,
            unit=person.unit,
            subject=subject,
            leader=leader,
            group=person.group,
            form=form.id,
            code=form.code,
            person=person.id,
            post=person.post,
            sent=kept is not None,
            agreed=kept is not None and (line.ready or line.decided),
            decided=ruling is not None,
            own=_own(kept, question),
            concluded=concluded.get(question.key),
            score=_score(kept, question),
            months=_scores(form, kept, scores.get(_place(line))),
            **_ruled(ruling, question),
        )


def _as_sent(person: Person, kept: _Kept | None) -> Person:
    """The person as named in the document."""
    if kept is None:
        return person
    said = kept["person"]
    return replace(
        person,
        name=said["name"],
        position=said["position"],
        unit=said["unit"],
        subject=Subject(said["subject"]),
        leader=said["leader"],
        group=said["group"],
    )


def _own(kept: _Kept | None, question: Question) -> Rating | None:
    value = kept["answers"].get(question.key, [None])[0] if kept else None
    return Rating(value) if isinstance(value, str) and value in set(Rating) else None


def _score(kept: _Kept | None, question: Question) -> float | None:
    value = kept["suggestions"].get(question.key, {}).get("score") if kept else None
    return value if isinstance(value, int | float) else None


def _ruled(ruling: _Kept | None, question: Question) -> dict[str, Any]:
    if ruling is None:
        return {}
    value = ruling["ratings"].get(question.key)
    return {
        "rating": Rating(value) if value else None,
        "decided_on": dt.datetime.fromisoformat(ruling["at"]).date(),
        "decided_by": ruling["signer"] or ruling["by"]["name"],
        "decided_as": "" if ruling["document"] else ruling["by"]["position"],
        "decided_in": "" if ruling["document"] else ruling["by"].get("unit", ""),
        "decider": "" if ruling["document"] else ruling["by"]["key"],
        "paper": ruling["document"],
    }


def _scores(form: Form, kept: _Kept | None, now: Tracked | None) -> dict[str, float]:
    """The scores of months: for a year that was sent, those in its document; otherwise those of the months' own sheets
    now.
    """
    if kept is not None:
        asks = {rule.fact: question.key for question in form.questions.values() for rule in question.yields}
        said = {month: kept["answers"].get(asks.get(SCORE_OF[month], ""), [None])[0] for month in MONTHS}
    else:
        known = now.months if now else ()
        said = {one.period: one.score if one.standing in COUNTS else None for one in known}
    return {month: value for month, value in said.items() if isinstance(value, int | float)}


async def _months(
    tx: Transaction, books: Books, lines: Sequence[ReviewLine], forms: Mapping[int, Form], sent: Mapping[int, _Kept]
) -> Mapping[tuple[int, int], Tracked]:
    """The scores of months for those yearly reviews that need them and are not sent."""
    waiting = [line for line in lines if line.review not in sent and rests_on(line.campaign, forms[line.review])]
    if not waiting:
        return {}
    return await tracked(tx, books, [line.person for line in waiting], waiting[0].campaign.span)
