"""What seems a question where an answer is awaited, and what it asks about."""

import pytest

from rules.nouns.questions import TOPICS, seems_asked, speaks_of, topic_of


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Bao giờ phải nộp?", "due"),
        ("bao gio phai nop", "due"),
        ("Hạn là ngày nào?", "due"),
        ("Ai duyệt bản của tôi?", "who"),
        ("gửi cho ai", "who"),
        ("Điểm này tính thế nào?", "how"),
        ("Diem nay tinh the nao", "how"),
        ("Tại sao hỏi câu này", "how"),
        ("Không có thì sao?", "none"),
        ("khong co thi sao", "none"),
        ("Câu này có bỏ qua được không", "none"),
        ("Xem lại ở đâu?", "where"),
        ("Ghi gì ở đây?", "write"),
        ("When is it due?", "due"),
        ("who approves mine", "who"),
        ("How is it calculated?", "how"),
        ("Hôm nay trời có mưa không?", ""),
    ],
)
def test_a_question_is_known_with_and_without_diacritics(text, topic):
    assert seems_asked(text)
    assert topic_of(text) == topic
    assert topic in {*TOPICS, ""}


@pytest.mark.parametrize(
    "text",
    [
        "Đã giải quyết vướng mắc ‘làm thế nào để…?’",
        "Đã trả lời 12 câu hỏi “khi nào có kết quả?” của người dân.",
        "Không",
        "Không ạ",
        "Không có",
        "Chưa rõ",
        "4,5",
        "tháng 9 năm 2026",
        "Máy tính hỏng nên chậm một báo cáo",
        "may tinh hong nen cham mot bao cao",
        "Aí chà",
        "Khi nào được giao việc gấp tôi cũng nhận và làm xong trong ngày, báo cáo lại lãnh đạo phòng đúng hạn",
        "",
    ],
)
def test_an_honest_answer_is_none(text):
    assert not seems_asked(text)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("tháng 9 của Lò Thị Xuyến là 85", True),
        ("thang 9 cua lo thi xuyen la 85", True),
        ("của Xuyến là 85", True),
        ("điểm chị Xuyến 85", True),
        ("85", False),
        ("Đã xuyến suốt", False),
        ("Cùng Lò Thị Xuyến rà soát " + "từng hồ sơ đất đai của xã " * 4, False),
    ],
)
def test_a_short_text_speaks_of_somebody_by_name(text, named):
    assert speaks_of(text, "Lò Thị Xuyến") is named
