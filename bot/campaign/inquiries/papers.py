"""The papers of opinions of bodies outside: what was asked with the answers, blank or filled; what asks for one, to be handed on."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from bot.clock import ZONE
from rules.nouns.inquiries import Inquiry, InquiryAnswer
from templates.documents.inquiries.page import InquiryPage, filled, inquiry_page
from templates.documents.inquiries.slip import SlipPage, slip_page


def written(content: Mapping[str, Any], by: Mapping[str, str], answers: Mapping[str, str]) -> dict[str, Any]:
    """What is kept of an answer: what was asked, who says they answered, what they wrote."""
    kept = {name: value for name, value in content.items() if name not in {"questions", "leads"}}
    parts = [
        {"label": one["label"], "options": one["options"], "text": answers.get(one["key"], "")}
        for one in content["questions"]
    ]
    return {**kept, "by": dict(by), "answers": parts}


def paper_of(answer: InquiryAnswer) -> InquiryPage:
    """A version as it came."""
    assert answer.content is not None, "it was typed"
    return inquiry_page(answer.content, filled(answer.number, answer.at.astimezone(ZONE), answer.fingerprint))


def blank_of(content: Mapping[str, Any]) -> InquiryPage:
    """The paper to be filled by hand."""
    return inquiry_page({**written(content, {}, {}), "by": None})


def slip_of(inquiry: Inquiry, code: str, today: dt.date) -> SlipPage:
    """What asks for it; without the link where it opens no longer, or leads nowhere."""
    leads = str(inquiry.content["leads"])
    link = leads + code if leads and code and inquiry.open(today) else ""
    return slip_page(inquiry.content, inquiry.by_name, inquiry.last_day, link)
