"""The list of what waits for the authority, by unit: first what differs from the suggestion, then what is not ready,
then what is decided.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from dialogs.authority.guard import entrusted, known, undecided
from dialogs.authority.meant import Meant, meant_of
from dialogs.core.awaited import let_go
from dialogs.core.buttons import Button
from dialogs.core.handlers import Books
from dialogs.core.paging import ON_A_PAGE, Page, number, page, word
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import DeskFile, Key, Reply, Turn
from dialogs.shown.console import TO_CONSOLE
from dialogs.shown.person import not_said, said_once, which_values
from rules.campaign.months.tracking import by_question, last_month
from rules.campaign.permissions import Action
from rules.judging.interview import has_rating
from rules.nouns.alphabet import alphabetical, by_name
from rules.nouns.reviews import Json, ReviewStatus
from rules.nouns.standings import ReviewLine
from rules.nouns.tracking import LastMonthChoice, PeriodScore, Standing

#: How many groups are offered for deciding at once.
GROUPS = 5

#: Stands for every unit in a button.
ALL = "all"

Row = tuple[Key, ...]
_Item = TypeVar("_Item")

#: The lists: what waits, what the desk records for an authority outside, what is not ready yet, what is
#: decided. Each has the action needed to read it. In a button: `decide_list:0:<list>:<unit>:<first>`.
LISTS: Mapping[str, tuple[Action, Callable[[ReviewLine], bool]]] = {
    "w": (Action.DECIDE, lambda line: line.ready and line.decider_id is not None),
    "o": (Action.RECORD_OUTSIDE, lambda line: line.ready and line.decider_id is None),
    "r": (
        Action.READ_PROGRESS,
        lambda line: undecided(line) and not line.ready and line.status is not ReviewStatus.ENDED,
    ),
    "d": (Action.READ_RATING, lambda line: not undecided(line)),
}


def quyetdinh(books: Books, state: State, _: str) -> Turn:
    """The command /quyetdinh."""
    return show_list(books, state, Button("decide_list"))


def show_list(books: Books, state: State, button: Button) -> Turn:
    """One of the lists. If it has many units, the units are shown first."""
    which, unit, first = _asked(button)
    if which == "w" and not of_list(state, "w") and of_list(state, "o"):
        which = "o"
    listed = of_list(state, which)
    units = dict.fromkeys(one.person.unit_id for one in listed)
    by_unit = not unit and len(units) > 1 and len(listed) > ON_A_PAGE
    shown = _units(listed, which, first) if by_unit else _reviews(books, state, listed, which, unit, first)
    return Turn((replace(shown, keyboard=(*shown.keyboard, TO_CONSOLE)),), let_go(state, Room.DECIDE))


def of_list(state: State, which: str, unit: str = ALL) -> list[ReviewLine]:
    """The reviews of a list, optionally of one unit: by unit, differing ones first."""
    action, fits = LISTS[which]
    found = [one for one in entrusted(state, action) if fits(one) and unit in {ALL, "", str(one.person.unit_id)}]
    return sorted(
        found, key=lambda one: (alphabetical(one.person.unit), not one.differs, by_name(one.person.name), one.review)
    )


def _asked(button: Button) -> tuple[str, str, int]:
    which = word(button, 0)
    return (which if which in LISTS else "w"), word(button, 1), number(button, 2)


def _units(listed: list[ReviewLine], which: str, first: int) -> Reply:
    """The units, each with its number of reviews on the list."""
    counted: dict[int, list[ReviewLine]] = {}
    for one in listed:
        counted.setdefault(one.person.unit_id, []).append(one)
    groups = list(counted.values())
    some = page(groups, first)
    rows = [(_unit_key(group, which),) for group in some.shown]
    everything = (Key("decide/all_units", Button("decide_list", 0, (which, ALL)), {"count": len(listed)}),)
    keyboard = (*rows, *_pages(which, "", some), everything)
    return Reply("decide/units", {**_counts(listed), "which": which, "units": len(groups)}, keyboard)


def _provisional(books: Books, listed: list[ReviewLine]) -> Json:
    """The last month that counts provisionally in the yearly reviews of this list, by the desk's choice; None: there is
    none.
    """
    for one in listed:
        chosen, book = one.campaign.last_month, books[one.campaign.edition]
        rule = last_month(book, one.campaign.span)
        if rule is None or chosen is None or chosen.choice is not LastMonthChoice.PROVISIONAL:
            continue
        if by_question(book.forms[one.form], [PeriodScore(one.campaign.year, rule.month, Standing.PROVISIONAL)]):
            return {"year": one.campaign.year, "period": rule.month}
    return None


def _unit_key(group: list[ReviewLine], which: str) -> Key:
    one = group[0]
    values = {"unit": one.person.unit, **_counts(group)}
    return Key("decide/unit", Button("decide_list", 0, (which, str(one.person.unit_id))), values)


def _reviews(books: Books, state: State, listed: list[ReviewLine], which: str, unit: str, first: int) -> Reply:
    of_unit = [one for one in listed if unit in {"", ALL, str(one.person.unit_id)}]
    some = page(of_unit, first)
    named = unit or ALL
    said = said_once(books, of_unit)
    keyboard = (
        *((_open(books, state, one, said),) for one in some.shown),
        *_pages(which, named, some),
        *_at_once(books, state, of_unit, which, named),
        *_document(books, state, of_unit, which),
        *_others(state, which),
    )
    values: dict[str, Json] = {
        **_counts(of_unit),
        **said,
        "which": which,
        "unit": of_unit[0].person.unit if of_unit and len({one.person.unit_id for one in of_unit}) == 1 else "",
        "last_month": _provisional(books, of_unit),
        **some.values(),
        "groups": _groups(books, some.shown),
        **_marked(books, state, some.shown),
    }
    return Reply("decide/list", values, keyboard)


def _marked(books: Books, state: State, on_page: Sequence[ReviewLine]) -> dict[str, Json]:
    """How many lines of a page have each of the meeting's marks, so that only marks in use are explained."""
    meant = [_meant(books, state, one) for one in on_page if undecided(one)]
    return {
        "own_other": sum(one.own_other and not one.by_sheet for one in meant),
        "sheet_other": sum(one.own_other and one.by_sheet for one in meant),
        "unit_other": sum(one.unit_other for one in meant),
    }


def _meant(books: Books, state: State, line: ReviewLine) -> Meant:
    return meant_of(books, line, known(state).consulted.get(line.review))


def _groups(books: Books, on_page: Sequence[ReviewLine]) -> list[Json]:
    """The units on a page; if there are several, with the people in each. Every person is named once, since the buttons
    tell the forms.
    """
    units: dict[str, dict[tuple[int, int], Json]] = {}
    for one in on_page:
        which = which_values(books, one)
        named = {"name": which["name"], "post": which["post"]}
        units.setdefault(one.person.unit, {}).setdefault((one.person.id, one.person.post), named)
    return [{"unit": unit, "names": [*names.values()] if len(units) > 1 else []} for unit, names in units.items()]


def _counts(listed: Sequence[ReviewLine]) -> dict[str, Json]:
    return {"count": len(listed), "differing": sum(one.differs for one in listed)}


def _open(books: Books, state: State, line: ReviewLine, said: Mapping[str, Json]) -> Key:
    """The button of a review. `said`: what the list already says of form and period for all lines."""
    meant = _meant(books, state, line) if undecided(line) else Meant(line.ruled)
    values: dict[str, Json] = {
        **not_said(which_values(books, line), said),
        "rating": line.self_rating if undecided(line) else line.ruled,
        "decided": not undecided(line),
        "appealed": line.status is ReviewStatus.APPEALED,
        "ready": line.ready or not undecided(line),
        "differs": line.differs and line.ready,
        "rated": _rates(books, line),
        "concluded": meant.rating if meant.own_other else None,
        "own_other": meant.own_other,
        "unit_other": meant.unit_other,
    }
    return Key("decide/open", Button("decide_card", line.review), values)


def groups_of(listed: Sequence[ReviewLine]) -> tuple[str, ...]:
    """The groups of similar duties on a list, by name. A button names one by its place here."""
    return tuple(sorted({one.person.group for one in listed if one.person.group}, key=alphabetical))


def _rates(books: Books, line: ReviewLine) -> bool:
    return has_rating(books[line.campaign.edition].forms[line.form])


def _at_once(books: Books, state: State, listed: Sequence[ReviewLine], which: str, unit: str) -> tuple[Row, ...]:
    """The buttons to decide the list at once, and each group on it.

    They are offered if several reviews agree with the suggestion, by the meeting's conclusion or else the self-rating.
    Sheets without ratings always agree.
    """
    agreeing = [one for one in listed if _agrees(books, state, one)]
    if which != "w" or len(agreeing) < 2:
        return ()
    whole = Key("decide/at_once", Button("decide_all", 0, (unit,)), {"count": len(agreeing)})
    groups = groups_of(listed)
    counted = [(place, group, sum(one.person.group == group for one in agreeing)) for place, group in enumerate(groups)]
    each = tuple(
        (Key("decide/at_once_group", Button("decide_all", 0, (unit, str(place))), {"group": group, "count": count}),)
        for place, group, count in counted
        if count > 1
    )
    return ((whole,), *(each[:GROUPS] if len(groups) > 1 else ()))


def _agrees(books: Books, state: State, line: ReviewLine) -> bool:
    if not _rates(books, line):
        return not line.differs
    rating = _meant(books, state, line).rating
    return rating is not None and rating is line.suggested


def _document(books: Books, state: State, listed: Sequence[ReviewLine], which: str) -> tuple[Row, ...]:
    """The button for this person's decisions as one document, if a rulebook provides for one."""
    me = state.person.id if state.person else 0
    own = [one for one in listed if one.decider_id == me and books[one.campaign.edition].decision]
    return ((Key("decide/document", Button("decide_document")),),) if which == "d" and own else ()


def show_document(_: Books, state: State, __: Button) -> Turn:
    """The decision with its list, as a Word file and as a PDF."""
    to_edit = Reply("decide/document", {}, attached=DeskFile("owndecision", "docx"))
    back = ((Key("decide/list_d", Button("decide_list", 0, ("d",)), {"count": len(of_list(state, "d"))}),),)
    to_print = Reply("decide/document_pdf", {}, back, attached=DeskFile("owndecisionpdf", "pdf"))
    return Turn((to_edit, to_print), let_go(state, Room.DECIDE))


def _others(state: State, which: str) -> tuple[Row, ...]:
    """The buttons to the other lists that are not empty."""
    counted = [(one, len(of_list(state, one))) for one in LISTS if one != which]
    return tuple(
        (Key(f"decide/list_{one}", Button("decide_list", 0, (one,)), {"count": count}),)
        for one, count in counted
        if count
    )


def _pages(which: str, unit: str, some: Page[_Item]) -> tuple[Row, ...]:
    keys = some.keys("decide_list", which, unit, room="decide")
    return (keys,) if keys else ()
