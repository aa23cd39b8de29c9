"""The blank form of a round on paper: its questions, without any name. The text prescribes no form, so the paper states
that the form is ours.
"""

from collections.abc import Iterator

from rules.nouns.rounds import Asks, Piece, Round
from templates.documents.blocks import Heading
from templates.documents.inquiries.page import InquiryPage, InquiryPart
from templates.documents.texts import one_line
from templates.documents.words import section

#: Numbers of dotted lines: shared by the questions about somebody, the minimum for each of these, under a section of a
#: draft, and for general remarks.
_SHARED, _LEAST, _SECTION, _WHOLE = 14, 4, 2, 6


def slip_page(sent: Round) -> InquiryPage:
    """The blank form; all are alike."""
    words = section("opinion_slip")
    about, parts = _of_sheet(sent) if sent.about_somebody else ("", tuple(_of_draft(sent)))
    whose = (words["about"], about) if about else (words["draft"], one_line(sent.title))
    cite = ((words["cite"], one_line(sent.cite)),) if sent.cite else ()
    return InquiryPage(
        Heading("", one_line(sent.office).upper(), "", ""),
        "",
        "",
        one_line(sent.pieces[0].title if sent.about_somebody and sent.pieces else words["title"]).upper(),
        words["unnamed"],
        (whose, *cite),
        parts,
        "",
        "",
        "",
        words["how"].format(by=one_line(sent.by_name), day=f"{sent.last_day:%d/%m/%Y}"),
        words["ours"],
    )


def _of_sheet(sent: Round) -> tuple[str, tuple[InquiryPart, ...]]:
    """Whom the round is about, and the questions of the form: lines of its first section, or sections of their own."""
    first, *others = sent.pieces
    about, *questions = [one_line(line) for line in first.text.split("\n") if line.strip()]
    asking = [one for one in others if one.asks]
    lines = max(_LEAST, _SHARED // max(1, len(questions) + len(asking)))
    parts = [InquiryPart(one, dotted=lines) for one in questions] + [_asked(one, lines) for one in asking]
    return about, tuple(parts) or (InquiryPart(section("opinion_slip")["whole"], dotted=_WHOLE),)


def _asked(one: Piece, lines: int) -> InquiryPart:
    if one.asks is Asks.RATING:
        return InquiryPart(one_line(one.title), boxes=tuple((name, False) for name in section("ratings").values()))
    return InquiryPart(one_line(one.title), dotted=1 if one.asks is Asks.POINTS else lines)


def _of_draft(sent: Round) -> Iterator[InquiryPart]:
    """Agreed or not, then space for each section and for the whole."""
    words = section("opinion_slip")
    yield InquiryPart(words["answer"], boxes=((words["agrees"], False), (words["comments"], False)))
    for one in sent.pieces:
        yield InquiryPart(one_line(one.title), dotted=_SECTION)
    yield InquiryPart(words["whole"], dotted=_WHOLE)
