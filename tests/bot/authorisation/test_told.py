"""Who must be told of a result by the rulebook reads it, and nobody else; a plan of improvement its head."""

import datetime as dt
import io
from dataclasses import replace

import openpyxl
import pytest

from bot.campaign.desk_files import as_head_reads
from bot.campaign.results.kept import results_of
from bot.daily.remind import Reminding
from bot.delivery.seam import NoJobs
from bot.demo.office import STAFF
from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from dialogs.core.turn import DeskFile
from rules.book.procedure import Role, ToldOf
from rules.book.rulebook import Rulebook
from rules.campaign import permissions
from rules.campaign.permissions import ALLOWED, Action, Relation
from rules.nouns.workdays import is_workday
from tests.bot.documents.office import played
from tests.bot.playing import CHIEF, COLLEAGUE, EMPLOYEE, HEAD, Stage, shelf

NAME, RATING = "Trần Thị Hoa Mai", "Hoàn thành tốt nhiệm vụ"


class Telling:
    """The rulebooks as they are, with a sentence by which the head of the unit is told of results."""

    def __init__(self, *to: Role) -> None:
        self.told = tuple(ToldOf(one, "II.2", "thông báo kết quả") for one in to)

    def __getitem__(self, edition) -> Rulebook:
        return replace(shelf()[edition], told=self.told)


@pytest.fixture
async def stage(sqlite_store) -> Stage:
    return await played(sqlite_store)


def under(stage: Stage, *to: Role) -> Stage:
    """The same office, its rulebook with that sentence."""
    return replace(stage, house=replace(stage.house, books=Telling(*to)))


async def reads(stage: Stage, key: str, verb: str = "head_results") -> str:
    phone = await stage.phone_of(key, f"{key}-{next(stage.updates)}")
    await phone.does(Pressed(Button(verb)))
    return phone.text


async def test_the_head_of_the_unit_reads_the_result_where_the_rulebook_says_so(stage) -> None:
    telling = under(stage, Role.UNIT_HEAD)
    assert NAME in await reads(telling, HEAD)
    assert RATING in await reads(telling, HEAD)
    for key in (COLLEAGUE, EMPLOYEE, CHIEF):
        assert NAME not in await reads(telling, key), key
    assert NAME not in await reads(stage, HEAD), "no sentence"


async def test_the_cell_of_the_table_is_the_right(stage, monkeypatch) -> None:
    monkeypatch.setattr(permissions, "ALLOWED", ALLOWED - {(Relation.TOLD, Action.READ_RATING)})
    assert NAME not in await reads(under(stage, Role.UNIT_HEAD), HEAD)


async def test_the_button_stands_in_the_list_of_the_head(stage) -> None:
    for told, there in ((under(stage, Role.UNIT_HEAD), True), (stage, False)):
        phone = await told.phone_of(HEAD, f"list-{there}")
        await phone.commands("choduyet")
        assert any("Kết quả xếp loại" in key.label for key in phone.shown) is there


async def test_they_hear_of_it_once_the_next_workday(stage) -> None:
    stage.clock.now += dt.timedelta(days=1)
    books = Telling(Role.UNIT_HEAD)
    for _ in range(2):
        await Reminding(stage.store, books, NoJobs(), stage.clock).remind()
    head = await stage.person(HEAD)
    told = [row for row in await stage.rows("delivery", kind="reminder") if "results" in str(row["reply"])]
    assert [row["person_id"] for row in told] == [head]
    assert NAME in str(told[0]["reply"])
    assert RATING not in str(told[0]["reply"]), "the message names nobody's rating"
    stage.clock.now += dt.timedelta(days=1)
    await Reminding(stage.store, books, NoJobs(), stage.clock).remind()
    again = [row for row in await stage.rows("delivery", kind="reminder") if "results" in str(row["reply"])]
    assert len(again) == 1


async def test_they_hear_of_it_also_after_days_on_which_the_house_was_down(stage) -> None:
    stage.clock.now += dt.timedelta(days=9)
    stage.clock.now = stage.clock.now.replace(hour=8)
    while not is_workday(stage.clock.now.date()):
        stage.clock.now += dt.timedelta(days=1)
    for _ in range(2):
        await Reminding(stage.store, Telling(Role.UNIT_HEAD), NoJobs(), stage.clock).remind()
        stage.clock.now += dt.timedelta(days=1)
        while not is_workday(stage.clock.now.date()):
            stage.clock.now += dt.timedelta(days=1)
    told = [row for row in await stage.rows("delivery", kind="reminder") if "results" in str(row["reply"])]
    assert [row["person_id"] for row in told] == [await stage.person(HEAD)], "late, and once"


async def test_the_tables_of_a_unit_are_for_its_head(stage) -> None:
    found = {}
    for key in (HEAD, EMPLOYEE, COLLEAGUE):
        for name, kind in (("unittables", "xlsx"), ("unittablespdf", "pdf")):
            found[key, kind] = await stage.house.documents(await stage.person(key), DeskFile(name, kind))
    assert {key for key, files in found.items() if files} == {(HEAD, "xlsx"), (HEAD, "pdf")}
    (file,) = await stage.house.documents(await stage.person(HEAD), DeskFile("unittables"))
    sheets = openpyxl.load_workbook(io.BytesIO(file.content)).worksheets
    cells = [str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert len(sheets) == 1
    assert f"Đơn vị: {STAFF}" in cells
    assert NAME in cells


async def test_what_was_decided_stands_in_a_heads_table_where_they_must_be_told(stage) -> None:
    async with stage.store.reading() as tx:
        head = await tx.people.get(await stage.person(HEAD))
        found = await results_of(tx, shelf(), 1, "quang-ngai-office-2020", stage.clock().date())
    (one,) = [one for one in found if one.decided]
    book = shelf().load("quang-ngai-office-2020")
    told = replace(book, told=(ToldOf(Role.UNIT_HEAD, "II.2", "thông báo kết quả"),))
    assert as_head_reads(head, told, one) == one
    hidden = as_head_reads(head, book, one)
    assert (hidden.decided, hidden.rating, hidden.decided_by, hidden.own) == (False, None, "", one.own)


async def test_what_somebody_decided_is_theirs_as_a_document_and_the_desk_has_all(stage) -> None:
    for key, name, there in (
        (CHIEF, "owndecision", True),
        (HEAD, "owndecision", False),
        (EMPLOYEE, "owndecision", False),
        ("AP-009", "decision_1", False),
        (CHIEF, "decision_1", False),
        (HEAD, "decision_1", True),
    ):
        files = await stage.house.documents(await stage.person(key), DeskFile(name, "docx"))
        assert bool(files) is there, (key, name)


async def test_a_plan_is_read_by_its_owner_and_the_head_of_their_unit(stage) -> None:
    line = "Bồi dưỡng kỹ năng soạn thảo văn bản"
    async with stage.store.transaction() as tx:
        day = stage.clock().date() + dt.timedelta(days=30)
        await tx.improvements.add(await stage.person(EMPLOYEE), 2020, line, day, stage.clock())
        await tx.commit()
    for key, there in ((HEAD, True), (COLLEAGUE, False), (CHIEF, False), (EMPLOYEE, False)):
        assert (line in await reads(stage, key, "head_plans")) is there, key
    phone = await stage.phone_of(EMPLOYEE, "own")
    await phone.commands("khacphuc")
    assert line in phone.text


async def test_without_its_cell_the_head_reads_no_plan(stage, monkeypatch) -> None:
    async with stage.store.transaction() as tx:
        await tx.improvements.add(await stage.person(EMPLOYEE), 2020, "Học", stage.clock().date(), stage.clock())
        await tx.commit()
    monkeypatch.setattr(permissions, "ALLOWED", ALLOWED - {(Relation.UNIT_HEAD, Action.READ_PLAN)})
    assert NAME not in await reads(stage, HEAD, "head_plans")
