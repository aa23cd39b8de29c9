"""Who somebody is, and whose review something is about, as every template takes it."""

from dialogs.core.handlers import Books
from rules.forms.form import Form
from rules.nouns.people import Person
from rules.nouns.reviews import Json, Review


def person_values(person: Person | None) -> dict[str, Json]:
    """Somebody by name, position and unit; empty words for somebody who is not known here."""
    if person is None:
        return {"name": "", "position": "", "unit": ""}
    return {"name": person.called, "position": person.position, "unit": person.unit}


def review_values(form: Form, review: Review) -> dict[str, Json]:
    """Whose review it is, of which form and year."""
    of: dict[str, Json] = {"form": form.title, "code": form.code, "year": review.campaign.year}
    return {**person_values(review.person), **of}


def form_of(books: Books, review: Review) -> Form:
    """The form of a review."""
    return books[review.campaign.edition].forms[review.form]
