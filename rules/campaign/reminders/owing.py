"""What is owed on a day: by which milestone, in which role, and what is reported to the next level when it is late."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from rules.book.clauses import Due, Milestone
from rules.book.milestones import SELF_REVIEW
from rules.campaign.last_days import last_day
from rules.campaign.reminders.days import is_before_day, is_overdue_day, is_petition_day, is_plan_day, is_reminder_day
from rules.campaign.reminders.reminding import CampaignPart, Lacking, OfficeDay, Owed, Posts, ReviewTally, What
from rules.nouns.reviews import RULED, ReviewStatus
from rules.nouns.standings import ReviewLine
from rules.nouns.values import BODIES, OwedBy
from rules.nouns.workdays import is_first_of_week, is_workday, workdays_after

#: The chain has not agreed with them yet.
UNFINISHED = frozenset({ReviewStatus.DRAFTING, ReviewStatus.RETURNED, ReviewStatus.SUBMITTED})


def owed_today(day: OfficeDay) -> Iterator[Owed]:
    """Everything that people of the office have to be told today; empty on a day off."""
    if not is_workday(day.today):
        return
    if day.settings.remind:
        for part in day.parts:
            yield from _of_part(part, day)
        yield from _parts(day)
        yield from _leaving(day)
        yield from _petitions(day)
        yield from _opinions(day)
        yield from _plans(day)
    yield from _results(day)
    if day.settings.digest and is_first_of_week(day.today):
        yield from _digests(day)


def due_dates(milestones: Iterable[Milestone], timetable: Mapping[str, dt.date]) -> Iterator[tuple[Milestone, dt.date]]:
    """The milestones of a campaign with their last days.

    If the rulebook sets no last day for people's own reviews, the one set by the office takes its place.
    """
    known = {milestone.key: milestone for milestone in milestones}
    if SELF_REVIEW in timetable and SELF_REVIEW not in known:
        due = Due(date=timetable[SELF_REVIEW])
        yield Milestone(SELF_REVIEW, "", OwedBy.PERSON, due, ""), timetable[SELF_REVIEW]
    for key, milestone in known.items():
        if key in timetable:
            yield milestone, timetable[key]


def _of_part(part: CampaignPart, day: OfficeDay) -> Iterator[Owed]:
    for milestone, due in due_dates(part.milestones, part.campaign.timetable):
        if is_before_day(day.today, due):
            for person in dict.fromkeys(_answering(milestone, part.standings, day.posts)):
                yield Owed(person, What.TASK, due, part.campaign.id, milestone.key, milestone.title, of=part.campaign)
        if not milestone.beside:
            for last, those in _by_last_day(part, milestone, due):
                yield from _of_reviews(those, milestone, last, day)
    yield from _files(part, day)


def _by_last_day(part: CampaignPart, milestone: Milestone, due: dt.date) -> Iterator[tuple[dt.date, CampaignPart]]:
    """People's own reviews by each one's last day; everything else by the day of the plan."""
    if milestone.key != SELF_REVIEW or not any(one.extension for one in part.standings):
        yield due, part
        return
    days: defaultdict[dt.date, list[ReviewLine]] = defaultdict(list)
    for one in part.standings:
        days[last_day(one) or due].append(one)
    yield from ((last, replace(part, standings=those)) for last, those in sorted(days.items()))


def _of_reviews(part: CampaignPart, milestone: Milestone, due: dt.date, day: OfficeDay) -> Iterator[Owed]:
    """What the reviews show about a milestone: it is met when no review waits for those who owe it."""
    if is_reminder_day(day.today, due):
        for person, what, reviews in _BY_ROLE[milestone.owed_by](part.standings, day.posts):
            yield Owed(person, what, due, part.campaign.id, milestone.key, milestone.title, reviews)
    if is_overdue_day(day.today, due):
        yield from _escalated(part, milestone, due, day)


# ── who owes, by role ──────────────────────────────────────────────────────────────────────────

#: (person, of what, which reviews)
Owing = tuple[int, What, tuple[ReviewLine, ...]]


def _own(standings: Sequence[ReviewLine], posts: Posts) -> Iterator[Owing]:
    """The owner of each review: the person, or for a body its drafter. If there is none, the desk is told to appoint
    somebody.
    """
    for one in standings:
        if not one.owed:
            continue
        if one.person.subject in BODIES and one.drafter is None:
            yield from ((member, What.NAMING, (one,)) for member in posts.desk)
        yield one.owner, What.OWN, (one,)


def _waiting(standings: Sequence[ReviewLine], _posts: Posts) -> Iterator[Owing]:
    """Those who have the draft now."""
    at = _grouped(_submitted(standings), lambda one: (one.approver_id,) if one.approver_id else ())
    for person, reviews in at.items():
        yield person, What.WAITING, tuple(reviews)


def _to_decide(standings: Sequence[ReviewLine], posts: Posts) -> Iterator[Owing]:
    """Those who decide. For an authority outside, it is the desk, which records the decision."""
    at = _grouped(_approved(standings), lambda one: (one.decider_id,) if one.decider_id else tuple(posts.desk))
    for person, reviews in at.items():
        yield person, What.DECIDE, tuple(reviews)


def _stands(standings: Sequence[ReviewLine], posts: Posts) -> Iterator[Owing]:
    if any(one.status in UNFINISHED for one in standings):
        for person in posts.desk:
            yield person, What.STANDS, tuple(standings)


_BY_ROLE: Mapping[OwedBy, Callable[[Sequence[ReviewLine], Posts], Iterator[Owing]]] = {
    OwedBy.PERSON: _own,
    OwedBy.HEAD: _waiting,
    OwedBy.AUTHORITY: _to_decide,
    OwedBy.DESK: _stands,
}


# ── who answers for a milestone: it is more than the reviews (minutes, reports, dossiers) ──────

#: Decided, or no longer owed.
_OVER = frozenset({*RULED, ReviewStatus.ENDED})


def _answering(milestone: Milestone, standings: Sequence[ReviewLine], posts: Posts) -> Iterator[int]:
    """Who is told of the milestone as such. If reviews show whether it is met, only those with open reviews are told,
    and the desk unless it is told how the reviews stand.
    """
    unfinished = [one for one in standings if milestone.beside or one.status in UNFINISHED]
    match milestone.owed_by:
        case OwedBy.PERSON:
            return (one.owner for one in standings if milestone.beside)
        case OwedBy.HEAD:
            units = dict.fromkeys(one.person.unit_id for one in unfinished)
            return (posts.heads[unit] for unit in units if unit in posts.heads)
        case OwedBy.AUTHORITY:
            left = (one for one in standings if milestone.beside or one.status not in _OVER)
            return (one.decider_id for one in left if one.decider_id)
        case OwedBy.DESK:
            return iter(posts.desk if milestone.beside or not unfinished else ())


# ── files for dossiers ────────────────────────────────────────────────────────────────────────


def _files(part: CampaignPart, day: OfficeDay) -> Iterator[Owed]:
    """People are told of the files that they owe; the desk is told of its own, and of all others with who owes them."""
    by_day: defaultdict[dt.date | None, list[Lacking]] = defaultdict(list)
    of: defaultdict[tuple[int, dt.date | None], list[Lacking]] = defaultdict(list)
    for one in part.lacking:
        by_day[one.due].append(one)
        if one.owner is not None:
            of[one.owner, one.due].append(one)
    of_desk = ((member, What.DOSSIER, due, files) for due, files in by_day.items() for member in day.posts.desk)
    of_owners = ((owner, What.FILES, due, files) for (owner, due), files in of.items())
    for person, what, due, files in (*of_owners, *of_desk):
        campaign = part.campaign
        yield Owed(person, what, due, campaign.id, files[0].milestone, of=campaign, files=tuple(files))


# ── one level up ───────────────────────────────────────────────────────────────────────────────


def _not_handed_in(standings: Iterable[ReviewLine]) -> list[ReviewLine]:
    return [one for one in standings if one.owed]


def _submitted(standings: Iterable[ReviewLine]) -> list[ReviewLine]:
    return [one for one in standings if one.status is ReviewStatus.SUBMITTED and not one.ready]


def _approved(standings: Iterable[ReviewLine]) -> list[ReviewLine]:
    return [one for one in standings if one.ready]


#: What is late under a milestone, and the first level that is told: the unit's head, the leader in charge, the desk.
_LATE: Mapping[OwedBy, tuple[Callable[[Iterable[ReviewLine]], list[ReviewLine]], int]] = {
    OwedBy.PERSON: (_not_handed_in, 0),
    OwedBy.HEAD: (_submitted, 1),
    OwedBy.AUTHORITY: (_approved, 2),
}


def _escalated(part: CampaignPart, milestone: Milestone, due: dt.date, day: OfficeDay) -> Iterator[Owed]:
    """On the days set by the office, each level is told once of what is still owed. Nobody is told of themself."""
    if milestone.owed_by not in _LATE:
        return
    choose, lowest = _LATE[milestone.owed_by]
    for level, after in enumerate(day.settings.escalate_after):
        if level < lowest or workdays_after(due, after) != day.today:
            continue
        for person, reviews in _grouped(choose(part.standings), _told_at(level, day.posts)).items():
            yield Owed(person, What.LATE, due, part.campaign.id, milestone.key, milestone.title, tuple(reviews))


def _told_at(level: int, posts: Posts) -> Callable[[ReviewLine], tuple[int, ...]]:
    """Who is told of a late review at that level."""

    def head(one: ReviewLine) -> tuple[int, ...]:
        return _but(one.owner, posts.heads.get(one.person.unit_id))

    def leader(one: ReviewLine) -> tuple[int, ...]:
        return _but(one.owner, posts.in_charge.get(one.person.unit_id))

    def desk(_one: ReviewLine) -> tuple[int, ...]:
        return tuple(posts.desk)

    return (head, leader, desk)[level]


def _but(late: int, told: int | None) -> tuple[int, ...]:
    return () if told is None or told == late else (told,)


# ── Mondays, last days of work, petitions, opinions, plans ────────────────────────────────────────────────────────


def _digests(day: OfficeDay) -> Iterator[Owed]:
    """For heads and leaders in charge: how their units stand in each campaign, while something is not agreed to."""
    campaigns: defaultdict[tuple[int, int], list[ReviewLine]] = defaultdict(list)
    for one in day.standings:
        campaigns[one.person.unit_id, one.campaign.id].append(one)
    of: defaultdict[int, dict[tuple[int, int], ReviewTally]] = defaultdict(dict)
    for (unit, campaign), reviews in campaigns.items():
        tally = _tally(day.posts.units.get(unit, ""), reviews)
        for person in (day.posts.heads.get(unit), day.posts.in_charge.get(unit)):
            if person is not None and tally.unfinished:
                of[person][unit, campaign] = tally
    for person, theirs in of.items():
        yield Owed(person, What.DIGEST, tallies=tuple(theirs.values()))


def _tally(unit: str, reviews: Sequence[ReviewLine]) -> ReviewTally:
    owed, waiting = len(_not_handed_in(reviews)), len(_submitted(reviews))
    campaign = reviews[0].campaign
    return ReviewTally(unit, len(reviews), len(reviews) - owed, waiting, owed + waiting, campaign.year, campaign.period)


def _leaving(day: OfficeDay) -> Iterator[Owed]:
    """Before and on a person's last day, they, the head and the desk are told what is not handed in, because it ends
    with that day.
    """
    owing = _grouped(_not_handed_in(day.standings), lambda one: (one.person.id,))
    for person, reviews in owing.items():
        left = reviews[0].person.service.left
        if left is None or left < day.today or not (is_before_day(day.today, left) or left == day.today):
            continue
        head = day.posts.heads.get(reviews[0].person.unit_id)
        for told in dict.fromkeys((person, *(() if head is None else (head,)), *day.posts.desk)):
            yield Owed(told, What.LEAVING, left, reviews[0].campaign.id, reviews=tuple(reviews))


def _parts(day: OfficeDay) -> Iterator[Owed]:
    """The parts of bodies' reports by their own last days, treated like the reports."""
    reviews = {one.review: one for one in day.standings if one.owed} if day.report_parts else {}
    for part in day.report_parts:
        review = reviews.get(part.review)
        if review is None or part.due is None:
            continue
        if is_reminder_day(day.today, part.due):
            yield Owed(part.writer, What.PART, part.due, review.campaign.id, reviews=(review,), text=part.place)


def _petitions(day: OfficeDay) -> Iterator[Owed]:
    reviews = {one.review: one for one in day.standings} if day.petitions else {}
    for petition in day.petitions:
        review = reviews.get(petition.review)
        if review is None or petition.outcome or not petition.due or not is_petition_day(day.today, petition.due):
            continue
        for person in (review.decider_id,) if review.decider_id else day.posts.desk:
            yield Owed(person, What.PETITION, petition.due, review.campaign.id, reviews=(review,))


def _opinions(day: OfficeDay) -> Iterator[Owed]:
    """Opinions that wait; if no day is set, once a week."""
    reviews = {one.review: one for one in day.standings} if day.opinions else {}
    for opinion in day.opinions:
        review = reviews.get(opinion.review)
        if review is None or opinion.given_at or not _is_opinion_day(day.today, opinion.due):
            continue
        for person in (opinion.asked,) if opinion.asked else day.posts.desk:
            yield Owed(person, What.OPINION, opinion.due, review.campaign.id, reviews=(review,), text=opinion.of)


def _is_opinion_day(today: dt.date, due: dt.date | None) -> bool:
    return is_first_of_week(today) if due is None else is_reminder_day(today, due)


def _plans(day: OfficeDay) -> Iterator[Owed]:
    for line in day.improvements:
        if line.done_on is None and is_plan_day(day.today, line.by):
            yield Owed(line.person, What.PLAN, line.by, text=line.what)


def _results(day: OfficeDay) -> Iterator[Owed]:
    """People who must be told of results by the rulebook. They are told even if the office does not remind."""
    for person, reviews in day.results.items():
        yield Owed(person, What.RESULTS, campaign=reviews[0].campaign.id, reviews=tuple(reviews))


def _grouped(
    standings: Iterable[ReviewLine], keys: Callable[[ReviewLine], Sequence[int]]
) -> dict[int, list[ReviewLine]]:
    grouped: defaultdict[int, list[ReviewLine]] = defaultdict(list)
    for one in standings:
        for key in keys(one):
            grouped[key].append(one)
    return grouped
