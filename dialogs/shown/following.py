"""The notice that a score changed after the yearly form was sent. What was sent stays as it is."""

from collections.abc import Iterator, Sequence

from dialogs.core.buttons import Button
from dialogs.core.handlers import Books
from dialogs.core.turn import Key, Notify, Reply
from dialogs.shown.person import form_of, review_values
from dialogs.shown.self_rating import totals
from dialogs.shown.year_scores import change_values, score_values
from rules.campaign.deciding.judgement import answers_of
from rules.campaign.months.tracking import ScoreChange, changes
from rules.nouns.reviews import RULED, Json, Review, ReviewStatus
from rules.nouns.tracking import COUNTS, Standing


def changed_of(review: Review, period: str) -> tuple[ScoreChange, ...]:
    """The scores of a period that changed since the yearly form was sent. A quarter includes the months that stand for
    it.

    A score that counted provisionally and was confirmed unchanged is left out.
    """
    draft = review.draft
    found = changes(draft.answers, review.held) if draft else ()
    of_period = (one for one in found if any(at and period in {at.period, at.of} for at in (one.before, one.now)))
    return tuple(one for one in of_period if not _as_foreseen(one))


def foreseen(books: Books, review: Review) -> list[Json]:
    """The scores that counted provisionally in the version sent, each with the confirmed one (`now`; None: not yet),
    and the year's totals then and now.
    """
    draft = review.draft
    if draft is None:
        return []
    form, book = form_of(books, review), books[review.campaign.edition]
    standing = answers_of(review)
    found: list[Json] = []
    for question, answer in draft.answers.items():
        if answer.held is None or answer.held.standing is not Standing.PROVISIONAL:
            continue
        held = standing[question].held if question in standing else None
        settled = held is not None and held.standing in COUNTS - {Standing.PROVISIONAL, Standing.DECLARED}
        found.append(
            {
                "was": score_values(answer.held),
                "now": score_values(held) if held and settled else None,
                "before": totals(book, form, review.person, draft.answers) if settled else [],
                "after": totals(book, form, review.person, standing) if settled else [],
            }
        )
    return found


def _as_foreseen(change: ScoreChange) -> bool:
    before, now = change.before, change.now
    foreseen = before is not None and before.standing is Standing.PROVISIONAL
    return bool(foreseen and before and now and now.standing in COUNTS and now.score == before.score)


def follow(books: Books, review: Review, changed: Sequence[ScoreChange], mark: str) -> Iterator[Notify]:
    """Notices of the changes, old → new, to the person, to whoever has the form now, and to the authority once it has
    or has decided the review. `mark` identifies the change.
    """
    form, book, draft = form_of(books, review), books[review.campaign.edition], review.draft
    assert draft is not None, "it was sent"
    values: dict[str, Json] = {
        **review_values(books, review),
        "version": draft.version,
        "changed": [change_values(one) for one in changed],
        "before": totals(book, form, review.person, draft.answers),
        "now": totals(book, form, review.person, answers_of(review)),
        "decided": review.status in RULED,
    }
    told: dict[int, tuple[Key, ...]] = {review.person.id: ()}
    if review.status is ReviewStatus.SUBMITTED and review.approver_id:
        told[review.approver_id] = (Key("notice/look", Button("head_card", review.id)),)
    if (review.ready or review.status in RULED) and review.decider_id:
        told[review.decider_id] = (Key("notice/look", Button("decide_card", review.id)),)
    for person, keys in told.items():
        reply = Reply("notice/scores", {**values, "own": person == review.person.id}, (keys,) if keys else ())
        cover = None if person == review.person.id else review.person.id
        yield Notify(person, f"scores:{review.id}:{mark}", reply, cover_except=cover)
