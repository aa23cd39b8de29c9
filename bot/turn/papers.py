"""The documents of a review: who may see them, and their printing away from the event loop."""

import asyncio
import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from bot.clock import ZONE
from bot.door.channel import Document
from dialogs.core.handlers import Books
from dialogs.core.turn import Papers
from rules.book.rulebook import Rulebook
from rules.book.suggestion import NotRated
from rules.campaign.permissions import Action, Relation, may, relations
from rules.forms.fingerprint import fingerprint
from rules.forms.form import Form
from rules.judging.filing import Filing
from rules.judging.interview import rating_questions, suggestions, worked_out
from rules.nouns.people import Person
from rules.nouns.reviews import RULED, Answers, Decision, Outcome, Review, ReviewStatus
from rules.nouns.rulings import Endorsement, Ruling
from storage.transaction import Transaction

#: The chain has agreed with the newest draft.
_AGREED = frozenset({ReviewStatus.APPROVED, *RULED})
#: Whose turn comes after the chain.
_AFTER_THE_CHAIN = frozenset({Relation.AUTHORITY, Relation.STAND_IN_AUTHORITY, Relation.DESK})

_Made = TypeVar("_Made", Decision, Endorsement, Ruling)


async def filing(tx: Transaction, books: Books, person: int, wanted: Papers, today: dt.date) -> Filing | None:
    """What is to be printed, or None: no such review or version, or not for this person's eyes.

    Version 0 is the answers so far, for their owner only. A draft is for its owner and for the chain; for the
    authority and the desk once the chain has agreed with it. The decision is on it for those who may read the rating:
    others get the draft as the chain left it. `today`: the day for which stand-ins count.
    """
    review = await tx.reviews.get(wanted.review)
    if review is None:
        return None
    held = relations(await tx.people.get(person), review, await tx.covers.acts_for(person, today))
    if not _may_read(held, review, wanted.version):
        return None
    asked = await tx.opinions.about([review.id])
    given = tuple(replace(one, given_at=one.given_at.astimezone(ZONE)) for one in asked if one.given_at)
    shown = review if may(held, Action.READ_RATING) else replace(review, rulings=())
    found = filing_of(shown, books, wanted.version, wanted.ruling)
    return replace(found, opinions=given) if found and found.version else found


def filing_of(review: Review, books: Books, version: int, ruling: int = 0) -> Filing | None:
    """The content of one version of a review with a decision on it (0: the newest, if any); None when there is no such
    version or no such decision on it.
    """
    book = books[review.campaign.edition]
    if version == 0:
        return _content(book, review, review.answers, fingerprint(book.forms[review.form], review.answers))
    draft = next((draft for draft in review.drafts if draft.version == version), None)
    rulings = [one for one in review.rulings if one.version == version and ruling in {0, one.number}]
    if draft is None or (ruling and not rulings):
        return None
    return replace(
        _content(book, review, draft.answers, draft.fingerprint),
        version=draft.version,
        submitted_on=draft.submitted_at.astimezone(ZONE).date().isoformat(),
        approval=_approval(review, version),
        ruling=_here(rulings[-1]) if rulings else None,
        endorsements=tuple(_here(one) for one in review.endorsements if one.version == version),
    )


def _content(book: Rulebook, review: Review, answers: Answers, mark: str) -> Filing:
    """What follows from the answers alone."""
    form = book.forms[review.form]
    shown = worked_out(book, form, review.person, answers)
    return Filing(
        form=form,
        person=review.person,
        year=review.campaign.year,
        answers=answers,
        fingerprint=mark,
        approver_role=_last_role(review),
        not_rated=_not_rated(book, form, review.person, answers),
        worked_out={item.shows: value for item, value in shown if value is not None},
    )


def _not_rated(book: Rulebook, form: Form, person: Person, answers: Answers) -> NotRated | None:
    """The clause by which there is no rating, looked up only where none was chosen."""
    ratings = rating_questions(form)
    if not ratings or any(one.key in answers and answers[one.key].value is not None for one in ratings):
        return None
    return next((one.not_rated for one in suggestions(book, form, person, answers).values() if one.not_rated), None)


async def printed(filing: Filing, kinds: Sequence[str]) -> Sequence[Document]:
    """The files, printed in a thread: typesetting takes milliseconds, and nobody else waits for them."""
    return await asyncio.to_thread(_print, filing, tuple(kinds))


def _may_read(held: frozenset[Relation], review: Review, version: int) -> bool:
    if version == 0 or Relation.SELF in held:
        return may(held & {Relation.SELF}, Action.READ_PAPERS)
    has_agreed = review.status in _AGREED or not review.steps
    return may(held if has_agreed else held - _AFTER_THE_CHAIN, Action.READ_PAPERS)


def _last_role(review: Review) -> str:
    """As what the last step of the chain agrees; a draft that has left it may be somebody else's now."""
    return review.steps[-1].role if review.steps else review.approver_role


def _approval(review: Review, version: int) -> Decision | None:
    """The agreement of the last step with this version."""
    agreed = [one for one in review.decisions if one.version == version and one.outcome is Outcome.APPROVED]
    return _here(agreed[-1]) if agreed else None


def _here(made: _Made) -> _Made:
    """At the time clocks in Vietnam showed."""
    return replace(made, at=made.at.astimezone(ZONE))


def _print(filing: Filing, kinds: tuple[str, ...]) -> tuple[Document, ...]:
    from templates.documents import docx, pages, paper, pdf  # noqa: PLC0415 - loads fonts: only who prints

    sheet = paper(filing)
    stem = f"{filing.form.id}-{filing.year}-{filing.person.id}-v{filing.version}"
    if filing.ruling:
        stem += f"-xl{filing.ruling.number}"
    documents: list[Document] = []
    if "pages" in kinds:
        documents += [
            Document("page", f"{stem}-{number}.png", picture) for number, picture in enumerate(pages(sheet), start=1)
        ]
    if "docx" in kinds:
        documents.append(Document("docx", f"{stem}.docx", docx(sheet)))
    if "pdf" in kinds:
        documents.append(Document("pdf", f"{stem}.pdf", pdf(sheet)))
    return tuple(documents)
