"""What came by the page is kept: a version that was written, or a scan of the signed paper; who asked is told."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from bot.campaign.inquiries.papers import written
from bot.delivery.notices import Notice, notify_many
from bot.documents.content import canonical
from bot.inquiries.house import InquiryHouse, InquiryRequest
from dialogs.core.turn import Key, Reply
from dialogs.inquiries.keys import HOME as TO_HOME
from rules.nouns.inquiries import MOST_ANSWERS, MOST_SCANS, Came, Inquiry, InquiryAnswer
from storage.transaction import Transaction


class TooMany(Exception):
    """So many answers, or scans, came by this link that it takes no more."""


class Over(Exception):
    """The link ended while the answer was under way."""


async def keep_written(
    house: InquiryHouse, asked: InquiryRequest, by: Mapping[str, str], said: Mapping[str, str]
) -> None:
    """The next version; the same as the one before (a button pressed twice) is that one. Raises Over, TooMany."""
    content = written(asked.inquiry.content, by, said)
    mark = hashlib.sha256(canonical(content)).hexdigest()
    async with house.store.transaction() as tx:
        mine, number = await _locked(tx, asked)
        typed = [one for one in mine if one.came is Came.TYPED]
        if typed and typed[-1].fingerprint == mark:
            return
        if len(typed) >= MOST_ANSWERS:
            raise TooMany
        await tx.inquiries.add_typed(asked.inquiry.id, number, content, mark, asked.now)
        await _told(house, tx, asked, "outside answered", number, by["name"])
        await tx.commit()


async def keep_scan(house: InquiryHouse, asked: InquiryRequest, file: tuple[str, int, str, str]) -> None:
    """A file that was looked at and lies in the folder (SHA-256, size, kind, name). Raises Over, TooMany."""
    async with house.store.transaction() as tx:
        mine, number = await _locked(tx, asked)
        scans = [one for one in mine if one.came is Came.SCAN]
        if scans and scans[-1].sha256 == file[0]:
            return
        if len(scans) >= MOST_SCANS:
            raise TooMany
        await tx.inquiries.add_scan(asked.inquiry.id, number, file, asked.now)
        await _told(house, tx, asked, "outside scan", number, "")
        await tx.commit()


async def _locked(tx: Transaction, asked: InquiryRequest) -> tuple[Sequence[InquiryAnswer], int]:
    """What came by this link so far, and the number of what comes now; others about the same person wait until this is kept."""
    first, *_ = await _alike(tx, asked.inquiry)
    await tx.inquiries.locked(first.id)
    now = await tx.inquiries.one(asked.inquiry.id)
    if now is None or not now.open(asked.today):
        raise Over
    every = await tx.inquiries.answers([one.id for one in await _alike(tx, asked.inquiry)])
    return [one for one in every if one.inquiry_id == now.id], max((one.number for one in every), default=0) + 1


async def _alike(tx: Transaction, inquiry: Inquiry) -> Sequence[Inquiry]:
    return [one for one in await tx.inquiries.of_person(inquiry.person_id) if one.about == inquiry.about]


async def _told(house: InquiryHouse, tx: Transaction, asked: InquiryRequest, what: str, number: int, name: str) -> None:
    """The audit, whom it is about, and who asked."""
    inquiry = asked.inquiry
    detail: dict[str, Any] = {"campaign": inquiry.campaign_id, "inquiry": inquiry.id, "number": number}
    await tx.audit.record("outside", what, asked.now, person_id=inquiry.person_id, detail=detail)
    about = inquiry.content["about"]
    keys = ((Key("inquiry/home", TO_HOME.button),),)
    notices = [
        Notice(
            one,
            f"inquiry-came:{inquiry.id}:{number}:{one}",
            Reply(
                "notice/inquiry_came",
                {
                    "title": inquiry.content["title"],
                    "name": "" if one == inquiry.person_id else about["name"],
                    "number": number,
                    "scan": what == "outside scan",
                    "by": name,
                },
                keys,
            ),
            campaign=inquiry.campaign_id,
        )
        for one in dict.fromkeys((inquiry.person_id, inquiry.by))
    ]
    await notify_many(tx, notices, asked.now, house.jobs)
