"""The code to scan in the footer: the whole fingerprint, on every page of what was sent, and nowhere else."""

import io
import re
import zipfile
from dataclasses import replace

import docx as python_docx
import pytest
import segno
from docx.oxml.ns import qn
from docx.shared import Mm
from pypdf import PdfReader

from rules.judging.filing import Filing
from templates.documents import docx, pages, paper, pdf
from templates.documents import drawn as drawn_sheet
from templates.documents.scanning import leading, scanned
from templates.documents.sheets.kept import sheet_json, sheet_of
from tests.templates.samples import filing
from tools.form_docx import made

FINGERPRINT = "801f687c7c48a46f" * 4
SENT = replace(filing(), fingerprint=FINGERPRINT)
UNSENT = replace(filing(version=0, submitted_on=""), fingerprint=FINGERPRINT)
#: Millimetres a side.
SIDE = 12
CODE = segno.make(FINGERPRINT.upper(), error="m", micro=False, mask=0)


def drawn(one: Filing) -> list[tuple[list[float], set[tuple[int, int]]]]:
    """Of every page of the PDF: each code's left, right, lower and upper edge in millimetres, and its dark modules."""
    found = []
    for page in PdfReader(io.BytesIO(pdf(paper(one)))).pages:
        content = page.get_contents().get_data().decode("latin-1")
        for scale, left, top, strokes in _CODE.findall(content):
            side = float(scale) * len(CODE.matrix)
            edges = [float(left), float(left) + side, float(top) - side, float(top)]
            dark = {
                (int(x), int(float(y)))
                for start, y, end in _STROKE.findall(strokes)
                for x in range(int(start), int(end))
            }
            found.append(([edge / 72 * 25.4 for edge in edges], dark))
    return found


#: Strokes through the middle of modules, one module high, from the upper left corner.
_CODE = re.compile(r"q ([\d.]+) 0 0 -\1 ([\d.]+) ([\d.]+) cm[^m]*? 4 M ((?:\d+ [\d.]+ m \d+ [\d.]+ l\s){100,})")
_STROKE = re.compile(r"(\d+) ([\d.]+) m (\d+) [\d.]+ l")


def test_every_page_of_what_was_sent_shows_the_whole_fingerprint():
    dark = {(x, y) for y, row in enumerate(CODE.matrix) for x, module in enumerate(row) if module}
    shown = drawn(SENT)
    assert len(shown) == len(pages(paper(SENT), ppi=20)) > 1
    assert all(modules == dark for _, modules in shown)


def test_it_stands_in_the_bottom_margin_with_the_right_edge_of_the_text():
    """Nghị định 30/2020, Phụ lục I: 20 mm below, 20 mm on the right. White stays above; the printer reaches all of it."""
    for edges, _ in drawn(SENT):
        assert edges == pytest.approx([190 - SIDE, 190, 6.5, 18.5], abs=0.02)


def test_answers_that_were_not_sent_have_none():
    assert drawn(UNSENT) == []


def test_it_makes_no_page_longer():
    assert len(pages(paper(SENT), ppi=20)) == len(pages(replace(paper(SENT), fingerprint=""), ppi=20))


def drawings(sent: Filing, place: str):
    footer = getattr(python_docx.Document(io.BytesIO(docx(paper(sent)))).sections[0], place)
    return footer, list(footer._element.iter(qn("wp:anchor")))


@pytest.mark.parametrize("place", ["footer", "first_page_footer"])
def test_the_word_file_has_it_in_both_footers_where_it_takes_no_room(place):
    footer, [anchor] = drawings(SENT, place)
    blip = next(anchor.iter(qn("a:blip")))
    shown = io.BytesIO()
    CODE.save(shown, kind="png", scale=8, border=0)
    assert footer.part.related_parts[blip.get(qn("r:embed"))].blob == shown.getvalue()
    assert anchor.find(qn("wp:wrapNone")) is not None
    assert [int(one.text) for one in anchor.iter(qn("wp:posOffset"))] == [Mm(190 - SIDE), Mm(278.5)]
    assert drawings(UNSENT, place)[1] == []


def test_the_picture_in_an_offices_own_template_is_filled_in_and_white_on_a_draft(tmp_path):
    """Whoever moves it elsewhere in Word keeps its bytes; the file may get another name."""
    with zipfile.ZipFile(io.BytesIO(made())) as generic:
        picture = next(generic.read(name) for name in generic.namelist() if name.endswith(".png"))
    own = python_docx.Document()
    own.add_picture(io.BytesIO(picture))
    own.save(tmp_path / "own.docx")
    shown = dict[str, bytes]()
    for called, one in (("sent", SENT), ("unsent", UNSENT)):
        with zipfile.ZipFile(io.BytesIO(docx(paper(one), (tmp_path / "own.docx").read_bytes()))) as file:
            shown[called] = next(file.read(name) for name in file.namelist() if name.endswith(".png"))
    expected = io.BytesIO()
    CODE.save(expected, kind="png", scale=8, border=0)
    assert shown["sent"] == expected.getvalue()
    white = io.BytesIO()
    segno.make("-", error="m", micro=False, mask=0).save(white, kind="png", scale=8, border=0, dark="white")
    assert shown["unsent"] == white.getvalue()


@pytest.mark.parametrize(
    ("house", "begins"),
    [
        ("https://tusoi.tinh.example", "HTTPS://TUSOI.TINH.EXAMPLE/V/"),
        ("https://tinh.example:8443/tusoi/", "HTTPS://TINH.EXAMPLE:8443/tusoi/V/"),
        ("", ""),
    ],
)
def test_where_the_house_has_an_address_the_code_leads_there(house, begins):
    assert leading(house) == begins
    one = replace(paper(SENT), address=leading(house))
    assert scanned(one) == begins + FINGERPRINT.upper()
    assert len(PdfReader(io.BytesIO(pdf(one))).pages) == len(PdfReader(io.BytesIO(pdf(paper(SENT)))).pages)


def test_what_was_sent_before_codes_led_anywhere_says_the_digits_alone():
    """Of what was kept under layout 2 nothing said an address."""
    kept = sheet_json(drawn_sheet(replace(SENT, address=leading("https://tinh.example"))))
    assert kept["paper"]["address"] == "HTTPS://TINH.EXAMPLE/V/"
    del kept["paper"]["address"]
    assert sheet_of(kept).paper.address == ""
