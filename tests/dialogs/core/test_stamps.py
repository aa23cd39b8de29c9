"""Stamps stand on buttons of old messages: what they were worked out from, and how long they are, stays."""

from dialogs.authority.pending import Pending
from dialogs.core.stamps import DECISION, comment_stamp, lines_stamp, seal, stamp, text_stamp
from rules.nouns.values import Rating


def test_a_value_is_stamped_whatever_the_order_of_its_keys() -> None:
    assert stamp({"b": [1, 2.5, None], "a": "Đạt"}) == stamp({"a": "Đạt", "b": [1, 2.5, None]}) == "8785"


def test_pages_of_the_desk_have_longer_stamps() -> None:
    assert seal("decree-90-2020") == "6af1812d15"
    assert seal([["decree-90-2020"], 2023, "year", {}]) == "0966c5c892"


def test_a_comment_and_an_opinion() -> None:
    assert comment_stamp("Làm tốt.") == "cedf79"
    assert comment_stamp("") == "0"


def test_a_decision_a_list_of_them_and_an_answer() -> None:
    assert Pending({"self": Rating.GOOD}, {"remarks": "Đạt"}).mark == "79090e6f"
    assert lines_stamp(["100:1:1:[('self', 'good')]", "101:2:1:[]"], DECISION) == "f29a2b56"
    assert text_stamp("Làm tốt.", DECISION) == "cedf79ee"
