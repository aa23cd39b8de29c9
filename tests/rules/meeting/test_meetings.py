"""A meeting as it stands after all that happened, the order of its agenda, who may bring what about, its minutes."""

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.book.meeting import BeforeRule, Chair, ChairRule, MeetingRules, QuorumRule, Tag, together
from rules.meeting.agenda import against, before_its_turn, in_order, own_chair, quorum
from rules.meeting.course.whole import going_on, meeting_of
from rules.meeting.happenings import Happening, Kind
from rules.meeting.minutes import MinutesAround, content, fingerprint
from rules.meeting.nouns.items import Item, ItemStatus
from rules.meeting.nouns.meeting import Meeting, Status
from rules.meeting.presence import spans
from templates.documents.minutes.page import minutes_page

AT = dt.datetime(2026, 12, 5, 14, 0, tzinfo=dt.UTC)
PEOPLE = [
    {"id": 1, "name": "Trưởng", "position": "Trưởng phòng", "head": True, "deputy": False},
    {"id": 2, "name": "Phó", "position": "Phó Trưởng phòng", "head": False, "deputy": True},
    {"id": 3, "name": "An", "position": "Chuyên viên", "head": False, "deputy": False},
]
TAGS = {1: "head", 2: "deputy", 3: "staff"}
FIRST = BeforeRule((Tag.HEAD,), (Tag.STAFF,), "Điều 1", "Người đứng đầu trước")
COLLECTIVE = BeforeRule((Tag.COLLECTIVE,), (Tag.INDIVIDUAL,), "Điều 2", "Tập thể trước, cá nhân sau")


def happened(*kinds: tuple) -> list[Happening]:
    """`(kind, by, {fields})`, a minute after each other; the call stands first."""
    items = [
        {
            "review": 10 + one["id"],
            "person": one["id"],
            "name": one["name"],
            "position": one["position"],
            "form": "mau-02",
            "code": "Mẫu số 02",
            "tags": ["individual", TAGS[one["id"]], "civil"],
            "body": False,
            "version": 1,
        }
        for one in PEOPLE
    ]
    data = {"unit": "Phòng", "office": "Sở", "starts": AT.isoformat(), "place": "p", "people": PEOPLE, "items": items}
    first = Happening(1, Kind.CALLED, 1, "Trưởng", AT, person=1, data=data)
    rest = [
        Happening(number, kind, by, {1: "Trưởng", 2: "Phó", 3: "An"}[by], AT + dt.timedelta(minutes=number), **fields)
        for number, (kind, by, fields) in enumerate(kinds, start=2)
    ]
    return [first, *rest]


def held(*kinds: tuple) -> Meeting:
    return meeting_of(7, 1, 5, happened(*kinds))


def test_who_comes_when_something_was_gone_through_is_late_and_leaving_is_kept():
    meeting = held(
        (Kind.OPENED, 1, {}),
        (Kind.CAME, 2, {"person": 2}),
        (Kind.TURNED, 1, {"item": 11}),
        (Kind.CAME, 3, {"person": 3}),
        (Kind.LEFT, 2, {"person": 2}),
        (Kind.CAME, 2, {"person": 2}),
    )
    by_id = {one.id: one for one in meeting.members}
    assert (by_id[2].late, by_id[3].late) == (False, True)
    assert [stay.until is None for stay in by_id[2].stays] == [False, True]
    assert [one.id for one in meeting.present] == [2, 3]


def test_an_interruption_sends_everybody_home_and_keeps_all_that_was_said():
    meeting = held(
        (Kind.OPENED, 1, {}),
        (Kind.CAME, 3, {"person": 3}),
        (Kind.TURNED, 1, {"item": 11}),
        (Kind.COMMENT, 3, {"item": 11, "person": 3, "text": "Tốt"}),
        (Kind.INTERRUPTED, 1, {"text": "Hết giờ"}),
    )
    assert (meeting.status, meeting.present) == (Status.INTERRUPTED, ())
    again = going_on(meeting, [Happening(9, Kind.OPENED, 1, "Trưởng", AT)])
    assert [one.text for one in again.items[0].comments] == ["Tốt"]
    assert [one.why for one in again.sessions] == ["Hết giờ", ""]
    assert not again.under_way


def test_a_withdrawn_comment_stays_marked_and_out_of_the_minutes():
    meeting = held(
        (Kind.OPENED, 1, {}),
        (Kind.TURNED, 1, {"item": 11}),
        (Kind.COMMENT, 3, {"item": 11, "person": 3, "text": "Kín"}),
        (Kind.COMMENT, 3, {"item": 11, "person": 3, "text": "Mở"}),
        (Kind.WITHDRAWN, 3, {"item": 11, "data": {"number": 4}}),
        (Kind.WORDED, 1, {"data": {"number": 5}, "text": "Mở, rõ hơn"}),
    )
    kept = meeting.items[0].comments
    assert [(one.withdrawn, one.first) for one in kept] == [(True, ""), (False, "Mở")]
    told = content(meeting, MinutesAround())
    assert "Kín" not in str(told)
    assert "Mở, rõ hơn" in str(told)


def test_reopening_keeps_the_earlier_conclusion_and_the_last_one_counts():
    concluded = {"strengths": "a", "shortcomings": "b", "ratings": [{"question": "q", "about": "", "rating": "good"}]}
    meeting = held(
        (Kind.OPENED, 1, {}),
        (Kind.TURNED, 1, {"item": 13}),
        (Kind.CONCLUDED, 1, {"item": 13, "data": concluded}),
        (Kind.TAKEN_UP, 3, {"item": 13, "data": {"version": 0}}),
        (Kind.REOPENED, 1, {"item": 13, "text": "Xem lại"}),
    )
    item = meeting.item(13)
    assert item is not None
    assert (item.status, item.conclusion, len(item.conclusions), item.taken_up) == (ItemStatus.WAITING, None, 1, None)


def test_minutes_change_with_the_meeting_and_not_with_what_is_said_to_them():
    opened = ((Kind.OPENED, 1, {}), (Kind.CAME, 3, {"person": 3}), (Kind.CLOSED, 1, {}))
    laid = (*opened, (Kind.MINUTES, 1, {"data": {"fingerprint": "f"}}))
    assert not held(*laid).changed
    assert not held(*laid, (Kind.AGREED, 3, {"data": {"version": 1}})).changed
    assert held(*laid, (Kind.PROPOSAL, 1, {"text": "x"})).changed
    final = held(*laid, (Kind.REMARK, 3, {"text": "Giờ sai", "data": {"version": 1}}))
    adopted = content(final, MinutesAround(), final=True)["adopted"]
    assert isinstance(adopted, dict)
    assert (adopted["silent"], [one["text"] for one in adopted["remarks"]]) == ([], ["Giờ sai"])
    assert fingerprint(content(final, MinutesAround())) != fingerprint(content(final, MinutesAround(), final=True))


def _item(name: str, *tags: Tag) -> Item:
    return Item(len(name), 0, name, "", "f", "c", frozenset(tags), Tag.COLLECTIVE in tags, 0)


HEAD, STAFF = _item("H", Tag.HEAD, Tag.INDIVIDUAL), _item("St", Tag.STAFF, Tag.INDIVIDUAL)
BODY = _item("Bod", Tag.COLLECTIVE)


@given(st.permutations([HEAD, STAFF, BODY]))
def test_the_agenda_keeps_the_order_of_the_text_from_whatever_order(items):
    rules = MeetingRules(orders=(FIRST, COLLECTIVE))
    assert against(in_order(items, rules), rules) is None
    assert [one.name for one in in_order(items, rules)] == ["Bod", "H", "St"]


def test_where_the_text_is_silent_nothing_stands_against_an_order():
    assert against([STAFF, HEAD, BODY], MeetingRules()) is None
    assert own_chair(HEAD, MeetingRules()) is None
    assert quorum(held(), MeetingRules()) is None


def test_two_texts_that_contradict_each_other_ask_for_nothing():
    other = BeforeRule((Tag.STAFF,), (Tag.HEAD,), "Điều 9", "Ngược lại")
    assert against([STAFF, HEAD], MeetingRules(orders=(FIRST, other))) is None
    assert len(in_order([STAFF, HEAD], MeetingRules(orders=(FIRST, other)))) == 2


def test_an_item_waits_for_what_goes_before_it_unless_a_reason_was_given():
    rules = MeetingRules(orders=(FIRST,))
    meeting = held((Kind.OPENED, 1, {}))
    staff = meeting.item(13)
    assert staff is not None
    out = before_its_turn(meeting, staff, rules)
    assert out is not None
    assert (out.rule, out.first.person) == (FIRST, 1)
    order = {"order": [13, 11, 12]}
    moved = held((Kind.ORDERED, 1, {"text": "Đi công tác", "data": order}), (Kind.OPENED, 1, {}))
    first = moved.item(13)
    assert first is not None
    assert before_its_turn(moved, first, rules) is None


@pytest.mark.parametrize(
    ("share", "more_than", "called", "needed"),
    [("2/3", False, 9, 6), ("2/3", True, 9, 7), ("2/3", False, 10, 7), ("1/2", True, 5, 3), ("1/1", False, 4, 4)],
)
def test_a_quorum_is_counted_exactly(share, more_than, called, needed):
    rule = QuorumRule(Fraction(share), "Điều 3", "q", more_than)
    assert rule.needed(called) == needed


def test_the_rules_of_several_books_stand_beside_each_other_once():
    chair = ChairRule(Chair.DEPUTY, "Điều 4", "q", Tag.HEAD)
    both = together([MeetingRules((chair,), (FIRST,)), MeetingRules((chair,), (FIRST, COLLECTIVE))])
    assert (both.chairs, both.orders) == ((chair,), (FIRST, COLLECTIVE))
    assert own_chair(HEAD, both) == chair


@pytest.mark.parametrize(
    ("there", "version", "said"),
    [
        (True, 1, "An trình bày bản tự kiểm điểm"),
        (False, 1, "An (Mẫu số 02); An vắng mặt"),
        (True, 0, "An chưa gửi bản tự kiểm điểm"),
        (False, 0, "An chưa gửi bản tự kiểm điểm"),
    ],
)
def test_minutes_say_what_lay_before_the_meeting_and_no_more(there, version, said):
    came = ((Kind.CAME, 3, {"person": 3}),) if there else ()
    turned = (Kind.TURNED, 1, {"item": 13, "data": {"version": version}})
    spoke = (Kind.COMMENT, 1, {"item": 13, "person": 1, "text": "Cần chủ động hơn"})
    kept = content(held((Kind.OPENED, 1, {}), *came, turned, spoke), MinutesAround(year=2026))
    lines = [one.text for one in minutes_page(kept).lines]
    assert [one for one in lines if said in one], lines
    assert ("An trình bày" in "".join(lines)) is (there and version == 1)


def test_who_came_by_their_own_word_is_told_from_who_scanned_or_was_seen():
    meeting = held(
        (Kind.OPENED, 1, {}),
        (Kind.CAME, 1, {"person": 1}),
        (Kind.CAME, 2, {"person": 2}),
        (Kind.CAME, 3, {"person": 3}),
    )
    assert not any(map(meeting.own_word, meeting.members))  # nobody has a code: nothing is told apart
    again = going_on(meeting, [Happening(9, Kind.CAME, 2, "Phó", AT, person=2, data={"code": True})])
    assert [one.name for one in again.members if again.own_word(one)] == ["An"]  # the chair leads and is seen
    assert len(again.members[1].stays) == 1  # scanned later, they are there since they came
    seen = going_on(again, [Happening(10, Kind.CAME, 1, "Trưởng", AT, person=3)])
    assert not any(map(seen.own_word, seen.members))


def test_a_code_counts_in_its_minute_and_the_next():
    first = spans(AT)[0]
    assert first in spans(AT + dt.timedelta(seconds=59))
    assert first in spans(AT + dt.timedelta(seconds=119))
    assert first not in spans(AT + dt.timedelta(seconds=120))
