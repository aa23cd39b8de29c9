"""An official form as a value. The interview, the document and the summary are all derived from it.

A form has sections (I, II, …), a section has items (1, 2, … of the printed form), and an item has questions. Items are
what is printed, questions are what is asked.
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

    CHOICE = "choice"  # one of `options`, by a button; a note may illustrate it
    TEXT = "text"
    NUMBER = "number"  # typed, or a button of `options`
    DATE = "date"  # a day in any usual notation; kept as ISO text
    ITEMS = "items"  # a list, item by item, each with `fields`
    RATING = "rating"  # one of the four ratings; if above the suggestion, its note is the reason


class FilledBy(StrEnum):
    """Who fills a section of the form."""

    PERSON = "person"
    UNIT_HEAD = "unit_head"
    AUTHORITY = "authority"


#: The value of an option. JSON keeps it unchanged.
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
    #: The column heading in summaries and documents.
    label: str
    help: str = ""
    options: tuple[Option, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""
    not_before: str = ""
    not_after: str = ""
    max_chars: int = 500
    #: Further words for its values, as people type them ("đúng hạn"); they are ours, not the form's.
    said: tuple[tuple[str, OptionValue], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Usual:
    """The answers of an ordinary year to several questions, given by one press. They are ours and never printed."""

    #: The button.
    label: str
    #: Question (or field of a list's items) → value. The screen lists each of them.
    answers: Mapping[str, OptionValue]


@dataclass(frozen=True, slots=True, eq=False)
class Unlikely:
    """A combination of answers that is unlikely. The person is asked about it at once; it is never refused, printed or
    judged.
    """

    #: Tests of the questions that are unlikely together.
    says: When | None = None
    #: Instead of tests: the sum of the answers to these questions is above the limit.
    sum: tuple[str, ...] = ()
    #: Instead of tests: the number of these questions with an answer is above the limit.
    count: tuple[str, ...] = ()
    #: The limit: a number, or the question whose answer it is.
    above: float | str = 0
    #: Both answers may be right all the same.
    both: bool = True

    @property
    def questions(self) -> tuple[str, ...]:
        """The keys of all questions involved."""
        said = tuple(dict.fromkeys(test.fact for test in self.says.every_test)) if self.says else ()
        limit = (self.above,) if isinstance(self.above, str) else ()
        return (*said, *self.sum, *self.count, *limit)


@dataclass(frozen=True, slots=True)
class Yield:
    """How an answer becomes a fact."""

    fact: str
    #: How the fact is computed:
    #: - `value`: the answer itself.
    #: - `sum`: the sum of the answers of all questions that yield this fact.
    #: - `list`: the list of these answers, or of the items' `field`, without skipped ones.
    #: - `worst`: the worst over all questions that yield this fact, or over the items' `field`.
    #: - `all`, `any`: whether `field` is true in each item, in some item.
    #: - `when`: whether the answer passes `where`, under the name `value`.
    #: - `share`: the percentage of items that match one of `where`.
    how: str = "value"
    field: str = ""
    where: tuple[When, ...] = ()
    #: The value of the fact for a closed list without items.
    when_empty: OptionValue | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form."""

    #: Never changes, because stored answers and old buttons refer to it.
    key: str
    kind: QuestionKind
    text: str
    help: str = ""
    example: str = ""
    required: bool = True
    #: Asked only if this holds of the person and the facts.
    when: When | None = None
    options: tuple[Option, ...] = ()
    illustrated: bool = False
    #: For ITEMS.
    fields: tuple[Field, ...] = ()
    #: For ITEMS: the word for one item ("Nhiệm vụ").
    item_name: str = ""
    min_items: int = 0
    max_items: int = 40
    #: For NUMBER.
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""
    #: For DATE: the first accepted day, an ISO date or `today` (the day of the answer); "": any.
    not_before: str = ""
    not_after: str = ""
    max_chars: int = 2000
    yields: tuple[Yield, ...] = ()
    #: The label before the answer in the document; "": `text` is printed.
    printed_as: str = ""
    cite: str = ""
    #: Only for the desk (`tusoi rulebook show`), never for the person.
    desk_note: str = ""
    #: The source itself was not seen.
    unverified: bool = False
    #: For RATING: `civil` or `party`; "": what the form rates. For others: the only rating for which its facts count;
    #: "": every rating.
    about: str = ""
    #: The row's number (TT) in a table of points.
    number: str = ""
    #: Identifies what is asked, if other forms ask the same (rules.forms.recalling).
    topic: str = ""
    #: Topics of other forms whose answers can serve as a first draft of this one, the closest first.
    near: tuple[str, ...] = ()
    #: For CHOICE and NUMBER: an answer by button stays valid from year to year.
    lasting: bool = False
    #: The topic whose text of last year is shown with this question.
    recalls: str = ""
    #: False: it only helps to answer, and the form has no place for it.
    printed: bool = True
    #: Keys of questions of its item. If the person chooses it, it replaces them; otherwise it is not asked.
    instead_of: tuple[str, ...] = ()
    #: Asked only for years judged from this day on (rules.book.editions).
    since: dt.date | None = None
    until: dt.date | None = None
    #: Our own short wording of `text` for a screen with several questions; never printed.
    short: str = ""
    #: For ITEMS: values for all items at once, each with its button; none is preselected.
    usual: tuple[Usual, ...] = ()
    #: For ITEMS: unlikely combinations of an item's fields. The person is asked at once; it is never refused.
    unlikely: tuple[When, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered item of the printed form."""

    key: str
    number: str
    #: Exactly as on the official form.
    title: str
    #: The form's own words in brackets, printed in italics.
    hint: str = ""
    #: The hint stands below the answer instead of after the title.
    hint_below: bool = False
    questions: tuple[Question, ...] = ()
    when: When | None = None
    #: A computed fact (rules.book.scoring) that is printed as the answer.
    shows: str = ""
    #: `points`, `months`: its questions are rows of a table; `boxes`: the four boxes of a rating.
    layout: str = ""
    #: The part of the ruling printed here: `remarks`, `rating`, `measures` or `prospects`.
    takes: str = ""
    #: If it takes `rating`: the key of the rating question; "": the form's own, its last.
    rating: str = ""
    #: Dotted lines for writing by hand; 0: those of the next item serve both.
    lines: int = 2
    #: The title names it in chat only; the form prints none.
    untitled: bool = False
    desk_note: str = ""
    unverified: bool = False
    usual: Usual | None = None
    #: What its criteria are about, if a text of another form is about the same (rules.forms.recalling).
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature block. `ruling`: the decider signs here."""

    title: str
    note: str = ""
    ruling: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form. A section that is not printed only asks for facts of the year that the rules need."""

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
    """Where a comment of the chain is printed; the first match applies."""

    section: str
    item: str = ""
    when: When | None = None
    cite: str = ""
    #: The commenter's role (rules.book.procedure.Role; "": any of these), or the kind of an opinion
    #: (rules.nouns.rulings.OpinionKind). An opinion is printed only where its own kind is named.
    role: str = ""


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A line below the title."""

    label: str
    #: `name`, `position`, `unit` or `period`; "": the line shows the answer to `question`, which an unprinted section
    #: asks.
    source: str = ""
    question: str = ""
    #: It is printed in brackets in place of the year, with `note` as its footnote.
    as_year: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class NamedItem:
    """An item with the name that people use for it: `I.5`, "Kết quả thực hiện chức trách…"."""

    key: str
    number: str
    title: str
    questions: tuple[str, ...]


@lru_cache(maxsize=1024)
def questions_telling(form: "Form") -> Mapping[str, tuple[Question, ...]]:
    """Fact → the questions of a form that contribute to it, in order."""
    found: dict[str, tuple[Question, ...]] = {}
    for question in form.questions.values():
        for fact in dict.fromkeys(rule.fact for rule in question.yields):
            found[fact] = (*found.get(fact, ()), question)
    return found


def item_number(section: Section, item: Item) -> str:
    """The number that people use for an item: I.2, 7 (if the section has no number), or nothing.

    A group of a table has a roman number of its own: II, not I.II.
    """
    doubled = bool(item.number) and set(section.number + item.number) <= set("IVX")
    return item.number if doubled else ".".join(filter(None, (section.number, item.number)))


@dataclass(frozen=True, slots=True, eq=False)  # loaded once, so the same form is the same object
class Form:
    """A form of an instrument. Codes are unique only within their instrument."""

    id: str
    code: str
    instrument: str
    version: str
    title: str
    #: `administrative` or `party`.
    heading: str
    person_lines: tuple[PersonLine, ...]
    sections: tuple[Section, ...]
    comment: tuple[CommentPlace, ...] = ()
    #: The office's estimate of the time it takes; 0: computed (rules.forms.pace).
    minutes: int = 0
    cite: str = ""
    #: The subject of the form's rating; None: what the person is on the roster.
    rates: Subject | None = None
    #: `review`, `tracking`, `opinion`, `ballot`, `proposal` or `summary`.
    use: str = "review"
    #: Who fills it in, in words, if it is not a review of oneself.
    filled_by: str = ""
    #: It is printed line by line as in the annex of its instrument: notes of sections become footnotes, answers
    #: continue the line of their title, signatures stand side by side at the end, and nothing is added for which the
    #: annex has no line.
    annexed: bool = False
    #: The words above the first section; {name} is the person it is about.
    opening: str = ""
    desk_note: str = ""
    unverified: bool = False
    unlikely: tuple[Unlikely, ...] = ()
    #: All questions by key, in order.
    questions: Mapping[str, Question] = field(default_factory=dict)

    def walk(self) -> Iterator[tuple[Section, Item, Question]]:
        """Every question with its place, in the order of the form."""
        for section in self.sections:
            for item in section.items:
                for question in item.questions:
                    yield section, item, question

    def parts(self) -> Iterator[NamedItem]:
        """Every item that the person fills in, in order. An item without a title is called by its section's."""
        for section in self.sections:
            if section.filled_by is FilledBy.PERSON:
                for item in section.items:
                    number = item_number(section, item)
                    questions = tuple(question.key for question in item.questions)
                    yield NamedItem(item.key, number, item.title or section.title, questions)
