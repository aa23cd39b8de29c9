"""A database of every schema there ever was becomes one of today, and its office goes on where it was.

How one is recorded: tests/storage/old/record.py.
"""

import itertools
import re
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest_asyncio
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory

from bot.demo.office import OFFICE
from bot.documents.freezing import freeze
from bot.turn.house import House
from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from dialogs.core.turn import Papers
from rules.nouns.reviews import Review, ReviewStatus
from rules.nouns.rulings import Acknowledgement, Response
from storage import Store, upgrade
from storage.engine import database_at
from storage.schema import _config
from storage.tables import METADATA
from tests.bot.playing import BEGINS, Clock, Phone, house_over, shelf

OLD = sorted((Path(__file__).parent / "old").glob("*.sql"))
EMPLOYEE, RETURNED, WAITING, ANSWERING, HEAD = "AP-005", "AP-006", "AP-004", "AP-007", "AP-003"


def test_there_is_one_of_every_revision():
    revisions = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    assert {file.stem for file in OLD} == revisions, "python -m tests.storage.old.record makes the one of today"


@dataclass
class Going:
    """The office that goes on."""

    store: Store
    house: House
    updates: itertools.count

    async def person(self, key: str) -> int:
        async with self.store.reading() as tx:
            return (await tx.people.by_roster_key(await tx.units.office(OFFICE), key)).id

    async def phone(self, key: str) -> Phone:
        """The phone that was tied then, with all it shows of the conversation."""
        steps = await self.house.history(await self.person(key))
        shown = [key for step in steps for reply in step.replies for row in reply.keyboard for key in row]
        return Phone(self.house, key, self.updates, shown=shown)

    async def review(self, key: str) -> Review:
        async with self.store.reading() as tx:
            return (await tx.reviews.ever(await self.person(key)))[0]


@pytest_asyncio.fixture(params=OLD, ids=lambda file: file.stem)
async def going(request, empty_url: str, tmp_path: Path) -> AsyncIterator[Going]:
    if empty_url.startswith("sqlite"):
        with sqlite3.connect(tmp_path / "empty.sqlite") as database:
            database.executescript(request.param.read_text())
        database.close()
    else:
        await _into_postgres(empty_url, request.param.stem, request.param.read_text())
    await upgrade(empty_url)
    store = await Store.open(empty_url)
    await freeze(store, shelf(), Clock())
    yield Going(store, house_over(store, Clock()), itertools.count(10_000))
    await store.close()


async def _into_postgres(url: str, revision: str, text: str) -> None:
    """The tables by the migrations, their rows from the file. A constraint that an earlier 0002 made is made as it was."""

    def fill(connection: sa.Connection) -> None:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        if "uq_acknowledgement_ruling_id UNIQUE" in text and revision < "0005":
            connection.exec_driver_sql(
                "ALTER TABLE acknowledgement DROP CONSTRAINT uq_acknowledgement_ruling_id_response,"
                " ADD CONSTRAINT uq_acknowledgement_ruling_id UNIQUE (ruling_id)"
            )
        connection.exec_driver_sql("SET TIME ZONE 'UTC'")
        rows = re.findall(r'^(INSERT INTO "(\w+)".*)$', text, re.MULTILINE)
        for table in METADATA.sorted_tables:
            for line in [line for line, name in rows if name == table.name]:
                connection.exec_driver_sql(re.sub(r"X'([0-9a-f]*)'", r"'\\x\1'::bytea", line))
        for table in sorted(set(re.findall(r'^INSERT INTO "(\w+)" \("id"', text, re.MULTILINE))):
            sequence = f"pg_get_serial_sequence('{table}', 'id')"
            connection.exec_driver_sql(f"SELECT setval({sequence}, (SELECT max(id) FROM {table}))")

    database = database_at(url)
    async with database.writing() as connection:
        await connection.run_sync(fill)
        await connection.commit()
    await database.close()


async def test_the_office_goes_on(going: Going) -> None:
    await _an_old_button_keeps_the_answer_it_named(going)
    await _what_was_said_is_shown(going)
    await _a_draft_is_printed(going)
    await _the_head_agrees_with_what_waited(going)
    await _what_was_returned_is_handed_in_again(going)
    await _who_took_notice_may_still_reserve_an_opinion(going)


async def _an_old_button_keeps_the_answer_it_named(going: Going) -> None:
    phone, before = await going.phone(ANSWERING), await going.review(ANSWERING)
    assert before.status is ReviewStatus.DRAFTING
    pressed = phone.button("answer")
    await phone.does(Pressed(pressed))
    after = await going.review(ANSWERING)
    assert str(after.answers[pressed.about[0]].value).lower() == pressed.about[1]
    assert len(after.answers) == len(before.answers) + 1
    assert phone.text
    await phone.commands("tieptuc")
    assert phone.text


async def _what_was_said_is_shown(going: Going) -> None:
    steps = await going.house.history(await going.person(WAITING))
    assert steps
    assert all(reply.html for step in steps for reply in step.replies)
    assert [step.said for step in steps if step.said]


async def _a_draft_is_printed(going: Going) -> None:
    review = await going.review(WAITING)
    papers = Papers(review.id, 1, ("docx", "pdf"))
    documents = await going.house.documents(await going.person(WAITING), papers)
    assert [(document.kind, len(document.content) > 1000) for document in documents] == [("docx", True), ("pdf", True)]


async def _the_head_agrees_with_what_waited(going: Going) -> None:
    assert (await going.review(WAITING)).status is ReviewStatus.SUBMITTED
    head = await going.phone(HEAD)
    await head.commands("choduyet")
    for label in ("Phan Thảo Vy", "✓ Đồng ý", "không ghi ý kiến"):
        key = next(key for key in reversed(head.shown) if label in key.label)
        await head.does(Pressed(Button.decode(key.data)))
    review = await going.review(WAITING)
    assert (review.status, review.last_decision.by) == (ReviewStatus.APPROVED, await going.person(HEAD))


async def _what_was_returned_is_handed_in_again(going: Going) -> None:
    assert (await going.review(RETURNED)).status is ReviewStatus.RETURNED
    await (await going.phone(RETURNED)).hands_in()
    review = await going.review(RETURNED)
    assert (review.status, len(review.drafts)) == (ReviewStatus.SUBMITTED, 2)
    assert review.decisions[0].comment.startswith("Mục 5")


async def _who_took_notice_may_still_reserve_an_opinion(going: Going) -> None:
    review = await going.review(EMPLOYEE)
    if not review.rulings:
        assert review.status is ReviewStatus.APPROVED
        return
    assert (review.status, review.acknowledged.response) == (ReviewStatus.FINAL, Response.ACKNOWLEDGED)
    async with going.store.transaction() as tx:
        assert await tx.rulings.respond(review.id, Acknowledgement(1, Response.RESERVED, BEGINS, "Xin bảo lưu ý kiến."))
        await tx.commit()
    assert (await going.review(EMPLOYEE)).acknowledged.text == "Xin bảo lưu ý kiến."
