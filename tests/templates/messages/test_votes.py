"""What a ballot came to, as it reads."""

from templates.wording import message

GROUP = {"taken": [], "tied": [], "beyond": [], "short": [], "places": None, "places_for_tied": 0}


def _result(**more: object) -> str:
    told = {"title": "Lần 2", "mode": "paper", "entitled": 10, "given": 9, "returned": 9, "invalid": 0, "lines": []}
    told |= {"attempts": [], "settled": None, "cite": "B.III.2", "tie_to": "", "tie": "", "unanimous": []}
    return message("vote/result", {**told, **more}, "vi")


def test_the_quota_of_the_whole_office_beside_those_of_groups_has_a_name() -> None:
    left = {**GROUP, "name": "Y sĩ, Chuyên viên", "left": [{"name": "Đỗ Tuấn Dung", "votes": 8}]}
    settled = {
        "more_than": True,
        "needed": 7,
        "share": [2, 3],
        "of": "đảng viên chính thức",
        "base": 10,
        "unknown": False,
    }
    said = _result(settled={**settled, "groups": [left], "shares": [["", 2], ["Y sĩ", 1], ["Chuyên viên", 0]]})
    assert "Chỉ tiêu từng nhóm: toàn cơ quan 2; Y sĩ 1; Chuyên viên 0." in said
    assert "người chủ trì kết luận, không vượt chỉ tiêu nào." in said


def test_of_a_vote_over_four_ratings_each_line_says_what_was_marked() -> None:
    marked = {
        "text": "Vũ Lan",
        "counts": [["excellent", 7], ["good", 2], ["completed", 0], ["not_completed", 0]],
        "blank": 0,
        "named": [],
    }
    nobody = {
        "text": "Lê Hà",
        "counts": [[one, 0] for one in ("excellent", "good", "completed", "not_completed")],
        "blank": 9,
        "named": [],
    }
    asked = {"text": "Việc khác", "counts": [["yes", 9], ["no", 0]], "blank": 0, "named": []}
    said = _result(lines=[marked, nobody, asked])
    assert "1. Vũ Lan: hoàn thành xuất sắc nhiệm vụ 7, hoàn thành tốt nhiệm vụ 2.\n" in said
    assert "không hoàn thành nhiệm vụ 0, bỏ trống 9.\n" in said  # of a line that nobody marked all of them
    assert "3. Việc khác: đồng ý 9, không đồng ý 0.\n" in said
