"""Help, language, another device, commands nobody knows."""

import pytest

from dialogs.core.buttons import Button
from dialogs.core.commands.accounts import IssueInvitation, SetLanguage, Untie
from dialogs.core.events import Commanded, Pressed
from dialogs.core.state import State
from dialogs.core.turn import SetFocus
from dialogs.lobby.menu import MENU
from dialogs.step import COMMANDS, step
from tests.dialogs.small_office import BOOKS, LAN, MINH, NOW, draft, review

OWN = review(review_id=55)
STATE = State(LAN, "vi", NOW, own=OWN)


def test_every_command_of_the_menu_has_somebody_who_answers() -> None:
    assert set(MENU) <= set(COMMANDS)


def test_help_lists_the_commands_of_use_to_an_employee() -> None:
    (reply,) = step(BOOKS, STATE, Commanded("trogiup")).replies
    assert reply.template == "menu/help"
    assert reply.values["commands"] == [
        "start",
        "tieptuc",
        "xemtruoc",
        "cancu",
        "ketqua",
        "khacphuc",
        "gopy",
        "nhacsau",
        "trogiup",
        "dulieu",
        "ngonngu",
        "thietbi",
    ]


def test_help_of_a_head_lists_what_waits() -> None:
    state = State(MINH, "vi", NOW, own=OWN, waiting=(review(draft()),))
    (reply,) = step(BOOKS, state, Commanded("trogiup")).replies
    assert "choduyet" in reply.values["commands"]


def test_an_unknown_command_gets_a_kind_line_and_the_menu() -> None:
    turn = step(BOOKS, STATE, Commanded("xyz", "; drop table"))
    assert turn.replies[0].template == "menu/unknown"
    assert turn.commands == ()


def test_the_language_is_chosen_by_a_button() -> None:
    asked = step(BOOKS, STATE, Commanded("ngonngu"))
    english = asked.replies[0].keyboard[0][1].button
    assert step(BOOKS, STATE, Pressed(english)).commands == (SetLanguage("en"),)


def test_the_language_may_be_given_with_the_command() -> None:
    assert step(BOOKS, STATE, Commanded("ngonngu", " EN ")).commands == (SetLanguage("en"),)


@pytest.mark.parametrize("about", [(), ("fr",), ("../en",)])
def test_a_language_we_do_not_speak_shows_the_choice_again(about: tuple[str, ...]) -> None:
    turn = step(BOOKS, STATE, Pressed(Button("language", 0, about)))
    assert turn.replies[0].template == "menu/language"
    assert turn.commands == ()


def test_another_device_gets_a_fresh_code_kept_before_it_is_shown() -> None:
    links = {"code": "ABCDEFGHJKMN", "web": "https://tusoi.example/i/ABCDEFGHJKMN"}
    state = State(LAN, "vi", NOW, own=OWN, fresh_code="ABCDEFGHJKMN", links=links)
    turn = step(BOOKS, state, Commanded("thietbi"))
    assert turn.commands == (IssueInvitation("ABCDEFGHJKMN"),)
    assert (turn.replies[0].values["code"], turn.replies[0].values["minutes"]) == ("ABCDEFGHJKMN", 30)
    assert turn.replies[0].values["web"] == "https://tusoi.example/i/ABCDEFGHJKMN"


def test_signing_out_unties_this_account_and_says_how_to_come_back() -> None:
    turn = step(BOOKS, STATE, Commanded("thoat"))
    assert [type(command) for command in turn.commands] == [SetFocus, Untie]
    assert turn.replies[0].template == "menu/signed_out"
