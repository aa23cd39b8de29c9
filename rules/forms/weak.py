"""Texts that say almost nothing: a dot, one word, "none yet". They are not refused; before sending, the person is asked
once.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rules.forms.form import Question, QuestionKind
from rules.nouns.reviews import Answers
from rules.nouns.spoken import none, says_nothing
from rules.nouns.text import folded

#: A question with a smaller limit asks for a name or post, for which one word is an answer.
NAME_CHARS = 200
#: A remark with fewer words says nothing.
WORDS = 3
#: What a question tells people to write.
_QUOTED = re.compile("“([^”]+)”")


@dataclass(frozen=True, slots=True)
class WeakText:
    """A weak answer to a question, or (`noted`) a weak note added to a choice: the evidence, or the reason for a
    rating.
    """

    question: str
    text: str
    noted: bool


def weak_texts(asked: Iterable[Question], answers: Answers) -> Iterator[WeakText]:
    """The weak texts among the answers to these questions, in order. Optional answers may be short."""
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
    """Whether the question itself offers such a short answer: "Không có thì ghi “Không”"."""
    return none(text) and any(none(said) for said in _QUOTED.findall(question.help))


def is_weak(text: str) -> bool:
    """Whether a remark has fewer than WORDS words without punctuation and courtesy, or says only yes, none, or as
    before.
    """
    return len(folded(text).split()) < WORDS or says_nothing(text)
