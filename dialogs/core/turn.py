"""A turn: the whole effect of one event. Replies go to the person, commands to the shell."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dialogs.core.buttons import Button
from dialogs.core.commands import OfficeCommand
from rules.nouns.devices import CodeGiven
from rules.nouns.reviews import Answer, Answers, Json
from rules.nouns.values import Rating


@dataclass(frozen=True, slots=True)
class Key:
    """A button of a keyboard. `label` names a block of a `labels.j2` of `templates/messages`; its values are data."""

    label: str
    button: Button
    values: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers of a review: of the draft `version`, or 0 for the answers so far.

    `kinds`: any of `pages` (pictures), `docx`, `pdf`. `ruling`: number of the decision that is printed, 0 for the
    newest about this version, if there is one.
    """

    review: int
    version: int
    kinds: tuple[str, ...]
    ruling: int = 0


@dataclass(frozen=True, slots=True)
class DeskFile:
    """A file about the whole office of whoever reads the reply, made when it is sent, if they may have it.

    `name` stands in `bot.campaign.desk_files.DESK_FILES`; `kind` is what it is written in: `xlsx`, `docx` or `pdf`.
    """

    name: str
    kind: str = "xlsx"

    @property
    def kinds(self) -> tuple[str, ...]:
        """It comes in one kind only."""
        return (self.kind,)


@dataclass(frozen=True, slots=True)
class AllPapers:
    """The papers in force of a campaign (of its `unit`; 0: of all) that whoever reads the reply may have, as one ZIP. `people`: of these
    alone, where some were chosen.
    """

    campaign: int
    unit: int = 0
    people: tuple[int, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """It comes in one kind only."""
        return ("zip",)


@dataclass(frozen=True, slots=True)
class WholeDossier:
    """A dossier of a campaign as one ZIP, for the desk. `whose`: `a` of the authority, `u12` of a unit, `p34` of a person."""

    campaign: int
    whose: str

    @property
    def kinds(self) -> tuple[str, ...]:
        """It comes in one kind only."""
        return ("zip",)


@dataclass(frozen=True, slots=True)
class SentPapers:
    """All that a unit sent up in a campaign as one ZIP, of the version `sent_up`."""

    campaign: int
    sent_up: int

    @property
    def kinds(self) -> tuple[str, ...]:
        """It comes in one kind only."""
        return ("zip",)


#: What may be larger than memory, and is handed out while it is made.
InPieces = AllPapers | WholeDossier | SentPapers

#: What files may come with a reply.
Attached = Papers | DeskFile | InPieces


@dataclass(frozen=True, slots=True)
class Reply:
    """A message to be worded: template name, values (JSON; texts of people are data), keyboard.

    `replaces`: where the channel can, it changes the message the pressed button stood on instead
    of sending a new one. `awaits_file`: the next thing may be a file; pages offer to choose one.
    """

    template: str
    values: Mapping[str, Json] = field(default_factory=dict)
    keyboard: tuple[tuple[Key, ...], ...] = ()
    attached: Attached | None = None
    replaces: bool = False
    awaits_file: bool = False


@dataclass(frozen=True, slots=True)
class KeepAnswer:
    """Keep (or change) the answer of one question. The history stays."""

    review: int
    question: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class KeepAsked:
    """Keep by which stamps texts are known that were asked about before sending: all there are by now."""

    review: int
    stamps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetFocus:
    """Remember what the person asked to return to, or what text is awaited; None forgets it."""

    focus: Mapping[str, Json] | None


@dataclass(frozen=True, slots=True)
class Submit:
    """Send the answers as a new draft to the approver. `held`: the scores of months and quarters among them, as the office
    holds them or as they are marked now; `device`: who gave anew the code by which the device came in it is sent from.
    """

    review: int
    stamp: str
    self_rating: Rating | None
    suggested: Rating | None
    held: Answers = field(default_factory=dict)
    device: CodeGiven | None = None


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The person takes an undecided draft back."""

    review: int
    version: int


@dataclass(frozen=True, slots=True)
class Approve:
    """The last step of the chain agrees with exactly this content. `for_whom`: a stand-in: for whom."""

    review: int
    version: int
    comment: str
    for_whom: int | None = None


@dataclass(frozen=True, slots=True)
class Return:
    """A step of the chain returns a draft with a reason; `sections` are the keys of the items that reopen (empty:
    all), `points` what the head holds right, by question. Like Withdraw it puts the chain back to its first step.
    """

    review: int
    version: int
    reason: str
    sections: tuple[str, ...] = ()
    for_whom: int | None = None
    points: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeepComment:
    """The approver's comment, kept until the decision."""

    review: int
    text: str
    for_whom: int | None = None


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """`vi` or `en`."""

    language: str


@dataclass(frozen=True, slots=True)
class TieAccount:
    """Tie the account that spoke to the person of the invitation, and use the invitation up."""

    invitation: int
    person: int


@dataclass(frozen=True, slots=True)
class IssueInvitation:
    """Keep a fresh one-time code (made by the shell, see State.fresh_code) for another device of this person."""

    code: str


@dataclass(frozen=True, slots=True)
class IssueConsoleLink:
    """Keep a fresh one-time code (State.fresh_code) by which this person opens the console."""

    code: str


@dataclass(frozen=True, slots=True)
class Untie:
    """Sign this account out of the person it is tied to. `not_theirs`: somebody else came in by their code."""

    not_theirs: bool = False


@dataclass(frozen=True, slots=True)
class UntieOthers:
    """Sign the person out everywhere but here; codes for further devices that were not used are worth nothing."""


@dataclass(frozen=True, slots=True)
class Notify:
    """Tell ANOTHER person. `key` makes it unique: of several with one key only the first is delivered, whoever they are for.

    `cover_except`: who stands in for that person today is told as well, save the one named here (the author of the
    review it is about, who never acts on it); None: nobody else is told.
    """

    person: int
    key: str
    reply: Reply
    cover_except: int | None = None


Command = (
    KeepAnswer
    | KeepAsked
    | SetFocus
    | Submit
    | Withdraw
    | Approve
    | Return
    | KeepComment
    | SetLanguage
    | TieAccount
    | IssueInvitation
    | IssueConsoleLink
    | Untie
    | UntieOthers
    | Notify
    | OfficeCommand
)


@dataclass(frozen=True, slots=True)
class Turn:
    """Replies and commands; commands are applied and kept before any reply goes out."""

    replies: tuple[Reply, ...]
    commands: tuple[Command, ...] = ()
