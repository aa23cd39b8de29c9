"""Stores answers from the page, typed or as a scan of the signed paper, and tells whoever asked."""

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
    """The maximum number of answers or scans was sent by this link."""


class Over(Exception):
    """The link was closed while the answer was being sent."""


async def keep_written(
    house: InquiryHouse, asked: InquiryRequest, by: Mapping[str, str], said: Mapping[str, str]
) -> None:
    """Store the next version; one equal to the previous (a button pressed twice) is not stored again. Raises Over,
    TooMany.
    """
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
    """Store a scan that was checked and lies in the folder (SHA-256, size, kind, name). Raises Over, TooMany."""
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
    """The answers so far and the next number, with the inquiry locked: others who answer about the same person wait."""
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
    """Record it in the audit, and tell the person it is about and whoever asked."""
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
