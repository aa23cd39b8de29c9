"""Every message and button of the desk's rooms, in words of both languages, with text of people that is no data for us."""

import datetime as dt
from dataclasses import replace
from functools import cache

import pytest

from dialogs.core.buttons import Button
from dialogs.core.events import Chosen, Commanded, Handed, Pressed, Said
from dialogs.core.handed import Changed, EnclosureFile, RosterFile, Undated
from dialogs.core.knowledge.office import OfficeView, PaperInForce
from dialogs.core.stamps import FINGERPRINT, seal
from dialogs.core.state import State
from dialogs.core.turn import Reply
from dialogs.desk.own_tables import places
from dialogs.desk.roster import EACH, FILE, PUT
from dialogs.desk.roster_days import WRONG
from dialogs.people.chosen import GIVE, invitees
from dialogs.people.extending import EXTEND, TAKE_BACK, extendable, until_word
from dialogs.shown.new_code import given_at
from rules.nouns.devices import CodeGiven, WaitingCode
from rules.nouns.enclosures import OwnTable
from rules.nouns.office import OfficeSettings
from rules.nouns.reviews import Campaign, Extension, ReviewStatus
from rules.nouns.standings import ReviewLine
from templates.wording import environment, message
from tests.dialogs.desk_office import BOOK, CAMPAIGN, DAYS, DESK, OTHER, SHELF, Talk, standing, view
from tests.dialogs.small_office import FORM, HOA, LAN, MINH, NOW, TAM, draft, review
from tests.templates.worded import messages_in

FOLDERS = ("cast", "crew", "desk", "newcode")
HOSTILE = "<script>alert(1)</script> {{ 7 * 7 }} {% if %} %(name)s"
BAD = replace(TAM, name=HOSTILE, unit=HOSTILE, position=HOSTILE, group=HOSTILE)
MANY = tuple(replace(BAD, id=300 + n, unit_id=30 + n) for n in range(20))
EVERY_STAGE: tuple[ReviewLine, ...] = tuple(
    standing(replace(BAD, id=100 + n), status) for n, status in enumerate(ReviewStatus)
)
FULL = view(
    *EVERY_STAGE,
    *(standing(one, started=False) for one in MANY),
    people=(LAN, MINH, HOA, BAD, DESK, *MANY),
    units={one.unit_id: one.unit for one in (LAN, HOA, DESK, *MANY)},
    unreached=dict(zip((one.id for one in MANY), ["blocked", "waiting", "failed"] * 7, strict=False)),
    delivered={"broadcast": {"sent": 1}},
)

EMPTY = view(campaigns=(), people=(LAN, DESK), accounts={LAN.id: (1, 0), DESK.id: (1, 0)})
#: What the shell sends when it carries something out.
BY_THE_SHELL = {
    "cast/message",
    "crew/told_code_by_office",
    "desk/papers_too_large",
    "dossier/too_large",
    "upward/too_large",
    "dossier/lost",
}
#: What only an office under Decree 335/2025 says: tests/bot/campaign/months/test_months.py plays it.
OF_MONTHS = {"desk/last", "desk/months", "desk/no_allowed", "crew/ask_months", "crew/months_kept", "crew/months_file"}
#: What only an office has whose rulebook lists a dossier or a decision: tests/transcripts and tests/bot/campaign play it.
OF_DECISIONS = {"desk/decision", "desk/decision_pdf"}
LABELS_OF_DOSSIERS = {"desk/dossiers"}
LABELS_OF_MONTHS = {
    "desk/last",
    "desk/months",
    "desk/last_provisional",
    "desk/last_later",
    "desk/last_sure",
}
AFTER_DUE = NOW.replace(day=7)


def press(verb: str, *about: str) -> Pressed:
    return Pressed(Button(verb, 0, about))


CAMPAIGNS = [
    Commanded("dot"),
    press("desk_campaign", "5", "8"),
    *(press("desk_unit", "5", unit) for unit in ("10", "30", "999")),
    press("desk_campaign", "99"),
    press("desk_home"),
    press("desk_close", "5"),
    press("desk_close", "5", "20"),
    press("desk_close_now", "5", "old"),
    press("desk_undo", "5"),
    press("desk_undo_now", "5"),
    press("desk_dates", "5"),
    press("desk_move", "5", "0", seal("unit_review")),
    Said(HOSTILE),
    Said("1/12/2020"),
    press("desk_put", "5", "0", seal("unit_review"), "20201212"),
    press("desk_put", "5", "0", seal("unit_review"), "20201210"),
    press("desk_settings"),
    press("desk_ask_quiet"),
    Said(HOSTILE),
    Said("12-12"),
    press("desk_ask_escalate"),
    Said(HOSTILE),
    Said("1 2 3"),
    press("desk_ask_place"),
    Said(HOSTILE),
    Said("Quảng Ngãi"),
    press("desk_ask_place"),
    press("desk_tables", "5"),
    *(press("desk_papers", "5", *unit) for unit in ((), ("30",), ("10",))),
    press("desk_unit", "5", str(BAD.unit_id)),
    press("desk_papers", "5", str(BAD.unit_id)),
]
OPENING = [
    press("desk_new"),
    press("desk_tick", seal(BOOK.id), "1"),
    press("desk_tick", seal(OTHER.id), "1"),
    press("desk_period", "quarter"),
    press("desk_period", "month"),
    press("desk_period", "q1"),
    press("desk_period", "m05"),
    press("desk_period", "year"),
    press("desk_year", "2021"),
    press("desk_preview"),
    press("desk_names"),
    press("desk_answer", "review_workers", "0"),
    press("desk_open", "x", "y"),
    press("desk_dates", "0"),
    press("desk_move", "0", "1", seal("self_review")),
    Said("5/12"),
    press("desk_choose"),
]
PEOPLE = [
    Commanded("nhansu"),
    Said(HOSTILE),
    Said("tam"),
    Said("script"),
    press("crew_units"),
    press("crew_units", "8"),
    press("crew_unit", "31"),
    *(press("crew_person", str(one)) for one in (LAN.id, TAM.id, DESK.id, 777)),
    *(press(verb, str(LAN.id)) for verb in ("crew_code", "crew_untie", "crew_untie_now")),
    *(press("crew_issue", str(one), "0") for one in (LAN.id, TAM.id, HOA.id)),
    press("crew_code", str(HOA.id)),
    press("crew_revoke", str(TAM.id)),
    press("crew_revoke", str(LAN.id)),
]
#: Papers of LAN, of whom there are two or one.
SENT = review(draft(), person=replace(BAD, id=LAN.id))
PAPERS = [PaperInForce(SENT, 1), PaperInForce(replace(SENT, id=78), 2)]
TAKING_OUT = [
    press("crew_papers", str(LAN.id)),
    press("crew_paper", str(LAN.id), str(SENT.id)),
    press("crew_paper", str(LAN.id), "0"),
]
#: A code given anew to LAN by whom a hostile name is; before and after haste was asked for.
GIVEN = CodeGiven(BAD.id, HOSTILE, HOSTILE, NOW)
WAITS = WaitingCode(7, LAN.id, GIVEN, NOW.replace(day=20))
ASKED = replace(WAITS, hastened_by=MINH.id, hastened_by_name=HOSTILE, reason=HOSTILE)
BY_COMMAND = replace(WAITS, given=replace(GIVEN, by=None, name="", position=""))
HASTENING = [
    press("crew_person", str(LAN.id)),
    press("crew_code", str(LAN.id)),
    press("crew_issue", str(LAN.id), "0"),
    press("crew_haste", str(LAN.id), "7"),
    Said(HOSTILE),
    press("crew_haste", str(LAN.id), "7"),
    Said(""),
    press("crew_haste_yes", str(LAN.id), "7"),
]
#: Another last day for LAN: no day, one that has passed, no reason, then one that holds; and the plan's again.
EXTENDING = [
    press("crew_extend", str(LAN.id)),
    *(Said(text) for text in (HOSTILE, "01/12/2020 x", "09/12", f"09/12 {HOSTILE}")),
    press("crew_unextend", str(LAN.id), "0"),
]
#: A head lets a newcomer in; the desk confirms that it is they.
LETTING_IN = [press("crew_code", str(LAN.id)), press("crew_issue", str(LAN.id), "0")]
CONFIRMING = [press("crew_person", str(LAN.id)), press("crew_known", str(LAN.id)), press("crew_known", str(TAM.id))]
ANSWERING = [press(verb, about) for verb in ("newcode_yes", "newcode_no") for about in (given_at(NOW), "1")]


WRITING = [
    Commanded("nhantin"),
    press("cast_which", "5", "unit"),
    press("cast_which", "5", "group"),
    *(press("cast_to", "5", kind) for kind in ("all", "not_started", "owed", "returned", "waiting")),
    press("cast_to", "5", "group", "0"),
    press("cast_to", "5", "unit", "10"),
    press("cast_to", "5", "unit", "999"),
    press("cast_to", "5", "all"),
    Said(" "),
    Said("á" * 1001),
    Said(HOSTILE),
    press("cast_send", "5", "old"),
    press("cast_report", "5"),
    press("cast_report", "5", "16"),
    press("cast_send", "5", "old"),
]


CHANGES = (Changed(HOSTILE, 9, (HOSTILE,)), Changed("Người mới vào", 1, (HOSTILE,)))
ROSTERS = (
    None,
    RosterFile(HOSTILE, "ab" * 32, (HOSTILE,), 30),
    RosterFile(HOSTILE, "ab" * 32, other_office=HOSTILE),
    RosterFile(HOSTILE, "ab" * 32, revision=3),
    RosterFile(HOSTILE, "ab" * 32, revision=3, changes=CHANGES, warnings=(HOSTILE,), reviews=CHANGES),
    RosterFile(HOSTILE, "ab" * 32, revision=3, changes=CHANGES, undated=(Undated(HOSTILE, HOSTILE),) * 20),
    RosterFile(HOSTILE, "ab" * 32, revision=3, changes=CHANGES, undated=(Undated("X", HOSTILE),), unfit=(HOSTILE,)),
)
HANDING_IN = [
    press(FILE),
    Said(HOSTILE),
    press("desk_roster_file"),
    *(Handed(HOSTILE, trouble=trouble) for trouble in ("too_big", "not_xlsx", "lost")),
    Handed(HOSTILE, "ab" * 32),
    Said("01/11/2020"),
    press(EACH, ("ab" * 32)[:FINGERPRINT]),
    Said("tháng trước"),
    Said("01/11/2020"),
    press(WRONG, ("ab" * 32)[:FINGERPRINT], "0"),
    *(press(PUT, ("ab" * 32)[:FINGERPRINT], revision) for revision in ("2", "3")),
    press("desk_roster_drop"),
]


TEMPLATES = [
    press("desk_templates"),
    press("desk_template", seal("x")),
    press("desk_template", seal(FORM.id)),
    Said(HOSTILE),
    press("desk_template_base"),
    press("desk_template_own", seal(FORM.id)),
    *(Handed(HOSTILE, trouble=trouble) for trouble in ("too_big", "not_xlsx", "lost")),
    Handed(HOSTILE, "ab" * 32),
    press("desk_template_put", ("ab" * 32)[:FINGERPRINT]),
    press("desk_template_off", seal(FORM.id)),
    press("desk_template_drop"),
]


def _own_tables() -> list[Talk]:
    """Files of the office for tables: none, one of somebody, one of the command line; good and wrong ones handed in."""
    view = replace(FULL, kinds=("pdf", "xlsx"))
    place, *_ = places(SHELF, view)
    about = (str(place.part.id), place.stamp)
    own = OwnTable(4, place.part.id, place.part.rulebook, "mau_07", "ab" * 32, 5, "xlsx", HOSTILE, 2, HOSTILE, NOW)
    at = (own.campaign_id, own.rulebook, own.key)
    asking = press("desk_table", *about)
    files = (EnclosureFile(HOSTILE, "cd" * 32, 5, "docx"), EnclosureFile(HOSTILE, "cd" * 32, 5, "", (HOSTILE,)))
    talks = [
        _talk(replace(view, own_tables=tables, handed_table=file), events)
        for tables in ({}, {at: own}, {at: replace(own, by_name="")})
        for file in files
        for events in (
            [press("desk_table_list"), asking, Said(HOSTILE)],
            [asking, *(Handed(HOSTILE, trouble=trouble) for trouble in ("too_big", "in_line", "lost"))],
            [asking, Handed(HOSTILE, "cd" * 32)],
            [press("desk_table_off", *about, "4"), press("desk_table_off", *about, "3")],
            [press("desk_tables", about[0]), press("desk_templates"), press("desk_table", "5", "x")],
        )
    ]
    overtaken = _talk(replace(view, handed_table=files[0]), [asking])
    overtaken.room = replace(overtaken.room, own_tables={at: own})
    overtaken.does(Handed(HOSTILE, "cd" * 32))
    return [*talks, overtaken, _talk(EMPTY, [press("desk_table_list")])]


def told() -> list[Talk]:
    """All of it, the desk's and that of others."""
    off = replace(
        FULL, settings=OfficeSettings(quiet_from=9, quiet_until=9, review_workers=False, digest=False, remind=False)
    )
    several = replace(
        FULL, campaigns=(*FULL.campaigns, *(Campaign(6, BOOK.id, 2020, LAN.office, DAYS, p) for p in ("q2",)))
    )
    several = replace(several, campaigns=(*several.campaigns, replace(CAMPAIGN, id=7, period="m03", timetable={})))
    talks = [
        *(_talk(FULL, events) for events in (CAMPAIGNS, PEOPLE, WRITING)),
        *(_talk(replace(FULL, handed=file), HANDING_IN) for file in ROSTERS),
        *(_talk(EMPTY, events) for events in (CAMPAIGNS[:1], OPENING, PEOPLE[:1], PEOPLE[4:7], WRITING[:1])),
        *(_talk(replace(FULL, papers=some), TAKING_OUT) for some in (tuple(PAPERS), (PAPERS[0],), ())),
        *(
            _talk(replace(FULL, handed=file, own_templates=own), TEMPLATES)
            for file in (RosterFile(HOSTILE, "ab" * 32), RosterFile(HOSTILE, "ab" * 32, (HOSTILE,), 30))
            for own in ({}, {FORM.id: (HOSTILE, NOW)})
        ),
        _talk(EMPTY, [press("desk_templates")]),
        *_own_tables(),
        _talk(off, [press("desk_settings")]),
        *(
            _talk(
                replace(off, settings=OfficeSettings(own_regulation=on, review_unit_workers=on, rate_units=on)),
                [press("desk_settings")],
            )
            for on in (True, False)
        ),
        _talk(several, [Commanded("dot"), *(press("desk_campaign", id_) for id_ in ("6", "7"))]),
        _talk(replace(FULL, rulebooks={}), [press("desk_new")]),
        _talk(FULL, [press("really_not_me")], person=BAD),
        _talk(FULL, [*OPENING[:2], press("desk_preview")]),
        *(
            _talk(replace(FULL, been_in=frozenset({LAN.id}), anew={LAN.id: code}, accounts=accounts), HASTENING)
            for code in (WAITS, ASKED, BY_COMMAND, replace(BY_COMMAND, hastened_by=MINH.id, reason=HOSTILE))
            for accounts in ({}, FULL.accounts)
        ),
        _talk(replace(FULL, been_in=frozenset()), LETTING_IN, person=MINH),
        _talk(view(standing(LAN, started=False)), EXTENDING),
        _extended(view(standing(LAN, started=False))),
        *(_talk(room, [_chosen(room, stamp) for stamp in ("", "right")]) for room in CHOSEN_ROOMS),
        _talk(replace(FULL, unconfirmed={LAN.id: replace(GIVEN, first=True)}), CONFIRMING),
        *(_talk(FULL, ANSWERING, person=LAN, new_code=code) for code in (WAITS, BY_COMMAND)),
        _talk(view(standing(LAN, started=False)), [press("desk_undo", "5"), press("desk_undo_now", "5")]),
        _talk(view(standing(LAN, ReviewStatus.FINAL)), [press("desk_close", "5"), press("desk_close_now", "5", "x")]),
        _talk(
            view(people=(LAN, MINH)), [Commanded("nhansu"), press("crew_person", "3"), Commanded("dot")], person=MINH
        ),
    ]
    for first, last in (("desk/preview", "desk/open"), ("cast/to", "cast/send"), ("desk/close", "desk/close_now")):
        talks.append(_to_the_end(first, last))
    return talks


#: Who was chosen: of each kind one; more than get a code at once.
CHOSEN_ROOMS = (
    replace(FULL, people=(*FULL.people, DESK), accounts={LAN.id: (1, 0)}, been_in=frozenset({HOA.id}), invited={}),
    replace(FULL, people=(LAN, HOA), accounts={}, been_in=frozenset(), invited={LAN.id: NOW}),
    replace(FULL, people=tuple(replace(LAN, id=n) for n in range(100, 301)), accounts={}, invited={}),
)


def _chosen(room: OfficeView, stamp: str) -> Chosen:
    """Codes for everybody there; the right stamp is that of what was shown."""
    known = invitees(State(person=DESK, language="vi", now=AFTER_DUE), room)
    return Chosen(GIVE, tuple(one.id for one in room.people), stamp=stamp and known.stamp)


def _extended(room: OfficeView) -> Talk:
    """Another last day for all that were chosen, given and taken back."""
    ill = Extension(AFTER_DUE.date() + dt.timedelta(days=2), HOSTILE, HOSTILE)
    given = replace(room, standings=tuple(replace(one, extension=ill) for one in room.standings))
    people, day = tuple(one.id for one in room.people), ill.until
    talk = _talk(
        given, [press("crew_person", str(LAN.id)), press("crew_unextend", str(LAN.id), until_word(given.standings))]
    )
    talk.room = room
    talk.does(Chosen(EXTEND, people, 5, extendable(room, DESK).stamp(day, HOSTILE), HOSTILE, day.isoformat()))
    talk.room = given
    talk.does(Chosen(TAKE_BACK, people, 5, extendable(given, DESK, back=True).stamp(None, "")))
    return talk


def _talk(room, events, person=DESK, new_code=None) -> Talk:
    talk = Talk(room, person=person, now=AFTER_DUE, code="ABCDEFGHJKMN", new_code=new_code)
    for event in events:
        talk.does(event)
    return talk


def _to_the_end(first: str, last: str) -> Talk:
    """What is only said when a button is pressed that was just drawn."""
    room = EMPTY if last == "desk/open" else view(standing(LAN, started=False))
    talk = Talk(room, now=AFTER_DUE, code="ABCDEFGHJKMN")
    begins = {"desk/open": OPENING[:2], "cast/send": WRITING[:1], "desk/close_now": CAMPAIGNS[:1]}[last]
    for event in begins:
        talk.does(event)
    talk.presses(first)
    if last == "cast/send":
        talk.does(Said(HOSTILE))
    final = talk.key(last).button
    talk.does(Pressed(final))
    talk.does(Pressed(final))
    return talk


@cache
def replies() -> list[Reply]:
    """Of all of it; worded when a test asks, not by every process that collects."""
    return [reply for talk in told() for reply in talk.said]


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_message_is_said_by_some_turn(folder: str) -> None:
    assert (
        messages_in(folder) - {reply.template for reply in replies()} - BY_THE_SHELL - OF_MONTHS - OF_DECISIONS == set()
    )


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_label_stands_on_some_button(folder: str) -> None:
    labels = {f"{folder}/{block}" for block in environment("vi").get_template(f"{folder}/labels.j2").blocks}
    drawn = {key.label for reply in replies() for row in reply.keyboard for key in row}
    assert labels - drawn - LABELS_OF_MONTHS - LABELS_OF_DOSSIERS - {"desk/home"} == set()  # of the reminder


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_people_wrote_is_never_interpreted(language: str) -> None:
    for reply in replies():
        worded = message(reply.template, reply.values, language)
        assert "<script" not in worded
        assert "49" not in worded
    assert "&lt;script" in message("cast/message", {"text": HOSTILE, "by": "A", "unit": "B"}, language)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_day_is_asked_for_as_it_can_be_typed(language: str) -> None:
    assert "23/11/2020." in message("desk/no_day", {"today": "2020-11-23"}, language)
