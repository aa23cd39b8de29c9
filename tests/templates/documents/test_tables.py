"""Forms of points and months, levels and boxes: as the instruments print them."""

from dataclasses import replace

from rules.forms.answers_stamp import answers_stamp
from rules.judging.filing import Filing
from rules.judging.interview import worked_out
from rules.nouns.reviews import Answer
from rules.reading.load import load
from templates.documents import paper
from templates.documents.blocks import Paragraph, Table
from tests.templates.samples import PLAIN

POINTS = {"p11": 5, "p12": 4.5, **dict.fromkeys(("p21", "p22", "p23", "p24", "p31", "p32", "p33", "p34"), 2)}


def filing(book_id: str, form_id: str, given: dict[str, object]) -> Filing:
    book = load(book_id)
    form = book.forms[form_id]
    answers = {key: Answer(value) for key, value in given.items()}
    shown = worked_out(book, form, PLAIN, answers)
    numbers = {item.shows: value for item, value in shown if value is not None}
    return Filing(form, PLAIN, 2026, answers, answers_stamp(form, answers), version=1, worked_out=numbers)


def tables(sheet) -> list[Table]:
    return [block for block in sheet.blocks if isinstance(block, Table)]


def lines(sheet) -> list[str]:
    said = ("".join(run.text for run in block.runs) for block in sheet.blocks if isinstance(block, Paragraph))
    return [line.replace("\u00a0", " ") for line in said]


def test_the_points_of_the_monthly_sheet_are_one_table_with_the_maxima_of_the_decree():
    (table,) = tables(paper(filing("decree-335-2025", "mau-01-335", POINTS)))
    assert [column.label for column in table.columns] == [
        "TT",
        "Tiêu chí chấm điểm",
        "Điểm tối đa",
        "Điểm do cá nhân tự chấm",
    ]
    assert [row[0] for row in table.rows] == ["I", "1", "2", "II", "1", "2", "3", "4", "III", "1", "2", "3", "4"]
    assert [row[2] for row in table.rows] == ["10", "5", "5", "10", *["2,5"] * 4, "10", *["2,5"] * 4]
    # 5 + 4,5 = 9,5 · 4 × 2 = 8 · 4 × 2 = 8 · together 25,5
    assert [row[3] for row in table.rows] == ["9,5", "5", "4,5", "8", *["2"] * 4, "8", *["2"] * 4]
    assert [(cell.text, cell.span) for cell in table.total] == [("Tổng cộng", 2), ("30", 1), ("25,5", 1)]


def test_the_sheet_of_a_month_says_its_period_under_the_title():
    """Phụ lục II, Mẫu số 01: “(Kỳ theo dõi, đánh giá:..........)”, and no year."""
    sheet = paper(replace(filing("decree-335-2025", "mau-01-335", {}), period="m09"))
    assert sheet.year == "(Kỳ theo dõi, đánh giá: tháng 9 năm 2026)"
    assert [label for label, _ in sheet.persons] == ["Họ và tên", "Chức vụ, chức danh", "Đơn vị công tác"]


def test_a_total_of_which_a_part_is_missing_stays_open():
    (table,) = tables(paper(filing("decree-335-2025", "mau-01-335", {"p11": 5})))
    assert table.rows[0][3] == ""
    assert table.rows[1][3] == "5"


def test_the_year_s_sheet_has_a_row_a_month_and_the_mean_of_the_months_told():
    given = {"m01": 90, "m02": 80, "month_notes": "Tháng 3 nghỉ thai sản."}
    sheet = paper(filing("decree-335-2025", "mau-02-335", given))
    (table,) = tables(sheet)
    # Phụ lục II, Mẫu số 02, mục I: twelve rows and the mean, with no heading of its own
    assert [row[0] for row in table.rows] == [str(month) for month in range(1, 13)]
    assert [cell.text for cell in table.total] == ["Tổng điểm trung bình cả năm", "", ""]
    assert [column.label for column in table.columns] == ["Tháng", "Tổng điểm theo dõi, đánh giá", "Ghi chú"]
    assert not [line for line in lines(sheet) if line.startswith("Tổng điểm")]
    assert table.rows[:3] == (("1", "90", "Tháng 3 nghỉ thai sản."), ("2", "80", ""), ("3", "", ""))


def test_the_rating_of_the_year_s_sheet_is_four_boxes_under_each_other():
    said = lines(paper(filing("decree-335-2025", "mau-02-335", {"self_rating": "good"})))
    boxes = [line for line in said if line.startswith(("☐", "☑"))]
    own, of_the_authority = boxes[:4], boxes[4:]
    assert own == [
        "☐ Hoàn thành xuất sắc nhiệm vụ",
        "☑ Hoàn thành tốt nhiệm vụ",
        "☐ Hoàn thành nhiệm vụ",
        "☐ Không hoàn thành nhiệm vụ",
    ]
    assert of_the_authority == [line.replace("☑", "☐") for line in own]


def test_before_there_is_a_rating_the_boxes_stand_alone():
    """NĐ 335/2025, Phụ lục II, Mẫu số 02, section II: four boxes and nothing else."""
    blocks = paper(filing("decree-335-2025", "mau-02-335", {})).blocks
    title = next(at for at, one in enumerate(blocks) if isinstance(one, Paragraph) and one.runs[0].text[:4] == "II. ")
    assert [one.kind for one in blocks[title : title + 6]] == ["line"] * 6


def test_levels_of_the_party_form_of_2019_are_four_boxes_in_a_row():
    form = load("party-2019").forms["mau-02-hd-2019"]
    level = next(
        key
        for key, one in form.questions.items()
        if {o.value for o in one.options} == {"excellent", "good", "average", "poor"}
    )
    said = lines(paper(filing("party-2019", "mau-02-hd-2019", {level: "average"})))
    assert any(line.endswith("☐ Xuất sắc   ☐ Tốt   ☑ Trung bình   ☐ Kém") for line in said)


def test_a_party_form_names_the_cell_on_top():
    heading = paper(filing("party-2019", "mau-02-hd-2019", {"cell": "Chi bộ Văn phòng"})).heading
    assert (heading.office, heading.first) == ("CHI BỘ VĂN PHÒNG", "ĐẢNG CỘNG SẢN VIỆT NAM")
