"""How answers are printed under a numbered item of the form."""

import re
from collections.abc import Callable, Mapping, Sequence

from rules.forms.form import Question, QuestionKind
from rules.judging.filing import Filing
from rules.nouns.reviews import Answer
from rules.nouns.values import Level
from templates.documents.blocks import Blank, Block, Paragraph, Run
from templates.documents.sheets.rating import box, rated
from templates.documents.sheets.tabling import listed
from templates.documents.sheets.values import amount, date, label, shown
from templates.documents.texts import bare, ended, lowered, paragraphs
from templates.documents.words import word

#: Number of dotted lines of an item that is not filled in.
BLANK = Blank((1, 2))

#: The levels of the party forms, printed as on the form: four boxes in a row.
_LEVELS = {level.value for level in Level}

_MARKED = re.compile(r"^([a-zđ]\)|[0-9]\.) ")


def answered(asked: Sequence[Question], filing: Filing, *, boxes: bool = False) -> tuple[Block, ...]:
    """The answers under an item; dotted lines when there are none, as on the empty form.

    `boxes`: the form shows the four ratings as boxes below each other.
    """
    begun = any(one.key in filing.answers for one in asked)
    if not begun and not any(one.kind is QuestionKind.RATING for one in asked):
        return (BLANK,)
    blocks = tuple(block for one in asked for block in _question(one, filing, alone=len(asked) == 1, boxes=boxes))
    return blocks or (body(word("nothing")),)


def said_of(question: Question, filing: Filing) -> tuple[str, ...]:
    """The answer to a text or number question, by lines; empty when there is none."""
    answer = filing.answers.get(question.key)
    if answer is None or answer.skipped or answer.value is None:
        return ()
    if question.kind is QuestionKind.NUMBER:
        return (shown(answer.value),)
    return paragraphs(str(answer.value))


def body(text: str) -> Paragraph:
    """A plain paragraph."""
    return Paragraph("body", (Run(text),))


def _question(question: Question, filing: Filing, *, alone: bool, boxes: bool) -> tuple[Block, ...]:
    answer = filing.answers.get(question.key)
    if question.kind is QuestionKind.RATING:
        return rated(answer, filing, boxes=boxes)
    head = () if alone else (Run(_head(question)),)
    if answer is None:
        return (Paragraph("body", (*head, Run(word("open")))),) if question.required else ()
    if answer.skipped or answer.value is None:
        return ()
    return PRINTED[question.kind](question, answer, head)


def _head(question: Question) -> str:
    """The lead-in of an answer: a lettered or numbered question keeps its mark, any other gets a dash."""
    unnamed = question.item_name if question.kind is QuestionKind.ITEMS else question.text
    text = bare(question.printed_as or unnamed)
    marked = _MARKED.sub("\\1\u00a0", text)
    return f"{marked}: " if marked != text else f"-\u00a0{text}: "


def _choice(question: Question, answer: Answer, head: tuple[Run, ...]) -> tuple[Block, ...]:
    """The criterion in the words of the regulation, how it was met, and the evidence."""
    chosen = label(question.options, answer.value)
    first, *rest = paragraphs(answer.note) or ("",)
    if {option.value for option in question.options} == _LEVELS:
        ticked = Run("   ".join(box(option.label, on=option.value == answer.value) for option in question.options))
        return (Paragraph("body", (*head, ticked)), *(body(more) for more in (first, *rest) if more))
    said = Run(ended(lowered(chosen) if head else chosen), bold=True)
    note = (Run(f" {first}"),) if first else ()
    return (Paragraph("body", (*head, said, *note)), *(body(more) for more in rest))


def _text(_question: Question, answer: Answer, head: tuple[Run, ...]) -> tuple[Block, ...]:
    first, *rest = paragraphs(str(answer.value)) or (word("nothing"),)
    return (Paragraph("body", (*head, Run(first))), *(body(more) for more in rest))


def _number(question: Question, answer: Answer, head: tuple[Run, ...]) -> tuple[Block, ...]:
    return (Paragraph("body", (*head, Run(f"{amount(answer.value, question.unit)}."))),)


def _date(_question: Question, answer: Answer, head: tuple[Run, ...]) -> tuple[Block, ...]:
    return (Paragraph("body", (*head, Run(ended(date(answer.value))))),)


def _items(question: Question, answer: Answer, head: tuple[Run, ...]) -> tuple[Block, ...]:
    nothing = word("nothing")
    empty = Paragraph("body", (*head, Run(lowered(nothing) if head else nothing)))
    over = (Paragraph("body", head),) if question.printed_as and head else ()
    return (*over, *rows) if (rows := listed(question, answer.value)) else (empty,)


#: How an answer of each kind is printed; a rating has a module of its own (templates.documents.sheets.rating).
PRINTED: Mapping[QuestionKind, Callable[[Question, Answer, tuple[Run, ...]], tuple[Block, ...]]] = {
    QuestionKind.TEXT: _text,
    QuestionKind.CHOICE: _choice,
    QuestionKind.NUMBER: _number,
    QuestionKind.DATE: _date,
    QuestionKind.ITEMS: _items,
}
