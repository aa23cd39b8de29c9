"""The unit of work: one transaction, and the repositories that work in it."""

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from storage.held import Held
from storage.repositories.accounts import Accounts
from storage.repositories.audit import Audit
from storage.repositories.campaigns import Campaigns
from storage.repositories.conversations import Conversations
from storage.repositories.deliveries import Deliveries
from storage.repositories.invitations import Invitations
from storage.repositories.people import People
from storage.repositories.reviews import Reviews
from storage.repositories.turns import Turns
from storage.repositories.units import Units


class Unit:
    """One transaction. Leaving it without `commit` changes nothing."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        held = Held()
        self.accounts = Accounts(connection, held)
        self.audit = Audit(connection, held)
        self.campaigns = Campaigns(connection, held)
        self.conversations = Conversations(connection, held)
        self.deliveries = Deliveries(connection, held)
        self.invitations = Invitations(connection, held)
        self.people = People(connection, held)
        self.reviews = Reviews(connection, held)
        self.turns = Turns(connection, held)
        self.units = Units(connection, held)

    @property
    def session(self) -> AsyncSession:
        """A session in this transaction, for libraries that write in it. It never commits by itself."""
        return AsyncSession(self._connection, join_transaction_mode="rollback_only")

    async def commit(self) -> None:
        """Keep everything that was done in this unit; nothing may be done in it afterwards."""
        await self._connection.commit()
