"""Loads ledgers: the one that fills a sheet, the one sent with it, and the room of assigned work."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.campaign.ledgers import compared_work, ledgers_of
from bot.campaign.usable import usable
from bot.documents.content import read
from bot.documents.keeping import Keeper
from bot.ledgers.read import assigned
from bot.turn.uploads import MISTAKES, ReadFile
from dialogs.core.awaited import text_of
from dialogs.core.events import Event, Pressed
from dialogs.core.handed import LedgerFile
from dialogs.core.handlers import Books
from dialogs.core.knowledge.ledgers import WorkView
from dialogs.core.stamps import seal
from dialogs.core.state import State
from dialogs.ledger.giving import COUNT
from dialogs.ledger.named import named
from rules.campaign.permissions import Action, may, relations_to_office
from rules.campaign.tree import Tree
from rules.ledger.assigned import AssignedChange
from rules.ledger.catalogue import Catalogue, Product, changes
from rules.ledger.filling import asked_for
from rules.ledger.kept import line_json, lines_of, product_json
from rules.ledger.work import WorkLedger
from rules.nouns.errors import Mistake, RosterErrors
from rules.nouns.people import Person
from rules.nouns.periods import is_tracked
from rules.nouns.reviews import Json, Review
from storage.transaction import Transaction
from templates.errors import word

#: The most products, or people, of a file that are named in a chat.
NAMED = 12


def takes_ledger(books: Books, review: Review) -> bool:
    """Whether the form of a review asks for figures that a ledger provides. A second post has no ledger of its own."""
    if not is_tracked(review.campaign.period) or review.person.post or not usable(review.campaign, books):
        return False
    book = books[review.campaign.edition]
    return review.form in book.forms and bool(asked_for(book, book.forms[review.form]))


async def with_ledgers(tx: Transaction, books: Books, state: State) -> State:
    """The state with two ledgers: the one that fills the person's open sheet, and the one sent with the sheet that the
    event names.
    """
    found: dict[int, WorkLedger] = {}
    if state.person and state.own and state.own.open and takes_ledger(books, state.own):
        there_is_one = (await tx.conversations.locked(state.person.id)).works  # locked since the state was loaded
        ledger = await Keeper(tx, books, state.now).ledger(state.own) if there_is_one else None
        if ledger:
            found[state.own.id] = ledger
    if state.about and state.about.draft and takes_ledger(books, state.about):
        sent = await sent_with(tx, state.about)
        if sent:
            found[state.about.id] = sent
    return replace(state, ledgers=found) if found else state


async def sent_with(tx: Transaction, review: Review) -> WorkLedger | None:
    """The ledger that was kept with the newest draft; None: there was none."""
    document = await tx.documents.of_version(review.id, review.draft.version if review.draft else 0)
    kept: Mapping[str, Any] | None = read(document.content).get("ledger") if document else None
    if not kept:
        return None
    return WorkLedger(review.person, review.campaign.year, review.campaign.period, lines_of(kept), closed=True)


async def work_view(
    tx: Transaction, books: Books, state: State, event: Event, person: Person, file: ReadFile | None
) -> WorkView:
    """Knowledge of the room WORK for this person and event."""
    office = await tx.units.office_of(person.id)
    tree = await _tree(tx, office)
    hands = _hands_over(event, state)
    leads = bool({person.id, *state.acts_for} & set(tree.heads.values()))
    people = await tx.people.of_office(office) if leads or hands else ()
    mine = [review for review in await tx.reviews.mine(person.id) if takes_ledger(books, review)]
    led = _led(tree, people, (person.id, *state.acts_for))
    periods = await _periods(tx, office, state, mine, leads=bool(led))
    about = named(event, state.focus)
    period = (about.year, about.period) if about.period else _first(mine, periods)
    catalogue = await tx.ledgers.catalogue(office)
    view = WorkView(
        periods=periods,
        period=period,
        catalogue=catalogue,
        handed=await _handed(tx, books, office, file, catalogue, state) if file else None,
        sent=state.ledgers.get(state.about.id) if state.about else None,
    )
    if period is None:
        return view
    of_interest = {one.id: one for one in (person, *led)}
    ledgers = await ledgers_of(tx, books, office, list(of_interest.values()), *period)
    sheet = next((one for one in mine if (one.campaign.year, one.campaign.period) == period), None)
    known = ledgers.get(about.person or person.id)
    if known is None or (known.person.id == person.id and period not in periods):
        return replace(view, people=tuple(ledgers[one.id] for one in led))
    giver = _giver(tree, known.person)
    takers = [one for one in people if _giver(tree, one) == giver and one.id != known.person.id] if hands else []
    if known.person.id != person.id or sheet is None:
        sheets = [one for one in await tx.reviews.mine(known.person.id) if takes_ledger(books, one)]
        counting = next((one for one in sheets if (one.campaign.year, one.campaign.period) == period), None)
    else:
        counting = sheet
    return replace(
        view,
        ledger=known,
        giver=giver,
        edition=counting.campaign.edition if counting else None,
        own=ledgers[person.id],
        sheet=sheet,
        people=tuple(ledgers[one.id] for one in led),
        takers=tuple((await ledgers_of(tx, books, office, takers, *period)).values()) if takers else (),
    )


async def gives_work(tx: Transaction, office: int, person: Person) -> int | None:
    """The giver of somebody's work: the head of their unit, or for a head the next head above; None: there is none."""
    return _giver(await _tree(tx, office), person)


async def _tree(tx: Transaction, office: int) -> Tree:
    """The tree of the office's units and their heads, without their other people."""
    return Tree({seat.id: seat for seat in await tx.units.seats(office)}, await tx.units.heads(office), {})


def _hands_over(event: Event, state: State) -> bool:
    """Whether the event may lead to the question to whom work is handed over."""
    if isinstance(event, Pressed):
        return event.button is not None and event.button.verb in {"work_hand", "work_to"}
    return text_of(state.focus or {}, "for") == COUNT


def _giver(tree: Tree, person: Person) -> int | None:
    above = (tree.heads.get(seat.id) for seat in tree.up_from(person.unit_id))
    return next((one for one in above if one is not None and one != person.id), None)


def _led(tree: Tree, people: Sequence[Person], acting: Sequence[int]) -> list[Person]:
    """The people to whom one of `acting` assigns work, without the first of them."""
    return [one for one in people if one.id != acting[0] and _giver(tree, one) in acting]


async def _periods(
    tx: Transaction, office: int, state: State, mine: Sequence[Review], *, leads: bool
) -> tuple[tuple[int, str], ...]:
    """The months and quarters in which this person has a ledger, newest first: those of their own sheets. For whoever
    assigns work, also those with an open campaign in the office, and the current month.
    """
    found = {(one.campaign.year, one.campaign.period) for one in mine}
    if leads:
        opened = await tx.campaigns.of_office(office, is_open=True)
        found |= {(one.year, one.period) for one in opened if is_tracked(one.period)}
        if await tx.ledgers.catalogue(office):
            found.add((state.now.year, f"m{state.now.month:02}"))
    return tuple(sorted(found, reverse=True))


def _first(mine: Sequence[Review], periods: Sequence[tuple[int, str]]) -> tuple[int, str] | None:
    """The period shown when none is named: that of the newest open sheet, because its work is being done now; otherwise
    the newest period.
    """
    owed = [one.campaign for one in mine if one.open]
    if owed:
        newest = max(owed, key=lambda one: one.span.last)
        return newest.year, newest.period
    return periods[0] if periods else None


# ── the desk's files ───────────────────────────────────────────────────────────────────────────


async def _handed(
    tx: Transaction, books: Books, office: int, file: ReadFile, catalogue: Catalogue | None, state: State
) -> LedgerFile | None:
    """A handed-in file compared with what is kept; None if this person may not hand it in."""
    person = state.person
    if person is None or not may(relations_to_office(person, person.office), Action.KEEP_CATALOGUE):
        return None
    seen = catalogue.number if catalogue else 0
    if file.mistakes:
        return _wrong(file, file.mistakes, state.language)
    if file.products is not None:
        change = changes(catalogue, file.products)
        values: dict[str, Json] = {
            "added": [_product(one) for one in change.added[:NAMED]],
            "added_count": len(change.added),
            "gone": [_product(one) for one in change.gone[:NAMED]],
            "gone_count": len(change.gone),
            "changed_products": [
                {"before": _product(one), "after": _product(other)} for one, other in change.changed[:NAMED]
            ],
            "changed_count": len(change.changed),
            "count": len(file.products),
            "groups": len({one.group for one in file.products}),
        }
        stamp = seal([seen, *(product_json(one) for one in file.products)])
        return LedgerFile(
            file.name, file.sha256, file.purpose, seen=seen, stamp=stamp, nothing=change.nothing, values=values
        )
    try:
        found = await work_of(tx, books, office, file, catalogue)
    except RosterErrors as errors:
        return _wrong(file, errors.mistakes, state.language)
    return LedgerFile(
        file.name,
        file.sha256,
        file.purpose,
        seen=seen,
        stamp=work_stamp(found),
        nothing=not any(one.lines for one in found),
        values=_work_values(found),
    )


async def work_of(
    tx: Transaction, books: Books, office: int, file: ReadFile, catalogue: Catalogue | None
) -> tuple[AssignedChange, ...]:
    """The changes that a handed-in file of assigned work makes to ledgers. Raises RosterErrors."""
    assert file.work is not None, "it was read as such"
    keys, people = await tx.people.keys(office), await tx.people.of_office(office)
    rows = assigned(file.work, catalogue, {keys[one.id]: one.name for one in people if one.id in keys})
    assert catalogue is not None, "without one every row is a mistake"
    return await compared_work(tx, books, office, rows, catalogue)


def work_stamp(found: Sequence[AssignedChange]) -> str:
    """The stamp of all changes made by a file."""
    return seal([[one.ledger.person.id, one.ledger.named, [line_json(line) for line in one.lines]] for one in found])


def _work_values(found: Sequence[AssignedChange]) -> dict[str, Json]:
    with_lines = [one for one in found if one.lines]
    closed: list[Json] = [one.ledger.person.called for one in found if one.closed]
    left: list[Json] = [
        {"name": one.ledger.person.called, "line": line.product.name} for one in found for line in one.left
    ]
    return {
        "people": [
            {
                "name": one.ledger.person.called,
                "unit": one.ledger.person.unit,
                "period": one.ledger.period,
                "year": one.ledger.year,
                "added": one.added,
                "changed": one.changed,
                "gone": one.gone,
            }
            for one in with_lines[:NAMED]
        ],
        "people_count": len(with_lines),
        "added_lines": sum(one.added for one in found),
        "changed_lines": sum(one.changed for one in found),
        "gone_lines": sum(one.gone for one in found),
        "kept_lines": sum(one.kept for one in found),
        "closed": closed[:NAMED],
        "closed_count": len(closed),
        "left": left[:NAMED],
    }


def _wrong(file: ReadFile, mistakes: Sequence[Mistake], language: str) -> LedgerFile:
    told = tuple(word(mistake, language) for mistake in mistakes[:MISTAKES])
    return LedgerFile(file.name, file.sha256, file.purpose, told, len(mistakes))


def _product(product: Product) -> dict[str, Json]:
    return product_json(product)
