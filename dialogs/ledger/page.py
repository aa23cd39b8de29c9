"""The page of a ledger: its lines, the score, the arithmetic with its clauses, and what can be done with one line."""

from collections.abc import Sequence

from dialogs.core.awaited import awaiting
from dialogs.core.guard import allowed_in_office
from dialogs.core.handlers import Books
from dialogs.core.keys import Rows, rows
from dialogs.core.paging import page
from dialogs.core.state import State
from dialogs.core.turn import Command, Key, Reply, Turn
from dialogs.ledger.guard import drawn, held_of, is_own, view_of
from dialogs.shown.work import line_values, score_values
from rules.campaign.permissions import Action, may
from rules.ledger.work import Giver, SlipKind, WorkLedger, WorkLine
from rules.nouns.reviews import Json

#: The purpose of the focus while the next text is about the lines of a ledger.
LINES = "work_lines"
#: How many lines are on one page, and how many of their buttons stand in a row.
ON_A_PAGE, BESIDE = 12, 4


def show(
    books: Books,
    state: State,
    ledger: WorkLedger,
    *,
    first: int = 0,
    told: Sequence[Json] = (),
    keys: Rows = (),
    commands: Sequence[Command] = (),
    replaces: bool = False,
) -> Turn:
    """The ledger; the next text is about it. `told`: what just happened; `keys`: the buttons for what it asks."""
    view = view_of(state)
    some = page(ledger.shown, first, ON_A_PAGE)
    writes = not ledger.closed
    values: dict[str, Json] = {
        **ledger_values(state, ledger),
        **score_values(books, view.edition, ledger),
        "told": list(told),
        "lines": [line_values(line, number) for number, line in enumerate(some.shown, some.first + 1)],
        **some.values(),
        "catalogue": view.catalogue is not None,
        "waiting": len(ledger.reasons()),
    }
    opening = [
        Key("work/line", drawn("work_line", ledger, str(line.line)), {"number": number})
        for number, line in enumerate(some.shown, some.first + 1)
    ]
    beside = tuple(tuple(opening[at : at + BESIDE]) for at in range(0, len(opening), BESIDE)) if writes else ()
    all_done = is_own(state, ledger) and any(line.done < line.own for line in ledger.shown)
    shown = rows(
        *keys,
        *beside,
        some.keys("work_show", ledger.named, str(ledger.person.id), room="work"),
        (Key("work/all_done", drawn("work_all_done", ledger)) if writes and all_done else None,),
        (Key("work/how", drawn("work_how", ledger)) if ledger.shown and view.edition else None,),
        _into_the_sheet(state, ledger),
        _elsewhere(state, ledger),
    )
    awaited = (awaiting(LINES, period=ledger.named, person=ledger.person.id),) if writes else ()
    return Turn((Reply("work/page", values, shown, replaces=replaces),), (*commands, *awaited))


def show_line(
    books: Books, state: State, ledger: WorkLedger, line: WorkLine, *, commands: Sequence[Command] = ()
) -> Turn:
    """One line, and what this person may do with it."""
    del books
    about = (str(line.line), str(line.version))
    number = [one.line for one in ledger.shown].index(line.line) + 1
    values: dict[str, Json] = {**ledger_values(state, ledger), "one": line_values(line, number)}
    own = is_own(state, ledger)
    gives = may(held_of(state, view_of(state), ledger), Action.ASSIGN_WORK)
    keys: list[tuple[Key | None, ...]] = []
    if own:
        left, slipped = line.own - line.done, {kind: _slipped(line, kind) for kind in SlipKind}
        keys += [
            (
                Key("work/one_done", drawn("work_done", ledger, *about, "1")) if left > 1 else None,
                Key("work/done", drawn("work_done", ledger, *about, str(left)), {"count": left}) if left else None,
            ),
            (
                Key("work/fault", drawn("work_slip", ledger, *about, "f"))
                if slipped[SlipKind.FAULT] < line.done
                else None,
                Key("work/delay", drawn("work_slip", ledger, *about, "d"))
                if slipped[SlipKind.DELAY] < line.done
                else None,
            ),
            (Key("work/undo", drawn("work_undo", ledger, *about)) if line.done or line.slips else None,),
            (Key("work/ask_over", drawn("work_ask", ledger, *about)) if left and view_of(state).giver else None,),
        ]
    if gives:
        keys += [
            (
                Key("work/objective", drawn("work_say", ledger, *about, str(place), "1"), {"number": place + 1}),
                Key("work/not_objective", drawn("work_say", ledger, *about, str(place), "0"), {"number": place + 1}),
            )
            for place, slip in enumerate(line.slips)
            if slip.reason and slip.objective is None
        ]
        keys.append((Key("work/hand", drawn("work_hand", ledger, *about)) if line.own > line.done else None,))
    if (own and line.giver is Giver.SELF) or gives:
        keys.append((Key("work/remove", drawn("work_remove", ledger, *about)) if not line.touched else None,))
    keys.append((Key("work/back", drawn("work_show", ledger)),))
    awaited = awaiting(LINES, period=ledger.named, person=ledger.person.id)
    return Turn((Reply("work/line", values, rows(*keys)),), (*commands, awaited))


def how(books: Books, state: State, ledger: WorkLedger) -> Turn:
    """How the score is worked out, line by line, with the clauses."""
    view = view_of(state)
    values: dict[str, Json] = {
        **ledger_values(state, ledger),
        **score_values(books, view.edition, ledger, whole=True),
    }
    back = (Key("work/back", drawn("work_show", ledger)),)
    return Turn((Reply("work/how", values, rows(_into_the_sheet(state, ledger), back)),))


def ledger_values(state: State, ledger: WorkLedger) -> dict[str, Json]:
    """Whose ledger it is, and of which period."""
    return {
        "period": ledger.period,
        "year": ledger.year,
        "name": ledger.person.called,
        "own": is_own(state, ledger),
        "closed": ledger.closed,
    }


def _into_the_sheet(state: State, ledger: WorkLedger) -> tuple[Key | None, ...]:
    """The button from one's own ledger to the sheet that it fills in."""
    view = view_of(state)
    if not is_own(state, ledger) or view.sheet is None or ledger.closed or not ledger.shown:
        return ()
    return (Key("work/to_sheet", drawn("work_sheet", ledger)),)


def _elsewhere(state: State, ledger: WorkLedger) -> tuple[Key | None, ...]:
    view = view_of(state)
    other = len(view.periods) > 1 or (view.people and is_own(state, ledger))
    people = Key("work/people", drawn("work_people", ledger)) if view.people else None
    desk = allowed_in_office(state, Action.KEEP_CATALOGUE) and is_own(state, ledger)
    home = Key("work/office" if desk else "work/home", drawn("work_home", ledger)) if other or desk else None
    return (people, home)


def _slipped(line: WorkLine, kind: SlipKind) -> int:
    return sum(slip.kind is kind for slip in line.slips)
