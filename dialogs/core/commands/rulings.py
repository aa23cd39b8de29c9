"""Commands about rulings: deciding, acknowledging, petitioning and answering petitions."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from rules.nouns.rulings import PetitionOutcome, Response
from rules.nouns.values import Rating


@dataclass(frozen=True, slots=True)
class Decide:
    """Record the authority's decision on a review; the fields are those of rules.nouns.rulings.Ruling.

    `number` is that of the new ruling. If a ruling with that number exists already, somebody else decided first.
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
    """The person acknowledges a ruling, with or without reserving an opinion."""

    review: int
    number: int
    response: Response
    text: str = ""


@dataclass(frozen=True, slots=True)
class FilePetition:
    """The person petitions against the ruling `number`. `due`: the last day for the answer."""

    review: int
    number: int
    text: str
    due: dt.date | None
    cite: str


@dataclass(frozen=True, slots=True)
class AnswerPetition:
    """The authority answers a petition, or the person withdraws it (WITHDRAWN)."""

    petition: int
    review: int
    outcome: PetitionOutcome
    answer: str


RulingCommand = Decide | Respond | FilePetition | AnswerPetition
