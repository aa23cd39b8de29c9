"""Makes the generic Word template of printed forms, templates/documents/form.docx: python -m tools.form_docx

It draws the blocks of `Paper` (templates/documents/blocks.py) in the template language of docxtpl. An office that wants
its own template can rearrange the same placeholders in Word.
"""

import datetime as dt
import io
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from templates.documents.word.paper import placeholder
from tools.form_docx_styles import dress

TARGET = Path("templates/documents/form.docx")
LINE_STYLES = ("section", "note", "item", "hint", "mark")  # anything else is body
#: Parts of an empty python-docx document that are not needed.
LEFT_OUT = ("thumbnail", "customXml", "numbering", "theme", "webSettings", "stylesWithEffects", "fontTable")
#: How many footnotes the text of a paper may have, besides that of the year.
NOTES = 3
#: The side of the QR code in the footer.
CODE = Mm(12)
#: Twentieths of a point, Word's unit of length, in a millimetre.
TWIPS = 56.693
#: A fixed time, so that the script always makes the same bytes.
MOMENT = dt.datetime(2020, 1, 1)  # noqa: DTZ001 - Word's properties know no zone


def made() -> bytes:
    """The template as a file."""
    document = Document()
    dress(document)
    for relation in (document.part.rels, document.part.package.rels):
        for key in [key for key, one in relation.items() if any(word in one.reltype for word in LEFT_OUT)]:
            del relation[key]
    _settle(document)
    _first_page(document)
    _blocks(document)
    _header_and_footer(document)
    _footnotes(document)
    file = io.BytesIO()
    document.save(file)
    return _still(file)


# ---- small parts


def _line(place: Any, text: str, style: str) -> Any:
    return place.add_paragraph(text, style=style)


def _say(place: Any, tag: str) -> None:
    """A paragraph with only a statement of the template language. It is gone when the template is filled in."""
    place.add_paragraph("{%p " + tag + " %}", style="Form gap")


@contextmanager
def _within(place: Any, opening: str) -> Iterator[None]:
    """Puts whatever is added inside between the statement `opening` and its end."""
    _say(place, opening)
    yield
    _say(place, f"end{opening.split(maxsplit=1)[0]}")


def _runs(place: Any, style: str) -> Any:
    """A paragraph of runs, each bold or italic as its data say."""
    line = place.add_paragraph(style=style)
    line.add_run("{%r for run in block.runs %}")
    for opening, bold, italic in (
        ("if run.bold and run.italic", True, True),
        ("elif run.bold", True, False),
        ("elif run.italic", False, True),
        ("else", False, False),
    ):
        line.add_run("{%r " + opening + " %}")
        shown = line.add_run("{{ run.text }}")
        shown.bold, shown.italic = bold or None, italic or None
    line.add_run("{%r endif %}")
    if style == "Form section":
        for number in range(1, NOTES + 1):
            line.add_run("{%r if run.note == " + str(number) + " %}")
            _refers(line, number + 1)
            line.add_run("{%r endif %}")
    line.add_run("{%r endfor %}")
    line.add_run("{%r if block.dotted %}")
    line.add_run("\t")
    line.add_run("{%r endif %}")
    _dots_to_the_edge(line)
    return line


def _dots_to_the_edge(line: Any) -> None:
    """Makes a tab in the line draw dots up to the right margin."""
    line.paragraph_format.tab_stops.add_tab_stop(Mm(160), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _refers(line: Any, footnote: int) -> None:
    """Adds the mark of a footnote."""
    run = line.add_run()
    run.font.superscript = True
    mark = OxmlElement("w:footnoteReference")
    mark.set(qn("w:id"), str(footnote))
    run._r.append(mark)  # noqa: SLF001 - python-docx has no verb for it


def _edge(line: Any, side: str, eighths: int) -> None:
    """Adds a rule above or below a paragraph; its width is in eighths of a point."""
    edges = OxmlElement("w:pBdr")
    edge = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(eighths)), ("space", "1"), ("color", "auto")):
        edge.set(qn(f"w:{name}"), value)
    edges.append(edge)
    line._p.get_or_add_pPr().insert_element_before(edges, "w:spacing", "w:ind", "w:jc", "w:rPr")  # noqa: SLF001 - python-docx has no verb for it


def _columns(document: Any, *widths: int, indent: int = 0) -> Any:
    """A table of one row without borders. Widths and indent are in millimetres."""
    table = document.add_table(rows=1, cols=len(widths))
    table.style, table.autofit, table.alignment = "Normal Table", False, WD_TABLE_ALIGNMENT.LEFT
    for cell, column, width in zip(table.rows[0].cells, table.columns, widths, strict=True):
        cell.width = column.width = Mm(width)
    _margins(table, 0)
    _indent(table, indent)
    return table


def _indent(table: Any, millimetres: float) -> None:
    """Sets the distance of a table from the margin."""
    moved = OxmlElement("w:tblInd")
    moved.set(qn("w:w"), str(round(millimetres * TWIPS)))
    moved.set(qn("w:type"), "dxa")
    table._tbl.tblPr.insert_element_before(moved, "w:tblBorders", "w:tblLayout", "w:tblCellMar", "w:tblLook")  # noqa: SLF001 - no verb for it


def _margins(table: Any, millimetres: float) -> None:
    """Sets the left and right margins within cells."""
    room = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(round(millimetres * TWIPS)))
        edge.set(qn("w:type"), "dxa")
        room.append(edge)
    properties = table._tbl.tblPr  # noqa: SLF001 - python-docx has no verb for it
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        properties.remove(look)
    properties.append(room)


def _emptied(cell: Any) -> Any:
    """The cell without the paragraph that python-docx puts into it."""
    cell._tc.remove(cell.paragraphs[0]._p)  # noqa: SLF001 - python-docx has no verb for it
    return cell


# ---- the first page


def _first_page(document: Any) -> None:
    _line(document, "{{ paper.code }}", "Form code")
    for layout, widths, indent in (("if paper.layout == 1", (77, 92), -9), ("else", (71, 89), 0)):
        _say(document, layout)
        office, nation = (_emptied(cell) for cell in _columns(document, *widths, indent=indent).rows[0].cells)
        _office(office)
        _nation(nation)
    _say(document, "endif")
    _line(document, "{{ paper.title }}", "Form title")
    year = _line(document, "{{ paper.year }}", "Form year")
    year.add_run("{%r if paper.year_note %}")
    _refers(year, 1)
    year.add_run("{%r endif %}")
    with _within(document, "for label, value in paper.persons"):
        _line(document, "{{ label }}: {{ value }}", "Form person")


def _office(cell: Any) -> None:
    with _within(cell, "if paper.heading.superior"):
        _line(cell, "{{ paper.heading.superior }}", "Form heading")
    _line(cell, "{{ paper.heading.office }}", "Form heading strong")
    _say(cell, 'if paper.style == "party"')
    _line(cell, "*", "Form heading")
    _say(cell, "else")
    _edge(_line(cell, "", "Form rule short"), "top", 6)
    _say(cell, "endif")


def _nation(cell: Any) -> None:
    _say(cell, "if paper.heading.second")
    _line(cell, "{{ paper.heading.first }}", "Form heading strong")
    _line(cell, "{{ paper.heading.second }}", "Form motto")
    _say(cell, "else")
    _line(cell, "{{ paper.heading.first }}", "Form motto")
    _say(cell, "endif")
    _edge(_line(cell, "", "Form rule motto"), "top", 6)
    with _within(cell, 'if paper.style == "party"'):
        _line(cell, "{{ paper.date }}", "Form date")


# ---- the blocks


def _blocks(document: Any) -> None:
    _say(document, "for block in paper.blocks")
    _say(document, 'if block.kind == "line"')
    _lines(document)
    _say(document, 'elif block.kind == "blank"')
    with _within(document, "for dots in block.lines"):
        _either(document, "block.keep", _dotted)
    _say(document, 'elif block.kind == "table"')
    _table(document)
    _line(document, "", "Form gap")
    _say(document, 'elif block.kind == "signature"')
    _signature(document)
    _say(document, 'elif block.kind == "signatures"')
    _signatures(document)
    _say(document, "endif")
    _say(document, "endfor")
    _line(document, "", "Form gap")


def _lines(document: Any) -> None:
    for place, style in enumerate(LINE_STYLES):
        _say(document, f'{"elif" if place else "if"} block.style == "{style}"')
        if style == "section":  # always kept with what follows: one paragraph, and one mark for each footnote
            _runs(document, f"Form {style}")
        else:
            _either(document, "block.keep", partial(_runs, style=f"Form {style}"))
    _say(document, "else")
    _either(document, "block.keep", partial(_runs, style="Form body"))
    _say(document, "endif")


def _either(place: Any, kept: str, draw: Callable[[Any], Any]) -> None:
    """The same paragraph in two versions. If the condition `kept` holds, it stays on one page with what follows."""
    _say(place, f"if {kept}")
    draw(place).paragraph_format.keep_with_next = True
    _say(place, "else")
    draw(place)
    _say(place, "endif")


def _dotted(place: Any) -> Any:
    line = _line(place, "\t", "Form dots")
    _dots_to_the_edge(line)
    return line


def _table(document: Any) -> None:
    """Rows for the labels, their numbers, every row and the total. The block gives the width of each column
    (word_template.py).
    """
    table = document.add_table(rows=10, cols=3)
    _bordered(table)
    table.autofit = False
    _margins(table, 1)
    labels, numbered, numbers, unnumbered, opening, values, closing, summed, total, unsummed = table.rows
    _repeat(labels)
    _column_loop(labels.cells)
    _line(_emptied(labels.cells[1]), "{{ column.label }}", "Form table head")
    numbered.cells[0].paragraphs[0].add_run("{%tr if block.numbers %}")
    _repeat(numbers)
    _column_loop(numbers.cells)
    _line(_emptied(numbers.cells[1]), "{{ block.numbers[loop.index0] }}", "Form table value")
    unnumbered.cells[0].paragraphs[0].add_run("{%tr endif %}")
    opening.cells[0].paragraphs[0].add_run("{%tr for row in block.rows %}")
    _whole(values)
    _column_loop(values.cells)
    cell = _emptied(values.cells[1])
    _say(cell, 'if column.align == "left"')
    _cell_line(cell, "Form table text")
    _say(cell, "else")
    _cell_line(cell, "Form table value")
    _say(cell, "endif")
    closing.cells[0].paragraphs[0].add_run("{%tr endfor %}")
    summed.cells[0].paragraphs[0].add_run("{%tr if block.total %}")
    _whole(total)
    _column_loop(total.cells, "block.total")
    _line(_emptied(total.cells[1]), "{% colspan column.span %}{{ column.text }}", "Form table head")
    unsummed.cells[0].paragraphs[0].add_run("{%tr endif %}")


def _cell_line(cell: Any, style: str) -> None:
    line = _line(cell, "", style)
    line.add_run("{%r if row[0] in block.strong %}")
    line.add_run("{{ row[loop.index0] }}").bold = True
    line.add_run("{%r else %}")
    line.add_run("{{ row[loop.index0] }}")
    line.add_run("{%r endif %}")


def _column_loop(cells: Any, columns: str = "block.columns") -> None:
    cells[0].paragraphs[0].add_run("{%tc for column in " + columns + " %}")
    cells[2].paragraphs[0].add_run("{%tc endfor %}")


def _bordered(table: Any) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "auto")):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    table._tbl.tblPr.insert_element_before(borders, "w:tblLayout", "w:tblCellMar", "w:tblLook")  # noqa: SLF001 - no verb for it


def _whole(row: Any) -> None:
    """Keeps a row from being split over two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - python-docx has no verb for it


def _repeat(row: Any) -> None:
    """Repeats a row at the top of every further page of the table."""
    _whole(row)
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - python-docx has no verb for it


def _signature(document: Any) -> None:
    _line(document, "", "Form gap kept")
    table = _columns(document, 72, 88)
    _whole(table.rows[0])
    cell = _emptied(table.rows[0].cells[1])
    _asked_to_sign(cell, "block")
    _signed(cell, "block")
    _line(document, "", "Form gap")


def _signatures(document: Any) -> None:
    """Two signatures side by side. The names are at the same height, however long the titles are."""
    _line(document, "", "Form gap kept")
    table = _columns(document, 80, 80)
    table.add_row()
    for row, draw in zip(table.rows, (_asked_to_sign, _signed), strict=True):
        _whole(row)
        for number, cell in enumerate(row.cells):
            cell.width = Mm(80)
            draw(_emptied(cell), f"block.signers[{number}]")
    _line(document, "", "Form gap")


def _asked_to_sign(cell: Any, who: str) -> None:
    with _within(cell, f"if {who}.date"):
        _line(cell, "", "Form sign").add_run("{{ " + who + ".date }}").italic = True
    title = _line(cell, "", "Form sign")
    title.add_run("{{ " + who + ".title }}").bold = True
    with _within(cell, f"if {who}.note"):
        _line(cell, "", "Form sign").add_run("{{ " + who + ".note }}").italic = True


def _signed(cell: Any, who: str) -> None:
    name = _line(cell, "", "Form sign")
    name.paragraph_format.space_before = Mm(15)
    name.add_run("{{ " + who + ".name }}").bold = True
    with _within(cell, f"for mark in {who}.marks"):
        _line(cell, "{{ mark }}", "Form sign mark")


# ---- the footnotes


def _footnotes(document: Any) -> None:
    """Footnotes: the first is that of the year, the others are those of the text. One without a mark is not shown."""
    texts = [
        "paper.year_note",
        *(f'(paper.notes[{place}] if paper.notes|length > {place} else "")' for place in range(NOTES)),
    ]
    marked = (
        '<w:footnote w:id="{id}"><w:p><w:pPr><w:spacing w:before="0" w:after="0"/><w:jc w:val="both"/></w:pPr>'
        '<w:r><w:rPr><w:vertAlign w:val="superscript"/><w:sz w:val="20"/></w:rPr><w:footnoteRef/></w:r>'
        '<w:r><w:rPr><w:sz w:val="20"/></w:rPr><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:footnote>'
    )
    ruled = '<w:footnote w:type="{kind}" w:id="{id}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
    xml = (
        f"<w:footnotes {nsdecls('w')}>"
        + ruled.format(kind="separator", id=-1)
        + ruled.format(kind="continuationSeparator", id=0)
        + "".join(marked.format(id=id_, text=escape(f"{{{{ {text} }}}}")) for id_, text in enumerate(texts, start=1))
        + "</w:footnotes>"
    )
    part = Part(PackURI("/word/footnotes.xml"), CT.WML_FOOTNOTES, xml.encode(), document.part.package)
    document.part.relate_to(part, RT.FOOTNOTES)
    known = parse_xml(f'<w:footnotePr {nsdecls("w")}><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>')
    document.settings.element.insert_element_before(
        known, "w:endnotePr", "w:compat", "w:rsids", "w:themeFontLang", "w:decimalSymbol"
    )


# ---- what stands on every page


def _header_and_footer(document: Any) -> None:
    section = document.sections[0]
    for header, numbered in ((section.first_page_header, False), (section.header, True)):
        line = header.paragraphs[0]
        line.style = "Form top"
        line.paragraph_format.tab_stops.add_tab_stop(Mm(80), WD_TAB_ALIGNMENT.CENTER)
        line.add_run("{%r if paper.draft %}")
        _boxed(line.add_run(" {{ paper.draft }} "))
        line.add_run("{%r endif %}")
        if numbered:
            line.add_run("\t")
            _page_number(line)
    for number, footer in enumerate((section.first_page_footer, section.footer), start=1):
        first = footer.paragraphs[0]
        first.style = "Form foot"
        first.add_run("{%r if paper.fingerprint %}")
        _code(first, number)
        first.add_run("{%r endif %}")
        first.add_run("{{ paper.footer[0] }}")
        _edge(first, "top", 3)
        _line(footer, "{{ paper.footer[1] }}", "Form foot")


def _code(line: Any, number: int) -> None:
    """The place of the QR code of the fingerprint: in the bottom margin at the right edge, where it takes no room of
    the text.
    """
    run = line.add_run()
    shape = run.add_picture(io.BytesIO(placeholder()), width=CODE)
    inline = shape._inline  # noqa: SLF001 - python-docx has no verb for it
    inline.docPr.id, inline.docPr.name = number, "Code"
    inline.docPr.set("descr", "{{ paper.fingerprint }}")
    graphic = inline.graphic
    anchor = parse_xml(
        f'<wp:anchor {nsdecls("wp")} distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" '
        'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{Mm(190) - CODE}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{Mm(278.5)}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{CODE}" cy="{CODE}"/><wp:wrapNone/></wp:anchor>'
    )
    anchor.append(inline.docPr)
    anchor.append(graphic)
    inline.getparent().replace(inline, anchor)


def _boxed(run: Any) -> None:
    """The mark of a draft: bold, small, in a box."""
    run.bold, run.font.size = True, Mm(3.2)
    box = OxmlElement("w:bdr")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "auto")):
        box.set(qn(f"w:{name}"), value)
    run._r.rPr.append(box)  # noqa: SLF001 - python-docx has no verb for it


def _page_number(line: Any) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    shown = line.add_run("2")._r  # noqa: SLF001 - python-docx has no verb for it
    field.append(shown)
    line._p.append(field)  # noqa: SLF001 - python-docx has no verb for it


# ---- the same bytes every time


def _settle(document: Any) -> None:
    core = document.core_properties
    core.author = core.last_modified_by = core.comments = core.keywords = core.subject = core.category = ""
    core.title, core.language, core.revision = "{{ paper.title }}", "vi-VN", 1
    core.created = core.modified = MOMENT
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _still(file: io.BytesIO) -> bytes:
    """The same file with fixed times."""
    still = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(still, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), old.read(name), zipfile.ZIP_DEFLATED)
    return still.getvalue()


if __name__ == "__main__":
    (Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET).write_bytes(made())
