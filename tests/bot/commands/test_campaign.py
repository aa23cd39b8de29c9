"""`tusoi campaign open`: several rulebooks, a period, moved days; what is wrong is one clear line and changes nothing."""

import pytest

from bot.demo.office import DEMO_ROSTER
from bot.roster.template import write_roster
from tests.bot.commands.running import tusoi


@pytest.fixture
def roster(tmp_path, monkeypatch):
    monkeypatch.setenv("TUSOI_DATA_DIR", str(tmp_path / "var"))
    write_roster(tmp_path / "danh-sach.xlsx", DEMO_ROSTER)
    return str(tmp_path / "danh-sach.xlsx")


def test_officials_and_party_members_under_two_rulebooks(roster) -> None:
    said = tusoi("campaign", "open", "decree-335-2025", "party-2025", "--year", "2026", "--roster", roster)
    assert said.out.startswith("Đã mở đợt đánh giá năm 2026 của Văn phòng UBND tỉnh An Phú: 15 phiếu, 8 thư mời mới.")
    assert "Chưa có phiếu: Ngô Việt Thư (“decree-335-2025”, “party-2025” không có mẫu cho đối tượng này)" in said.out


def test_a_last_day_of_ones_own_review_may_be_set_where_the_rulebook_has_none(roster) -> None:
    open_ = ("campaign", "open", "decree-335-2025", "--year", "2026", "--roster", roster)
    assert tusoi(*open_, "--due", "self_review=2026-12-05").status == 0


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--period", "thang"), "--period thang: cần year (cả năm), q1 đến q4 (quý) hoặc m01 đến m12 (tháng)"),
        (
            ("--due", "hop=2026-12-05"),
            "không có mốc “hop”; các mốc: rating_decided, rating_decided_special, self_review",
        ),
        (("--due", "self_review=5/12"), "ngày cần có dạng YYYY-MM-DD"),
    ],
)
def test_what_is_wrong_is_one_line(roster, given, told) -> None:
    said = tusoi("campaign", "open", "decree-335-2025", "--year", "2026", "--roster", roster, *given)
    assert (said.status, len(said.err.splitlines())) == (2, 1)
    assert told in said.err


def test_a_roster_with_several_mistakes_tells_each_on_its_line(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("TUSOI_DATA_DIR", str(tmp_path / "var"))
    tusoi("roster", "template", str(tmp_path / "mau.xlsx"))
    said = tusoi("campaign", "open", "decree-335-2025", "--year", "2026", "--roster", str(tmp_path / "mau.xlsx"))
    assert said.status == 2
    assert len(said.err.splitlines()) == 2
