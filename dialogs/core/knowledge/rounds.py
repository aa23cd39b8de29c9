"""Knowledge of the room ROUND."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dialogs.core.handed import EnclosureFile
from rules.book.rounds import RoundRule
from rules.nouns.people import Person
from rules.nouns.rounds import Piece, Round, Talk
from rules.nouns.sheets import SheetPaper, Weights


@dataclass(frozen=True, slots=True)
class DraftToSend:
    """Something that this person may send round."""

    #: `r12`: a review; `l3`: the list of proposals of a campaign; `s12` (or `s12.peers`): no draft, those asked write
    #: about the person of that review; `t7x…`: the person's own text, which the focus holds until it is sent.
    token: str
    title: str
    #: Who settles the comments.
    owner: int
    rule: RoundRule | None = None
    campaign: int | None = None
    rulebook: str = ""
    review: int | None = None
    version: int = 0
    person: int | None = None
    unit: int | None = None
    #: For a sheet: whom it is about.
    about: str = ""
    #: The people to whom it goes by the text.
    reached: tuple[int, ...] = ()
    #: Who spoke for which body last: person → the body's place in the text's list.
    speakers: Mapping[int, int] = field(default_factory=dict)
    #: Its sections, once it is chosen.
    pieces: tuple[Piece, ...] = ()
    sha256: str = ""
    #: The previous round about the same thing.
    earlier: Round | None = None
    #: The text, if it is the person's own.
    text: str = ""
    #: Nothing of it is written here yet: only a file can go round for it.
    unwritten: bool = False
    #: The name of a file that goes round as it is, instead of sections; `sha256` is then that of the file.
    file_name: str = ""
    file_kind: str = ""
    file_size: int = 0

    @property
    def takes_file(self) -> bool:
        """Whether a file written elsewhere may go round for it. This holds for a body's report and a list, never for
        what a person says of themself or of others.
        """
        return self.token[:1] in {"r", "l"} and self.person is None


@dataclass(frozen=True, slots=True)
class SheetsToSend:
    """A sheet that the text requires, for all people about whom none has gone round yet."""

    #: The campaign and the sheet's place in it (`3.1`).
    token: str
    rule: RoundRule
    #: One about each of these people.
    drafts: tuple[DraftToSend, ...] = ()
    #: How many people already have one.
    had: int = 0
    #: This person is among them, so others have to send that one.
    own: bool = False
    #: The titles of what those asked get to see.
    shows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RoundsView:
    """Knowledge of ROUND."""

    #: The rounds that concern this person, or only the one that the event names.
    talks: tuple[Talk, ...] = ()
    #: Those of them whose draft was decided meanwhile.
    decided: frozenset[int] = frozenset()
    #: The box of the named round cannot be opened with the installation's key.
    shut: bool = False
    #: The rule on which the named round rests; for a sheet with points, also what follows from it.
    rule: RoundRule | None = None
    #: What everybody asked proposes together.
    together: SheetPaper | None = None
    #: How many papers have to be signed.
    papers: int = 0
    #: The same sheet about somebody else that waits for this person.
    next_sheet: Round | None = None
    #: The sheets with points, in the order of the rulebook.
    scored: tuple[RoundRule, ...] = ()
    weights: Weights | None = None
    #: Where a round is begun: what may be sent. `people` are those it may go to, by unit.
    drafts: tuple[DraftToSend, ...] = ()
    #: Whether this person may send a text of their own, or a file.
    writes: bool = False
    #: A file that an event hands in.
    handed: EnclosureFile | None = None
    #: Its greatest size in megabytes; `kinds` are the accepted types.
    most_mb: int = 20
    kinds: tuple[str, ...] = ()
    #: By sheet: everybody about whom none has gone round yet.
    rest: tuple[SheetsToSend, ...] = ()
    people: tuple[Person, ...] = ()
