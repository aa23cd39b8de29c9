"""Answers requests about a person's data; what is agreed to be erased is erased in the same transaction."""

import datetime as dt

from rules.nouns.reviews import Json
from rules.personal.requests import RequestKind, RequestOutcome
from storage.transaction import Transaction

#: The outcomes that agree completely or in part.
_AGREED = frozenset({RequestOutcome.DONE, RequestOutcome.PARTLY})


async def answered(
    tx: Transaction, request: int, outcome: RequestOutcome, answer: str, by: int | None, now: dt.datetime
) -> bool:
    """Answer the request (`by` None: on the command line) and record it in the audit; False when no such request is
    waiting.
    """
    asked = await tx.requests.get(request)
    if asked is None or not await tx.requests.answer(request, outcome, answer, by, now):
        return False
    gone: dict[str, Json] = {}
    if asked.request.kind is RequestKind.ERASE and outcome in _AGREED:
        gone = {**await tx.personal.erase(asked.person.id, now)}
    told: dict[str, Json] = {"request": request, "kind": asked.request.kind.value, "outcome": outcome.value}
    await tx.audit.record(
        by if by is not None else "system",
        "data request answered",
        now,
        person_id=asked.person.id,
        detail={**told, "erased": gone} if gone else told,
    )
    return True
