"""People's data: everybody gets a copy of their own and of nobody else's; the desk of the office answers requests, nobody else."""

import pytest

from dialogs.core.buttons import Button
from dialogs.core.commands.personal import AnswerData, SeeData
from dialogs.core.events import Commanded, Pressed
from dialogs.core.turn import Command, DeskFile, Reply, Turn
from rules.campaign import permissions
from rules.campaign.permissions import ALLOWED, Action, Relation
from rules.personal.requests import RequestKind, RequestOutcome
from storage.store import Store
from tests.bot.authorisation.judging import kept
from tests.bot.authorisation.world import World, phone_on
from tests.bot.playing import Phone

ASKED = "Xin xóa lời kể về gia đình tôi."


async def asked(store: Store, who: str = "self") -> int:
    """The id of a request that was sent from their phone."""
    phone = phone_on(store, who)
    await phone.commands("dulieu")
    await phone.presses("data_ask", "erase")
    await phone.says(ASKED)
    await phone.presses("data_send", "erase")
    async with store.reading() as tx:
        return max(one.request.id for one in await tx.requests.open_everywhere())


async def pressed(phone: Phone, verb: str, *about: object) -> str:
    answered = await phone.does(Pressed(Button(verb, 0, tuple(str(one) for one in about))))
    return "\n".join([phone.text, *(key.label for reply in answered.replies for row in reply.keyboard for key in row)])


@pytest.mark.parametrize("who", ["self", "head", "authority", "colleague", "b_desk", "b_head", "b_self"])
async def test_only_the_desk_of_the_office_reads_and_answers_a_request(world: World, who: str) -> None:
    store = await Store.open(world.copy("sent"))
    request = await asked(store)
    phone, before = phone_on(store, who), await kept(store)
    told = ""
    for verb, *about in (
        ("data_desk",),
        ("data_card", request),
        ("data_seen", request),
        ("data_answer", request, "done"),
        ("data_answered", request, "done", "12345678"),
    ):
        told += await pressed(phone, verb, *about)
    assert ASKED not in told
    after = await kept(store)
    assert not [row for row in before.changed(after) if row[0] == "data_request"]
    if not who.endswith("desk"):
        (first, *_) = after.audit[len(before.audit) :]
        assert first["by_person"] == world.aims["sent"].ids[who]
        assert "answer_data" in str(first["detail"])
    await store.close()


async def test_the_desk_answers_and_what_may_go_is_gone(world: World) -> None:
    aim, store = world.aims["sent"], await Store.open(world.copy("sent"))
    request = await asked(store)
    desk = phone_on(store, "desk", 9)
    assert ASKED in await pressed(desk, "data_card", request)
    await desk.presses("data_answer", str(request), "done")
    await desk.says("Đã xóa.")
    before = await kept(store)
    await desk.presses("data_answered")
    changed = {table for table, _ in before.changed(await kept(store))}
    assert {"data_request", "delivery", "improvement"} <= changed
    assert not changed & {"draft", "document", "answer", "review", "act"}
    async with store.reading() as tx:
        (answered,) = await tx.requests.of_person(aim.ids["self"])
        assert (answered.outcome, answered.answer) == (RequestOutcome.DONE, "Đã xóa.")
        assert (await tx.audit.of_person(aim.ids["self"]))[-1].detail["erased"]["chat"] > 0
    await store.close()


async def test_nobody_answers_their_own(world: World) -> None:
    store = await Store.open(world.copy("sent"))
    request = await asked(store, "desk")
    told = await pressed(phone_on(store, "desk"), "data_card", request)
    assert "Không ai tự trả lời yêu cầu của chính mình" in told
    await store.close()


async def test_a_request_of_somebody_else_is_not_taken_back(world: World) -> None:
    store = await Store.open(world.copy("sent"))
    request = await asked(store)
    for who in ("colleague", "desk", "b_self"):
        await pressed(phone_on(store, who), "data_withdraw", request)
    async with store.reading() as tx:
        assert [one.request.id for one in await tx.requests.open_everywhere()] == [request]
    await pressed(phone_on(store, "self"), "data_withdraw", request)
    async with store.reading() as tx:
        assert not await tx.requests.open_everywhere()
    await store.close()


@pytest.mark.parametrize("who", ["b_desk", "colleague", "desk"])
async def test_a_hole_in_a_dialog_answers_nobody_elses_request(
    world: World, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    store = await Store.open(world.copy("sent"))
    request = await asked(store, "desk" if who == "desk" else "self")
    person = world.aims["sent"].ids["self"]
    before = await kept(store)
    reaching: tuple[Command, ...] = (
        SeeData(request),
        AnswerData(request, person, RequestKind.ERASE, RequestOutcome.DONE, "Đã xóa."),
    )
    for command in reaching:
        monkeypatch.setattr(
            "bot.turn.house.step", lambda *_, command=command: Turn((Reply("menu/signed_out"),), (command,))
        )
        await phone_on(store, who).does(Commanded("trogiup"))
    after = await kept(store)
    assert not [row for row in before.changed(after) if row[0] in {"data_request", "delivery"}]
    assert len(after.audit) == len(before.audit) + len(reaching)
    await store.close()


@pytest.mark.parametrize("name", ["owndata", "ownjson"])
async def test_a_copy_is_of_whoever_asks(world: World, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    aim, store = world.aims["appealed"], await Store.open(world.copy("appealed"))
    own = phone_on(store, "self").house
    (file,) = await own.documents(aim.ids["self"], DeskFile(name))
    assert aim.called["self"] in file.content.decode()
    for who in ("colleague", "desk", "head", "b_desk"):
        (other,) = await own.documents(aim.ids[who], DeskFile(f"{name}_{aim.ids['self']}"))
        assert aim.called["self"] not in other.content.decode(), who
    monkeypatch.setattr(permissions, "ALLOWED", ALLOWED - {(Relation.SELF, Action.READ_DATA)})
    assert not await own.documents(aim.ids["self"], DeskFile(name))
    await store.close()


async def test_without_its_cell_the_desk_answers_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    store = await Store.open(world.copy("sent"))
    request = await asked(store)
    assert ASKED in await pressed(phone_on(store, "desk"), "data_card", request)
    monkeypatch.setattr(permissions, "ALLOWED", ALLOWED - {(Relation.DESK, Action.ANSWER_DATA)})
    assert ASKED not in await pressed(phone_on(store, "desk"), "data_card", request)
    monkeypatch.setattr(permissions, "ALLOWED", ALLOWED | {(Relation.COLLEAGUE, Action.ANSWER_DATA)})
    assert ASKED in await pressed(phone_on(store, "colleague"), "data_card", request)
    await store.close()
