"""One person's page: their forms, versions, papers and what happened, for whom may know of it."""

import pytest

from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from tests.bot.playing import CHIEF, EMPLOYEE, HEAD

DESK = HEAD
OTHER_HEAD = "AP-008"


async def press(phone, *labels):
    """The newest button with these words, one after the other."""
    for label in labels:
        key = next(key for key in reversed(phone.shown) if label in key.label)
        await phone.does(Pressed(Button.decode(key.data)))


async def sent_again(console):
    """Mai's review was returned, changed and sent once more."""
    mai, head = await console.phone(EMPLOYEE), await console.phone(HEAD)
    await mai.hands_in()
    await head.commands("choduyet")
    await press(head, "Mai", "↩ Trả lại")
    await head.says("Mục 5 chưa ghi nhiệm vụ được giao thêm. Anh bổ sung giúp.")
    await press(head, "↩ Gửi trả lại")
    console.stage.clock.forward(hours=1)
    await mai.commands("tieptuc")
    await mai.hands_in()


async def test_versions_stand_with_what_differs_and_what_happened_with_who_did_it(console):
    await sent_again(console)
    screen = await console.screen_of(DESK)
    text = await screen.opens("/bang/nguoi/AP-005")
    assert screen.status == 200
    assert text.index("Bản 2") < text.index("Bản 1")
    assert "Khác bản trước" in text
    assert "trả lại bản đã gửi" in text
    assert "<strong>Nguyễn Bình Nguyên</strong>" in text


@pytest.mark.parametrize(("kind", "begins"), [("docx", b"PK"), ("pdf", b"%PDF")])
async def test_a_version_is_handed_out_as_it_was_kept_and_that_is_kept(console, kind, begins):
    await (await console.phone(EMPLOYEE)).hands_in()
    screen = await console.screen_of(DESK)
    (review,) = await console.stage.rows("review", person_id=await console.stage.person(EMPLOYEE), status="submitted")
    path = f"/bang/nguoi/AP-005/van-ban/{review['id']}/1/{kind}"
    assert path in await screen.opens("/bang/nguoi/AP-005")
    async with screen.browser.get(console.address + path) as answer:
        assert answer.status == 200
        assert (await answer.read()).startswith(begins)
        assert answer.headers["Content-Disposition"].startswith("attachment")
    (line,) = await console.stage.rows("audit", what="papers taken out")
    assert line["by_person"] == await console.stage.person(DESK)
    assert "tải văn bản" in await screen.opens("/bang/nguoi/AP-005")


async def test_papers_are_given_to_nobody_who_may_not_read_them_yet(console):
    await (await console.phone(EMPLOYEE)).hands_in()
    (review,) = await console.stage.rows("review", person_id=await console.stage.person(EMPLOYEE), status="submitted")
    chief, other = await console.screen_of(CHIEF, "choduyet"), await console.screen_of(OTHER_HEAD, "choduyet")
    for version in (0, 1, 2, 99):
        for screen in (other,):
            await screen.opens(f"/bang/nguoi/AP-005/van-ban/{review['id']}/{version}/pdf")
            assert screen.status == 404, version
    await chief.opens(f"/bang/nguoi/AP-005/van-ban/{review['id']}/0/pdf")
    assert chief.status == 404
    # somebody else's number under one's own people
    await other.opens(f"/bang/nguoi/AP-009/van-ban/{review['id']}/1/pdf")
    assert other.status == 404


@pytest.mark.parametrize("key", ["AP-005", "KHONG-CO", "..%2F..", "%3Cb%3E", "x" * 80])
async def test_who_is_not_theirs_is_not_there(console, key):
    other = await console.screen_of(OTHER_HEAD, "choduyet")
    await other.opens(f"/bang/nguoi/{key}")
    assert other.status == 404
    assert "Trần Thị Hoa Mai" not in other.text


async def test_a_head_reads_the_ways_in_of_their_people(console):
    await console.phone("AP-009")
    head = await console.screen_of(OTHER_HEAD, "choduyet")
    assert "vào bằng thiết bị mới" in await head.opens("/bang/nguoi/AP-009")
