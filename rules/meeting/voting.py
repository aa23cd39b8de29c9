"""Ballots within a meeting: who has a vote there, who stands on the slip, how many places the quota leaves, who is let to a ballot."""

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
    """Everybody of the meeting who has a vote, present or not: guests have none, and on members and bodies of the party only its members
    have one. The share of a clause is counted of these.
    """
    party = {one.id for one in people if one.party_member}
    of_party = ballot is not None and bool(ballot.about) and set(ballot.about) <= PARTY
    return tuple(Taking(one.id, one.name) for one in meeting.called if not of_party or one.id in party)


def candidates(meeting: Meeting, ballot: Ballot | None, rated: Sequence[Rated]) -> tuple[Item, ...]:
    """Whom a slip of this ballot names, in the order of the agenda: those rated as the ballot says whom the meeting concluded on or who
    handed their review in; where it is about one rating, those for whom that is proposed.
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
    """Things on the agenda as lines of a slip."""
    return tuple(Line(one.name, one.person) for one in items)


def groups(book: Rulebook, ballot: Ballot, rated: Sequence[Rated], lines: Iterable[Line]) -> tuple[GroupState, ...]:
    """The groups under a quota of the ballot's rating that somebody on the slip counts in."""
    named = {one.person for one in lines if one.person}
    listed = [one for one in rated if not ballot.about or one.subject in ballot.about]
    return tuple(
        one
        for one in all_states(book, listed)
        if one.state.share.quota.rating is ballot.rating and any(member.person in named for member in one.members)
    )


def places(book: Rulebook, ballot: Ballot, rated: Sequence[Rated], lines: Sequence[Line]) -> int | None:
    """How many places the quota leaves for those on the slip: what the group may have at most, less those who have the rating and are not
    voted on. None: no quota, or its groups divide them, and one number would say nothing.
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
    """The same where groups divide those on the slip, of one quota or of several: of each group its places; somebody may then stand in
    several. None: one number says it all.
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
    """Whether somebody who takes part may come to the ballot now: tellers, who has a slip already, and who is there."""
    part, member = poll.part_of(person), meeting.member(person)
    if part is None:
        return False
    return part.teller is not None or part.received or (member is not None and member.present)


def still_on(polls: Iterable[Poll]) -> tuple[Poll, ...]:
    """Those that keep a meeting from being closed."""
    return tuple(one for one in polls if not one.stage.over)
