"""One whole review in real Chromium, three phones, a lost connection in between: answered, agreed to, decided, noticed."""

from collections.abc import Iterator

from bot.demo.auto import ScriptLine, script
from bot.demo.office import AUTHORITY, EMPLOYEE, HEAD
from bot.demo.setting import BEGINS, fresh_invitation, person_called
from bot.serving import RunningHouse
from tests.browser.phones import Phone
from tests.standins.cable import Cable


async def entered(browser, house: RunningHouse, roster_key: str, address: str) -> Phone:
    """A person's phone, signed in by a fresh invitation."""
    phone = await Phone.bought(browser)
    code = await fresh_invitation(house.store, await person_called(house.store, roster_key), BEGINS)
    await phone.enter(f"{address}/i/{code}")
    return phone


async def play(phones: dict[str, Phone], lines: Iterator[ScriptLine]) -> None:
    """Each line of the script on its phone, the next one when this one was taken."""
    for line in lines:
        if line.text:
            phone = phones[line.who]
            await (phone.press if line.pressed else phone.say)(line.text)
            await phone.is_heard()


async def test_a_whole_review_from_the_invitation_to_the_decided_rating(browser, house):
    lines = list(script())
    lost = next(place for place, line in enumerate(lines) if line.text == "Cả năm, không nghỉ")
    async with Cable.plugged_into(house.address) as cable:
        mai = await entered(browser, house, EMPLOYEE, cable.address)
        others = {"head": HEAD, "authority": AUTHORITY}
        phones = {"employee": mai}
        phones |= {who: await entered(browser, house, key, house.address) for who, key in others.items()}

        await play(phones, iter(lines[:lost]))
        await cable.pull_out()
        await mai.sees_status("đang kết nối lại…")
        await mai.press("Cả năm, không nghỉ")
        await mai.sees_status("chưa gửi được, sẽ tự gửi khi có mạng")
        cable.plug_in()
        await mai.is_heard()
        await mai.sees("Đã ghi: cả năm, không nghỉ.")

        await play(phones, iter(lines[lost + 1 :]))
        await mai.sees("Đã ghi nhận: anh/chị đã nhận thông báo kết quả.")
        assert [phone.errors for phone in phones.values()] == [[], [], []]
    async with house.store.reading() as tx:
        review, *_ = await tx.reviews.mine(mai.person)
        history = await tx.reviews.history(review.id)
    assert (review.status.value, len(review.drafts), review.ruling.rating.value) == ("final", 2, "excellent")
    assert [answer.value for question, answer in history if question == "maternity_leave"] == [False]
