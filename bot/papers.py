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
from rules.reviews import Decision, Outcome, Review
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
    form = books[review.campaign.rulebook].forms[review.form]
    if version == 0:
        return Filing(
            form=form,
            person=review.person,
            year=review.campaign.year,
            answers=review.answers,
            fingerprint=fingerprint(form, review.answers),
            approver_role=review.approver_role,
        )
    draft = next((draft for draft in review.drafts if draft.version == version), None)
    if draft is None:
        return None
    return Filing(
        form=form,
        person=review.person,
        year=review.campaign.year,
        answers=draft.answers,
        fingerprint=draft.fingerprint,
        version=draft.version,
        submitted_on=draft.submitted_at.astimezone(ZONE).date().isoformat(),
        approval=_approval(review, version),
        approver_role=review.approver_role,
    )


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
