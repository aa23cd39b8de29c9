"""After the meeting: the drafts are agreed with, decided by whom the plan names; the dossier is complete and compared with the plan's list."""

from collections.abc import Sequence

from bot.door.channel import Incoming
from bot.door.files import handed
from dialogs.core.events import Handed, Pressed
from tests.bot.enclosures.test_looking import PDF
from tests.campaigns.colleague import Colleague
from tests.campaigns.dossiers import Dossier, dossier
from tests.campaigns.meetings.held import Held
from tests.campaigns.stage import Play

#: What a contents page says of a line that is complete.
_COMPLETE = ("Có", "Không có (tài liệu chỉ nộp nếu có)", "Chưa nộp (chỉ với")


async def decided(held: Held) -> None:
    """Everything of the meeting is decided, and told to whose it is."""
    play, plan = held.play, held.plan
    play.on(plan.decided)
    await play.all_look_through()
    who = await play.phone(plan.decides)
    await who.decides_the_list()
    for name, ratings, texts in plan.one_by_one:
        await who.decides(play.cast.name(name), *ratings, texts=texts)
    for member in {*plan.members, *plan.bodies}:
        for line in await play.standings(member):
            assert line.decided, (member, line.form, line.status)


async def complete(held: Held) -> None:
    """Whoever owes a paper that comes from outside hands it in, as chat asks them to; the dossier has the plan's lines, each of them there."""
    play, plan = held.play, held.plan
    before = await _of(held)
    assert before.lists(plan.dossier)
    owed = {number: before.state(number) for number in range(1, len(plan.dossier) + 1) if not _there(before, number)}
    assert {*owed} == {*plan.outside}, owed
    for who in dict.fromkeys((*plan.members, plan.desk)):
        await hands_in(play, await play.phone(who))
    after = await _of(held)
    assert after.lists(plan.dossier)
    numbers = range(1, len(plan.dossier) + 1)
    lacking = {number: after.state(number) for number in numbers if not _there(after, number) or after.state(number)[1]}
    assert not lacking


async def _of(held: Held) -> Dossier:
    plan = held.plan
    return await dossier(held.play, unit=plan.dossier_of, person=plan.dossier_person)


def _there(found: Dossier, number: int) -> bool:
    return found.state(number)[0].startswith(_COMPLETE)


async def hands_in(play: Play, phone: Colleague) -> Sequence[str]:
    """Every paper that /hoso says they owe; what each was."""
    done: list[str] = []
    await phone.commands("hoso")
    while owed := [
        (key.label, button) for key, button in phone.keys if button.verb == "dossier_at" and key.label[0] == "⚠"
    ]:
        label, button = owed[0]
        assert label not in done, label
        done.append(label)
        await phone.does(Pressed(button))
        takes = await phone.house.awaits_file(phone.channel, phone.account)
        incoming = Incoming(phone.channel, phone.account, str(next(phone.updates)), Handed("bản ký.pdf"))
        phone.answered = await phone.house.take(handed(incoming, "bản ký.pdf", PDF, takes=takes))
        assert "Đã nhận tệp" in phone.text, phone.text
        await phone.commands("hoso")
    return done
