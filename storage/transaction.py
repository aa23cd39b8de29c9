"""A transaction, and the repositories that work in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import sqlalchemy as sa

from storage.code_key import PASSING, CodeKey
from storage.connection import Connection
from storage.repositories.audit import Audit
from storage.repositories.base import Held
from storage.repositories.campaigns import Campaigns
from storage.repositories.conversations import Accounts, Conversations, Turns
from storage.repositories.deliveries import Deliveries
from storage.repositories.documents import Documents
from storage.repositories.invitations import Invitations
from storage.repositories.leases import Leases
from storage.repositories.ledgers import Ledgers
from storage.repositories.opinions import Covers, Improvements, OpinionsAsked
from storage.repositories.owed import Owed
from storage.repositories.people import People
from storage.repositories.personal import PersonalData
from storage.repositories.postings import Postings
from storage.repositories.requests import DataRequests
from storage.repositories.reviews import Reviews
from storage.repositories.rosters import Rosters
from storage.repositories.rulings import Rulings
from storage.repositories.seals import Seals
from storage.repositories.standings import Standings
from storage.repositories.tracking import Tracking
from storage.repositories.units import Units
from storage.repositories.uploads import Uploads
from storage.wake import Wake


class Transaction:
    """One transaction. Leaving it without `commit` changes nothing."""

    def __init__(self, connection: Connection, wake: Wake, key: CodeKey = PASSING) -> None:
        #: For libraries that write in this transaction; they never commit by themselves.
        self.connection = connection
        self._wake = wake
        self._key = key
        self._held = held = Held(key)
        self.accounts = Accounts(connection, held)
        self.audit = Audit(connection, held)
        self.campaigns = Campaigns(connection, held)
        self.conversations = Conversations(connection, held)
        self.covers = Covers(connection, held)
        self.deliveries = Deliveries(connection, held)
        self.documents = Documents(connection, held)
        self.improvements = Improvements(connection, held)
        self.invitations = Invitations(connection, held)
        self.leases = Leases(connection, held)
        self.ledgers = Ledgers(connection, held)
        self.opinions = OpinionsAsked(connection, held)
        self.owed = Owed(connection, held)
        self.people = People(connection, held)
        self.personal = PersonalData(connection, held)
        self.requests = DataRequests(connection, held)
        self.reviews = Reviews(connection, held)
        self.rosters = Rosters(connection, held)
        self.postings = Postings(connection, held)
        self.rulings = Rulings(connection, held)
        self.seals = Seals(connection, held)
        self.standings = Standings(connection, held)
        self.tracking = Tracking(connection, held)
        self.turns = Turns(connection, held)
        self.units = Units(connection, held)
        self.uploads = Uploads(connection, held)

    @asynccontextmanager
    async def rehearsal(self) -> AsyncIterator["Transaction"]:
        """A transaction within this one that sees what this one did, and of which nothing is kept."""
        await self.connection.execute(sa.text("SAVEPOINT rehearsal"))
        try:
            yield Transaction(self.connection, self._wake, self._key)
        finally:
            await self.connection.execute(sa.text("ROLLBACK TO SAVEPOINT rehearsal"))
            await self.connection.execute(sa.text("RELEASE SAVEPOINT rehearsal"))

    async def commit(self) -> None:
        """Keep everything that was done in this transaction; nothing may be done in it afterwards. Who waits for it is woken."""
        await self.connection.commit()
        self._wake.tell(self._held.told)
