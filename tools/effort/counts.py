"""What was counted on the way, and the minutes it takes at a human pace."""

from dataclasses import dataclass, field

from tools.effort.screen import Change, words

#: Seconds a tap takes; words read and typed in a minute.
TAP, READ, TYPE = 0.8, 250, 25
A_WORD = 60 / TYPE
#: Height in px of the talk on a phone whose browser shows its bars.
TALL = 540


@dataclass(frozen=True, slots=True)
class Deed:
    """A press or a typed text, and what was shown then. `question`: what it answered, when it answered one. `took`: seconds until it was
    done and what came of it was read, where somebody waited.
    """

    said: str
    typed: bool
    came: Change
    question: str = ""
    taken_over: bool = False
    took: float = 0.0


@dataclass
class Counts:
    """The deeds of a part of a play, in order."""

    deeds: list[Deed] = field(default_factory=list)

    def add(self, deed: Deed) -> None:
        """One more."""
        self.deeds.append(deed)

    @property
    def presses(self) -> int:
        """Every press, from opening the invitation to sending."""
        return sum(not one.typed for one in self.deeds)

    @property
    def texts(self) -> int:
        """Every typed text."""
        return sum(one.typed for one in self.deeds)

    @property
    def words(self) -> int:
        """Words of messages."""
        return sum(one.came.words for one in self.deeds)

    @property
    def button_words(self) -> int:
        """Words on buttons."""
        return sum(one.came.button_words for one in self.deeds)

    @property
    def buttons(self) -> int:
        """Buttons."""
        return sum(one.came.buttons for one in self.deeds)

    @property
    def screens(self) -> list[tuple[int, int]]:
        """Of every message with buttons: its height, and how far its first button lies below the edge."""
        return [
            (one.height, one.below) for deed in self.deeds for one in deed.came.messages if one.buttons and one.height
        ]

    @property
    def tall(self) -> int:
        """How many of the screens are taller than the talk of a phone."""
        return sum(height > TALL for height, _ in self.screens)

    @property
    def unseen(self) -> int:
        """Of how many the first button is out of sight."""
        return sum(below > 0 for _, below in self.screens)

    @property
    def furthest(self) -> int:
        """How many px below the edge the first button lies at worst."""
        return max((below for _, below in self.screens), default=0)

    @property
    def asked(self) -> list[str]:
        """The questions that were asked, each once, in their order."""
        return list(dict.fromkeys(one.question for one in self.deeds if one.question))

    @property
    def taken_over(self) -> list[str]:
        """Those of them whose answer was there already and only confirmed."""
        return list(dict.fromkeys(one.question for one in self.deeds if one.taken_over))

    @property
    def minutes(self) -> float:
        """The whole, at a human pace."""
        return sum(map(seconds, self.deeds)) / 60

    @property
    def longest(self) -> float:
        """Minutes between two places where one may stop, at most: whatever was done is kept, so each deed ends at one."""
        return max(map(seconds, self.deeds), default=0) / 60

    @property
    def lasted(self) -> float:
        """Minutes that the whole took who waited."""
        return sum(one.took for one in self.deeds) / 60

    @property
    def stretch(self) -> float:
        """Minutes between two places where one may stop, at most, as they were waited for."""
        return max((one.took for one in self.deeds), default=0) / 60


def seconds(deed: Deed) -> float:
    """Of one deed: writing or pressing, and reading what came of it. A text is sent by a tap."""
    writing = words(deed.said) * A_WORD if deed.typed else 0
    return writing + TAP + reading(deed.came)


def reading(came: Change) -> float:
    """Seconds it takes to read what came."""
    return (came.words + came.button_words) / READ * 60
