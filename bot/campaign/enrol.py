"""Enrolling: determines who is reviewed in a campaign, with which forms and by whom, and updates the stored reviews to
match the roster.

It runs when a campaign is opened and whenever the roster changes; repeating it changes nothing.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property, partial
from typing import Any

from bot.campaign.farewells import Farewell, tell
from bot.campaign.offering import offers_for
from bot.clock import ZONE
from bot.codes import fresh_code
from bot.delivery.notices import notify
from dialogs.core.handlers import Books
from dialogs.opinions.guard import asked_notice
from rules.book.procedure import ApprovalRule, Effect, Role, SpecialCase, approval_of, known_of, special_cases
from rules.book.rulebook import Rulebook
from rules.campaign.opening.around import OfficeAround, around
from rules.campaign.opening.due_forms import AskedForms, DueForm, asked_of
from rules.campaign.tree import Seat, Tree, tree_of
from rules.judging.interview import subjects_rated
from rules.nouns.people import Person, traits
from rules.nouns.reviews import OWED, RULED, Campaign, Review, ReviewStatus, Step
from rules.nouns.rulings import Opinion, OpinionKind
from rules.nouns.service import Service
from rules.nouns.values import BODIES
from rules.reading.selecting import scopes
from rules.roster.postings import as_of, with_move
from storage.pieces import each, in_pieces
from storage.transaction import Transaction
from storage.values import EnrolledReview, NewCode, Opening

#: How long an invitation is valid.
INVITATION_HOLDS = dt.timedelta(days=60)

#: The states in which a roster change still affects a review: the authority has not decided.
_UNDECIDED = frozenset({*OWED, ReviewStatus.SUBMITTED, ReviewStatus.APPROVED, ReviewStatus.ENDED})
#: What the office may not yet have said about somebody whose review has begun.
_STAYS = ("review_workers", "review_unit_workers", "own_regulation")


#: The known parts of somebody's service, except ratings of earlier years.
_SERVICE = tuple(one.name for one in fields(Service) if one.name != "ratings")

#: Handed in at least once and not decided: no date alone ends such a review. A returned version may be decided as it
#: was sent.
_SENT = frozenset({ReviewStatus.SUBMITTED, ReviewStatus.APPROVED, ReviewStatus.RETURNED})


@dataclass(slots=True)
class Enrolled:
    """The outcome of enrolling."""

    opened: int = 0
    led_on: int = 0
    ended: int = 0
    asked: int = 0
    codes: int = 0


@dataclass(frozen=True)
class Enrolling:
    """What enrolling knows of a campaign. `only`: the people whose roster entry changed; None for everybody."""

    parts: Sequence[Campaign]
    books: Sequence[Rulebook]
    tree: Tree
    around: OfficeAround
    opened: Mapping[tuple[int, str, str, int], EnrolledReview]
    today: dt.date
    only: frozenset[int] | None = None
    authors: Mapping[int, frozenset[int]] = field(default_factory=dict)  # body's report → its authors
    here: frozenset[int] = frozenset()  # people who have not left
    #: Caches, by kind of person, for what is asked and how a form proceeds: in a province thousands of people are of
    #: the same kind.
    asked: dict[object, AskedForms] = field(default_factory=dict)
    rules: dict[object, ApprovalRule] = field(default_factory=dict)

    @cached_property
    def begun(self) -> frozenset[int]:
        """The people who are reviewed in this campaign already."""
        return frozenset(key[0] for key, one in self.opened.items() if one.status is not ReviewStatus.ENDED)

    def book(self, rulebook: str) -> Rulebook:
        """One of the campaign's rulebooks."""
        return next(book for book in self.books if book.id == rulebook)

    @property
    def campaign(self) -> Campaign:
        """The first part; its id, year and period are those of all parts."""
        return self.parts[0]


async def enrol(
    tx: Transaction, books: Books, office: int, campaign: int, now: dt.datetime, only: frozenset[int] | None = None
) -> Enrolled:
    """Open, end and redirect the reviews of the campaign until they match the roster; ask for opinions; issue
    invitations.
    """
    enrolling, people = await _known(tx, books, office, campaign, now, only)
    gone = await tx.people.gone(office)
    enrolled = Enrolled()
    due = {one.key: one for one in await in_pieces(partial(_all_due, enrolling), people)}
    begun = await offers_for(
        tx,
        books,
        enrolling.campaign,
        [one for key, one in due.items() if key not in enrolling.opened],
        {one.id: one for one in people},
    )
    await tx.reviews.begin(begun)
    enrolled.opened = len(begun)
    due |= {one.key: one for person in gone for one in _handed_in(enrolling, person)}
    over = await _match(tx, enrolling, due, enrolled)
    await _farewells(tx, books, enrolling, over, {one.id: one for one in (*people, *gone) if one.post == 0}, gone, now)
    enrolled.asked = await _ask_opinions(tx, enrolling, people, now)
    invited = {one.id for one in people if one.subject not in BODIES} & {one.person_id for one in due.values()}
    enrolled.codes = await _invite(tx, office, invited, now)
    return enrolled


async def _known(
    tx: Transaction, books: Books, office: int, campaign: int, now: dt.datetime, only: frozenset[int] | None = None
) -> tuple[Enrolling, list[Person]]:
    """What enrolling knows, and everybody who has not left, in all their posts."""
    parts = await tx.campaigns.parts(campaign)
    today = now.astimezone(ZONE).date()
    seats = await tx.units.seats(office)
    people = await as_of_campaign(tx, office, parts[0], today, seats)
    shelf, span = [books[part.edition] for part in parts], parts[0].span
    enrolling = Enrolling(
        parts,
        shelf,
        tree_of(seats, people, await tx.units.bodies(office)),
        around(
            people,
            await tx.units.settings(office),
            scopes(shelf, span.as_of, lambda name: books[name, span.as_of]),
            {seat.id: seat.name for seat in seats},
        ),
        await tx.reviews.opened(campaign),
        today,
        only,
        await tx.reports.authors(campaign),
        frozenset(one.id for one in people),
    )
    return enrolling, people


async def as_of_campaign(
    tx: Transaction, office: int, campaign: Campaign, today: dt.date, seats: Sequence[Seat]
) -> list[Person]:
    """Everybody who has not left, in all their posts, as they were on the campaign's day of reference according to
    their postings. A unit that no longer exists, or whose head on that day has left, is led as it is today.
    """
    here = [*await tx.people.of_office(office), *await tx.people.at_posts(office)]
    day = min(campaign.span.as_of, today)
    postings, units = await tx.postings.of_office(office), {seat.id for seat in seats}
    here = await each(lambda one: with_move(one, postings.get(one.id, ()), day), here)
    then = await each(lambda one: as_of(one, postings.get(one.id, ()), day), here)
    people = [was if was.unit_id in units else now for was, now in zip(then, here, strict=True)]
    led = {one.unit_id for one in people if one.head}
    return [
        replace(was, head=True) if now.head and was.unit_id == now.unit_id and now.unit_id not in led else was
        for was, now in zip(people, here, strict=True)
    ]


async def lead_anew(tx: Transaction, books: Books, office: int, review: Review, now: dt.datetime) -> None:
    """Restart the chain of a returned version with the people who hold its steps now. If it was sent from a device
    whose code somebody issued anew, that person is passed over.
    """
    enrolling, people = await _known(tx, books, office, review.campaign.id, now)
    pairs = [pair for pair in _ways(enrolling, people, review) if _differs(*pair)]
    await tx.reviews.lead_on(pairs)


async def way_past(
    tx: Transaction, books: Books, office: int, review: Review, barred: frozenset[int], now: dt.datetime
) -> Review:
    """The review with a chain that avoids these people: whoever let in the device from which it is sent, and the
    authors of a body's report.
    """
    enrolling, people = await _known(tx, books, office, review.campaign.id, now)
    past = replace(enrolling, tree=enrolling.tree.without(barred))
    for _, opening in _ways(past, people, review):
        first = opening.steps[0] if opening.steps else None
        return replace(
            review,
            steps=opening.steps,
            step=0,
            approver_id=first.person if first else None,
            approver_role=first.role if first else Role.AUTHORITY.value,
            decider_id=opening.decider_id,
        )
    return review


def _ways(enrolling: Enrolling, people: Iterable[Person], review: Review) -> list[tuple[EnrolledReview, Opening]]:
    """The present and the due chain of a review."""
    due = [one for person in people if person.id == review.person.id for one in _due(enrolling, person)]
    pairs = ((enrolling.opened[one.key], one) for one in due if one.key in enrolling.opened)
    return [pair for pair in pairs if pair[0].id == review.id]


def _all_due(enrolling: Enrolling, people: Iterable[Person]) -> Iterator[Opening]:
    return (one for person in people for one in _due(enrolling, person))


def _due(enrolling: Enrolling, person: Person) -> Iterator[Opening]:
    """What a person owes in one of their posts. A future last day does not end an existing review: until it is past,
    they are asked what everybody is.
    """
    campaign = enrolling.campaign
    asked = _asked(enrolling, person)
    if asked.excepted and _still_here(enrolling, person):
        asked = _asked(enrolling, replace(person, service=replace(person.service, left=None, left_as=None)))
    for place, form in enumerate(asked.forms):
        rule = _rule(enrolling, person, form)
        opening = Opening(person.id, campaign.id, form.rulebook, form.form, place=place, post_id=person.post)
        opened = enrolling.opened.get(opening.key)
        drafter = _drafter(enrolling, person, form, opened)
        barred = frozenset(() if drafter is None else (drafter,)) - {person.id}
        if opened:
            barred |= opened.barred | (enrolling.authors.get(opened.id, frozenset()) if drafter else frozenset())
        tree = enrolling.tree.without(barred)
        chain = _steps(tree, person, rule, opened)
        yield replace(opening, steps=chain, decider_id=tree.decider(person, rule), drafter_id=drafter)


def _drafter(enrolling: Enrolling, person: Person, due: DueForm, opened: EnrolledReview | None) -> int | None:
    """The drafter of a body's report: the one who was named, if they have not left, otherwise whoever leads the body;
    for the form with which a unit's head rates the unit, the head. None when it is no body's or nobody leads it.
    """
    if opened and opened.drafter_by and opened.drafter_id in enrolling.here:
        return opened.drafter_id
    if person.subject in BODIES:
        return enrolling.tree.drafter(person)
    return person.id if enrolling.book(due.rulebook).forms[due.form].rates in BODIES else None


def _rule(enrolling: Enrolling, person: Person, due: DueForm) -> ApprovalRule:
    kind = (due.rulebook, due.form, *traits(person).values())
    if kind not in enrolling.rules:
        book = enrolling.book(due.rulebook)
        enrolling.rules[kind] = approval_of(book.procedure, person, subjects_rated(book.forms[due.form], person))
    return enrolling.rules[kind]


def _asked(enrolling: Enrolling, person: Person) -> AskedForms:
    """What is asked of a person. Whoever is reviewed already stays so while the office has not answered its questions:
    whether it reviews contract workers, and whether it has its own regulation.
    """
    begun = person.id in enrolling.begun
    traits_of = (person.subject, person.leader, person.head, person.deputy, person.party_member, person.serves_public)
    service = (getattr(person.service, name) for name in _SERVICE)
    kind = (begun, person.unit_id, *traits_of, *service, *person.service.ratings.items())
    if kind not in enrolling.asked:
        around = enrolling.around
        if begun:
            unsaid: dict[str, Any] = {name: True for name in _STAYS if getattr(around.settings, name) is None}
            around = replace(around, settings=replace(around.settings, **unsaid))
        enrolling.asked[kind] = asked_of(enrolling.books, person, enrolling.campaign.span, around)
    return enrolling.asked[kind]


def _still_here(enrolling: Enrolling, person: Person) -> bool:
    """Whether somebody with a review in this campaign has a future last day."""
    left = person.service.left
    return left is not None and left >= enrolling.today and person.id in enrolling.begun


def _steps(tree: Tree, person: Person, rule: ApprovalRule, opened: EnrolledReview | None) -> tuple[Step, ...]:
    """Today's chain after the steps already walked. A draft that every step agreed to goes to nobody else."""
    if opened is None or opened.status is ReviewStatus.APPROVED:
        return opened.steps if opened else tree.chain(person, rule)
    return tree.chain(person, rule, opened.walked)


def _handed_in(enrolling: Enrolling, person: Person) -> Iterator[Opening]:
    """What somebody who has left had handed in before, unless a rulebook transfers it to another body: it continues."""
    if person.id in enrolling.begun:
        due = _due(enrolling, person)
        yield from (one for one in due if (was := enrolling.opened.get(one.key)) and was.status in _SENT)


async def _match(
    tx: Transaction,
    enrolling: Enrolling,
    due: Mapping[tuple[int, str, str, int], Opening],
    enrolled: Enrolled,
) -> list[int]:
    """Redirect reviews whose chain has changed and end those no longer due; returns the ids of the latter."""
    opened = enrolling.opened
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
    return over


async def _farewells(
    tx: Transaction,
    books: Books,
    enrolling: Enrolling,
    over: Sequence[int],
    people: Mapping[int, Person],
    gone: Iterable[Person],
    now: dt.datetime,
) -> None:
    """Tell what became of reviews that ended, if anything had been done for them, and of the reviews of people who have
    just left.
    """
    leaving = frozenset(one.id for one in gone if enrolling.only and one.id in enrolling.only)
    going_on = [
        one.id
        for key, one in enrolling.opened.items()
        if key[0] in leaving and one.id not in over and one.status in _SENT
    ]
    found: dict[int, Farewell] = {}
    for review in await tx.reviews.some([*over, *going_on]) if over or going_on else ():
        person, left = people.get(review.person.id, review.person), review.person.id in leaving
        if review.id in over and not (left or review.drafts or review.answers):
            continue
        farewell = found.setdefault(person.id, Farewell(person, left))
        if review.id in over:
            farewell.ended.append((review, _excepting(enrolling, person, review)))
        else:
            farewell.kept.append(review)
    if found:
        desk = await tx.units.desk_of(enrolling.campaign.office)
        await tell(tx, books, found.values(), enrolling.tree.heads, desk, now)


def _excepting(enrolling: Enrolling, person: Person, review: Review) -> SpecialCase | None:
    """The special case by which this review is not held; None when there is none."""
    excepted = _asked(enrolling, person).excepted
    named = (review.campaign.rulebook, review.form)
    return next((case for due, case in excepted if (due.rulebook, due.form) == named), None)


def _concerns(enrolling: Enrolling, person: int) -> bool:
    return enrolling.only is None or person in enrolling.only


def _differs(opened: EnrolledReview, opening: Opening) -> bool:
    """Whether the chain changed; decided reviews stay as they are."""
    if opened.status in RULED:
        return False
    now = (opened.steps, opened.decider_id, opened.place, opened.drafter_id)
    due = (opening.steps, opening.decider_id, opening.place, opening.drafter_id)
    return opened.status is ReviewStatus.ENDED or now != due


async def _ask_opinions(tx: Transaction, enrolling: Enrolling, people: Iterable[Person], now: dt.datetime) -> int:
    """Ask for the opinions that a rulebook requires, from the body before the last move or from the cell of temporary
    activity.
    """
    known = {one.id: one for one in people if one.post == 0 and _may_be_asked_about(one)}
    if not known:
        return 0
    asked = [
        opinion
        for (person, form, rulebook, _), review in (await tx.reviews.opened(enrolling.campaign.id)).items()
        if person in known and review.status in _UNDECIDED - {ReviewStatus.ENDED}
        for opinion in _opinions(enrolling, known[person], enrolling.book(rulebook), form, review.id, now)
    ]
    made = [
        replace(opinion, id=id_)
        for opinion in asked
        if not (opinion.kind is OpinionKind.COMMITTEE and await tx.opinions.lead_on(opinion))
        and (id_ := await tx.opinions.ask(opinion))
    ]
    await _tell_asked(tx, enrolling, made, now)
    return len(made)


def _may_be_asked_about(person: Person) -> bool:
    """Whether a rulebook can ask others about this person: they came from elsewhere, are active elsewhere, or lead a
    unit.
    """
    return bool(person.service.moved_from or person.service.temporary_cell or person.head or person.deputy)


async def _tell_asked(tx: Transaction, enrolling: Enrolling, made: Sequence[Opinion], now: dt.datetime) -> None:
    """Notify those who were asked; the notice is sent by the next sweep."""
    reviews = {one.id: one for one in await tx.reviews.some([opinion.review for opinion in made])}
    books = {part.edition: book for part, book in zip(enrolling.parts, enrolling.books, strict=True)}
    for opinion in made:
        if opinion.asked is not None:
            notice = asked_notice(books, reviews[opinion.review], opinion)
            await notify(tx, opinion.asked, f"opinion_asked:{opinion.id}", notice, now)


def _opinions(
    enrolling: Enrolling, person: Person, book: Rulebook, form: str, review: int, now: dt.datetime
) -> Iterator[Opinion]:
    """The opinions a rulebook asks for about this review, for each thing it rates; the form's own, its last, comes
    first.
    """
    committee, speaks = enrolling.tree.committee_on(person)
    bodies = {
        OpinionKind.OLD_UNIT: person.service.moved_from,
        OpinionKind.TEMPORARY_CELL: person.service.temporary_cell,
        OpinionKind.COMMITTEE: committee or person.office,
    }
    for subject in reversed(subjects_rated(book.forms[form], person)):
        for case in special_cases(book.procedure, known_of(person, enrolling.campaign.span, subject)):
            of = bodies.get(case.opinion, "") if case.opinion else ""
            if case.effect is Effect.OPINION_ASKED and case.opinion and of:
                whose = speaks if case.opinion is OpinionKind.COMMITTEE else _head_called(enrolling.tree, of)
                yield Opinion(0, review, case.opinion, of, whose, now, case.cite)


def _head_called(tree: Tree, name: str) -> int | None:
    """The head of the unit of that name; None when it is no unit of this office."""
    return next((tree.heads.get(seat.id) for seat in tree.seats.values() if seat.name == name), None)


async def _invite(tx: Transaction, office: int, people: set[int], now: dt.datetime) -> int:
    """Issue a code to whoever never had one, or whose code was withdrawn before use and who has no account."""
    invited = {
        one.person.id for one in await tx.invitations.list(office, codes=False) if one.used_at or one.revoked_at is None
    }
    tied = {person for person, (accounts, _) in (await tx.accounts.of_office(office)).items() if accounts}
    missing = sorted(people - invited - tied)
    await tx.invitations.issue_many(
        [NewCode(person, fresh_code()) for person in missing], "roster", now + INVITATION_HOLDS, now
    )
    return len(missing)
