"""An official form as a value: at once the interview, the document and the summary.

A form has sections (I, II, …), a section has items (1, 2, … of the printed form), an item has the
questions that are asked for it. What is printed is the item; what is asked are its questions.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from rules.nouns.conditions import When
from rules.nouns.values import Subject


class QuestionKind(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"  # one of `options`, by a button; may carry a note (illustrated)
    TEXT = "text"
    NUMBER = "number"  # typed or by a button of `options`
    DATE = "date"  # a day, typed as people type days; kept as ISO text
    ITEMS = "items"  # a list, item by item, each with `fields`
    RATING = "rating"  # one of the four ratings; above the suggestion it carries the reason as its note


class FilledBy(StrEnum):
    """Who fills a section of the form."""

    PERSON = "person"
    UNIT_HEAD = "unit_head"
    AUTHORITY = "authority"


#: What an option stands for. JSON keeps it as it is.
OptionValue = str | bool | int | float


@dataclass(frozen=True, slots=True)
class Option:
    """A button of a choice."""

    value: OptionValue
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One part of a list item. Its `kind` is CHOICE, TEXT, NUMBER or DATE."""

    key: str
    kind: QuestionKind
    text: str
    label: str  # column heading in summaries and documents
    help: str = ""
    options: tuple[Option, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""
    not_before: str = ""
    not_after: str = ""
    max_chars: int = 500
    said: tuple[tuple[str, OptionValue], ...] = ()  # other words for its values, as people type them ("đúng hạn"); ours


@dataclass(frozen=True, slots=True, eq=False)
class Usual:
    """The answers of an ordinary year to what belongs together, given by one press; ours, never printed.

    `label` is its button. `answers`: question (or field of a list's items) → value; the screen says each of them.
    """

    label: str
    answers: Mapping[str, OptionValue]


@dataclass(frozen=True, slots=True, eq=False)
class Unlikely:
    """What answers of a form hardly say together: asked about at once, never refused; ours, never printed nor judged.

    `says`: a test of each of these questions; or the `sum` of what is answered to these, or the `count` of these that have an
    answer, is above `above` (a number, or the question whose answer it is). `both`: both may be right all the same.
    """

    says: When | None = None
    sum: tuple[str, ...] = ()
    count: tuple[str, ...] = ()
    above: float | str = 0
    both: bool = True

    @property
    def questions(self) -> tuple[str, ...]:
        """Keys of all the questions it is about."""
        said = tuple(dict.fromkeys(test.fact for test in self.says.every_test)) if self.says else ()
        limit = (self.above,) if isinstance(self.above, str) else ()
        return (*said, *self.sum, *self.count, *limit)


@dataclass(frozen=True, slots=True)
class Yield:
    """How an answer becomes a fact.

    `how`: `value` (the answer itself), `sum` (of the answers of all questions that yield this fact), `list` (of
    those answers, or of the items' `field`; skipped ones are left out), `worst` (the worst over all questions that yield this fact,
    or over the items' `field`), `all` (true when `field` is true in each item), `any`,
    `when` (whether the answer is as `where` says, by the name `value`),
    `share` (percentage of the items that match `where`; any one of several `where` suffices).
    `when_empty` is the fact's value when the list is closed with no item.
    """

    fact: str
    how: str = "value"
    field: str = ""
    where: tuple[When, ...] = ()
    when_empty: OptionValue | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `key` is stable for good: kept answers and old buttons name it."""

    key: str
    kind: QuestionKind
    text: str
    help: str = ""
    example: str = ""
    required: bool = True
    when: When | None = None  # asked only when this holds of person and facts
    options: tuple[Option, ...] = ()
    illustrated: bool = False
    fields: tuple[Field, ...] = ()  # ITEMS
    item_name: str = ""  # ITEMS: what one item is called ("Nhiệm vụ")
    min_items: int = 0
    max_items: int = 40
    minimum: float | None = None  # NUMBER
    maximum: float | None = None
    unit: str = ""
    not_before: str = ""  # DATE: the first day that is taken, an ISO date or `today` (of the answer); "" any
    not_after: str = ""
    max_chars: int = 2000
    yields: tuple[Yield, ...] = ()
    printed_as: str = ""  # label before the answer in the document; "" prints `text`
    cite: str = ""
    desk_note: str = ""  # what only the desk reads (`tusoi rulebook show`), never the person
    unverified: bool = False  # the source itself was not seen
    about: str = (
        ""  # RATING: `civil` or `party`, "" what the form rates; else the one rating its facts count for, "" each
    )
    number: str = ""  # the row's number in a table of points (TT)
    topic: str = ""  # what it asks, where other forms ask the same (rules.forms.recalling)
    near: tuple[str, ...] = ()  # topics of other forms from whose answers one to this may be drafted, the nearest first
    lasting: bool = False  # CHOICE, NUMBER: what a button says of it stays so from year to year
    recalls: str = ""  # topic of which last year's text is shown with this question
    printed: bool = True  # False: it only helps to answer; the form itself has no place for it
    instead_of: tuple[
        str, ...
    ] = ()  # keys of questions of its item: asked in their place where the person chose it, else not at all
    since: dt.date | None = None  # asked only for years judged from this day on (rules.book.editions)
    until: dt.date | None = None
    short: str = ""  # our own short wording of `text`, where several are asked on one screen; never printed
    usual: tuple[
        Usual, ...
    ] = ()  # ITEMS: what may be said of all items in one press, each by its button; none is preselected
    unlikely: tuple[
        When, ...
    ] = ()  # ITEMS: what the fields of an item hardly say together; asked about at once, never refused


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered item of the printed form."""

    key: str
    number: str
    title: str  # to the letter of the official form
    hint: str = ""  # the form's own words in brackets, printed in italics
    hint_below: bool = False  # the hint stands below the answer instead of after the title
    questions: tuple[Question, ...] = ()
    when: When | None = None
    shows: str = ""  # a fact worked out of the answers (rules.book.scoring), printed as the answer
    layout: str = ""  # `points`, `months`: its questions are rows of a table; `boxes`: a rating's four boxes
    takes: str = ""  # what of the ruling stands here: `remarks`, `rating`, `measures` or `prospects`
    rating: str = ""  # takes `rating`: key of the rating question; "" is the form's own, its last
    lines: int = 2  # dotted, for the hand; 0: those of the next item serve both
    untitled: bool = False  # its title names it in chat; the form prints none
    desk_note: str = ""
    unverified: bool = False
    usual: Usual | None = None
    topic: str = (
        ""  # what its criteria are about, where a text of another form is about the same (rules.forms.recalling)
    )


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature block. `ruling`: whoever decided signs here."""

    title: str
    note: str = ""
    ruling: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form. An unprinted section only asks (facts of the year, for the rules)."""

    key: str
    title: str
    number: str = ""
    note: str = ""
    filled_by: FilledBy = FilledBy.PERSON
    printed: bool = True
    when: When | None = None
    items: tuple[Item, ...] = ()
    signature: Signature | None = None


@dataclass(frozen=True, slots=True)
class CommentPlace:
    """Where a comment of the chain stands in the document; the first that matches wins.

    `role`: as what somebody comments (rules.book.procedure.Role), "" any of these; or whose opinion it is
    (rules.nouns.rulings.OpinionKind): an opinion stands only where its own kind is named.
    """

    section: str
    item: str = ""
    when: When | None = None
    cite: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A line under the title. `source` is `name`, `position`, `unit` or `period` (what the campaign is about); or "", and the line shows the
    answer to `question` (asked in an unprinted section). `as_year`: it stands in brackets where other forms have the year, with `note` as
    its footnote.
    """

    label: str
    source: str = ""
    question: str = ""
    as_year: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class NamedItem:
    """An item with the name by which people call it: `I.5`, "Kết quả thực hiện chức trách…"."""

    key: str
    number: str
    title: str
    questions: tuple[str, ...]


@lru_cache(maxsize=1024)
def questions_telling(form: "Form") -> Mapping[str, tuple[Question, ...]]:
    """Of each fact the questions of a form whose answers say something to it, in their order."""
    found: dict[str, tuple[Question, ...]] = {}
    for question in form.questions.values():
        for fact in dict.fromkeys(rule.fact for rule in question.yields):
            found[fact] = (*found.get(fact, ()), question)
    return found


def item_number(section: Section, item: Item) -> str:
    """How people call an item: I.2, 7 (the section has no number) or nothing. A group of a table has a roman number of its own: II, not I.II."""
    doubled = bool(item.number) and set(section.number + item.number) <= set("IVX")
    return item.number if doubled else ".".join(filter(None, (section.number, item.number)))


@dataclass(frozen=True, slots=True, eq=False)  # loaded once: the same form is the same object
class Form:
    """A form of an instrument. Codes are unique only together with their instrument.

    `annexed`: it is printed line by line as the annex of its instrument has it. Notes of sections are footnotes, answers go on in the line of
    their title, whoever signs does so at the end, side by side, and nothing stands there that the annex has no line for.
    """

    id: str
    code: str
    instrument: str
    version: str
    title: str
    heading: str  # `administrative` or `party`
    person_lines: tuple[PersonLine, ...]
    sections: tuple[Section, ...]
    comment: tuple[CommentPlace, ...] = ()
    minutes: int = 0  # what the office says it takes; 0: worked out (rules.forms.pace)
    cite: str = ""
    rates: Subject | None = None  # what the form's rating is of; None: what the person is on the roster
    use: str = "review"  # `review`, `tracking`, `opinion`, `ballot`, `proposal` or `summary`
    filled_by: str = ""  # who fills it, in words, where it is not a review of one's own
    annexed: bool = False
    opening: str = ""  # the words above the first section; {name} is who it is about
    desk_note: str = ""
    unverified: bool = False
    unlikely: tuple[Unlikely, ...] = ()
    questions: Mapping[str, Question] = field(default_factory=dict)  # all, by key, in order

    def walk(self) -> Iterator[tuple[Section, Item, Question]]:
        """Every question with its place, in the order of the form."""
        for section in self.sections:
            for item in section.items:
                for question in item.questions:
                    yield section, item, question

    def parts(self) -> Iterator[NamedItem]:
        """Every item the person fills, in the order of the form. Without a title of its own it goes by its section's."""
        for section in self.sections:
            if section.filled_by is FilledBy.PERSON:
                for item in section.items:
                    number = item_number(section, item)
                    questions = tuple(question.key for question in item.questions)
                    yield NamedItem(item.key, number, item.title or section.title, questions)
