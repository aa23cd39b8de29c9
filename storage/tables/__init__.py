"""The database tables, as SQLAlchemy Core `Table` objects for the repositories, one name each."""

import sqlalchemy as sa

from storage.tables.access import (
    AccountRow,
    CodeAttemptRow,
    ConsoleLinkRow,
    InvitationRow,
    PushAddressRow,
    PushKeyRow,
)
from storage.tables.base import Row
from storage.tables.documents import ActRow, DocumentRow
from storage.tables.enclosures import EnclosureRow
from storage.tables.inquiries import InquiryAnswerRow, InquiryReceiptRow, InquiryRow
from storage.tables.leases import LeaseRow
from storage.tables.ledgers import CatalogueRow, WorkRow
from storage.tables.meetings import HappeningRow, MeetingRow, MinutesRow, WallLinkRow
from storage.tables.organisation import (
    OfficeRow,
    PartyBodyRow,
    PersonRow,
    PostingRow,
    PostRow,
    StandInRow,
    UnitRow,
)
from storage.tables.own_tables import OwnTableRow
from storage.tables.personal import BreachRow, DataRequestRow
from storage.tables.polls import PollBoxRow, PollPersonRow, PollRow
from storage.tables.reviews import (
    AnswerRow,
    CampaignPartRow,
    CampaignRow,
    DecisionRow,
    DraftRow,
    ExtensionRow,
    FigureRow,
    ReportPartRow,
    ReviewRow,
)
from storage.tables.rounds import (
    PointsWeightRow,
    RoundAnswerRow,
    RoundAskedRow,
    RoundBoxRow,
    RoundPaperRow,
    RoundRow,
    RoundSettledRow,
    RoundSlipsRow,
    RoundVoiceRow,
)
from storage.tables.rulings import (
    AcknowledgementRow,
    EndorsementRow,
    ImprovementRow,
    OpinionRow,
    PetitionRow,
    RulingRow,
)
from storage.tables.seals import SealRow
from storage.tables.talks import AuditRow, ConversationRow, DeliveryRow, OwedRow, TurnRow
from storage.tables.tracking import OutsideScoreRow, RedoingRow
from storage.tables.uploads import UploadRow
from storage.tables.upward import SentUpRow
from storage.tables.word_templates import DocumentTemplateRow, TemplateChoiceRow, WordTemplateRow

METADATA = Row.metadata


def _table(row: type[Row]) -> sa.Table:
    return METADATA.tables[str(row.__tablename__)]


OFFICE = _table(OfficeRow)
UNIT = _table(UnitRow)
PERSON = _table(PersonRow)
ACCOUNT = _table(AccountRow)
INVITATION = _table(InvitationRow)
CONSOLE_LINK = _table(ConsoleLinkRow)
CODE_ATTEMPT = _table(CodeAttemptRow)
PUSH_ADDRESS = _table(PushAddressRow)
PUSH_KEY = _table(PushKeyRow)
POST = _table(PostRow)
POSTING = _table(PostingRow)
PARTY_BODY = _table(PartyBodyRow)
STAND_IN = _table(StandInRow)
CAMPAIGN = _table(CampaignRow)
CAMPAIGN_PART = _table(CampaignPartRow)
REVIEW = _table(ReviewRow)
EXTENSION = _table(ExtensionRow)
REPORT_PART = _table(ReportPartRow)
FIGURE = _table(FigureRow)
ANSWER = _table(AnswerRow)
DRAFT = _table(DraftRow)
DECISION = _table(DecisionRow)
ENDORSEMENT = _table(EndorsementRow)
RULING = _table(RulingRow)
DOCUMENT = _table(DocumentRow)
ACT = _table(ActRow)
ACKNOWLEDGEMENT = _table(AcknowledgementRow)
PETITION = _table(PetitionRow)
OPINION = _table(OpinionRow)
IMPROVEMENT = _table(ImprovementRow)
CONVERSATION = _table(ConversationRow)
TURN = _table(TurnRow)
OWED = _table(OwedRow)
DELIVERY = _table(DeliveryRow)
AUDIT = _table(AuditRow)
LEASE = _table(LeaseRow)
UPLOAD = _table(UploadRow)
ENCLOSURE = _table(EnclosureRow)
OWN_TABLE = _table(OwnTableRow)
INQUIRY = _table(InquiryRow)
INQUIRY_ANSWER = _table(InquiryAnswerRow)
INQUIRY_RECEIPT = _table(InquiryReceiptRow)
WORD_TEMPLATE = _table(WordTemplateRow)
TEMPLATE_CHOICE = _table(TemplateChoiceRow)
DOCUMENT_TEMPLATE = _table(DocumentTemplateRow)
OUTSIDE_SCORE = _table(OutsideScoreRow)
REDOING = _table(RedoingRow)
CATALOGUE = _table(CatalogueRow)
WORK = _table(WorkRow)
MEETING = _table(MeetingRow)
HAPPENING = _table(HappeningRow)
MINUTES = _table(MinutesRow)
SENT_UP = _table(SentUpRow)
WALL_LINK = _table(WallLinkRow)
SEAL = _table(SealRow)
DATA_REQUEST = _table(DataRequestRow)
BREACH = _table(BreachRow)
POLL = _table(PollRow)
POLL_PERSON = _table(PollPersonRow)
POLL_BOX = _table(PollBoxRow)
ROUND = _table(RoundRow)
ROUND_ASKED = _table(RoundAskedRow)
ROUND_ANSWER = _table(RoundAnswerRow)
ROUND_SETTLED = _table(RoundSettledRow)
ROUND_SLIPS = _table(RoundSlipsRow)
ROUND_BOX = _table(RoundBoxRow)
ROUND_VOICE = _table(RoundVoiceRow)
ROUND_PAPER = _table(RoundPaperRow)
POINTS_WEIGHT = _table(PointsWeightRow)
