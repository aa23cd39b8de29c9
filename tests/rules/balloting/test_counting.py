"""What follows of a count. Figures by hand from the plan of Sơn La, D.2; the rest are properties."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from rules.balloting.counting import Bases, by_group, for_next_round, is_few, leading, needed, outcome, unanimous
from rules.balloting.poll import GroupPlaces
from rules.balloting.slips import AGREED, NOT_AGREED, Tally
from rules.book.ballots import Ballot, Base
from rules.reading.load import load

MEMBERS = next(one for one in load("son-la-rehab-2021").ballots if one.key == "members_excellent")

ROOM = st.integers(1, 200).flatmap(lambda entitled: st.tuples(st.just(entitled), st.integers(0, entitled)))
VOTES = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=3), st.integers(0, 200), min_size=1, max_size=30)


def _agreed(votes: dict[str, int]) -> Tally:
    return Tally(200, 200, 0, {line: {AGREED: count} for line, count in votes.items()})


def test_the_second_round_goes_by_the_first_and_its_tie_is_the_committees() -> None:
    assert (MEMBERS.after, MEMBERS.within_quota, MEMBERS.tie_to) == ("members_rated", True, "đảng ủy")
    assert MEMBERS.base is Base.ENTITLED


@given(ROOM, st.booleans(), st.sampled_from([(1, 2), (2, 3), (3, 4), (1, 1)]), st.sampled_from(Base))
def test_so_many_are_enough_and_one_less_is_not(
    room: tuple[int, int],
    more: bool,  # noqa: FBT001 - drawn
    share: tuple[int, int],
    base: Base,
) -> None:
    bases = Bases(room[0], room[1], room[1])
    enough = needed(Ballot("b", "", "", share=share, more_than=more, base=base), bases)
    assert enough is not None
    limit = Fraction(*share) * bases.of(base)
    assert enough > limit if more else enough >= limit
    assert enough - 1 <= limit if more else enough - 1 < limit


@given(VOTES, st.integers(1, 200), st.none() | st.integers(0, 30))
def test_everybody_stands_at_one_place_and_nobody_above_more_votes(
    votes: dict[str, int], entitled: int, places: int | None
) -> None:
    came = outcome(MEMBERS, _agreed(votes), Bases(entitled, entitled, entitled), places)
    parts = (came.taken, came.tied, came.beyond, came.short)
    assert sorted(line for part in parts for line in part) == sorted(votes)
    heights = [votes[line] for part in parts for line in part]
    assert heights == sorted(heights, reverse=True)
    assert all((votes[line] >= (came.needed or 0)) != (line in came.short) for line in votes)
    if places is not None:
        assert len(came.taken) <= places
        assert not came.tied or len(came.taken) + came.places_for_tied == places < len(came.taken) + len(came.tied)
        assert not (came.taken and came.tied) or min(votes[one] for one in came.taken) > votes[came.tied[0]]
        # An empty place is left only by a tie.
        assert came.tied or not came.beyond or len(came.taken) == places


@given(VOTES, st.integers(1, 200), st.integers(0, 30), st.randoms())
def test_the_order_of_the_list_settles_nothing(votes: dict[str, int], entitled: int, places: int, random) -> None:
    lines = list(votes)
    random.shuffle(lines)
    one, other = (
        outcome(MEMBERS, _agreed(given_), Bases(entitled, entitled, entitled), places)
        for given_ in (votes, {line: votes[line] for line in lines})
    )
    for part in ("taken", "tied", "beyond", "short"):
        assert set(getattr(one, part)) == set(getattr(other, part))


def test_each_group_fills_its_own_places_and_has_its_own_tie() -> None:
    """Two places for one group, one for another, as a quota by post gives them; who is of neither has no quota."""
    tally = _agreed({"0": 9, "1": 8, "2": 7, "3": 8, "4": 8, "5": 9, "6": 3})
    shares = (GroupPlaces("Y sĩ", 2, (0, 1, 2)), GroupPlaces("Bảo vệ", 1, (3, 4, 6)))
    came = by_group(MEMBERS, tally, Bases(9, 9, 9), None, shares)
    assert [(of.name, one.taken, one.tied, one.places_for_tied, one.beyond, one.short) for of, one in came] == [
        ("Y sĩ", ("0", "1"), (), 0, ("2",), ()),
        ("Bảo vệ", (), ("3", "4"), 1, (), ("6",)),
        ("", ("5",), (), 0, (), ()),
    ]
    ((whole, alone),) = by_group(MEMBERS, tally, Bases(9, 9, 9), 2, ())
    assert (whole.places, alone.taken) == (2, ("0", "5"))


def test_where_the_text_names_no_share_nothing_is_settled() -> None:
    emulation = next(one for one in load("quang-ngai-office-2023").ballots if one.key == "emulation")
    came = outcome(emulation, _agreed({"An": 2, "Bình": 9}), Bases(9, 9, 9))
    assert (came.needed, came.taken, came.short, came.order) == (None, (), (), ("Bình", "An"))
    assert emulation.secret


def test_a_line_leads_where_most_marked_it_and_equals_lead_nowhere() -> None:
    tally = Tally(
        9, 9, 0, {"An": {"excellent": 5, "good": 4}, "Bình": {"excellent": 4, "good": 4}, "Cúc": {"excellent": 9}}
    )
    assert leading(tally.lines["Bình"]) == ("excellent", "good")
    assert leading({"excellent": 0, "good": 0}) == ()
    assert for_next_round(tally, "excellent") == ("Cúc", "An")
    assert unanimous(tally) == ("Cúc",)


def test_an_invalid_slip_does_not_hide_that_all_others_agree() -> None:
    assert unanimous(Tally(9, 9, 1, {"An": {AGREED: 8, NOT_AGREED: 0}})) == ("An",)
    assert unanimous(Tally(9, 0, 0, {"An": {AGREED: 0, NOT_AGREED: 0}})) == ()


def test_four_voters_are_few_and_five_are_not() -> None:
    assert (is_few(4), is_few(5)) == (True, False)


def _subsets(lines: int) -> st.SearchStrategy[tuple[int, ...]]:
    return st.sets(st.integers(0, lines - 1), min_size=1).map(lambda one: tuple(sorted(one)))


@st.composite
def _under_quotas(draw: st.DrawFn) -> tuple[dict[str, int], list[GroupPlaces]]:
    """Votes of up to eight people, and groups of quotas that may have people in common."""
    lines = draw(st.integers(1, 8))
    votes = {str(line): draw(st.integers(0, 9)) for line in range(lines)}
    groups = draw(st.lists(st.tuples(st.integers(0, 4), _subsets(lines)), min_size=1, max_size=4))
    return votes, [GroupPlaces(f"nhóm {place}", many, of) for place, (many, of) in enumerate(groups)]


@given(_under_quotas())
def test_whatever_quotas_meet_none_is_overrun_nobody_lost_and_nobody_chosen_for_the_chair(
    drawn: tuple[dict[str, int], list[GroupPlaces]],
) -> None:
    votes, shares = drawn
    came = by_group(MEMBERS, _agreed(votes), Bases(9, 9, 9), None, shares)
    parts = ("taken", "left", "tied", "beyond", "short")
    told = [line for _, one in came for part in parts for line in getattr(one, part)]
    assert sorted(told) == sorted(votes)  # everybody stands at one place
    taken = {line for _, one in came for line in one.taken}
    for share in shares:
        assert sum(str(line) in taken for line in share.lines) <= (share.places or 0)
    for of, one in came:
        mine = [share for share in shares if set(share.lines) <= set(of.lines)]
        enough = {line for line in map(str, of.lines) if votes[line] >= (one.needed or 0)}
        if len(mine) > 1:  # all of them, or none: nobody is chosen
            room = all(sum(str(line) in enough for line in each.lines) <= (each.places or 0) for each in mine)
            assert (set(one.taken), set(one.left)) == ((enough, set()) if room else (set(), enough))
            assert not one.tied
            assert not one.beyond
        elif mine:
            alone = outcome(
                MEMBERS, _agreed({line: votes[line] for line in map(str, of.lines)}), Bases(9, 9, 9), mine[0].places
            )
            assert (one.taken, one.tied, one.left) == (alone.taken, alone.tied, ())
            assert all(votes[high] > votes[low] for high in one.taken for low in (*one.tied, *one.beyond))
