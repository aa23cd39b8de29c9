"""The meeting of a plan as data. The five plays share one course (`held.py`) and differ only in these values.

People and bodies are named by their short names, see `tests.campaigns.office`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.campaigns.office import Cast


@dataclass(frozen=True)
class Vote:
    """A ballot of the meeting."""

    #: The beginning of the label of the ballot's button.
    title: str
    #: The beginning of the label of the way of voting.
    how: str
    tellers: tuple[str, ...] = ()
    #: Line → (a mark, how many voters make it, the mark of all others).
    marks: Mapping[str, tuple[str, int, str]] = field(default_factory=dict)
    #: The same for lines not in `marks`.
    usual: tuple[str, int, str] = ("yes", 99, "no")
    #: The places under the quota, if the chair must enter them.
    places: str = ""
    #: How many people have a vote.
    entitled: int = 0
    #: How many of them vote; 0: everybody present except guests.
    voting: int = 0
    lines: tuple[str, ...] = ()
    #: Texts that the result must contain.
    shown: tuple[str, ...] = ()
    concluded: Mapping[str, str] = field(
        default_factory=dict
    )  # line → the rating that the conclusion proposes once the result is put into it


@dataclass(frozen=True)
class Plan:
    """A plan and the meeting that is held by it."""

    book: str
    year: int
    cast: Callable[[], Cast]
    #: The time at which the play begins.
    begins: str
    unit: str
    caller: str
    members: tuple[str, ...]
    #: The two days of the meeting, such as `02/12/2020`.
    days: tuple[str, str]
    #: The order of the agenda, in groups; earlier groups come first (`head mau-02`: only that form of the head).
    order: tuple[tuple[str, ...], ...]
    #: A number on the agenda that may not be moved one place up, and the sentence that forbids it.
    wrong: tuple[int, str] | None
    secretary: str
    deputy: str
    #: Who is absent, and why.
    absent: tuple[str, str]
    #: Who comes late.
    late: str
    #: Who leaves early on the first day.
    leaves: str
    #: Who takes the conclusion up by a new version.
    amends: str
    #: Who decides afterwards.
    decides: str
    guests: tuple[str, ...] = ()
    chair: str = ""  # who takes the chair, if it is not the caller
    kept: str = ""  # the reason with which the order is changed all the same
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    usual: Mapping[str, str] = field(default_factory=dict)
    ratings: Mapping[str, str] = field(default_factory=dict)  # concluded ratings other than "good"
    first_day: int = 3  # how many items are discussed before the interruption
    votes: tuple[Vote, ...] = ()
    reopened: tuple[str, str, str] | None = None  # after the ballots: whose conclusion is changed, the new rating, why
    proposal: str = "Đề nghị bổ sung một máy quét."
    round: str = ""  # the body whose report is sent round before the meeting
    decided: str = ""  # the time of the decision
    bodies: tuple[str, ...] = ()
    drafters: Mapping[str, str] = field(default_factory=dict)  # body → the drafter whom the desk names
    drafter: str = "head"  # the drafter of all other bodies' reports
    desk: str = "desk"
    others: tuple[str, ...] = ()  # others who owe papers of the dossier
    dossier: tuple[str, ...] = ()  # its lines, as in the plan
    dossier_of: str = ""  # the unit whose dossier it is; "": the authority's, or that of `dossier_person`
    dossier_person: str = ""
    outside: tuple[int, ...] = ()  # the lines of the dossier that are still owed when everything is decided
