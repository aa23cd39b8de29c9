"""The counts of a play, and the minutes it takes at a human pace."""

from dataclasses import dataclass, field

from tools.effort.screen import Change, words

#: Seconds for a tap; words read in a minute; words typed in a minute.
TAP, READ, TYPE = 0.8, 250, 25
A_WORD = 60 / TYPE
#: The height in px of the conversation on a phone whose browser shows its bars.
TALL = 540


@dataclass(frozen=True, slots=True)
class Deed:
    """A press or a typed text, and what was shown then."""

    said: str
    typed: bool
    came: Change
    #: The question that it answered; "": none.
    question: str = ""
    #: Whether the answer was already there and was only confirmed.
    taken_over: bool = False
    #: Seconds until it was done and its result was read, if the player waited as people do.
    took: float = 0.0


@dataclass
class Counts:
    """The deeds of a part of a play, in order."""

    deeds: list[Deed] = field(default_factory=list)

    def add(self, deed: Deed) -> None:
        """Add a deed."""
        self.deeds.append(deed)

    @property
    def presses(self) -> int:
        """The number of presses, from opening the invitation to sending."""
        return sum(not one.typed for one in self.deeds)

    @property
    def texts(self) -> int:
        """The number of typed texts."""
        return sum(one.typed for one in self.deeds)

    @property
    def words(self) -> int:
        """The number of words in messages."""
        return sum(one.came.words for one in self.deeds)

    @property
    def button_words(self) -> int:
        """The number of words on buttons."""
        return sum(one.came.button_words for one in self.deeds)

    @property
    def buttons(self) -> int:
        """The number of buttons."""
        return sum(one.came.buttons for one in self.deeds)

    @property
    def screens(self) -> list[tuple[int, int]]:
        """For every message with buttons: its height, and how far its first button lies below the edge."""
        return [
            (one.height, one.below) for deed in self.deeds for one in deed.came.messages if one.buttons and one.height
        ]

    @property
    def tall(self) -> int:
        """How many of these messages are taller than the conversation on a phone."""
        return sum(height > TALL for height, _ in self.screens)

    @property
    def unseen(self) -> int:
        """How many of them have their first button out of sight."""
        return sum(below > 0 for _, below in self.screens)

    @property
    def furthest(self) -> int:
        """How many px the first button lies below the edge at worst."""
        return max((below for _, below in self.screens), default=0)

    @property
    def asked(self) -> list[str]:
        """The questions that were asked, each once, in order."""
        return list(dict.fromkeys(one.question for one in self.deeds if one.question))

    @property
    def taken_over(self) -> list[str]:
        """The questions among them whose answer was already there and was only confirmed."""
        return list(dict.fromkeys(one.question for one in self.deeds if one.taken_over))

    @property
    def minutes(self) -> float:
        """The minutes for everything, at a human pace."""
        return sum(map(seconds, self.deeds)) / 60

    @property
    def longest(self) -> float:
        """The most minutes between two places where one can stop. Every deed is stored, so each of them ends at one."""
        return max(map(seconds, self.deeds), default=0) / 60

    @property
    def lasted(self) -> float:
        """The minutes that everything took for a player who waited."""
        return sum(one.took for one in self.deeds) / 60

    @property
    def stretch(self) -> float:
        """The most minutes between two places where one can stop, for a player who waited."""
        return max((one.took for one in self.deeds), default=0) / 60


def seconds(deed: Deed) -> float:
    """Seconds for one deed: typing or pressing, and reading what came of it. A text is sent by a tap."""
    writing = words(deed.said) * A_WORD if deed.typed else 0
    return writing + TAP + reading(deed.came)


def reading(came: Change) -> float:
    """Seconds for reading what came."""
    return (came.words + came.button_words) / READ * 60
