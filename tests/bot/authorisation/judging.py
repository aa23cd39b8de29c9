"""The result of an attempt as one mark, and checks that must hold after every attempt."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from dialogs.core.events import Event
from storage.store import Store
from tests.bot.authorisation.attempts import Attempt
from tests.bot.authorisation.trying import WRITTEN, Trying
from tests.bot.authorisation.world import SECRETS, STRANGERS, Aim, World, phone_on

#: The tables that others must not change.
TABLES = (
    *("review", "answer", "draft", "decision", "endorsement", "ruling", "acknowledgement", "petition", "opinion"),
    *("improvement", "campaign", "campaign_part", "extension", "invitation", "account", "delivery", "stand_in"),
    *("office", "unit", "person", "post", "data_request"),
)

#: The marks: it took effect; it was refused and recorded in the audit; it had no effect, and the person was told so; it
#: took effect only in the person's own office.
DONE, REFUSED, NOTHING, OWN = "x", ".", "-", "o"

Row = tuple[str, tuple[Any, ...]]


@dataclass(frozen=True)
class Kept:
    """The content of the database: all rows (as tuples that begin with the name of the table), the names of the
    columns, and the audit.
    """

    rows: frozenset[Row]
    columns: Mapping[str, tuple[str, ...]]
    audit: tuple[Mapping[str, Any], ...]

    def changed(self, after: "Kept") -> list[tuple[str, Mapping[str, Any]]]:
        """The rows that were added, removed or changed."""
        return [self.read(row) for row in self.rows ^ after.rows]

    def read(self, row: Row) -> tuple[str, Mapping[str, Any]]:
        """The table of a row, and its values by column."""
        return row[0], dict(zip(self.columns[row[0]], row[1], strict=True))

    def one(self, table: str, id_: int) -> tuple[str, Mapping[str, Any]]:
        """The row of that id."""
        place = self.columns[table].index("id")
        return self.read(next(row for row in self.rows if row[0] == table and row[1][place] == id_))


async def kept(store: Store) -> Kept:
    """The present content of the database."""
    rows: list[Row] = []
    columns = {}
    async with store.reading() as tx:
        for table in TABLES:
            found = await tx.connection.execute(sa.text(f"SELECT * FROM {table}"))
            columns[table] = tuple(found.keys())
            rows += [(table, tuple(_plain(value) for value in row)) for row in found.all()]
        audit = await tx.connection.execute(sa.text("SELECT * FROM audit WHERE what = 'refused' ORDER BY id"))
        return Kept(frozenset(rows), columns, tuple(dict(row) for row in audit.mappings()))


def _plain(value: object) -> object:
    """A comparable value: PostgreSQL returns JSON as objects, SQLite as text."""
    return json.dumps(value) if isinstance(value, dict | list) else value


async def rehearsed(world: World, attempt: Attempt) -> list[Event]:
    """The events by which the person who has the right does it."""
    store = await Store.open(world.copy(attempt.when))
    trying = Trying(phone_on(store, attempt.by), world.aims[attempt.when])
    await attempt.script(trying)
    await store.close()
    return trying.events


async def tried(store: Store, aim: Aim, who: str, events: list[Event], later: int = 0) -> Trying:
    """Somebody else sends the same events, `later` days afterwards."""
    trying = Trying(phone_on(store, who, later), aim)
    for event in events:
        await trying.does(event)
        assert trying.phone.answered.replies, f"{who} gets no word to {event}"
    return trying


def judged(attempt: Attempt, who: str, trying: Trying, before: Kept, after: Kept) -> str:
    """The mark of the result. Raises AssertionError if the attempt changed or showed something that it must not."""
    aim, text = trying.aim, "\n".join(trying.read)
    _leaks_nothing(aim, who, text)
    effect = took_effect(attempt, who, trying, before, after)
    if effect:
        return effect
    return REFUSED if _audited(attempt, aim, who, after.audit[len(before.audit) :]) else NOTHING


def took_effect(attempt: Attempt, who: str, trying: Trying, before: Kept, after: Kept) -> str:
    """The mark of what was changed or read; "": nothing."""
    aim, text = trying.aim, "\n".join(trying.read)
    changed = [row for row in before.changed(after) if not _of_oneself(row, aim, who)]
    if changed:
        return DONE if aim.office in {office_of(row, before, after) for row in changed} else OWN
    return DONE if attempt.shows and aim.called.get(attempt.shows, attempt.shows) in text else ""


def _leaks_nothing(aim: Aim, who: str, text: str) -> None:
    if who in BLIND:
        assert not [secret for secret in SECRETS if secret in text], f"{who} reads what is not for them"
    if who.startswith("b_") or who in STRANGERS:
        names = [name for name in aim.names if name in text]
        assert not names, f"{who} reads {names} of another office"
    assert "Traceback" not in text


#: Those who must never read a text of the review, whatever they press.
BLIND = frozenset({"old_head", "desk", "colleague", "past", "b_self", "b_head", "b_chief", "b_desk", *STRANGERS})


def _audited(attempt: Attempt, aim: Aim, who: str, new: tuple[Mapping[str, Any], ...]) -> bool:
    """Whether the refusal is recorded with who, what, why and about whom, and without anybody's text."""
    for row in new:
        detail = row["detail"] if isinstance(row["detail"], dict) else json.loads(row["detail"])
        assert row["by_person"] == aim.ids[who]
        assert detail["action"] in {action.value for action in attempt.actions}, detail
        assert set(detail) <= {"action", "reason", "campaign"}
        assert detail["reason"]
        assert not [text for text in (*SECRETS, WRITTEN) if text in str(row)]
    return any(_about(attempt, aim, row) for row in new)


def _about(attempt: Attempt, aim: Aim, row: Mapping[str, Any]) -> bool:
    match attempt.about:
        case "":
            return True
        case "review":
            return row["review_id"] == aim.review
        case "outside":
            return row["review_id"] == aim.outside
        case who:
            return row["person_id"] == aim.ids[who]


def _of_oneself(row: tuple[str, Mapping[str, Any]], aim: Aim, who: str) -> bool:
    """Whether a change concerns only the person themself: an answer in their own review, where texts go if nothing else
    is awaited, or the time at which their device was used.
    """
    table, values = row
    if table == "account":
        return values["person_id"] == aim.ids[who] and values["untied_at"] is None
    if table == "review":
        return values["person_id"] == aim.ids[who] and values["id"] not in _aimed_at(aim)
    return table == "answer" and values["by"] == aim.ids[who] and values["review_id"] not in _aimed_at(aim)


def _aimed_at(aim: Aim) -> set[int]:
    return {aim.review, aim.outside}


#: Columns by which a row belongs to an office → the table they refer to.
_BELONGS = (("campaign_id", "campaign"), ("review_id", "review"), ("draft_id", "draft"), ("ruling_id", "ruling"))


def office_of(row: tuple[str, Mapping[str, Any]], before: Kept, after: Kept) -> int:
    """The id of the office a row belongs to."""
    table, values = row
    if table == "office":
        return int(values["id"])
    if "office_id" in values:
        return int(values["office_id"])
    for column, of in _BELONGS:
        if values.get(column) is not None:
            return office_of(after.one(of, values[column]), before, after)
    return office_of(after.one("person", values.get("person_id") or values["absent_id"]), before, after)
