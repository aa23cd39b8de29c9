"""All groups at once stand as each of their members is told that they do."""

import datetime as dt

import pytest

from bot.rulebooks.library import Library
from rules.book.quota import Rated
from rules.campaign.deciding.quotas import all_states, proposed_states
from rules.nouns.values import Rating, Subject

LISTED = [
    Rated(
        f"Người {number}",
        f"Phòng {number % 3}",
        f"Nhóm {number % 2}",
        number % 5 == 0,
        (None, Rating.GOOD, Rating.EXCELLENT)[number % 3],
        number + 1,
        subject,
        open=number % 3 == 0,
        person=number + 1,
    )
    for number, subject in enumerate([Subject.OFFICIAL, Subject.EMPLOYEE, Subject.PARTY_MEMBER] * 12)
]


@pytest.mark.parametrize("id_", ["decree-335-2025", "decree-90-2020", "party-2025", "quang-ngai-ethnic-2023"])
def test_it_is_what_each_member_is_told(id_: str) -> None:
    book = Library()[id_, dt.date(2026, 12, 1)]
    found = all_states(book, LISTED)
    told = {(one.review, state) for one in LISTED for state in map(repr, proposed_states(book, one, LISTED))}
    # Who follows the quotas of a proposal may be counted under those of the decision beside others.
    assert told <= {(line.review, repr(one.state)) for one in found for line in one.members}
    assert {state for _, state in told} == {repr(one.state) for one in found if one.state.share.key.get("group") != ""}
