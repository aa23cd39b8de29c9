"""Inquiries: opinions asked of people without an account. Stored are the links, the answers, and who confirmed
receiving them.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from rules.nouns.inquiries import Came, Ended, Inquiry, InquiryAnswer
from rules.nouns.people import Person
from storage.queries import Prepared, among, columns
from storage.repositories.base import Repository
from storage.repositories.enclosures import Content
from storage.tables import INQUIRY, INQUIRY_ANSWER, INQUIRY_RECEIPT

_INQUIRY = columns(Inquiry, INQUIRY)
_ASKED = sa.select(*_INQUIRY).order_by(INQUIRY.c.id)
_OF_CAMPAIGN = Prepared(_INQUIRY, _ASKED.where(INQUIRY.c.campaign_id == sa.bindparam("campaign")))
_OF_PERSON = Prepared(_INQUIRY, _ASKED.where(INQUIRY.c.person_id == sa.bindparam("person")))
_ONE = Prepared(_INQUIRY, sa.select(*_INQUIRY).where(INQUIRY.c.id == sa.bindparam("inquiry")))
_BY_MARK = Prepared(_INQUIRY, sa.select(*_INQUIRY).where(INQUIRY.c.mark == sa.bindparam("mark_")))
_LOCKED = Prepared(
    str,
    sa.select(INQUIRY.c.locked.label("there")).where(
        INQUIRY.c.id == sa.bindparam("inquiry"), INQUIRY.c.locked.is_not(None)
    ),
)
_ANSWER = columns(
    InquiryAnswer,
    INQUIRY_ANSWER,
    received_by=sa.func.coalesce(INQUIRY_RECEIPT.c.by_name, ""),
)
_CAME = (
    sa.select(*_ANSWER)
    .select_from(INQUIRY_ANSWER.outerjoin(INQUIRY_RECEIPT, INQUIRY_RECEIPT.c.answer_id == INQUIRY_ANSWER.c.id))
    .order_by(INQUIRY_ANSWER.c.id)
)
_ANSWERS = Prepared(_ANSWER, _CAME.where(among(INQUIRY_ANSWER.c.inquiry_id, "inquiries")))
_AN_ANSWER = Prepared(_ANSWER, _CAME.where(INQUIRY_ANSWER.c.id == sa.bindparam("answer")))
_CONTENT = columns(Content, INQUIRY_ANSWER)
_CONTENTS = Prepared(_CONTENT, sa.select(*_CONTENT).where(INQUIRY_ANSWER.c.sha256 != "").order_by(INQUIRY_ANSWER.c.id))


class Inquiries(Repository):
    """Inquiries and their answers. An answer never changes; a later one is a new version."""

    async def ask(self, inquiry: Inquiry, code: str) -> int:
        """Store an inquiry with the code of its link; returns its id. An open inquiry about the same matter is closed."""
        for other in await self.of_person(inquiry.person_id):
            if other.about == inquiry.about and other.ended is None:
                await self.end(other.id, Ended.RENEWED, inquiry.at)
        key = self._held.key
        return await self._add(
            INQUIRY,
            campaign_id=inquiry.campaign_id,
            rulebook=inquiry.rulebook,
            key=inquiry.key,
            person_id=inquiry.person_id,
            mark=key.mark(code),
            locked=key.lock(code),
            content=dict(inquiry.content),
            last_day=inquiry.last_day,
            by=inquiry.by,
            by_name=inquiry.by_name,
            at=inquiry.at,
        )

    async def end(self, inquiry_id: int, why: Ended, at: dt.datetime) -> bool:
        """Close an inquiry, so that its link no longer opens. False when it was closed already."""
        still = sa.and_(INQUIRY.c.id == inquiry_id, INQUIRY.c.ended.is_(None))
        return bool(await self._run(INQUIRY.update().where(still).values(ended=why, ended_at=at, locked=None)))

    async def by_code(self, code: str) -> Inquiry | None:
        """The inquiry whose link has this code, even if it is closed."""
        return await self._row(_BY_MARK, mark_=self._held.key.mark(code))

    async def code_of(self, inquiry_id: int) -> str:
        """The code of an open inquiry; "" when it may no longer be handed out."""
        locked = await self._row(_LOCKED, inquiry=inquiry_id)
        return (self._held.key.unlock(locked) if locked else None) or ""

    async def one(self, inquiry_id: int) -> Inquiry | None:
        """An inquiry by its id."""
        return await self._row(_ONE, inquiry=inquiry_id)

    async def of_campaign(self, campaign_id: int) -> Sequence[Inquiry]:
        """All inquiries of a campaign, oldest first."""
        return await self._rows(_OF_CAMPAIGN, campaign=campaign_id)

    async def of_person(self, person_id: int) -> Sequence[Inquiry]:
        """All inquiries about a person, oldest first."""
        return await self._rows(_OF_PERSON, person=person_id)

    async def answers(self, inquiries: Sequence[int]) -> Sequence[InquiryAnswer]:
        """The answers to these inquiries, oldest first."""
        return await self._rows(_ANSWERS, inquiries=tuple(inquiries)) if inquiries else ()

    async def answer(self, answer_id: int) -> InquiryAnswer | None:
        """An answer by its id."""
        return await self._row(_AN_ANSWER, answer=answer_id)

    async def locked(self, inquiry_id: int) -> bool:
        """Lock the inquiry, so that others who answer it wait until the transaction ends. False when it does not exist."""
        return bool(
            await self._run(
                INQUIRY.update().where(INQUIRY.c.id == inquiry_id).values(campaign_id=INQUIRY.c.campaign_id)
            )
        )

    async def add_typed(
        self, inquiry_id: int, number: int, content: Mapping[str, Any], fingerprint: str, at: dt.datetime
    ) -> int:
        """Store an answer typed on the page; returns its id."""
        return await self._add(
            INQUIRY_ANSWER,
            inquiry_id=inquiry_id,
            number=number,
            came=Came.TYPED,
            at=at,
            content=dict(content),
            fingerprint=fingerprint,
            sha256="",
            size=0,
            kind="",
            name="",
        )

    async def add_scan(self, inquiry_id: int, number: int, file: tuple[str, int, str, str], at: dt.datetime) -> int:
        """Store a scan as an answer; `file` is (SHA-256, size, kind, name). Returns its id."""
        sha256, size, kind, name = file
        return await self._add(
            INQUIRY_ANSWER,
            inquiry_id=inquiry_id,
            number=number,
            came=Came.SCAN,
            at=at,
            content=None,
            fingerprint="",
            sha256=sha256,
            size=size,
            kind=kind,
            name=name,
        )

    async def receive(self, answer_id: int, by: Person, at: dt.datetime) -> bool:
        """Record that somebody confirms the sender of an answer. False when that was done before."""
        values = {"answer_id": answer_id, "by": by.id, "by_name": by.name, "at": at}
        return await self._once(INQUIRY_RECEIPT, ("answer_id",), values) is not None

    async def contents(self) -> Sequence[Content]:
        """The contents that must be in the folder for the scans."""
        return await self._rows(_CONTENTS)
