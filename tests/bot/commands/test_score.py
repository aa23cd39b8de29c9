"""`tusoi score`."""

import json

import pytest

from rules.reading import ledger_file
from tests.bot.commands.running import tusoi

LEDGER = """\
subject: official
leader: false
period: 2026-03
groups: {Đơn giản: 1, Phức tạp: 3}
products:
  - {name: Tờ trình, group: Phức tạp, assigned: 2, done: 2, faults: [1, 0]}
  - {name: Công văn, group: Đơn giản, assigned: 10, done: 9, delays: [1, 2]}
  - {name: Báo cáo, group: Đơn giản, assigned: 1, done: 1, delays: 1, excused: {delays: 1, by: "Văn bản 15/VP"}}
  - {name: Đề án, group: Phức tạp, assigned: 1, handed_over: true}
  - {name: Việc đột xuất, group: Đơn giản, done: 1, extra: true}
facts: {general_points: 28}
"""


def test_a_month_with_its_arithmetic() -> None:
    ran = tusoi("score", "decree-335-2025", "-", stdin=LEDGER)
    shown = json.loads(ran.out)
    # 20 units assigned; 17 done; 17 - 0,75 with quality; 17 - 0,75 on time; 28 + 70 × 82,5%
    assert shown["assigned_units"] == 20
    assert (shown["quantity_pct"], shown["quality_pct"], shown["progress_pct"]) == (85, 81.25, 81.25)
    assert (shown["result_points"], shown["score"]) == (57.75, 85.75)
    assert [step["gives"] for step in shown["steps"]] == ["result_pct", "result_points", "score"]


def test_the_examples_of_the_docs_work_with_the_shipped_rulebook() -> None:
    written = ledger_file.__doc__.split("```yaml\n")[1].split("```")[0]
    shown = json.loads(tusoi("score", "decree-335-2025", "-", stdin=written).out)
    # 3 + 10 + 1 + 3 = 17 units assigned (Điều 14.2); 3 + 9 + 1 + 1 = 14 done; a fault takes a quarter of 3, three delays
    # three quarters of 1, the excused one nothing
    assert shown["assigned_units"] == 17
    assert shown["quantity_pct"] == pytest.approx(100 * 14 / 17)
    assert shown["quality_pct"] == pytest.approx(100 * 13.25 / 17)
    assert shown["progress_pct"] == pytest.approx(100 * 13.25 / 17)
    assert json.loads(tusoi("score", "decree-335-2025", "docs/examples/so-thang-9.yaml").out)["assigned_units"] == 12


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "groups: {Đơn giản: 1, Phức tạp: 3}",
            "groups: {}",
            "products[0].group: sổ chưa khai nhóm nào; hãy ghi groups",
        ),
        ("facts:", "points: {bang-diem: {c1: 5}}\nfacts:", "points.bang-diem: bộ quy định này không có bảng điểm"),
    ],
)
def test_what_the_ledger_or_the_rulebook_has_none_of_is_said(old: str, new: str, told: str) -> None:
    ran = tusoi("score", "decree-335-2025", "-", stdin=LEDGER.replace(old, new))
    assert (ran.status, told in ran.err, ran.err.count("\n")) == (2, True, 1)


def test_nothing_assigned_is_insufficient_data() -> None:
    empty = "subject: official\nleader: false\ngroups: {A: 1}\nproducts: [{name: X, group: A, done: 1, extra: true}]\n"
    shown = json.loads(tusoi("score", "decree-335-2025", "-", stdin=empty).out)
    assert shown["insufficient"] == ["quantity_pct", "quality_pct", "progress_pct"]
    assert (shown["quantity_pct"], shown["score"]) == (None, None)


def test_a_wrong_ledger_is_one_line_and_status_2() -> None:
    ran = tusoi("score", "decree-335-2025", "-", stdin=LEDGER.replace("done: 9", "done: 11"))
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "đầu vào chuẩn:7: products[1].done: số hoàn thành không quá số được giao (10) (đang ghi: 11)\n"


def test_a_rulebook_without_a_ledger_says_so() -> None:
    ran = tusoi("score", "decree-90-2020", "-", stdin=LEDGER)
    assert ran.err.startswith("đầu vào chuẩn:6: products: bộ quy định này không có cách tính sổ sản phẩm")
