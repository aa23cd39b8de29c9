"""A person, and whose review something is about, as every template takes them."""

from collections.abc import Mapping, Sequence

from dialogs.core.handlers import Books
from rules.forms.form import Form
from rules.nouns.alphabet import fits
from rules.nouns.people import Person
from rules.nouns.reviews import Json, Review
from rules.nouns.standings import ReviewLine
from rules.nouns.values import BODIES


def person_values(person: Person | None) -> dict[str, Json]:
    """A person's name, position and unit; empty strings if the person is not known here."""
    if person is None:
        return {"name": "", "position": "", "unit": ""}
    return {"name": person.called, "position": person.position, "unit": person.unit}


def review_values(books: Books, review: Review) -> dict[str, Json]:
    """Whose review it is, for which post, on which form and for which period."""
    which = which_values(books, review)
    told_already: dict[str, Json] = {"code": form_of(books, review).code} if review.report else {}
    return {**person_values(review.person), "form": form_of(books, review).title, **which, **told_already}


def which_values(books: Books, review: Review | ReviewLine) -> dict[str, Json]:
    """Which of a person's reviews it is: the code of its form, its period and its post.

    `post` is "" for the first post, which needs no mention. A body's report adds the body to the code, because it is
    listed among the writer's own forms.
    """
    person, campaign = review.person, review.campaign
    of_body = isinstance(review, Review) and review.report and review.drafter not in {None, person.id}
    forms = books[campaign.edition].forms
    code = forms[review.form].code if review.form in forms else review.form
    return {
        "name": person.called,
        "post": _held(person),
        "code": f"{code} · {rated_body(person)}" if of_body else code,
        "year": campaign.year,
        "period": campaign.period,
    }


def rated_body(person: Person) -> str:
    """Whose report it is: the body's; for a form by which a head rates their unit, the unit's."""
    return person.name if person.subject in BODIES else person.unit


def _held(person: Person) -> str:
    """The second post of the person; "": it is the first."""
    return ", ".join(part for part in (person.position, person.unit) if part) if person.post else ""


def said_once(books: Books, listed: Sequence[Review | ReviewLine]) -> dict[str, Json]:
    """What a list says above its lines: the period if all share it, and then also the form if all share that. Empty for
    what differs.
    """
    alike = {name: {which_values(books, one)[name] for one in listed} for name in ("code", "year", "period")}
    of_one = len(alike["year"]) == len(alike["period"]) == 1
    form = of_one and len(alike["code"]) == 1 and not any(one.person.post for one in listed)
    return {
        "code": next(iter(alike["code"])) if form else "",
        "year": next(iter(alike["year"])) if of_one else 0,
        "period": next(iter(alike["period"])) if of_one else "",
    }


def not_said(which: Mapping[str, Json], said: Mapping[str, Json]) -> dict[str, Json]:
    """What a line still has to say about form and period when the list says some of it."""
    nothing: dict[str, Json] = {"code": "", "year": 0, "period": ""}
    return {name: nothing[name] if said.get(name) else value for name, value in which.items()}


def form_of(books: Books, review: Review) -> Form:
    """The form of the review."""
    return books[review.campaign.edition].forms[review.form]


def called(people: list[Person], text: str) -> list[Person]:
    """The people of whose name these words begin some word."""
    return [one for one in people if fits(text, one.name)]
