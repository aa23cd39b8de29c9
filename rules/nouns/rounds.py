"""Lấy ý kiến: a draft sent round to people who are to say what they think of it, as values."""

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Naming(StrEnum):
    """Whether what is said carries the name of who said it."""

    NAMED = "named"
    UNNAMED = "unnamed"
    CONSENT = "consent"  # unnamed by the plan, but too few are asked: named, by who agrees to that


class Ended(StrEnum):
    """Why nothing is said to it any more."""

    DAY = "day"  # its last day is over
    EARLY = "early"  # somebody who may ended it
    DECIDED = "decided"  # what it was about was decided meanwhile
    NEWER = "newer"  # a newer draft went round


#: So many must have answered before anything that was said without names is shown.
ENOUGH = 5

#: Characters of one comment.
MAX_CHARS = 1000

#: Bytes that one answer may take in the box of what is said without names: the longest comment there is, in letters of three bytes each, and
#: what stands around it. Every answer is given as much, so that the size of a box tells nothing.
BOXED_BYTES = 3 * MAX_CHARS + 100

#: Characters of a text that somebody writes to be sent round, and of what it is called.
DRAFT_CHARS, TITLE_CHARS = 12_000, 150
#: Where a chapter of it begins; so many make it one of chapters.
_CHAPTER, _CHAPTERS = re.compile(r"^(?=[IVX]{1,5}[.\-–] ?\S.{0,140}$)", re.MULTILINE), 2

#: Of a comment: on no section, but on the draft as a whole.
WHOLE = -1


class Asks(StrEnum):
    """What those asked put into a section of a sheet."""

    NOTHING = ""  # it is read, and may be commented
    POINTS = "points"
    RATING = "rating"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Piece:
    """A section of a draft as it was sent round. `changed`: it reads otherwise than in the round before. Of a sheet: what it `asks`;
    points from `least` to `most`.
    """

    title: str
    text: str
    changed: bool = False
    asks: Asks = Asks.NOTHING
    least: float = 0
    most: float = 100


@dataclass(frozen=True, slots=True)
class Round:
    """A draft sent round. What went round is kept with its hash and never changes; a newer draft is a new round that `follows`. Where a
    file goes round as it is, it has no sections: `file_name` as who sent it called it, `file_kind` what it was found to be, `sha256` its own.

    `token`: what it is about (`r12` a review, `l3` the list of proposals of a campaign, `t7x…` a text of somebody's own); `key`: the rule of the rulebook it rests on ("":
    none speaks of it); `person`, `unit`: whose the draft is. `owner`: who takes up what is said; `by`: who began it.
    """

    id: int
    office: str
    token: str
    title: str
    pieces: tuple[Piece, ...]
    sha256: str
    naming: Naming
    last_day: dt.date
    by: int
    by_name: str
    owner: int
    at: dt.datetime
    key: str = ""
    cite: str = ""
    unverified: bool = False
    campaign: int | None = None
    rulebook: str = ""
    review: int | None = None
    version: int = 0
    person: int | None = None
    unit: int | None = None
    follows: int | None = None
    ended: Ended | None = None
    ended_at: dt.datetime | None = None
    ended_by: str = ""
    file_name: str = ""
    file_kind: str = ""
    file_size: int = 0
    on_paper: bool = (
        False  # too few are asked for answers without names: on papers, of which who leads it enters what they say
    )

    def open(self, today: dt.date) -> bool:
        """Whether it may be answered on that day."""
        return self.ended is None and today <= self.last_day

    @property
    def about_somebody(self) -> bool:
        """Whether nothing is drafted: those asked write of somebody."""
        return self.token.startswith("s")

    @property
    def named(self) -> bool:
        """Whether answers carry names."""
        return self.naming is not Naming.UNNAMED

    def asking(self, *asked: Asks) -> tuple[int, ...]:
        """The sections that ask for that; without a word those that ask for anything."""
        return tuple(place for place, one in enumerate(self.pieces) if one.asks and (one.asks in asked or not asked))

    def answered_by(self, agrees: bool, comments: Mapping[int, str]) -> bool:  # noqa: FBT001 - as it is kept
        """Whether that is a whole answer: of a sheet every section that asks has been filled."""
        asked = self.asking()
        return all(place in comments for place in asked) if asked else agrees or bool(comments)


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who was asked, as they were then. `answered`: a mark without a time; `agreed`: to be named (of CONSENT; None: not said)."""

    round: int
    person: int
    name: str
    position: str
    unit: str
    answered: bool = False
    agreed: bool | None = None
    left: bool = False
    body: str = ""  # which body they speak for, of a sheet that goes to bodies


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody said, with their name; the last of theirs counts. `comments`: by section, WHOLE the draft as a whole."""

    id: int
    round: int
    person: int
    at: dt.datetime
    agrees: bool
    comments: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Voice:
    """What somebody said without a name, at its place in the sorted list. "": they agree and say nothing else."""

    round: int
    place: int
    text: str


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a comment: taken up, or why not. `person` and `section` say which; of an unnamed one `section` is its place and
    `person` none. The last one counts.
    """

    round: int
    person: int | None
    section: int
    mark: str  # of the text that it is about
    taken: bool
    reason: str
    by: int
    by_name: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment with who said it (None: without a name) and what became of it."""

    person: int | None
    name: str
    section: int
    text: str
    settled: Settled | None = None


@dataclass(frozen=True, slots=True)
class Slips:
    """What the papers of a round on paper said, as who leads it entered it: how many came back, how many of them only agree, and what others
    say, without a name.
    """

    round: int
    returned: int
    agreeing: int
    texts: tuple[str, ...]
    by: int
    by_name: str
    at: dt.datetime

    @property
    def entered(self) -> int:
        """Of how many papers it is entered what they say."""
        return self.agreeing + len(self.texts)

    @property
    def stamp(self) -> str:
        """By which who enters more sees whether somebody else did meanwhile."""
        return mark("\n".join((str(self.returned), str(self.agreeing), *sorted(self.texts))))

    @property
    def unread(self) -> int:
        """How many papers came back of which nothing is entered."""
        return self.returned - self.entered

    @property
    def voices(self) -> tuple[Voice, ...]:
        """As what was said without names stands: sorted by its words."""
        said = sorted((*("" for _ in range(self.agreeing)), *self.texts))
        return tuple(Voice(self.round, place, text) for place, text in enumerate(said))


@dataclass(frozen=True, slots=True)
class Talk:
    """A round with all that was said to it, as far as it may be shown: while it is unnamed and open, or too few answered, nobody's words."""

    round: Round
    asked: tuple[Asked, ...] = ()
    answers: Mapping[int, Answer] = field(default_factory=dict)  # person → the one that counts
    voices: tuple[Voice, ...] = ()
    settled: Mapping[tuple[int | None, int], Settled] = field(default_factory=dict)
    slips: Slips | None = None

    @property
    def answered(self) -> int:
        """How many have answered; on paper how many papers came back."""
        if self.round.on_paper:
            return self.slips.returned if self.slips else 0
        return sum(one.answered for one in self.asked)

    @property
    def missing(self) -> tuple[Asked, ...]:
        """Who has not answered; of who has left, or answers on paper, nothing is awaited."""
        if self.round.on_paper:
            return ()
        return tuple(one for one in self.asked if not (one.answered or one.left or one.agreed is False))

    @property
    def agreeing(self) -> int:
        """How many say they agree."""
        if self.round.named:
            return sum(one.agrees for one in self.answers.values())
        return sum(not one.text for one in self.voices)

    @property
    def takes_slips(self) -> bool:
        """Whether what papers said may be entered; also after the last day, they come in until then."""
        return self.round.on_paper and self.round.ended not in {Ended.NEWER, Ended.DECIDED}

    @property
    def hidden(self) -> bool:
        """Whether nothing of what was said can be shown: it lies in the box, or too few answered."""
        return not (self.round.named or self.round.on_paper or self.voices)

    def of(self, person: int) -> Asked | None:
        """Somebody who was asked."""
        return next((one for one in self.asked if one.person == person), None)

    @property
    def comments(self) -> tuple[Comment, ...]:
        """All comments: by section, within one in the order in which people were asked; without names as they are sorted."""
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
        """What became of it; of one that was changed since nothing."""
        found = self.settled.get((person, section))
        return found if found and found.mark == mark(text) else None


def token_of_text(person: int, title: str) -> str:
    """What a text of somebody's own is about: sent again under the same title, it takes the place of the one before."""
    return f"t{person}x{mark(title.casefold())[:8]}"


def sections_of(title: str, text: str) -> tuple[Piece, ...]:
    """A text by its chapters, those whose heading begins with a Roman number; one piece where there are none."""
    begins = [one.start() for one in _CHAPTER.finditer(text)]
    if len(begins) < _CHAPTERS:
        return (Piece(title, text),) if text else ()
    parts = [text[at:until].strip() for at, until in zip(begins, [*begins[1:], None], strict=True)]
    before = text[: begins[0]].strip()
    headed = [one.partition("\n") for one in parts]
    return (*((Piece(title, before),) if before else ()), *(Piece(head, rest) for head, _, rest in headed))


def fits(text: str) -> bool:
    """Whether a comment is short enough, also for the box of what is said without names."""
    doubled = sum(text.count(one) for one in '"\\\n\t\r')
    return len(text) <= MAX_CHARS and len(text.encode(errors="replace")) + doubled <= 3 * MAX_CHARS


def mark(text: str) -> str:
    """What tells a comment from what stood there before it was changed."""
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:12]
