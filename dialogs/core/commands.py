"""Commands of a campaign: what heads, authorities, the desk and people do besides the interview itself."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from rules.balloting.poll import Poll, Stage
from rules.ledger.work import WorkLine
from rules.meeting.happenings import NewHappening
from rules.nouns.reviews import Json
from rules.nouns.rounds import Round
from rules.nouns.rulings import PetitionOutcome, Response
from rules.nouns.tracking import LastMonth, OutsideScore
from rules.nouns.values import Rating
from rules.personal.requests import RequestKind, RequestOutcome
from rules.upward.standing import Deed


@dataclass(frozen=True, slots=True)
class Endorse:
    """A step of the chain agrees with exactly this content and hands it on to the next step. When the draft is at
    another step by then, somebody else (the head, a stand-in) was first.
    """

    review: int
    version: int
    comment: str
    for_whom: int | None = None  # a stand-in: for whom
    step: int = 0  # place in Review.steps


@dataclass(frozen=True, slots=True)
class Decide:
    """The authority's decision on a review; fields as in rules.nouns.rulings.Ruling. `number` is that of the new ruling:
    when there is one of that number already, somebody else was first.
    """

    review: int
    version: int
    number: int
    ratings: Mapping[str, Rating | None]
    remarks: str = ""
    measures: str = ""
    prospects: str = ""
    reason: str = ""
    cite: str = ""
    document: str = ""
    signer: str = ""
    for_whom: int | None = None


@dataclass(frozen=True, slots=True)
class Respond:
    """The person takes notice of a ruling, with or without a reserved opinion."""

    review: int
    number: int
    response: Response
    text: str = ""


@dataclass(frozen=True, slots=True)
class FilePetition:
    """The person petitions against the ruling `number`. `due`: last day of the answer."""

    review: int
    number: int
    text: str
    due: dt.date | None
    cite: str


@dataclass(frozen=True, slots=True)
class AnswerPetition:
    """The authority's answer (or, WITHDRAWN, the person's)."""

    petition: int
    review: int
    outcome: PetitionOutcome
    answer: str


@dataclass(frozen=True, slots=True)
class AddImprovement:
    """A line of the person's own plan: what, by when."""

    year: int
    what: str
    by: dt.date


@dataclass(frozen=True, slots=True)
class EndImprovement:
    """A line of the plan is done, or taken out."""

    improvement: int
    done: bool


@dataclass(frozen=True, slots=True)
class SetStandIn:
    """Somebody acts for an absent head on these days."""

    absent: int
    stand_in: int
    since: dt.date
    until: dt.date


@dataclass(frozen=True, slots=True)
class EndStandIn:
    """The absent head is back, or it was a mistake."""

    id: int


@dataclass(frozen=True, slots=True)
class GiveOpinion:
    """The opinion that was asked."""

    opinion: int
    review: int
    text: str


@dataclass(frozen=True, slots=True)
class BeginRound:
    """A draft goes round as it is at this moment, to `asked` (by id, in order). `begun`: without its id; `bodies`: who speaks for which."""

    begun: Round
    asked: tuple[int, ...]
    bodies: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BeginSheets:
    """A sheet about each of several people goes round, of whom nobody has one yet."""

    campaign: int
    sheets: tuple[BeginRound, ...]


@dataclass(frozen=True, slots=True)
class AnswerRound:
    """What the person says to it now, in place of whatever they said before. `comments`: by section."""

    round: int
    agrees: bool
    comments: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PutInBox:
    """What the person says without a name; "": they agree. Nothing but the box ever holds it."""

    round: int
    text: str


@dataclass(frozen=True, slots=True)
class EnterSlips:
    """What the papers of a round on paper said, in place of what was entered before: how many came back, how many of them only agree, what
    others say. `before`: of how many papers something was entered when it was shown (-1: of none, nothing was).
    """

    round: int
    returned: int
    agreeing: int
    texts: tuple[str, ...] = ()
    before: int = -1


@dataclass(frozen=True, slots=True)
class ConsentToName:
    """Whether the person agrees to answer with their name, where too few are asked for more."""

    round: int
    agreed: bool


@dataclass(frozen=True, slots=True)
class SettleComment:
    """A comment is taken up, or not, and why. `person` None: one without a name, at the place `section`."""

    round: int
    person: int | None
    section: int
    mark: str
    taken: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ProlongRound:
    """The round has another, later last day. `before`: the one it had when that was chosen."""

    round: int
    before: dt.date
    last_day: dt.date


@dataclass(frozen=True, slots=True)
class ConcludeSheet:
    """What all who were asked propose together, of a sheet about somebody; a new paper in the place of one before."""

    round: int
    text: str
    rating: Rating


@dataclass(frozen=True, slots=True)
class WeighPoints:
    """By which weights (round → per cent) the points of a part of a campaign come to one, and which paper says so; none: side by side."""

    campaign: int
    rulebook: str
    weights: Mapping[str, Decimal]
    source: str


@dataclass(frozen=True, slots=True)
class EndRound:
    """The round ends before its last day."""

    round: int


@dataclass(frozen=True, slots=True)
class OpenCampaign:
    """The desk opens a campaign over the roster as it is kept. `timetable`: rulebook → milestone → day."""

    rulebooks: tuple[str, ...]
    year: int
    period: str
    timetable: Mapping[str, Mapping[str, dt.date]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MoveMilestone:
    """The desk moves the last day of a milestone."""

    campaign: int
    rulebook: str
    milestone: str
    day: dt.date


@dataclass(frozen=True, slots=True)
class Extend:
    """The desk gives reviews of a campaign another last day, or takes it back (`until` None). `was`: each review with the day it had by an
    extension when that was shown.
    """

    campaign: int
    was: tuple[tuple[int, dt.date | None], ...]
    until: dt.date | None
    reason: str


@dataclass(frozen=True, slots=True)
class AskAnew:
    """The person asks to do a confirmed version of a sheet anew."""

    review: int
    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class AnswerAnew:
    """Whoever confirmed it answers."""

    review: int
    redoing: int
    agreed: bool
    text: str = ""


@dataclass(frozen=True, slots=True)
class RecordMonths:
    """The desk records what the body before sent of somebody."""

    person: int
    scores: tuple[OutsideScore, ...]


@dataclass(frozen=True, slots=True)
class ChooseLastMonth:
    """The desk chooses, once for a campaign of the year, how its last month counts."""

    campaign: int
    chosen: LastMonth


@dataclass(frozen=True, slots=True)
class CloseCampaign:
    """The desk closes a campaign; `open_items` are the reviews it saw as open and named so."""

    campaign: int
    open_items: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class UndoCampaign:
    """The desk takes an opening back: nobody has answered."""

    campaign: int


@dataclass(frozen=True, slots=True)
class Broadcast:
    """The desk writes to all whom a filter names. `to` are the people it was counted for."""

    campaign: int
    key: str
    text: str
    to: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reissue:
    """A fresh invitation (made by the shell) for a person; the unused ones before are worth nothing. `opens_at`: of one given
    anew, to who had come in before.
    """

    person: int
    code: str
    opens_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class AgreeToCode:
    """The person says that a code given anew is for them: it opens at once."""

    invitation: int


@dataclass(frozen=True, slots=True)
class RefuseCode:
    """The person did not ask for it: it is worth nothing."""

    invitation: int


@dataclass(frozen=True, slots=True)
class AskHaste:
    """The desk asks for a code given anew to open at once, with a reason."""

    person: int
    invitation: int
    reason: str


@dataclass(frozen=True, slots=True)
class AgreeHaste:
    """The second person agrees: the code opens at once."""

    person: int
    invitation: int


@dataclass(frozen=True, slots=True)
class ConfirmNewcomer:
    """Somebody else than the head who gave the first code says that whoever came in by it is the right one."""

    person: int


@dataclass(frozen=True, slots=True)
class RevokeInvitations:
    """All unused invitations of a person are worth nothing."""

    person: int


@dataclass(frozen=True, slots=True)
class UntiePerson:
    """All accounts of a person are untied."""

    person: int


@dataclass(frozen=True, slots=True)
class Snooze:
    """No reminders to this person until that day; what is due is due all the same."""

    until: dt.date


@dataclass(frozen=True, slots=True)
class SetOffice:
    """The desk changes a setting of its office (rules.nouns.office.OfficeSettings), by name."""

    name: str
    value: str | int | bool | list[int]


@dataclass(frozen=True, slots=True)
class NameDrafter:
    """From now on this person answers for a body's report. `before`: who did."""

    review: int
    person: int
    before: int | None


@dataclass(frozen=True, slots=True)
class GivePart:
    """A part of a body's report (a section, item or question of its form) is somebody's to write until that day."""

    review: int
    place: str
    writer: int
    due: dt.date | None


@dataclass(frozen=True, slots=True)
class FinishPart:
    """Its writer says that a part is done."""

    review: int
    part: int


@dataclass(frozen=True, slots=True)
class TakePartBack:
    """A part is nobody's any more; what was written stays."""

    review: int
    part: int


@dataclass(frozen=True, slots=True)
class Refuse:
    """Somebody tried what they may not do: kept in the audit, nothing else changes."""

    action: str  # rules.campaign.permissions.Action
    reason: str
    review: int | None = None
    person: int | None = None
    campaign: int | None = None


@dataclass(frozen=True, slots=True)
class KeepUpload:
    """Keep the file of this event, in place of what this person handed in before."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class DropUpload:
    """What this person handed in is not wanted any more."""


@dataclass(frozen=True, slots=True)
class ImportRoster:
    """Keep the roster this person handed in, whole, in place of the one of that revision. `days`: since when what it
    changes is so, where the file does not say: roster key → an ISO day, "" for what was written wrongly before.
    """

    sha256: str
    revision: int
    days: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChooseTemplate:
    """What is sent of a form from now on is printed with the Word file that was handed in and looked at."""

    form: str
    sha256: str


@dataclass(frozen=True, slots=True)
class LetTemplateGo:
    """What is sent of a form from now on is printed with the generic template."""

    form: str


@dataclass(frozen=True, slots=True)
class KeepWork:
    """Lines of somebody's ledger of a period: new ones, and others as they are from now on. When one of them was written by
    somebody else meanwhile, the event is taken again.
    """

    person: int
    year: int
    period: str
    lines: tuple[WorkLine, ...]


@dataclass(frozen=True, slots=True)
class KeepEnclosure:
    """A file handed in at a place of a dossier: of a unit, of a person, or of the office. What was there before stays kept."""

    campaign: int
    rulebook: str
    place: str
    unit: int | None
    person: int | None
    sha256: str
    size: int
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class AskOutside:
    """An opinion of a body outside is asked about these people (each with how many links there were), by a link that opens until `last_day`. `code`: the one that the link
    carries, of one person; each of several gets one of their own. `leads`: what links begin with ("": nowhere).
    """

    campaign: int
    rulebook: str
    key: str
    people: tuple[tuple[int, int], ...]
    last_day: dt.date
    leads: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class WithdrawLink:
    """The link of an opinion that was asked opens no longer."""

    inquiry: int


@dataclass(frozen=True, slots=True)
class ReceiveOutside:
    """What came by a link came from whom it says; a scan lies in the dossier from now on, at its `place` ("": the text has none)."""

    answer: int
    place: str


@dataclass(frozen=True, slots=True)
class KeepOwnTable:
    """A file of the office stands for a summary table from now on, in place of the one that was `seen` (0: of ours), which stays kept."""

    campaign: int
    rulebook: str
    table: str
    seen: int
    sha256: str
    size: int
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class TakeOutOwnTable:
    """Ours stands for a summary table again, in place of the file that was `seen`, which stays kept."""

    campaign: int
    rulebook: str
    table: str
    seen: int


@dataclass(frozen=True, slots=True)
class KeepCatalogue:
    """Keep the catalogue this person handed in, after the one of the number `seen`."""

    sha256: str
    seen: int


@dataclass(frozen=True, slots=True)
class ImportWork:
    """Keep the work of the office this person handed in, if it changes just what `stamp` says."""

    sha256: str
    stamp: str


@dataclass(frozen=True, slots=True)
class AskData:
    """The person asks something about their own data. `reply_due`, `act_due`: the last days of the first word and of the answer."""

    kind: RequestKind
    text: str
    reply_due: dt.date
    act_due: dt.date
    cite: str


@dataclass(frozen=True, slots=True)
class WithdrawData:
    """The person takes such a request back."""

    request: int


@dataclass(frozen=True, slots=True)
class SeeData:
    """The desk says that it looks at a request."""

    request: int


@dataclass(frozen=True, slots=True)
class AnswerData:
    """The desk answers a request of this person, with a reason. What may be erased is erased with it, where that is agreed to."""

    request: int
    person: int
    kind: RequestKind
    outcome: RequestOutcome
    answer: str


@dataclass(frozen=True, slots=True)
class CallMeeting:
    """A meeting of a unit in a campaign; `first`: that it was called, with its people and agenda."""

    campaign: int
    unit: int
    first: NewHappening


@dataclass(frozen=True, slots=True)
class KeepSentUp:
    """Something is done with what a unit sends up; `content`: what is sent. When something else was done since the number `after`, the event is taken
    again.
    """

    campaign: int
    unit: int
    after: int
    deed: Deed
    content: Mapping[str, Json] | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AddToMeeting:
    """Something happened in a meeting. When something else happened since the number `after`, the event is taken again."""

    meeting: int
    after: int
    happenings: tuple[NewHappening, ...]


@dataclass(frozen=True, slots=True)
class KeepMinutes:
    """The minutes as the meeting stands are kept as a version; `adopted`: they stand."""

    meeting: int
    after: int
    adopted: bool = False


@dataclass(frozen=True, slots=True)
class IssueWallLink:
    """Keep a fresh one-time code (State.fresh_code) by which a screen shows the meeting."""

    meeting: int
    code: str


@dataclass(frozen=True, slots=True)
class OpenPoll:
    """A poll is set; its office is that of whoever sets it."""

    poll: Poll


@dataclass(frozen=True, slots=True)
class AmendPoll:
    """Who takes part in it, or how many places there are, is another now. While it is being prepared."""

    poll: Poll


@dataclass(frozen=True, slots=True)
class WalkPoll:
    """The poll's next stage, or its end without a result."""

    poll: int
    to: Stage


@dataclass(frozen=True, slots=True)
class CountOn:
    """Tellers whose counts of paper were not alike too often count once more."""

    poll: int


@dataclass(frozen=True, slots=True)
class AdmitToPoll:
    """Keep a fresh code (State.fresh_code) by which the page knows this person in that poll."""

    poll: int
    code: str


OfficeCommand = (
    CallMeeting
    | KeepSentUp
    | AddToMeeting
    | KeepMinutes
    | IssueWallLink
    | OpenPoll
    | AmendPoll
    | WalkPoll
    | CountOn
    | AdmitToPoll
    | Endorse
    | Decide
    | Respond
    | FilePetition
    | AnswerPetition
    | AddImprovement
    | EndImprovement
    | SetStandIn
    | EndStandIn
    | GiveOpinion
    | BeginRound
    | BeginSheets
    | AnswerRound
    | PutInBox
    | ConsentToName
    | EnterSlips
    | SettleComment
    | ProlongRound
    | EndRound
    | ConcludeSheet
    | WeighPoints
    | OpenCampaign
    | MoveMilestone
    | Extend
    | AskAnew
    | AnswerAnew
    | ChooseLastMonth
    | RecordMonths
    | CloseCampaign
    | UndoCampaign
    | Broadcast
    | Reissue
    | AgreeToCode
    | RefuseCode
    | AskHaste
    | AgreeHaste
    | ConfirmNewcomer
    | RevokeInvitations
    | UntiePerson
    | Snooze
    | SetOffice
    | KeepUpload
    | DropUpload
    | ImportRoster
    | ChooseTemplate
    | LetTemplateGo
    | KeepOwnTable
    | TakeOutOwnTable
    | KeepWork
    | KeepCatalogue
    | KeepEnclosure
    | AskOutside
    | WithdrawLink
    | ReceiveOutside
    | ImportWork
    | AskData
    | WithdrawData
    | SeeData
    | AnswerData
    | NameDrafter
    | GivePart
    | FinishPart
    | TakePartBack
    | Refuse
)
