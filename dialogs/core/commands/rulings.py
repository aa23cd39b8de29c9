"""Rulings: decided by the authority, answered and petitioned against by the person."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from rules.nouns.rulings import PetitionOutcome, Response
from rules.nouns.values import Rating


@dataclass(frozen=True, slots=True)
class Decide:
    """The authority's decision on a review; fields as in rules.nouns.rulings.Ruling. `number` is that of the new ruling:
    when there is one of that number already, somebody else was first.
    """

    review: int
    version: int
    number: int
    ratings: Mapping[str, Rating | None]
    remarks: str = ""
    measures: str = ""
    prospects: str = ""
    reason: str = ""
    cite: str = ""
    document: str = ""
    signer: str = ""
    for_whom: int | None = None


@dataclass(frozen=True, slots=True)
class Respond:
    """The person takes notice of a ruling, with or without a reserved opinion."""

    review: int
    number: int
    response: Response
    text: str = ""


@dataclass(frozen=True, slots=True)
class FilePetition:
    """The person petitions against the ruling `number`. `due`: last day of the answer."""

    review: int
    number: int
    text: str
    due: dt.date | None
    cite: str


@dataclass(frozen=True, slots=True)
class AnswerPetition:
    """The authority's answer (or, WITHDRAWN, the person's)."""

    petition: int
    review: int
    outcome: PetitionOutcome
    answer: str


RulingCommand = Decide | Respond | FilePetition | AnswerPetition
