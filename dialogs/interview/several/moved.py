"""An account that a body had before its report was drafted by people: it is led to whoever drafts it."""

from dialogs.core.state import State
from dialogs.core.turn import Reply, Turn
from rules.nouns.people import Person
from rules.nouns.reviews import Json, Review
from rules.nouns.values import BODIES


def led(state: State) -> Turn | None:
    """The reply to somebody signed in as a body; None: it is a person, or nobody drafts the body's report."""
    found = moved(state.person, state) if state.person else None
    return Turn((found,)) if found else None


def moved(person: Person, state: State) -> Reply | None:
    """The message that names the drafter of this body's report. `state` has the body's reviews."""
    mine = [one for one in (state.own, *state.others) if one is not None]
    drafted = next((one for one in mine if _is_drafted(one)), None) if person.subject in BODIES else None
    if drafted is None or drafted.report is None:
        return None
    values: dict[str, Json] = {"name": person.name, "drafter": drafted.report.drafter_name}
    return Reply("report/moved", values)


def _is_drafted(review: Review) -> bool:
    return review.drafter is not None and review.drafter != review.person.id
