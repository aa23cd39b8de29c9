"""What the authority decided, at the places the form gives it."""

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
    """What a ruling says in each slot of the sheet it is about. Where whoever decided does not sign below, their name
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
    """Whether whoever decided signs for this section: at its end, or at that of the first one below with a signature."""
    below = form.sections[form.sections.index(section) :]
    block = next((one.signature for one in below if one.signature), None)
    return block is not None and block.ruling


def _said(slot: Slot, ruling: Ruling) -> tuple[Block, ...]:
    """Nothing where the ruling says nothing: of another rating, or no text."""
    if slot.takes == "rating":
        about = slot.rating in ruling.ratings
        return decided(ruling.ratings[slot.rating], ruling.cite, boxes=slot.boxes) if about else ()
    return tuple(body(one) for one in paragraphs(_TEXTS[slot.takes](ruling)))
