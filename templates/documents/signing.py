"""Where people sign and comment: what was done in the system is printed, the rest waits for the hand."""

import datetime as dt

from rules.filing import Filing, comment_place
from rules.forms import FilledBy, Section, Signature
from rules.reviews import Decision
from templates.documents.answering import body
from templates.documents.blocks import Block, Line, Run, SignatureBlock
from templates.documents.texts import one_line, paragraphs
from templates.documents.words import word


def comment(section: str, item: str, filing: Filing) -> tuple[Block, ...]:
    """The approver's comment if this is its place, else nothing. Under an item it is signed at once."""
    approval = filing.approval
    place = comment_place(filing)
    if approval is None or place is None or (place.section, place.item) != (section, item):
        return ()
    said = tuple(body(text) for text in paragraphs(approval.comment) or (word("agreed"),))
    if not item:
        return said
    who = Run(f"{one_line(approval.by_name)}, {one_line(approval.by_position)} ", bold=True)
    return (*said, Line("mark", (who, Run(_confirmed(approval), italic=True))))


def signature(section: Section, filing: Filing) -> SignatureBlock:
    """Whose name stands under a section: the person's once submitted, the approver's once approved."""
    block = section.signature or Signature("")
    if section.filled_by is FilledBy.PERSON:
        name = one_line(filing.person.name) if filing.version else ""
        date = "" if filing.form.heading == "party" else day(filing.submitted_on)  # party papers say it on top
        return SignatureBlock(date, block.title, block.note, name)
    approval, place = filing.approval, comment_place(filing)
    if approval is None or place is None or (place.section, place.item) != (section.key, ""):
        return SignatureBlock(day(""), block.title, block.note)
    return SignatureBlock(
        day(approval.at.date().isoformat()),
        block.title,
        block.note,
        one_line(approval.by_name),
        (one_line(approval.by_position), _confirmed(approval)),
    )


def day(iso: str) -> str:
    """The date line; days below 10 and the first two months with a nought, as Nghị định 30/2020 writes them."""
    if not iso:
        return word("day_open")
    date = dt.date.fromisoformat(iso)
    month = f"{date.month:02d}" if date.month <= 2 else str(date.month)
    return word("day", day=f"{date.day:02d}", month=month, year=date.year)


def _confirmed(approval: Decision) -> str:
    return word("confirmed", time=f"{approval.at:%H:%M}", day=f"{approval.at:%d/%m/%Y}")
