"""The tables. Core `Table` objects for the repositories, one name each."""

import sqlalchemy as sa

from storage.tables.access import AccountRow, CodeAttemptRow, InvitationRow
from storage.tables.base import Row
from storage.tables.organisation import OfficeRow, PersonRow, UnitRow
from storage.tables.reviews import AnswerRow, CampaignRow, DecisionRow, DraftRow, ReviewRow
from storage.tables.talks import AuditRow, ConversationRow, DeliveryRow, TurnRow

METADATA = Row.metadata


def _table(row: type[Row]) -> sa.Table:
    return METADATA.tables[str(row.__tablename__)]


OFFICE = _table(OfficeRow)
UNIT = _table(UnitRow)
PERSON = _table(PersonRow)
ACCOUNT = _table(AccountRow)
INVITATION = _table(InvitationRow)
CODE_ATTEMPT = _table(CodeAttemptRow)
CAMPAIGN = _table(CampaignRow)
REVIEW = _table(ReviewRow)
ANSWER = _table(AnswerRow)
DRAFT = _table(DraftRow)
DECISION = _table(DecisionRow)
CONVERSATION = _table(ConversationRow)
TURN = _table(TurnRow)
DELIVERY = _table(DeliveryRow)
AUDIT = _table(AuditRow)
