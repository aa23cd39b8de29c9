"""The desk hands in its office's own Word template in chat: looked at, shown as a sample, used for what is sent from then on."""

import hashlib
import io

import docx as python_docx

from bot.campaign import desk_files
from bot.documents.printing import files, kept_paper
from bot.door.channel import Incoming
from dialogs.core.buttons import Button
from dialogs.core.events import Handed, Pressed
from dialogs.core.stamps import seal
from tests.bot.documents.office import press, review_of
from tests.bot.playing import COLLEAGUE, EMPLOYEE, HEAD, staged
from tests.templates.documents.test_template_check import changed, with_words

OWN = changed(with_words("MẪU RIÊNG CỦA CƠ QUAN"))


async def hands(stage, account: str, content: bytes, name: str = "rieng.docx"):
    """The desk's file, as a channel hands it on."""
    event = Handed(name, hashlib.sha256(content).hexdigest())
    return await stage.house.take(Incoming("web", account, f"file-{next(stage.updates)}", event, content))


def words_of(content: bytes) -> str:
    return "\n".join(one.text for one in python_docx.Document(io.BytesIO(content)).paragraphs)


async def test_a_template_is_handed_in_looked_at_used_and_let_go(sqlite_store, monkeypatch) -> None:
    stage = await staged(sqlite_store)
    monkeypatch.setattr(desk_files, "now", stage.clock)
    desk = await stage.phone_of(HEAD)
    assert not await stage.house.awaits_file("web", HEAD)
    await desk.does(Pressed(Button("desk_settings")))
    await press(desk, "Mẫu Word của cơ quan")
    await desk.does(Pressed(Button("desk_template", 0, (seal("mau-02"),))))
    assert await stage.house.awaits_file("web", HEAD)
    wrong = await hands(stage, HEAD, changed(with_words("{{ paper.birthday }}")))
    assert "không có trường “paper.birthday”" in wrong.replies[0].html
    assert await stage.count("word_template") == 0
    shown = (await hands(stage, HEAD, OWN)).replies[0]
    (sample,) = await stage.house.documents(await stage.person(HEAD), shown.attached)
    assert "MẪU RIÊNG CỦA CƠ QUAN" in words_of(sample.content)
    assert "Nguyễn Văn Mẫu" in words_of(sample.content)
    assert not await stage.house.documents(await stage.person(EMPLOYEE), shown.attached), "the desk's alone"
    put = next(key for row in shown.keyboard for key in row if "Dùng mẫu này" in key.label)
    done = await desk.does(Pressed(Button.decode(put.data)))
    assert "Từ nay bản Word của Mẫu số 02 in theo tệp “rieng.docx”" in done.replies[0].html
    await (await stage.phone_of(EMPLOYEE)).hands_in()
    await desk.does(Pressed(Button("desk_template", 0, (seal("mau-02"),))))
    await press(desk, "Thôi dùng mẫu riêng")
    await (await stage.phone_of(COLLEAGUE)).hands_in()
    for key, own in ((EMPLOYEE, True), (COLLEAGUE, False)):
        async with stage.store.reading() as tx:
            printable = await kept_paper(tx, await review_of(stage, key), 1, 0)
        (file,) = files(printable, ("docx",))
        assert ("MẪU RIÊNG" in words_of(file.content)) == own
    told = [(one["what"], one["by_person"]) for one in await stage.rows("audit") if one["what"].startswith("template")]
    assert told == [(what, await stage.person(HEAD)) for what in ("template chosen", "template let go")]


async def test_nobody_else_hands_one_in(sqlite_store) -> None:
    stage = await staged(sqlite_store)
    phone = await stage.phone_of(EMPLOYEE)
    for button in (
        Button("desk_templates"),
        Button("desk_template", 0, (seal("mau-02"),)),
        Button("desk_template_off", 0, (seal("mau-02"),)),
    ):
        await phone.does(Pressed(button))
    assert not await stage.house.awaits_file("web", EMPLOYEE)
    await hands(stage, EMPLOYEE, OWN)
    assert await stage.count("word_template") == await stage.count("template_choice") == 0


async def test_a_sample_that_fails_with_this_form_alone_is_none(sqlite_store, monkeypatch) -> None:
    stage = await staged(sqlite_store)
    monkeypatch.setattr(desk_files, "now", stage.clock)
    desk = await stage.phone_of(HEAD)
    await desk.does(Pressed(Button("desk_template", 0, (seal("mau-02"),))))
    failing = changed(with_words("{% if paper.title != 'MAU-TEN-PHIEU' %}{{ paper.title * 0.5 }}{% endif %}"))
    shown = (await hands(stage, HEAD, failing)).replies[0]
    assert shown.attached, shown.html
    assert not await stage.house.documents(await stage.person(HEAD), shown.attached)
