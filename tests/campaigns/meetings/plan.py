"""What a plan demands of a meeting, as a table: the five plays share one course (`held.py`) and differ by this."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.campaigns.office import Cast


@dataclass(frozen=True)
class Vote:
    """A ballot of the meeting. `title`: how the button of the rulebook's ballot begins; `how`: that of the way it is voted. `marks`: line →
    (what so many marked, how many, what the others did), `usual` for every line not named. `shown`: what its result says.
    """

    title: str
    how: str
    tellers: tuple[str, ...] = ()
    marks: Mapping[str, tuple[str, int, str]] = field(default_factory=dict)
    usual: tuple[str, int, str] = ("yes", 99, "no")
    places: str = ""
    entitled: int = 0
    voting: int = 0  # so many of them vote; 0: everybody who is there and no guest
    lines: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    concluded: Mapping[str, str] = field(
        default_factory=dict
    )  # what the conclusions propose once the result is put into them


@dataclass(frozen=True)
class Plan:
    """A seed plan and the meeting that is held by it.

    `order`: who is gone through, in groups of which the earlier come first (`head mau-02`: by that form); `wrong`: the number on the agenda that may not come one place
    earlier, and the sentence that stands against it; `kept`: a reason with which it does all the same.
    """

    book: str
    year: int
    cast: Callable[[], Cast]
    begins: str
    unit: str
    caller: str
    members: tuple[str, ...]
    days: tuple[str, str]
    order: tuple[tuple[str, ...], ...]
    wrong: tuple[int, str] | None
    secretary: str
    deputy: str
    absent: tuple[str, str]
    late: str
    leaves: str
    amends: str
    decides: str
    guests: tuple[str, ...] = ()
    chair: str = ""  # who is handed the chair, where it is not who called
    kept: str = ""
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    usual: Mapping[str, str] = field(default_factory=dict)
    ratings: Mapping[str, str] = field(default_factory=dict)  # where it is not "good"
    first_day: int = 3  # so many things are gone through before the interruption
    votes: tuple[Vote, ...] = ()
    reopened: tuple[str, str, str] | None = None  # after the ballots: who, the rating that is concluded then, why
    proposal: str = "Đề nghị bổ sung một máy quét."
    round: str = ""  # the body whose report goes round before
    decided: str = ""  # when
    bodies: tuple[str, ...] = ()
    drafters: Mapping[str, str] = field(default_factory=dict)  # whom the desk names to draft a body's report
    drafter: str = "head"  # of the bodies' reports
    desk: str = "desk"
    others: tuple[str, ...] = ()  # who else owes papers of the dossier
    dossier: tuple[str, ...] = ()  # its lines, as the plan has them
    dossier_of: str = ""  # the unit, "" of the authority
    dossier_person: str = ""
    outside: tuple[int, ...] = ()  # the lines that are still owed once all is decided
