"""Conversations: one for each person across all channels, locked while an event of that person is handled."""

from collections.abc import Mapping

import sqlalchemy as sa

from rules.nouns.reviews import Json, ReviewStatus
from storage.queries import Nothing, Prepared, columns
from storage.repositories.base import Repository
from storage.repositories.offices.people import PERSON_COLUMNS, PERSON_FROM
from storage.tables import (
    CAMPAIGN,
    CATALOGUE,
    CONVERSATION,
    PERSON,
    REPORT_PART,
    REVIEW,
    STAND_IN,
    WORK,
)
from storage.values import Conversation

#: Whether the person is an approver of an open review.
_APPROVES = (
    sa.exists()
    .where(REVIEW.c.approver_id == PERSON.c.id, REVIEW.c.campaign_id == CAMPAIGN.c.id, CAMPAIGN.c.closed_at.is_(None))
    .correlate(PERSON)
)

#: Whether the person is named as a stand-in that was not ended.
_COVERS = sa.exists().where(STAND_IN.c.stand_in_id == PERSON.c.id, STAND_IN.c.ended_at.is_(None)).correlate(PERSON)

#: Whether the person may have a ledger: their office has a catalogue, or they have work lines.
_WORKS = sa.or_(
    sa.exists().where(CATALOGUE.c.office_id == PERSON.c.office_id).correlate(PERSON),
    sa.exists().where(WORK.c.person_id == PERSON.c.id).correlate(PERSON),
)

#: Whether the person has more reviews than `Reviews.mine` returns.
_CLOSED = (
    sa.exists()
    .where(
        REVIEW.c.person_id == PERSON.c.id,
        REVIEW.c.status != ReviewStatus.ENDED,
        sa.not_(REVIEW.c.redone),
        REVIEW.c.campaign_id == CAMPAIGN.c.id,
        CAMPAIGN.c.closed_at.is_not(None),
    )
    .correlate(PERSON)
)

#: Whether the person drafts a body's report or has a part of one.
_DRAFTS = sa.or_(
    sa.exists().where(REVIEW.c.drafter_id == PERSON.c.id, REVIEW.c.person_id != PERSON.c.id).correlate(PERSON),
    sa.exists().where(REPORT_PART.c.writer_id == PERSON.c.id, REPORT_PART.c.ended_at.is_(None)).correlate(PERSON),
)

CONVERSATION_COLUMNS = columns(
    Conversation,
    CONVERSATION,
    person=PERSON_COLUMNS,
    language=PERSON.c.language,
    approves=_APPROVES.label("approves"),
    covers=_COVERS.label("covers"),
    works=_WORKS.label("works"),
    closed=_CLOSED.label("closed"),
    drafts=_DRAFTS.label("drafts"),
)
CONVERSATION_FROM = PERSON_FROM.join(CONVERSATION, CONVERSATION.c.person_id == PERSON.c.id)

# On SQLite a writing transaction already holds the only write lock, and FOR UPDATE is not rendered.
_LOCKED = Prepared(
    CONVERSATION_COLUMNS,
    sa.select(*CONVERSATION_COLUMNS)
    .select_from(CONVERSATION_FROM)
    .where(PERSON.c.id == sa.bindparam("person"))
    .with_for_update(of=CONVERSATION),
)
_EXISTS = Prepared(int, sa.select(PERSON.c.id).where(PERSON.c.id == sa.bindparam("person")))
_FOCUS_OF = Prepared[dict[str, Json]](
    dict, sa.select(CONVERSATION.c.focus).where(CONVERSATION.c.person_id == sa.bindparam("person"))
)
_FOCUS = Prepared(
    Nothing,
    CONVERSATION.update()
    .where(CONVERSATION.c.person_id == sa.bindparam("person"))
    .values(focus=sa.bindparam("focus_", type_=CONVERSATION.c.focus.type)),
)
_LANGUAGE = PERSON.update().where(PERSON.c.id == sa.bindparam("person")).values(language=sa.bindparam("language_"))


class Conversations(Repository):
    """The conversations: one row for each person on all channels, locked while an event of theirs is handled."""

    async def locked(self, person_id: int) -> Conversation:
        """The conversation, created if it is new and locked until this transaction ends.

        Raises LookupError when there is no such person.
        """
        held = self._held.conversations.get(person_id)
        if held is not None:
            return held
        conversation = await self._row(_LOCKED, person=person_id)
        if conversation is None:
            if await self._row(_EXISTS, person=person_id) is None:
                raise LookupError(f"no person {person_id}")
            await self._once(CONVERSATION, ("person_id",), {"person_id": person_id, "focus": None})
            (conversation,) = await self._rows(_LOCKED, person=person_id)
        return conversation

    async def focus(self, person_id: int) -> Mapping[str, Json] | None:
        """The focus of the conversation; read-only."""
        return await self._row(_FOCUS_OF, person=person_id)

    async def set_focus(self, person_id: int, focus: Mapping[str, Json] | None) -> None:
        """Store the focus: the place the person asked to return to, or the text that is awaited. None clears it."""
        self._held.conversations.pop(person_id, None)
        await self._rows(_FOCUS, person=person_id, focus_=focus)

    async def set_language(self, person_id: int, language: str) -> None:
        """Set the person's language, `vi` or `en`."""
        self._held.conversations.pop(person_id, None)
        await self._run(_LANGUAGE, {"person": person_id, "language_": language})
