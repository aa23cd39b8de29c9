"""What a new roster changes: who is who, who came, went, moved; and that carrying it out gives the new roster."""

import datetime as dt
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.nouns.service import Service
from rules.nouns.values import Subject
from rules.roster.changes import Absent, Reused, RosterChanges, Stranded
from rules.roster.compare import changes, is_over
from rules.roster.people import KeptRoster, Roster, RosterEntry, RosterPerson, RosterPost, RosterUnit

TODAY = dt.date(2020, 11, 20)
NEITHER = {"party_member": False, "serves_public": False}
OFFICE, STAFF, CENTRE = "Văn phòng", "Phòng Tổ chức", "Trung tâm Tin học"
UNITS = (RosterUnit(OFFICE, ""), RosterUnit(STAFF, OFFICE, desk=True), RosterUnit(CENTRE, OFFICE, in_charge="1"))


def person(key: str, name: str, unit: str = STAFF, role: str = "", **more) -> RosterPerson:
    position = more.pop("position", "Chuyên viên")
    return RosterPerson(key, name, position, unit, Subject.OFFICIAL, bool(role), role, **NEITHER, **more)


PEOPLE = (
    person("1", "Hoàng Sơn Lâm", OFFICE, "head"),
    person("2", "Nguyễn Bình Nguyên", STAFF, "head"),
    person("3", "Phan Thảo Vy"),
    person("4", "Trần Thị Hoa Mai"),
    person("5", "Bùi Hải Đăng Quang", CENTRE, "head"),
)
ROSTER = Roster(UNITS, PEOPLE)


def kept(roster: Roster) -> KeptRoster:
    entries = (RosterEntry(number, one) for number, one in enumerate(roster.people, start=1))
    return KeptRoster(tuple(entries), roster.units, roster.posts)


def with_person(key: str, /, **values) -> Roster:
    return replace(ROSTER, people=tuple(replace(one, **values) if one.key == key else one for one in PEOPLE))


def without(*keys: str) -> Roster:
    return replace(ROSTER, people=tuple(one for one in PEOPLE if one.key not in keys))


def found(new: Roster, old: KeptRoster | None = None) -> RosterChanges:
    return changes(old or kept(ROSTER), new, TODAY)


def test_the_same_roster_changes_nothing():
    assert found(ROSTER).nothing


def test_everybody_of_a_new_office_joins():
    change = found(ROSTER, KeptRoster())
    assert (change.joined, change.units_new, change.left) == (PEOPLE, UNITS, ())


def test_who_is_in_the_file_no_more_left_today():
    (leaver,) = found(without("3")).left
    assert (leaver.person.key, leaver.on, leaver.listed) == ("3", TODAY, False)


def test_a_past_last_day_makes_a_leaver_who_heads_nothing():
    change = found(with_person("2", service=Service(left=dt.date(2020, 10, 31))))
    assert [(leaver.person.key, leaver.on, leaver.listed) for leaver in change.left] == [
        ("2", dt.date(2020, 10, 31), True)
    ]
    assert change.heads[0].unit == STAFF
    assert (change.heads[0].old.key, change.heads[0].new) == ("2", None)


def test_a_last_day_to_come_and_the_last_day_itself_are_only_noted():
    for day in (TODAY, TODAY + dt.timedelta(days=1)):
        change = found(with_person("3", service=Service(left=day)))
        assert (change.left, change.changed[0].fields) == ((), ("left",))


def test_who_left_and_is_in_the_file_again_returns():
    old = kept(ROSTER)
    gone = replace(old, entries=(*old.entries[:2], replace(old.entries[2], left_on=TODAY), *old.entries[3:]))
    assert [change.id for change in found(ROSTER, gone).returned] == [3]
    assert found(without("3"), gone).nothing


def test_a_key_of_somebody_who_left_does_not_go_to_another():
    old = kept(ROSTER)
    gone = replace(old, entries=(*old.entries[:2], replace(old.entries[2], left_on=TODAY), *old.entries[3:]))
    (mistake,) = found(with_person("3", name="Lê Khánh Trúc"), gone).mistakes
    assert isinstance(mistake, Reused)
    assert (mistake.old.name, mistake.new.name) == ("Phan Thảo Vy", "Lê Khánh Trúc")


def test_moved_renamed_and_other_fields_are_told_apart():
    change = found(with_person("3", unit=CENTRE, name="Phan Thị Thảo Vy", group="Tham mưu"))
    assert change.changed[0].fields == ("name", "unit", "group")
    assert [len(kind) for kind in (change.moved, change.renamed, change.changed)] == [1, 1, 1]


def test_a_changed_key_is_recognised_by_name_unit_and_position():
    change = found(with_person("3", key="33"))
    assert (change.joined, change.left) == ((), ())
    assert [(one.id, one.new.key, one.fields) for one in change.renamed] == [(3, "33", ("key",))]


def test_of_two_who_look_alike_no_key_is_guessed():
    twins = replace(ROSTER, people=(*PEOPLE, person("6", "Phan Thảo Vy")))
    other = replace(twins, people=tuple(replace(one, key="33") if one.key == "3" else one for one in twins.people))
    change = found(other, kept(twins))
    assert ([one.key for one in change.joined], [one.person.key for one in change.left]) == (["33"], ["3"])


def test_a_changed_key_is_followed_where_it_is_named():
    renamed = with_person("1", key="01")
    units = tuple(replace(unit, in_charge="01") if unit.in_charge else unit for unit in UNITS)
    change = found(replace(renamed, units=units))
    assert (change.units_changed, change.heads) == ((), ())


def test_a_new_head_is_told_with_the_old_one():
    people = tuple(replace(one, role={"2": "", "3": "head"}.get(one.key, one.role)) for one in PEOPLE)
    (head,) = found(replace(ROSTER, people=people)).heads
    assert (head.unit, head.old.key, head.new.key) == (STAFF, "2", "3")


def test_a_unit_with_a_new_name_and_the_same_people_is_renamed():
    new = replace(
        ROSTER,
        units=(*UNITS[:2], RosterUnit("Trung tâm Chuyển đổi số", OFFICE, in_charge="1")),
        people=(*PEOPLE[:4], replace(PEOPLE[4], unit="Trung tâm Chuyển đổi số")),
    )
    change = found(new)
    assert [(unit.old.name, unit.fields) for unit in change.units_changed] == [(CENTRE, ("name",))]
    assert (change.moved, change.units_new, change.units_gone, change.heads) == ((), (), (), ())


def test_with_a_new_day_of_moving_it_is_a_move_to_a_new_unit():
    moved = replace(PEOPLE[4], unit="Trung tâm mới", service=Service(moved_on=dt.date(2020, 11, 1)))
    new = replace(ROSTER, units=(*UNITS[:2], RosterUnit("Trung tâm mới", OFFICE)), people=(*PEOPLE[:4], moved))
    change = found(new)
    assert ([unit.name for unit in change.units_new], [unit.name for unit in change.units_gone]) == (
        ["Trung tâm mới"],
        [CENTRE],
    )
    assert [one.new.key for one in change.moved] == ["5"]


def test_the_office_may_be_renamed():
    units = (RosterUnit("Văn phòng mới", ""), *(replace(unit, parent="Văn phòng mới") for unit in UNITS[1:]))
    people = (replace(PEOPLE[0], unit="Văn phòng mới"), *PEOPLE[1:])
    change = found(Roster(units, people))
    assert [unit.fields for unit in change.units_changed] == [("name",)]
    assert not change.changed


def test_a_unit_below_another_is_moved():
    units = (*UNITS[:2], replace(UNITS[2], parent=STAFF))
    assert [unit.fields for unit in found(replace(ROSTER, units=units)).units_changed] == [("parent",)]


def test_a_unit_that_vanishes_with_its_people_is_a_mistake():
    new = Roster(UNITS[:2], PEOPLE[:4])
    assert found(new).mistakes == (Stranded(CENTRE, (PEOPLE[4],)),)
    left = replace(PEOPLE[4], unit=OFFICE, role="", service=Service(left=dt.date(2020, 11, 1)))
    assert found(Roster(UNITS[:2], (*PEOPLE[:4], left))).mistakes == ()


def test_a_unit_led_from_above_by_somebody_who_left_is_a_mistake():
    (mistake,) = found(with_person("1", service=Service(left=dt.date(2020, 11, 1)))).mistakes
    assert isinstance(mistake, Absent)
    assert (mistake.unit, mistake.person.key) == (CENTRE, "1")


def test_second_posts_begin_change_and_end():
    post = RosterPost("3", CENTRE, "Phó Giám đốc", leader=True, role="deputy")
    both = replace(ROSTER, posts=(post,))
    assert found(both).posts_new == (post,)
    assert found(both, kept(both)).nothing
    head = replace(post, role="head")
    assert found(replace(ROSTER, posts=(head,)), kept(both)).posts_changed == (head,)
    assert found(ROSTER, kept(both)).posts_gone == (post,)


def test_a_leaver_leaves_the_second_post_too():
    post = RosterPost("3", CENTRE, "Phó Giám đốc")
    new = replace(with_person("3", service=Service(left=dt.date(2020, 11, 1))), posts=(post,))
    assert found(new, kept(replace(ROSTER, posts=(post,)))).posts_gone == (post,)


# Any roster from any other: what comes out, carried out, is the new roster.

_DAYS = st.sampled_from([None, dt.date(2020, 5, 1), TODAY, dt.date(2021, 1, 1)])


@st.composite
def rosters(draw) -> Roster:
    names = [OFFICE, *draw(st.lists(st.sampled_from(["A", "B", "C", "D"]), unique=True))]
    units = tuple(
        RosterUnit(name, "" if number == 0 else draw(st.sampled_from(names[:number])), desk=draw(st.booleans()))
        for number, name in enumerate(names)
    )
    keys = draw(st.lists(st.sampled_from("123456789"), unique=True, min_size=1))
    people = tuple(
        person(
            key,
            draw(st.sampled_from(["An", "Bình", "Chi"])),
            draw(st.sampled_from(names)),
            desk=draw(st.booleans()),
            service=Service(left=draw(_DAYS), moved_on=draw(_DAYS)),
        )
        for key in keys
    )
    headed = set()
    people = tuple(
        replace(one, role="head" if one.unit not in headed and not headed.add(one.unit) else "") for one in people
    )
    posts = tuple(
        RosterPost(one.key, name, "Phó") for one in people for name in names if name != one.unit and draw(st.booleans())
    )
    return Roster(units, people, posts)


def carried_out(old: KeptRoster, change: RosterChanges) -> KeptRoster:
    """As the shell does it, on values."""
    news = {one.id: one.new for one in (*change.returned, *change.changed)}
    units = {one.old.name: one.new.name for one in change.units_changed}
    left = {one.id: one.on for one in change.left}
    back = {one.id for one in change.returned}
    entries = []
    for entry in old.entries:
        row = news.get(entry.id, replace(entry.person, unit=units.get(entry.person.unit, entry.person.unit)))
        if entry.id in left:
            row = replace(row, role="", desk=False)
        on = None if entry.id in back else left.get(entry.id, entry.left_on)
        entries.append(RosterEntry(entry.id, row, on))
    first = len(entries) + 1
    for number, one in enumerate(change.joined, start=first):
        entries.append(RosterEntry(number, one, one.service.left if is_over(one, TODAY) else None))
    return KeptRoster(tuple(entries), *_units_and_posts(old, change, news))


def _units_and_posts(old: KeptRoster, change: RosterChanges, news: dict[int, RosterPerson]):
    gone = {unit.name for unit in change.units_gone}
    changed = {one.old.name: one.new for one in change.units_changed}
    units = [changed.get(unit.name, unit) for unit in old.units if unit.name not in gone] + list(change.units_new)
    keys = {entry.person.key: news[entry.id].key for entry in old.entries if entry.id in news}
    names = {was: unit.name for was, unit in changed.items()}
    posts = {}
    for post in old.posts:
        if post not in change.posts_gone:
            key, unit = keys.get(post.key, post.key), names.get(post.unit, post.unit)
            posts[key, unit] = replace(post, key=key, unit=unit)
    for post in (*change.posts_changed, *change.posts_new):
        posts[post.key, post.unit] = post
    return tuple(units), tuple(posts.values())


@settings(max_examples=300)
@given(rosters(), rosters(), rosters())
def test_carrying_the_changes_out_gives_the_new_roster(first, second, third):
    state = KeptRoster()
    for roster in (first, second, third):
        change = changes(state, roster, TODAY)
        if change.mistakes:
            continue
        state = carried_out(state, change)
        here = {entry.person.key: entry.person for entry in state.entries if entry.left_on is None}
        assert here == {one.key: one for one in roster.people if not is_over(one, TODAY)}
        assert {unit.name: unit for unit in state.units} == {unit.name: unit for unit in roster.units}
        assert set(state.posts) == {post for post in roster.posts if post.key in here}
        assert changes(state, roster, TODAY).nothing
