"""Commands that keep answers while a person fills in their own form."""

from dataclasses import dataclass

from rules.nouns.reviews import Answer


@dataclass(frozen=True, slots=True)
class KeepAnswer:
    """Store or change the answer to one question. Earlier answers are kept as history."""

    review: int
    question: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class KeepAsked:
    """Record which texts the person has been asked to confirm before sending, by their stamps. It replaces the earlier
    list.
    """

    review: int
    stamps: tuple[str, ...]


AnswerCommand = KeepAnswer | KeepAsked
