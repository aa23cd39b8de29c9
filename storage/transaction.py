"""Transactions, and the repositories that work inside them."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Generic, TypeVar

import sqlalchemy as sa

from storage.code_key import PASSING, CodeKey
from storage.connection import Connection
from storage.known_meetings import KnownMeetings
from storage.repositories.access.accounts import Accounts
from storage.repositories.access.chosen import ChosenPeople
from storage.repositories.access.consoles import Consoles
from storage.repositories.access.invitations import Invitations
from storage.repositories.access.pushes import Pushes
from storage.repositories.audit import Audit
from storage.repositories.base import Held
from storage.repositories.campaigns import Campaigns
from storage.repositories.documents import Documents
from storage.repositories.enclosures import Enclosures
from storage.repositories.extensions import Extensions
from storage.repositories.inquiries import Inquiries
from storage.repositories.leases import Leases
from storage.repositories.lists.choosing import Choosing
from storage.repositories.lists.overview import Overview
from storage.repositories.lists.standings import Standings
from storage.repositories.lists.stopping import Stopping
from storage.repositories.meetings import Meetings
from storage.repositories.offices.ledgers import Ledgers
from storage.repositories.offices.own_tables import OwnTables
from storage.repositories.offices.people import People
from storage.repositories.offices.postings import Postings
from storage.repositories.offices.rosters import Rosters
from storage.repositories.offices.units import Units
from storage.repositories.offices.word_templates import WordTemplates
from storage.repositories.opinions import Covers, Improvements, OpinionsAsked
from storage.repositories.personal import PersonalData
from storage.repositories.polls import Polls
from storage.repositories.reports import Reports
from storage.repositories.requests import DataRequests
from storage.repositories.reviews import Reviews
from storage.repositories.rounds import Rounds
from storage.repositories.rulings import Rulings
from storage.repositories.seals import Seals
from storage.repositories.sent_ups import SentUps
from storage.repositories.sheets import Sheets
from storage.repositories.talk.conversations import Conversations
from storage.repositories.talk.deliveries import Deliveries
from storage.repositories.talk.owed import OwedRows
from storage.repositories.talk.turns import Turns
from storage.repositories.talk.uploads import Uploads
from storage.repositories.tracking import Tracking
from storage.wake import Wake

_Made = TypeVar("_Made")


class _Part(Generic[_Made]):
    """A repository of a transaction, created when it is first used; most are never used."""

    def __init__(self, make: Callable[[Connection, Held], _Made]) -> None:
        self._make = make

    def __set_name__(self, _: type, name: str) -> None:
        self._name = name

    def __get__(self, tx: "Transaction", _: type) -> _Made:
        made = self._make(tx.connection, tx.held)
        setattr(tx, self._name, made)
        return made


class Transaction:
    """A transaction. Leaving it without `commit` changes nothing."""

    def __init__(
        self, connection: Connection, wake: Wake, key: CodeKey = PASSING, meetings: KnownMeetings[Any] | None = None
    ) -> None:
        #: The connection, for libraries that write in this transaction; they never commit by themselves.
        self.connection = connection
        self._wake = wake
        self._key = key
        #: What the repositories have loaded and locked already.
        self.held = Held(key, meetings or KnownMeetings())

    accounts = _Part(Accounts)
    audit = _Part(Audit)
    campaigns = _Part(Campaigns)
    choosing = _Part(Choosing)
    chosen = _Part(ChosenPeople)
    consoles = _Part(Consoles)
    conversations = _Part(Conversations)
    covers = _Part(Covers)
    deliveries = _Part(Deliveries)
    documents = _Part(Documents)
    enclosures = _Part(Enclosures)
    extensions = _Part(Extensions)
    improvements = _Part(Improvements)
    inquiries = _Part(Inquiries)
    invitations = _Part(Invitations)
    leases = _Part(Leases)
    ledgers = _Part(Ledgers)
    meetings = _Part(Meetings)
    opinions = _Part(OpinionsAsked)
    overview = _Part(Overview)
    owed = _Part(OwedRows)
    people = _Part(People)
    personal = _Part(PersonalData)
    polls = _Part(Polls)
    pushes = _Part(Pushes)
    reports = _Part(Reports)
    requests = _Part(DataRequests)
    reviews = _Part(Reviews)
    rosters = _Part(Rosters)
    postings = _Part(Postings)
    rounds = _Part(Rounds)
    rulings = _Part(Rulings)
    seals = _Part(Seals)
    sent_ups = _Part(SentUps)
    sheets = _Part(Sheets)
    standings = _Part(Standings)
    stopping = _Part(Stopping)
    tracking = _Part(Tracking)
    turns = _Part(Turns)
    units = _Part(Units)
    uploads = _Part(Uploads)
    templates = _Part(WordTemplates)
    own_tables = _Part(OwnTables)

    async def of_one_instant(self) -> None:
        """From now on read everything as of the first query. It must be called before that query; SQLite always behaves
        so.
        """
        if self.connection.dialect.name == "postgresql":
            await self.connection.execute(sa.text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))

    @asynccontextmanager
    async def rehearsal(self) -> AsyncIterator["Transaction"]:
        """A rehearsal: a nested transaction that sees what this one did, and of which nothing is kept."""
        await self.connection.execute(sa.text("SAVEPOINT rehearsal"))
        try:
            yield Transaction(self.connection, self._wake, self._key)
        finally:
            await self.connection.execute(sa.text("ROLLBACK TO SAVEPOINT rehearsal"))
            await self.connection.execute(sa.text("RELEASE SAVEPOINT rehearsal"))

    async def commit(self) -> None:
        """Commit everything done in this transaction, which must not be used afterwards, and wake whoever waits for the
        changes.
        """
        await self.connection.commit()
        self._wake.tell(self.held.told)
