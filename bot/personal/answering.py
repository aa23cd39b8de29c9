"""A request about somebody's data is answered: what is agreed to be erased is erased in the same transaction."""

import datetime as dt

from rules.nouns.reviews import Json
from rules.personal.requests import RequestKind, RequestOutcome
from storage.transaction import Transaction

#: Outcomes that agree, in whole or in part.
_AGREED = frozenset({RequestOutcome.DONE, RequestOutcome.PARTLY})


async def answered(
    tx: Transaction, request: int, outcome: RequestOutcome, answer: str, by: int | None, now: dt.datetime
) -> bool:
    """Answer it (`by` None: at the command line) and tell the audit; False when there is none that waits."""
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
