"""`tusoi campaign open`: several rulebooks, a period, moved days; what is wrong is one clear line and changes nothing."""

import pytest

from bot.demo.office import DEMO_ROSTER
from bot.roster.template import write_roster
from rules.nouns.values import Subject
from rules.reading.load import load
from storage import Store
from tests.bot.commands.running import at_terminal, tusoi
from tests.bot.roster.rosters import with_person


@pytest.fixture
def roster(tmp_path, data_folder):
    write_roster(tmp_path / "danh-sach.xlsx", DEMO_ROSTER)
    return str(tmp_path / "danh-sach.xlsx")


def test_officials_and_party_members_under_two_rulebooks(roster) -> None:
    said = tusoi("campaign", "open", "decree-335-2025", "party-2025", "--year", "2026", "--roster", roster)
    assert said.out.startswith("Đã mở đợt đánh giá năm 2026 của Văn phòng UBND tỉnh An Phú: 15 phiếu, 8 thư mời mới.")
    assert (
        "Chưa có phiếu: Ngô Việt Thư, Trung tâm Công báo và Tin học (các quy định đã chọn không có mẫu cho viên chức; hãy "
        "chọn thêm quy định dành cho đối tượng này, hoặc xem lại cột “Đối tượng”)"
    ) in said.out


def test_a_last_day_of_ones_own_review_may_be_set_where_the_rulebook_has_none(roster) -> None:
    open_ = ("campaign", "open", "decree-335-2025", "--year", "2026", "--roster", roster)
    assert tusoi(*open_, "--due", "self_review=2026-12-05").status == 0


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            ("--period", "thang"),
            "--period thang: cần year (cả năm), school (năm học), h1, h2 (6 tháng), q1 đến q4 (quý) hoặc m01 đến m12 (tháng)",
        ),
        (("--from", "2027-02-01"), "--from 2027-02-01: sau ngày cuối kỳ 2026-12-31"),
        (("--as-of", "2025-12-15"), "--as-of 2025-12-15: trước ngày đầu kỳ 2026-01-01"),
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


#: Whether units are rated here is asked apart.
OPENS_335 = ("campaign", "open", "decree-335-2025", "--year", "2026", "--due", "self_review=2099-12-05", "--no-units")


def test_at_a_terminal_the_names_are_shown_unit_by_unit_before_it_is_asked(roster) -> None:
    said = at_terminal(*OPENS_335, "--roster", roster, typed="n\n")
    assert said.status == 0
    assert "Cơ quan mới: 3 đơn vị, 12 người." in said.out
    assert "  7 người, 7 phiếu:\n    Mẫu số 02 (Phiếu xếp loại chất lượng công chức): 7\n" in said.out
    assert (
        "  Phòng Hành chính – Tổ chức: 5 người, 5 phiếu\n    Nguyễn Bình Nguyên, Trưởng phòng: Mẫu số 02\n" in said.out
    )
    assert "Mở đợt đánh giá này? [y/N]" in said.out
    assert said.out.endswith("Chưa mở gì.\n")
    assert tusoi("roster", "export", f"{roster}.ra.xlsx").status == 2


def test_agreed_to_it_is_opened_and_who_has_no_form_is_not_told_twice(roster) -> None:
    said = at_terminal(*OPENS_335, "--roster", roster, typed="y\n")
    assert "Đã mở đợt đánh giá năm 2026 của Văn phòng UBND tỉnh An Phú: 7 phiếu, 7 thư mời mới." in said.out
    assert said.out.count("Chưa có phiếu: Ngô Việt Thư") == 1


def test_yes_answers_beforehand(roster) -> None:
    said = at_terminal(*OPENS_335, "--roster", roster, "--yes")
    assert "Mở đợt đánh giá này?" not in said.out
    assert "Đã mở đợt đánh giá" in said.out


def test_days_that_have_passed_and_a_rulebook_out_of_force_are_warned_of_and_it_goes_on(roster) -> None:
    said = tusoi("campaign", "open", "decree-335-2025", "--year", "2025", "--roster", roster)
    assert said.status == 0
    assert said.out.startswith("Đã mở đợt đánh giá năm 2025")
    assert "(Nghị định 335/2025/NĐ-CP)” không có hiệu lực trong năm 2025." in said.err
    assert "Lưu ý: Xếp loại chất lượng cơ quan và công chức: ngày 14/12/2025 đã qua." in said.err


def test_at_a_terminal_they_are_shown_with_the_question(roster) -> None:
    said = at_terminal(
        "campaign", "open", "decree-335-2025", "--year", "2025", "--roster", roster, "--no-units", typed="\nn\n"
    )
    assert said.out.index("ngày 14/12/2025 đã qua.") < said.out.index("Mở đợt đánh giá này?")
    assert said.out.endswith("Chưa mở gì.\n")


def test_what_the_law_leaves_to_the_office_is_asked_first_and_kept(tmp_path, monkeypatch) -> None:
    # NĐ 335/2025 Điều 28 khoản 2: the agency decides whether contract workers are reviewed by the Decree
    monkeypatch.setenv("TUSOI_DATA_DIR", str(tmp_path / "var"))
    path = tmp_path / "hop-dong.xlsx"
    write_roster(path, with_person("AP-005", subject=Subject.WORKER))
    said = at_terminal(*OPENS_335, "--roster", str(path), typed="n\ny\n")
    assert "Cơ quan đánh giá người lao động theo hợp đồng? [y/n]" in said.out
    assert "cơ quan đang chọn không đánh giá họ (NĐ 335/2025, Điều 28 khoản 2)" in said.out
    assert "6 phiếu" in said.out


def test_what_is_answered_already_is_not_asked_again(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("TUSOI_DATA_DIR", str(tmp_path / "var"))
    path = tmp_path / "hop-dong.xlsx"
    write_roster(path, with_person("AP-005", subject=Subject.WORKER))
    said = at_terminal(*OPENS_335, "--roster", str(path), "--workers", typed="y\n")
    assert "Cơ quan đánh giá người lao động theo hợp đồng?" not in said.out
    assert "7 phiếu" in said.out
    again = at_terminal(*OPENS_335, "--roster", str(path), typed="n\n")
    assert "cơ quan đang chọn đánh giá họ (NĐ 335/2025, Điều 28 khoản 2)" in again.out


def test_without_an_answer_no_contract_worker_gets_a_form_and_it_is_said(tmp_path, monkeypatch) -> None:
    # NĐ 335/2025 Điều 28 khoản 2: without a decision of the agency the Decree is not applied to them
    monkeypatch.setenv("TUSOI_DATA_DIR", str(tmp_path / "var"))
    path = tmp_path / "hop-dong.xlsx"
    write_roster(path, with_person("AP-005", subject=Subject.WORKER))
    said = tusoi(*OPENS_335, "--roster", str(path))
    assert ": 6 phiếu, 6 thư mời mới." in said.out
    assert "Chưa trả lời thì những người này chưa có phiếu." in said.err
    assert "cơ quan chưa cho biết có đánh giá người lao động theo hợp đồng hay không" in said.out


OPENS_2026 = ("--year", "2026", "--due", "self_review=2099-12-05", "--no-units")
REGULATION = "Đến lúc xếp loại, đơn vị đã ban hành Quy chế đánh giá chưa?"


def test_a_unit_is_asked_once_whether_it_has_its_own_regulation(roster) -> None:
    # NĐ 233/2026 Điều 20 khoản 1: without one at the rating of the end of 2026, employees are rated by Decree 90/2020
    said = at_terminal("campaign", "open", "decree-233-2026", *OPENS_2026, "--roster", roster, typed="n\ny\n")
    assert f"{REGULATION} (NĐ 233/2026/NĐ-CP, Điều 20 khoản 1; y: đã ban hành, n: chưa) [y/n]" in said.out
    assert "không dành cho đơn vị này: viên chức được xếp loại theo “Đánh giá, xếp loại chất lượng cán bộ" in said.out
    assert "Đã mở đợt đánh giá" in said.out
    other = at_terminal("campaign", "open", "decree-90-2020", *OPENS_2026, "--roster", roster, typed="n\n")
    assert REGULATION not in other.out
    assert "Đơn vị đã trả lời: đến lúc xếp loại chưa ban hành Quy chế đánh giá" in other.out
    assert "không dành cho đơn vị này" not in other.out
    assert "không có hiệu lực" not in other.out


def test_the_answer_may_be_given_beforehand(roster) -> None:
    said = tusoi("campaign", "open", "decree-90-2020", *OPENS_2026, "--roster", roster, "--own-regulation")
    assert (
        "“Đánh giá, xếp loại chất lượng cán bộ, công chức, viên chức (Nghị định 90/2020/NĐ-CP)” không dành cho"
        in said.err
    )
    assert REGULATION not in said.err


def test_all_names_are_listed_where_they_are_asked_for(roster) -> None:
    said = tusoi(*OPENS_335, "--roster", roster, "--list")
    assert said.out.index("Vũ Đăng Khoa Minh, Chuyên viên: Mẫu số 02") < said.out.index("Đã mở đợt đánh giá")


def test_opened_again_it_says_that_it_is_open(roster) -> None:
    tusoi(*OPENS_335, "--roster", roster)
    said = tusoi(*OPENS_335, "--roster", roster, "--list")
    assert "Đợt này đang mở: chỉ thêm những phiếu chưa có và cập nhật theo danh sách." in said.out
    assert "0 phiếu, 0 thư mời mới" in said.out


def test_an_opening_is_taken_back_and_the_campaign_opened_again_with_fresh_codes(roster) -> None:
    tusoi(*OPENS_335, "--roster", roster)
    codes = tusoi("invite", "list").out
    said = tusoi("campaign", "undo")
    assert said.out == (
        "Đã rút lại việc mở đợt đánh giá năm 2026 của Văn phòng UBND tỉnh An Phú: hủy 7 phiếu, 7 mã mời chưa dùng, "
        "0 lời nhắn chưa gửi. Danh sách vẫn được giữ; có thể mở lại.\n"
    )
    assert tusoi("campaign", "undo").err == "hiện không có đợt đánh giá nào đang mở\n"
    again = tusoi(*OPENS_335, "--roster", roster)
    assert "7 phiếu, 7 thư mời mới" in again.out
    assert tusoi("invite", "list").out != codes


def test_taking_back_is_asked_at_a_terminal(roster) -> None:
    tusoi(*OPENS_335, "--roster", roster)
    said = at_terminal("campaign", "undo", typed="n\n")
    assert "Rút lại việc mở đợt đánh giá năm 2026 của Văn phòng UBND tỉnh An Phú? [y/N]" in said.out
    assert said.out.endswith("Chưa rút lại gì.\n")
    assert "hủy 7 phiếu" in at_terminal("campaign", "undo", "--yes").out


def test_of_several_open_campaigns_one_is_named_by_its_number(roster) -> None:
    tusoi(*OPENS_335, "--roster", roster)
    tusoi("campaign", "open", "decree-335-2025", "--year", "2026", "--period", "m04", "--roster", roster)
    said = tusoi("campaign", "undo")
    assert (said.status, said.err) == (
        2,
        (
            "hãy ghi số của một đợt đang mở: 1 (đợt đánh giá năm 2026 của Văn phòng UBND tỉnh An Phú); "
            "2 (đợt đánh giá tháng 4 năm 2026 của Văn phòng UBND tỉnh An Phú)\n"
        ),
    )
    assert "tháng 4 năm 2026" in tusoi("campaign", "undo", "2").out
    assert "năm 2026" in tusoi("campaign", "undo").out


async def test_a_school_year_keeps_the_days_the_desk_names_and_the_rules_of_that_day(roster, tmp_path) -> None:
    """Nghị định 48/2023 is in force from 15/9/2023: it does not judge the school year 2022–2023, rated in May."""
    given = ("--year", "2023", "--period", "school", "--to", "2023-05-31", "--as-of", "2023-05-25", "--yes")
    said = tusoi("campaign", "open", "decree-90-2020", "--roster", roster, *given)
    assert said.out.startswith("Đã mở đợt đánh giá năm học 2022–2023 của Văn phòng UBND tỉnh An Phú")
    store = await Store.open(f"sqlite:///{tmp_path / 'var' / 'tusoi.db'}")
    async with store.transaction() as tx:
        (campaign,) = await tx.campaigns.open_ones()
    await store.close()
    assert (campaign.period, campaign.year) == ("school", 2023)
    span = campaign.span
    assert [day.isoformat() for day in (span.first, span.last, span.as_of)] == [
        "2022-09-01",
        "2023-05-31",
        "2023-05-25",
    ]
    assert "discipline_counted_before" not in load(*campaign.edition).profiles[Subject.EMPLOYEE, False].facts
    assert campaign.timetable == {}
