"""Whom a prepared campaign asks for which forms, and whom for none: shown before it is opened."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.core.handlers import Books
from dialogs.core.paging import page
from dialogs.core.rooms import OfficeView
from dialogs.core.stamps import seal
from dialogs.core.turn import Key
from dialogs.desk.plan import Plan, shelf_of, taken
from rules.book.rulebook import Rulebook
from rules.campaign.due_forms import DueForm, asked_of
from rules.nouns.people import Person
from rules.nouns.reviews import Json


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody who gets no form, or not one that others get. `why`: `no_form`, or `case` with its title and clause."""

    person: Person
    why: str
    title: str = ""
    cite: str = ""

    def values(self) -> dict[str, Json]:
        """As a template takes it."""
        named: dict[str, Json] = {"name": self.person.name, "unit": self.person.unit, "position": self.person.position}
        return {**named, "why": self.why, "title": self.title, "cite": self.cite}


@dataclass(frozen=True, slots=True)
class OpeningPreview:
    """What the preview tells but the days; `turning`: the buttons of its pages; `stamp`: of everybody and their forms."""

    values: dict[str, Json]
    turning: tuple[Key, ...]
    stamp: str
    opens: bool


def preview_of(books: Books, view: OfficeView, plan: Plan, first: int) -> OpeningPreview:
    """Who gets what; those without a form page by page from `first`."""
    shelf = shelf_of(books, plan)
    given, without = _shared_out(shelf, _beside(books, view, plan), view, plan)
    left_out = page(without, first)
    twice = bool(taken(view, plan))
    values: dict[str, Json] = {
        "year": plan.year,
        "period": plan.period,
        "books": [{"title": book.title, "in_force": _in_force(book, plan.year)} for book in shelf],
        "forms": _forms(shelf, [due for _, due in given]),
        "forms_count": len(given),
        "people": len({person for person, _ in given}),
        "without": [left.values() for left in left_out.shown],
        **left_out.values(),
        "taken": twice,
    }
    shown = seal([[person, due.rulebook, due.form] for person, due in given])
    return OpeningPreview(values, left_out.keys("desk_preview"), shown, bool(given) and not twice)


def _beside(books: Books, view: OfficeView, plan: Plan) -> tuple[Rulebook, ...]:
    """The rulebooks of that year and period that are open already: those of the plan join them."""
    same = (one for one in view.campaigns if (one.year, one.period) == (plan.year, plan.period))
    return tuple(books[one.edition] for one in same if one.rulebook not in plan.books)


def _shared_out(
    shelf: Sequence[Rulebook], beside: Sequence[Rulebook], view: OfficeView, plan: Plan
) -> tuple[list[tuple[int, DueForm]], list[Left]]:
    """What the rulebooks of `shelf` ask for besides what is asked already."""
    given: list[tuple[int, DueForm]] = []
    without: list[Left] = []
    for person in (*view.people, *view.posts):
        workers = view.settings.review_workers
        asked = asked_of((*beside, *shelf), person, plan.year, plan.period, review_workers=workers)
        given += ((person.id, due) for due in asked.forms if due.rulebook in plan.books)
        excepted = [case for due, case in asked.excepted if due.rulebook in plan.books]
        without += (Left(person, "case", case.title, case.cite) for case in excepted)
        if not asked.forms and not asked.excepted:
            without.append(Left(person, "no_form"))
    return given, without


def _forms(shelf: Sequence[Rulebook], given: Sequence[DueForm]) -> list[Json]:
    """Each form with how many get it, in the order of the rulebooks."""
    counted = Counter((due.rulebook, due.form) for due in given)
    forms: list[Json] = []
    for book in shelf:
        for id_, form in book.forms.items():
            if counted[book.id, id_]:
                forms.append({"code": form.code, "title": form.title, "count": counted[book.id, id_]})
    return forms


def _in_force(book: Rulebook, year: int) -> bool:
    return book.head.since.year <= year and (book.head.until is None or year <= book.head.until.year)
