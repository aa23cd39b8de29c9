"""The preview of a campaign before it is opened: who gets which forms, who gets none, and what has to be answered
first.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from dialogs.core.buttons import Button
from dialogs.core.handlers import Books
from dialogs.core.knowledge.office import OfficeView
from dialogs.core.paging import Page, page
from dialogs.core.stamps import seal
from dialogs.core.turn import Key
from dialogs.desk.plan import Plan, days_of, shelf_of, taken
from rules.book.rulebook import Rulebook
from rules.campaign.opening.around import OfficeAround, around
from rules.campaign.opening.due_forms import DueForm
from rules.campaign.opening.points import OpeningPoint, opening_points
from rules.campaign.opening.shares import SharedOut, shared_out
from rules.nouns.reviews import Json
from rules.reading.selecting import scopes

#: How many names are on a page. They are only read, so more fit than buttons would.
NAMES_ON_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class OpeningPreview:
    """The content of the preview except the days."""

    values: dict[str, Json]
    #: The buttons that turn its pages.
    turning: tuple[Key, ...]
    #: The buttons that answer its questions.
    answers: tuple[Key, ...]
    #: The stamp of everybody with their forms.
    stamp: str
    opens: bool


def preview_of(books: Books, view: OfficeView, plan: Plan, first: int, today: dt.date) -> OpeningPreview:
    """Who gets what. Those without a form are in pages, from `first`."""
    shelf, shared = shelf_of(books, plan), _shared(books, view, plan)
    left_out = page(shared.without, first)
    twice = bool(taken(view, plan))
    everybody = (*view.people, *view.posts)
    known = _around(books, view, plan)
    points = opening_points(shelf, days_of(books, plan), everybody, plan.span, today, known, view.tree)
    values: dict[str, Json] = {
        "year": plan.year,
        "period": plan.period,
        "first": plan.span.first.isoformat(),
        "last": plan.span.last.isoformat(),
        "as_of": plan.span.as_of.isoformat(),
        "books": [{"title": book.title} for book in shelf],
        "forms": _forms(shelf, [due for _, due in shared.given]),
        "forms_count": len(shared.given),
        "people": len({person.id for person, _ in shared.given}),
        "without": [left.values() for left in left_out.shown],
        **left_out.values(),
        "taken": twice,
        "points": [{"key": point.key, "values": dict(point.values)} for point in points],
    }
    shown = seal([[person.id, due.rulebook, due.form] for person, due in shared.given])
    opens = bool(shared.given) and not twice and not any(point.open for point in points)
    return OpeningPreview(values, left_out.keys("desk_preview"), _answers(points), shown, opens)


def names_of(books: Books, view: OfficeView, plan: Plan, first: int) -> Page[dict[str, Json]]:
    """A page of everybody who gets a form, by unit, with the codes of their forms."""
    shelf = {book.id: book for book in shelf_of(books, plan)}
    order = sorted(_shared(books, view, plan).given, key=lambda one: (one[0].unit_id, one[0].id, one[0].post))
    lines: list[dict[str, Json]] = []
    for person, dues in groupby(order, key=lambda one: one[0]):
        codes: list[Json] = [shelf[due.rulebook].forms[due.form].code for _, due in dues]
        lines.append({"name": person.called, "position": person.position, "unit": person.unit, "codes": codes})
    return page(lines, first, NAMES_ON_A_PAGE)


def _shared(books: Books, view: OfficeView, plan: Plan) -> SharedOut:
    """Who gets which forms, given the rulebooks of that year and period that are already open; those of the plan join
    them.
    """
    beside, shelf = _beside(books, view, plan), shelf_of(books, plan)
    everybody = (*view.people, *view.posts)
    known = _around(books, view, plan)
    return shared_out(shelf, everybody, plan.span, beside=beside, gone=view.gone, around=known)


def _beside(books: Books, view: OfficeView, plan: Plan) -> tuple[Rulebook, ...]:
    same = (one for one in view.campaigns if (one.year, one.period) == (plan.year, plan.period))
    return tuple(books[one.edition] for one in same if one.rulebook not in plan.books)


def _around(books: Books, view: OfficeView, plan: Plan) -> OfficeAround:
    all_books, day = (*_beside(books, view, plan), *shelf_of(books, plan)), plan.span.as_of
    parted = scopes(all_books, day, lambda name: books[name, day])
    return around((*view.people, *view.posts), view.settings, parted, view.units)


def _answers(points: Sequence[OpeningPoint]) -> tuple[Key, ...]:
    """For each question, the buttons that change its answer; both if it is not answered yet."""
    asked = ((point.setting, point.values["on"]) for point in points if point.setting)
    return tuple(
        Key(f"desk/{name}", Button("desk_answer", 0, (name, "0" if on else "1")), {"on": on})
        for name, said in asked
        for on in ((False, True) if said is None else (bool(said),))
    )


def _forms(shelf: Sequence[Rulebook], given: Sequence[DueForm]) -> list[Json]:
    """Each form with the number of people who get it, in the order of the rulebooks."""
    counted = Counter((due.rulebook, due.form) for due in given)
    forms: list[Json] = []
    for book in shelf:
        for id_, form in book.forms.items():
            if counted[book.id, id_]:
                forms.append({"code": form.code, "title": form.title, "count": counted[book.id, id_]})
    return forms
