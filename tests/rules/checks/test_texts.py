"""`cited`: the clauses a rulebook cites, and which of them nobody can read in the house."""

from pathlib import Path

import pytest

from rules.checks.texts import cited
from rules.reading.load import load
from tests.rules.books import RATINGS, write_book

PLANS = (
    "quang-ngai-ethnic-2023",
    "quang-ngai-office-2020",
    "quang-ngai-office-2023",
    "son-duong-2020",
    "son-la-rehab-2021",
)

#: Documents that the plans rest on and did not come with: their clauses cannot be read. “Mẫu …”: sections of their forms.
NOT_AT_HAND = (
    "NĐ 90/2020, ",  # but Điều 12 – 15, 19
    "NĐ 48/2023, ",
    "HD 21-HD/BTCTW",
    "HD 25-HD/BTCTW",
    "HD 43-HD/BTCTW",
    "QĐ 124-QĐ/TW, ",
    "Mẫu 02-HD KĐ.ĐG 2019, ",
    "Mẫu số 01, theo Mẫu số 02, ",
    "Mẫu số 02, ",
    "Mẫu số 03, ",
)


@pytest.mark.parametrize("plan", PLANS)
def test_every_clause_of_a_plan_that_is_cited_can_be_read(plan: str) -> None:
    found = cited(plan)
    assert [one for one in found.untold if not one.startswith(NOT_AT_HAND)] == []
    assert len(found.untold) < len(found.clauses)


@pytest.mark.parametrize("plan", PLANS)
def test_no_address_of_anybody_came_along(plan: str) -> None:
    assert [one.clause for one in load(plan).texts if "@" in one.text or "Nơi nhận" in one.text] == []


@pytest.mark.parametrize(
    ("plan", "clause", "says"),
    [
        # 170-KH/CB, C.III.3.2.1.a; B.II.3.3.d
        ("son-la-rehab-2021", "C.III.3.2.1.a", "trong đó ít nhất 50% chỉ tiêu, nhiệm vụ hoàn thành vượt mức"),
        ("son-la-rehab-2021", "B.II.3.3.d", "một vi phạm bị xử lý kỷ luật chỉ tính một lần khi xếp loại"),
        # The two parts D of 170-KH/CB
        ("son-la-rehab-2021", "D.2", "Xong trước ngày 30/11/2021"),
        ("son-la-rehab-2021", "D.2 (Lưu ý)", "không phải tổ chức cuộc họp để đánh giá"),
        # 16-KH/HU, II.3.6.3
        ("son-duong-2020", "II.3.6.3", "Cán bộ hai năm liên tiếp không hoàn thành nhiệm vụ"),
        ("quang-ngai-office-2020", "Kế hoạch, mục 5", "chậm nhất vào ngày 15/12/2020"),
        ("quang-ngai-office-2023", "Kế hoạch, II.7 (hội nghị)", "Dự kiến ngày 29/12/2023"),
        ("quang-ngai-ethnic-2023", "III", "không quá 01 tập thể và 01 cá nhân"),
    ],
)
def test_it_is_the_text_of_that_clause(plan: str, clause: str, says: str) -> None:
    (text,) = (one for one in load(plan).texts if one.clause == clause)
    assert says in text.text


def test_what_is_cited_and_not_held_is_told(tmp_path: Path) -> None:
    folder = write_book(tmp_path / "b", RATINGS)
    (folder / "texts").mkdir()
    held = "source: Quy chế\ntexts:\n  - {clause: Điều 4, title: Kỷ luật, text: Lời}\n"
    (folder / "texts" / "a.yaml").write_text(held, encoding="utf-8")
    found = cited(folder)
    assert "Điều 4" in found.clauses
    assert "Điều 4" not in found.untold
    assert "Điều 1" in found.untold
