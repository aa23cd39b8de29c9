"""Knowledge of the room WORK."""

import datetime as dt
from dataclasses import dataclass

from dialogs.core.handed import LedgerFile
from rules.ledger.catalogue import Catalogue
from rules.ledger.work import WorkLedger
from rules.nouns.reviews import Review


@dataclass(frozen=True, slots=True)
class WorkView:
    """Knowledge of WORK."""

    #: The ledger that the event is about, if it is the person's own or of somebody to whom they assign work.
    ledger: WorkLedger | None = None
    #: Who assigns work to the owner of that ledger; None: nobody here.
    giver: int | None = None
    #: The rulebook by which it is counted, if a sheet of the period tells.
    edition: tuple[str, dt.date] | None = None
    #: The person's own ledger of the period; `sheet` is the review that it fills.
    own: WorkLedger | None = None
    sheet: Review | None = None
    #: The periods in which this person has a ledger, newest first.
    periods: tuple[tuple[int, str], ...] = ()
    #: The period that the event is about.
    period: tuple[int, str] | None = None
    #: The ledgers of that period of the people to whom this person assigns work.
    people: tuple[WorkLedger, ...] = ()
    #: The ledgers of the people to whom work of `ledger` may be handed over.
    takers: tuple[WorkLedger, ...] = ()
    catalogue: Catalogue | None = None
    handed: LedgerFile | None = None
    #: The ledger that was kept with a draft.
    sent: WorkLedger | None = None
