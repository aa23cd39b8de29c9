"""What WORK knows."""

import datetime as dt
from dataclasses import dataclass

from dialogs.core.handed import LedgerFile
from rules.ledger.catalogue import Catalogue
from rules.ledger.work import WorkLedger
from rules.nouns.reviews import Review


@dataclass(frozen=True, slots=True)
class WorkView:
    """WORK. `ledger`: the one an event is about, when it is one's own or of somebody whose work this person assigns; `giver`:
    who assigns the work of its person (None: nobody here); `edition`: the rulebook that counts it, as far as a sheet of the period
    says which. `own`: one's own ledger of the period, `sheet` the review it fills. `periods`: those with a ledger for this
    person, newest first; `period`: the one the event is about. `people`: the ledgers of that period of those whose work this person
    assigns; `takers`: of those to whom the work of `ledger` may be handed over. `sent`: the ledger that was kept with a draft.
    """

    ledger: WorkLedger | None = None
    giver: int | None = None
    edition: tuple[str, dt.date] | None = None
    own: WorkLedger | None = None
    sheet: Review | None = None
    periods: tuple[tuple[int, str], ...] = ()
    period: tuple[int, str] | None = None
    people: tuple[WorkLedger, ...] = ()
    takers: tuple[WorkLedger, ...] = ()
    catalogue: Catalogue | None = None
    handed: LedgerFile | None = None
    sent: WorkLedger | None = None
