"""Kinds of data and requests as templates take them."""

import datetime as dt
from collections.abc import Mapping

from rules.nouns.reviews import Json
from rules.personal.kinds import DataKind
from rules.personal.requests import DataRequest


def kind_values(kind: DataKind, days: Mapping[str, int]) -> dict[str, Json]:
    """A kind of data with its time limits. `keeps`: record, roster, or the name of the limit; `days`: 0 if there is
    none.
    """
    return {
        "key": kind.key,
        "keeps": kind.keeps,
        "days": days.get(kind.keeps, 0),
        "strangers": days["strangers"],
        "leavers": days["leavers"],
        "readers": [one.value for one in kind.readers],
        "cite": kind.clause.cite,
        "seen": kind.clause.seen,
        "rulebook": kind.clause.rulebook,
    }


def request_values(one: DataRequest, today: dt.date) -> dict[str, Json]:
    """A request, its next last day and its outcome. `days`: days until then, negative when it has passed."""
    return {
        "kind": one.kind.value,
        "text": one.text,
        "asked_at": one.asked_at.isoformat(),
        "seen": one.seen_at is not None,
        "due": one.due.isoformat(),
        "days": (one.due - today).days,
        "outcome": one.outcome.value if one.outcome else "",
        "answer": one.answer,
        "answered_at": one.answered_at.isoformat() if one.answered_at else "",
    }
