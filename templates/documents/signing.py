"""Where people sign and comment: what was done in the system is printed, the rest waits for the hand."""

import datetime as dt

from rules.forms.form import FilledBy, Section, Signature
from rules.judging.filing import Filing, comments_at
from rules.nouns.days import as_written
from rules.nouns.rulings import Endorsement, Ruling
from templates.documents.answering import body
from templates.documents.blocks import Block, Paragraph, Run, SignatureBlock
from templates.documents.texts import one_line, paragraphs
from templates.documents.words import word


def comment(section: str, item: str, filing: Filing) -> tuple[Block, ...]:
    """The comments of the chain that have their place here. Each is signed at once, but for the last under a section:
    that one is signed below.
    """
    made = comments_at(filing, section, item)
    return tuple(
        block
        for number, one in enumerate(made, start=1)
        for block in (*_said(one), *(() if not item and number == len(made) else (_mark(one),)))
    )


def signature(section: Section, filing: Filing) -> SignatureBlock:
    """Whose name stands under a section: the person's once submitted, theirs who agreed or decided once they did."""
    block = section.signature or Signature("")
    if section.filled_by is FilledBy.PERSON:
        name = one_line(filing.person.name) if filing.version else ""
        date = "" if filing.form.heading == "party" else day(filing.submitted_on)  # party papers say it on top
        return SignatureBlock(date, block.title, block.note, name)
    if block.ruling and filing.ruling:
        return _decided(block, filing.ruling)
    made = comments_at(filing, section.key, "")
    if not made:
        return SignatureBlock(day(""), block.title, block.note)
    last = made[-1]
    marks = (one_line(last.by_position), _confirmed(last))
    return SignatureBlock(day(last.at.date().isoformat()), block.title, block.note, one_line(last.by_name), marks)


def decider(ruling: Ruling) -> Paragraph:
    """Who decided, as a line below what was decided, where nobody signs for it."""
    name = ruling.signer if ruling.document else f"{ruling.by_name}, {ruling.by_position}"
    who = (Run(f"{one_line(name)} ", bold=True),) if one_line(name) else ()
    return Paragraph("mark", (*who, Run(_ruled(ruling), italic=True)))


def day(iso: str) -> str:
    """The date line, as Nghị định 30/2020 writes days."""
    if not iso:
        return word("day_open")
    date, month, year = as_written(dt.date.fromisoformat(iso)).split("/")
    return word("day", day=date, month=month, year=year)


def _decided(block: Signature, ruling: Ruling) -> SignatureBlock:
    """A decision written elsewhere keeps its own date: the day it was recorded is not the day it was signed."""
    if ruling.document:
        return SignatureBlock(day(""), block.title, block.note, one_line(ruling.signer), (_ruled(ruling),))
    marks = (one_line(ruling.by_position), _ruled(ruling))
    return SignatureBlock(day(ruling.at.date().isoformat()), block.title, block.note, one_line(ruling.by_name), marks)


def _said(made: Endorsement) -> tuple[Paragraph, ...]:
    return tuple(body(text) for text in paragraphs(made.comment) or (word("agreed"),))


def _mark(made: Endorsement) -> Paragraph:
    who = ", ".join(part for part in (one_line(made.by_name), one_line(made.by_position)) if part)
    return Paragraph("mark", (Run(f"{who} ", bold=True), Run(_confirmed(made), italic=True)))


def _confirmed(made: Endorsement) -> str:
    return word("confirmed", time=f"{made.at:%H:%M}", day=f"{made.at:%d/%m/%Y}")


def _ruled(ruling: Ruling) -> str:
    when = {"time": f"{ruling.at:%H:%M}", "day": f"{ruling.at:%d/%m/%Y}"}
    if ruling.document:
        return word("recorded", document=one_line(ruling.document), by=one_line(ruling.by_name), **when)
    return word("decided", **when)
