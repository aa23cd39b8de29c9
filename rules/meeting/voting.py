"""Ballots within a meeting: who may vote, who is on the slip, how many places the quota leaves, and who is admitted."""

from collections.abc import Iterable, Sequence

from rules.balloting.poll import GroupPlaces, Line, Poll, Taking
from rules.book.ballots import Ballot
from rules.book.quota import Rated
from rules.book.rulebook import Rulebook
from rules.campaign.deciding.quotas import GroupState, all_states
from rules.meeting.nouns.items import Item
from rules.meeting.nouns.meeting import Meeting
from rules.nouns.people import Person
from rules.nouns.values import PARTY


def entitled(meeting: Meeting, ballot: Ballot | None, people: Iterable[Person]) -> tuple[Taking, ...]:
    """Everybody of the meeting with a vote, present or not; the share of a clause is taken of these.

    Guests have no vote. On party members and bodies of the party, only party members vote.
    """
    party = {one.id for one in people if one.party_member}
    of_party = ballot is not None and bool(ballot.about) and set(ballot.about) <= PARTY
    return tuple(Taking(one.id, one.name) for one in meeting.called if not of_party or one.id in party)


def candidates(meeting: Meeting, ballot: Ballot | None, rated: Sequence[Rated]) -> tuple[Item, ...]:
    """The people on the slip of this ballot, in the order of the agenda.

    They are rated as the ballot demands, and the meeting has concluded on them or they submitted their review. If the
    ballot is about one rating, it must be proposed for them.
    """
    about = ballot.about if ballot else ()
    known = {one.review: one for one in rated if not about or one.subject in about}
    named = [one for one in meeting.items if one.review in known and (one.conclusion or one.version)]
    if ballot and ballot.rating and not ballot.after:
        return tuple(one for one in named if known[one.review].rating is ballot.rating)
    if not about:
        bodies = [one for one in named if one.body]
        named = [one for one in named if one not in bodies] or bodies
    return tuple(named)


def lines_of(items: Iterable[Item]) -> tuple[Line, ...]:
    """Items of the agenda as lines of a slip."""
    return tuple(Line(one.name, one.person) for one in items)


def groups(book: Rulebook, ballot: Ballot, rated: Sequence[Rated], lines: Iterable[Line]) -> tuple[GroupState, ...]:
    """The groups under a quota of the ballot's rating that include somebody on the slip."""
    named = {one.person for one in lines if one.person}
    listed = [one for one in rated if not ballot.about or one.subject in ballot.about]
    return tuple(
        one
        for one in all_states(book, listed)
        if one.state.share.quota.rating is ballot.rating and any(member.person in named for member in one.members)
    )


def places(book: Rulebook, ballot: Ballot, rated: Sequence[Rated], lines: Sequence[Line]) -> int | None:
    """The places that the quota leaves for those on the slip: the group's maximum less those who have the rating and
    are not voted on.

    None: there is no quota, or its groups divide the slip, so that one number would mean nothing.
    """
    if not ballot.within_quota:
        return None
    named = {one.person for one in lines if one.person}
    left = []
    for one in groups(book, ballot, rated, lines):
        members = {member.person for member in one.members}
        if not named <= members:
            return None
        had = sum(member.rating is ballot.rating and member.person not in named for member in one.members)
        left.append(max(0, one.state.allowed_at_most - had))
    return min(left, default=None)


def group_places(
    book: Rulebook, ballot: Ballot, rated: Sequence[Rated], lines: Sequence[Line]
) -> tuple[GroupPlaces, ...]:
    """The places of each group, where groups of one or more quotas divide the slip; a person may be in several. None:
    one number is enough.
    """
    found = groups(book, ballot, rated, lines) if ballot.within_quota else ()
    named = {one.person for one in lines if one.person}
    if all(named <= {member.person for member in one.members} for one in found):
        return ()
    divided = []
    for one in found:
        members = {member.person for member in one.members}
        had = sum(member.rating is ballot.rating and member.person not in named for member in one.members)
        name = ", ".join(str(part) for part in one.state.share.key.values() if isinstance(part, str))
        places_ = tuple(place for place, line in enumerate(lines) if line.person in members)
        divided.append(GroupPlaces(name, max(0, one.state.allowed_at_most - had), places_))
    return tuple(divided)


def let_in(meeting: Meeting, poll: Poll, person: int) -> bool:
    """Whether a participant may be admitted now: tellers, people who already have a slip, and people who are present."""
    part, member = poll.part_of(person), meeting.member(person)
    if part is None:
        return False
    return part.teller is not None or part.received or (member is not None and member.present)


def still_on(polls: Iterable[Poll]) -> tuple[Poll, ...]:
    """The polls that prevent a meeting from being closed."""
    return tuple(one for one in polls if not one.stage.over)
