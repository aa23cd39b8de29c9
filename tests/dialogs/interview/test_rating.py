"""The question of the self-rating, once a rule excludes what was chosen before."""

import datetime as dt
from dataclasses import replace

from bot.rulebooks.library import Library
from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from dialogs.core.state import State
from dialogs.step import step
from rules.nouns.reviews import Answer, Campaign, Review, ReviewStatus
from rules.nouns.values import Subject
from templates.wording import message
from tests.dialogs.small_office import LAN

AT = dt.datetime(2026, 12, 7, 8, 0, tzinfo=dt.UTC)
LO = replace(LAN, id=16, name="Cao Văn Lỡ", subject=Subject.OFFICIAL, leader=False, party_member=False)
SAID = {
    "months_worked": 12,
    "maternity_leave": False,
    "sick_leave": False,
    **{f"m{month:02}": 82.5 for month in range(1, 13)},
    "degradation": False,
    "disciplined": True,
    "discipline_in_duty": True,
    "discipline_counted": False,
    "discipline_old_body": False,
    "self_rating": "good",
}


def test_no_reason_is_asked_for_a_rating_that_is_excluded_by_now() -> None:
    """Good was chosen before the discipline was said (NĐ 335/2025, Điều 20 khoản 4 điểm c): only another rating helps, and it says why."""
    given = {key: Answer(value) for key, value in SAID.items()}
    campaign = Campaign(1, "decree-335-2025", 2026, LO.office)
    own = Review(70, LO, campaign, "mau-02-335", ReviewStatus.DRAFTING, given, None)
    (asked,) = step(Library(), State(LO, "vi", AT, own=own), Pressed(Button("go", 70, ("self_rating",)))).replies
    words = message(asked.template, asked.values, "vi")
    assert "Xin viết lý do" not in words
    assert "NĐ 335/2025, Điều 20 khoản 4 điểm c" in words
    labels = [key.label for row in asked.keyboard for key in row]
    assert (labels.count("review/rating"), labels.count("question/keep")) == (1, 0)
