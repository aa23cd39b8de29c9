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
class SetFocus:
    """Remember what the person asked to return to, or what text is awaited; None forgets it."""

    focus: Mapping[str, Json] | None


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


#: Every command; one of a new kind joins the union of its file.
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
    """Replies and commands; commands are applied and kept before any reply goes out."""

    replies: tuple[Reply, ...]
    commands: tuple[Command, ...] = ()
