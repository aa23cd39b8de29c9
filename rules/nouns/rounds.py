"""Rounds (lấy ý kiến) as values: a draft is sent round to people who say what they think of it."""

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Naming(StrEnum):
    """Whether answers carry the names of those who gave them."""

    NAMED = "named"
    UNNAMED = "unnamed"
    CONSENT = "consent"  # the plan wants no names, but too few are asked: those who consent answer by name


class Ended(StrEnum):
    """Why a round ended."""

    DAY = "day"  # its last day has passed
    EARLY = "early"  # ended early by somebody entitled to
    DECIDED = "decided"  # what it was about was decided meanwhile
    NEWER = "newer"  # a newer draft went round


#: The least number of answers before anything said without names is shown.
ENOUGH = 5

#: The greatest length of one comment, in characters.
MAX_CHARS = 1000

#: The size in bytes of one answer in the box without names: the longest possible comment in three-byte letters, and
#: what surrounds it. Every answer takes this much, so that the size of the box reveals nothing.
BOXED_BYTES = 3 * MAX_CHARS + 100

#: Characters of a text that somebody writes to be sent round, and of what it is called.
DRAFT_CHARS, TITLE_CHARS = 12_000, 150
#: Where a chapter of it begins; so many make it one of chapters.
_CHAPTER, _CHAPTERS = re.compile(r"^(?=[IVX]{1,5}[.\-–] ?\S.{0,140}$)", re.MULTILINE), 2

#: The section of a comment on the draft as a whole.
WHOLE = -1


class Asks(StrEnum):
    """What those asked enter in a section of a sheet."""

    NOTHING = ""  # nothing: the section is read and may be commented on
    POINTS = "points"
    RATING = "rating"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Piece:
    """A section of a draft as it was sent round."""

    title: str
    text: str
    #: It differs from the round before.
    changed: bool = False
    #: For a sheet: what is entered; points go from `least` to `most`.
    asks: Asks = Asks.NOTHING
    least: float = 0
    most: float = 100


@dataclass(frozen=True, slots=True)
class Round:
    """A draft sent round. What was sent is kept with its hash and never changes; a newer draft is a new round."""

    id: int
    office: str
    #: What it is about: `r12` a review, `l3` the list of proposals of a campaign, `t7x…` a text of somebody's own.
    token: str
    title: str
    #: Empty if a file goes round as it is.
    pieces: tuple[Piece, ...]
    sha256: str
    naming: Naming
    last_day: dt.date
    #: Who began it.
    by: int
    by_name: str
    #: Who settles the comments.
    owner: int
    at: dt.datetime
    #: The rule of the rulebook on which it rests; "": none.
    key: str = ""
    cite: str = ""
    unverified: bool = False
    campaign: int | None = None
    rulebook: str = ""
    review: int | None = None
    version: int = 0
    #: Whose draft it is, as is `unit`.
    person: int | None = None
    unit: int | None = None
    #: The round about the previous draft.
    follows: int | None = None
    ended: Ended | None = None
    ended_at: dt.datetime | None = None
    ended_by: str = ""
    #: The name of a file that goes round, as its sender called it. `file_kind` is its detected type, and `sha256` is
    #: then that of the file.
    file_name: str = ""
    file_kind: str = ""
    file_size: int = 0
    on_paper: bool = (
        False  # too few are asked for answers without names: on papers, of which who leads it enters what they say
    )

    def open(self, today: dt.date) -> bool:
        """Whether it can be answered on that day."""
        return self.ended is None and today <= self.last_day

    @property
    def about_somebody(self) -> bool:
        """Whether there is no draft: those asked write about a person."""
        return self.token.startswith("s")

    @property
    def named(self) -> bool:
        """Whether answers carry names."""
        return self.naming is not Naming.UNNAMED

    def asking(self, *asked: Asks) -> tuple[int, ...]:
        """The sections that ask for that; without an argument, those that ask for anything."""
        return tuple(place for place, one in enumerate(self.pieces) if one.asks and (one.asks in asked or not asked))

    def answered_by(self, agrees: bool, comments: Mapping[int, str]) -> bool:  # noqa: FBT001 - as it is kept
        """Whether that is a complete answer: of a sheet, every section that asks for something is filled in."""
        asked = self.asking()
        return all(place in comments for place in asked) if asked else agrees or bool(comments)


@dataclass(frozen=True, slots=True)
class Asked:
    """A person who was asked, as they were then."""

    round: int
    person: int
    name: str
    position: str
    unit: str
    #: A mark without a time.
    answered: bool = False
    #: For CONSENT: whether they agree to be named; None: not said.
    agreed: bool | None = None
    left: bool = False
    #: For a sheet that goes to bodies: the body for which they speak.
    body: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person said by name; their latest answer counts. `comments`: by section, with WHOLE for the draft as a
    whole.
    """

    id: int
    round: int
    person: int
    at: dt.datetime
    agrees: bool
    comments: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Voice:
    """What somebody said without a name, at its place in the sorted list. "": they only agree."""

    round: int
    place: int
    text: str


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a comment: taken up, or refused with a reason. The latest one counts."""

    round: int
    #: Whose comment it was; None: one without a name, with `section` as its place.
    person: int | None
    section: int
    #: Identifies the text of the comment.
    mark: str
    taken: bool
    reason: str
    by: int
    by_name: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment, its author (None: without a name), and what became of it."""

    person: int | None
    name: str
    section: int
    text: str
    settled: Settled | None = None


@dataclass(frozen=True, slots=True)
class Slips:
    """What the papers of a round on paper say, as entered by whoever leads it, without names."""

    round: int
    #: How many papers came back.
    returned: int
    #: How many of them only agree; `texts` is what the others say.
    agreeing: int
    texts: tuple[str, ...]
    by: int
    by_name: str
    at: dt.datetime

    @property
    def entered(self) -> int:
        """For how many papers the content has been entered."""
        return self.agreeing + len(self.texts)

    @property
    def stamp(self) -> str:
        """Shows, to somebody who enters more, whether somebody else did meanwhile."""
        return mark("\n".join((str(self.returned), str(self.agreeing), *sorted(self.texts))))

    @property
    def unread(self) -> int:
        """How many papers came back without being entered yet."""
        return self.returned - self.entered

    @property
    def voices(self) -> tuple[Voice, ...]:
        """The texts as voices without names, sorted by their words."""
        said = sorted((*("" for _ in range(self.agreeing)), *self.texts))
        return tuple(Voice(self.round, place, text) for place, text in enumerate(said))


@dataclass(frozen=True, slots=True)
class Talk:
    """A round with everything said that may be shown: nobody's words while it is unnamed and open, or while too few
    have answered.
    """

    round: Round
    asked: tuple[Asked, ...] = ()
    #: Person → the answer that counts.
    answers: Mapping[int, Answer] = field(default_factory=dict)
    voices: tuple[Voice, ...] = ()
    settled: Mapping[tuple[int | None, int], Settled] = field(default_factory=dict)
    slips: Slips | None = None

    @property
    def answered(self) -> int:
        """How many have answered; on paper, how many papers came back."""
        if self.round.on_paper:
            return self.slips.returned if self.slips else 0
        return sum(one.answered for one in self.asked)

    @property
    def missing(self) -> tuple[Asked, ...]:
        """Those who have not answered. Nothing is expected from people who left or answer on paper."""
        if self.round.on_paper:
            return ()
        return tuple(one for one in self.asked if not (one.answered or one.left or one.agreed is False))

    @property
    def agreeing(self) -> int:
        """How many say that they agree."""
        if self.round.named:
            return sum(one.agrees for one in self.answers.values())
        return sum(not one.text for one in self.voices)

    @property
    def takes_slips(self) -> bool:
        """Whether papers may be entered. This also holds after the last day, until which papers can come in."""
        return self.round.on_paper and self.round.ended not in {Ended.NEWER, Ended.DECIDED}

    @property
    def hidden(self) -> bool:
        """Whether nothing said may be shown: it is in the box, or too few have answered."""
        return not (self.round.named or self.round.on_paper or self.voices)

    def of(self, person: int) -> Asked | None:
        """A person who was asked."""
        return next((one for one in self.asked if one.person == person), None)

    @property
    def comments(self) -> tuple[Comment, ...]:
        """All comments by section; within a section in the order in which people were asked, and sorted if without
        names.
        """
        if not self.round.named:
            said = (one for one in self.voices if one.text)
            return tuple(
                Comment(None, "", one.place, one.text, self._settled(None, one.place, one.text)) for one in said
            )
        names = {one.person: (place, one.name) for place, one in enumerate(self.asked)}
        found = [
            (
                section,
                names[person][0],
                Comment(person, names[person][1], section, text, self._settled(person, section, text)),
            )
            for person, answer in self.answers.items()
            if person in names
            for section, text in answer.comments.items()
        ]
        return tuple(comment for _, _, comment in sorted(found, key=lambda one: one[:2]))

    def _settled(self, person: int | None, section: int, text: str) -> Settled | None:
        """What became of a comment; None if the comment was changed since."""
        found = self.settled.get((person, section))
        return found if found and found.mark == mark(text) else None


def token_of_text(person: int, title: str) -> str:
    """The token of a person's own text. Sent again under the same title, it replaces the one before."""
    return f"t{person}x{mark(title.casefold())[:8]}"


def sections_of(title: str, text: str) -> tuple[Piece, ...]:
    """A text divided into chapters, whose headings begin with a Roman number; one piece if there are none."""
    begins = [one.start() for one in _CHAPTER.finditer(text)]
    if len(begins) < _CHAPTERS:
        return (Piece(title, text),) if text else ()
    parts = [text[at:until].strip() for at, until in zip(begins, [*begins[1:], None], strict=True)]
    before = text[: begins[0]].strip()
    headed = [one.partition("\n") for one in parts]
    return (*((Piece(title, before),) if before else ()), *(Piece(head, rest) for head, _, rest in headed))


def fits(text: str) -> bool:
    """Whether a comment is short enough, also for the box."""
    doubled = sum(text.count(one) for one in '"\\\n\t\r')
    return len(text) <= MAX_CHARS and len(text.encode(errors="replace")) + doubled <= 3 * MAX_CHARS


def mark(text: str) -> str:
    """Identifies a comment, so that a later change is recognised."""
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:12]
