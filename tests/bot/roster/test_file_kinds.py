"""A file that is no workbook we read: what it is and what to do is said, in the same words wherever it was handed in."""

import io
import zipfile

import pytest
from openpyxl import load_workbook

from bot.campaign.roster.exporting import workbook
from bot.demo.office import DEMO_ROSTER
from bot.roster.package import MAX_BYTES
from bot.roster.read import read_roster
from rules.nouns.errors import RosterErrors
from templates.errors import lines

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
WHOLE = workbook(DEMO_ROSTER)


def container(stream: str) -> bytes:
    """An OLE container as Excel makes one, as far as its kind goes: its streams are named in UTF-16."""
    return OLE + stream.encode("utf-16-le") + bytes(512)


def package(**parts: bytes) -> bytes:
    """A zip of these parts; `__` in a name is a slash, `_` a dot."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/").replace("_", "."), content)
    return made.getvalue()


def strict() -> bytes:
    """The demo's roster with the namespaces of ISO/IEC 29500 Strict."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as whole, zipfile.ZipFile(made, "w") as packed:
        for part in whole.namelist():
            text = whole.read(part)
            packed.writestr(
                part,
                text.replace(
                    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                    b"http://purl.oclc.org/ooxml/spreadsheetml/main",
                ),
            )
    return made.getvalue()


def told(content: bytes) -> str:
    with pytest.raises(RosterErrors) as caught:
        read_roster(content)
    (line,) = lines(caught.value.mistakes)
    return line


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "tệp rỗng; hãy lưu lại rồi gửi lại tệp"),
        (container("EncryptedPackage"), "tệp có mật khẩu; hãy mở tệp, bỏ mật khẩu rồi lưu lại thành .xlsx"),
        (container("Workbook"), "tệp .xls kiểu cũ; hãy mở tệp rồi lưu lại thành .xlsx (Sổ làm việc Excel)"),
        (container("Book"), "tệp .xls kiểu cũ; hãy mở tệp rồi lưu lại thành .xlsx (Sổ làm việc Excel)"),
        (
            b"\x09\x08\x10\x00\x00\x06\x05\x00",
            "tệp .xls kiểu cũ; hãy mở tệp rồi lưu lại thành .xlsx (Sổ làm việc Excel)",
        ),
        (
            package(mimetype=b"application/vnd.oasis.opendocument.spreadsheet", content_xml=b"<x/>"),
            "tệp .ods (LibreOffice); hãy mở tệp rồi lưu lại thành .xlsx",
        ),
        (
            package(xl__workbook_bin=b"x"),
            "tệp .xlsb (Excel nhị phân); hãy mở tệp rồi lưu lại thành .xlsx (Sổ làm việc Excel)",
        ),
        (
            package(word__document_xml=b"<x/>"),
            "tệp Word; danh sách cần là tệp Excel .xlsx (tạo mẫu bằng: tusoi roster template)",
        ),
        (package(danh_xlsx=b"x"), "tệp nén .zip; hãy giải nén rồi gửi tệp .xlsx ở bên trong"),
        (
            "Mã số;Họ và tên\nLG-001;Phạm Văn Khởi\n".encode(),
            "tệp văn bản hoặc .csv; hãy mở bằng Excel rồi lưu lại thành .xlsx",
        ),
        (
            "Mã số\tHọ và tên\n".encode("utf-16"),
            "tệp văn bản hoặc .csv; hãy mở bằng Excel rồi lưu lại thành .xlsx",
        ),
        (
            b"<html><table><tr><td>",
            "trang web được lưu thành tệp bảng tính; hãy mở bằng Excel rồi lưu lại thành .xlsx",
        ),
        (
            b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?>",
            "tệp XML, không phải .xlsx; hãy mở bằng Excel rồi lưu lại thành .xlsx",
        ),
        (b"%PDF-1.7", "tệp PDF; danh sách cần là tệp Excel .xlsx (tạo mẫu bằng: tusoi roster template)"),
        (b"\x89PNG\r\n\x1a\n", "tệp ảnh; danh sách cần là tệp Excel .xlsx (tạo mẫu bằng: tusoi roster template)"),
        (strict(), "tệp lưu theo kiểu “Strict Open XML”; hãy lưu lại theo kiểu .xlsx thường (Sổ làm việc Excel)"),
        (bytes(MAX_BYTES + 1), "tệp quá lớn (tối đa 20 MB)"),
        (OLE, "không phải tệp bảng tính; danh sách cần là tệp Excel .xlsx (tạo mẫu bằng: tusoi roster template)"),
    ],
)
def test_what_it_is_and_what_to_do_is_said(content, said) -> None:
    assert told(content) == said


DAMAGED = (
    "không đọc được: tệp bị hỏng hoặc chưa tải về trọn vẹn; hãy mở lại bằng Excel, lưu lại thành .xlsx rồi gửi lại"
)


@pytest.mark.parametrize("content", [b"PK", b"PK\x03\x04 not a spreadsheet", WHOLE[: len(WHOLE) // 2], WHOLE[:-30]])
def test_a_damaged_or_truncated_package_is_said_to_be_so(content) -> None:
    assert told(content) == DAMAGED


def test_a_part_that_was_changed_on_the_way_is_damage_too() -> None:
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as packed:
        part = packed.getinfo("xl/worksheets/sheet2.xml")
    at = part.header_offset + 30 + len(part.filename) + part.compress_size // 2
    assert told(WHOLE[:at] + bytes([WHOLE[at] ^ 0xFF]) + WHOLE[at + 1 :]) == DAMAGED


def test_a_package_packed_in_a_way_we_do_not_know_is_damage_too() -> None:
    central = WHOLE.rindex(b"xl/worksheets/sheet2.xml") - 46  # the entry in the list of parts
    assert WHOLE[central : central + 4] == b"PK\x01\x02"
    assert told(WHOLE[: central + 10] + b"\x63\x00" + WHOLE[central + 12 :]) == DAMAGED


def test_an_empty_package_is_no_workbook() -> None:
    assert told(b"PK\x05\x06" + bytes(18)) == "tệp nén .zip; hãy giải nén rồi gửi tệp .xlsx ở bên trong"


def test_a_style_that_is_not_understood_leaves_days_and_codes_as_they_are_shown() -> None:
    """What openpyxl refuses is left out of the styles; how numbers are shown is kept."""
    book = load_workbook(io.BytesIO(WHOLE))
    sheet = book["Danh sách"]
    sheet["A2"], sheet["A2"].number_format = 7, "000"
    changed = io.BytesIO()
    book.save(changed)
    made = io.BytesIO()
    with zipfile.ZipFile(changed) as whole, zipfile.ZipFile(made, "w") as packed:
        for part in whole.namelist():
            text = whole.read(part)
            packed.writestr(
                part, text.replace(b"<fills ", b"<fills><fill /></fills><fills ") if "styles" in part else text
            )
    assert read_roster(made.getvalue()).people[0].key == "007"
