"""The papers of inquiries: the questions with their answers, blank or filled in, and the slip that asks for an opinion."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from bot.clock import ZONE
from rules.nouns.inquiries import Inquiry, InquiryAnswer
from templates.documents.inquiries.page import InquiryPage, filled, inquiry_page
from templates.documents.inquiries.slip import SlipPage, slip_page


def written(content: Mapping[str, Any], by: Mapping[str, str], answers: Mapping[str, str]) -> dict[str, Any]:
    """An answer as stored: what was asked, who the author claims to be, and what they wrote."""
    kept = {name: value for name, value in content.items() if name not in {"questions", "leads"}}
    parts = [
        {"label": one["label"], "options": one["options"], "text": answers.get(one["key"], "")}
        for one in content["questions"]
    ]
    return {**kept, "by": dict(by), "answers": parts}


def paper_of(answer: InquiryAnswer) -> InquiryPage:
    """The paper of a version."""
    assert answer.content is not None, "it was typed"
    return inquiry_page(answer.content, filled(answer.number, answer.at.astimezone(ZONE), answer.fingerprint))


def blank_of(content: Mapping[str, Any]) -> InquiryPage:
    """The blank paper."""
    return inquiry_page({**written(content, {}, {}), "by": None})


def slip_of(inquiry: Inquiry, code: str, today: dt.date) -> SlipPage:
    """The slip; without a link when the link is closed or leads nowhere."""
    leads = str(inquiry.content["leads"])
    link = leads + code if leads and code and inquiry.open(today) else ""
    return slip_page(inquiry.content, inquiry.by_name, inquiry.last_day, link)
