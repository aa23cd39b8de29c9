"""Decided reviews in the small office, for tests of what follows a result."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from dialogs.core.handlers import Books
from dialogs.core.knowledge.results import Results
from dialogs.core.state import State
from rules.book.editions import rating_day
from rules.book.procedure import Effect, PetitionRule, Procedure, SpecialCase
from rules.nouns.conditions import When
from rules.nouns.people import Person
from rules.nouns.reviews import Json, Review, ReviewStatus
from rules.nouns.rulings import Acknowledgement, Petition, PetitionOutcome, Response, Ruling
from rules.nouns.values import Rating
from tests.dialogs.small_office import BOOK, HOA, LAN, NOW, draft, review

DESK = 9
DUE = dt.date(2020, 12, 10)
RULE = PetitionRule(7, "Điều thử 22")
_TWICE = SpecialCase("failed_two_years", "Xem xét theo quy định", When(()), Effect.FLAGGED, "Điều thử 30")
CLOCKED: Books = {
    (BOOK.id, rating_day(2020)): replace(BOOK, procedure=Procedure(special_cases=(_TWICE,), petitions=RULE))
}


def ruling(number: int = 1, rating: Rating | None = Rating.GOOD, version: int = 1, **more: str) -> Ruling:
    """A decision of HOA on the first of the days, 10:00."""
    at = dt.datetime(2020, 12, number, 10, 0, tzinfo=NOW.tzinfo)
    return Ruling(number, version, {"self": rating}, HOA.id, HOA.name, HOA.position, at, **more)


def decided(*rulings: Ruling, person: Person = LAN, said: Acknowledgement | None = None, number: int = 100) -> Review:
    """A review of `person` with these decisions, `ruling()` when none is given."""
    whole = review(draft(), person=person, status=ReviewStatus.DECIDED, review_id=number)
    return replace(whole, decider_id=HOA.id, rulings=rulings or (ruling(),), acknowledged=said)


def acknowledged(number: int = 1, text: str = "") -> Acknowledgement:
    """An acknowledgement; with a text, a reservation."""
    return Acknowledgement(number, Response.RESERVED if text else Response.ACKNOWLEDGED, NOW, text)


def petition(number: int = 1, outcome: PetitionOutcome | None = None, answer: str = "") -> Petition:
    """LAN's petition about the decision `number`."""
    answered = NOW + dt.timedelta(days=3) if outcome else None
    return Petition(5, 100, number, LAN.id, "Xin xem lại", NOW, DUE, RULE.cite, outcome, answer, None, answered)


def sees(
    *mine: Review,
    petitions: tuple[Petition, ...] = (),
    due: bool = True,
    focus: Mapping[str, Json] | None = None,
    desk: tuple[int, ...] = (DESK,),
    **more: object,
) -> State:
    """LAN's conversation in the room of results."""
    room = Results(mine, petitions, petition_due={one.id: DUE for one in mine} if due else {})
    own = mine[0] if mine else None
    return replace(State(LAN, "vi", NOW, own=own, others=mine[1:], room=room, focus=focus, desk=desk), **more)
