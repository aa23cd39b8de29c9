"""The documents of a review: who may see them, and their printing away from the event loop."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from bot.channel import Document
from bot.clock import ZONE
from dialogs.handlers import Books
from dialogs.turn import Papers
from rules.filing import Filing
from rules.fingerprint import fingerprint
from rules.forms import Form
from rules.people import Person
from rules.rated import rating_questions
from rules.reviews import Answers, Decision, Outcome, Review
from rules.rulebook import Rulebook
from rules.self_ratings import suggestions, worked_out
from rules.suggestion import NotRated
from storage.unit import Unit


async def filing(unit: Unit, books: Books, person: int, wanted: Papers) -> Filing | None:
    """What is to be printed, or None: no such review or version, or not for this person's eyes.

    Version 0 is the answers so far, for their owner only; drafts are for the owner and the approver.
    """
    review = await unit.reviews.get(wanted.review)
    if review is None or person not in _readers(review, wanted.version):
        return None
    return filing_of(review, books, wanted.version)


def filing_of(review: Review, books: Books, version: int) -> Filing | None:
    """The content of one version of a review; None when there is no such version."""
    book = books[review.campaign.edition]
    if version == 0:
        return _content(book, review, review.answers, fingerprint(book.forms[review.form], review.answers))
    draft = next((draft for draft in review.drafts if draft.version == version), None)
    if draft is None:
        return None
    return replace(
        _content(book, review, draft.answers, draft.fingerprint),
        version=draft.version,
        submitted_on=draft.submitted_at.astimezone(ZONE).date().isoformat(),
        approval=_approval(review, version),
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
        approver_role=review.approver_role,
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


def _readers(review: Review, version: int) -> set[int | None]:
    return {review.person.id} if version == 0 else {review.person.id, review.approver_id}


def _approval(review: Review, version: int) -> Decision | None:
    """The agreement with this version, at the time clocks in Vietnam showed."""
    decided = [one for one in review.decisions if one.version == version and one.outcome is Outcome.APPROVED]
    return replace(decided[-1], at=decided[-1].at.astimezone(ZONE)) if decided else None


def _print(filing: Filing, kinds: tuple[str, ...]) -> tuple[Document, ...]:
    from templates.documents import docx, pages, paper, pdf  # noqa: PLC0415 - loads fonts: only who prints

    sheet = paper(filing)
    stem = f"{filing.form.id}-{filing.year}-{filing.person.id}-v{filing.version}"
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
