"""What the rooms of a campaign know besides `State`: loaded only when an event goes there (`room_of`)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from dialogs.core.events import Chosen, Commanded, Edited, Event, Handed, Pressed, Said
from dialogs.core.handed import EnclosureFile, LedgerFile, RosterFile
from rules.balloting.poll import Poll
from rules.balloting.slips import Tally
from rules.book.ballots import Ballot
from rules.book.inquiries import InquiryRule
from rules.book.meeting import MeetingRules
from rules.book.quota import Rated
from rules.book.rounds import RoundRule
from rules.book.upward import ConsultRule, SendRule
from rules.campaign.permissions import Relation
from rules.campaign.tree import Tree
from rules.judging.elsewhere import Around
from rules.ledger.catalogue import Catalogue
from rules.ledger.work import WorkLedger
from rules.meeting.nouns.meeting import Meeting
from rules.meeting.presence import Seen
from rules.nouns.devices import CodeGiven, WaitingCode
from rules.nouns.enclosures import OwnTable
from rules.nouns.inquiries import InquiryCase
from rules.nouns.office import OfficeSettings
from rules.nouns.people import Person
from rules.nouns.reviews import Campaign, Json, Review
from rules.nouns.rounds import Piece, Round, Talk
from rules.nouns.rulings import Improvement, Opinion, Petition, StandIn
from rules.nouns.sheets import SheetPaper, Weights
from rules.nouns.standings import ReviewLine
from rules.nouns.tracking import PeriodScore, Redoing
from rules.nouns.values import Rating
from rules.personal.requests import DataRequest
from rules.upward.standing import UnitUp


class Room(StrEnum):
    """A part of the conversation with knowledge of its own. The verbs of its buttons, the purposes of its awaited
    texts (`focus["for"]`) begin with its name and `_`.
    """

    HEAD = (
        "head"  # a step of the chain agrees, comments, returns: for what it shows beside several sheets it knows more
    )
    DECIDE = "decide"  # the authority decides
    RESULT = "result"  # the person and their result: notice, reservation, petition
    PLAN = "plan"  # the person's plan of improvement
    PETITION = "petition"  # the authority answers petitions
    ANEW = "anew"  # a confirmed sheet done anew
    COVER = "cover"  # stand-ins
    OPINION = "opinion"  # opinions asked of others
    DESK = "desk"  # the desk: campaigns, dates, closing, settings
    CREW = "crew"  # the desk: people, invitations, phones
    CAST = "cast"  # the desk: messages to many, what was delivered
    DOSSIER = "dossier"  # what is handed on: what is there, who owes the rest, files handed in
    INQUIRY = "inquiry"  # opinions asked of bodies outside, by link
    ROUND = "round"  # drafts sent round: begun, read, answered, taken up
    VOTE = "vote"  # ballots that are held
    DATA = "data"  # what is kept of people, and what they ask about it
    MEETING = "meeting"  # the meeting in which reviews are gone through, and its minutes
    REPORT = "report"  # the reports of bodies: who drafts them, the parts that others write
    UPWARD = "upward"  # what units send up, and the meeting of the authority that looks at it
    WORK = "work"  # the work of a month or quarter, and what an office counts it in


#: Commands that lead into a room.
COMMANDS_INTO: Mapping[str, Room] = {
    "choduyet": Room.HEAD,
    "quyetdinh": Room.DECIDE,
    "ketqua": Room.RESULT,
    "khacphuc": Room.PLAN,
    "kiennghi": Room.PETITION,
    "thaymat": Room.COVER,
    "ykien": Room.OPINION,
    "dot": Room.DESK,
    "nhansu": Room.CREW,
    "nhantin": Room.CAST,
    "viec": Room.WORK,
    "dulieu": Room.DATA,
    "hoso": Room.DOSSIER,
    "noicutru": Room.INQUIRY,
    "hop": Room.MEETING,
    "gopy": Room.ROUND,
    "tapthe": Room.REPORT,
    "bophieu": Room.VOTE,
    "guilen": Room.UPWARD,
}


def room_of(event: Event, focus: Mapping[str, Json] | None) -> Room | None:
    """The room an event goes to; None: the interview and the menu, which need no more than `State`."""
    match event:
        case Pressed(button=button) if button:
            name = button.verb
        case Chosen(deed=deed):
            name = deed
        case Said() | Edited() | Handed():
            name = str((focus or {}).get("for", ""))
        case Commanded(name=word):
            return COMMANDS_INTO.get(word)
        case _:
            return None
    first = name.partition("_")[0]
    return Room(first) if first in tuple(Room) else None


@dataclass(frozen=True, slots=True)
class Consulted:
    """What a meeting that is over, of the authority or else of the unit, concluded on a review: the meeting's `title` ("": the text names none) and day, whether its minutes
    were `adopted`; `ratings` by question, with what of them each is. `proposed`: in the same way what the unit's meeting had concluded before that of the authority
    (None: it held none).
    """

    title: str
    day: dt.datetime
    adopted: bool
    ratings: tuple[tuple[str, str, Rating], ...]
    proposed: tuple[tuple[str, str, Rating], ...] | None = None


@dataclass(frozen=True, slots=True)
class Deciding:
    """DECIDE and PETITION. `mine`: every review this person decides (or an absent one for whom they act; of the desk
    also those whose authority is outside), in open campaigns, whatever its status, in closed ones while a petition
    waits; `rated`: of every campaign part
    among them (campaign id, rulebook), the whole office's list for quotas, with review, subject and `open`.
    `opinions`: those about the review the event names. `beside`: the other reviews, in the same campaign, of the
    people whose reviews the event names, and of the bodies of their units. `listed`: the whole reviews that wait for
    this person in the unit that a button `decide_all` or `decide_every` names (`all`: in every unit). `days_left`:
    petition id → working days until its last day, below 0 when it has passed.
    """

    mine: tuple[ReviewLine, ...] = ()
    rated: Mapping[tuple[int, str], tuple[Rated, ...]] = field(default_factory=dict)
    undecided_units: Mapping[int, int] = field(default_factory=dict)  # unit id → bodies of it not decided
    units_below: Mapping[int, tuple[int, ...]] = field(default_factory=dict)  # unit id → units under it
    petitions: tuple[Petition, ...] = ()
    beside: tuple[ReviewLine, ...] = ()
    listed: tuple[Review, ...] = ()
    days_left: Mapping[int, int] = field(default_factory=dict)
    opinions: tuple[Opinion, ...] = ()
    around: Mapping[int, Around] = field(default_factory=dict)  # review id → what stands beside it
    consulted: Mapping[int, Consulted] = field(
        default_factory=dict
    )  # review id → what the authority's meeting concluded


@dataclass(frozen=True, slots=True)
class Results:
    """RESULT and PLAN. `mine`: the person's decided reviews, also of closed campaigns, whole, the newest campaign
    last; `petitions`: about them. `confirmed`: their sheets without a rating that were agreed to. `petition_due`: review id → last day for the answer to a petition filed now,
    where the rules set one (working days are the shell's).
    """

    mine: tuple[Review, ...] = ()
    petitions: tuple[Petition, ...] = ()
    confirmed: tuple[Review, ...] = ()
    improvements: tuple[Improvement, ...] = ()
    petition_due: Mapping[int, dt.date] = field(default_factory=dict)
    year: tuple[PeriodScore, ...] = ()  # the months of the year that a button for their chart names


@dataclass(frozen=True, slots=True)
class Cover:
    """COVER: stand-ins for this person (and, for the desk, of everybody in the office); whom they may name.

    `other`: the one a button names, when it is none of them.
    """

    stand_ins: tuple[StandIn, ...] = ()
    candidates: tuple[Person, ...] = ()
    people: Mapping[int, Person] = field(default_factory=dict)
    other: StandIn | None = None


@dataclass(frozen=True, slots=True)
class Opinions:
    """OPINION: what was asked of this person (of the desk: also what bodies outside were asked), with the review.

    `others`: asked about the review a button names, of somebody else.
    """

    opinions: tuple[Opinion, ...] = ()
    reviews: Mapping[int, Review] = field(default_factory=dict)
    others: tuple[Opinion, ...] = ()


@dataclass(frozen=True, slots=True)
class Redoings:
    """ANEW: what was asked of the sheet that the event names, and answered, oldest first."""

    asked: tuple[Redoing, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperInForce:
    """A review of somebody, and which of its versions is in force."""

    review: Review
    version: int


@dataclass(frozen=True, slots=True)
class OfficeView:
    """DESK, CREW and CAST, for the desk only: the whole office.

    `campaigns`: parts of the open ones; `standings`: of the campaign the event or the focus names, else of the
    newest. `tallies`: of each open campaign how many reviews are handed in, of how many, how many of the others may still be by an extension, where the event names none. `delivered`: milestone ("" notices) → status → how many; `accounts`: person → accounts tied, blocked ones
    among them; `invited`: person → until when their unused invitation holds. `rulebooks`: id → title of those that
    may be opened. `keys`: person → their key in the roster. Of the head of a unit who is not of the desk (CREW): only
    the people of their unit with `accounts`, `invited`, `been_in`, `anew`, `unconfirmed`, `keys`; everything else is empty. `of_year`: where the months of a campaign of
    the year are looked at, those and the quarters of each person at each post, with their `holders`.
    """

    office: int
    settings: OfficeSettings
    campaigns: tuple[Campaign, ...] = ()
    closed: tuple[Campaign, ...] = ()
    people: tuple[Person, ...] = ()
    posts: tuple[Person, ...] = ()  # people at their second posts
    gone: tuple[Person, ...] = ()  # who has left
    units: Mapping[int, str] = field(default_factory=dict)
    heads: Mapping[int, int] = field(default_factory=dict)  # unit id → its head
    tree: Tree | None = None  # through whom reviews go
    standings: tuple[ReviewLine, ...] = ()
    tallies: Mapping[int, tuple[int, int, int]] = field(default_factory=dict)
    delivered: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    unreached: Mapping[int, str] = field(default_factory=dict)  # person → status of their last notice, if not sent
    accounts: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    invited: Mapping[int, dt.datetime] = field(default_factory=dict)
    been_in: frozenset[int] = frozenset()  # who has an account, or ever came in
    anew: Mapping[int, WaitingCode] = field(default_factory=dict)  # person → the code given anew, not used yet
    unconfirmed: Mapping[int, CodeGiven] = field(default_factory=dict)  # who is in by a first code of a head's
    rulebooks: Mapping[str, str] = field(default_factory=dict)
    in_force: Mapping[str, tuple[int, int]] = field(default_factory=dict)  # rulebook → first and last year; absent: any
    keys: Mapping[int, str] = field(default_factory=dict)
    handed: RosterFile | None = None  # the roster an event hands in, or agrees to
    of_year: Mapping[tuple[int, int], tuple[PeriodScore, ...]] = field(default_factory=dict)
    holders: Mapping[int, str] = field(default_factory=dict)  # sheet → the name of who is to confirm it
    own_templates: Mapping[str, tuple[str, dt.datetime]] = field(default_factory=dict)  # form → its file, since when
    own_tables: Mapping[tuple[int, str, str], OwnTable] = field(
        default_factory=dict
    )  # campaign, rulebook, table → the office's file
    handed_table: EnclosureFile | None = None  # one that an event hands in
    most_mb: int = 20  # so large such a file may be
    kinds: tuple[str, ...] = ()  # and which kinds are taken at all
    papers: tuple[PaperInForce, ...] = ()  # of whom a button of CREW names, those that this person may have


@dataclass(frozen=True, slots=True)
class Sheets:
    """HEAD, where sheets are looked at together: review id → the scores of its person's months and quarters of that year, and
    the reviews in whose ledger somebody says a cause is objective that nobody has answered yet; where a whole year is: those under management, and the months of each (by person and post).

    `in_charge`: unit id → name, of those this person is in charge of; where they are looked at also the `standings` of all open
    campaigns in them, of the unit that a button names the drafts that may be read (by review), and the `names` of who has them.

    Where ratings are proposed (the list of what waits, an agreement to one that has a quota): `proposed`, by campaign and part the
    list of the office with what was agreed to so far, the rest open; `beside`: the other reviews of these campaigns.

    `results`: decided reviews of which this person must be told; `told`: whether a rulebook of an open campaign says so at all. `plans`: the plans of
    improvement of the people of the unit they head, `planning` how many there are.
    """

    scores: Mapping[int, tuple[PeriodScore, ...]] = field(default_factory=dict)
    excuses: frozenset[int] = frozenset()
    people: tuple[Person, ...] = ()
    of_year: Mapping[tuple[int, int], tuple[PeriodScore, ...]] = field(default_factory=dict)
    in_charge: Mapping[int, str] = field(default_factory=dict)
    standings: tuple[ReviewLine, ...] = ()
    readable: frozenset[int] = frozenset()
    names: Mapping[int, str] = field(default_factory=dict)
    proposed: Mapping[tuple[int, str], tuple[Rated, ...]] = field(default_factory=dict)
    beside: tuple[ReviewLine, ...] = ()
    results: tuple[ReviewLine, ...] = ()
    told: bool = False
    plans: tuple[tuple[Person, tuple[Improvement, ...]], ...] = ()
    planning: int = 0


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


@dataclass(frozen=True, slots=True)
class AskedOfDesk:
    """A request about data, and who asks."""

    request: DataRequest
    person: Person


@dataclass(frozen=True, slots=True)
class DataKnown:
    """DATA. `mine`: what this person asked, the newest first; `waiting`: of the desk, what people of the office ask and nobody
    has answered.
    """

    mine: tuple[DataRequest, ...] = ()
    waiting: tuple[AskedOfDesk, ...] = ()


@dataclass(frozen=True, slots=True)
class DossierPlace:
    """A place at which a file may be handed in: `place` is its key in the rulebook; of a `person`, of a `unit`, or of the office. `needed`: the
    text asks for it of everybody there. `handed`: how the file that counts was called ("": none), with its id and kind. `stamp`
    is what buttons call it; `due`: its last day by the plan.
    """

    stamp: str
    campaign: int
    rulebook: str
    place: str
    title: str
    cite: str
    person: Person | None = None
    unit: int | None = None
    unit_name: str = ""
    needed: bool = True
    handed: str = ""
    enclosure: int = 0
    kind: str = ""
    due: dt.date | None = None


@dataclass(frozen=True, slots=True)
class DossierLine:
    """A paper of a dossier: the number of its line, how many are there and missing, and who owes those, in words;
    `more`: how many besides; `due`: their last day by the plan.
    """

    number: int
    title: str
    there: int
    missing: int
    owed: str = ""
    more: int = 0
    due: dt.date | None = None


@dataclass(frozen=True, slots=True)
class DossiersView:
    """DOSSIER. `places`: those of the dossier that is named, else this person's own. Of the desk besides: the `campaign` that is named (0: none
    that is open here), `choices` (token and name: a, u12, p34), `whose` of them and its `lines`. `campaigns`: the open ones.
    """

    places: tuple[DossierPlace, ...] = ()
    campaign: int = 0
    campaigns: frozenset[int] = frozenset()
    choices: tuple[tuple[str, str], ...] = ()
    whose: str = ""
    name: str = ""
    lines: tuple[DossierLine, ...] = ()
    handed: EnclosureFile | None = None
    most_mb: int = 20
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskedOutside:
    """An opinion of a body outside about a person, in a part of a campaign: what the rule says of it, what was asked and what came (`case`). `place`:
    what buttons call its place in a dossier ("": none), `handed`: how the file there is called; `due`: its day by the plan. `stamp`: what buttons call it.
    """

    stamp: str
    campaign: Campaign
    rule: InquiryRule
    person: Person
    case: InquiryCase
    due: dt.date | None = None
    place: str = ""
    handed: str = ""


@dataclass(frozen=True, slots=True)
class InquiriesView:
    """INQUIRY. `asked`: those about this person; for the desk, where an event names a campaign, a rule or one of them, all of that campaign. `campaigns`: those of
    the desk's office in which any are asked, with how many.
    """

    asked: tuple[AskedOutside, ...] = ()
    campaigns: tuple[tuple[Campaign, int], ...] = ()
    campaign: int = 0


@dataclass(frozen=True, slots=True)
class MayCall:
    """A unit of which this person may call a meeting in a campaign that is open: how many reviews would be on its agenda. `body`: of a party cell, or a
    group of one, that has its row in that unit; then `unit_name` is its name, and `leaders` its secretary and deputy secretary.
    """

    campaign: int
    year: int
    period: str
    unit: int
    unit_name: str
    count: int
    body: int = 0
    leaders: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CameUp:
    """What a unit proposes for a review, of what stands: `ratings` by what of them; `by` the unit's meeting or its chain; which version it is of, sent when."""

    unit: str
    ratings: tuple[tuple[str, str], ...]
    by: str
    version: int
    at: dt.datetime
    strengths: str = ""
    shortcomings: str = ""


@dataclass(frozen=True, slots=True)
class MeetingView:
    """MEETING. `meetings`: those of open campaigns that are this person's to see, and of which units they `may_call` one. Of the `meeting` that
    an event names: what its rulebooks say (`rules`), its reviews as they stand now (`lines`; what is owed no longer is not there), whole the
    one that is named (`review`), its `polls` with what they came to, the ratings that were `proposed` so far by campaign part. `agenda`, `people`: what and whom a meeting that
    is called now would have, `named`: that campaign and unit. `others`: of whom the chair may ask somebody besides.
    """

    meetings: tuple[Meeting, ...] = ()
    may_call: tuple[MayCall, ...] = ()
    meeting: Meeting | None = None
    rules: MeetingRules = field(default_factory=MeetingRules)
    lines: Mapping[int, ReviewLine] = field(default_factory=dict)
    review: Review | None = None
    proposed: Mapping[tuple[int, str], tuple[Rated, ...]] = field(default_factory=dict)
    named: MayCall | None = None
    agenda: tuple[ReviewLine, ...] = ()
    people: tuple[Person, ...] = ()
    others: tuple[Person, ...] = ()
    versions: Mapping[int, int] = field(default_factory=dict)  # review → its newest draft, of the agenda
    polls: tuple[tuple[Poll, Tally | None], ...] = ()
    seen: Seen = Seen.NONE  # what the code of the wall says that came with a press
    came_up: Mapping[int, CameUp] = field(default_factory=dict)  # review → in a meeting of the authority


@dataclass(frozen=True, slots=True)
class UnitSends:
    """A unit in an open campaign, and what it sends up. `held`: what this person is to that; `office`: it is the office itself, whose papers go to an
    authority outside; `due`: its last day by the plan; `looked_at`: since when the authority's meeting goes through it, "": none does.
    """

    up: UnitUp
    year: int
    period: str
    held: frozenset[Relation] = frozenset()
    office: bool = False
    head: str = ""
    due: dt.date | None = None
    looked_at: str = ""


@dataclass(frozen=True, slots=True)
class ToConsult:
    """A meeting of the authority that may be called in a campaign. `agenda`: the reviews of what came up and no such meeting has; `versions`: of them
    the newest draft; `people`: who sits in it; `chair`: who heads the office; `unit`: of the office itself.
    """

    campaign: int
    rule: ConsultRule
    unit: int
    unit_name: str
    chair: Person
    due: dt.date | None = None
    agenda: tuple[ReviewLine, ...] = ()
    versions: Mapping[int, int] = field(default_factory=dict)
    people: tuple[Person, ...] = ()
    rules: MeetingRules = field(default_factory=MeetingRules)


@dataclass(frozen=True, slots=True)
class UpwardView:
    """UPWARD. `units`: those of open campaigns of which this person may read it. Of the one that an event names (`at`): the `value` that it would
    send now, with its `mark`, for who may send; what stands or stood last (`kept`) and the version before that (`before`); the `rated` lists of its campaign. Of the campaign that an event names
    the meetings that may be called (`consulting`), and those that were (`meetings`). `to`: to whom units send by the text.
    """

    units: tuple[UnitSends, ...] = ()
    at: UnitSends | None = None
    value: Mapping[str, Json] | None = None
    mark: str = ""
    kept: Mapping[str, Any] | None = None
    before: Mapping[str, Any] | None = None
    rated: Mapping[tuple[int, str], tuple[Rated, ...]] = field(default_factory=dict)
    editions: Mapping[str, tuple[str, dt.date]] = field(default_factory=dict)
    consulting: tuple[ToConsult, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    to: SendRule | None = None


@dataclass(frozen=True, slots=True)
class ReportView:
    """REPORT. `reports`: those of bodies in open campaigns that this person drafts, writes in, or may name the drafter of; `people`: of the
    office, of whom somebody may be chosen.
    """

    reports: tuple[Review, ...] = ()
    people: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftToSend:
    """Something that this person may send round. `token`: `r12` a review, `l3` the list of proposals of a campaign, `s12` nothing drafted:
    (or `s12.peers`) those asked write of the person of that review, `t7x…` a text of somebody's own, which the focus holds until it is sent.
    `owner`: who takes up what is said; `reached`: those it goes to by the text. `pieces`: its sections, where it is chosen; `earlier`: the round before about the same.
    """

    token: str
    title: str
    owner: int
    rule: RoundRule | None = None
    campaign: int | None = None
    rulebook: str = ""
    review: int | None = None
    version: int = 0
    person: int | None = None
    unit: int | None = None
    about: str = ""  # of a sheet: whom those asked write of
    reached: tuple[int, ...] = ()
    speakers: Mapping[int, int] = field(
        default_factory=dict
    )  # who spoke for which body last: person → its place in the text's list
    pieces: tuple[Piece, ...] = ()
    sha256: str = ""
    earlier: Round | None = None
    text: str = ""  # of one of somebody's own
    unwritten: bool = False  # nothing of it stands here yet: only a file can go round for it
    file_name: str = ""  # of a file that goes round as it is, in the place of the sections; `sha256` is its own then
    file_kind: str = ""
    file_size: int = 0

    @property
    def takes_file(self) -> bool:
        """Whether a file written elsewhere may go round for it: a report of a body, a list; never what one says of oneself or of others."""
        return self.token[:1] in {"r", "l"} and self.person is None


@dataclass(frozen=True, slots=True)
class SheetsToSend:
    """A sheet of the text about all who still have none. `token`: the campaign and its place there (`3.1`); `drafts`: one about each of them;
    `had`: how many have one; `own`: this person is one of them, and others send it; `shows`: what those asked look at, by its titles.
    """

    token: str
    rule: RoundRule
    drafts: tuple[DraftToSend, ...] = ()
    had: int = 0
    own: bool = False
    shows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RoundsView:
    """ROUND. `talks`: the rounds of the office that this person has to do with; the one an event names alone. `decided`: those of them whose
    draft was decided meanwhile. Where one is begun: `drafts` that may be sent, the `people` it may go to, by unit.
    """

    talks: tuple[Talk, ...] = ()
    decided: frozenset[int] = frozenset()
    shut: bool = False  # the box of the one that is named does not open with the key the house has
    rule: RoundRule | None = None  # that the one that is named rests on; of a sheet with points also what follows
    together: SheetPaper | None = None  # what all who were asked propose together
    papers: int = 0  # how many papers there are to be signed
    next_sheet: Round | None = None  # the same sheet about somebody else that waits for this person
    scored: tuple[RoundRule, ...] = ()  # the sheets with points, in the order of the rulebook
    weights: Weights | None = None
    drafts: tuple[DraftToSend, ...] = ()
    writes: bool = False  # may send a text of their own, or a file
    handed: EnclosureFile | None = None  # a file that an event hands in
    most_mb: int = 20  # so large it may be
    kinds: tuple[str, ...] = ()  # and which kinds are taken at all
    rest: tuple[SheetsToSend, ...] = ()  # about everybody who still has none, by sheet
    people: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class PollsView:
    """VOTE. `polls`: those this person takes part in or may lead, those that are on first; `about`: the one an event names, with its
    `tally` once it is counted; `foreign`: its id, where it is of another office. `rules`: the ballots that rulebooks of open campaigns
    (and of the poll) have, each with the id of its rulebook. `meeting`: of which the named poll is a part, or in which one is set (then the
    rules are those of its campaign), with the ratings `rated` so far by rulebook; `held`: its polls with what they came to; `editions`: rulebook → the edition in force there.
    `early`: the box of the named one holds so few ballots that it is not to be closed.
    """

    polls: tuple[Poll, ...] = ()
    about: Poll | None = None
    early: bool = False
    foreign: int = 0
    tally: Tally | None = None
    people: tuple[Person, ...] = ()
    rules: tuple[tuple[str, Ballot], ...] = ()
    meeting: Meeting | None = None
    held: tuple[tuple[Poll, Tally | None], ...] = ()
    rated: Mapping[str, tuple[Rated, ...]] = field(default_factory=dict)
    editions: Mapping[str, tuple[str, dt.date]] = field(default_factory=dict)


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
