"""`tusoi rulebook`: list, check, show."""

import re

import pytest

from tests.bot.commands.running import tusoi
from tests.rules.books import RATINGS, write_book


def test_list_tells_id_title_and_time_in_force() -> None:
    lines = {line.split("\t")[0]: line for line in tusoi("rulebook", "list").out.splitlines()}
    assert {"decree-90-2020", "quang-ngai-office-2020"} <= set(lines)
    assert lines["decree-90-2020"].endswith("(Nghị định 90/2020/NĐ-CP)\t20/08/2020 – 30/06/2026")


def test_check_says_that_a_shipped_rulebook_is_in_order() -> None:
    ran = tusoi("rulebook", "check", "decree-90-2020")
    assert (ran.status, ran.out) == (0, "decree-90-2020: đúng\n")


def test_check_tells_every_mistake_with_file_line_and_what_to_write(tmp_path) -> None:
    wrong = RATINGS.replace('"Điều 1"', "3.10").replace("disciplined", "late")
    folder = write_book(tmp_path / "office", wrong)
    ran = tusoi("rulebook", "check", str(folder))
    assert (ran.status, ran.out) == (2, "")
    first, second = ran.err.splitlines()
    place = f"{folder}/book.yaml"
    expected = f"{place}:9: ratings[0].excellent.all[0].cite: cần chữ; hãy đặt trong dấu ngoặc kép (đang ghi: 3.1)"
    assert first == expected
    assert second.startswith(f"{place}:18: ratings[0].not_completed.any[0]: “late” không hỏi được ở đây; dùng được: ")


def test_check_asks_to_look_again_at_an_exception_in_words_and_finds_no_mistake(tmp_path) -> None:
    noted = RATINGS.replace('cite: "Điều 4"}', 'cite: "Điều 4", note: Trừ trường hợp đã tính ở năm trước}')
    folder = write_book(tmp_path / "office", noted)
    ran = tusoi("rulebook", "check", str(folder))
    assert (ran.status, ran.out) == (0, f"{folder}: đúng\n")
    assert ran.err.startswith(
        f"{folder}/book.yaml:18: ratings[0].not_completed.any[0].note: nên xem lại: câu này nêu một ngoại lệ"
    )


def test_check_counts_the_clauses_that_nobody_can_read_and_finds_no_mistake() -> None:
    """Decree 90 did not come with the plan of Sơn La: of Điều 2 khoản 3 no text is held."""
    ran = tusoi("rulebook", "check", "son-la-rehab-2021")
    assert (ran.status, ran.out) == (0, "son-la-rehab-2021: đúng\n")
    told = r"Lưu ý: son-la-rehab-2021: 6 trong \d+ chỗ dẫn điều khoản chưa có nguyên văn trong texts/: NĐ 90/2020, Điều 2 khoản 3\n"
    assert re.fullmatch(told, ran.err)


def test_show_gives_a_jurist_form_question_condition_clause_and_date() -> None:
    shown = tusoi("rulebook", "show", "quang-ngai-office-2020").out
    assert "Mẫu số 02 (90/2020/NĐ-CP): PHIẾU ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG CÔNG CHỨC [mau-02]" in shown
    assert "- Nhiệm vụ hoàn thành vượt mức: từ 50% trở lên (NĐ 90/2020, Điều 8 khoản 1)" in shown
    assert (
        "- trước ngày 05/12: Cá nhân tự kiểm điểm, tự xếp loại, gửi phiếu cho đơn vị [cá nhân] (Kế hoạch, mục 5)"
        in shown
    )
    assert "Không hoàn thành nhiệm vụ (một trong):" in shown


def test_show_of_an_unknown_rulebook_is_one_line_and_status_2() -> None:
    ran = tusoi("rulebook", "show", "no-such-book")
    assert (ran.status, ran.err.count("\n")) == (2, 1)


def test_for_names_rulebook_and_form_with_the_clause() -> None:
    shown = tusoi("rulebook", "for", "--subject", "official", "--year", "2026", "--party-member").out
    assert shown.splitlines()[0] == "decree-335-2025: công chức (NĐ 335/2025/NĐ-CP, Điều 27 khoản 2)"
    assert "Mỗi năm: Mẫu số 02 (335/2025/NĐ-CP), PHIẾU XẾP LOẠI CHẤT LƯỢNG CÔNG CHỨC" in shown
    assert "Mẫu 02B-HD KĐ.ĐG 2025 (43-HD/BTCTW)" in shown


def test_for_a_year_or_subject_nobody_knows_is_one_line_and_status_2() -> None:
    ran = tusoi("rulebook", "for", "--subject", "official", "--year", "1999")
    assert (ran.status, ran.err) == (2, "--year: chưa biết quy định nào áp dụng cho official năm 1999\n")
    assert tusoi("rulebook", "for", "--subject", "boss", "--year", "2026").err.startswith("--subject: cần một trong: ")


def test_a_new_rulebook_is_in_order_at_once_and_never_overwrites(tmp_path) -> None:
    folder = tmp_path / "quy-che-thu"
    assert tusoi("rulebook", "new", str(folder), "--extends", "decree-233-2026").status == 0
    assert tusoi("rulebook", "check", str(folder)).out == f"{folder}: đúng\n"
    again = tusoi("rulebook", "new", str(folder), "--extends", "decree-233-2026")
    assert (again.status, again.err) == (2, f"{folder}: đã có, không ghi đè; hãy chọn tên khác\n")


@pytest.mark.parametrize("parent", ["decree-233-2026", "decree-90-2020", "party-2025"])
def test_the_examples_in_a_new_rulebook_can_be_taken_as_they_stand(tmp_path, parent: str) -> None:
    folder = tmp_path / "quy-che-thu"
    tusoi("rulebook", "new", str(folder), "--extends", parent)
    file = folder / "book.yaml"
    before, mark, after = file.read_text(encoding="utf-8").partition("# KHỐNG CHẾ.")
    used = re.sub(r"(?m)^# (?=[a-z_]+:|  )", "", after)
    assert "\nquotas:" in used
    file.write_text(before + mark + used, encoding="utf-8")
    ran = tusoi("rulebook", "check", str(folder))
    assert [line for line in ran.err.splitlines() if "replaces" in line or "YAML" in line] == []


def test_a_new_rulebook_extends_what_is_there(tmp_path) -> None:
    ran = tusoi("rulebook", "new", str(tmp_path / "mới"), "--extends", "decree-90-2020")
    assert ran.err.startswith(f"{tmp_path / 'mới'}: tên thư mục là mã bộ quy định")
    ran = tusoi("rulebook", "new", str(tmp_path / "moi"), "--extends", "no-such")
    assert ran.err.startswith("no-such: không có bộ quy định này")
    assert not (tmp_path / "moi").exists()


def test_the_page_stands_alone_and_shows_text_of_a_rulebook_as_text(tmp_path) -> None:
    folder = write_book(tmp_path / "office", RATINGS.replace('"Điều 2"', '"<b>Điều 2</b>"'))
    page = tusoi("rulebook", "show", str(folder), "--html").out
    assert "(&lt;b&gt;Điều 2&lt;/b&gt;)" in page
    assert not [word for word in ("http", "src=", "@import", "url(") if word in page]


def test_show_tells_by_what_it_was_amended_and_the_rules_of_the_year() -> None:
    shown = tusoi("rulebook", "show", "decree-90-2020", "--year", "2022").out
    assert "- 48/2023/NĐ-CP ngày 17/07/2023, có hiệu lực từ 15/09/2023\n" in shown
    ground = "- Bị xử lý kỷ luật trong năm: có [nhóm 1: cùng có đủ] [có hiệu lực đến 14/09/2023]"
    assert f"{ground} (NĐ 90/2020, Điều 11 khoản 1)" in shown
    assert "[có hiệu lực từ 15/09/2023]" not in shown
