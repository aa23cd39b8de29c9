"""Where two texts disagree the rulebook says so, with the clauses of both: what no other test looks at."""

import pytest

from rules.book.quota import Rated, shares
from rules.nouns.values import Rating, Subject
from rules.reading.load import load

HD_21 = "HD 21-HD/BTCTW, 2.3"
KH_16, KH_170 = "KH 16-KH/HU ngày 12/11/2020, II.2", "KH 170-KH/CB ngày 24/11/2021"


@pytest.mark.parametrize(
    ("book", "both"),
    [
        # 02A and 02B changed places
        ("party-2023", {"HD 25-HD/BTCTW", "HD 43-HD/BTCTW"}),
        ("party-2025", {"HD 25-HD/BTCTW, Mẫu 02A, 02B-HD KĐ.ĐG 2023", "HD 43-HD/BTCTW, Mẫu 02A, 02B-HD KĐ.ĐG 2025"}),
        # of what the fifth is taken
        ("party-2019", {HD_21, f"{KH_170}, B.III.2"}),
        ("party-2023", {"KH Ban Dân tộc, III", "KH Văn phòng, II.2.d"}),
        ("decree-90-2020", {"NĐ 48/2023, khoản 6 thêm vào Điều 2 NĐ 90/2020", HD_21}),
        # fewer than five: one
        ("party-2019", {KH_16, HD_21}),
        # who reviews first; members of less than six months
        ("party-2019", {f"{KH_170}, B.II.2", "QĐ 366-QĐ/TW, Điều 7 khoản 3"}),
        ("party-2019", {KH_16, "QĐ 366-QĐ/TW, Điều 5 khoản 2"}),
        # long sick leave
        ("son-duong-2020", {"II.2", "NĐ 90/2020, Điều 2 khoản 3"}),
        ("party-2025", {KH_16, "HD 43-HD/BTCTW, 7.5"}),
        # discipline
        ("decree-90-2020", {"NĐ 90/2020, Điều 11 khoản 1", "NĐ 48/2023, khoản 5 thêm vào Điều 2 NĐ 90/2020"}),
        ("decree-335-2025", {"NĐ 90/2020, Điều 2 khoản 5 (sửa đổi bởi NĐ 48/2023)", "NĐ 335/2025, Điều 20 khoản 4"}),
        # the calendar
        ("quang-ngai-office-2020", {"Kế hoạch, mục 5", "NĐ 90/2020, Điều 20 khoản 2"}),
        ("quang-ngai-office-2023", {"Kế hoạch, II.3.a và II.4", "NĐ 90/2020, Điều 20"}),
        # Mẫu số 01 is two forms
        ("quang-ngai-office-2023", {"Kế hoạch, II.1", "NĐ 90/2020, Phụ lục, Mẫu số 01"}),
        # slips of the plans
        ("quang-ngai-office-2023", {"Kế hoạch, II.3", "Kế hoạch, II.3.b"}),
        ("quang-ngai-ethnic-2023", {"III", "V"}),
        ("son-duong-2020", {"Căn cứ", "II.3.3.1"}),
    ],
)
def test_a_contradiction_is_told_with_both_clauses(book: str, both: set[str]) -> None:
    assert any(both <= set(note.cites) for note in load(book).notes)


def test_the_decree_sets_no_share_of_excellent_before_2023() -> None:
    assert load("decree-90-2020", 2022).quotas == ()


def test_the_share_of_2019_is_not_asked_of_a_list_of_officials() -> None:
    officials = [Rated(f"Thử {n}", "Phòng", "", leader=False, rating=Rating.GOOD) for n in range(10)]
    quotas = load("quang-ngai-office-2020", 2020).quotas
    assert shares(quotas, officials, subject=Subject.OFFICIAL) == ()
    assert [share.allowed for share in shares(quotas, officials, subject=Subject.PARTY_MEMBER)] == [2]
