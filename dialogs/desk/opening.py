"""Opening a campaign: rulebooks, year and period, who gets which forms, and the final confirmation."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dialogs.core.buttons import Button
from dialogs.core.commands.campaigns import OpenCampaign, SetOffice
from dialogs.core.handlers import Books, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.knowledge.office import OfficeView
from dialogs.core.paging import number, word
from dialogs.core.stamps import seal
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, SetFocus, Turn
from dialogs.desk import last_month as desk_last_month
from dialogs.desk.guard import OFFICE, let_go
from dialogs.desk.keys import TO_CAMPAIGNS, TO_CREW
from dialogs.desk.lines import DateLine, lines_of, turned
from dialogs.desk.plan import (
    HALVES,
    MONTHS,
    PERIODS,
    PLAN,
    QUARTERS,
    YEARS_AROUND,
    Plan,
    as_parts,
    days_of,
    fitted,
    keeping,
    kinds,
    offered,
    plan_of,
    remembered,
    shelf_of,
)
from dialogs.desk.preview import names_of, preview_of
from dialogs.desk.settings import no_place, place_named, settings_values, with_switch
from rules.campaign.opening.due_forms import kind_of
from rules.campaign.permissions import Action
from rules.nouns.reviews import Json
from rules.nouns.values import Subject

#: The purpose of the focus while the place of signature is awaited. The focus keeps the plan.
PLACE = "desk_new_place"

_MONTHS_A_ROW = 4
#: Kind of period → the periods to choose from.
_PARTS = {"half": HALVES, "quarter": QUARTERS, "month": MONTHS}


def begin(books: Books, state: State, view: OfficeView, _: Button) -> Turn:
    """Begin a campaign: this year, no rulebook chosen."""
    return _choosing(books, view, state, Plan((), state.now.year), replaces=False)


def choose(books: Books, state: State, view: OfficeView, _: Button) -> Turn:
    """Back to the choices made so far."""
    return _choosing(books, view, state, _plan(state))


def tick(books: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """Add or remove a rulebook. The button says which, so that pressing it twice has one effect."""
    plan = _plan(state)
    name = next((one for one in offered(view, plan.year) if seal(one) == word(button, 0)), None)
    if name is None:
        return _choosing(books, view, state, plan)
    others = tuple(one for one in plan.books if one != name)
    chosen = (*others, name) if word(button, 1) == "1" else others
    return _choosing(books, view, state, replace(plan, books=tuple(one for one in view.rulebooks if one in chosen)))


def year(books: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """Choose another year. Moved days are dropped, since they belong to the former year."""
    plan, wanted = _plan(state), number(button, 0)
    if abs(wanted - state.now.year) > YEARS_AROUND or wanted == plan.year:
        return _choosing(books, view, state, plan)
    return _choosing(books, view, state, replace(plan, year=wanted, moved={}))


def period(books: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """Choose the whole year, the school year or a part of a year. `half`, `quarter` and `month` ask which one."""
    plan, wanted = _plan(state), word(button, 0)
    if wanted in _PARTS:
        keys = [_period_key(name) for name in _PARTS[wanted]]
        grid = [tuple(keys[at : at + _MONTHS_A_ROW]) for at in range(0, len(keys), _MONTHS_A_ROW)]
        asked = Reply("desk/which_period", {"year": plan.year}, rows(*grid, _back()), replaces=True)
        return Turn((asked,), (keeping(plan),))
    if wanted not in PERIODS or wanted == plan.period:
        return _choosing(books, view, state, plan)
    return _choosing(books, view, state, replace(plan, period=wanted, moved={}))


def preview(books: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """Who gets which forms, who gets none and why, and the days. Nothing is opened yet."""
    plan = remembered(books, view, fitted(books, view, _plan(state)), state.now.date())
    if not plan.books:
        return _choosing(books, view, state, plan)
    return _preview(books, state, view, plan, number(button, 0))


def names(books: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """Everybody who gets a form, by name, in pages."""
    plan = fitted(books, view, _plan(state))
    shown = names_of(books, view, plan, number(button, 0))
    values: dict[str, Json] = {"year": plan.year, "period": plan.period, "lines": [*shown.shown], **shown.values()}
    back = (Key("desk/preview", Button("desk_preview")),)
    return Turn((Reply("desk/names", values, rows(shown.keys("desk_names"), back)),), (keeping(plan),))


def answer(books: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """Store an answer to a question of the preview for the office, and redraw the preview."""
    name, on = word(button, 0), word(button, 1) == "1"
    settings = with_switch(view.settings, name, on=on)
    turn = preview(books, state, replace(view, settings=settings), Button("desk_preview"))
    return turn if settings == view.settings else replace(turn, commands=(SetOffice(name, on), *turn.commands))


def ask_place(_: Books, state: State, view: OfficeView, __: Button) -> Turn:
    """Await the place of signature. The preview follows."""
    cancel = Key("desk/cancel", Button("desk_preview"))
    asked = Reply("desk/ask_place", settings_values(view.settings), ((cancel,),))
    return Turn((asked,), (keeping(_plan(state), PLACE),))


def place(books: Books, state: State, view: OfficeView, text: str) -> Turn:
    """Store where documents are signed from now on, and redraw the preview."""
    kept = place_named(text)
    if kept is None:
        return Turn((no_place(),))
    shown = preview(books, state, replace(view, settings=replace(view.settings, place=kept)), Button("desk_preview"))
    return replace(shown, commands=(SetOffice("place", kept), *shown.commands))


def open_it(books: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """Open exactly what was shown. If anything changed since, it is shown again."""
    plan = plan_of(state)
    if plan is None:
        return Turn((Reply("desk/no_plan", {}, (TO_CAMPAIGNS,)),), let_go(state))
    shown = preview_of(books, view, plan, 0, state.now.date())
    if button.about != (plan.stamp, shown.stamp) or not shown.opens:
        return _preview(books, state, view, plan, 0, changed=True)
    opened = OpenCampaign(plan.books, plan.year, plan.period, days_of(books, plan))
    last = _last_month(books, view, plan)
    told: dict[str, Json] = {**shown.values, "choose_last": dict(last.values) if last else None}
    said = Reply("desk/opened", told, rows((last,), TO_CAMPAIGNS, TO_CREW), replaces=True)
    return Turn((said,), (opened, SetFocus(None)))


def _last_month(books: Books, view: OfficeView, plan: Plan) -> Key | None:
    """The button for choosing how the last month counts, if the campaign being opened is the year's first that needs
    the choice.
    """
    joined = any(one.last_month for one in view.campaigns if (one.year, one.period) == (plan.year, plan.period))
    return None if joined else desk_last_month.key_of(books, as_parts(books, plan, ""))


def not_a_text(books: Books, state: State, view: OfficeView, _: str) -> Turn:
    """A text was sent while a campaign is prepared with buttons: show the choices again."""
    return _choosing(books, view, state, _plan(state), replaces=False)


def _plan(state: State) -> Plan:
    return plan_of(state) or Plan((), state.now.year)


def _preview(books: Books, state: State, view: OfficeView, plan: Plan, first: int, *, changed: bool = False) -> Turn:
    shown = preview_of(books, view, plan, first, state.now.date())
    dates = lines_of(books, as_parts(books, plan, ""))
    told: dict[str, Json] = {
        "dates": [one.values() for one in dates],
        "turned": turned(dates),
        "changed": changed,
        "place": view.settings.place,
    }
    opening = Key("desk/open", Button("desk_open", 0, (plan.stamp, shown.stamp))) if shown.opens else None
    dating = Key("desk/dates", Button("desk_dates", 0, ("0",)))
    naming = Key("desk/names", Button("desk_names", 0, ("0",)))
    answers = ((key,) for key in (*_own_day(dates), *shown.answers))
    signing = Key("desk/ask_place" if view.settings.place else "desk/set_place", Button("desk_new_place"))
    cancel = (Key("desk/cancel", Button("desk_home")),)
    keyboard = rows((opening,), shown.turning, *answers, (naming, dating), (signing,), _back(), cancel)
    return Turn((Reply("desk/preview", {**shown.values, **told}, keyboard),), (keeping(plan),))


def _own_day(dates: Sequence[DateLine]) -> Iterator[Key]:
    """The button for the day that the rulebooks leave to the office, while it is not set."""
    for line in dates:
        if not line.title and line.day is None:
            yield Key("desk/own_day", Button("desk_move", 0, ("0", str(line.place), line.mark)))


def _choosing(books: Books, view: OfficeView, state: State, plan: Plan, *, replaces: bool = True) -> Turn:
    plan = fitted(books, view, plan)
    titles = offered(view, plan.year)
    values: dict[str, Json] = {
        "year": plan.year,
        "period": plan.period,
        "offered": [{"title": title, "on": name in plan.books} for name, title in titles.items()],
        "chosen": len(plan.books),
    }
    numbered = enumerate(titles.items(), 1)
    ticks = ((_tick(place, name, title, on=name in plan.books),) for place, (name, title) in numbered)
    ready = (Key("desk/preview", Button("desk_preview")),) if plan.books else ()
    keyboard = rows(
        *ticks, _years(state, plan), _periods(books, view, plan), ready, (Key("desk/cancel", Button("desk_home")),)
    )
    return Turn((Reply("desk/choose", values, keyboard, replaces=replaces),), (keeping(plan),))


def _tick(place: int, name: str, title: str, *, on: bool) -> Key:
    """The button of a rulebook. Its number refers to the full title in the message. The rulebook is named by a hash,
    because an office may choose an id of any length.
    """
    values: dict[str, Json] = {"number": place, "title": title, "on": on}
    return Key("desk/tick", Button("desk_tick", 0, (seal(name), "0" if on else "1")), values)


def _years(state: State, plan: Plan) -> tuple[Key, ...]:
    around = (plan.year - 1, plan.year, plan.year + 1)
    near = (one for one in around if abs(one - state.now.year) <= YEARS_AROUND)
    return tuple(
        Key("desk/year", Button("desk_year", 0, (str(one),)), {"year": one, "on": one == plan.year}) for one in near
    )


def _periods(books: Books, view: OfficeView, plan: Plan) -> tuple[Key, ...]:
    """The buttons of periods, if there is a choice.

    There is one if a chosen rulebook has forms for a part of a year, or if one rates employees and the office has some:
    units of education follow the Ministry's dates (Nghị định 233/2026/NĐ-CP, Điều 15 khoản 1 điểm b).
    """
    shelf = shelf_of(books, plan)
    offered = kinds(shelf)
    if any(one.subject is Subject.EMPLOYEE for one in view.people) and any(
        subject is Subject.EMPLOYEE for book in shelf for subject, _ in book.profiles
    ):
        offered |= {"school"}
    if offered == {"year"}:
        return ()
    here = plan.period if plan.period == "school" else kind_of(plan.period)
    return tuple(
        _period_key(plan.period if kind == here else kind, on=kind == here, verb_word=kind)
        for kind in ("year", "school", *_PARTS)
        if kind in offered
    )


def _period_key(name: str, *, on: bool = False, verb_word: str = "") -> Key:
    return Key("desk/period", Button("desk_period", 0, (verb_word or name,)), {"period": name, "on": on})


def _back() -> tuple[Key, ...]:
    return (Key("desk/choose", Button("desk_choose")),)


VERBS: dict[str, OnPress] = {
    "desk_new": OFFICE.looking(begin, Action.OPEN_CAMPAIGN),
    "desk_choose": OFFICE.looking(choose, Action.OPEN_CAMPAIGN),
    "desk_tick": OFFICE.looking(tick, Action.OPEN_CAMPAIGN),
    "desk_year": OFFICE.looking(year, Action.OPEN_CAMPAIGN),
    "desk_period": OFFICE.looking(period, Action.OPEN_CAMPAIGN),
    "desk_preview": OFFICE.looking(preview, Action.OPEN_CAMPAIGN),
    "desk_names": OFFICE.looking(names, Action.OPEN_CAMPAIGN),
    "desk_answer": OFFICE.looking(answer, Action.OPEN_CAMPAIGN),
    "desk_new_place": OFFICE.looking(ask_place, Action.OPEN_CAMPAIGN),
    "desk_open": OFFICE.looking(open_it, Action.OPEN_CAMPAIGN),
}

TEXTS: dict[str, OnText] = {
    PLAN: OFFICE.looking(not_a_text, Action.OPEN_CAMPAIGN),
    PLACE: OFFICE.looking(place, Action.OPEN_CAMPAIGN),
}
