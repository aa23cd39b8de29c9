"""The desk's campaigns: who may see them, how far they are, closing, settings."""

from dataclasses import replace

import pytest

from dialogs.core.buttons import Button
from dialogs.core.commands.campaigns import CloseCampaign, SetOffice, UndoCampaign
from dialogs.core.commands.refusals import Refuse
from dialogs.core.events import Commanded, Pressed, Said
from dialogs.core.turn import DeskFile
from dialogs.desk.guard import campaign_named
from rules.nouns.reviews import ReviewStatus
from rules.nouns.standings import ReviewLine
from tests.dialogs.desk_office import CAMPAIGN, DESK, Talk, standing, view
from tests.dialogs.small_office import HOA, LAN, MINH, NOW, TAM

AFTER_DUE = NOW.replace(day=7)
SOME = (
    standing(LAN),
    standing(MINH, ReviewStatus.SUBMITTED),
    standing(HOA, ReviewStatus.DECIDED),
    standing(TAM, started=False),
    standing(DESK, ReviewStatus.RETURNED),
)

#: Buttons about one campaign.
OF_ONE_CAMPAIGN = (
    "desk_campaign",
    "desk_unit",
    "desk_dates",
    "desk_move",
    "desk_close",
    "desk_close_now",
    "desk_undo",
    "desk_undo_now",
    "desk_tables",
)


def many(count: int, units: int = 1) -> tuple[ReviewLine, ...]:
    """Reviews of `count` people in `units` units, all not begun."""
    people = (
        replace(LAN, id=1000 + n, name=f"Người Thứ {n:03}", unit_id=50 + n % units, unit=f"Phòng {n % units:02}")
        for n in range(count)
    )
    return tuple(standing(person, started=False) for person in people)


@pytest.mark.parametrize(
    "event",
    [
        Commanded("dot"),
        Commanded("nhansu"),
        Commanded("nhantin"),
        *(
            Pressed(Button(verb, 0, ("5", "x")))
            for verb in ("desk_campaign", "desk_unit", "desk_open", "desk_close_now", "desk_tables")
        ),
        *(Pressed(Button(verb, 0, ("5", "x"))) for verb in ("desk_put", "desk_switch", "crew_issue", "cast_send")),
    ],
)
def test_nobody_but_the_desk_comes_in_and_the_refusal_is_kept(event) -> None:
    talk = Talk(view(*SOME), person=LAN)
    talk.does(event)
    (refused,) = talk.done
    assert isinstance(refused, Refuse)
    assert talk.reply.template == "desk/refused"


def test_without_what_the_room_knows_nobody_is_let_in() -> None:
    talk = Talk(None)  # type: ignore[arg-type]
    talk.does(Commanded("dot"))
    assert talk.reply.template == "desk/refused"


def test_the_one_open_campaign_is_shown_at_once_with_its_counts() -> None:
    talk = Talk(view(*SOME), now=AFTER_DUE)
    talk.does(Commanded("dot"))
    wanted = {
        "not_started": 1,
        "drafting": 1,
        "returned": 1,
        "waiting": 1,
        "approved": 0,
        "outside": 0,
        "decided": 1,
        "ended": 0,
    }
    assert talk.reply.values["counts"] == {**wanted, "total": 5}
    assert talk.reply.values["late"] == 3


def test_what_is_owed_no_longer_is_not_counted() -> None:
    talk = Talk(view(*SOME[:2], standing(TAM, ReviewStatus.ENDED)))
    talk.does(Commanded("dot"))
    assert talk.reply.values["counts"]["total"] == 2


def test_units_with_late_ones_come_first_page_by_page() -> None:
    talk = Talk(view(*many(40, units=20), standing(HOA, ReviewStatus.DECIDED)), now=AFTER_DUE)
    talk.does(Commanded("dot"))
    assert len(talk.reply.values["units"]) == 8
    assert all(unit["late"] == 2 for unit in talk.reply.values["units"])
    talk.presses("desk/next")
    talk.presses("desk/next")
    assert [unit["name"] for unit in talk.reply.values["units"]][-1] == HOA.unit
    assert "desk/next" not in talk.labels


def test_a_unit_of_120_is_turned_by_eight_late_ones_first() -> None:
    people = (*many(119), standing(replace(MINH, unit_id=50, unit="Phòng 00"), ReviewStatus.SUBMITTED))
    talk = Talk(view(*people), now=AFTER_DUE)
    talk.does(Commanded("dot"))
    talk.presses("desk/unit")
    assert [len(talk.reply.values["lines"]), talk.reply.values["count"]] == [8, 120]
    for _ in range(14):
        talk.presses("desk/next")
    assert talk.reply.values["lines"][-1]["name"] == MINH.name
    assert "desk/next" not in talk.labels


def test_a_rating_is_told_once_it_is_decided_and_never_before() -> None:
    talk = Talk(view(standing(LAN, ReviewStatus.APPROVED), standing(TAM, ReviewStatus.FINAL)))
    talk.does(Commanded("dot"))
    talk.presses("desk/unit")
    told = {line["name"]: line["rating"] for line in talk.reply.values["lines"]}
    assert told == {LAN.name: None, TAM.name: "good"}
    assert talk.text.count("Hoàn thành") == 1


def test_several_campaigns_are_listed_each_with_its_button() -> None:
    talk = Talk(
        view(campaigns=(CAMPAIGN, replace(CAMPAIGN, id=6, period="m05")), tallies={5: (1, 4, 1)}), now=AFTER_DUE
    )
    talk.does(Commanded("dot"))
    of_may, of_year = talk.reply.values["campaigns"]
    assert of_may["period"] == "m05"
    assert (of_year["sent"], of_year["total"], of_year["late"]) == (1, 4, 2)
    talk.presses("desk/campaign", "5")
    assert talk.reply.values["campaign"]["period"] == "year"


@pytest.mark.parametrize("verb", OF_ONE_CAMPAIGN)
def test_a_button_of_a_closed_campaign_says_so(verb: str) -> None:
    talk = Talk(view(campaigns=(), closed=(CAMPAIGN,)))
    talk.does(Pressed(Button(verb, 0, ("5",))))
    assert (talk.reply.template, talk.done) == ("desk/gone", [])


@pytest.mark.parametrize("verb", OF_ONE_CAMPAIGN)
def test_reaching_for_the_campaign_of_another_office_is_kept(verb: str) -> None:
    talk = Talk(view())
    talk.does(Pressed(Button(verb, 0, ("77",))))
    assert talk.reply.template == "desk/gone"
    assert [(one.reason, one.campaign) for one in talk.done] == [("not_here", 77)]


def test_closing_names_what_is_open_and_closes_exactly_that() -> None:
    talk = Talk(view(*SOME))
    talk.does(Commanded("dot"))
    talk.presses("desk/close")
    assert "4 bản chưa xong" in talk.text
    assert HOA.name not in talk.text
    talk.presses("desk/close_now")
    assert talk.done == [CloseCampaign(5, (101, 102, 104, 109))]


def test_with_nothing_open_a_campaign_is_closed_at_once() -> None:
    talk = Talk(view(standing(LAN, ReviewStatus.FINAL)))
    talk.does(Commanded("dot"))
    talk.presses("desk/close")
    talk.presses("desk/close_now")
    assert talk.done == [CloseCampaign(5, ())]


def test_what_changed_in_between_is_shown_anew_and_nothing_is_closed() -> None:
    talk = Talk(view(*SOME))
    talk.does(Commanded("dot"))
    talk.presses("desk/close")
    talk.room = view(standing(LAN, ReviewStatus.SUBMITTED), *SOME[1:])
    talk.presses("desk/close_now")
    assert (talk.reply.values["changed"], talk.done) == (True, [])
    talk.presses("desk/close_now")
    assert len(talk.done) == 1


def test_a_long_list_is_read_to_its_end_before_closing() -> None:
    talk = Talk(view(*many(45)))
    talk.does(Commanded("dot"))
    talk.presses("desk/close")
    assert "desk/close_now" not in talk.labels
    talk.presses("desk/next")
    talk.presses("desk/next")
    talk.presses("desk/close_now")
    assert len(talk.done[0].open_items) == 45


@pytest.mark.parametrize("name", ["remind", "digest", "review_workers"])
def test_a_switch_is_turned_and_pressed_twice_turned_once(name: str) -> None:
    talk = Talk(view())
    talk.does(Pressed(Button("desk_settings")))
    off = talk.key(f"desk/{name}").button
    talk.does(Pressed(off))
    assert talk.done == [SetOffice(name, value=False)]
    talk.room = view(settings=replace(view().settings, **{name: False}))
    talk.does(Pressed(off))
    assert talk.done == []


def test_a_setting_nobody_knows_changes_nothing() -> None:
    talk = Talk(view())
    talk.does(Pressed(Button("desk_switch", 0, ("quiet_from", "1"))))
    assert talk.done == []


def test_quiet_hours_are_typed() -> None:
    talk = Talk(view())
    talk.does(Pressed(Button("desk_ask_quiet")))
    for wrong in ("13-12", "12", "8 - 25", "trưa", "1 2 3", "²-³"):
        talk.does(Said(wrong))
        assert (talk.reply.template, talk.done) == ("desk/no_quiet", [])
    talk.does(Said("11 – 14"))
    assert talk.done == [SetOffice("quiet_from", 11), SetOffice("quiet_until", 14)]
    assert talk.focus is None


def test_days_of_telling_one_level_up_are_typed() -> None:
    talk = Talk(view())
    talk.does(Pressed(Button("desk_ask_escalate")))
    for wrong in ("3 2 1", "0 1 2", "1 2", "1 2 31"):
        talk.does(Said(wrong))
        assert (talk.reply.template, talk.done) == ("desk/no_escalate", [])
    talk.does(Said("2, 4, 6"))
    assert talk.done == [SetOffice("escalate_after", [2, 4, 6])]


def test_the_place_of_signature_is_typed_and_may_be_dotted_again() -> None:
    talk = Talk(view())
    talk.does(Pressed(Button("desk_ask_place")))
    for wrong in ("Q", "12", "<b>Huế</b>", "Quảng Ngãi " * 5, ", ."):
        talk.does(Said(wrong))
        assert (talk.reply.template, talk.done) == ("desk/no_place", [])
    talk.does(Said("  Quảng   Ngãi "))
    assert talk.done == [SetOffice("place", "Quảng Ngãi")]
    assert talk.reply.values["place"] == "Quảng Ngãi"
    talk.does(Pressed(Button("desk_ask_place")))
    talk.does(Said("-"))
    assert talk.done == [SetOffice("place", "")]


def test_the_shell_is_told_which_campaign_an_event_names() -> None:
    assert campaign_named(Pressed(Button("desk_unit", 0, ("7", "1"))), None) == 7
    assert campaign_named(Pressed(Button("cast_send", 0, ("7", "ab"))), {"campaign": 3}) == 7
    assert campaign_named(Pressed(Button("desk_tick", 0, ("a1b2c3", "1"))), None) == 0
    assert campaign_named(Said("5/12"), {"for": "desk_day", "campaign": 3}) == 3
    assert campaign_named(Commanded("dot"), None) == 0


def test_an_opening_is_taken_back_while_nobody_has_begun() -> None:
    talk = Talk(view(standing(LAN, started=False)))
    talk.does(Commanded("dot"))
    talk.presses("desk/undo")
    assert "Chưa ai làm bản nào." in talk.text
    talk.presses("desk/undo_now")
    assert talk.done == [UndoCampaign(5)]
    assert "Đã rút lại việc mở đợt này." in talk.text


def test_once_somebody_has_begun_there_is_no_taking_back() -> None:
    talk = Talk(view(standing(LAN)))
    talk.does(Commanded("dot"))
    assert "desk/undo" not in talk.labels
    talk.does(Pressed(Button("desk_undo_now", 0, ("5",))))
    assert "Đã có 1 bản được làm" in talk.text
    assert (talk.done, "desk/undo_now" in talk.labels) == ([], False)


def test_the_summary_tables_come_as_a_workbook_and_to_print() -> None:
    talk = Talk(view(*SOME))
    talk.does(Commanded("dot"))
    talk.presses("desk/tables", "5")
    files = [reply.attached for reply in talk.turn.replies]
    assert files == [DeskFile("tables_5", "xlsx"), DeskFile("tablespdf_5", "pdf")]
