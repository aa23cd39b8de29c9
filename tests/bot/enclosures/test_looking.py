"""Files handed in for dossiers are looked at for what they are, in the reading process."""

import io
import zipfile
import zlib
from collections.abc import Callable
from struct import pack

import docx
import openpyxl
import pytest

from bot.enclosures.looking import kind_of
from bot.reading.parent import read_path
from rules.nouns.errors import RosterErrors
from templates.errors import word

PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <<>>\n%%EOF\n"


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + pack(">II", width, height) + bytes(12) + b"IEND\xaeB`\x82"


def jpeg(width: int, height: int, before: bytes = b"") -> bytes:
    """With a comment as long as its first part says, filled up, and what is drawn behind its measures."""
    head = b"\xff\xd8\xff\xe0\x00\x10" + bytes(14) + before + b"\xff\xff\xc0\x00\x11\x08" + pack(">HH", height, width)
    return head + bytes(12) + b"\xff\xda" + bytes(20) + b"\xff\xd9"


PNG, JPEG = png(1240, 1754), jpeg(1240, 1754)
HEIC = b"\x00\x00\x00\x18ftypheic" + bytes(40)


def word_file() -> bytes:
    made = io.BytesIO()
    docx.Document().save(made)
    return made.getvalue()


def workbook() -> bytes:
    made = io.BytesIO()
    openpyxl.Workbook().save(made)
    return made.getvalue()


def with_part(package: bytes, name: str, content: bytes) -> bytes:
    made = io.BytesIO(package)
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr(name, content)
    return made.getvalue()


def packed(objects: bytes) -> bytes:
    """Objects of a PDF as it keeps them packed."""
    return (
        b"7 0 obj <</Type /ObjStm /Filter /FlateDecode>> stream\r\n" + zlib.compress(objects) + b"\nendstream endobj\n"
    )


def tied(to: str) -> bytes:
    """What ties a part to something elsewhere."""
    return f'<R><Relationship Type="http://x/{to}" Target="http://x.example/a" TargetMode="External"/></R>'.encode()


def refused(content: bytes) -> str:
    with pytest.raises(RosterErrors) as caught:
        kind_of(content)
    (mistake,) = caught.value.mistakes
    assert "{" not in word(mistake)
    return mistake.expected


@pytest.mark.parametrize(
    ("content", "kind"),
    [(PDF, "pdf"), (PNG, "png"), (JPEG, "jpg"), (HEIC, "heic"), (word_file(), "docx"), (workbook(), "xlsx")],
)
def test_a_file_is_what_it_holds(content: bytes, kind: str) -> None:
    assert kind_of(content) == kind


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "file_empty"),
        (b"<html><script>alert(1)</script>%PDF-1.4 %%EOF", "enclosure_kind"),
        (b"MZ\x90\x00" + PDF, "enclosure_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "enclosure_kind"),  # .doc, .xls of before
        (PDF[:-8], "enclosure_cut"),
        (PNG[:30], "enclosure_cut"),
        (JPEG[:-2], "enclosure_cut"),
        (PDF.replace(b"trailer <<", b"trailer <</Encrypt 5 0 R"), "enclosure_locked"),
        (PDF.replace(b"/Catalog", b"/Catalog /OpenAction <</S /JavaScript>>"), "enclosure_runs"),
        (PDF.replace(b"/Catalog", b"/Catalog /AA <</S /Rendition /J#53 (x)>>"), "enclosure_runs"),
        (PDF.replace(b"trailer", packed(b"1 0 <</S /JavaScript /JS (x)>>") + b"trailer"), "enclosure_runs"),
        (PDF.replace(b"/Catalog", b"/Catalog /A <</S /Java#53cript>>"), "enclosure_runs"),
        (PDF.replace(b"trailer", b"% >>stream\n1 0 obj <</S /Launch>>\nendstream\ntrailer"), "enclosure_runs"),
        (word_file()[:-30], "enclosure_cut"),
        (with_part(word_file(), "word/vbaProject.bin", b"x"), "enclosure_macros"),
        (with_part(workbook(), "xl/macrosheets/sheet1.xml", b"x"), "enclosure_macros"),
        (with_part(word_file(), "a/b.rels", tied("attachedTemplate")), "enclosure_runs"),
        (with_part(word_file(), "a/b.RELS", tied("oleObject")), "enclosure_runs"),
        (with_part(word_file(), "a/b.rels", b" " * 3_000_000 + tied("attachedTemplate")), "enclosure_runs"),
        (with_part(word_file(), "a/b.rels", tied("attachedTemplate").decode().encode("utf-16")), "enclosure_runs"),
        (with_part(word_file(), "a/b.rels", tied("&#97;ttachedTemplate")), "enclosure_runs"),
        (
            with_part(word_file(), "a/b.rels", b'<!DOCTYPE R [<!ENTITY x SYSTEM "file:///etc/passwd">]><R>&x;</R>'),
            "enclosure_runs",
        ),
        (b"PK\x03\x04" + bytes(30), "enclosure_cut"),
    ],
)
def test_what_is_no_such_file_is_refused(content: bytes, why: str) -> None:
    assert refused(content) == why


@pytest.mark.parametrize(
    "make",
    [
        lambda: PDF.replace(b"trailer", packed(bytes(301_000_000)) + b"trailer"),
        lambda: with_part(word_file(), "a/b.rels", b" " * 9_000_000 + b"<R/>"),
        lambda: with_part(word_file(), "word/media/a.bin", bytes(301_000_000)),
    ],
    ids=["objects", "relations", "picture"],
)
def test_what_unpacks_to_more_than_anybody_hands_in_is_refused(make: Callable[[], bytes]) -> None:
    assert refused(make()) == "enclosure_bomb"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (png(2_000_000_000, 2_000_000_000), "enclosure_bomb"),
        (png(1, 2_000_000_000), "enclosure_bomb"),
        (png(0, 5), "enclosure_cut"),
        (jpeg(65_500, 65_500), "enclosure_bomb"),
        (jpeg(0, 5), "enclosure_cut"),
        (jpeg(65_500, 65_500, b"\xff\xfe\x00\x04\xff\xc0"), "enclosure_bomb"),  # a comment is no measure
        (jpeg(9, 9)[:24] + b"\xff\xd9", "enclosure_cut"),
        (HEIC + b"ispe" + bytes(4) + pack(">II", 100_000, 100_000), "enclosure_bomb"),
    ],
)
def test_a_picture_that_says_it_is_as_large_as_a_house_is_refused(content: bytes, why: str) -> None:
    assert refused(content) == why


def test_a_page_scanned_finely_is_taken() -> None:
    assert [kind_of(one) for one in (png(9_921, 7_016), jpeg(9_921, 7_016), HEIC)] == ["png", "jpg", "heic"]


@pytest.mark.parametrize(
    "name",
    [
        *("../../etc/cron.d/x", "word/../../x", "/etc/passwd", "C:\\x", "C:/x", "\\\\host\\x", "word\\..\\x"),
        *("CON", "word/nul.xml", "a/. /b", "a//b", "word/com1"),
    ],
)
def test_a_package_with_a_part_that_climbs_out_of_it_is_refused(name: str) -> None:
    assert refused(with_part(word_file(), name, b"x")) == "enclosure_climbs"


def test_a_package_with_a_link_in_it_is_refused() -> None:
    made = io.BytesIO(workbook())
    with zipfile.ZipFile(made, "a") as opened:
        link = zipfile.ZipInfo("xl/media/a.png")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        opened.writestr(link, "/etc/passwd")
    assert refused(made.getvalue()) == "enclosure_climbs"


def test_a_zip_of_something_else_is_no_word_file() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("index.html", "<script>")
    assert refused(made.getvalue()) == "enclosure_kind"


def test_it_is_read_in_a_process_of_its_own(tmp_path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(word_file())
    assert read_path("enclosure", file) == "docx"
    file.write_bytes(with_part(word_file(), "word/media/a.bin", bytes(301_000_000)))
    with pytest.raises(RosterErrors) as caught:
        read_path("enclosure", file)
    assert caught.value.mistakes[0].expected == "enclosure_bomb"


def test_a_scan_in_which_the_letters_of_a_script_stand_by_chance_is_taken() -> None:
    scanned = b"2 0 obj <</Length 9>> stream\n" + b"\x91/JS\x00\xff" * 100 + b"\nendstream endobj\n"
    assert kind_of(PDF.replace(b"trailer", scanned + b"trailer")) == "pdf"


def test_links_pictures_and_other_workbooks_of_elsewhere_are_taken() -> None:
    for to in ("hyperlink", "image", "externalLinkPath"):
        assert kind_of(with_part(workbook(), "a/b.rels", tied(to))) == "xlsx"
