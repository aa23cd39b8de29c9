"""Files that are no paper, or were made to hurt: each ends in one mistake, in a process of its own, whatever is in them."""

import io
import zipfile
import zlib
from contextlib import suppress

import pytest
from pypdf import PdfWriter

from bot.reading.parent import Limits, read_path
from rules.nouns.errors import RosterErrors
from templates.errors import worded

MAIN = "word/document.xml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def packed(**parts: bytes | str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def pdf_of(pages: int = 1, password: str = "") -> bytes:
    made, out = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        made.add_blank_page(200, 200)
    if password:
        made.encrypt(password, algorithm="RC4-128")
    made.write(out)
    return out.getvalue()


def bomb() -> bytes:
    """A page that unpacks to 2 GB."""
    packer = zlib.compressobj(wbits=-15)
    block = packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH)  # after which the same packs to the same
    nothing = (2**31 % 65521 << 16 | 1).to_bytes(4, "big")  # the sum over so many zeros
    stream = b"\x78\x9c" + block * 2048 + packer.flush() + nothing
    head = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
    page = b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
    body = b"4 0 obj<</Length %d/Filter/FlateDecode>>stream\n" % len(stream) + stream + b"\nendstream endobj\n"
    return head + page + body + b"trailer<</Root 1 0 R>>\n%%EOF"


def laughs() -> str:
    """Entities of entities."""
    steps = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE x [<!ENTITY a0 "ha">{steps}]><w:document {W}><w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:document>'


#: Made by the test that needs them: some are big.
HOSTILE = {
    "empty": (lambda: b"", "file_empty"),
    "text": (lambda: b"PHIEU DANH GIA", "paper_kind"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "paper_kind"),
    "workbook": (lambda: packed(**{"xl/workbook.xml": "<x/>"}), "paper_kind"),
    "cut": (lambda: pdf_of()[:60], "paper_damaged"),
    "rubbish": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 50, "paper_damaged"),
    "cut package": (lambda: packed(**{MAIN: "<x/>"})[:40], "paper_damaged"),
    "no xml": (lambda: packed(**{MAIN: b"\x00\x01"}), "paper_damaged"),
    "locked": (lambda: pdf_of(password="x"), "paper_locked"),
    "long": (lambda: pdf_of(1000), "paper_long"),
    "bomb": (bomb, "paper_damaged"),
    "zip bomb": (lambda: packed(**{MAIN: bytes(60_000_000)}), "paper_unpacked"),
    "many parts": (lambda: packed(**{MAIN: "<x/>"}, **{f"x{n}": "" for n in range(1100)}), "paper_unpacked"),
    "deep": (
        lambda: packed(**{MAIN: f"<w:document {W}>" + "<w:p>" * 5000 + "</w:p>" * 5000 + "</w:document>"}),
        "paper_damaged",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_paper_is_one_mistake(tmp_path, name) -> None:
    make, told = HOSTILE[name]
    file = tmp_path / "giay.pdf"
    file.write_bytes(make())
    with pytest.raises(RosterErrors) as wrong:
        read_path("paper", file, Limits(seconds=20))
    assert [one.expected for one in wrong.value.mistakes] == [told]
    assert len(worded(wrong.value).splitlines()) == 1


def test_entities_are_not_drawn_in(tmp_path) -> None:
    file = tmp_path / "giay.docx"
    file.write_bytes(packed(**{MAIN: laughs()}))
    with suppress(RosterErrors):
        assert "haha" not in read_path("paper", file).pages[0]
