"""Who is reviewed in a campaign, with which forms and through whom: what is kept is made to match the roster.

Done when a campaign is opened and whenever the roster changed; doing it again changes nothing.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.campaign.offering import offers_for
from bot.codes import fresh_code
from bot.delivery.notices import notify
from dialogs.core.handlers import Books
from dialogs.opinions.guard import asked_notice
from rules.book.procedure import Effect, approval_of, known_of, special_cases
from rules.book.rulebook import Rulebook
from rules.campaign.due_forms import asked_of
from rules.campaign.tree import Tree, tree_of
from rules.judging.interview import subjects_rated
from rules.nouns.office import OfficeSettings
from rules.nouns.people import Person
from rules.nouns.reviews import OWED, RULED, Campaign, ReviewStatus
from rules.nouns.rulings import Opinion, OpinionKind
from storage.transaction import Transaction
from storage.values import EnrolledReview, Opening

#: How long an invitation holds.
INVITATION_HOLDS = dt.timedelta(days=60)

#: What the roster can still change in a review: the authority has not decided.
_UNDECIDED = frozenset({*OWED, ReviewStatus.SUBMITTED, ReviewStatus.APPROVED, ReviewStatus.ENDED})


@dataclass(slots=True)
class Enrolled:
    """What came of it."""

    opened: int = 0
    led_on: int = 0
    ended: int = 0
    asked: int = 0
    codes: int = 0


@dataclass(frozen=True, slots=True)
class Enrolling:
    """What enrolling knows of one campaign. `only`: whom the roster changed; None: everybody."""

    parts: Sequence[Campaign]
    books: Sequence[Rulebook]
    tree: Tree
    settings: OfficeSettings
    only: frozenset[int] | None = None

    def book(self, rulebook: str) -> Rulebook:
        """One of the campaign's rulebooks."""
        return next(book for book in self.books if book.id == rulebook)

    @property
    def campaign(self) -> Campaign:
        """The first part: id, year and period are those of all."""
        return self.parts[0]


async def enrol(
    tx: Transaction, books: Books, office: int, campaign: int, now: dt.datetime, only: frozenset[int] | None = None
) -> Enrolled:
    """Open, end and lead on reviews of the campaign until they match the roster; ask opinions; invite."""
    parts = await tx.campaigns.parts(campaign)
    people = [*await tx.people.of_office(office), *await tx.people.at_posts(office)]
    tree = tree_of(await tx.units.seats(office), people)
    settings = await tx.units.settings(office)
    enrolling = Enrolling(parts, [books[part.edition] for part in parts], tree, settings, only)
    enrolled = Enrolled()
    opened = await tx.reviews.opened(campaign)
    reviewed = {person for (person, *_), one in opened.items() if one.status is not ReviewStatus.ENDED}
    due = {one.key: one for person in people for one in _due(enrolling, person, begun=person.id in reviewed)}
    begun = await offers_for(
        tx,
        books,
        enrolling.campaign,
        [one for key, one in due.items() if key not in opened],
        {one.id: one for one in people},
    )
    await tx.reviews.begin(begun)
    enrolled.opened = len(begun)
    await _match(tx, enrolling, opened, due, enrolled)
    enrolled.asked = await _ask_opinions(tx, enrolling, people, now)
    enrolled.codes = await _invite(tx, office, {one.person_id for one in due.values()}, now)
    return enrolled


def _due(enrolling: Enrolling, person: Person, *, begun: bool) -> Iterator[Opening]:
    """What is due of a person at one of their posts. `begun`: they are reviewed already, which no silence of the office ends."""
    campaign = enrolling.campaign
    workers = enrolling.settings.review_workers
    workers = (begun or None) if workers is None else workers
    asked = asked_of(enrolling.books, person, campaign.span, review_workers=workers)
    decider = enrolling.tree.decider(person)
    for place, form in enumerate(asked.forms):
        book = enrolling.book(form.rulebook)
        steps = enrolling.tree.chain(person, approval_of(book.procedure, person))
        yield Opening(person.id, campaign.id, form.rulebook, form.form, steps, decider, place, person.post)


async def _match(
    tx: Transaction,
    enrolling: Enrolling,
    opened: Mapping[tuple[int, str, str, int], EnrolledReview],
    due: Mapping[tuple[int, str, str, int], Opening],
    enrolled: Enrolled,
) -> None:
    """Lead on what goes another way now; end what is due no longer."""
    changed = [(opened[key], one) for key, one in due.items() if key in opened and _differs(opened[key], one)]
    over = [
        one.id
        for key, one in opened.items()
        if key not in due and one.status in _UNDECIDED - {ReviewStatus.ENDED} and _concerns(enrolling, key[0])
    ]
    await tx.reviews.lead_on(changed)
    if over:
        await tx.reviews.end(over)
    enrolled.led_on, enrolled.ended = len(changed), len(over)


def _concerns(enrolling: Enrolling, person: int) -> bool:
    return enrolling.only is None or person in enrolling.only


def _differs(opened: EnrolledReview, opening: Opening) -> bool:
    """Whether the chain is another than it was; what is decided stays as it was."""
    if opened.status in RULED:
        return False
    now = (opened.steps, opened.decider_id, opened.place)
    return opened.status is ReviewStatus.ENDED or now != (opening.steps, opening.decider_id, opening.place)


async def _ask_opinions(tx: Transaction, enrolling: Enrolling, people: Iterable[Person], now: dt.datetime) -> int:
    """The opinions that a rulebook asks of the body before the last move, or of the cell of temporary activity."""
    known = {one.id: one for one in people if one.post == 0 and (one.service.moved_from or one.service.temporary_cell)}
    if not known:
        return 0
    asked = [
        opinion
        for (person, form, rulebook, _), review in (await tx.reviews.opened(enrolling.campaign.id)).items()
        if person in known and review.status in _UNDECIDED - {ReviewStatus.ENDED}
        for opinion in _opinions(enrolling, known[person], enrolling.book(rulebook), form, review.id, now)
    ]
    made = [replace(opinion, id=id_) for opinion in asked if (id_ := await tx.opinions.ask(opinion))]
    await _tell_asked(tx, enrolling, made, now)
    return len(made)


async def _tell_asked(tx: Transaction, enrolling: Enrolling, made: Sequence[Opinion], now: dt.datetime) -> None:
    """Whoever was asked is told; the notice goes out with the next sweep."""
    reviews = {one.id: one for one in await tx.reviews.some([opinion.review for opinion in made])}
    books = {part.edition: book for part, book in zip(enrolling.parts, enrolling.books, strict=True)}
    for opinion in made:
        if opinion.asked is not None:
            notice = asked_notice(books, reviews[opinion.review], opinion)
            await notify(tx, opinion.asked, f"opinion_asked:{opinion.id}", notice, now)


def _opinions(
    enrolling: Enrolling, person: Person, book: Rulebook, form: str, review: int, now: dt.datetime
) -> Iterator[Opinion]:
    """The opinions that the rulebook asks about this review, for each thing it rates: the form's own, its last, first."""
    bodies = {
        OpinionKind.OLD_UNIT: person.service.moved_from,
        OpinionKind.TEMPORARY_CELL: person.service.temporary_cell,
    }
    for subject in reversed(subjects_rated(book.forms[form], person)):
        for case in special_cases(book.procedure, known_of(person, enrolling.campaign.span, subject)):
            of = bodies.get(case.opinion, "") if case.opinion else ""
            if case.effect is Effect.OPINION_ASKED and case.opinion and of:
                yield Opinion(0, review, case.opinion, of, _head_called(enrolling.tree, of), now, case.cite)


def _head_called(tree: Tree, name: str) -> int | None:
    """The head of the unit of that name; None: it is no unit of this office."""
    return next((tree.heads.get(seat.id) for seat in tree.seats.values() if seat.name == name), None)


async def _invite(tx: Transaction, office: int, people: set[int], now: dt.datetime) -> int:
    """A code for whoever never had one."""
    invited = {one.person.id for one in await tx.invitations.list(office)}
    missing = sorted(people - invited)
    await tx.invitations.issue_many(
        [(person, fresh_code()) for person in missing], "roster", now + INVITATION_HOLDS, now
    )
    return len(missing)
