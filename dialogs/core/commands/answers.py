"""Answers kept while somebody fills their own form."""

from dataclasses import dataclass

from rules.nouns.reviews import Answer


@dataclass(frozen=True, slots=True)
class KeepAnswer:
    """Keep (or change) the answer of one question. The history stays."""

    review: int
    question: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class KeepAsked:
    """Keep by which stamps texts are known that were asked about before sending: all there are by now."""

    review: int
    stamps: tuple[str, ...]


AnswerCommand = KeepAnswer | KeepAsked
