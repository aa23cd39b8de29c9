"""What ROUND knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dialogs.core.handed import EnclosureFile
from rules.book.rounds import RoundRule
from rules.nouns.people import Person
from rules.nouns.rounds import Piece, Round, Talk
from rules.nouns.sheets import SheetPaper, Weights


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
