"""Which parts of a form are for this person, and where the approver's comment stands."""

from collections.abc import Mapping

from rules.conditions import holds
from rules.filing import Filing
from rules.forms import CommentPlace, Question
from rules.interview import asked
from rules.people import traits
from rules.values import Verdict


def asked_under(filing: Filing) -> Mapping[str, tuple[Question, ...]]:
    """The questions this person is asked, by item; an item for others is absent."""
    under: dict[str, tuple[Question, ...]] = {}
    for place in asked(filing.form, filing.person, filing.answers):
        under[place.item.key] = (*under.get(place.item.key, ()), place.question)
    return under


def comment_place(filing: Filing) -> CommentPlace | None:
    """Where the approver's comment stands: the first place for this role whose condition holds."""
    person = traits(filing.person)
    fitting = (place for place in filing.form.comment if place.role in {"", filing.approver_role})
    return next((place for place in fitting if not place.when or holds(place.when, person) is Verdict.MET), None)
