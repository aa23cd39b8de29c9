"""What has been kept long enough goes, once a day and told in the audit; official records never."""

import datetime as dt
import json
from dataclasses import replace

import pytest
import sqlalchemy as sa

from bot.channels import Settings
from bot.clock import ZONE
from bot.personal.keeping import Forgetting, due
from bot.settings import SettingsError, read
from rules.personal.keeping import Keeping
from storage.repositories.personal import REMOVALS, TOGETHER
from storage.store import Store
from storage.tables import METADATA
from tests.bot.playing import BEGINS, EMPLOYEE, Clock, Stage, staged

#: Long after everything.
LATER = dt.datetime(2024, 3, 4, 9, 0, tzinfo=ZONE)


async def told_in_the_audit(stage: Stage) -> list[dict]:
    """What the audit says of removals."""
    details = [line["detail"] for line in await stage.rows("audit", what="data removed", by="system")]
    return [json.loads(one) if isinstance(one, str) else one for one in details]


async def counted(store: Store) -> dict[str, int]:
    async with store.reading() as tx:
        found = {}
        for table in METADATA.tables.values():
            select = sa.select(sa.func.count()).select_from(table)
            found[table.name] = (await tx.connection.execute(select)).scalar() or 0
        return found


async def played(store: Store) -> Stage:
    """Mai hands in, Trúc begins and never does, a stranger knocks with a wrong code."""
    stage = await staged(store)
    await (await stage.phone_of(EMPLOYEE)).hands_in()
    colleague = await stage.phone_of("AP-006")
    await colleague.commands("tieptuc")
    await colleague.presses("next")
    await colleague.presses("one", "months_worked")
    await colleague.presses("answer", "months_worked", "12")
    stranger = replace(colleague, account="nobody")
    await stranger.says("ABCDEFGH2345")
    other = await stage.phone_of("AP-007")
    async with store.transaction() as tx:
        person = await stage.person("AP-006")
        key = f"notice:{person}"
        delivery = await tx.deliveries.add(key, person, {"template": "menu/signed_out", "values": {}}, "notice", BEGINS)
        assert delivery is not None
        await tx.deliveries.take(delivery, BEGINS)
        await tx.deliveries.done(delivery, [1], BEGINS)
        await tx.accounts.untie("web", other.account, BEGINS)
        await tx.commit()
    return stage


async def close(stage: Stage) -> None:
    async with stage.store.transaction() as tx:
        for campaign in {part.id for part in await tx.campaigns.open_ones()}:
            await tx.campaigns.close(campaign, stage.clock())
        await tx.commit()


async def test_what_was_kept_long_enough_goes_and_records_stay(store: Store) -> None:
    stage = await played(store)
    await close(stage)
    before = await counted(store)
    told = {(one.kind, one.table): one.rows for one in await due(store, Keeping(), LATER)}
    assert await counted(store) == before, "looking removes nothing"
    assert told["answers", "answer"] == 1
    done = await Forgetting(store, Keeping(), Clock(LATER)).forget()
    after = await counted(store)
    assert done["answers"] == told["answers", "answer"] + told["answers", "review"]
    for table in ("turn", "code_attempt"):
        assert before[table] > 0
        assert after[table] == 0
    waiting = await stage.rows("delivery", status="waiting")
    assert after["delivery"] == len(waiting) < before["delivery"], "what was not sent yet stays"
    assert after["answer"] == before["answer"] - 1, "what was handed in keeps its answers"
    stay = ("draft", "document", "decision", "review", "person", "audit")
    assert {name: after[name] for name in stay if name != "audit"} == {
        name: before[name] for name in stay if name != "audit"
    }
    assert sum(line["rows"] for line in await told_in_the_audit(stage)) == sum(done.values())
    assert not [one for one in await due(store, Keeping(), LATER) if one.rows]


async def test_answers_of_an_open_campaign_and_what_is_young_stay(store: Store) -> None:
    stage = await played(store)
    before = await counted(store)
    stage.clock.forward(days=6)
    assert await Forgetting(store, Keeping(), stage.clock).forget() == {}
    stage.clock.forward(days=4000)
    await Forgetting(store, Keeping(), stage.clock).forget()
    assert (await counted(store))["answer"] == before["answer"]


async def test_a_leaver_is_forgotten_but_for_the_records(store: Store) -> None:
    stage = await played(store)
    person = await stage.person(EMPLOYEE)
    async with store.transaction() as tx:
        left = stage.clock().date()
        await tx.improvements.add(person, 2020, "Học thêm tin học", left, stage.clock())
        await tx.connection.execute(
            sa.text("UPDATE person SET left_on = :day WHERE id = :id"), {"day": left, "id": person}
        )
        await tx.commit()
    stage.clock.forward(days=92)
    done = await Forgetting(store, Keeping(), stage.clock).forget()
    assert done["plan"] == 1
    assert not await stage.rows("turn", person_id=person)
    assert await stage.rows("turn", person_id=await stage.person("AP-006")), "who stays keeps their chat"
    assert len(await stage.rows("draft")) == 1


async def test_it_goes_in_small_batches_and_once_a_day(store: Store) -> None:
    stage = await staged(store)
    person = await stage.person(EMPLOYEE)
    async with store.transaction() as tx:
        for number in range(TOGETHER * 2 + 3):
            await tx.turns.keep(person, "web", "x", str(number), {"said": "a"}, [], BEGINS)
        await tx.commit()
    forgetting = Forgetting(store, Keeping(), Clock(LATER))
    assert (await forgetting.forget())["chat"] == TOGETHER * 2 + 3
    assert await forgetting.forget() == {}
    lines = await told_in_the_audit(stage)
    assert [line["rows"] for line in lines if line["table"] == "turn"] == [TOGETHER * 2 + 3]


async def test_one_kind_that_fails_holds_up_no_other(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    await played(store)
    broken = replace(REMOVALS[0], table=METADATA.tables["lease"])
    monkeypatch.setattr("bot.personal.keeping.REMOVALS", (broken, *REMOVALS[1:]))
    assert (await Forgetting(store, Keeping(), Clock(LATER)).forget())["guesses"] == 1


async def test_what_was_handed_in_once_cannot_be_removed_whoever_asks(store: Store) -> None:
    stage = await played(store)
    (sent,) = {row["review_id"] for row in await stage.rows("draft")}
    async with store.transaction() as tx:
        with pytest.raises(sa.exc.DBAPIError, match="answer is append-only"):
            await tx.connection.execute(sa.text("DELETE FROM answer WHERE review_id = :id"), {"id": sent})


def test_no_setting_goes_below_its_floor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUSOI_KEEP_CHAT_DAYS", "400")
    assert read(Settings).keeping == Keeping(chat=400)
    for value, told in (
        ("5", "TUSOI_KEEP_CHAT_DAYS: cần ít nhất 90"),
        ("x", "TUSOI_KEEP_CHAT_DAYS: cần một số nguyên"),
    ):
        monkeypatch.setenv("TUSOI_KEEP_CHAT_DAYS", value)
        with pytest.raises(SettingsError, match=told):
            read(Settings)
