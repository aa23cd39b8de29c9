"""The conversation of a person: one on all channels, locked while an event of theirs is handled."""

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

#: Whether a person is approver of some open review.
_APPROVES = (
    sa.exists()
    .where(REVIEW.c.approver_id == PERSON.c.id, REVIEW.c.campaign_id == CAMPAIGN.c.id, CAMPAIGN.c.closed_at.is_(None))
    .correlate(PERSON)
)

#: Whether a person ever was named to act for somebody absent, and that was not ended.
_COVERS = sa.exists().where(STAND_IN.c.stand_in_id == PERSON.c.id, STAND_IN.c.ended_at.is_(None)).correlate(PERSON)

#: Whether there is anything that a ledger of theirs may rest on.
_WORKS = sa.or_(
    sa.exists().where(CATALOGUE.c.office_id == PERSON.c.office_id).correlate(PERSON),
    sa.exists().where(WORK.c.person_id == PERSON.c.id).correlate(PERSON),
)

#: Whether there is more of theirs than `Reviews.mine` gives.
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

#: Whether a body's report is theirs to draft, or a part of one to write.
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

# SQLite's transaction holds the only writer's lock already and renders no FOR UPDATE.
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
    """One conversation a person, the same on every channel: the row that is locked while an event of theirs is handled."""

    async def locked(self, person_id: int) -> Conversation:
        """The conversation, made when it is new; nobody else gets it before this transaction ends.

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
        """What the person asked to return to, or what is awaited; only looked at."""
        return await self._row(_FOCUS_OF, person=person_id)

    async def set_focus(self, person_id: int, focus: Mapping[str, Json] | None) -> None:
        """Remember what the person asked to return to, or what text is awaited; None forgets it."""
        self._held.conversations.pop(person_id, None)
        await self._rows(_FOCUS, person=person_id, focus_=focus)

    async def set_language(self, person_id: int, language: str) -> None:
        """`vi` or `en`."""
        self._held.conversations.pop(person_id, None)
        await self._run(_LANGUAGE, {"person": person_id, "language_": language})
