"""Prints the decision of the authority in the places that the form provides."""

from collections.abc import Callable, Mapping

from rules.forms.form import Form, Section
from rules.nouns.rulings import Ruling
from templates.documents.blocks import Block, Entry, Said, Sheet, Slot
from templates.documents.sheets.answering import body
from templates.documents.sheets.rating import decided
from templates.documents.sheets.signing import decided_by, decider
from templates.documents.texts import paragraphs
from templates.documents.words import word

_TEXTS: Mapping[str, Callable[[Ruling], str]] = {
    "remarks": lambda ruling: ruling.remarks,
    "measures": lambda ruling: ruling.measures,
    "prospects": lambda ruling: ruling.prospects,
}


def ruled(sheet: Sheet, ruling: Ruling) -> Entry:
    """The ruling as an entry: what it says in each slot of its sheet. Where the authority does not sign below, its name
    follows at once.
    """
    slots = [block for block in sheet.blocks if isinstance(block, Slot) and block.takes]
    said = ((slot, _said(slot, ruling)) for slot in slots)
    return Entry(
        "",
        ruled=tuple(
            Said(slot.section, slot.item, blocks if slot.signed_below else (*blocks, decider(ruling)))
            for slot, blocks in said
            if blocks
        ),
        signed=decided_by(ruling, sheet.place),
        footer=word("footer_ruling", number=ruling.number, day=f"{ruling.at:%d/%m/%Y}"),
    )


def signed_below(form: Form, section: Section) -> bool:
    """Whether the authority signs for this section: at its end, or at the end of the next section that has a signature."""
    below = form.sections[form.sections.index(section) :]
    block = next((one.signature for one in below if one.signature), None)
    return block is not None and block.ruling


def _said(slot: Slot, ruling: Ruling) -> tuple[Block, ...]:
    """What the ruling says in this slot; nothing when it is about another rating or has no text."""
    if slot.takes == "rating":
        about = slot.rating in ruling.ratings
        return decided(ruling.ratings[slot.rating], ruling.cite, boxes=slot.boxes) if about else ()
    return tuple(body(one) for one in paragraphs(_TEXTS[slot.takes](ruling)))
