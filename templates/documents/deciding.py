"""What the authority decided, at the places the form gives it."""

from collections.abc import Callable, Mapping

from rules.forms.form import Form, Item, Section
from rules.judging.filing import Filing
from rules.judging.interview import rating_questions
from rules.nouns.rulings import Ruling
from templates.documents.answering import body
from templates.documents.blocks import Block
from templates.documents.rating import decided
from templates.documents.signing import decider
from templates.documents.texts import paragraphs

_TEXTS: Mapping[str, Callable[[Ruling], str]] = {
    "remarks": lambda ruling: ruling.remarks,
    "measures": lambda ruling: ruling.measures,
    "prospects": lambda ruling: ruling.prospects,
}


def ruled(section: Section, item: Item, filing: Filing, *, boxes: bool) -> tuple[Block, ...]:
    """What of the ruling stands under this item; nothing where it says nothing. Where whoever decided does not sign
    for this part of the form, their name follows at once.
    """
    ruling = filing.ruling
    said = _said(item, filing.form, ruling, boxes=boxes) if ruling else ()
    if not said or ruling is None or _signed_below(filing.form, section):
        return said
    return (*said, decider(ruling))


def _said(item: Item, form: Form, ruling: Ruling, *, boxes: bool) -> tuple[Block, ...]:
    if item.takes == "rating":
        return _rating(item.rating or rating_questions(form)[-1].key, ruling, boxes=boxes)
    text = _TEXTS[item.takes](ruling) if item.takes else ""
    return tuple(body(one) for one in paragraphs(text))


def _rating(key: str, ruling: Ruling, *, boxes: bool) -> tuple[Block, ...]:
    """The rating by its question; nothing when the ruling is not about that one."""
    return decided(ruling.ratings[key], ruling.cite, boxes=boxes) if key in ruling.ratings else ()


def _signed_below(form: Form, section: Section) -> bool:
    """Whether whoever decided signs for this section: at its end, or at that of the first one below with a signature."""
    below = form.sections[form.sections.index(section) :]
    block = next((one.signature for one in below if one.signature), None)
    return block is not None and block.ruling
