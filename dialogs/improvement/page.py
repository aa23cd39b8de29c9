"""The page of the plan: what, by when, and what may be done with each line."""

from dialogs.core import paging
from dialogs.core.buttons import Button
from dialogs.core.handlers import Books
from dialogs.core.keys import Rows, rows
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply
from dialogs.improvement.lines import MAX_LINES, drafts, opened, plan_year
from dialogs.result.decided_review import decided_reviews, results
from dialogs.shown.improving import in_order, values
from rules.nouns.reviews import Json
from rules.nouns.rulings import Improvement

#: How many lines are on one page.
ON_A_PAGE = 6


def page(books: Books, state: State, first: int = 0, *, told: str = "", replaces: bool = False) -> Reply:
    """The plan from line `first` on. `told` is a word for what just happened."""
    lines = in_order(results(state).improvements)
    some = paging.page(lines, first, ON_A_PAGE)
    said: dict[str, Json] = {
        "told": told,
        "year": plan_year(state),
        "lines": [values(line, state.now.date()) for line in some.shown],
        **some.values(),
        "open": len(opened(state)),
        "drafts": len(drafts(books, state)),
        "most": MAX_LINES,
    }
    return Reply("plan/page", said, _keyboard(books, state, some), replaces=replaces)


def offered(books: Books, state: State, first: int = 0, *, replaces: bool = False) -> Reply:
    """The lines that the person's own forms suggest, each with a button that takes it over."""
    found = drafts(books, state)
    some = paging.page(found, first, ON_A_PAGE)
    keys = tuple(
        (Key("plan/take", Button("plan_take", one.review, (one.question, str(one.place))), {"number": number}),)
        for number, one in enumerate(some.shown, some.first + 1)
    )
    said: dict[str, Json] = {"lines": [one.what for one in some.shown], **some.values()}
    on = some.keys("plan_offers", room="plan")
    return Reply("plan/offered", said, rows(*keys, on, (Key("plan/back", Button("plan_list")),)), replaces=replaces)


def _keyboard(books: Books, state: State, some: paging.Page[Improvement]) -> Rows:
    numbered = enumerate(some.shown, some.first + 1)
    lines = tuple(_of_line(line, number) for number, line in numbered if _has_buttons(line))
    room = len(opened(state)) < MAX_LINES
    return rows(
        *lines,
        some.keys("plan_list", room="plan"),
        (Key("plan/add", Button("plan_add")) if room else None,),
        (Key("plan/offers", Button("plan_offers")) if room and drafts(books, state) else None,),
        (Key("plan/result", Button("result_list")) if decided_reviews(state) else None,),
    )


def _has_buttons(line: Improvement) -> bool:
    """Whether the line is open and has a number. A line just added has none yet."""
    return line.done_on is None and line.id > 0


def _of_line(line: Improvement, number: int) -> tuple[Key, ...]:
    named = (str(line.id),)
    return (
        Key("plan/done", Button("plan_done", 0, named), {"number": number}),
        Key("plan/remove", Button("plan_remove", 0, named), {"number": number}),
    )
