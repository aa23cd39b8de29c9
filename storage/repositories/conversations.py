"""Conversations: the row that is locked while an event of a person is handled."""

from collections.abc import Mapping

import sqlalchemy as sa

from rules.nouns.reviews import Json
from storage.repositories.base import Repository, Values
from storage.repositories.people import PERSON_COLUMNS, PERSON_FROM, PERSON_WIDTH, person_of
from storage.tables import CAMPAIGN, CONVERSATION, PERSON, REVIEW, STAND_IN
from storage.values import Conversation

#: Whether a person is approver of some open review.
APPROVES = (
    sa.exists()
    .where(REVIEW.c.approver_id == PERSON.c.id, REVIEW.c.campaign_id == CAMPAIGN.c.id, CAMPAIGN.c.closed_at.is_(None))
    .correlate(PERSON)
)

#: Whether a person ever was named to act for somebody absent, and that was not ended.
COVERS = sa.exists().where(STAND_IN.c.stand_in_id == PERSON.c.id, STAND_IN.c.ended_at.is_(None)).correlate(PERSON)

#: The columns of a Conversation, and where they come from.
CONVERSATION_COLUMNS = (
    *PERSON_COLUMNS,
    PERSON.c.language,
    CONVERSATION.c.focus,
    APPROVES.label("approves"),
    COVERS.label("covers"),
)
CONVERSATION_WIDTH = len(CONVERSATION_COLUMNS)
CONVERSATION_FROM = PERSON_FROM.join(CONVERSATION, CONVERSATION.c.person_id == PERSON.c.id)

# SQLite's unit holds the only writer's lock already and renders no FOR UPDATE.
_LOCKED = (
    sa.select(*CONVERSATION_COLUMNS)
    .select_from(CONVERSATION_FROM)
    .where(PERSON.c.id == sa.bindparam("person"))
    .with_for_update(of=CONVERSATION)
)
_FOCUS_OF = sa.select(CONVERSATION.c.focus).where(CONVERSATION.c.person_id == sa.bindparam("person"))
_FOCUS = (
    CONVERSATION.update()
    .where(CONVERSATION.c.person_id == sa.bindparam("person"))
    .values(focus=sa.bindparam("focus_", type_=CONVERSATION.c.focus.type))
)
_LANGUAGE = PERSON.update().where(PERSON.c.id == sa.bindparam("person")).values(language=sa.bindparam("language_"))


def conversation_of(row: Values) -> Conversation:
    """The Conversation of a row that begins with CONVERSATION_COLUMNS."""
    language, focus, approves, covers = row[PERSON_WIDTH:CONVERSATION_WIDTH]
    return Conversation(person_of(row), language, focus, bool(approves), bool(covers))


class Conversations(Repository):
    """One conversation a person, the same on every channel."""

    async def locked(self, person_id: int) -> Conversation:
        """The conversation, made when it is new; nobody else gets it before this transaction ends.

        Raises LookupError when there is no such person.
        """
        held = self._held.conversations.get(person_id)
        if held is not None:
            return held
        row = await self._row(_LOCKED, {"person": person_id})
        if row is None:
            row = await self._begun(person_id)
        return conversation_of(row)

    async def _begun(self, person_id: int) -> Values:
        if await self._row(sa.select(PERSON.c.id).where(PERSON.c.id == person_id)) is None:
            raise LookupError(f"no person {person_id}")
        await self._once(CONVERSATION, ("person_id",), {"person_id": person_id, "focus": None})
        row = await self._row(_LOCKED, {"person": person_id})
        assert row is not None
        return row

    async def focus(self, person_id: int) -> Mapping[str, Json] | None:
        """What the person asked to return to, or what is awaited; only looked at."""
        row = await self._row(_FOCUS_OF, {"person": person_id})
        return None if row is None else row[0]

    async def set_focus(self, person_id: int, focus: Mapping[str, Json] | None) -> None:
        """Remember what the person asked to return to, or what text is awaited; None forgets it."""
        self._held.conversations.pop(person_id, None)
        await self._run(_FOCUS, {"person": person_id, "focus_": focus})

    async def set_language(self, person_id: int, language: str) -> None:
        """`vi` or `en`."""
        self._held.conversations.pop(person_id, None)
        await self._run(_LANGUAGE, {"person": person_id, "language_": language})
