"""The desk writes to many: filters, the very words before sending, once, and what became of it."""

from dataclasses import replace

import pytest

from dialogs.core.buttons import Button
from dialogs.core.commands.campaigns import Broadcast
from dialogs.core.events import Commanded, Pressed, Said
from rules.nouns.reviews import ReviewStatus
from tests.dialogs.desk_office import CAMPAIGN, DESK, DRIVER, EVERYBODY, Talk, standing, view
from tests.dialogs.small_office import HOA, LAN, MINH, NOW, TAM

SOME = (
    standing(LAN),
    standing(MINH, ReviewStatus.SUBMITTED),
    standing(HOA, ReviewStatus.RETURNED),
    standing(TAM, started=False),
)
TEXT = "Mời các đồng chí nộp bản tự đánh giá."
KEY = f"cast:{DESK.id}:{NOW:%Y%m%d%H%M%S%f}"


def written(talk: Talk, *words: str, text: str = TEXT) -> Talk:
    """A message to those of the filter whose button has these words."""
    talk.does(Commanded("nhantin"))
    talk.presses("cast/to", *words)
    talk.does(Said(text))
    return talk


@pytest.mark.parametrize(
    ("kind", "people"),
    [
        ("all", {LAN, MINH, HOA, TAM, DRIVER}),
        ("not_started", {TAM}),
        ("owed", {LAN, HOA, TAM}),
        ("returned", {HOA}),
        ("waiting", {MINH}),
    ],
)
def test_filters_by_how_far_a_review_is(kind: str, people: set) -> None:
    talk = written(Talk(view(*SOME)), kind)
    talk.presses("cast/send")
    (sent,) = talk.done
    assert isinstance(sent, Broadcast)
    assert (set(sent.to), sent.campaign, sent.text) == ({one.id for one in people}, 5, TEXT)


def test_a_unit() -> None:
    talk = Talk(view(*SOME))
    talk.does(Commanded("nhantin"))
    talk.presses("cast/which_unit")
    talk.presses("cast/to", "10")
    talk.does(Said(TEXT))
    talk.presses("cast/send")
    assert talk.done == [Broadcast(5, KEY, TEXT, (LAN.id, MINH.id, TAM.id))]


def test_a_group() -> None:
    people = (replace(LAN, group="Chuyên viên: tổng hợp"), replace(TAM, group="Văn thư"), MINH)
    talk = Talk(view(people=people))
    talk.does(Commanded("nhantin"))
    talk.presses("cast/which_group")
    talk.presses("cast/to", "0")
    assert "Chuyên viên: tổng hợp" in talk.text
    talk.does(Said(TEXT))
    talk.presses("cast/send")
    assert talk.done[0].to == (LAN.id,)


def test_without_groups_no_group_is_offered_and_an_old_button_finds_nobody() -> None:
    talk = Talk(view())
    talk.does(Commanded("nhantin"))
    assert "cast/which_group" not in talk.labels
    for words in (("5", "group", "0"), ("5", "group", "²"), ("5", "unit", "x"), ("5", "rating"), ("5", "returned")):
        talk.does(Pressed(Button("cast_to", 0, words)))
        assert (talk.reply.template, talk.done) == ("cast/nobody", [])


def test_the_preview_has_the_very_words_the_count_and_the_first_names() -> None:
    hostile = "Mời <b>nộp</b>\n\n\n{{ 7 * 7 }} %(n)s"
    talk = written(Talk(view(*SOME)), "all", text=hostile)
    values = talk.reply.values
    assert (values["text"], values["count"], values["by"]) == ("Mời <b>nộp</b>\n\n{{ 7 * 7 }} %(n)s", 5, DESK.name)
    assert LAN.name in values["names"]
    assert values["not_joined"] == 4
    assert "&lt;b&gt;nộp&lt;/b&gt;" in talk.text
    assert "49" not in talk.text
    assert talk.done == []


def test_of_many_the_first_names_and_how_many_more() -> None:
    many = tuple(replace(LAN, id=100 + n, name=f"Người Số {n:02}") for n in range(20))
    talk = written(Talk(view(people=many)), "all")
    assert (len(talk.reply.values["names"]), talk.reply.values["more"]) == (8, 12)


@pytest.mark.parametrize(("text", "template"), [(" \u200b ", "cast/expected"), ("á" * 1001, "cast/too_long")])
def test_a_message_that_cannot_be_sent_is_written_again(text: str, template: str) -> None:
    talk = written(Talk(view(*SOME)), "all", text=text)
    assert talk.reply.template == template
    talk.does(Said(TEXT))
    assert talk.reply.template == "cast/preview"


def test_written_again_the_newest_words_are_sent() -> None:
    talk = written(Talk(view(*SOME)), "all")
    first = talk.key("cast/send").button
    talk.does(Said("Lời khác"))
    talk.does(Pressed(first))
    assert (talk.reply.template, talk.reply.values["text"], talk.done) == ("cast/preview", "Lời khác", [])
    talk.presses("cast/send")
    assert talk.done[0].text == "Lời khác"


def test_pressed_twice_it_is_sent_once() -> None:
    talk = written(Talk(view(*SOME)), "all")
    sending = talk.key("cast/send").button
    talk.does(Pressed(sending))
    assert talk.done[0].key == KEY
    talk.does(Pressed(sending))
    assert (talk.reply.template, talk.done) == ("cast/gone", [])


def test_when_those_it_goes_to_have_changed_it_is_shown_anew_under_the_same_key() -> None:
    talk = written(Talk(view(*SOME)), "not_started")
    talk.room = view(standing(LAN, started=False), *SOME[1:])
    talk.now = NOW.replace(hour=10)
    talk.presses("cast/send")
    assert (talk.reply.values["changed"], talk.done) == (True, [])
    talk.presses("cast/send")
    assert talk.done == [Broadcast(5, KEY, TEXT, (LAN.id, TAM.id))]


def test_when_nobody_is_left_nothing_is_sent() -> None:
    talk = written(Talk(view(*SOME)), "not_started")
    talk.room = view(*SOME[:3])
    talk.presses("cast/send")
    assert (talk.reply.template, talk.done) == ("cast/nobody", [])


def test_another_command_ends_the_writing() -> None:
    talk = Talk(view(*SOME))
    talk.does(Commanded("nhantin"))
    talk.presses("cast/to", "all")
    talk.does(Commanded("dot"))
    assert talk.focus is None


def test_without_a_campaign_nobody_is_anywhere_in_a_review() -> None:
    talk = Talk(view(campaigns=()))
    talk.does(Commanded("nhantin"))
    assert [label for label in talk.labels if label.startswith("cast/")] == ["cast/to", "cast/which_unit"]
    talk.presses("cast/to", "all")
    talk.does(Said(TEXT))
    talk.presses("cast/send")
    assert talk.done[0].campaign == 0


def test_the_report_counts_and_names_who_was_not_reached_page_by_page() -> None:
    many = tuple(replace(LAN, id=100 + n, name=f"Người Số {n:02}") for n in range(20))
    delivered = {"broadcast": {"sent": 3, "blocked": 1, "failed": 2}, "": {"sent": 9, "sending": 1, "waiting": 2}}
    unreached = {one.id: "blocked" for one in many}
    talk = Talk(view(people=(*EVERYBODY, *many), delivered=delivered, unreached=unreached))
    talk.does(Pressed(Button("cast_report", 0, (str(CAMPAIGN.id),))))
    assert talk.reply.values["messages"] == {"sent": 3, "waiting": 0, "failed": 2, "blocked": 1}
    assert talk.reply.values["notices"] == {"sent": 9, "waiting": 3, "failed": 0, "blocked": 0}
    assert len(talk.reply.values["lines"]) == 8
    talk.presses("desk/next")
    talk.presses("desk/next")
    assert [one["unit"] for one in talk.reply.values["lines"]] == [LAN.unit] * 4
