"""`tusoi template`: an office's own Word template looked at, used, listed, let go; each mistake a line."""

import docx
import pytest

from storage import Store
from templates.documents.word.paper import generic
from tests.bot.commands.running import tusoi
from tests.bot.playing import staged
from tests.templates.documents.test_template_check import changed, with_words


@pytest.fixture
async def house(sqlite_url, monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("TUSOI_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("TUSOI_DATA_DIR", str(tmp_path / "var"))
    store = await Store.open(sqlite_url)
    await staged(store)
    await store.close()


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
