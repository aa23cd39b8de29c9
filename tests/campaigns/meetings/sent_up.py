"""After the meeting: the drafts are agreed with, decided by whom the plan names; the dossier is complete and compared with the plan's list."""

from bot.door.channel import Incoming
from bot.door.files import handed
from dialogs.core.events import Handed, Pressed
from rules.nouns.standings import ReviewLine
from tests.bot.enclosures.test_looking import PDF
from tests.campaigns.colleague import Colleague
from tests.campaigns.dossiers import Dossier, dossier
from tests.campaigns.meetings.held import Held

#: What a contents page says of a line that is complete.
_COMPLETE = ("Có", "Không có (tài liệu chỉ nộp nếu có)", "Chưa nộp (chỉ với")


async def decided(held: Held) -> None:
    """Everything of the meeting is decided, and told to whose it is."""
    play, plan = held.play, held.plan
    play.on(plan.decided)
    await play.all_look_through()
    who = await play.phone(plan.decides)
    await who.decides_the_list()
    for member in (*plan.bodies, *plan.members):
        for line in await play.standings(member):
            if not line.decided:
                await _decided_alone(held, line)
    for member in {*plan.members, *plan.bodies}:
        for line in await play.standings(member):
            assert line.decided, (member, line.form, line.status)


async def _decided_alone(held: Held, line: ReviewLine) -> None:
    """What stands on nobody's list: decided by whom the text names, or above, and recorded by the desk."""
    play, name = held.play, line.person.name
    if line.decider_id:
        await (await play.phone(play.who(line.decider_id))).decides(name, "good", "good")
        return
    document = (f"Quyết định số 512/QĐ ngày {held.plan.decided[:10]}", "Cấp trên có thẩm quyền")
    await (await play.phone(held.plan.desk)).decides(name, "good", "good", texts=document, which="o")


async def complete(held: Held) -> None:
    """Whoever owes a paper that comes from outside hands it in, as chat asks them to; the dossier has the plan's lines, each of them there."""
    play, plan = held.play, held.plan
    before = await _of(held)
    assert before.lists(plan.dossier)
    owed = {number for number, papers in _lacking(before).items() if papers}
    assert owed == {*plan.outside}, _lacking(before)
    for who in dict.fromkeys((*plan.members, *plan.others)):
        await hands_in(await play.phone(who))
    name = plan.dossier_of or (play.cast.name(plan.dossier_person) if plan.dossier_person else "Gửi cấp có thẩm quyền")
    await desk_hands_in(await play.phone(plan.desk), name)
    after = await _of(held)
    assert after.lists(plan.dossier)
    assert not any(_lacking(after).values()), _lacking(after)


async def _of(held: Held) -> Dossier:
    plan = held.plan
    return await dossier(held.play, unit=plan.dossier_of, person=plan.dossier_person)


def _lacking(found: Dossier) -> dict[int, list[str]]:
    """Of each line of the contents page its papers that are not there (one line may name several)."""
    lacking: dict[int, list[str]] = {}
    number = 0
    for row in found.rows:
        number = int(row[0]) if row[0] else number
        there = lacking.setdefault(number, [])
        if row[3] and not (row[3].startswith(_COMPLETE) and not row[5] and "thiếu" not in row[3]):
            there.append(f"{row[1]}: {row[3]} {row[5]}")
    return lacking


async def hands_in(phone: Colleague) -> None:
    """Every paper that /hoso says they owe."""
    await phone.commands("hoso")
    while await _sends_next(phone):
        await phone.commands("hoso")


async def desk_hands_in(phone: Colleague, name: str) -> None:
    """Every paper that is still missing in a dossier, by the way of the desk: its campaign, dossiers, that one, its places."""
    await phone.commands("dot")
    await phone.taps("dossier_of")
    await phone.opens("dossier_look", name)
    while phone.sees("dossier_places"):
        await phone.taps("dossier_places")
        while not (sent := await _sends_next(phone)) and phone.sees("dossier_places", label="Tiếp theo"):
            await phone.taps("dossier_places", label="Tiếp theo")
        if not sent:
            return
        await phone.taps("dossier_look")  # back to it


async def _sends_next(phone: Colleague) -> bool:
    """The first that is missing of those on the screen; whether there was one."""
    owed = next((one for key, one in phone.keys if one.verb == "dossier_at" and key.label[0] == "⚠"), None)
    if owed is None:
        return False
    await phone.does(Pressed(owed))
    takes = await phone.house.awaits_file(phone.channel, phone.account)
    incoming = Incoming(phone.channel, phone.account, str(next(phone.updates)), Handed("bản ký.pdf"))
    phone.answered = await phone.house.take(handed(incoming, "bản ký.pdf", PDF, takes=takes))
    assert "Đã nhận tệp" in phone.text, phone.text
    return True
