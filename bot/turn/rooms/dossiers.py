"""Loads the room of dossiers: one's own places or, for the desk, the dossier that an event names."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.campaign.dossiers.assembling import dossier_of
from bot.campaign.dossiers.at_hand import Seated, files_at_hand, own_at_hand, seated
from bot.campaign.dossiers.handing_out import scope_named
from bot.campaign.usable import usable
from bot.turn.uploads import ReadFile, read_file
from dialogs.core.events import Event
from dialogs.core.handlers import Books
from dialogs.core.knowledge.dossiers import DossierLine, DossierPlace, DossiersView
from dialogs.core.state import State
from dialogs.dossiers.guard import MINE, named
from rules.book.dossier import DossierItem, DossierPart, Of
from rules.campaign.assembling import AtHand, Scope, has_dossier, places
from rules.campaign.permissions import Action, may, relations_to_office
from rules.nouns.people import Person
from rules.nouns.reviews import Campaign
from rules.nouns.values import OwedBy
from storage.transaction import Transaction
from templates.documents.dossier import owed_words

#: The most people who owe a paper that a screen names.
NAMED = 6


async def dossiers_view(
    tx: Transaction, books: Books, state: State, event: Event, person: Person, file: ReadFile | None
) -> DossiersView:
    """Knowledge of the room for this person and event."""
    office = await tx.units.office_of(person.id)
    parts = [one for one in await tx.campaigns.of_office(office, is_open=True) if usable(one, books)]
    campaign, whose = named(event, state.focus)
    desk = may(relations_to_office(person, person.office), Action.READ_PART)
    told = read_file(file, state.language) if file else None
    view = DossiersView(campaigns=frozenset(one.id for one in parts), handed=told)
    here = [one for one in parts if one.id == campaign]
    if whose == MINE or not desk or not here:
        listing = [one for one in parts if _asks_from_outside(books, one)]
        seats = await seated(tx, person.office) if listing else None
        mine = [place for part in listing if seats for place in await _own(tx, books, part, seats, person, state)]
        return replace(view, places=_missing_first(mine))
    return await _of_desk(tx, books, state, here, whose, view)


def _asks_from_outside(books: Books, part: Campaign) -> bool:
    dossier = books[part.edition].dossier
    return any(one.outside for items in dossier.values() for item in items for one in item.parts)


async def _own(
    tx: Transaction, books: Books, part: Campaign, seats: Seated, person: Person, state: State
) -> list[DossierPlace]:
    """The places at which this person owes a file, for themself or for the units that they head."""
    dossier = books[part.edition].dossier
    kept = await own_at_hand(tx, books[part.edition], part, seats, person.id, state.now)
    headed = [unit for unit, head in kept.heads.items() if head == person.id]
    found = dict[str, DossierPlace]()
    for of, items in dossier.items():
        if of is Of.PERSON and person.id not in has_dossier(items, kept.lines):
            continue
        for scope in _scopes(of, person, headed):
            for place, owed_by in _places(items, scope, kept, part):
                mine = owed_by is OwedBy.PERSON and place.person and place.person.id == person.id
                of_mine = owed_by is OwedBy.HEAD and place.unit in headed
                if mine or of_mine:
                    found.setdefault(place.stamp, place)
    return list(found.values())


def _missing_first(found: Iterable[DossierPlace]) -> tuple[DossierPlace, ...]:
    return tuple(sorted(found, key=lambda one: (bool(one.handed), not one.needed)))


def _scopes(of: Of, person: Person, headed: Sequence[int]) -> Iterator[Scope]:
    match of:
        case Of.UNIT:
            yield from (Scope(Of.UNIT, unit) for unit in dict.fromkeys((person.unit_id, *headed)))
        case Of.PERSON:
            yield Scope(Of.PERSON, person.id)
        case Of.AUTHORITY:
            yield Scope(Of.AUTHORITY)


def _places(
    items: Sequence[DossierItem], scope: Scope, kept: AtHand, part: Campaign
) -> Iterator[tuple[DossierPlace, OwedBy | None]]:
    by_place = {(one.place, one.person_id, one.unit_id): one for one in kept.enclosures}
    people = {one.person.id: one.person for one in kept.lines}
    for item, one, person, unit in places(items, scope, kept):
        handed = by_place.get((one.key, person, unit))
        yield (
            DossierPlace(
                stamp=_stamp(part, one, person, unit),
                campaign=part.id,
                rulebook=part.rulebook,
                place=one.key,
                title=one.title,
                cite=item.cite,
                person=people[person] if person else None,
                unit=unit,
                unit_name=kept.units[unit] if unit else "",
                answers=kept.heads.get(unit) if unit else None,
                needed=not one.if_any and not one.only_for,
                handed=handed.name if handed else "",
                enclosure=handed.id if handed else 0,
                kind=handed.kind if handed else "",
                due=kept.due(scope.of, one),
            ),
            one.owed_by,
        )


def _stamp(part: Campaign, one: DossierPart, person: int | None, unit: int | None) -> str:
    said = f"{part.id}|{part.rulebook}|{one.key}|{person or 0}|{unit or 0}"
    return hashlib.sha256(said.encode()).hexdigest()[:12]


async def _of_desk(
    tx: Transaction, books: Books, state: State, parts: Sequence[Campaign], whose: str, view: DossiersView
) -> DossiersView:
    choices, scope, seats = list[tuple[str, str]](), scope_named(whose), await seated(tx, parts[0].office)
    listed = dict[str, DossierPlace]()
    for part in parts:
        dossier = books[part.edition].dossier
        kept = await files_at_hand(tx, books[part.edition], part, seats, state.now)
        choices += _choices(dossier.keys(), has_dossier(dossier.get(Of.PERSON, ()), kept.lines), kept)
        if scope:
            for place, _ in _places(dossier.get(scope.of, ()), scope, kept, part):
                listed.setdefault(place.stamp, place)
    choices = list(dict.fromkeys(choices))
    name = dict(choices).get(whose, "")
    if scope is None or whose not in dict(choices):
        return replace(view, campaign=parts[0].id, choices=tuple(choices))
    dossier_now = await dossier_of(tx, books, parts, scope, state.now)
    lines = tuple(
        DossierLine(
            number,
            there.part.title,
            len(there.files),
            len(there.debts),
            owed_words(there.debts[:NAMED], one.about),
            max(0, len(there.debts) - NAMED),
            there.due,
        )
        for one in dossier_now.lists
        for number, line in enumerate(one.lines, start=1)
        for there in line.parts
    )
    return replace(
        view,
        campaign=parts[0].id,
        choices=tuple(choices),
        whose=whose,
        name=name,
        lines=lines,
        places=_missing_first(listed.values()),
    )


def _choices(of: Iterable[Of], people: dict[int, Person], kept: AtHand) -> Iterator[tuple[str, str]]:
    lists = set(of)
    if Of.AUTHORITY in lists:
        yield "a", ""
    if Of.UNIT in lists:
        here = {one.person.unit_id for one in kept.lines}
        yield from ((f"u{unit}", name) for unit, name in kept.units.items() if unit in here)
    yield from ((f"p{id_}", f"{one.name} ({one.unit})") for id_, one in people.items())
