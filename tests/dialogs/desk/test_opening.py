"""The desk prepares and opens a campaign, and moves its days."""

import datetime as dt
from dataclasses import replace

import pytest

from dialogs.core.buttons import MAX_BYTES, Button
from dialogs.core.commands.campaigns import MoveMilestone, OpenCampaign
from dialogs.core.events import Commanded, Pressed, Said
from dialogs.core.stamps import seal
from dialogs.desk.lines import lines_of, warnings_of
from dialogs.desk.opening import tick
from dialogs.desk.plan import Plan, as_parts, days_of, moved_to, remembered
from dialogs.desk.preview import OpeningPreview, preview_of
from rules.book.editions import rating_day
from rules.book.procedure import Effect, Procedure, SpecialCase
from rules.nouns import conditions
from rules.nouns.conditions import When
from rules.nouns.office import OfficeSettings
from rules.nouns.reviews import Campaign
from rules.nouns.values import Subject
from rules.reading.load import load
from tests.dialogs.desk_office import BOOK, CAMPAIGN, DAYS, DRIVER, EVERYBODY, OTHER, Talk, at_desk, view
from tests.dialogs.small_office import HOA, LAN, NOW

UNIT_REVIEW = seal("unit_review")
NOTHING_OPEN = view(campaigns=())


def prepared(talk: Talk, *books: str) -> Talk:
    """The desk has ticked these rulebooks."""
    talk.does(Pressed(Button("desk_new")))
    for name in books:
        talk.presses("desk/tick", name, "1")
    return talk


def ticked(talk: Talk) -> list[str]:
    """The titles that are ticked."""
    return [one["title"] for one in talk.reply.values["offered"] if one["on"]]


def test_rulebooks_are_ticked_and_taken_out_again_pressed_twice_ticked_once() -> None:
    talk = prepared(Talk(NOTHING_OPEN), BOOK.id)
    taking_in = Button("desk_tick", 0, (seal(OTHER.id), "1"))
    talk.does(Pressed(taking_in))
    talk.does(Pressed(taking_in))
    assert ticked(talk) == [BOOK.title, OTHER.title]
    talk.presses("desk/tick", BOOK.id, "0")
    assert ticked(talk) == [OTHER.title]


def test_a_rulebook_that_is_not_offered_is_not_taken_in() -> None:
    talk = prepared(Talk(NOTHING_OPEN))
    talk.does(Pressed(Button("desk_tick", 0, ("../etc", "1"))))
    assert ticked(talk) == []


def test_nothing_is_looked_at_before_a_rulebook_is_ticked() -> None:
    talk = prepared(Talk(NOTHING_OPEN))
    assert "desk/preview" not in talk.labels
    talk.does(Pressed(Button("desk_preview")))
    assert talk.reply.template == "desk/choose"


def test_years_near_the_present_one_may_be_chosen() -> None:
    talk = prepared(Talk(NOTHING_OPEN), BOOK.id)
    talk.presses("desk/year", "2019")
    assert talk.reply.values["year"] == 2019
    talk.does(Pressed(Button("desk_year", 0, ("1999",))))
    assert talk.reply.values["year"] == 2019


def test_a_period_is_offered_only_where_a_rulebook_has_forms_for_it() -> None:
    talk = prepared(Talk(NOTHING_OPEN), BOOK.id)
    assert "desk/period" not in talk.labels
    talk.presses("desk/tick", OTHER.id, "1")
    talk.presses("desk/period", "quarter")
    talk.presses("desk/period", "q2")
    assert talk.reply.values["period"] == "q2"
    talk.presses("desk/tick", OTHER.id, "0")
    assert talk.reply.values["period"] == "year"


def test_the_preview_tells_who_gets_what_and_who_gets_nothing_and_why() -> None:
    talk = prepared(Talk(NOTHING_OPEN), BOOK.id)
    talk.presses("desk/preview")
    values = talk.reply.values
    assert (values["people"], values["forms_count"]) == (5, 5)
    assert [(form["code"], form["count"]) for form in values["forms"]] == [("Mẫu thử", 5)]
    assert [(one["name"], one["why"]) for one in values["without"]] == [(DRIVER.name, "subject")]
    assert [line["day"] for line in values["dates"]] == ["2020-12-04", "2020-12-10", "2020-12-20"]


def test_many_without_a_form_are_told_page_by_page() -> None:
    drivers = tuple(replace(DRIVER, id=200 + n) for n in range(20))
    talk = prepared(Talk(replace(NOTHING_OPEN, people=(LAN, *drivers))), BOOK.id)
    talk.presses("desk/preview")
    talk.presses("desk/next")
    talk.presses("desk/next")
    assert [talk.reply.values["first"], talk.reply.values["last"]] == [17, 20]
    assert "desk/open" in talk.labels


def test_it_is_opened_as_it_was_shown_with_the_rulebook_s_days() -> None:
    talk = prepared(Talk(NOTHING_OPEN), BOOK.id)
    talk.presses("desk/preview")
    talk.presses("desk/open")
    assert talk.done == [OpenCampaign((BOOK.id,), 2020, "year", {BOOK.id: DAYS})]
    assert talk.focus is None


def test_pressed_twice_it_is_opened_once() -> None:
    talk = prepared(Talk(NOTHING_OPEN), BOOK.id)
    talk.presses("desk/preview")
    opening = talk.key("desk/open").button
    talk.does(Pressed(opening))
    talk.does(Pressed(opening))
    assert (talk.reply.template, talk.done) == ("desk/no_plan", [])


def test_when_somebody_else_opened_it_meanwhile_that_is_said() -> None:
    talk = prepared(Talk(NOTHING_OPEN), BOOK.id)
    talk.presses("desk/preview")
    opening = talk.key("desk/open").button
    talk.room = view()
    talk.does(Pressed(opening))
    assert (talk.reply.values["taken"], talk.done) == (True, [])
    assert "desk/open" not in talk.labels


def test_when_the_roster_changed_meanwhile_it_is_shown_anew() -> None:
    talk = prepared(Talk(NOTHING_OPEN), BOOK.id)
    talk.presses("desk/preview")
    talk.room = replace(NOTHING_OPEN, people=EVERYBODY[1:])
    talk.presses("desk/open")
    assert (talk.reply.values["changed"], talk.done) == (True, [])
    talk.presses("desk/open")
    assert len(talk.done) == 1


def test_a_campaign_for_nobody_is_not_opened() -> None:
    talk = prepared(Talk(replace(NOTHING_OPEN, people=(DRIVER,))), BOOK.id)
    talk.presses("desk/preview")
    assert "desk/open" not in talk.labels


def test_a_rulebook_out_of_force_is_warned_of() -> None:
    talk = prepared(Talk(NOTHING_OPEN), OTHER.id)
    talk.presses("desk/year", "2021")
    talk.presses("desk/preview")
    assert "không có hiệu lực trong năm 2021" in talk.text


def test_a_text_while_preparing_changes_nothing() -> None:
    talk = prepared(Talk(NOTHING_OPEN), BOOK.id)
    talk.does(Said("mở đi"))
    assert (talk.reply.template, talk.done) == ("desk/choose", [])
    assert ticked(talk) == [BOOK.title]


def test_another_command_ends_the_preparing() -> None:
    talk = prepared(Talk(NOTHING_OPEN), BOOK.id)
    talk.does(Commanded("trogiup"))
    assert talk.focus is None


def test_days_of_a_prepared_campaign_are_moved_before_it_is_opened() -> None:
    talk = prepared(Talk(NOTHING_OPEN), BOOK.id)
    talk.presses("desk/preview")
    talk.presses("desk/dates")
    talk.presses("desk/move", "dossiers")
    talk.does(Said("22/12/2020"))
    assert talk.done == []
    talk.presses("desk/preview")
    talk.presses("desk/open")
    assert talk.done[0].timetable == {BOOK.id: {**DAYS, "dossiers": dt.date(2020, 12, 22)}}


def test_another_year_has_its_own_days() -> None:
    talk = prepared(Talk(NOTHING_OPEN), BOOK.id)
    talk.presses("desk/preview")
    talk.presses("desk/dates")
    talk.presses("desk/move", "dossiers")
    talk.does(Said("22/12/2020"))
    talk.presses("desk/preview")
    talk.presses("desk/choose")
    talk.presses("desk/year", "2021")
    talk.presses("desk/preview")
    assert talk.reply.values["dates"][-1]["day"] == "2021-12-20"


def test_where_the_rulebook_sets_no_day_for_people_the_office_may() -> None:
    talk = prepared(Talk(NOTHING_OPEN), OTHER.id)
    talk.presses("desk/preview")
    talk.presses("desk/dates")
    talk.presses("desk/move", "self_review")
    talk.does(Said("5/12"))
    talk.presses("desk/preview")
    talk.presses("desk/open")
    assert talk.done[0].timetable == {OTHER.id: {"self_review": dt.date(2020, 12, 5)}}


def test_moving_a_day_of_an_open_campaign() -> None:
    talk = Talk(view())
    talk.does(Commanded("dot"))
    talk.presses("desk/dates")
    talk.presses("desk/move", "unit_review")
    talk.does(Said("abc"))
    assert (talk.reply.template, talk.done) == ("desk/no_day", [])
    talk.does(Said("12/12/2020"))
    assert talk.done == [MoveMilestone(5, BOOK.id, "unit_review", dt.date(2020, 12, 12))]
    assert [line["day"] for line in talk.reply.values["lines"]] == ["2020-12-04", "2020-12-12", "2020-12-20"]
    assert talk.focus is None


@pytest.mark.parametrize(
    ("day", "warned"), [("30/11/2020", ["past", "turned"]), ("3/12/2020", ["turned"]), ("21/12/2020", ["turned"])]
)
def test_a_day_that_has_passed_or_turns_the_order_round_is_asked_once_more(day: str, warned: list[str]) -> None:
    talk = Talk(view())
    talk.does(Commanded("dot"))
    talk.presses("desk/dates")
    talk.presses("desk/move", "unit_review")
    talk.does(Said(day))
    assert ([one["what"] for one in talk.reply.values["warnings"]], talk.done) == (warned, [])
    talk.presses("desk/put")
    assert len(talk.done) == 1


def test_the_same_day_moves_nothing() -> None:
    talk = Talk(view())
    talk.does(Pressed(Button("desk_put", 0, ("5", "0", UNIT_REVIEW, "20201210", "20201210"))))
    assert talk.done == []
    assert "vẫn là ngày 10/12/2020" in talk.text


@pytest.mark.parametrize(
    "about", [("5", "9", UNIT_REVIEW, "20201210"), ("5", "0", UNIT_REVIEW, "20201399"), ("5", "0", "x", "20201210"), ()]
)
def test_a_day_of_an_old_button_that_is_there_no_more(about: tuple[str, ...]) -> None:
    talk = Talk(view())
    talk.does(Pressed(Button("desk_put", 0, about)))
    assert (talk.reply.template, talk.done) == ("desk/gone", [])


def test_days_of_several_rulebooks_are_told_apart() -> None:
    both = (CAMPAIGN, Campaign(5, OTHER.id, 2020, LAN.office, {}))
    talk = Talk(view(campaigns=both))
    talk.does(Commanded("dot"))
    talk.presses("desk/dates")
    talk.presses("desk/move", "1", "self_review")
    talk.does(Said("5/12/2020"))
    assert talk.done == [MoveMilestone(5, OTHER.id, "self_review", dt.date(2020, 12, 5))]


def test_contract_workers_are_left_out_with_the_clause_where_the_office_so_chose() -> None:
    by_choice = SpecialCase(
        "w",
        "Theo lựa chọn",
        When((conditions.Test("subject", conditions.Operator.IS, "official"),)),
        Effect.BY_CHOICE,
        "Điều 9",
    )
    book = replace(BOOK, procedure=Procedure(special_cases=(by_choice,)))
    settings = OfficeSettings(review_workers=False)
    shelf = {(BOOK.id, rating_day(2020)): book}
    shown = preview_of(
        shelf, replace(NOTHING_OPEN, people=(LAN,), settings=settings), Plan((BOOK.id,), 2020), 0, NOW.date()
    )
    assert (shown.opens, shown.values["without"][0]["cite"]) == (False, "Điều 9")


def test_what_the_office_has_not_answered_is_answered_before_it_opens() -> None:
    """NĐ 335/2025 Điều 28 khoản 2; NĐ 233/2026 Điều 20 khoản 1, 2."""
    books = {name: load(name, rating_day(2026)) for name in ("decree-233-2026", "decree-90-2020")}
    shelf = {(name, rating_day(2026)): book for name, book in books.items()}
    people = (replace(LAN, subject=Subject.EMPLOYEE), replace(HOA, subject=Subject.WORKER))

    def shown(**said: bool) -> OpeningPreview:
        room = replace(NOTHING_OPEN, people=people, settings=OfficeSettings(**said))
        return preview_of(shelf, room, Plan(("decree-233-2026",), 2026), 0, dt.date(2026, 11, 28))

    def buttons(one: OpeningPreview) -> set[tuple[str, ...]]:
        return {key.button.about for key in one.answers}

    nothing_said = shown()
    assert not nothing_said.opens
    asked = {(name, on) for name in ("review_unit_workers", "own_regulation", "rate_units") for on in ("0", "1")}
    assert buttons(nothing_said) == asked
    assert not shown(review_unit_workers=True).opens
    settled = shown(review_unit_workers=True, own_regulation=False, rate_units=False)
    # Without a regulation employees are rated by Decree 90, which was not chosen: only the worker gets a form.
    assert (settled.opens, settled.values["people"]) == (True, 1)
    assert [(one["name"], one["why"]) for one in settled.values["without"]] == [(LAN.name, "other_book")]
    assert [point["key"] for point in settled.values["points"]] == [
        "own_day_open",
        "review_unit_workers",
        "own_regulation",
        "other_rulebook",
        "rate_units",
    ]
    assert buttons(settled) == {("review_unit_workers", "0"), ("own_regulation", "1"), ("rate_units", "1")}


def test_only_rulebooks_in_force_in_the_year_are_offered() -> None:
    talk = prepared(Talk(replace(NOTHING_OPEN, in_force={OTHER.id: (2020, 2020)})), BOOK.id, OTHER.id)
    assert ticked(talk) == [BOOK.title, OTHER.title]
    taking_in = talk.key("desk/tick", OTHER.id).button
    talk.presses("desk/year", "2021")
    assert [one["title"] for one in talk.reply.values["offered"]] == [BOOK.title]
    talk.does(Pressed(Button("desk_tick", 0, (taking_in.about[0], "1"))))
    assert ticked(talk) == [BOOK.title]


def test_when_somebody_else_moved_the_day_meanwhile_that_is_told_first() -> None:
    talk = Talk(view())
    talk.does(Commanded("dot"))
    talk.presses("desk/dates")
    talk.presses("desk/move", "unit_review")
    moved = view(campaigns=(replace(CAMPAIGN, timetable={**DAYS, "unit_review": dt.date(2020, 12, 11)}),))
    talk.room = moved
    talk.does(Said("12/12/2020"))
    assert ([one["what"] for one in talk.reply.values["warnings"]], talk.done) == (["changed"], [])
    assert "11/12/2020" in talk.text
    sure = talk.key("desk/put").button
    talk.room = view()
    talk.does(Pressed(sure))
    assert (talk.reply.template, talk.done) == ("desk/sure_day", [])
    talk.room = moved
    talk.does(Pressed(sure))
    assert talk.done == [MoveMilestone(5, BOOK.id, "unit_review", dt.date(2020, 12, 12))]


def test_ids_and_keys_of_any_length_fit_on_a_button() -> None:
    long = replace(
        BOOK, head=replace(BOOK.head, id="quy-che-" * 12), milestones=(replace(BOOK.milestones[0], key="k" * 80),)
    )
    room = replace(NOTHING_OPEN, rulebooks={long.id: "Quy chế"})
    (row, *_) = tick({(long.id, rating_day(2020)): long}, at_desk(room), room, Button("desk_tick")).replies[0].keyboard
    assert len(row[0].button.encode()) <= MAX_BYTES
    (line, *_) = lines_of({(long.id, rating_day(2020)): long}, (Campaign(2**31 - 1, long.id, 2020, "", {}),))
    about = (str(2**31 - 1), "12", line.mark, "20201231", "20201231")
    assert len(Button("desk_put", 0, about).encode()) <= MAX_BYTES


def test_what_joins_an_open_campaign_asks_nothing_that_is_asked_already() -> None:
    talk = prepared(Talk(view()), OTHER.id)
    talk.presses("desk/preview")
    assert talk.reply.values["forms_count"] == 0
    assert "desk/open" not in talk.labels


def test_everybody_is_named_before_it_is_opened_unit_by_unit() -> None:
    talk = prepared(Talk(NOTHING_OPEN), BOOK.id)
    talk.presses("desk/preview")
    talk.presses("desk/names")
    named = [one["name"] for one in talk.reply.values["lines"]]
    assert sorted(named) == sorted(person.name for person in EVERYBODY if person != DRIVER)
    units = [one["unit"] for one in talk.reply.values["lines"]]
    assert len([unit for at, unit in enumerate(units) if at == 0 or units[at - 1] != unit]) == len(set(units))
    talk.presses("desk/preview")
    assert talk.reply.template == "desk/preview"


DECREE_AND_PARTY = ("decree-335-2025", "party-2025")


def _of_2026() -> dict:
    return {(name, rating_day(2026)): load(name, rating_day(2026)) for name in DECREE_AND_PARTY}


def test_what_several_rulebooks_leave_to_the_office_is_one_day_and_set_for_all() -> None:
    # NĐ 335/2025 and QĐ 366-QĐ/TW set no last day for people's own review
    plan = Plan(DECREE_AND_PARTY, 2026)
    lines = lines_of(_of_2026(), as_parts(_of_2026(), plan, ""))
    (own,) = [line for line in lines if not line.title]
    assert {rulebook for _, rulebook in own.parts} == set(DECREE_AND_PARTY)
    for _, rulebook in own.parts:
        plan = moved_to(plan, rulebook, "self_review", dt.date(2026, 12, 5))
    assert {days["self_review"] for days in days_of(_of_2026(), plan).values()} == {dt.date(2026, 12, 5)}
    apart = moved_to(plan, "party-2025", "self_review", dt.date(2026, 12, 8))
    assert len([line for line in lines_of(_of_2026(), as_parts(_of_2026(), apart, "")) if not line.title]) == 2


def test_a_day_beyond_what_the_text_allows_is_asked_about() -> None:
    # NĐ 335/2025 Điều 19 khoản 2: before 15 December
    lines = lines_of(_of_2026(), as_parts(_of_2026(), Plan(DECREE_AND_PARTY, 2026), ""))
    decided = next(line for line in lines if line.key == "rating_decided")
    asked = [one["what"] for one in warnings_of(lines, decided, dt.date(2026, 12, 20), dt.date(2026, 11, 28))]
    assert asked == ["beyond"]
    assert warnings_of(lines, decided, dt.date(2026, 12, 14), dt.date(2026, 11, 28)) == []


def test_a_unit_s_own_regulation_has_no_order_with_the_steps_of_the_review() -> None:
    # NĐ 233/2026 Điều 18 khoản 3 điểm a: by 30/11/2026, kept by other work; people write their reviews in December all the same
    books = {(name, rating_day(2026)): load(name, rating_day(2026)) for name in ("decree-233-2026", *DECREE_AND_PARTY)}
    lines = lines_of(books, as_parts(books, Plan(tuple(name for name, _ in books), 2026), ""))
    (own,) = [line for line in lines if not line.title]
    assert warnings_of(lines, own, dt.date(2026, 12, 8), dt.date(2026, 12, 1)) == []


def test_the_day_of_last_time_is_offered_and_no_day_that_has_passed() -> None:
    plan = Plan(DECREE_AND_PARTY, 2026)
    room = replace(NOTHING_OPEN, settings=OfficeSettings(own_days={"year": -26}))
    offered = remembered(_of_2026(), room, plan, dt.date(2026, 11, 28))
    assert set(offered.moved.values()) == {"2026-12-05"}
    assert remembered(_of_2026(), room, plan, dt.date(2026, 12, 6)) == plan
    assert remembered(_of_2026(), NOTHING_OPEN, plan, dt.date(2026, 11, 28)) == plan
