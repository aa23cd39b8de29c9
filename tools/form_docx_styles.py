"""The page and the paragraph styles of the generic Word template (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

from dataclasses import dataclass

from docx.document import Document as Doc
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FONT = "Times New Roman"


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style. Lengths are in points, but `indent` (of the first line) and `sides` (left and right) in
    millimetres.
    """

    name: str
    size: float = 13
    align: ALIGN = ALIGN.LEFT
    bold: bool = False
    italic: bool = False
    before: float = 0
    after: float = 0
    indent: float = 0
    sides: tuple[float, float] = (0, 0)
    keep: bool = False


STYLES = (
    Style("Form code", 12, ALIGN.RIGHT, bold=True, after=2),
    Style("Form heading", 12, ALIGN.CENTER),
    Style("Form heading strong", 12, ALIGN.CENTER, bold=True),
    Style("Form motto", 13, ALIGN.CENTER, bold=True),
    Style("Form date", 13, ALIGN.CENTER, italic=True, before=4),
    Style("Form rule short", 2, sides=(26, 26), before=2),
    Style("Form rule motto", 2, sides=(17, 17), before=2),
    Style("Form title", 14, ALIGN.CENTER, bold=True, before=10, keep=True),
    Style("Form year", 13, ALIGN.CENTER, bold=True, after=6),
    Style("Form person", after=2),
    Style("Form section", before=7, after=3, bold=True, keep=True, align=ALIGN.JUSTIFY),
    Style("Form note", after=2, italic=True, keep=True),
    Style("Form item", after=2, align=ALIGN.JUSTIFY, indent=10, keep=True),
    Style("Form body", after=3, align=ALIGN.JUSTIFY, indent=10),
    Style("Form hint", after=3, align=ALIGN.JUSTIFY, indent=10),
    Style("Form mark", after=4, align=ALIGN.RIGHT),
    Style("Form dots", after=2),
    Style("Form table head", 12, ALIGN.CENTER, bold=True, before=1, after=1, keep=True),
    Style("Form table text", 12, before=1, after=1),
    Style("Form table value", 12, ALIGN.CENTER, before=1, after=1),
    Style("Form sign", 13, ALIGN.CENTER, keep=True),
    Style("Form sign mark", 11, ALIGN.CENTER, keep=True),
    Style("Form gap", 3),
    Style("Form gap kept", 6, keep=True),
    Style("Form top", 13),
    Style("Form foot", 7.5, sides=(0, 15)),
)


def dress(document: Doc) -> None:
    """Gives a document only these styles, one font, and A4 pages with the margins of the decree."""
    _forget_styles(document)
    for style in STYLES:
        _add(document, style)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.header_distance, section.footer_distance = Mm(9), Mm(7)
    section.different_first_page_header_footer = True


def _forget_styles(document: Doc) -> None:
    root = document.styles.element
    kept = {"Normal", "Default Paragraph Font", "Normal Table"}
    for child in list(root):
        name = child.find(qn("w:name"))
        if child.tag == qn("w:latentStyles") or (child.tag == qn("w:style") and name.get(qn("w:val")) not in kept):
            root.remove(child)
    fonts = root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for child in list(fonts):
        fonts.remove(child)
    _set_font(document.styles["Normal"], Style("Normal"))
    space = document.styles["Normal"].paragraph_format
    space.space_before = space.space_after = Pt(0)
    space.line_spacing = 1.0


def _add(document: Doc, style: Style) -> None:
    made = document.styles.add_style(style.name, WD_STYLE_TYPE.PARAGRAPH)
    made.base_style = document.styles["Normal"]
    made.quick_style = True
    _set_font(made, style)
    laid = made.paragraph_format
    laid.alignment = style.align
    laid.space_before, laid.space_after, laid.line_spacing = Pt(style.before), Pt(style.after), 1.0
    laid.first_line_indent = Mm(style.indent)
    laid.left_indent, laid.right_indent = (Mm(side) for side in style.sides)
    laid.keep_with_next = style.keep
    laid.widow_control = True


def _set_font(made: object, style: Style) -> None:
    font = made.font  # type: ignore[attr-defined] # python-docx has no types
    font.name, font.size, font.bold, font.italic = FONT, Pt(style.size), style.bold, style.italic
    fonts = font.element.rPr.rFonts
    for script in ("w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    language = font.element.rPr.makeelement(qn("w:lang"), {qn("w:val"): "vi-VN", qn("w:eastAsia"): "vi-VN"})
    font.element.rPr.append(language)
