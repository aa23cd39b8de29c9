"""Whatever people press, type or send about a result and a plan: each event is answered, and what was said stays said."""

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.core.events import Commanded
from rules.nouns.reviews import Review
from rules.nouns.rulings import Acknowledgement, Response
from tests.properties.test_conversation import Office

TEXTS = st.sampled_from(["Xin xem lại.", "31/12", "1/1/2030", "{{ 7 * 7 }} <b> & %(name)s", "", "Học lớp soạn thảo"])
COMMANDS = st.sampled_from(["ketqua", "khacphuc", "tieptuc", "trogiup"])
PRESSES = st.integers(0, 400)
ACTS = st.lists(
    st.tuples(st.sampled_from(["Hạnh", "Sơn"]), st.one_of(PRESSES, PRESSES, PRESSES, TEXTS, COMMANDS.map(Commanded))),
    min_size=20,
    max_size=50,
)
BEGUN = "@ 2026-12-21 09:00\nHạnh » /ketqua\nSơn » /ketqua\n"


@settings(max_examples=40)
@given(ACTS)
def test_what_was_said_to_a_decision_stays(acts):
    office = Office(BEGUN)
    kept = office.memory.afterwards
    for name, choice in acts:
        said, petitions = _said(office), dict(kept.petitions)
        office.act(name, office.event(name, choice))
        assert all(_stays(one, _said(office)[review]) for review, one in said.items())
        assert all(kept.petitions[key].text == one.text for key, one in petitions.items())
    newest = {review.id: review.ruling.number for review in _decided(office)}
    against = [(one.review, one.number) for one in kept.petitions.values()]
    assert len(against) == len(set(against))
    assert all(newest[review] == number for review, number in against)
    assert all(one.text for one in _said(office).values() if one.response is Response.RESERVED)
    assert all(line.what and line.by > line.made_at.date() for line in kept.improvements.values())


def _stays(before: Acknowledgement, after: Acknowledgement) -> bool:
    """The same is said as before; or an opinion was reserved after notice was only taken."""
    reserved = before.response is Response.ACKNOWLEDGED and after.response is Response.RESERVED
    return before == after or (reserved and before.number == after.number)


def _decided(office: Office) -> list[Review]:
    return [review for review in office.memory.reviews.values() if review.ruling]


def _said(office: Office) -> dict[int, Acknowledgement]:
    """Review → what was said to its newest decision."""
    found = {review.id: review.acknowledged for review in _decided(office)}
    newest = {review.id: review.ruling.number for review in _decided(office)}
    return {review: said for review, said in found.items() if said and said.number == newest[review]}
