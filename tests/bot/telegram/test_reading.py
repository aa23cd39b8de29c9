"""Updates in our words; the payloads are Telegram's."""

import datetime as dt
from typing import Any

import pytest
from aiogram.types import Update

from bot.door.channel import Incoming
from bot.telegram.reading import reading
from dialogs.core.buttons import Button
from dialogs.core.events import Commanded, Edited, Pressed, Said, Sent
from tests.standins.telegram_chat import CONTENTS

AN = {"id": 1001, "is_bot": False, "first_name": "An"}
PRIVATE = {"id": 1001, "type": "private", "first_name": "An"}
GROUP = {"id": -5005, "type": "supergroup", "title": "Phòng Tổng hợp"}
BOT = {"id": 7, "is_bot": True, "first_name": "Tự Soi"}


def update(**content: Any) -> Update:
    return Update.model_validate({"update_id": 42, **content})


def message(chat: Any = PRIVATE, **content: Any) -> dict[str, Any]:
    return {"message_id": 5, "from": AN, "chat": chat, "date": 1_800_000_000, **content}


def press(chat: Any = PRIVATE, **query: Any) -> Update:
    return update(
        callback_query={"id": "q", "from": AN, "chat_instance": "1", "message": message(chat, text="Câu 3"), **query}
    )


def incoming(given: Update) -> Incoming | None:
    return reading(given, "7").incoming


def event(**content: Any) -> Any:
    came = incoming(update(message=message(**content)))
    return came and came.event


def test_a_text_is_said_by_the_account_of_its_sender():
    assert incoming(update(message=message(text="95"))) == Incoming("telegram", "1001", "7:42", Said("95"), owed=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/start", Commanded("start")),
        ("/start ABCD-1234", Commanded("start", "ABCD-1234")),
        ("/tieptuc@tusoi_thu_bot", Commanded("tieptuc")),
        ("/TiepTuc ", Commanded("tieptuc")),
        ("/ hai", Said("/ hai")),
        ("/đi", Said("/đi")),
        ("/help", Commanded("trogiup")),
        ("/ help", Commanded("trogiup")),
        ("／help", Commanded("trogiup")),
        ("/Help@tusoi_thu_bot ", Commanded("trogiup")),
        ("/trợ giúp.", Commanded("trogiup")),
        ("/ Kết quả", Commanded("ketqua")),
        ("/la", Commanded("la")),
        ("/ không có, em chưa làm", Said("/ không có, em chưa làm")),
        ("1/2", Said("1/2")),
    ],
)
def test_a_command_is_what_telegram_shows_as_one(text, expected):
    assert event(text=text) == expected


def test_a_text_knows_when_it_was_sent_and_whether_its_app_may_have_cut_it():
    sent = dt.datetime.fromtimestamp(1_800_000_000, dt.UTC)
    assert (event(text="Tốt").at, event(text="Tốt").seam) == (sent, None)
    assert event(text="ă" * 4096).seam == ""  # in the middle of a word
    assert event(text="Việc. " * 500 + "Hết.").seam == "\n"  # after a sentence


def test_half_of_a_character_is_replaced():
    assert event(text="a\ud83d") == Said("a\ufffd")


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("photo", "photo"), ("sticker", "sticker"), ("voice", "voice"), ("video", "video"), ("video_note", "video"),
        ("document", "document"), ("location", "location"), ("audio", "other"), ("contact", "other"), ("dice", "other"),
    ],
)  # fmt: skip
def test_other_contents_are_sent(kind, what):
    assert event(**{kind: CONTENTS[kind]}) == Sent(what)


def test_what_telegram_invents_next_year_is_sent_as_other():
    assert event(hologram={"size": 3}) == Sent("other")


def test_a_service_message_is_nothing_anybody_said():
    assert event(pinned_message=CONTENTS["pinned_message"]) is None


def test_a_press_carries_its_button_and_its_message():
    pressed = press(data="answer:12:cau_3:good")
    assert incoming(pressed) == Incoming(
        "telegram", "1001", "7:42", Pressed(Button("answer", 12, ("cau_3", "good"))), owed=True
    )
    assert reading(pressed).pressed == 5


@pytest.mark.parametrize("data", ["", "rác", "answer:x", "a:1\ud83d"])
def test_a_press_with_data_that_is_not_ours_has_no_button(data):
    assert incoming(press(data=data)) == Incoming("telegram", "1001", "7:42", Pressed(None), owed=True)


def test_a_group_is_an_intrusion_and_never_an_event():
    for intruder in (update(message=message(GROUP, text="/start")), press(GROUP, data="answer:1")):
        assert incoming(intruder) is None
        assert reading(intruder).group == -5005


def test_a_post_in_a_channel_is_nothing():
    post = update(channel_post={"message_id": 1, "date": 0, "chat": {"id": -1, "type": "channel"}, "text": "tin"})
    assert incoming(post) is None
    assert reading(post).group is None


def test_an_edited_text_is_known_by_the_bot_and_the_message_it_was():
    changed = update(edited_message=message(text="96", edit_date=1_800_000_001))
    assert incoming(changed) == Incoming("telegram", "1001", "7:42", Edited("96", "7:5"), owed=True)
    assert event(text="95").message == "7:5"


@pytest.mark.parametrize("text", ["/start ABCD-1234", "/thoat", "／help"])
def test_an_edited_command_is_a_text_that_was_edited(text):
    found = incoming(update(edited_message=message(text=text, edit_date=1)))
    assert found.event == Edited(text, "7:5")


def test_what_else_is_edited_is_no_event():
    for content in ({"location": CONTENTS["location"]}, {"photo": CONTENTS["photo"], "caption": "96"}):
        assert incoming(update(edited_message=message(edit_date=1, **content))) is None


KEYBOARD = {
    "inline_keyboard": [
        [{"text": "Tốt", "callback_data": "answer:12:cau_3:good"}, {"text": "?", "url": "https://vi.example"}]
    ]
}


def before(sender: Any = BOT, **content: Any) -> dict[str, Any]:
    """A message that is answered."""
    return {**message(text="Câu 3"), "from": sender, "reply_markup": KEYBOARD, **content}


def test_a_text_under_a_message_of_ours_knows_its_buttons():
    said = event(text="tốt", reply_to_message=before())
    assert said.under == (Button("answer", 12, ("cau_3", "good")),)


@pytest.mark.parametrize(
    "answered",
    [
        before(AN),
        before({"id": 8, "is_bot": True, "first_name": "Bot khác"}),
        before(via_bot={"id": 8, "is_bot": True, "first_name": "Bot khác"}),
        {name: value for name, value in before().items() if name != "from"},
        {**message(text="95")},
        {"message_id": 3, "date": 0, "chat": PRIVATE},
    ],
    ids=["one's own", "another bot's", "through another bot", "nobody's", "without buttons", "gone"],
)
def test_a_text_under_any_other_message_is_a_text(answered):
    assert event(text="tốt", reply_to_message=answered).under == ()


def test_buttons_under_a_message_that_are_not_ours_are_none():
    rows = [[{"text": "A", "callback_data": "rác"}], [{"text": "B", "callback_data": "a:1\ud83d"}]]
    assert event(text="x", reply_to_message=before(reply_markup={"inline_keyboard": rows})).under == ()


@pytest.mark.parametrize(("status", "reachable"), [("kicked", False), ("member", True)])
def test_blocking_and_returning_change_the_standing(status, reachable):
    member = {"status": status, "user": BOT, "until_date": 0}
    old = {"status": "member", "user": BOT}
    change = update(
        my_chat_member={"chat": PRIVATE, "from": AN, "date": 0, "old_chat_member": old, "new_chat_member": member}
    )
    found = reading(change)
    assert (found.account, found.reachable) == ("1001", reachable)
    assert incoming(change) is None
