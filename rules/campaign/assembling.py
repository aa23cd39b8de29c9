"""A dossier at one moment, line by line of the rulebook's list: what is present, what is missing, and who owes it.

The functions are pure: the caller has loaded everything. No line is ever left out, however much of it is missing.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from rules.book.dossier import DossierItem, DossierPart, Dossiers, Kept, Of, Per, handed_in
from rules.nouns.alphabet import by_name
from rules.nouns.enclosures import Enclosure, OwnTable
from rules.nouns.people import Person
from rules.nouns.reviews import ReviewStatus
from rules.nouns.standings import ReviewLine
from rules.nouns.values import BODIES, OwedBy


class From(StrEnum):
    """The source of a file in a dossier."""

    DOCUMENT = "document"  # a submitted review with its comments; `id`: the review
    RULED = (
        "ruled"  # the same with the decision, and what the decision's document says of that person; `id`: the review
    )
    DECISION = "decision"  # a decision's document with its list; `id`: which of the campaign's decisions
    PETITIONS = "petitions"  # of a review
    OPINIONS = "opinions"  # of a review
    TABLE = "table"  # a summary table; `key`, of a `unit`
    OWN_TABLE = "own_table"  # the office's file that stands for one; `id`: the file
    ENCLOSURE = "enclosure"  # a file handed in; `id`: the enclosure
    ROUND = "round"  # the table of a round that ended, of a sheet with its papers; `id`: the round
    POINTS = "points"  # what all sheets with points about somebody came to; `id`: the person
    COUNT = "count"  # the record of a ballot that was counted; `id`: the poll
    MINUTES = "minutes"  # of the unit's meeting, as they were adopted here; `id`: theirs


@dataclass(frozen=True, slots=True)
class FileOf:
    """One file of a dossier. With `person` None and `unit` "" it belongs to the office."""

    source: From
    id: int = 0
    key: str = ""
    person: Person | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Debt:
    """One missing paper."""

    #: In which role it is owed.
    owed_by: OwedBy
    #: Who owes it; None: nobody on the roster does.
    person: int | None = None
    #: The person whose paper it is; `unit`: the unit whose paper it is.
    about: Person | None = None
    unit: str = ""
    #: Whether the secretary of the unit's party cell answers for it.
    cell: bool = False


@dataclass(frozen=True, slots=True)
class PartThere:
    """One kind of paper: its files, and what is owed of it."""

    part: DossierPart
    files: tuple[FileOf, ...] = ()
    debts: tuple[Debt, ...] = ()
    #: How many lines of its table have no result yet.
    open: int = 0
    #: The last day by the plan; None: the plan has none.
    due: dt.date | None = None
    #: The latest of the office's files that replace its tables.
    own: OwnTable | None = None


@dataclass(frozen=True, slots=True)
class LineThere:
    """A line of the list with its parts, in order."""

    item: DossierItem
    parts: tuple[PartThere, ...]


@dataclass(frozen=True, slots=True)
class AtHand:
    """Everything that is kept of one part of a campaign."""

    lines: Sequence[ReviewLine]
    #: Reviews with a document in force.
    sent: frozenset[int] = frozenset()
    #: Reviews with petitions; `opinions`: reviews with opinions.
    petitions: frozenset[int] = frozenset()
    opinions: frozenset[int] = frozenset()
    #: Review → the decision that contains it.
    decisions: Mapping[int, int] = field(default_factory=dict)
    #: (table, unit; "" for the office) → how many lines are still open.
    tables: Mapping[tuple[str, str], int] = field(default_factory=dict)
    #: Table → the office's file that replaces it.
    own: Mapping[str, OwnTable] = field(default_factory=dict)
    enclosures: Sequence[Enclosure] = ()
    units: Mapping[int, str] = field(default_factory=dict)
    #: The units of the office itself.
    top: frozenset[int] = frozenset()
    #: Unit → who answers for it: its head, else the secretary of its party cell.
    heads: Mapping[int, int] = field(default_factory=dict)
    #: Units for which the secretary of a party cell answers, since nobody heads them.
    led_by_cells: frozenset[int] = frozenset()
    #: Rule, person (None: nobody) and id of rounds that ended, oldest first.
    rounds: Sequence[tuple[str, int | None, int]] = ()
    #: People about whom sheets with points have ended.
    points: frozenset[int] = frozenset()
    #: Unit and id of adopted minutes, oldest first.
    minutes: Sequence[tuple[int, int]] = ()
    #: The ids of adopted minutes of a party cell, oldest first.
    cells: Sequence[int] = ()
    #: Ballot of the rulebook, unit, and id of polls that were counted, oldest first.
    counts: Sequence[tuple[str, int | None, int]] = ()
    #: Milestone → its day.
    days: Mapping[str, dt.date] = field(default_factory=dict)
    #: Whose dossier → the milestone by which it is due.
    by: Mapping[Of, str] = field(default_factory=dict)

    def due(self, of: Of, part: DossierPart) -> dt.date | None:
        """The last day of a paper by the plan."""
        return self.days.get(part.by or self.by.get(of, ""))


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose dossier it is: a unit's or a person's (by id), or the authority's."""

    of: Of
    id: int = 0

    def holds(self, line: ReviewLine) -> bool:
        """Whether a review belongs to it."""
        match self.of:
            case Of.UNIT:
                return line.person.unit_id == self.id
            case Of.PERSON:
                return line.person.id == self.id
            case Of.AUTHORITY:
                return True


def assembled(items: Sequence[DossierItem], scope: Scope, kept: AtHand) -> tuple[LineThere, ...]:
    """The dossier's list, line by line."""
    looking = _Looking.at(items, scope, kept)
    return tuple(LineThere(item, tuple(looking.part(part) for part in item.parts)) for item in items)


def has_dossier(items: Sequence[DossierItem], lines: Sequence[ReviewLine]) -> dict[int, Person]:
    """The people with a dossier of their own, by id: those who fill in a form that it lists. They are in Vietnamese
    order.
    """
    forms = {form for item in items for form in item.forms}
    found = {one.person.id: one.person for one in lines if one.form in forms}
    return dict(sorted(found.items(), key=lambda one: by_name(one[1].name)))


def places(
    items: Sequence[DossierItem], scope: Scope, kept: AtHand
) -> Iterator[tuple[DossierItem, DossierPart, int | None, int | None]]:
    """Every place of the dossier at which a file may be handed in: line and part, and whose it is."""
    looking = _Looking.at(items, scope, kept)
    for item in items:
        for part in item.parts:
            if part.outside:
                yield from ((item, part, person.id if person else None, unit) for person, unit in looking.whose(part))


@dataclass(frozen=True, slots=True)
class Missing:
    """A file that somebody still has to hand in, with its last day by the plan (None: there is none)."""

    title: str
    debt: Debt
    due: dt.date | None
    milestone: str = ""


def missing_files(dossiers: Dossiers, kept: AtHand) -> Iterator[Missing]:
    """Every file missing in any dossier of a part of a campaign: each place once, with its earliest last day."""
    found = dict[tuple[str, int, str], Missing]()
    for of, items in dossiers.items():
        # Whoever's they are: with the scope of the authority nobody is left out.
        looking = _Looking.at(items, Scope(Of.AUTHORITY), kept)
        people = has_dossier(items, kept.lines) if of is Of.PERSON else None
        for part in handed_in(items):
            due = kept.due(of, part)
            for debt in looking.outside(part).debts:
                place = (part.key, debt.about.id if debt.about else 0, debt.unit)
                known = found.get(place)
                if debt.about and people is not None and debt.about.id not in people:
                    continue
                if known is None or (due and (known.due is None or due < known.due)):
                    found[place] = Missing(part.title, debt, due, part.by or kept.by.get(of, ""))
    yield from found.values()


def _ended(line: ReviewLine) -> bool:
    """Whether it is no longer owed: people who left owe no paper."""
    return line.status is ReviewStatus.ENDED


@dataclass(frozen=True, slots=True)
class _Looking:
    """The evaluation of one dossier. `cells_apart`: its list requires the minutes of party cells by themselves, not once more as a unit's."""

    scope: Scope
    kept: AtHand
    cells_apart: bool = False

    @classmethod
    def at(cls, items: Sequence[DossierItem], scope: Scope, kept: AtHand) -> "_Looking":
        return cls(scope, kept, any(part.cell for item in items for part in item.parts))

    def part(self, part: DossierPart) -> PartThere:
        there = self.outside(part) if part.outside else self._table(part) if part.table else self._reviews(part)
        return replace(there, due=self.kept.due(self.scope.of, part))

    # ── of what was sent ──

    def _mine(self, part: DossierPart) -> list[ReviewLine]:
        found = [
            one
            for one in self.kept.lines
            if self.scope.holds(one)
            and (not part.forms or one.form in part.forms)
            and (not part.of_office or one.person.unit_id in self.kept.top)
            and part.asks(one.person)
        ]
        units = {unit: place for place, unit in enumerate(self.kept.units)}
        return sorted(found, key=lambda one: (units.get(one.person.unit_id, 0), by_name(one.person.name)))

    def _reviews(self, part: DossierPart) -> PartThere:
        there, missing, source = self._found(part)
        files = tuple(FileOf(source, one.review, person=one.person, unit=one.person.unit) for one in there)
        if source is From.RULED and self.scope.of is Of.AUTHORITY:
            every = sorted({self.kept.decisions[one.review] for one in there if one.review in self.kept.decisions})
            files = (*(FileOf(From.DECISION, number) for number in every), *files)
        debts = () if part.if_any or part.only_for else tuple(self._debt(part, one) for one in missing)
        return PartThere(part, files, debts)

    def _found(self, part: DossierPart) -> tuple[list[ReviewLine], list[ReviewLine], From]:
        """The reviews that provide a paper, those that do not yet, and the source."""
        mine, sent = self._mine(part), self.kept.sent
        match part.kept:
            case None:
                here, source = sent, From.DOCUMENT
            case Kept.RULINGS:
                here, source = sent & {one.review for one in mine if one.decided}, From.RULED
            case Kept.PETITIONS:
                here, source = self.kept.petitions, From.PETITIONS
            case Kept.OPINIONS:
                here, source = self.kept.opinions, From.OPINIONS
        there = [one for one in mine if one.review in here]
        return there, [one for one in mine if one.review not in here and not _ended(one)], source

    def _debt(self, part: DossierPart, line: ReviewLine) -> Debt:
        about = line.person
        if part.kept is Kept.RULINGS and line.review in self.kept.sent:
            return Debt(OwedBy.AUTHORITY, line.decider_id, about, about.unit)
        if about.subject in BODIES and line.drafter:
            return Debt(OwedBy.PERSON, line.drafter, about, about.unit)
        if about.subject in BODIES:
            return self._of_head(about.unit_id, about, about.unit)
        return Debt(OwedBy.PERSON, about.id, about, about.unit)

    # ── of tables ──

    def _table(self, part: DossierPart) -> PartThere:
        wanted = {self.kept.units.get(self.scope.id, ""), ""} if self.scope.of is Of.UNIT else None
        found = [
            (unit, left)
            for (key, unit), left in self.kept.tables.items()
            if key == part.table and (wanted is None or unit in wanted)
        ]
        own = self.kept.own.get(part.table)
        if own:
            return PartThere(part, (FileOf(From.OWN_TABLE, own.id, part.table),), own=own)
        files = tuple(FileOf(From.TABLE, key=part.table, unit=unit) for unit, _ in found)
        debts = () if files or part.if_any else (Debt(OwedBy.DESK),)
        return PartThere(part, files, debts, sum(left for _, left in found))

    # ── from outside ──

    def whose(self, part: DossierPart) -> list[tuple[Person | None, int | None]]:
        """The places of a paper from outside: one for each person, each unit, or the office."""
        if part.per is Per.OFFICE:
            return [(None, None)]
        if part.per is Per.PERSON:
            return [(person, None) for person in self._people(part)]
        mine = [one.person.unit_id for one in self.kept.lines if self.scope.holds(one) and not _ended(one)]
        elsewhere = self.kept.led_by_cells if part.meeting and self.cells_apart else frozenset[int]()
        return [(None, unit) for unit in self.kept.units if unit in mine and unit not in elsewhere]

    def _people(self, part: DossierPart) -> list[Person]:
        found = dict[int, Person]()
        for one in self.kept.lines:
            away = _ended(one) or (part.of_office and one.person.unit_id not in self.kept.top)
            if self.scope.holds(one) and one.person.subject not in BODIES and part.asks(one.person) and not away:
                found.setdefault(one.person.id, one.person)
        return sorted(found.values(), key=lambda one: by_name(one.name))

    def outside(self, part: DossierPart) -> PartThere:
        handed = {(one.person_id, one.unit_id): one for one in self.kept.enclosures if one.place == part.key}
        files, debts, used = list[FileOf](), list[Debt](), False
        own = [self.kept.own[key] for key in part.own_tables if key in self.kept.own]
        for person, unit in self.whose(part):
            name = self.kept.units[unit] if unit else person.unit if person else ""
            found = handed.get((person.id if person else None, unit))
            kept = [one for at, one in self.kept.minutes if part.meeting and at == unit]
            kept += self.kept.cells if part.cell else ()
            files += (FileOf(From.MINUTES, one, part.key, person, name) for one in kept)
            counts = [one for key, at, one in self.kept.counts if key in part.ballots and unit in {None, at}]
            files += (FileOf(From.COUNT, one, part.key, person, name) for one in counts)
            rounds = self._rounds(part, person)
            files += (FileOf(From.ROUND, one, part.key, person, name) for one in rounds)
            scored = part.points and person is not None and person.id in self.kept.points
            if scored and person is not None:
                files.append(FileOf(From.POINTS, person.id, part.key, person, name))
            if found:
                files.append(FileOf(From.ENCLOSURE, found.id, part.key, person, name))
            elif kept or rounds or scored or counts:
                continue
            else:  # the tables of all are it for whom none of their own lies here
                used = True
                if not part.if_any and not part.only_for and len(own) < max(1, len(part.own_tables)):
                    debts.append(self._owing(part, person, unit, name))
        whole = own if used else []
        files += (FileOf(From.OWN_TABLE, one.id, part.key) for one in whole)
        last = max(whole, key=lambda one: one.at, default=None)
        return PartThere(part, tuple(files), tuple(debts), own=last)

    def _rounds(self, part: DossierPart, person: Person | None) -> list[int]:
        """The latest round whose table serves as this paper of a person."""
        whose = person.id if person else None
        return [id_ for key, of, id_ in self.kept.rounds if part.round and (key, of) == (part.round, whose)][-1:]

    def _owing(self, part: DossierPart, person: Person | None, unit: int | None, name: str) -> Debt:
        assert part.owed_by is not None, "reading refuses a part from outside without it"
        match part.owed_by:
            case OwedBy.PERSON:
                return Debt(part.owed_by, person.id if person else None, person, name)
            case OwedBy.HEAD:
                return self._of_head(unit or (person.unit_id if person else 0), person, name)
            case _:
                return Debt(part.owed_by, None, person, name)

    def _of_head(self, unit: int, about: Person | None, name: str) -> Debt:
        return Debt(OwedBy.HEAD, self.kept.heads.get(unit), about, name, cell=unit in self.kept.led_by_cells)
