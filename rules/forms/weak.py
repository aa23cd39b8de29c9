"""Texts that say nearly nothing: a dot, one word, “none yet”. Nobody is refused one; who sends it is asked once."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rules.forms.form import Question, QuestionKind
from rules.nouns.reviews import Answers
from rules.nouns.spoken import none, says_nothing
from rules.nouns.text import folded

#: A question that takes no longer text asks for a name or a post: one word is an answer.
NAME_CHARS = 200
#: A remark of fewer words says nothing.
WORDS = 3
#: What a question says to write.
_QUOTED = re.compile("“([^”]+)”")


@dataclass(frozen=True, slots=True)
class WeakText:
    """Such a text: the answer to a question, or (`noted`) what was added to its choice: evidence, the reason of a rating."""

    question: str
    text: str
    noted: bool


def weak_texts(asked: Iterable[Question], answers: Answers) -> Iterator[WeakText]:
    """Those among the answers to these questions, in their order. What may be left out may be short."""
    for question in asked:
        answer = answers.get(question.key)
        if answer is None or answer.skipped or not answer.given:
            continue
        remark = question.kind is QuestionKind.TEXT and question.required and question.max_chars > NAME_CHARS
        if remark and isinstance(answer.value, str) and is_weak(answer.value) and not _invited(question, answer.value):
            yield WeakText(question.key, answer.value, noted=False)
        if answer.note and is_weak(answer.note):
            yield WeakText(question.key, answer.note, noted=True)


def _invited(question: Question, text: str) -> bool:
    """Whether the question itself says so short an answer is one: “Không có thì ghi “Không””."""
    return none(text) and any(none(said) for said in _QUOTED.findall(question.help))


def is_weak(text: str) -> bool:
    """Whether a remark has fewer than WORDS words, marks and courtesy aside, or says no more than yes, none, or as before."""
    return len(folded(text).split()) < WORDS or says_nothing(text)
