"""Who is asked about which event."""

from dialogs import step
from dialogs.authority import door as decide
from dialogs.authority import petitions as petition
from dialogs.broadcast import door as cast
from dialogs.core.rooms import COMMANDS_INTO, Room
from dialogs.desk import door as desk
from dialogs.dossiers import door as dossier
from dialogs.head import door as head
from dialogs.improvement import door as plan
from dialogs.inquiries import door as inquiries
from dialogs.interview import (
    answering,
    citing,
    explaining,
    known,
    pieces,
    resuming,
    staying,
    submitting,
    together,
)
from dialogs.interview.items import lists
from dialogs.interview.several import choosing, finishing, taking
from dialogs.ledger import door as work
from dialogs.lobby import console, devices, menu, new_code, snoozing, welcome
from dialogs.meeting import door as meeting
from dialogs.opinions import door as opinion
from dialogs.people import door as crew
from dialogs.personal import desk as data_desk
from dialogs.personal import door as data
from dialogs.polls import door as vote
from dialogs.redoing import door as anew
from dialogs.report import door as report
from dialogs.result import door as result
from dialogs.rounds import door as rounds
from dialogs.stand_ins import door as cover
from dialogs.upward import door as upward

MODULES = (
    anew,
    answering,
    cast,
    choosing,
    citing,
    console,
    cover,
    crew,
    data,
    data_desk,
    decide,
    desk,
    devices,
    dossier,
    rounds,
    inquiries,
    explaining,
    finishing,
    known,
    head,
    lists,
    meeting,
    menu,
    new_code,
    opinion,
    petition,
    pieces,
    plan,
    report,
    result,
    resuming,
    snoozing,
    staying,
    submitting,
    taking,
    together,
    upward,
    vote,
    welcome,
    work,
)


def _offered(table: str) -> list[str]:
    return sorted(name for module in MODULES for name in getattr(module, table, {}))


def test_no_two_modules_claim_the_same_button():
    assert _offered("VERBS") == sorted(step.VERBS)


def test_no_two_modules_await_the_same_text():
    assert _offered("TEXTS") == sorted(step.TEXTS)


def test_every_command_of_the_menu_is_answered():
    assert {*menu.MENU, *menu.OF_DESK, *menu.UNLISTED} == set(step.COMMANDS)


def test_every_command_of_a_room_leads_into_it():
    assert {name: room for room in Room for name in getattr(getattr(step, room), "COMMANDS", ())} == COMMANDS_INTO


def test_what_a_room_understands_begins_with_its_name():
    named = ((room, name) for room in Room for name in (*getattr(step, room).VERBS, *getattr(step, room).TEXTS))
    assert [(room, name) for room, name in named if name.partition("_")[0] != room] == []
