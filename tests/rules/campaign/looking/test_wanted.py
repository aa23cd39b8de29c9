"""What an address asks of a list of people, and back."""

from hypothesis import given
from hypothesis import strategies as st

from rules.campaign.looking.wanted import MOST_PAGES, NAMES, STATES, Wanted, asked, query_of


def test_what_an_address_says_is_what_it_was_made_of():
    wanted = Wanted(3, "hoa mai", 7, "tt-09|02", "sent", own="good", suggested="none", by="name", down=True, page=4)
    assert asked(query_of(wanted, page=4)).wanted == wanted
    assert asked(query_of(wanted, page=4)).lost == ()


def test_the_usual_stands_in_no_address():
    assert query_of(Wanted()) == {}
    assert asked({}).wanted == Wanted()


def test_another_filter_begins_at_the_first_page():
    assert query_of(Wanted(page=9, state="sent"), state="drafting") == {"buoc": "drafting"}
    assert query_of(Wanted(page=9), page=10) == {"trang": "10"}


def test_nonsense_is_left_out_and_told():
    found = asked(
        {"trang": "-1", "buoc": "xong", "donvi": "1 or 1=1", "cham": "co", "q": "mai", "theo": "ten", "la": "1"}
    )
    assert found.wanted == Wanted(q="mai")
    assert set(found.lost) == {"page", "state", "unit", "late", "by"}


def test_a_page_is_never_before_the_first():
    assert asked({"trang": "0"}).wanted.page == 1
    assert asked({"trang": str(MOST_PAGES + 1)}).lost == ("page",)
    assert asked({"trang": "²"}).lost == ("page",)


def test_narrowed_is_what_leaves_something_out():
    assert not Wanted(dot=4, by="name", down=True, page=3).narrowed
    assert all(one.narrowed for one in (Wanted(q="a"), Wanted(late=True), *(Wanted(state=name) for name in STATES)))


@given(st.dictionaries(st.sampled_from([*NAMES.values(), "khac"]), st.text()))
def test_no_address_fails(query):
    found = asked(query)
    assert asked(query_of(found.wanted, page=found.wanted.page)).wanted == found.wanted


def test_what_no_database_can_be_asked_for_says_nothing():
    assert asked({"q": "a\0b", "mau": "\0"}).lost == ("q", "form")
