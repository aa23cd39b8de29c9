"""What people who assign work do: answer a stated cause, and hand work over to somebody else."""

from dataclasses import replace

from dialogs.core.awaited import awaiting
from dialogs.core.awaited import number as awaited_number
from dialogs.core.buttons import Button
from dialogs.core.commands.ledgers import KeepWork
from dialogs.core.handlers import Books
from dialogs.core.keys import rows
from dialogs.core.paging import as_number, number, page, word
from dialogs.core.state import State
from dialogs.core.turn import Key, Notify, Reply, Turn
from dialogs.ledger.guard import drawn, view_of
from dialogs.ledger.page import ledger_values, show, show_line
from dialogs.ledger.writing import kept, named_line
from dialogs.shown.work import line_values
from rules.ledger.work import WorkLedger, WorkLine, hand_over
from rules.nouns.reviews import Json

#: The purpose of the focus while the number to hand over may be typed.
COUNT = "work_count"


def say(books: Books, state: State, ledger: WorkLedger, button: Button) -> Turn:
    """Confirm that the cause of a fault or delay is objective, or that it is not. Only an objective cause takes no
    points.
    """
    line, place, yes = named_line(ledger, button), number(button, 4), word(button, 5) == "1"
    slip = line.slips[place] if line and place < len(line.slips) else None
    if line is None or slip is None or not slip.reason or state.person is None:
        return show(books, state, ledger, told=[{"what": "not_there"}])
    told = replace(slip, objective=yes, by=state.person.name)
    changed = replace(line, slips=(*line.slips[:place], told, *line.slips[place + 1 :]))
    after = ledger.with_lines([changed])
    now = after.line(line.line)
    assert now is not None, "it was just written"
    values: dict[str, Json] = {
        **ledger_values(state, ledger),
        "by": state.person.name,
        "objective": yes,
        "reason": slip.reason,
        "kind": slip.kind.value,
        "times": slip.times,
        "line": line.product.name,
    }
    notice = Reply("work/told_said", values, ((Key("work/open", drawn("work_show", ledger)),),))
    key = f"work:said:{ledger.person.id}:{ledger.named}:{line.line}.{line.version + 1}"
    return show_line(
        books, state, after, now, commands=(*kept(ledger, [changed]), Notify(ledger.person.id, key, notice))
    )


def ask_over(books: Books, state: State, ledger: WorkLedger, button: Button) -> Turn:
    """Tell whoever assigned the work at once that the rest cannot be done (Điều 18 khoản 1 điểm d)."""
    line, giver = named_line(ledger, button), view_of(state).giver
    if line is None or giver is None:
        return show(books, state, ledger, told=[{"what": "not_there"}])
    values: dict[str, Json] = {**ledger_values(state, ledger), "one": line_values(line, 0)}
    opening = ((Key("work/open_line", drawn("work_line", ledger, str(line.line)), {"name": line.product.name}),),)
    notice = Reply("work/told_over", values, opening)
    key = f"work:over:{ledger.person.id}:{ledger.named}:{line.line}.{line.version}"
    told = Notify(giver, key, notice, cover_except=ledger.person.id)
    return show(books, state, ledger, told=[{"what": "asked_over", **line_values(line, 0)}], commands=(told,))


def hand(books: Books, state: State, ledger: WorkLedger, button: Button) -> Turn:
    """Choose the colleague by button. A number may be typed first if not all of the rest is handed over."""
    line = named_line(ledger, button)
    left = line.own - line.done if line else 0
    if line is None or not left:
        return show(books, state, ledger, told=[{"what": "not_there"}])
    return _asking(state, ledger, line, left)


def counted(books: Books, state: State, ledger: WorkLedger, text: str) -> Turn:
    """Take the number that is handed over."""
    line = ledger.line(awaited_number(state, "line"))
    count = as_number(text.strip())
    left = line.own - line.done if line else 0
    if line is None or not left:
        return show(books, state, ledger, told=[{"what": "not_there"}])
    return _asking(state, ledger, line, count if 0 < count <= left else left, wrong=not 0 < count <= left)


def to(books: Books, state: State, ledger: WorkLedger, button: Button) -> Turn:
    """Hand work over: it stays assigned to the first person, earns them nothing, and counts as extra for the other.
    Both are told.
    """
    line, count, taker = named_line(ledger, button), number(button, 4), number(button, 5)
    other = next((one for one in view_of(state).takers if one.person.id == taker), None)
    if line is None or other is None or not 0 < count <= line.own - line.done:
        return show(books, state, ledger, told=[{"what": "not_there"}])
    if other.closed:
        return show(books, state, ledger, told=[{"what": "taker_closed", "name": other.person.called}])
    left, taken = hand_over(line, count, ledger.person, other.person)
    after = ledger.with_lines([left])
    told: dict[str, Json] = {
        **ledger_values(state, ledger),
        "what": "handed",
        "line": line.product.name,
        "count": count,
        "giver": ledger.person.called,
        "taker": other.person.called,
        "by": state.person.name if state.person else "",
    }
    commands = (
        *kept(ledger, [left]),
        KeepWork(other.person.id, other.year, other.period, (taken,)),
        *(
            Notify(
                one.person.id,
                f"work:handed:{ledger.person.id}:{ledger.named}:{line.line}.{line.version + 1}:{one.person.id}",
                Reply(
                    "work/told_handed", {**told, "mine": one is ledger}, ((Key("work/open", drawn("work_show", one)),),)
                ),
            )
            for one in (ledger, other)
            if state.person is None or one.person.id != state.person.id
        ),
    )
    return show(books, state, after, told=[told], commands=commands)


def _asking(state: State, ledger: WorkLedger, line: WorkLine, count: int, *, wrong: bool = False) -> Turn:
    view = view_of(state)
    some = page([one for one in view.takers if one.person.id != ledger.person.id], 0, 40)
    values: dict[str, Json] = {
        **ledger_values(state, ledger),
        "one": line_values(line, 0),
        "count": count,
        "left": line.own - line.done,
        "wrong": wrong,
        "nobody": not some.shown,
    }
    about = (str(line.line), str(line.version), str(count))
    keys = (
        (Key("work/to", drawn("work_to", ledger, *about, str(one.person.id)), {"name": one.person.called}),)
        for one in some.shown
    )
    back = (Key("work/back", drawn("work_show", ledger)),)
    awaited = awaiting(COUNT, period=ledger.named, person=ledger.person.id, line=line.line)
    return Turn((Reply("work/hand", values, rows(*keys, back)),), (awaited,))
