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
    """Somebody by name, position and unit; empty words for somebody who is not known here."""
    if person is None:
        return {"name": "", "position": "", "unit": ""}
    return {"name": person.called, "position": person.position, "unit": person.unit}


def review_values(books: Books, review: Review) -> dict[str, Json]:
    """Whose review it is, at which post, of which form and period."""
    which = which_values(books, review)
    told_already: dict[str, Json] = {"code": form_of(books, review).code} if review.report else {}
    return {**person_values(review.person), "form": form_of(books, review).title, **which, **told_already}


def which_values(books: Books, review: Review | ReviewLine) -> dict[str, Json]:
    """Which of a person's reviews it is: its form (by its code) and period, and the post it is about. `post` "": the first,
    which needs no telling. Of a body's report the body beside the code: it stands among the forms of whoever writes it.
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
    """Whose report it is: the body's, or of a form by which a head rates their unit, the unit's."""
    return person.name if person.subject in BODIES else person.unit


def _held(person: Person) -> str:
    """The second post that somebody holds; "": it is the first."""
    return ", ".join(part for part in (person.position, person.unit) if part) if person.post else ""


def said_once(books: Books, listed: Sequence[Review | ReviewLine]) -> dict[str, Json]:
    """What a list says above its lines: the period all of them are about, and the form, where it is the same, too. Empty words for what
    differs.
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
    """What a line still has to tell of its form and period, where the list said some of it above."""
    nothing: dict[str, Json] = {"code": "", "year": 0, "period": ""}
    return {name: nothing[name] if said.get(name) else value for name, value in which.items()}


def form_of(books: Books, review: Review) -> Form:
    """The form of a review."""
    return books[review.campaign.edition].forms[review.form]


def called(people: list[Person], text: str) -> list[Person]:
    """Those of whose name these words begin some."""
    return [one for one in people if fits(text, one.name)]
