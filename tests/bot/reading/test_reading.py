"""Files made to harm, read in a process of their own: each ends in a sentence, soon, and nobody is kept waiting by another's."""

import asyncio
import io
import os
import pickle
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.campaign.roster.exporting import workbook
from bot.demo.office import DEMO_ROSTER
from bot.reading import parent
from bot.reading.parent import InLine, Limits, Reading, read_path
from rules.nouns.errors import RosterErrors
from templates.errors import lines
from tests.waiting import PATIENCE, until

GOOD = workbook(DEMO_ROSTER)
PEOPLE = "xl/worksheets/sheet2.xml"
TOO_LONG = "tệp đọc quá lâu nên đã dừng; hãy chép riêng các dòng của danh sách sang một tệp .xlsx mới rồi gửi lại"
TOO_MUCH = "tệp mở ra chiếm quá nhiều bộ nhớ nên đã dừng; hãy chép riêng các dòng của danh sách sang một tệp .xlsx mới rồi gửi lại"


def with_part(name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The demo's roster with one part of the file made anew."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as good, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as bad:
        for part in {*good.namelist(), name}:
            content = good.read(part) if part in good.namelist() else b""
            bad.writestr(part, change(content) if part == name else content)
    return made.getvalue()


def flagged_encrypted(content: bytes) -> bytes:
    """Every entry says that it is encrypted, in both of its headers."""
    made = bytearray(content)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := made.find(mark, at + 1)) >= 0:
            made[at + place] |= 1
    return bytes(made)


def broken_directory(content: bytes) -> bytes:
    """The list of entries begins far behind the end of the file."""
    at = content.rindex(b"PK\x05\x06")
    return content[: at + 16] + struct.pack("<I", 0xFFFFFFF0) + content[at + 20 :]


def shared(count: int) -> bytes:
    """So many shared strings in a few kilobytes."""
    head = b'<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    made = with_part("xl/sharedStrings.xml", lambda _: head + b"<si><t>a</t></si>" * count + b"</sst>")
    kind = b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
    with zipfile.ZipFile(io.BytesIO(made)) as good:
        parts = {name: good.read(name) for name in good.namelist()}
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", kind)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bad:
        for name, content in parts.items():
            bad.writestr(name, content)
    return out.getvalue()


def word_file() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", "<w:document/>")
    return made.getvalue()


def with_paths() -> bytes:
    """Entries that would lie elsewhere, were they ever unpacked."""
    made = io.BytesIO(GOOD)
    with zipfile.ZipFile(made, "a") as packed:
        packed.writestr("../../../../tmp/tu-soi-thoat-ra.txt", "x")
        packed.writestr("/etc/tu-soi-thoat-ra.txt", "x")
    return made.getvalue()


EMPTY_ROWS = b"<row><c><v>1</v></c></row>" * 5_000_000
HOSTILE = {
    "encrypted": (lambda: flagged_encrypted(GOOD), "tệp bị hỏng"),
    "directory": (lambda: broken_directory(GOOD), "tệp bị hỏng"),
    "cut": (lambda: GOOD[: len(GOOD) // 2], "tệp bị hỏng"),
    "bomb": (lambda: with_part(PEOPLE, lambda text: text + b" " * 301_000_000), "tệp quá lớn khi mở ra"),
    "shared": (lambda: shared(10_000_000), TOO_MUCH),
    "word": (word_file, "tệp Word"),
    "lines": (lambda: b"a,b\n" * 5_500_000, "tệp quá lớn (tối đa 20 MB)"),
    "text": (lambda: b"a,b\n" * 1000, "tệp văn bản hoặc .csv"),
    # Memory ends first or, where an allocator goes on searching for some, the processor's time.
    "deep": (lambda: with_part(PEOPLE, lambda _: b"<a>" * 1_000_000), (TOO_MUCH, TOO_LONG)),
    "nothing": (lambda: b"", "tệp rỗng"),
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_file_ends_in_a_sentence(name):
    make, words = HOSTILE[name]
    with pytest.raises(RosterErrors) as caught:
        await Reading(Limits(memory=160 * 2**20, seconds=30)).read("roster", make(), 1)
    told = lines(caught.value.mistakes)
    assert len(told) == 1
    assert any(one in told[0] for one in ([words] if isinstance(words, str) else words))


async def test_sheets_that_say_they_are_as_large_as_can_be_are_read_as_they_are():
    def declared(text: bytes) -> bytes:
        return text.replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>', 1)

    assert await Reading().read("roster", with_part(PEOPLE, declared), 1) == DEMO_ROSTER


async def test_nothing_is_unpacked_anywhere():
    assert await Reading().read("roster", with_paths(), 1) == DEMO_ROSTER
    assert not any(map(os.path.exists, ("/tmp/tu-soi-thoat-ra.txt", "/etc/tu-soi-thoat-ra.txt")))


async def test_what_takes_too_long_is_stopped_by_the_processor_s_time_and_by_the_clock():
    endless = with_part(PEOPLE, lambda text: text.replace(b"</sheetData>", EMPTY_ROWS + b"</sheetData>"))
    for limits in (Limits(seconds=1), Limits(patience=0.3)):
        with pytest.raises(RosterErrors) as caught:
            await Reading(limits).read("roster", endless, 1)
        assert lines(caught.value.mistakes) == [TOO_LONG]


async def test_the_process_knows_no_secret_and_ends_with_whoever_asked(monkeypatch):
    monkeypatch.setenv("TUSOI_TELEGRAM_TOKEN", "7000001:bi-mat")
    seen = asyncio.create_task(Reading().read("roster", GOOD, 1))
    await until(lambda: bool(children()) or seen.done())
    child = children()[0]
    assert b"bi-mat" not in Path(f"/proc/{child}/environ").read_bytes()  # noqa: ASYNC240
    seen.cancel()
    await asyncio.gather(seen, return_exceptions=True)
    assert child not in children()


def children() -> list[int]:
    """Reading processes of this one."""
    found = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    return [int(one) for one in found if b"bot.reading.child" in Path(f"/proc/{one}/cmdline").read_bytes()]


async def test_files_of_one_office_are_read_one_at_a_time_and_others_beside_them(monkeypatch):
    begun, go_on = list[bytes](), asyncio.Event()

    async def slowly(_kind: str, content: bytes, _limits: Limits) -> object:
        begun.append(content)
        await go_on.wait()
        return content

    monkeypatch.setattr(parent, "_read", slowly)
    reading = Reading()
    first = asyncio.create_task(reading.read("roster", b"first", 1))
    await until(lambda: begun == [b"first"])
    other = asyncio.create_task(reading.read("roster", b"another office", 2))
    await until(lambda: len(begun) == 2)
    with pytest.raises(InLine):
        await reading.read("roster", b"second", 1, waits=0)
    waiting = asyncio.create_task(reading.read("roster", b"third", 1, PATIENCE))
    go_on.set()
    assert await asyncio.gather(first, other, waiting) == [b"first", b"another office", b"third"]


class Harmful:
    def __reduce__(self):
        return os.system, ("true",)


def test_an_answer_that_is_more_than_values_is_none():
    for answer in (pickle.dumps(("read", Harmful())), pickle.dumps(("read", subprocess_of)), b"\x80nonsense"):
        assert parent._value(answer)[0] == "broken"


def subprocess_of() -> None:
    """A function, which is no value."""


def test_a_file_of_the_command_line_is_told_by_its_name(tmp_path):
    for name, make, words in (
        ("khong-co.xlsx", lambda file: None, "khong-co.xlsx: không tìm thấy tệp"),
        ("thu-muc.xlsx", lambda file: file.mkdir(), "thu-muc.xlsx: không đọc được"),
        ("lon.xlsx", lambda file: file.write_bytes(bytes(20_000_001)), "lon.xlsx: tệp quá lớn (tối đa 20 MB)"),
        ("ma.xlsx", lambda file: file.write_bytes(flagged_encrypted(GOOD)), "ma.xlsx: không đọc được: tệp bị hỏng"),
    ):
        file = tmp_path / name
        make(file)
        with pytest.raises(RosterErrors) as caught:
            read_path("roster", file)
        assert words in lines(caught.value.mistakes)[0]
