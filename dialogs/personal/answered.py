"""What a person is told when their data request is answered, by the desk in chat or at the command line."""

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from dialogs.core.buttons import Button
from dialogs.core.turn import Key, Reply
from dialogs.personal.values import request_values
from rules.nouns.reviews import Json
from rules.personal.kinds import personal
from rules.personal.requests import DataRequest, RequestOutcome


class AnswerNotice(NamedTuple):
    """The notice of an answer, with a key that makes it unique for each request."""

    key: str
    reply: Reply


def answer_notice(
    request: DataRequest, outcome: RequestOutcome, said: str, today: dt.date, by: Mapping[str, Json] | None = None
) -> AnswerNotice:
    """The notice that a request was answered. `by`: who in the desk answered (`by`, `by_unit`); None: the command line."""
    told = request_values(request, today)
    asked = {name: told[name] for name in ("kind", "text", "asked_at", "seen", "due", "days")}
    values: dict[str, Json] = {**asked, "outcome": outcome.value, "answer": said}
    who = by or {"by": "", "by_unit": ""}
    reply = Reply("notice/data_answered", {**values, **who, "records": personal().clauses["records"].cite}, to_mine())
    return AnswerNotice(f"data:{request.id}:answered", reply)


def to_mine() -> tuple[tuple[Key, ...], ...]:
    """The button to one's own requests."""
    return ((Key("data/to_mine", Button("data_mine")),),)
