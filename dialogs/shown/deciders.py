"""The title of the decider of a review, if it is an authority outside the office, by the rulebook's clause."""

from dialogs.core.handlers import Books
from rules.book.procedure import decider_title
from rules.judging.interview import has_rating, subjects_rated
from rules.nouns.reviews import Json, Review
from rules.nouns.standings import ReviewLine


def decided_outside(books: Books, review: Review | ReviewLine) -> dict[str, Json] | None:
    """The title of the decider with its clause ("": the rulebook does not say), and the superior body if that is meant;
    None: somebody in the office decides, or there is nothing to decide.
    """
    book = books[review.campaign.edition]
    form = book.forms.get(review.form)
    if form is None or review.decider_id is not None or not has_rating(form):
        return None
    subject = next(iter(subjects_rated(form, review.person)), None)
    found = decider_title(book.procedure, review.person, subject, outside=True)
    if found is None:
        return {"title": "", "above": review.person.office_parent, "cite": ""}
    return {"title": found.title, "above": review.person.office_parent if found.above else "", "cite": found.cite}
