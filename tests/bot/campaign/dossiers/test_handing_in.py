"""Handing files in for a dossier, in chat: by the person, the head, the desk; what lies, what is too late, what comes twice."""

import asyncio
import hashlib
import io
import zipfile
from dataclasses import replace

import pytest
import sqlalchemy as sa

from bot.door.channel import Incoming
from bot.door.files import handed
from bot.turn.uploads import Enclosing
from dialogs.core.events import Handed, Pressed
from dialogs.core.turn import DeskFile
from storage.kept_files import KeptFiles
from tests.bot.enclosures.test_looking import JPEG, PDF, with_part, word_file
from tests.campaigns.offices import son_thach_2020 as office
from tests.campaigns.stage import Play


@pytest.fixture
async def play(sqlite_url, tmp_path):
    play = await Play.begin(sqlite_url, office.cast(), "16/11/2020 08:00")
    await play.opens(tmp_path, "son-duong-2020", year=2020)
    play.house = replace(play.house, enclosing=Enclosing(KeptFiles(tmp_path / "enclosures"), most_mb=1))
    yield play
    await play.ends()


async def sends(phone, name: str, content: bytes, update: str = "") -> str:
    """What is answered to a file."""
    takes = await phone.house.awaits_file(phone.channel, phone.account)
    assert takes == "any"
    incoming = Incoming(phone.channel, phone.account, update or str(next(phone.updates)), Handed(name))
    answered = await phone.house.take(handed(incoming, name, content, takes=takes))
    phone.answered = answered
    return "\n".join(one.html for one in answered.replies)


async def rows(play) -> list:
    async with play.store.reading() as tx:
        return list(await tx.enclosures.of_campaign(1))


async def test_a_cadre_hands_in_what_the_plan_asks_of_them(play) -> None:
    """II.3.5.1, dòng 9, 10, 11: ý kiến của hai cấp ủy, phiếu 2d, bản kê khai."""
    phone = await play.phone("head:TG")
    await phone.commands("hoso")
    assert "4 tài liệu chưa nộp" in phone.text
    await phone.taps("dossier_at", label="Bản kê khai tài sản")
    assert "II.3.5.1" in phone.text
    said = await sends(phone, "kê khai 2020.pdf", PDF)
    assert "Đã nhận tệp “kê khai 2020.pdf”" in said
    (kept,) = await rows(play)
    assert (kept.place, kept.person_id, kept.kind, kept.size) == ("assets", play.ids["head:TG"], "pdf", len(PDF))
    assert play.house.enclosing.files.content(hashlib.sha256(PDF).hexdigest()) == PDF
    await phone.commands("hoso")
    assert "3 tài liệu chưa nộp" in phone.text
    assert not await phone.house.awaits_file(phone.channel, phone.account)


async def test_a_later_file_takes_the_place_and_the_earlier_stays(play) -> None:
    phone = await play.phone("head:TG")
    for name, content in (("một.jpg", JPEG), ("hai.docx", word_file())):
        await phone.commands("hoso")
        await phone.taps("dossier_at", label="Phiếu bổ sung hồ sơ cán bộ")
        await sends(phone, name, content)
    assert "Tệp trước đó vẫn được giữ" in phone.text
    (kept,) = await rows(play)
    assert (kept.name, kept.kind) == ("hai.docx", "docx")
    assert len(list(play.house.enclosing.files.every())) == 2


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("kê khai.pdf", b"<html><script>alert(1)</script></html>", "không phải PDF, ảnh"),
        ("a.docx", with_part(word_file(), "word/vbaProject.bin", b"x"), "có macro"),
        ("a.pdf", PDF + b" " * 1_000_000, "lớn hơn 1 MB"),
        ("a.pdf", b"", "chưa đến nơi trọn vẹn"),
    ],
)
async def test_what_is_no_such_file_is_told_and_nothing_is_kept(play, name, content, told) -> None:
    phone = await play.phone("head:TG")
    await phone.commands("hoso")
    await phone.taps("dossier_at", label="Bản kê khai tài sản")
    assert told in await sends(phone, name, content)
    assert not await rows(play)
    assert await phone.house.awaits_file(phone.channel, phone.account) == "any", "the next one may be right"


async def test_the_desk_sees_what_is_missing_hands_in_and_takes_the_zip(play) -> None:
    desk = await play.phone("head:TC")
    await desk.commands("dot")
    await desk.taps("dossier_of")
    while not desk.sees("dossier_look", label=play.cast.person("head:TG").name):
        await desk.taps("dossier_of", label="Tiếp theo")
    await desk.taps("dossier_look", label=play.cast.person("head:TG").name)
    assert "11. Bản kê khai tài sản, thu nhập" in desk.text
    await desk.taps("dossier_places")
    await desk.taps("dossier_places", label="Tiếp theo")
    await desk.taps("dossier_at", label="Bản kê khai tài sản")
    await sends(desk, "bản giấy.pdf", PDF)
    await desk.taps("dossier_look")
    assert "11. Bản kê khai" not in desk.text
    (attached,) = [one.attached for one in desk.answered.replies if one.attached]
    (document,) = await desk.house.documents(play.ids["head:TC"], attached)
    package = zipfile.ZipFile(io.BytesIO(document.content))
    assert any(name.startswith("11 Bản kê khai tài sản, thu nhập/") for name in package.namelist())
    assert not await desk.house.documents(play.ids["head:TG"], attached), "the dossier is the desk's"


async def test_who_reads_a_file_that_was_handed_in(play) -> None:
    phone = await play.phone("dep:TG")
    await phone.commands("hoso")
    await phone.taps("dossier_at", label="Bản kê khai tài sản")
    await sends(phone, "kê khai.pdf", PDF)
    (kept,) = await rows(play)
    readers = {}
    for who in ("dep:TG", "head:TG", "vice", "secretary", "head:TC", "TG1", "head:VP", "chair"):
        found = await phone.house.documents(play.ids[who], DeskFile(f"enclosure_{kept.id}", "pdf"))
        readers[who] = [one.name for one in found]
    may_read = {who for who, names in readers.items() if names}
    assert {"dep:TG", "head:TG", "head:TC", "secretary"} <= may_read
    assert may_read.isdisjoint({"TG1", "head:VP", "chair"})
    for far in ("9" * 20, "", "-1"):
        assert not await phone.house.documents(play.ids["dep:TG"], DeskFile(f"enclosure_{far}", "pdf"))


async def test_a_place_of_somebody_else_is_refused(play) -> None:
    other, phone = await play.phone("dep:TG"), await play.phone("head:VP")
    await other.commands("hoso")
    button = other.sees("dossier_at", label="Bản kê khai tài sản")
    await phone.does(Pressed(button))
    assert "không còn nữa" in phone.text
    assert not await phone.house.awaits_file(phone.channel, phone.account)


async def test_a_campaign_that_closes_meanwhile_takes_no_more(play) -> None:
    phone = await play.phone("head:TG")
    await phone.commands("hoso")
    await phone.taps("dossier_at", label="Bản kê khai tài sản")
    async with play.store.transaction() as tx:
        await tx.campaigns.close(1, play.clock())
        await tx.commit()
    assert "không còn nữa" in await sends(phone, "a.pdf", PDF)
    assert not await rows(play)


async def test_two_files_at_once_are_both_kept_and_the_later_counts(play) -> None:
    person, desk = await play.phone("head:TG"), await play.phone("head:TC")
    await person.commands("hoso")
    await person.taps("dossier_at", label="Bản kê khai tài sản")
    await desk.commands("dot")
    await desk.taps("dossier_of")
    while not desk.sees("dossier_look", label=play.cast.person("head:TG").name):
        await desk.taps("dossier_of", label="Tiếp theo")
    await desk.taps("dossier_look", label=play.cast.person("head:TG").name)
    await desk.taps("dossier_places")
    await desk.taps("dossier_places", label="Tiếp theo")
    await desk.taps("dossier_at", label="Bản kê khai tài sản")
    await asyncio.gather(sends(person, "a.pdf", PDF), sends(desk, "b.pdf", PDF + b" "))
    async with play.store.reading() as tx:
        count = (await tx.connection.execute(sa.text("SELECT count(*) FROM enclosure"))).scalar()
    assert (count, len(await rows(play))) == (2, 1)
