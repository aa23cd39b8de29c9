"""`tusoi template`: an office's own Word template looked at, used, listed, let go; each mistake a line."""

import docx
import pytest

from storage import Store
from templates.documents.word.paper import generic
from tests.bot.commands.running import tusoi
from tests.bot.enclosures.test_looking import PDF, with_part, word_file
from tests.bot.playing import staged
from tests.campaigns.offices import son_thach_2020
from tests.campaigns.stage import Play
from tests.templates.documents.test_template_check import changed, with_words


@pytest.fixture
async def house(sqlite_url, monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("TUSOI_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("TUSOI_DATA_DIR", str(tmp_path / "var"))
    store = await Store.open(sqlite_url)
    await staged(store)
    await store.close()


@pytest.fixture
async def district(sqlite_url, monkeypatch, tmp_path) -> None:
    """One whose plan names tables that it does not print."""
    monkeypatch.setenv("TUSOI_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("TUSOI_DATA_DIR", str(tmp_path / "var"))
    play = await Play.begin(sqlite_url, son_thach_2020.cast(), "16/11/2020 08:00")
    await play.opens(tmp_path, "son-duong-2020", year=2020)
    await play.ends()


async def test_a_file_stands_for_a_table_and_is_taken_out(district, tmp_path) -> None:
    own, again = tmp_path / "mau 07.pdf", tmp_path / "lai.pdf"
    own.write_bytes(PDF)
    named = ("--form", "table:mau_07")
    assert "dùng được (pdf" in tusoi("template", "check", str(own), *named).out
    assert "Từ nay Mẫu số 07 của đợt 1 theo mau 07.pdf" in tusoi("template", "set", str(own), *named).out
    assert tusoi("template", "list").out.startswith("table:mau_07 (đợt 1): mau 07.pdf, mã ")
    assert "loại pdf" in tusoi("template", "get", *named, "--out", str(again)).out
    assert again.read_bytes() == PDF
    tables = tmp_path / "bieu"
    assert tusoi("tables", "--out", str(tables)).status == 0
    assert [one.read_bytes() for one in tables.iterdir() if "Mẫu số 07" in one.name] == [PDF]
    assert tusoi("db", "verify").status == 0
    for file in (tmp_path / "var" / "enclosures").rglob("*"):
        if file.is_file():
            file.write_bytes(b"x")
    lost = tusoi("db", "verify")
    assert (lost.status, "thay biểu số 1" in lost.out + lost.err) == (1, True)
    assert "không còn nguyên vẹn" in tusoi("tables", "--out", str(tables)).err
    assert "vẫn được giữ" in tusoi("template", "remove", *named).out
    for gone in (("remove",), ("get", "--out", str(again))):
        ran = tusoi("template", *gone, *named)
        assert (ran.status, len(ran.err.splitlines())) == (2, 1)


async def test_a_table_that_is_none_and_a_file_that_is_none_are_told(district, tmp_path) -> None:
    own = tmp_path / "mau.docx"
    own.write_bytes(word_file())
    for form in ("table:report", "table:x"):
        ran = tusoi("template", "set", str(own), "--form", form)
        assert ran.status == 2
        assert "đợt 1: table:mau_07, " in ran.err
        assert "table:announced" not in ran.err
    assert tusoi("template", "set", str(own), "--form", "table:mau_07", "--campaign", "9").status == 2
    own.write_bytes(with_part(word_file(), "word/vbaProject.bin", b"x"))
    ran = tusoi("template", "set", str(own), "--form", "table:mau_07")
    assert (ran.status != 0, "có macro" in ran.err) == (True, True)
    assert "mọi mẫu phiếu" in tusoi("template", "list").out


async def test_an_office_without_such_tables_is_told(house, tmp_path) -> None:
    own = tmp_path / "mau.docx"
    own.write_bytes(word_file())
    ran = tusoi("template", "set", str(own), "--form", "table:mau_07")
    assert (ran.status, len(ran.err.splitlines())) == (2, 1)


async def test_a_template_is_looked_at_used_and_let_go(house, tmp_path) -> None:
    base, own, sample = tmp_path / "chung.docx", tmp_path / "rieng.docx", tmp_path / "thu.docx"
    assert tusoi("template", "base", "--out", str(base)).status == 0
    assert base.read_bytes() == generic()
    own.write_bytes(changed(with_words("MẪU RIÊNG")))
    checked = tusoi("template", "check", str(own), "--form", "mau-02", "--sample", str(sample))
    assert (checked.status, checked.err) == (0, "")
    words = [one.text for one in docx.Document(sample).paragraphs]
    assert "MẪU RIÊNG" in words
    assert any("Nguyễn Văn Mẫu" in one for one in words)
    assert "mọi mẫu phiếu in theo mẫu chung" in tusoi("template", "list").out
    assert "Bản đã gửi không đổi" in tusoi("template", "set", str(own), "--form", "mau-02").out
    assert tusoi("template", "list").out.startswith("mau-02: rieng.docx, mã ")
    again = tmp_path / "dang-dung.docx"
    assert (
        "Đã ghi mẫu riêng của mau-02 (rieng.docx"
        in tusoi("template", "get", "--form", "mau-02", "--out", str(again)).out
    )
    assert again.read_bytes() == own.read_bytes()
    assert "mẫu chung" in tusoi("template", "remove", "--form", "mau-02").out
    for gone in (("remove",), ("get", "--out", str(again))):
        ran = tusoi("template", *gone, "--form", "mau-02")
        assert (ran.status, len(ran.err.splitlines())) == (2, 1)


async def test_what_is_wrong_is_told_line_by_line(house, tmp_path) -> None:
    own = tmp_path / "rieng.docx"
    own.write_bytes(changed(with_words("{{ paper.birthday }} {{ paper.salary }}")))
    ran = tusoi("template", "set", str(own), "--form", "mau-02")
    assert ran.status != 0
    assert [("paper.birthday" in line, "paper.salary" in line) for line in ran.err.splitlines()][:1]
    assert "không có trường “paper.birthday”" in ran.err
    assert "không có trường “paper.salary”" in ran.err
    listed = tusoi("template", "check", str(own), "--form", "không-có")
    assert "  mau-02: Mẫu số 02" in listed.err
    missing = tusoi("template", "check", str(tmp_path / "x.docx"), "--form", "mau-02")
    assert "không đọc được" in missing.err
    assert tusoi("template", "list").out.count("\n") == 1, "nothing was kept"
