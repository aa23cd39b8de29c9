"""The figures of a ballot as the minutes print them: a line for whoever stood on the slip; minutes of before as they were printed then."""

from rules.meeting.minutes import Count, MinutesAround, content
from rules.meeting.nouns.meeting import Meeting
from templates.documents.minutes.page import Kind, Line, minutes_page

RESULTS = (("Trần An", "excellent", 6), ("Trần An", "good", 2), ("Lê Bình", "excellent", 0), ("Lê Bình", "good", 8))
HEAD = "9 người có quyền bỏ phiếu; phát ra 8 phiếu, thu về 8 phiếu, không hợp lệ 0 phiếu."


def _kept(*, paper: bool = False) -> dict:
    count = Count("Lần 1", secret=True, entitled=9, given=8, counted=8, void=0, results=RESULTS, paper=paper)
    return content(Meeting(1, 1, 1, "Chi bộ", "Cơ sở"), MinutesAround(counts=(count,)))


def _printed(kept: dict) -> list[Line]:
    lines = minutes_page(kept).lines
    first = next(place for place, line in enumerate(lines) if line == Line(Kind.HEAD, "III. KẾT QUẢ BỎ PHIẾU"))
    return [*lines[first + 1 :]]


def test_each_line_of_a_slip_stands_by_itself_and_paper_is_called_paper() -> None:
    points = [
        Line(Kind.POINT, "Hoàn thành xuất sắc nhiệm vụ 6; Hoàn thành tốt nhiệm vụ 2.", "- Trần An:"),
        Line(Kind.POINT, "Hoàn thành xuất sắc nhiệm vụ 0; Hoàn thành tốt nhiệm vụ 8.", "- Lê Bình:"),
    ]
    assert _printed(_kept(paper=True)) == [Line(Kind.TEXT, f"Lần 1 (phiếu giấy): {HEAD}"), *points]
    assert _printed(_kept()) == [Line(Kind.TEXT, f"Lần 1 (bỏ phiếu kín): {HEAD}"), *points]


def test_minutes_that_do_not_say_whether_it_was_paper_stand_as_they_were() -> None:
    kept = _kept()
    del kept["counts"][0]["paper"]
    (line,) = _printed(kept)
    assert line.text.startswith(
        f"Lần 1 (bỏ phiếu kín): {HEAD} Trần An, Hoàn thành xuất sắc nhiệm vụ: 6 phiếu; Trần An,"
    )
