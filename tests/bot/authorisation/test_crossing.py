"""Ways around the table: ids of one's own making, another office's ids in one's own buttons, last days that have passed,
one's own review in the place of somebody absent, and a dialog with a hole in it.
"""

import datetime as dt
import itertools
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import replace

import pytest

from dialogs.core.buttons import Button
from dialogs.core.commands.accounts import (
    AgreeHaste,
    AskHaste,
    ConfirmNewcomer,
    Reissue,
    RevokeInvitations,
    Snooze,
    UntiePerson,
)
from dialogs.core.commands.campaigns import (
    Broadcast,
    ChooseLastMonth,
    CloseCampaign,
    MoveMilestone,
    RecordMonths,
    UndoCampaign,
)
from dialogs.core.commands.drafts import GiveOpinion
from dialogs.core.commands.improvement import EndImprovement
from dialogs.core.commands.ledgers import ImportWork, KeepCatalogue, KeepWork
from dialogs.core.commands.stand_ins import EndStandIn, SetStandIn
from dialogs.core.events import Commanded, Pressed
from dialogs.core.rooms import COMMANDS_INTO
from dialogs.core.turn import Command, Reply, Turn
from dialogs.step import COMMANDS as HANDLERS
from dialogs.step import VERBS
from rules.ledger.catalogue import Product
from rules.ledger.work import WorkLine
from rules.nouns.tracking import LastMonth, LastMonthChoice, OutsideScore
from storage.store import Store
from tests.bot.authorisation.attempts import ATTEMPTS
from tests.bot.authorisation.judging import Kept, judged, kept, office_of, rehearsed, tried
from tests.bot.authorisation.trying import WRITTEN
from tests.bot.authorisation.world import BOOK, COVERED, SECRETS, YEAR, Aim, World, phone_on
from tests.bot.playing import Phone

DAY = dt.date(2023, 12, 1)


@pytest.fixture
async def sent(world: World) -> AsyncIterator[Store]:
    """The database while the draft is with the head."""
    store = await Store.open(world.copy("sent"))
    yield store
    await store.close()


@pytest.fixture
def aim(world: World) -> Aim:
    """The ids of that moment."""
    return world.aims["sent"]


async def press(phone: Phone, verb: str, review: int, *about: object) -> str:
    answered = await phone.does(Pressed(Button(verb, review, tuple(str(word) for word in about))))
    assert answered.replies, f"no word to {verb}"
    return "\n".join([phone.text, *(key.label for reply in answered.replies for row in reply.keyboard for key in row)])


def refused(before: Kept, after: Kept) -> list[Mapping[str, object]]:
    return list(after.audit[len(before.audit) :])


# ── ids of one's own making ────────────────────────────────────────────────────────────────────

#: Buttons with numbers that nobody has, and with words where numbers stand.
NOWHERE = (
    *(
        ("head_card", 99999),
        ("decide_card", 99999),
        ("result_show", 99999, 1),
        ("send", 99999, "abc"),
        ("answer", 99999),
    ),
    *(("petition_card", 99999, 1), ("opinion_write", 99999, 1), ("opinion_write", 0, 99999), ("crew_person", 0, 99999)),
    *(
        ("crew_issue", 0, 999999999, 0),
        ("crew_untie_now", 0, "x"),
        ("cover_set", 0, 99999, 1, DAY, DAY),
        ("cover_ended", 0, 99999),
    ),
    *(("desk_close_now", 0, 99999, "x"), ("desk_put", 0, 99999, 0, "x", "20231124"), ("cast_to", 0, 99999, "all")),
    *(
        ("cast_send", 0, 99999, "x"),
        ("plan_done", 0, 99999),
        ("decide_every", 0, 99999, "x", "plain"),
        ("desk_switch", 0, "x", 1),
    ),
)


@pytest.mark.parametrize("who", ["self", "head", "authority", "desk", "b_desk"])
async def test_what_is_nowhere_is_answered_and_changes_nothing(sent: Store, who: str) -> None:
    phone, before = phone_on(sent, who), await kept(sent)
    for verb, review, *about in NOWHERE:
        await press(phone, verb, int(review), *about)
    assert (await kept(sent)).rows == before.rows


# ── another office's ids in one's own buttons ──────────────────────────────────────────────────


async def test_a_message_never_goes_out_under_another_offices_campaign(sent: Store, aim: Aim) -> None:
    phone, before = phone_on(sent, "b_desk"), await kept(sent)
    await press(phone, "cast_to", 0, aim.campaign, "all")
    await phone.says(WRITTEN)
    await press(phone, "cast_send", 0, aim.campaign, "x")
    after = await kept(sent)
    assert not [row for table, row in before.changed(after) if table == "delivery"]
    assert [one["person_id"] for one in refused(before, after)] == [None]


@pytest.mark.parametrize("absent", ["head", "b_head"])
@pytest.mark.parametrize("stand_in", ["self", "b_self"])
async def test_nobody_stands_in_across_offices(sent: Store, aim: Aim, absent: str, stand_in: str) -> None:
    if (absent, stand_in) == ("b_head", "b_self"):
        return  # that is theirs to do
    phone, before = phone_on(sent, "b_desk"), await kept(sent)
    told = [
        await press(phone, verb, 0, aim.ids[absent], aim.ids[stand_in], DAY, DAY)
        for verb in ("cover_pick", "cover_set")
    ]
    assert (await kept(sent)).rows == before.rows
    assert not [name for name in aim.names if name in "".join(told)]


async def test_numbers_of_two_offices_in_one_button_open_nothing(world: World) -> None:
    aim, store = world.aims["appealed"], await Store.open(world.copy("appealed"))
    async with store.reading() as tx:
        theirs = (await tx.reviews.ever(aim.ids["b_self"]))[0].id
    before, told = await kept(store), ""
    for who in ("b_chief", "b_head", "b_desk", "b_self"):
        for verb, number in (
            ("petition_keep", aim.petition),
            ("petition_rate", aim.petition),
            ("opinion_write", aim.opinion),
        ):
            told += await press(phone_on(store, who), verb, theirs, number)
        for verb in ("decide_all", "decide_every"):
            told += await press(phone_on(store, who), verb, 0, aim.room, "x", "plain")
    assert (await kept(store)).rows == before.rows
    assert not [text for text in (*SECRETS, *aim.names) if text in told]
    await store.close()


#: Every command but leaving.
COMMANDS = sorted({*HANDLERS, *COMMANDS_INTO, "xemtruoc", "cancu"} - {"thoat"})


@pytest.mark.parametrize("who", ["colleague", "past", "b_self", "b_head", "b_chief", "b_desk"])
async def test_no_command_tells_of_others_reviews(world: World, who: str) -> None:
    aim, store = world.aims["appealed"], await Store.open(world.copy("appealed"))
    phone, told = phone_on(store, who), ""
    for name in COMMANDS:
        answered = await phone.does(Commanded(name))
        told += phone.text + "".join(key.label for reply in answered.replies for row in reply.keyboard for key in row)
    hidden = (*SECRETS, *(aim.names if who.startswith("b_") else (aim.called["self"],)))
    assert not [text for text in hidden if text in told]
    await store.close()


def forged(aim: Aim) -> Iterator[Button]:
    """Every verb there is, about everything of the other office, with stamps that are wrong, too short or missing."""
    ids = (aim.review, aim.outside, aim.campaign, aim.opinion, aim.stand_in, aim.line, aim.room, aim.ids["head"])
    for verb, review, id_ in itertools.product(VERBS, (0, aim.review, aim.outside), map(str, ids)):
        yield Button(verb, review, (id_, "1", "0", "completed"))
    of_periods = [verb for verb in VERBS if verb.startswith(("work_", "head_year"))]
    for verb, id_ in itertools.product(of_periods, map(str, ids)):
        yield Button(verb, aim.review, (f"{YEAR}m11", id_, "1", "1", "0", "1"))
        yield Button(verb, aim.review, (str(YEAR), f"{id_}.0"))
    for verb, words_ in itertools.product(VERBS, ((), ("",), ("1", "1", "0"), ("٣", "²"), ("-1", "0" * 12, "{{ 7 }}"))):
        yield Button(verb, aim.review, words_)


@pytest.mark.long
@pytest.mark.parametrize("who", ["b_chief", "b_desk", "lost"])
async def test_no_button_of_ones_own_making_reaches_another_office(sent: Store, aim: Aim, who: str) -> None:
    phone, before, told = phone_on(sent, who), await kept(sent), set[str]()
    for button in forged(aim):
        answered = await phone.does(Pressed(Button.decode(button.encode())))
        told |= {phone.text, *(key.label for reply in answered.replies for row in reply.keyboard for key in row)}
    after = await kept(sent)
    assert not [row for row in before.changed(after) if office_of(row, before, after) == aim.office]
    assert not [text for text in (*SECRETS, *aim.names) if text in "\n".join(told)]


# ── one's own, and days that have passed ───────────────────────────────────────────────────────


async def test_a_stand_in_never_acts_on_their_own_review(sent: Store, aim: Aim) -> None:
    async with sent.reading() as tx:
        review = await tx.reviews.get(aim.of_stand_in)
        assert review is not None
        assert review.approver_id == aim.ids["head"], "it waits for whom they act for"
        assert review.draft is not None
        stamp = ("1", review.draft.stamp[:12])
    phone, before = phone_on(sent, "stand_in"), await kept(sent)
    for verb in ("head_card", "head_agree", "head_approve", "head_comment", "head_return", "head_send"):
        assert "không ai tự duyệt" in await press(phone, verb, aim.of_stand_in, *stamp, "0"), verb
    after = await kept(sent)
    assert after.rows == before.rows
    assert {str(one["review_id"]) for one in refused(before, after)} == {str(aim.of_stand_in)}


async def looks_in(store: Store, who: str) -> None:
    """Half way, so that their page is still signed in at the end."""
    await phone_on(store, who, COVERED // 2).commands("trogiup")


@pytest.mark.parametrize(
    ("name", "who"), [("approve", "stand_in"), ("return", "stand_in"), ("decide", "stand_in_auth")]
)
async def test_after_the_last_day_a_stand_in_has_no_say(world: World, name: str, who: str) -> None:
    attempt = ATTEMPTS[name]
    aim, events, store = (
        world.aims[attempt.when],
        await rehearsed(world, attempt),
        await Store.open(world.copy(attempt.when)),
    )
    await looks_in(store, who)
    before = await kept(store)
    assert judged(attempt, who, await tried(store, aim, who, events, COVERED + 1), before, await kept(store)) == "."
    trying = await tried(store, aim, who, events, COVERED)
    assert judged(attempt, who, trying, before, await kept(store)) == "x", "on the last day they still have it"
    await store.close()


@pytest.mark.parametrize(
    ("name", "who"),
    [("approve", "stand_in"), ("comment", "stand_in"), ("return", "stand_in"), ("decide", "stand_in_auth")],
)
async def test_a_stand_in_whose_days_end_between_two_presses_has_no_say(world: World, name: str, who: str) -> None:
    attempt = ATTEMPTS[name]
    events, store = await rehearsed(world, attempt), await Store.open(world.copy(attempt.when))
    await looks_in(store, who)
    await tried(store, world.aims[attempt.when], who, events[:-1], COVERED)
    before = await kept(store)
    trying = await tried(store, world.aims[attempt.when], who, events[-1:], COVERED + 1)
    assert judged(attempt, who, trying, before, await kept(store)) == "."
    await store.close()


async def test_who_is_of_the_desk_no_more_sends_nothing_that_was_prepared(sent: Store, aim: Aim) -> None:
    phone = phone_on(sent, "desk")
    await press(phone, "cast_to", 0, aim.campaign, "all")
    await phone.says(WRITTEN)
    async with sent.transaction() as tx:
        await tx.people.update(replace(await tx.people.get(aim.ids["desk"]), desk=False))
        await tx.commit()
    before = await kept(sent)
    await phone.presses("cast_send")
    after = await kept(sent)
    assert after.rows == before.rows
    assert [one["by_person"] for one in refused(before, after)] == [aim.ids["desk"]]


# ── a dialog with a hole in it ─────────────────────────────────────────────────────────────────


def reaching(aim: Aim) -> list[tuple[str, Command]]:
    """Who of the other office would reach for what, had a dialog let it through."""
    ids = aim.ids
    return [
        ("b_desk", MoveMilestone(aim.campaign, BOOK, "self_review", DAY)),
        ("b_desk", CloseCampaign(aim.campaign, ())),
        ("b_desk", UndoCampaign(aim.campaign)),
        ("b_desk", Broadcast(aim.campaign_b, "x", WRITTEN, (ids["b_self"], ids["self"]))),
        ("b_desk", Broadcast(aim.campaign, "x", WRITTEN, (ids["b_self"],))),
        ("b_desk", Reissue(ids["self"], "2345ABCDEFGH")),
        ("b_desk", RevokeInvitations(ids["desk_head"])),
        ("b_desk", AskHaste(ids["self"], 1, WRITTEN)),
        ("b_desk", AgreeHaste(ids["self"], 1)),
        ("b_head", AgreeHaste(ids["self"], 1)),
        ("b_desk", ConfirmNewcomer(ids["self"])),
        ("colleague", ConfirmNewcomer(ids["self"])),
        ("b_desk", UntiePerson(ids["self"])),
        ("b_desk", SetStandIn(ids["head"], ids["b_self"], DAY, DAY)),
        ("b_desk", SetStandIn(ids["b_head"], ids["self"], DAY, DAY)),
        ("b_desk", EndStandIn(aim.stand_in)),
        ("b_head", GiveOpinion(aim.opinion, aim.review, WRITTEN)),
        ("b_desk", GiveOpinion(aim.opinion_outside, aim.review, WRITTEN)),
        ("colleague", GiveOpinion(aim.opinion, aim.review, WRITTEN)),
        ("b_desk", RecordMonths(ids["self"], (_sent(ids["self"]),))),
        ("b_desk", RecordMonths(ids["b_self"], (_sent(ids["self"]),))),
        ("desk", RecordMonths(ids["desk"], (_sent(ids["desk"]),))),  # nobody records their own
        ("colleague", RecordMonths(ids["self"], (_sent(ids["self"]),))),
        ("b_desk", ChooseLastMonth(aim.campaign, LastMonth(LastMonthChoice.PROVISIONAL))),
        ("colleague", ChooseLastMonth(aim.campaign, LastMonth(LastMonthChoice.PROVISIONAL))),
        *((who, KeepWork(ids["self"], YEAR, "m11", (LINE,))) for who in ("b_head", "b_desk", "desk", "colleague")),
        ("colleague", KeepCatalogue("0" * 64, 0)),
        ("colleague", ImportWork("0" * 64, "x")),
        ("b_self", EndImprovement(aim.line, done=True)),
    ]


LINE = WorkLine(Product("BC", "Báo cáo", "1", 1), 1, 3)


def _sent(person: int) -> OutsideScore:
    return OutsideScore(person, YEAR, "m01", 100, "Sở Khác", "45/CV")


async def test_a_hole_in_a_dialog_leads_into_no_other_office(
    sent: Store, aim: Aim, monkeypatch: pytest.MonkeyPatch
) -> None:
    for who, command in reaching(aim):
        phone, before = phone_on(sent, who), await kept(sent)

        def hole(*_: object, command: Command = command) -> Turn:
            return Turn((Reply("menu/signed_out"),), (Snooze(DAY), command))

        monkeypatch.setattr("bot.turn.house.step", hole)
        await phone.does(Commanded("trogiup"))
        after = await kept(sent)
        changed = [row for row in before.changed(after) if not _snoozed(row, aim.ids[who])]
        assert not changed, command
        if not isinstance(command, EndImprovement):
            (one,) = refused(before, after)
            assert one["by_person"] == aim.ids[who]
            assert "other_office" in str(one["detail"])


def _snoozed(row: tuple[str, Mapping[str, object]], person: int) -> bool:
    return row[0] == "person" and row[1]["id"] == person
