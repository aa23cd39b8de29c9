"""Ballots within a meeting: who has a vote, who stands on the slip, how many places are left, whose a cell's meeting is."""

import dataclasses
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from rules.balloting.counting import crossing
from rules.balloting.poll import GroupPlaces, Line, Mode, Poll, Stage, Taking
from rules.book.ballots import Ballot, Choices
from rules.book.quota import Rated
from rules.campaign.tree import PartyBody
from rules.meeting.cells import leaders_of, members_of
from rules.meeting.nouns.items import Item
from rules.meeting.nouns.meeting import Meeting, Session, Status
from rules.meeting.nouns.people import Member, Stay
from rules.meeting.places import sits
from rules.meeting.voting import candidates, entitled, group_places, let_in, places, still_on
from rules.nouns.people import Person
from rules.nouns.service import Service
from rules.nouns.values import Rating, Subject
from rules.reading.load import load
from tests.storage.house import AT

MEMBERS = Ballot("members", "Lần 1", "B.III.2", about=(Subject.PARTY_MEMBER,))
EXCELLENT = dataclasses.replace(MEMBERS, key="excellent", rating=Rating.EXCELLENT, choices=Choices.AGREE)


def person(
    id_: int, subject: Subject = Subject.EMPLOYEE, *, party: bool = True, cell: str = "", name: str = ""
) -> Person:
    service = Service(party_cell=cell)
    return Person(id_, name or f"Người {id_}", "", 1, "Phòng", "Cơ sở", subject, party_member=party, service=service)


def meeting(members: list[Member], items: list[Item] | None = None) -> Meeting:
    return Meeting(1, 1, 1, "Phòng", "Cơ sở", members=tuple(members), items=tuple(items or ()))


def item(review: int, *, version: int = 1, body: bool = False) -> Item:
    return Item(review, review, f"Người {review}", "", "mau", "Mẫu", frozenset(), body, version)


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), max_size=12))
def test_who_has_a_vote_does_not_hang_on_who_is_there(kinds: list[tuple[bool, bool, bool]]) -> None:
    """Guests have none, on members of the party its members alone; present or absent is all one to the base."""
    people = [person(place, party=party) for place, (party, _, _) in enumerate(kinds)]
    members = [
        Member(place, "x", "", guest=guest, stays=(Stay(AT),) if there else ())
        for place, (_, guest, there) in enumerate(kinds)
    ]
    found = {one.person for one in entitled(meeting(members), MEMBERS, people)}
    assert found == {place for place, (party, guest, _) in enumerate(kinds) if party and not guest}
    everybody = {one.person for one in entitled(meeting(members), None, people)}
    assert everybody == {place for place, (_, guest, _) in enumerate(kinds) if not guest}


@given(st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_a_slip_is_for_who_is_there_or_has_it_or_counts(there: bool, received: bool, teller: bool, part: bool) -> None:  # noqa: FBT001 - drawn
    taking = (Taking(1, "x", teller=1 if teller else None, received=received),) if part else ()
    poll = Poll(1, 1, 2, "x", Mode.SECRET, Choices.AGREE, (), taking=taking)
    here = meeting([Member(1, "x", "", stays=(Stay(AT),) if there else (Stay(AT, AT),))])
    assert let_in(here, poll, 1) is (part and (there or received or teller))


def test_a_slip_names_who_handed_in_and_is_rated_so() -> None:
    rated = [
        Rated("a", "", "", leader=False, rating=Rating.EXCELLENT, review=1, subject=Subject.PARTY_MEMBER),
        Rated("b", "", "", leader=False, rating=Rating.GOOD, review=2, subject=Subject.PARTY_MEMBER),
        Rated("c", "", "", leader=False, rating=None, review=3, subject=Subject.PARTY_MEMBER, open=True),
        Rated("d", "", "", leader=False, rating=Rating.GOOD, review=4, subject=Subject.EMPLOYEE),
        Rated("e", "", "", leader=False, rating=Rating.GOOD, review=5, subject=Subject.PARTY_CELL),
    ]
    here = meeting([], [item(1), item(2), item(3, version=0), item(4), item(5, body=True)])
    assert [one.review for one in candidates(here, MEMBERS, rated)] == [1, 2]
    assert [one.review for one in candidates(here, EXCELLENT, rated)] == [1]
    assert [one.review for one in candidates(here, None, rated)] == [1, 2, 4]


def test_a_quota_by_post_leaves_each_post_its_places() -> None:
    """Two of ten who propose good, one of five; one of the first has the rating and is not voted on."""
    book = load("son-la-rehab-2021")
    ballot = Ballot("staff", "Lần 2", "D.2", rating=Rating.EXCELLENT, about=(Subject.EMPLOYEE,), within_quota=True)
    posts = ["Y sĩ"] * 10 + ["Bảo vệ"] * 5
    rated = [
        Rated(
            f"{place}",
            "Phòng",
            post,
            leader=False,
            rating=Rating.GOOD,
            review=place,
            subject=Subject.EMPLOYEE,
            person=place,
        )
        for place, post in enumerate(posts, 1)
    ]
    lines = [Line("a", 1), Line("b", 2), Line("c", 11), Line("d", 3), Line("e", 12)]
    assert places(book, ballot, rated, lines) is None
    found = group_places(book, ballot, rated, lines)
    assert found == (GroupPlaces("Y sĩ", 2, (0, 1, 3)), GroupPlaces("Bảo vệ", 1, (2, 4)))
    assert group_places(book, ballot, rated, lines[:2]) == ()  # one group: one number
    assert places(book, ballot, rated, lines[:2]) == 2


def test_several_quotas_are_each_told_with_their_places() -> None:
    """One of a plan: leaders one a group, the others a share. A further one across them leaves some under two."""
    book = load("quang-ngai-ethnic-2023")
    ballot = Ballot("all", "Lần 2", "III", rating=Rating.EXCELLENT, about=(Subject.OFFICIAL,), within_quota=True)
    posts = ["Trưởng phòng"] * 3 + ["Chuyên viên"] * 10
    rated = [
        Rated(
            f"{place}",
            f"Phòng {place % 3}",
            post,
            leader=post != "Chuyên viên",
            rating=Rating.GOOD,
            review=place,
            subject=Subject.OFFICIAL,
            person=place,
        )
        for place, post in enumerate(posts, 1)
    ]
    decided = replace(book, quotas=tuple(one for one in book.quotas if one.key in {"leaders_decided", "staff_decided"}))
    lines = [Line("a", 1), Line("b", 2), Line("c", 4), Line("d", 5)]
    found = group_places(decided, ballot, rated, lines)
    assert sorted((one.places, one.lines) for one in found) == [(1, (0, 1)), (2, (2, 3))]
    assert not crossing(found)
    everybody = replace(next(one for one in decided.quotas if one.leader is False), leader=None, key="all")
    both = replace(decided, quotas=(*decided.quotas, everybody))
    assert places(both, ballot, rated, lines) is None
    assert crossing(group_places(both, ballot, rated, lines))


def test_who_called_a_meeting_reads_no_paper_by_that_before_others_are_there() -> None:
    session = Session(AT)
    called = dataclasses.replace(meeting([Member(1, "x", ""), Member(2, "y", "")]), caller=1)
    assert (sits(called, 1), sits(called, 2), sits(called, 3)) == (False, True, False)
    alone = dataclasses.replace(
        called, sessions=(session,), members=(Member(1, "x", "", stays=(Stay(AT),)), Member(2, "y", ""))
    )
    assert not sits(alone, 1)
    both = dataclasses.replace(alone, members=tuple(Member(one, "x", "", stays=(Stay(AT),)) for one in (1, 2)))
    assert sits(both, 1)
    assert not sits(dataclasses.replace(both, status=Status.ADOPTED), 2)


def test_only_what_is_over_lets_a_meeting_close() -> None:
    poll = Poll(1, 1, 1, "x", Mode.OPEN, Choices.AGREE, ())
    on = {stage for stage in Stage if still_on([dataclasses.replace(poll, stage=stage)])}
    assert on == {Stage.PREPARING, Stage.GATHERING, Stage.CASTING, Stage.CLOSED}


def test_a_cell_has_whom_the_roster_names_and_the_only_one_the_others_too() -> None:
    first = person(10, Subject.PARTY_CELL, party=False, name="Chi bộ 1")
    second = person(11, Subject.PARTY_CELL, party=False, name="Chi bộ 2")
    people = [person(1, cell="chi bộ 1"), person(2, cell="Chi bộ 2"), person(3), person(4, party=False), first, second]
    assert [one.id for one in members_of(first, people, [first, second])] == [1]
    assert [one.id for one in members_of(second, people, [first, second])] == [2]
    assert [one.id for one in members_of(first, people, [first])] == [1, 2, 3]


def test_who_is_active_in_a_group_is_a_member_of_its_cell() -> None:
    cell, group = (
        person(10, Subject.PARTY_CELL, party=False, name="Chi bộ"),
        person(11, Subject.PARTY_GROUP, party=False, name="Tổ đảng"),
    )
    people = [person(1, cell="Tổ đảng"), person(2, cell="Chi bộ"), person(3, party=False), cell, group]
    assert [one.id for one in members_of(cell, people, [cell, group])] == [1, 2]
    assert [one.id for one in members_of(group, people, [cell, group])] == [1]


def test_a_cell_is_led_by_whom_the_roster_names() -> None:
    cell = person(10, Subject.PARTY_CELL, party=False, name="Chi bộ 1")
    named = [PartyBody("chi bộ 1", "", 4, 5, None), PartyBody("Chi bộ 2", "", 6, None, None)]
    assert leaders_of(cell, named) == (4, 5)
    assert leaders_of(cell, named[1:]) == ()
