"""Signatures and comments: what was done in the system is printed, and the rest is left to be filled in by hand."""

import datetime as dt

from rules.forms.form import FilledBy, Section, Signature
from rules.judging.filing import Filing
from rules.nouns.days import as_written
from rules.nouns.rulings import Endorsement, Ruling
from rules.nouns.values import BODIES
from templates.documents.blocks import Entry, Paragraph, Run, SignatureBlock, SignatureSlot, Signed
from templates.documents.sheets.answering import body
from templates.documents.texts import one_line, paragraphs
from templates.documents.words import word


def signature(section: Section, filing: Filing) -> SignatureBlock | SignatureSlot:
    """The place of signature of a section: the person's name under what they fill in, once it is submitted. Under other
    sections, and for bodies, a slot for whoever signs later.
    """
    block = section.signature or Signature("")
    if section.filled_by is not FilledBy.PERSON:
        return SignatureSlot(section.key, day("", filing.place), block.title, block.note, block.ruling)
    # A body cannot sign by its own name: whoever signs for it writes theirs.
    signs = filing.version and filing.person.subject not in BODIES
    name = one_line(filing.person.name) if signs else ""
    # Party papers have the date at the top.
    date = "" if filing.form.heading == "party" else day(filing.submitted_on, filing.place)
    return SignatureBlock(date, block.title, block.note, name)


def commented(made: Endorsement, place: str) -> Entry:
    """A comment of the chain, or an opinion, as an entry in the capacity in which it was made. `place`: the place of
    signature ("" when unknown).
    """
    who = ", ".join(part for part in (one_line(made.by_name), one_line(made.by_position)) if part)
    confirmed = word("confirmed", time=f"{made.at:%H:%M}", day=f"{made.at:%d/%m/%Y}")
    return Entry(
        made.role,
        comment=tuple(body(text) for text in paragraphs(made.comment)),
        confirmed=(Paragraph("mark", (Run(f"{who} ", bold=True), Run(confirmed, italic=True))),),
        signed=Signed(
            day(made.at.date().isoformat(), place), one_line(made.by_name), (one_line(made.by_position), confirmed)
        ),
    )


def decider(ruling: Ruling) -> Paragraph:
    """The line naming the authority below its decision, where the form has no signature for it."""
    name = ruling.signer if ruling.document else f"{ruling.by_name}, {ruling.by_position}"
    who = (Run(f"{one_line(name)} ", bold=True),) if one_line(name) else ()
    return Paragraph("mark", (*who, Run(_ruled(ruling), italic=True)))


def decided_by(ruling: Ruling, place: str) -> Signed:
    """The signature of the authority. A decision written elsewhere keeps its own place and date, because it was
    recorded on a later day than it was signed.
    """
    if ruling.document:
        return Signed(day("", ""), one_line(ruling.signer), (_ruled(ruling),))
    marks = (one_line(ruling.by_position), _ruled(ruling))
    return Signed(day(ruling.at.date().isoformat(), place), one_line(ruling.by_name), marks)


def day(iso: str, place: str) -> str:
    """The line of place and day in the style of Nghị định 30/2020; unknown parts are dotted."""
    here = one_line(place) or word("place_open")
    if not iso:
        return word("day_open", place=here)
    date, month, year = as_written(dt.date.fromisoformat(iso)).split("/")
    return word("day", place=here, day=date, month=month, year=year)


def _ruled(ruling: Ruling) -> str:
    when = {"time": f"{ruling.at:%H:%M}", "day": f"{ruling.at:%d/%m/%Y}"}
    if ruling.document:
        return word("recorded", document=one_line(ruling.document), by=one_line(ruling.by_name), **when)
    return word("decided", **when)
