"""A turn: the whole effect of one event. Replies go to the person, commands to the shell."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dialogs.core.buttons import Button
from dialogs.core.commands.accounts import AccountCommand
from dialogs.core.commands.answers import AnswerCommand
from dialogs.core.commands.campaigns import CampaignCommand
from dialogs.core.commands.drafts import DraftCommand
from dialogs.core.commands.files import FileCommand
from dialogs.core.commands.improvement import ImprovementCommand
from dialogs.core.commands.inquiries import InquiryCommand
from dialogs.core.commands.ledgers import LedgerCommand
from dialogs.core.commands.meetings import MeetingCommand
from dialogs.core.commands.personal import DataCommand
from dialogs.core.commands.polls import PollCommand
from dialogs.core.commands.refusals import Refuse
from dialogs.core.commands.reports import ReportCommand
from dialogs.core.commands.rounds import RoundCommand
from dialogs.core.commands.rulings import RulingCommand
from dialogs.core.commands.stand_ins import StandInCommand
from dialogs.core.commands.upward import UpwardCommand
from rules.nouns.reviews import Json


@dataclass(frozen=True, slots=True)
class Key:
    """A button of a keyboard. `label` names a block of a `labels.j2` in `templates/messages`, which `values` fill."""

    label: str
    button: Button
    values: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Papers:
    """The documents of a review."""

    review: int
    #: The draft; 0: the answers so far.
    version: int
    #: Any of `pages` (pictures), `docx`, `pdf`.
    kinds: tuple[str, ...]
    #: The number of the decision that is printed; 0: the newest one on this version, if there is any.
    ruling: int = 0


@dataclass(frozen=True, slots=True)
class DeskFile:
    """A file about the whole office. It is made when the reply is sent, and only if its reader may have it."""

    #: A key of `bot.campaign.desk_files.DESK_FILES`.
    name: str
    #: `xlsx`, `docx` or `pdf`.
    kind: str = "xlsx"

    @property
    def kinds(self) -> tuple[str, ...]:
        """The only file type it has."""
        return (self.kind,)


@dataclass(frozen=True, slots=True)
class AllPapers:
    """The documents in force of a campaign that the reader of the reply may have, as one ZIP."""

    campaign: int
    #: Only this unit's; 0: the whole office's.
    unit: int = 0
    #: Only those of these people, if any are given.
    people: tuple[int, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The only file type it has."""
        return ("zip",)


@dataclass(frozen=True, slots=True)
class WholeDossier:
    """A dossier of a campaign as one ZIP, for the desk."""

    campaign: int
    #: `a`: of the authority; `u12`: of a unit; `p34`: of a person.
    whose: str

    @property
    def kinds(self) -> tuple[str, ...]:
        """The only file type it has."""
        return ("zip",)


@dataclass(frozen=True, slots=True)
class SentPapers:
    """Everything that a unit sent up in a campaign as one ZIP, from the version `sent_up`."""

    campaign: int
    sent_up: int

    @property
    def kinds(self) -> tuple[str, ...]:
        """The only file type it has."""
        return ("zip",)


#: Files that may be larger than memory, and are therefore sent while they are being made.
InPieces = AllPapers | WholeDossier | SentPapers

#: Files that can come with a reply.
Attached = Papers | DeskFile | InPieces


@dataclass(frozen=True, slots=True)
class Reply:
    """A message still to be worded: a template, its values (JSON; people's texts are data) and a keyboard."""

    template: str
    values: Mapping[str, Json] = field(default_factory=dict)
    keyboard: tuple[tuple[Key, ...], ...] = ()
    attached: Attached | None = None
    #: Where the channel can, it changes the message with the pressed button instead of sending a new one.
    replaces: bool = False
    #: The next message may be a file, so pages offer to choose one.
    awaits_file: bool = False


@dataclass(frozen=True, slots=True)
class SetFocus:
    """Remember the awaited text or the question to return to; None forgets it."""

    focus: Mapping[str, Json] | None


@dataclass(frozen=True, slots=True)
class Notify:
    """Tell ANOTHER person something."""

    person: int
    #: Makes it unique: of several notices with one key only the first is delivered, whoever they are for.
    key: str
    reply: Reply
    #: Whoever stands in for that person today is told too, except the person named here (the author of the review, who
    #: never acts on it); None: nobody else is told.
    cover_except: int | None = None


#: Every command. A new kind joins the union of its file.
Command = (
    SetFocus
    | Notify
    | AnswerCommand
    | DraftCommand
    | RulingCommand
    | ImprovementCommand
    | StandInCommand
    | RoundCommand
    | CampaignCommand
    | AccountCommand
    | ReportCommand
    | FileCommand
    | LedgerCommand
    | InquiryCommand
    | DataCommand
    | MeetingCommand
    | UpwardCommand
    | PollCommand
    | Refuse
)


@dataclass(frozen=True, slots=True)
class Turn:
    """Replies and commands. The commands are applied and stored before any reply is sent."""

    replies: tuple[Reply, ...]
    commands: tuple[Command, ...] = ()
