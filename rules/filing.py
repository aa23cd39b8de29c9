"""A filled form, ready to print: all that a document is a function of."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.conditions import holds
from rules.forms import CommentPlace, Form
from rules.people import Person, traits
from rules.reviews import Answers, Decision
from rules.suggestion import NotRated
from rules.values import Verdict


@dataclass(frozen=True, slots=True)
class Filing:
    """The content of one document.

    `approval` is the decision whose comment stands in the approver's section. `version` is 0 while
    drafting (printed as a draft without submission date).
    """

    form: Form
    person: Person
    year: int
    answers: Answers
    fingerprint: str
    version: int = 0
    submitted_on: str = ""               # ISO date, "" while drafting
    approval: Decision | None = None
    approver_role: str = "unit_head"
    not_rated: NotRated | None = None    # why there is no rating, printed in its place
    worked_out: Mapping[str, float] = field(default_factory=dict)   # what items with `shows` print, by fact


def comment_place(filing: Filing) -> CommentPlace | None:
    """Where the approver's comment stands in this document: the first place of the form that matches."""
    known = traits(filing.person)
    for place in filing.form.comment:
        for_role = place.role in {"", filing.approver_role}
        if for_role and (place.when is None or holds(place.when, known) is Verdict.MET):
            return place
    return None
