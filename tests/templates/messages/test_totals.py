"""What a form works out of the answers, as a card tells it."""

from templates.wording import environment


def test_a_total_of_a_notice_that_was_kept_before_figures_could_be_typed_is_read() -> None:
    kept = [{"fact": "score", "title": "Tổng điểm", "value": 85}]
    words = environment("vi").from_string('{% include "review/_totals.j2" %}').render(totals=kept)
    assert "• Tổng điểm: <b>85 điểm</b>" in words
