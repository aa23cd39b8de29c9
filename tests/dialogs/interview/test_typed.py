"""Letters of a text: what is told when it is typed, and what is kept."""

import pytest

from dialogs.core.events import Said
from tests.dialogs.texts_office import Talk


def test_decorative_letters_are_kept_as_plain_ones_and_it_is_told() -> None:
    talk = Talk()
    talk.says(Said("𝐓𝐨̂́𝐭 lắm"))
    assert talk.answers == {"strengths": "Tốt lắm"}
    assert "Chữ trang trí được ghi bằng chữ thường: 𝐓𝐨̂́𝐭 → <b>Tốt</b>." in talk.text


def test_hidden_characters_are_left_out_and_it_is_told() -> None:
    talk = Talk()
    talk.says(Said("Tận\u200b tụy\ufeff"))
    assert talk.answers == {"strengths": "Tận tụy"}
    assert "Đã bỏ 2 ký tự ẩn không nhìn thấy" in talk.text


def test_what_the_paper_cannot_draw_is_kept_and_it_is_told() -> None:
    talk = Talk()
    talk.says(Said("Nhà 👨‍👩‍👧 vui 😀"))
    assert talk.answers == {"strengths": "Nhà 👨‍👩‍👧 vui 😀"}
    assert "không vẽ được: 👨‍👩‍👧 (sẽ in [U+1F468 U+1F469 U+1F467])" in talk.text


@pytest.mark.parametrize("typed", ["Tên \ue001 lạ", "Tên \ufffd lạ", "\u0378", "Z̶̢̛algo", "số \u202e21\u202c"])
def test_what_nobody_can_read_is_not_kept(typed: str) -> None:
    talk = Talk()
    talk.says(Said(typed))
    assert talk.answers == {}
    assert "Tôi chưa ghi: tin nhắn có chữ không đọc được" in talk.text
    assert "\u202e" not in talk.text
    assert talk.current == "strengths"


def test_an_old_code_table_is_named_with_what_it_would_be() -> None:
    talk = Talk()
    talk.says(Said("Hoµn thµnh tèt nhiÖm vô"))
    assert talk.answers == {}
    assert "bảng mã cũ (TCVN3)" in talk.text
    assert "<code>Hoàn thành tốt nhiệm vụ</code>" in talk.text


def test_what_is_typed_as_usual_is_not_spoken_of() -> None:
    talk = Talk()
    talk.says(Said("Hoàn thành 95,5% – “đúng hạn”; 2 m² …\n\nCảm ơn!"))
    assert talk.answers == {"strengths": "Hoàn thành 95,5% – “đúng hạn”; 2 m² …\n\nCảm ơn!"}
    assert len(talk.replies) == 1
