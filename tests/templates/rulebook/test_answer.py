"""The answer at a glance, over all shipped scenarios: short, in whole sentences, the same whoever reads it."""

import re
from collections.abc import Iterator
from functools import cache

import pytest

from rules.book.profile import Profile
from rules.judging.explanation import Explanation, explanation
from rules.judging.suggest import Case, suggest
from rules.reading.folders import shipped
from rules.reading.load import load
from templates.rulebook.explanation import told
from templates.wording import LANGUAGES
from tests.rules.scenario_files import scenarios_of

#: What an explanation never says to a citizen.
NEVER = re.compile(
    r"chưa (xác minh|đối chiếu|đọc được)|nguyên văn|_|\bNone\b|không (đã|mọi|tổ chức|vi phạm|mới)\b|Vì vì|\.\."
)


def answers(name: str, language: str) -> Iterator[str]:
    for told_of, profile in explained(name):
        yield told(told_of, profile, language)


@cache
def explained(name: str) -> list[tuple[Explanation, Profile]]:
    """Every case of a rulebook that there is, explained."""
    found = []
    for scenario in scenarios_of(name):
        case = scenario.case
        book = load(name, case.year)
        found.append((explanation(book, case, suggest(book, case)), book.profiles[case.subject, case.leader]))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(shipped()))
def test_no_answer_is_longer_than_five_lines(name: str, language: str) -> None:
    for answer in answers(name, language):
        lines = answer.splitlines()
        assert 2 <= len(lines) <= 5, answer
        assert all(line.strip() for line in lines), answer


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_answer_is_said_in_whole_sentences(name: str) -> None:
    for answer in answers(name, "vi"):
        assert not NEVER.search(answer), answer
        assert answer.count("văn bản liên quan") <= 1


def test_a_member_of_five_months_reads_why_and_nothing_of_another_rule() -> None:
    """Sơn Dương 2020, II.2: two exclusions have this clause; that of the review was said to whoever had joined late."""
    book = load("son-duong-2020")
    profile = next(one for one in book.profiles.values() if one.subject == "party_member")
    case = Case(profile.subject, profile.leader, {"months_since_joined": 5, "review_done": True})
    answer = told(explanation(book, case, suggest(book, case)), profile)
    assert answer.splitlines()[:2] == ["Không xếp loại.", "Vì mới được kết nạp vào Đảng, chưa đủ 06 tháng (II.2)."]
