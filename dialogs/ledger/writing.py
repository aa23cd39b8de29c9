"""Writing into a ledger: lines and results, typed, pasted, or entered by button."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from dialogs.core.buttons import Button
from dialogs.core.commands.ledgers import KeepWork
from dialogs.core.handlers import Books
from dialogs.core.paging import number, word
from dialogs.core.state import State
from dialogs.core.turn import Command, Key, Notify, Reply, Turn
from dialogs.ledger.guard import drawn, held_of, is_own, view_of
from dialogs.ledger.page import ledger_values, show, show_line
from dialogs.shown.work import line_values
from rules.campaign.permissions import Action, may
from rules.ledger.catalogue import Catalogue
from rules.ledger.typed import Done, Given, Slipped, Unclear, Why, read
from rules.ledger.work import (
    MOST_LINES,
    MOST_OF_A_LINE,
    Giver,
    Origin,
    Slip,
    SlipKind,
    WorkLedger,
    WorkLine,
    misfit,
)
from rules.nouns.reviews import Json

_NONE = Catalogue(0, ())


def said(books: Books, state: State, ledger: WorkLedger, text: str) -> Turn:
    """Take what was typed or pasted about the ledger. What is understood is stored, and the rest is asked about, in one
    message.
    """
    catalogue = view_of(state).catalogue or _NONE
    typed = read(text, catalogue)
    if len(ledger.shown) + len(typed.given) > MOST_LINES:
        return show(books, state, ledger, told=[{"what": "full", "limit": MOST_LINES}])
    fresh = [_line(state, ledger, catalogue, given) for given in typed.given]
    numbered = enumerate(fresh, len(ledger.shown) + 1)
    told: list[Json] = [{"what": "added", **line_values(line, number)} for number, line in numbered]
    changed: dict[int, WorkLine] = {}
    if is_own(state, ledger):
        results, changed = _results(ledger, typed.results)
        told += results
    elif typed.results:
        told.append({"what": "results_are_theirs", "name": ledger.person.called})
    asked, keys = _asked(ledger, typed.unclear, has_catalogue=bool(catalogue.products))
    told += asked
    if typed.more:
        told.append({"what": "more", "count": typed.more})
    after = ledger.with_lines([*fresh, *changed.values()])
    commands = (
        *kept(ledger, [*fresh, *changed.values()]),
        *_notices(state, ledger, after, fresh, tuple(changed.values())),
    )
    return show(books, state, after, told=told, keys=keys, commands=commands)


def pick(books: Books, state: State, ledger: WorkLedger, button: Button) -> Turn:
    """Choose the product meant by an ambiguous line: `code`, the number, and whether it is beyond the plan."""
    catalogue = view_of(state).catalogue or _NONE
    product, count = catalogue.product(word(button, 2)), number(button, 3)
    if product is None or not 0 < count <= MOST_OF_A_LINE or len(ledger.shown) >= MOST_LINES:
        return show(books, state, ledger, told=[{"what": "not_there"}])
    given = Given(product, count, "", extra=word(button, 4) == "x")
    line = _line(state, ledger, catalogue, given)
    after = ledger.with_lines([line])
    told: list[Json] = [{"what": "added", **line_values(line, len(after.shown))}]
    return show(
        books, state, after, told=told, commands=(*kept(ledger, [line]), *_notices(state, ledger, after, [line], ()))
    )


def all_done(books: Books, state: State, ledger: WorkLedger, _: Button) -> Turn:
    """Mark everything left as done."""
    lines = [replace(line, done=line.own) for line in ledger.shown if line.done < line.own]
    after = ledger.with_lines(lines)
    return show(books, state, after, told=[{"what": "all_done", "count": len(lines)}], commands=kept(ledger, lines))


def done(books: Books, state: State, ledger: WorkLedger, button: Button) -> Turn:
    """Mark some more of a line as done."""
    return _changed(books, state, ledger, button, lambda line: replace(line, done=line.done + number(button, 4)))


def slip(books: Books, state: State, ledger: WorkLedger, button: Button) -> Turn:
    """Record that one more product of a line was faulty or late once."""
    kind = SlipKind.FAULT if word(button, 4) == "f" else SlipKind.DELAY
    return _changed(books, state, ledger, button, lambda line: replace(line, slips=(*line.slips, Slip(kind, 1))))


def undo(books: Books, state: State, ledger: WorkLedger, button: Button) -> Turn:
    """Take back what was written about the results of a line. What was handed over stays so."""
    return _changed(books, state, ledger, button, lambda line: replace(line, done=0, slips=()))


def remove(books: Books, state: State, ledger: WorkLedger, button: Button) -> Turn:
    """Remove a line that nobody has begun: one's own, or any by whoever assigns the work."""
    line = named_line(ledger, button)
    gives = may(held_of(state, view_of(state), ledger), Action.ASSIGN_WORK)
    if line is None or line.touched or not (gives or line.giver is Giver.SELF):
        return show(books, state, ledger, told=[{"what": "not_there"}])
    gone = replace(line, removed=True)
    after = ledger.with_lines([gone])
    told: list[Json] = [{"what": "removed", **line_values(line, 0)}]
    return show(books, state, after, told=told, commands=kept(ledger, [gone]))


def line_of(books: Books, state: State, ledger: WorkLedger, button: Button) -> Turn:
    """The page of a line."""
    line = ledger.line(number(button, 2))
    return show_line(books, state, ledger, line) if line else show(books, state, ledger, told=[{"what": "not_there"}])


def _line(state: State, ledger: WorkLedger, catalogue: Catalogue, given: Given) -> WorkLine:
    giver = Giver.SELF if is_own(state, ledger) else Giver.HEAD
    origin = Origin.EXTRA if given.extra else Origin.ASSIGNED
    return WorkLine(given.product, catalogue.number, given.count, origin, given.what, giver=giver)


def _results(ledger: WorkLedger, results: Sequence[Done | Slipped]) -> tuple[list[Json], dict[int, WorkLine]]:
    """What to say about the results, one by one, and the lines that they change."""
    told: list[Json] = []
    changed: dict[int, WorkLine] = {}
    for result in results:
        found = ledger.shown[result.line - 1] if 0 < result.line <= len(ledger.shown) else None
        if found is None:
            told.append({"what": "no_line", "number": result.line, "count": len(ledger.shown)})
            continue
        line = _with(changed.get(found.line, found), result)
        wrong = misfit(line)
        if wrong:
            told.append({"what": f"misfit_{wrong.value}", **line_values(found, result.line)})
        else:
            changed[found.line] = line
            told.append({"what": "written", **line_values(line, result.line)})
    return told, changed


def _with(line: WorkLine, result: Done | Slipped) -> WorkLine:
    if isinstance(result, Done):
        return replace(line, done=line.own if result.count is None else result.count)
    one = Slip(result.kind, result.times, result.reason)
    return replace(line, slips=(*line.slips, one), done=max(line.done, _least(line, one)))


def _least(line: WorkLine, one: Slip) -> int:
    """The fewest products that must be done: one that was reported faulty or late is done."""
    return min(line.own, sum(slip.kind is one.kind for slip in (*line.slips, one)))


def _changed(
    books: Books, state: State, ledger: WorkLedger, button: Button, how: Callable[[WorkLine], WorkLine]
) -> Turn:
    line = named_line(ledger, button)
    if line is None:
        return show(books, state, ledger, told=[{"what": "not_there"}])
    changed = how(line)
    wrong = misfit(changed)
    if wrong:
        return show(
            books, state, ledger, told=[{"what": f"misfit_{wrong.value}", **line_values(line, _place(ledger, line))}]
        )
    after = ledger.with_lines([changed])
    now = after.line(line.line)
    assert now is not None, "it was just written"
    return show_line(books, state, after, now, commands=kept(ledger, [changed]))


def named_line(ledger: WorkLedger, button: Button) -> WorkLine | None:
    """The line that a button acts on, if it has not changed since."""
    line = ledger.line(number(button, 2))
    return line if line and line.version == number(button, 3) else None


def _place(ledger: WorkLedger, line: WorkLine) -> int:
    return [one.line for one in ledger.shown].index(line.line) + 1


def kept(ledger: WorkLedger, lines: Iterable[WorkLine]) -> tuple[Command, ...]:
    """The command that stores these lines of the ledger."""
    listed = tuple(lines)
    return (KeepWork(ledger.person.id, ledger.year, ledger.period, listed),) if listed else ()


def _asked(
    ledger: WorkLedger, unclear: Sequence[Unclear], *, has_catalogue: bool
) -> tuple[list[Json], tuple[tuple[Key, ...], ...]]:
    """What was not understood, with a button for each possible meaning."""
    told: list[Json] = []
    keys: list[tuple[Key, ...]] = []
    for one in unclear:
        why = one.why if has_catalogue or one.why is Why.TIMES else "no_catalogue"
        names: list[Json] = [product.name for product in one.products]
        told.append({"what": "unclear", "why": str(why), "text": one.text, "names": names})
        if one.count and one.why in {Why.SEVERAL, Why.UNKNOWN}:
            extra = "x" if one.extra else "a"
            keys += [
                (
                    Key(
                        "work/pick",
                        drawn("work_pick", ledger, product.code, str(one.count), extra),
                        {"count": one.count, "name": product.name},
                    ),
                )
                for product in one.products
                if len(product.code.encode()) <= _CODE_BYTES and ":" not in product.code
            ]
    return told, tuple(keys)


#: The longest product code that fits in a button, in bytes.
_CODE_BYTES = 24


def _notices(
    state: State, ledger: WorkLedger, after: WorkLedger, fresh: Sequence[WorkLine], changed: Sequence[WorkLine]
) -> tuple[Command, ...]:
    """Notices to the person whose work was assigned, and to whoever assigns it if a cause waits for their word."""
    view = view_of(state)
    if not is_own(state, ledger) and fresh:
        numbers = "-".join(str(line.line) for line in after.lines[-len(fresh) :])
        values: dict[str, Json] = {
            **ledger_values(state, ledger),
            "by": state.person.name if state.person else "",
            "lines": [line_values(line, 0) for line in fresh],
        }
        reply = Reply("work/told_assigned", values, ((Key("work/open", drawn("work_show", ledger)),),))
        return (Notify(ledger.person.id, f"work:assigned:{ledger.person.id}:{ledger.named}:{numbers}", reply),)
    reasons = [line for line in changed if any(slip.reason and slip.objective is None for slip in line.slips)]
    if not reasons or view.giver is None:
        return ()
    told: dict[str, Json] = {**ledger_values(state, ledger), "lines": [line_values(line, 0) for line in reasons]}
    opening = tuple(
        (Key("work/open_line", drawn("work_line", ledger, str(line.line)), {"name": line.product.name}),)
        for line in reasons
    )
    key = "-".join(f"{line.line}.{line.version + 1}" for line in reasons)
    reply = Reply("work/told_reason", told, opening)
    return (
        Notify(
            view.giver,
            f"work:reason:{ledger.person.id}:{ledger.named}:{key}",
            reply,
            cover_except=ledger.person.id,
        ),
    )
