"""Reminders as replies: only to who owes, with the days left and a button that goes straight on.

Pure builders; the shell decides when to send (7, 3, 1 days before, each working day after) and to whom.
Each returns None when nothing is owed, so that a reminder is never sent for something that is done.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from dialogs.buttons import Button
from dialogs.handlers import Books
from dialogs.head_card import form_of, in_order
from dialogs.turn import Key, Reply
from rules.interview import open_questions
from rules.reviews import Json, Review, ReviewStatus

#: Names a digest gives before it says how many more there are.
NAMES = 8

#: Who still has the review in their own hands.
_OWED = {ReviewStatus.DRAFTING, ReviewStatus.RETURNED}


def person_reminder(books: Books, review: Review, due: dt.date, today: dt.date) -> Reply | None:
    """To the person: not started, not submitted (with the number of open questions), or returned.

    `due` is the last day of the milestone. None when the review is submitted or approved.
    """
    if review.status not in _OWED:
        return None
    form = form_of(books, review)
    left = len(open_questions(form, review.person, review.answers))
    last = review.last_decision
    values: dict[str, Json] = {
        **_when(due, today),
        "name": review.person.name,
        "form": form.title,
        "year": review.campaign.year,
        "stage": _stage(review),
        "left": left,
        "minutes": form.minutes,
        "returned_by": last.by_name if last else "",
    }
    label = "notice/begin" if _stage(review) == "not_started" else "notice/continue"
    return Reply("notice/person_reminder", values, ((Key(label, Button("next", review.id)),),))


def head_reminder(waiting: Sequence[Review], due: dt.date, today: dt.date) -> Reply | None:
    """To an approver: one digest of the drafts that wait, however many they are. None without any."""
    if not waiting:
        return None
    values: dict[str, Json] = {**_when(due, today), "count": len(waiting), **_names(in_order(waiting))}
    return Reply("notice/head_reminder", values, ((Key("head/list", Button("head_list")),),))


def desk_reminder(reviews: Sequence[Review], due: dt.date, today: dt.date, task: str = "") -> Reply | None:
    """To the desk: how all reviews of the campaign stand. `task` is the milestone's title in the plan.

    None when every review is approved.
    """
    late = [review for review in reviews if review.status is not ReviewStatus.APPROVED]
    if not late:
        return None
    count = Counter(_stage(review) for review in late)
    values: dict[str, Json] = {
        **_when(due, today),
        "task": task,
        "total": len(reviews),
        "approved": len(reviews) - len(late),
        "not_started": count["not_started"],
        "started": count["started"],
        "returned": count["returned"],
        "waiting": count["waiting"],
        **_names([review for review in late if review.status in _OWED]),
    }
    return Reply("notice/desk_reminder", values)


def _when(due: dt.date, today: dt.date) -> dict[str, Json]:
    """The last day, and the days until then: 0 on the day itself, below 0 when it has passed."""
    return {"due": due.isoformat(), "days": (due - today).days}


def _stage(review: Review) -> str:
    if review.status is ReviewStatus.DRAFTING:
        return "started" if review.answers else "not_started"
    return "returned" if review.status is ReviewStatus.RETURNED else "waiting"


def _names(reviews: Sequence[Review]) -> dict[str, Json]:
    names: list[Json] = [review.person.name for review in reviews[:NAMES]]
    return {"names": names, "more": max(0, len(reviews) - NAMES)}
