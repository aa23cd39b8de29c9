"""The unit of work: one transaction, and the repositories that work in it."""

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

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
    """One transaction. Leaving it without `commit` changes nothing.

    `session` is there for libraries that write in the same transaction; the repositories use its
    connection.
    """

    def __init__(self, session: AsyncSession, connection: AsyncConnection) -> None:
        self.session = session
        self.accounts = Accounts(connection)
        self.audit = Audit(connection)
        self.campaigns = Campaigns(connection)
        self.conversations = Conversations(connection)
        self.deliveries = Deliveries(connection)
        self.invitations = Invitations(connection)
        self.people = People(connection)
        self.reviews = Reviews(connection)
        self.turns = Turns(connection)
        self.units = Units(connection)

    async def commit(self) -> None:
        """Keep everything that was done in this unit; nothing may be done in it afterwards."""
        await self.session.commit()
