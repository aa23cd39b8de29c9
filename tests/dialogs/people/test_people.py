"""People and their ways in: finding them, codes, phones; the desk for everybody, heads for their unit."""

import datetime as dt
from dataclasses import replace

import pytest

from bot.door.words import word
from dialogs.core.buttons import Button
from dialogs.core.commands.accounts import (
    AgreeHaste,
    AgreeToCode,
    AskHaste,
    ConfirmNewcomer,
    RefuseCode,
    Reissue,
    RevokeInvitations,
    Untie,
    UntiePerson,
)
from dialogs.core.commands.refusals import Refuse
from dialogs.core.events import Commanded, Pressed, Said
from dialogs.core.turn import Notify
from dialogs.people.finding import fitting
from dialogs.people.view import everybody
from dialogs.shown.new_code import given_at
from rules.nouns.devices import WAITS, CodeGiven, WaitingCode
from rules.nouns.people import Person
from tests.dialogs.desk_office import DESK, EVERYBODY, Talk, standing, view
from tests.dialogs.small_office import HOA, LAN, MINH, NOW, TAM

CODE = "ABCDEFGHJKMN"


def desk(**more: object) -> Talk:
    return Talk(view(standing(LAN), **{"been_in": frozenset({LAN.id, DESK.id}), **more}), code=CODE)


def head() -> Talk:
    """Minh, who heads the unit of Lan and Tâm."""
    return Talk(view(people=(LAN, MINH, TAM)), person=MINH, code=CODE)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Lan", [LAN]),
        ("nguyen lan", [LAN]),
        ("lan nguyễn", [LAN]),
        ("  HÒA ", [HOA]),
        ("hoa", [HOA]),
        ("k4", [TAM]),
        ("minh", [MINH, TAM]),
        ("", []),
        ("???", []),
        ("zzz", []),
    ],
)
def test_people_are_found_by_name_or_key(query: str, found: list) -> None:
    assert sorted(one.id for one in fitting(view(), query)) == sorted(one.id for one in found)


def test_who_fits_with_diacritics_comes_first() -> None:
    room = view(people=(replace(LAN, name="Lê Thị Hoa"), HOA))
    assert [one.name for one in fitting(room, "hòa")] == ["Lê Thị Hòa", "Lê Thị Hoa"]


def test_the_one_who_is_found_is_shown_at_once() -> None:
    talk = desk()
    talk.does(Commanded("nhansu"))
    talk.does(Said("nguyen lan"))
    assert talk.reply.template == "crew/page"
    assert (talk.reply.values["accounts"], talk.reply.values["blocked"]) == (2, 1)
    assert [one["stage"] for one in talk.reply.values["reviews"]] == ["drafting"]


def test_a_name_given_with_the_command_is_looked_for_at_once() -> None:
    talk = desk()
    talk.does(Commanded("nhansu", "tam"))
    assert talk.reply.values["name"] == TAM.name


def test_many_who_fit_are_paged() -> None:
    talk = desk(people=tuple(replace(LAN, id=100 + n) for n in range(20)))
    talk.does(Commanded("nhansu", "lan"))
    assert (talk.reply.values["count"], talk.labels.count("crew/open")) == (20, 8)
    talk.presses("desk/next")
    talk.presses("desk/next")
    assert talk.labels.count("crew/open") == 4


def test_what_people_type_is_data() -> None:
    talk = desk()
    talk.does(Commanded("nhansu"))
    talk.does(Said("<b>{{ 7 * 7 }}</b>" * 30))
    assert "<b>{{" not in talk.text
    assert len(talk.text) < 300


def test_who_has_not_come_in_is_listed_unit_by_unit() -> None:
    talk = desk()
    talk.does(Commanded("nhansu"))
    assert talk.key("crew/missing").values["count"] == 4
    talk.presses("crew/missing")
    assert [talk.key("crew/unit", unit).values["count"] for unit in ("10", "11")] == [2, 2]
    talk.presses("crew/unit", "10")
    assert talk.labels.count("crew/open") == 2


def test_a_code_is_asked_for_then_made_and_shown_once() -> None:
    talk = desk()
    talk.does(Commanded("nhansu", "tam"))
    talk.presses("crew/new_code")
    assert talk.done == []
    issuing = talk.key("crew/issue").button
    talk.does(Pressed(issuing))
    assert talk.done == [Reissue(TAM.id, CODE)]
    assert CODE in talk.text
    talk.room = replace(talk.room, invited={TAM.id: dt.datetime(2021, 2, 1, tzinfo=NOW.tzinfo)})
    talk.does(Pressed(issuing))
    assert (talk.reply.values["told"], talk.done) == ("changed", [])
    assert CODE not in talk.text


def test_who_is_in_already_hears_of_the_code() -> None:
    talk = desk()
    talk.does(Commanded("nhansu", "lan"))
    talk.presses("crew/new_phone")
    talk.presses("crew/issue")
    issued, told = talk.done
    assert issued == Reissue(LAN.id, CODE, NOW + WAITS)
    assert isinstance(told, Notify)
    assert (told.person, told.reply.template, CODE in str(told.reply.values)) == (LAN.id, "crew/told_code", False)


# ── a code given anew ──────────────────────────────────────────────────────────────────────────

#: Given to Lan by Minh, who heads her unit.
GIVEN = CodeGiven(MINH.id, MINH.name, MINH.position, NOW - dt.timedelta(hours=1))
WAITING = WaitingCode(7, LAN.id, GIVEN, NOW + dt.timedelta(hours=23))
SECOND_DESK = replace(DESK, id=19, name="Lý Thị Mơ")
EVERYONE = (*EVERYBODY, SECOND_DESK)


def waiting(person: Person = DESK, code: WaitingCode = WAITING) -> Talk:
    """Somebody looks at the page of Lan, whose code waits."""
    people = EVERYONE if person.desk else (LAN, MINH, TAM)
    been_in = frozenset({LAN.id, DESK.id})
    talk = Talk(view(people=people, been_in=been_in, anew={LAN.id: code}), person=person, code=CODE)
    talk.does(Pressed(Button("crew_person", 0, (str(LAN.id),))))
    return talk


def test_the_first_code_of_a_newcomer_waits_for_nobody() -> None:
    talk = desk()
    talk.does(Commanded("nhansu", "tam"))
    talk.presses("crew/new_code")
    assert "đủ một ngày" not in talk.text
    talk.presses("crew/issue")
    assert talk.done == [Reissue(TAM.id, CODE)]


def test_of_who_has_no_device_left_nobody_is_told_and_the_code_waits_a_day() -> None:
    talk = desk(accounts={})
    talk.does(Commanded("nhansu", "lan"))
    talk.presses("crew/new_code")
    assert "nay không có thiết bị nào để báo, nên mã chờ đủ một ngày" in talk.text
    talk.presses("crew/issue")
    assert talk.done == [Reissue(LAN.id, CODE, NOW + WAITS)]


def agreeing(verb: str, code: WaitingCode | None = WAITING, about: str = "") -> Talk:
    """Lan, on a device she has, presses a button below the notice."""
    talk = Talk(view(), person=LAN, new_code=code)
    talk.does(Pressed(Button(verb, 0, (about or given_at(GIVEN.at),))))
    return talk


def test_agreed_to_on_a_device_one_has_it_opens_at_once() -> None:
    opened, told = agreeing("newcode_yes").done
    assert opened == AgreeToCode(WAITING.id)
    assert (told.person, told.reply.template) == (MINH.id, "newcode/told_agreed")


def test_refused_it_is_worth_nothing_and_desk_and_giver_hear_of_it() -> None:
    refused, *told = agreeing("newcode_no").done
    assert refused == RefuseCode(WAITING.id)
    assert {one.person for one in told} == {MINH.id, DESK.id}


def test_it_can_be_refused_after_its_day_while_nobody_used_it() -> None:
    over = replace(WAITING, opens_at=NOW - dt.timedelta(minutes=1))
    assert agreeing("newcode_no", over).done[0] == RefuseCode(WAITING.id)
    assert agreeing("newcode_yes", over).done == []


@pytest.mark.parametrize("verb", ["newcode_yes", "newcode_no"])
@pytest.mark.parametrize(("code", "about"), [(None, ""), (WAITING, "1")])
def test_a_button_about_another_code_does_nothing(verb: str, code: WaitingCode | None, about: str) -> None:
    talk = agreeing(verb, code, about)
    assert (talk.done, talk.reply.template) == ([], "newcode/over")


def test_the_desk_asks_for_haste_with_a_reason_and_seconds_are_told() -> None:
    talk = waiting()
    talk.presses("crew/haste")
    assert talk.done == []
    talk.does(Said(" "))
    assert talk.done == []
    talk.does(Said("Mất điện thoại, đã gặp trực tiếp."))
    asked, *told = talk.done
    assert asked == AskHaste(LAN.id, WAITING.id, "Mất điện thoại, đã gặp trực tiếp.")
    assert [one.person for one in told] == [SECOND_DESK.id], "not who asks, nor who gave it"


def test_a_second_person_agrees_and_whom_it_is_for_hears_why() -> None:
    asked = replace(WAITING, hastened_by=DESK.id, hastened_by_name=DESK.name, reason="Đã gặp.")
    talk = waiting(SECOND_DESK, asked)
    assert "Đã gặp." in talk.text
    talk.presses("crew/haste_yes")
    agreed, told = talk.done
    assert agreed == AgreeHaste(LAN.id, WAITING.id)
    assert (told.person, told.reply.values["reason"]) == (LAN.id, "Đã gặp.")


@pytest.mark.parametrize("person", [DESK, MINH], ids=["who asks", "who gave it"])
def test_no_other_is_a_second_person(person: Person) -> None:
    asked = replace(WAITING, hastened_by=DESK.id, hastened_by_name=DESK.name, reason="Đã gặp.")
    talk = waiting(person, asked)
    assert "crew/haste_yes" not in talk.labels
    talk.does(Pressed(Button("crew_haste_yes", 0, (str(LAN.id), str(WAITING.id)))))
    assert (talk.done, talk.reply.values["told"]) == ([], "changed")


def test_a_head_who_did_not_give_it_may_be_the_second() -> None:
    by_desk = replace(WAITING, given=replace(GIVEN, by=DESK.id), hastened_by=DESK.id, reason="Đã gặp.")
    talk = waiting(MINH, by_desk)
    talk.presses("crew/haste_yes")
    assert talk.done[0] == AgreeHaste(LAN.id, WAITING.id)


def test_only_the_desk_asks_for_haste() -> None:
    talk = waiting(MINH)
    assert "crew/haste" not in talk.labels
    talk.does(Pressed(Button("crew_haste", 0, (str(LAN.id), str(WAITING.id)))))
    assert [type(one) for one in talk.done] == [Refuse]


def test_a_head_who_lets_a_newcomer_in_is_told_the_rule_and_the_desk_hears() -> None:
    talk = head()
    talk.does(Commanded("nhansu", "tam"))
    talk.presses("crew/new_code")
    assert "anh/chị không xem xét, quyết định bản đó, cho đến khi bộ phận tổ chức xác nhận đúng người" in talk.text
    talk.presses("crew/issue")
    issued, told = talk.done
    assert issued == Reissue(TAM.id, CODE, None)
    assert (told.person, told.reply.template) == (DESK.id, "crew/told_first")


def test_the_desk_lets_a_newcomer_in_without_a_word() -> None:
    talk = desk()
    talk.does(Commanded("nhansu", "tam"))
    talk.presses("crew/new_code")
    talk.presses("crew/issue")
    assert [type(one) for one in talk.done] == [Reissue]


def test_somebody_else_of_the_desk_confirms_a_newcomer_once() -> None:
    first = CodeGiven(MINH.id, MINH.name, MINH.position, NOW, first=True)
    talk = Talk(view(standing(LAN), unconfirmed={LAN.id: first}))
    talk.does(Pressed(Button("crew_person", 0, (str(LAN.id),))))
    assert f"Vào bằng mã lần đầu do {MINH.name} cấp" in talk.text
    talk.presses("crew/known")
    assert talk.done == [ConfirmNewcomer(LAN.id)]
    assert "Đã ghi xác nhận đúng" in talk.text
    assert "crew/known" not in talk.labels


@pytest.mark.parametrize("person", [MINH, DESK], ids=["the head who gave it", "one of the desk who gave it"])
def test_who_gave_the_first_code_confirms_nobody(person: Person) -> None:
    first = CodeGiven(person.id, person.name, person.position, NOW, first=True)
    talk = Talk(view(people=(LAN, MINH, DESK), unconfirmed={LAN.id: first}), person=person)
    talk.does(Pressed(Button("crew_person", 0, (str(LAN.id),))))
    assert "crew/known" not in talk.labels
    talk.does(Pressed(Button("crew_known", 0, (str(LAN.id),))))
    assert (talk.done, talk.reply.values["told"]) == ([], "changed")


def test_unused_codes_are_taken_back_once() -> None:
    talk = desk()
    talk.does(Commanded("nhansu", "tam"))
    back = talk.key("crew/revoke").button
    talk.does(Pressed(back))
    assert (talk.done, talk.reply.values["invited"]) == ([RevokeInvitations(TAM.id)], "")
    talk.room = replace(talk.room, invited={})
    talk.does(Pressed(back))
    assert talk.done == []


def test_accounts_are_untied_after_it_was_asked() -> None:
    talk = desk()
    talk.does(Commanded("nhansu", "lan"))
    talk.presses("crew/untie")
    assert talk.done == []
    talk.presses("crew/untie_now")
    assert (talk.done, talk.reply.values["accounts"]) == ([UntiePerson(LAN.id)], 0)
    talk.room = replace(talk.room, accounts={})
    talk.does(Pressed(Button("crew_untie_now", 0, (str(LAN.id),))))
    assert talk.done == []


def test_a_head_gives_a_new_code_to_their_own_people_and_no_more() -> None:
    talk = head()
    talk.does(Commanded("nhansu", "lan"))
    assert {"crew/untie", "crew/revoke"} & set(talk.labels) == set()
    talk.presses("crew/new_phone")
    talk.presses("crew/issue")
    assert talk.done[0] == Reissue(LAN.id, CODE)


@pytest.mark.parametrize("verb", ["crew_untie_now", "crew_revoke", "crew_untie"])
def test_a_head_does_not_untie(verb: str) -> None:
    talk = head()
    talk.does(Pressed(Button(verb, 0, (str(LAN.id),))))
    assert talk.done == [Refuse("untie", "not_desk", person=LAN.id)]


@pytest.mark.parametrize("verb", ["crew_person", "crew_code", "crew_issue"])
def test_people_of_another_unit_are_not_a_head_s(verb: str) -> None:
    talk = head()
    talk.does(Pressed(Button(verb, 0, (str(HOA.id), "0"))))
    assert talk.done == [Refuse("invite", "not_desk", person=HOA.id)]


@pytest.mark.parametrize("verb", ["crew_code", "crew_issue", "crew_untie_now"])
def test_nobody_does_it_for_themselves(verb: str) -> None:
    talk = desk()
    talk.does(Pressed(Button(verb, 0, (str(DESK.id), "0"))))
    assert talk.done == [Refuse("invite", "own", person=DESK.id)]
    assert "/thietbi" in talk.text


def test_somebody_who_left_is_there_no_more() -> None:
    talk = desk()
    talk.does(Pressed(Button("crew_person", 0, ("777",))))
    assert (talk.reply.template, talk.done) == ("crew/gone", [Refuse("invite", "not_here", person=777)])


def test_a_person_with_two_posts_is_listed_once_with_both() -> None:
    second = replace(LAN, post=3, position="Phó Trưởng ban", unit_id=11, unit=HOA.unit)
    talk = desk(people=(second, *EVERYBODY))
    talk.does(Commanded("nhansu", "nguyen thi lan"))
    assert len(talk.reply.values["posts"]) == 2


def test_this_is_not_me_unties_and_tells_everybody_of_the_desk_but_no_one_twice() -> None:
    talk = Talk(view(), person=LAN)
    talk.does(Pressed(Button("really_not_me")))
    untied, told = talk.done
    assert untied == Untie(not_theirs=True)
    assert isinstance(told, Notify)
    assert (told.person, told.reply.template) == (DESK.id, "crew/told_not_me")
    assert told.reply.keyboard[0][0].button == Button("crew_person", 0, (str(LAN.id),))


def test_of_the_desk_itself_only_the_others_are_told() -> None:
    talk = Talk(view(), person=DESK)
    talk.does(Pressed(Button("really_not_me")))
    assert talk.done == [Untie(not_theirs=True)]
    assert "Xin báo bộ phận tổ chức" in talk.text


def test_people_are_listed_as_schools_teach_the_alphabet() -> None:
    """`48-order.xlsx`: by given name; a before â, d before đ, u before ư (worked by hand)."""
    right = ["An", "Anh", "Ân", "Danh", "Dũng", "Đạt", "Đức", "Niê", "Uyên", "Ước"]
    people = tuple(replace(TAM, id=50 + n, name=f"Lò Văn {name}") for n, name in enumerate(reversed(right)))
    assert [one.name.split()[-1] for one in everybody(view(people=people))] == right


def test_namesakes_of_a_unit_are_told_apart_where_they_are_chosen() -> None:
    """`23a-twins.xlsx`: LG-201 and LG-202, both Hoàng Thị Lan of one unit; whoever has the name alone keeps it alone."""
    twins = tuple(replace(TAM, id=n, name="Hoàng Thị Lan", apart=f"LG-{n}") for n in (201, 202))
    talk = desk(people=(*twins, MINH))
    talk.does(Commanded("nhansu", "hoang lan"))
    assert [key.label for row in word(talk.reply, "vi").keyboard for key in row][:2] == [
        f"○ Hoàng Thị Lan (LG-{n}) – {TAM.unit}" for n in (201, 202)
    ]
    assert MINH.called == MINH.name
