"""Prints a self-rating: in words, then the form's own list of the four ratings with the chosen one ticked."""

from rules.judging.filing import Filing
from rules.nouns.reviews import Answer
from rules.nouns.values import Rating
from templates.documents.blocks import Blank, Block, Paragraph, Run
from templates.documents.texts import ended, lowered, paragraphs
from templates.documents.words import section, word


def rated(answer: Answer | None, filing: Filing, *, boxes: bool = False) -> tuple[Block, ...]:
    """The rating, or why there is none, then the reason if one was given (an annexed form has no line for it), and the
    ticked list.

    `boxes`: the form shows the four ratings below each other, each with a box, and the tick is enough; without a rating
    the boxes are empty.
    """
    chosen = str(answer.value) if answer and answer.value in tuple(Rating) else ""
    if boxes:
        said = () if chosen else tuple(one for one in (_said(chosen, answer, filing),) if not isinstance(one, Blank))
        return (*said, *_boxes(chosen), *(() if filing.form.annexed else _reason(answer)))
    return (_said(chosen, answer, filing), *_reason(answer), _ticked(chosen))


def decided(rating: Rating | None, cite: str, *, boxes: bool = False) -> tuple[Block, ...]:
    """The rating given by the authority, or that there is none and by which clause; printed like the self-rating."""
    chosen = rating.value if rating else ""
    if boxes:
        return _boxes(chosen) if chosen else (_none(cite), *_boxes(""))
    return (
        Paragraph("body", (Run(ended(section("ratings")[chosen]), bold=True),)) if chosen else _none(cite),
        _ticked(chosen),
    )


def empty_boxes() -> tuple[Block, ...]:
    """The four boxes before a decision."""
    return _boxes("")


def box(name: str, *, on: bool) -> str:
    """A name with its box, which are never separated by a line break."""
    return f"{'☑' if on else '☐'}\u00a0{name}".replace(" ", "\u00a0")


def _said(chosen: str, answer: Answer | None, filing: Filing) -> Block:
    if chosen:
        return Paragraph("body", (Run(ended(section("ratings")[chosen]), bold=True),))
    if filing.not_rated:
        return _none(filing.not_rated.cite, filing.not_rated.because)
    if answer and not answer.skipped:
        return _none("")
    return Blank((1,))


def _none(cite: str, because: str = "") -> Paragraph:
    """States that there is no rating, with the reason in the words of the rule, and the clause."""
    if not cite:
        return Paragraph("body", (Run(ended(word("not_rated")), bold=True),))
    return Paragraph("body", (Run(word("not_rated"), bold=True), Run(_clause(cite, because))))


def _clause(cite: str, because: str) -> str:
    return word("not_rated_because", cite=cite, why=because) if because else word("not_rated_clause", cite=cite)


def _reason(answer: Answer | None) -> tuple[Block, ...]:
    first, *rest = (paragraphs(answer.note) if answer else ()) or ("",)
    if not first:
        return ()
    return (
        Paragraph("body", (Run(word("reason"), italic=True), Run(first))),
        *(Paragraph("body", (Run(more),)) for more in rest),
    )


def _boxes(chosen: str) -> tuple[Paragraph, ...]:
    """The boxes below each other, kept on one page."""
    names = section("ratings")
    last = list(names)[-1]
    return tuple(
        Paragraph("body", (Run(box(name, on=key == chosen)),), keep=key != last) for key, name in names.items()
    )


def _ticked(chosen: str) -> Paragraph:
    """The list exactly as on the form: one sentence in brackets, with a capital only for the first name."""
    boxes = [
        f"{'☑' if key == chosen else '☐'}\u00a0{name if key == Rating.EXCELLENT else lowered(name)}"
        for key, name in section("ratings").items()
    ]
    return Paragraph("hint", (Run(f"({'; '.join(boxes)}).", italic=True),))
