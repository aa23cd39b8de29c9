"""The union of what rooms may know."""

from dialogs.core.knowledge.authority import Deciding
from dialogs.core.knowledge.dossiers import DossiersView
from dialogs.core.knowledge.inquiries import InquiriesView
from dialogs.core.knowledge.ledgers import WorkView
from dialogs.core.knowledge.meetings import MeetingView
from dialogs.core.knowledge.office import OfficeView
from dialogs.core.knowledge.others import Cover, Opinions
from dialogs.core.knowledge.personal import DataKnown
from dialogs.core.knowledge.polls import PollsView
from dialogs.core.knowledge.reports import ReportView
from dialogs.core.knowledge.results import Redoings, Results
from dialogs.core.knowledge.rounds import RoundsView
from dialogs.core.knowledge.sheets import Sheets
from dialogs.core.knowledge.upward import UpwardView

RoomKnowledge = (
    InquiriesView
    | PollsView
    | RoundsView
    | ReportView
    | UpwardView
    | MeetingView
    | DossiersView
    | Sheets
    | Deciding
    | Results
    | Cover
    | Opinions
    | Redoings
    | OfficeView
    | WorkView
    | DataKnown
)
