"""Meetings, between two offices and within one: who calls, chairs, writes, speaks and reads; what else somebody reaches for changes nothing."""

import pytest

from dialogs.core.buttons import Button
from dialogs.core.events import Commanded, Pressed, Said
from dialogs.core.turn import Papers
from dialogs.step import VERBS
from rules.campaign import permissions
from rules.campaign.permissions import ALLOWED, Action, Relation
from storage.store import Store
from tests.bot.authorisation.judging import kept
from tests.bot.authorisation.world import Aim, World, phone_on

OF_MEETINGS = tuple(verb for verb in VERBS if verb.startswith("meeting_"))
#: Of the chair alone, of the chair and the secretary.
OF_CHAIR = frozenset(
    {
        *("meeting_when", "meeting_invitations", "meeting_agenda", "meeting_earlier", "meeting_order_why"),
        *("meeting_interrupt", "meeting_close", "meeting_close_now", "meeting_cancel", "meeting_chair"),
        *("meeting_chair_own", "meeting_chair_back"),
        *("meeting_secretary", "meeting_invite", "meeting_guest", "meeting_turn", "meeting_turn_why"),
        *(
            "meeting_conclude",
            "meeting_rate",
            "meeting_concluded",
            "meeting_reopen",
            "meeting_votes",
            "meeting_votes_now",
            "meeting_adopt",
            "meeting_adopt_now",
        ),
    }
)
OF_SECRETARY = frozenset(
    {
        *("meeting_people", "meeting_person", "meeting_take_down", "meeting_answer_of", "meeting_words"),
        *("meeting_word", "meeting_proposal", "meeting_lay", "meeting_wall"),
    }
)
#: What is kept of meetings.
TABLES = frozenset({"meeting", "happening", "minutes", "wall_link"})
SPOKEN = "Ý kiến kín số 7751 trong cuộc họp"


async def begun(store: Store, aim: Aim) -> int:
    """The head of office A has called and opened the meeting of their unit; the item of the review is at hand, with a comment of a colleague."""
    head = phone_on(store, "head")
    await head.commands("hop")
    await head.presses("meeting_new")
    await head.says("14h00 hôm nay, phòng họp")
    async with store.reading() as tx:
        (meeting,) = await tx.meetings.of_office(aim.office)
    called = str(meeting.id)
    for verb, *about in (("meeting_open",), ("meeting_turn", str(aim.review))):
        await head.does(Pressed(Button(verb, 0, (called, *about))))
    if "meeting_turn_why" in {button.verb for key in head.shown if (button := Button.decode(key.data))}:
        await head.does(Pressed(Button("meeting_turn_why", 0, (called, str(aim.review)))))
        await head.says("Cần đi công tác")
    colleague = phone_on(store, "colleague")
    await colleague.does(Pressed(Button("meeting_came", 0, (called,))))
    await colleague.does(Pressed(Button("meeting_comment", 0, (called, str(aim.review)))))
    await colleague.says(SPOKEN)
    return meeting.id


async def tries(store: Store, who: str, verbs: object, meeting: int, review: int) -> tuple[list[str], str]:
    """What changed of meetings by all this, and what was shown."""
    phone, before, told = phone_on(store, who, later=0), await kept(store), ""
    for verb in sorted(verbs):  # type: ignore[call-overload]
        for about in ((str(meeting), str(review), "1", "excellent"), (str(meeting), "1"), (str(meeting),)):
            await phone.does(Pressed(Button(verb, 0, about)))
            told += phone.text
            await phone.does(Said("Một câu"))
            told += phone.text
            await phone.does(Commanded("hop"))
            told += phone.text
    return [table for table, _ in before.changed(await kept(store)) if table in TABLES], told


@pytest.mark.parametrize("who", ["b_desk", "b_head", "b_self", "authority", "old_head"])
async def test_who_was_not_called_changes_and_reads_nothing(world: World, who: str) -> None:
    aim, store = world.aims["sent"], await Store.open(world.copy("sent"))
    meeting = await begun(store, aim)
    changed, told = await tries(store, who, OF_MEETINGS, meeting, aim.review)
    assert (changed, SPOKEN in told) == ([], False)
    await store.close()


@pytest.mark.parametrize("who", ["colleague", "self", "stand_in"])
async def test_a_member_does_nothing_of_the_chair_or_the_secretary(world: World, who: str) -> None:
    aim, store = world.aims["sent"], await Store.open(world.copy("sent"))
    meeting = await begun(store, aim)
    changed, _ = await tries(store, who, OF_CHAIR | OF_SECRETARY, meeting, aim.review)
    assert changed == []
    await store.close()


async def test_the_desk_reads_and_takes_the_chair_with_a_reason_and_concludes_nothing_before(world: World) -> None:
    aim, store = world.aims["sent"], await Store.open(world.copy("sent"))
    meeting = await begun(store, aim)
    changed, _ = await tries(store, "desk", OF_CHAIR | OF_SECRETARY, meeting, aim.review)
    assert changed == []
    desk = phone_on(store, "desk")
    await desk.does(Pressed(Button("meeting_take", 0, (str(meeting),))))
    await desk.says("Người chủ trì mất liên lạc")
    async with store.reading() as tx:
        found = await tx.meetings.get(meeting)
    assert found is not None
    assert (found.chair, found.chairs[-1].line) == (aim.ids["desk"], "Người chủ trì mất liên lạc")
    head = phone_on(store, "head")  # the chair of before is told who has it now
    await head.does(Pressed(Button("meeting_close_now", 0, (str(meeting),))))
    assert "hiện" in head.text
    assert "đang chủ trì" in head.text
    await store.close()


async def test_papers_are_read_by_members_while_the_meeting_goes_on_and_by_the_table_alone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    aim, store = world.aims["sent"], await Store.open(world.copy("sent"))
    phone, paper = phone_on(store, "colleague"), Papers(aim.review, 1, ("docx",))
    reader = aim.ids["colleague"]
    assert not await phone.house.documents(reader, paper)
    meeting = await begun(store, aim)
    assert await phone.house.documents(reader, paper)
    assert not await phone.house.documents(aim.ids["b_self"], paper)
    without = ALLOWED - {(Relation.MEMBER, Action.READ_PAPERS)}
    with monkeypatch.context() as patched:
        patched.setattr(permissions, "ALLOWED", without)
        assert not await phone.house.documents(reader, paper)
    head = phone_on(store, "head")
    for verb in ("meeting_close_now",):
        await head.does(Pressed(Button(verb, 0, (str(meeting),))))
    for verb, about in (("meeting_lay", "0"), ("meeting_adopt_now", "1")):
        await head.does(Pressed(Button(verb, 0, (str(meeting), about))))
    async with store.reading() as tx:
        found = await tx.meetings.get(meeting)
    assert found is not None
    assert found.status.value == "adopted"
    assert not await phone.house.documents(reader, paper)
    await store.close()


@pytest.mark.parametrize(
    ("relation", "action", "verb"),
    [
        (Relation.CHAIR, Action.CHAIR_MEETING, "meeting_close_now"),
        (Relation.CHAIR, Action.WRITE_MINUTES, "meeting_proposal"),
    ],
)
async def test_with_one_cell_less_the_right_is_gone(
    world: World, monkeypatch: pytest.MonkeyPatch, relation: Relation, action: Action, verb: str
) -> None:
    aim, store = world.aims["sent"], await Store.open(world.copy("sent"))
    meeting = await begun(store, aim)
    monkeypatch.setattr(permissions, "ALLOWED", ALLOWED - {(relation, action)})
    changed, _ = await tries(store, "head", {verb}, meeting, aim.review)
    assert changed == []
    await store.close()


@pytest.mark.parametrize("who", ["colleague", "self", "desk", "old_head", "b_desk", "b_head"])
async def test_ballots_in_a_meeting_are_set_by_its_chair_alone(world: World, who: str) -> None:
    """A question of one's own, in the open: the shortest way to a poll of a meeting."""
    aim, store = world.aims["sent"], await Store.open(world.copy("sent"))
    meeting = await begun(store, aim)
    await sets_a_ballot(store, who, meeting)
    async with store.reading() as tx:
        assert await tx.polls.of_meeting(meeting) == ()
    await sets_a_ballot(store, "head", meeting)
    async with store.reading() as tx:
        (poll,) = await tx.polls.of_meeting(meeting)
        found = await tx.meetings.get(meeting)
    assert found is not None
    assert {one.person for one in poll.voters} == {one.id for one in found.called}
    head = phone_on(store, "head", later=0)
    await head.does(Pressed(Button("meeting_close_now", 0, (str(meeting),))))
    assert "chưa xong" in head.text
    await store.close()


async def sets_a_ballot(store: Store, who: str, meeting: int) -> None:
    phone = phone_on(store, who, later=0)
    await phone.does(Pressed(Button("vote_at", 0, (str(meeting),))))
    for place in ("0", "1", "9"):
        await phone.does(Pressed(Button("vote_on", 0, (str(meeting), place))))
    await phone.does(Pressed(Button("vote_mode", 0, ("-", "agree", "o", str(meeting)))))
    await phone.says("Lao động tiên tiến\nBùi Thị Mai")
