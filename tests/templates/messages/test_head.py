"""Every message and button of the welcome, the approver's side, the menu and the notices, in words."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.campaign.farewells import PEOPLE, Farewell, notice
from dialogs.core.buttons import Button
from dialogs.core.events import Commanded, Event, Pressed, Said
from dialogs.core.stamps import comment_stamp
from dialogs.core.state import Device, Invitation, Invited, State
from dialogs.core.turn import Notify, Reply
from dialogs.lobby.menu import MENU, OF_DESK
from dialogs.lobby.reminders import reminder
from dialogs.shown.draft_card import card
from dialogs.step import step
from rules.book.procedure import Effect, Role, SpecialCase
from rules.campaign.reminders.reminding import Owed, ReviewTally, What
from rules.nouns.conditions import When
from rules.nouns.reviews import Answer, Json, Outcome, Review, ReviewStatus, Step
from rules.nouns.rulings import Endorsement
from rules.nouns.service import Leaving, Service
from rules.nouns.standings import ReviewLine
from rules.nouns.values import Rating
from templates.wording import environment
from tests.dialogs.decided import ruling
from tests.dialogs.head.test_in_charge import TURNS as IN_CHARGE
from tests.dialogs.head.test_results import SHELF as TELLING
from tests.dialogs.head.test_results import TURNS as RESULTS
from tests.dialogs.head.test_together import SHELF
from tests.dialogs.head.test_together import TURNS as TOGETHER
from tests.dialogs.small_office import (
    BOOKS,
    HOA,
    LAN,
    MINH,
    NOW,
    TAM,
    decided,
    draft,
    head_sees,
    pressed,
    review,
    with_comment,
)
from tests.templates.messages.test_decide import NOTICES as DECIDE_NOTICES
from tests.templates.messages.test_stand_in import NOTICES as COVER_NOTICES
from tests.templates.worded import check_worded, messages_in

FOLDERS = ("head", "menu", "notice", "welcome")
DUE, LATE = dt.date(2020, 12, 4), dt.date(2020, 12, 6)
HOSTILE = "<script>alert(1)</script> {{ 7 * 7 }} {% if %} %(name)s"

WAITING = with_comment(review(draft()), HOSTILE)
PLAIN, THIRD = review(draft(), person=TAM, review_id=101), review(draft(), review_id=102)
MANY = tuple(
    review(replace(draft(), self_rating=r, suggested=r), review_id=n) for n, r in enumerate((*Rating, None) * 2, 1)
)

ALL_CHANGED = {
    "attitude": Answer("met", HOSTILE),
    "tasks": Answer({"items": [{"name": "Soạn báo cáo", "done": 80}, {"name": HOSTILE, "done": 1}], "closed": True}),
    "strengths": Answer(None, skipped=True),
    "self": Answer("good"),
}
AGAIN = review(draft(1), draft(2, ALL_CHANGED), decisions=(decided(1, Outcome.RETURNED),))
AFTER_WITHDRAWAL = review(
    draft(1, {"tasks": Answer({"items": [{"name": "Lưu trữ", "done": 1}], "closed": True})}),
    replace(draft(2), suggested=None),
    decisions=(decided(1, Outcome.WITHDRAWN, LAN),),
)
APPROVED = review(draft(), status=ReviewStatus.APPROVED, decisions=(decided(1, Outcome.APPROVED, comment="Tốt"),))
APPROVED_BY_HOA = replace(APPROVED, decisions=(decided(1, Outcome.APPROVED, HOA),))
RETURNED = review(draft(), status=ReviewStatus.RETURNED, decisions=(decided(1, Outcome.RETURNED),))
RETURNED_BY_HOA = replace(RETURNED, decisions=(decided(1, Outcome.RETURNED, HOA),))
WITHDRAWN = review(draft(), status=ReviewStatus.DRAFTING, decisions=(decided(1, Outcome.WITHDRAWN, LAN),))
FRESH = review(status=ReviewStatus.DRAFTING)
BEGUN = replace(FRESH, answers={"attitude": Answer("good")})

STEPS = tuple(Step(role, MINH.id) for role in (Role.UNIT_HEAD, Role.DEPUTY, Role.IN_CHARGE, Role.AUTHORITY))
AGREED = tuple(
    Endorsement(1, 0, Role.UNIT_HEAD, MINH.id, HOSTILE, MINH.position, NOW, HOSTILE, for_whom)
    for for_whom in (None, HOA.id, TAM.id)
)
CHAINS = tuple(
    replace(PLAIN, steps=STEPS, step=n, approver_role=step.role, endorsements=AGREED, decider_id=9, comment=HOSTILE)
    for n, step in enumerate(STEPS)
)
ON = CHAINS[0]
LAST = replace(ON, steps=STEPS[:1])
NASTY = replace(WAITING, person=replace(LAN, name=HOSTILE, position=HOSTILE, unit=HOSTILE))
OWN_CHAIN = replace(LAST, decider_id=MINH.id)
ELSEWHERE = replace(CHAINS[1], approver_id=HOA.id, endorsements=(replace(AGREED[0], by=MINH.id),))
NOT_YET = replace(ON, approver_id=HOA.id, endorsements=())
COVERED = replace(ON, approver_id=HOA.id)
NAMED = {HOA.id: HOSTILE}

REASON: dict[str, Json] = {
    "for": "head_reason",
    "review": 100,
    "version": 1,
    "digits": draft().stamp[:12],
    "reason": HOSTILE,
    "sections": ["i"],
}
POINTED: dict[str, Json] = {**REASON, "version": "1", "parts": ["i1"], "points": {"attitude": "unmet"}}
LOOKING: dict[str, Json] = {"for": "head_card", "review": 100, "version": "1", "digits": draft().stamp[:12]}
COMMENT: dict[str, Json] = {**REASON, "for": "head_comment"}
GUEST = State(None, "vi", NOW, invited=Invited(Invitation.VALID, 7, LAN), own=FRESH, due=DUE, approver=MINH)
KNOWN = State(
    LAN,
    "vi",
    NOW,
    own=FRESH,
    fresh_code="ABCDEFGHJKMN",
    links={"web": "https://a.example/i/A", "telegram": "https://t.example/A"},
)
#: Signed in nowhere else; and in more places than are listed.
HERE = Device("web", NOW, NOW, here=True)
DEVICES = (
    (HERE,),
    (HERE, *(Device(channel, NOW, last) for channel in ("web", "telegram") for last in (None, NOW) for _ in range(3))),
)

TURNS: list[tuple[State, Event]] = [
    (replace(GUEST, own=WAITING), Said("ABCDEFGHJKMN")),
    (replace(GUEST, own=replace(WAITING, status=ReviewStatus.DECIDED, rulings=(ruling(),))), Said("ABCDEFGHJKMN")),
    (head_sees(None), Commanded("choduyet")),
    (head_sees(None, *MANY), Commanded("choduyet")),
    (head_sees(None, *MANY), Pressed(Button("head_list", 0, ("8",)))),
    (head_sees(WAITING, THIRD, WAITING, PLAIN), Pressed(Button("head_card", 100))),
    (head_sees(WAITING), Pressed(pressed("head_agree", WAITING))),
    (head_sees(PLAIN), Pressed(pressed("head_agree", PLAIN))),
    (head_sees(PLAIN, PLAIN, THIRD), Pressed(pressed("head_approve", PLAIN, "0"))),
    (head_sees(PLAIN), Pressed(pressed("head_approve", PLAIN, "0"))),
    *(
        (head_sees(of, of, THIRD), Pressed(pressed("head_approve", of, comment_stamp(HOSTILE))))
        for of in (ON, OWN_CHAIN)
    ),
    (head_sees(WAITING), Pressed(pressed("head_comment", WAITING))),
    (head_sees(WAITING), Pressed(pressed("head_uncomment", WAITING))),
    (head_sees(WAITING, focus=COMMENT), Said(HOSTILE)),
    (head_sees(WAITING), Pressed(pressed("head_return", WAITING))),
    (head_sees(WAITING, focus=REASON), Said(HOSTILE)),
    (head_sees(WAITING, focus=REASON), Said(" ")),
    (head_sees(WAITING, focus=REASON), Said("á" * 1001)),
    (head_sees(WAITING, focus=REASON), Pressed(pressed("head_section", WAITING, "i"))),
    (head_sees(WAITING, focus=REASON), Pressed(pressed("head_send", WAITING))),
    (head_sees(WAITING, focus={**REASON, "sections": []}), Pressed(pressed("head_send", WAITING))),
    *((head_sees(WAITING, focus=focus), Said(HOSTILE)) for focus in (LOOKING, {**LOOKING, "piece": HOSTILE})),
    (head_sees(WAITING, focus=REASON), Pressed(pressed("head_points", WAITING))),
    (head_sees(WAITING, focus=POINTED), Pressed(pressed("head_points", WAITING))),
    (head_sees(WAITING, focus=POINTED), Pressed(pressed("head_point", WAITING, "attitude"))),
    (head_sees(WAITING, focus=POINTED), Pressed(pressed("head_point", WAITING, "attitude", "met"))),
    (head_sees(WAITING, focus=POINTED), Pressed(pressed("head_send", WAITING))),
    *TOGETHER,
    *IN_CHARGE,
    (replace(head_sees(NASTY), desk=(TAM.id,)), Pressed(pressed("head_approve", NASTY, comment_stamp(HOSTILE)))),
    (head_sees(AGAIN), Pressed(pressed("head_changes", AGAIN))),
    (head_sees(AFTER_WITHDRAWAL), Pressed(pressed("head_changes", AFTER_WITHDRAWAL))),
    *((head_sees(of), Pressed(pressed("head_why", of))) for of in (WAITING, AGAIN, AFTER_WITHDRAWAL)),
    (head_sees(WAITING), Pressed(pressed("head_why", WAITING, "all"))),
    (head_sees(WAITING), Pressed(pressed("head_papers", WAITING, "pages"))),
    (head_sees(WAITING), Pressed(pressed("head_papers", WAITING, "docx"))),
    (head_sees(WAITING), Pressed(pressed("head_papers", WAITING, "pdf"))),
    (head_sees(None, PLAIN), Pressed(Button("head_agree", 999))),
    (State(HOA, "vi", NOW, about=WAITING), Pressed(pressed("head_agree", WAITING))),
    (State(LAN, "vi", NOW, own=WAITING), Pressed(pressed("head_agree", WAITING))),
    (head_sees(AGAIN), Pressed(Button("head_agree", 100, ("7", "abc")))),
    *((head_sees(of), Pressed(pressed("head_agree", WAITING))) for of in (APPROVED, APPROVED_BY_HOA, RETURNED)),
    *((head_sees(of), Pressed(pressed("head_agree", WAITING))) for of in (RETURNED_BY_HOA, WITHDRAWN)),
    (State(LAN, "vi", NOW, own=WAITING, approver=MINH), Pressed(Button("withdrawn", 100, ("1",)))),
    *((head_sees(of), Pressed(Button("head_card", 101))) for of in (*CHAINS, ELSEWHERE, NOT_YET)),
    *((head_sees(of), Pressed(pressed("head_agree", of))) for of in (ON, ELSEWHERE, NOT_YET)),
    *((head_sees(of), Pressed(pressed("head_approve", of, comment_stamp(HOSTILE)))) for of in (ON, OWN_CHAIN, LAST)),
    *(
        (replace(head_sees(COVERED, COVERED), acts_for=(HOA.id,), names=names), event)
        for names in (NAMED, {})
        for event in (
            Commanded("choduyet"),
            Pressed(Button("head_card", 101)),
            Pressed(pressed("head_agree", COVERED)),
            Pressed(pressed("head_approve", COVERED, comment_stamp(HOSTILE))),
        )
    ),
    *(
        (
            State(MINH, "vi", NOW, own=replace(ON, person=MINH, approver_id=HOA.id), acts_for=(HOA.id,), names=names),
            event,
        )
        for names in (NAMED, {})
        for event in (Pressed(pressed("head_agree", ON)),)
    ),
    (GUEST, Said("ABCDEFGHJKMN")),
    (replace(GUEST, own=BEGUN), Said("ABCDEFGHJKMN")),
    (replace(GUEST, own=None, waiting=(PLAIN,)), Said("ABCDEFGHJKMN")),
    *(
        (State(None, "vi", NOW, invited=Invited(o, opens_at=NOW if o == "waiting" else None)), Said("x"))
        for o in Invitation
        if o != "valid"
    ),
    (replace(KNOWN, invited=Invited(Invitation.OTHER)), Commanded("start", "x")),
    *((KNOWN, Pressed(Button(verb))) for verb in ("not_me", "really_not_me")),
    *(
        (replace(KNOWN, waiting=(PLAIN,)), Commanded(name))
        for name in ("trogiup", "ngonngu", "thietbi", "thoat", "xyz")
    ),
    *(
        (replace(KNOWN, devices=devices), event)
        for devices in DEVICES
        for event in (Commanded("thietbi"), *(Pressed(Button(verb)) for verb in ("others_out", "others_out_now")))
    ),
    (KNOWN, Pressed(Button("others_stay"))),
    *(
        (replace(state, fresh_code="ABCDEFGHJKMN", links=links), Pressed(Button("console")))
        for state in (KNOWN, replace(KNOWN, waiting=(PLAIN,)))
        for links in ({}, {"console": "https://tusoi.example/bang/vao/ABCDEFGHJKMN"})
    ),
    *((KNOWN, Commanded("ngonngu", language)) for language in ("vi", "en")),
    (KNOWN, Commanded("nhacsau")),
    *((KNOWN, Pressed(Button("snooze", 0, (days,)))) for days in ("0", "3")),
]
CARDS = [
    *(card(BOOKS, of, pages=True) for of in (WAITING, AGAIN, AFTER_WITHDRAWAL, APPROVED, RETURNED)),
    *(card(BOOKS, one) for one in MANY),
]


def standing(of: Review) -> ReviewLine:
    return ReviewLine(of.id, of.person, of.campaign, of.form, of.status, 2, "unit_head", 3, bool(of.answers))


def owed(what: What, *reviews: Review, title: str = "Tổng hợp kết quả", **more: object) -> Owed:
    return Owed(2, what, DUE, 1, "summary", title, tuple(standing(one) for one in reviews), **more)  # type: ignore[arg-type]


NAMED_SO = replace(FRESH, person=replace(LAN, name=HOSTILE))
TALLIES = tuple(ReviewTally(HOSTILE, 9, 7, 2, 4) for _ in range(24))
#: Everything somebody can be told of.
EVERYTHING = (
    owed(What.PETITION, NAMED_SO),
    owed(What.WAITING, *MANY),
    owed(What.DECIDE, APPROVED),
    owed(What.OPINION, NAMED_SO, text=HOSTILE),
    replace(owed(What.OPINION, NAMED_SO, text=HOSTILE), due=None),
    *(owed(What.OWN, of) for of in (FRESH, RETURNED)),
    *(owed(What.LATE, of) for of in (FRESH, WAITING, APPROVED)),
    owed(What.STANDS, FRESH, WAITING, APPROVED),
    owed(What.PLAN, text=HOSTILE),
    owed(What.RESULTS, replace(APPROVED, person=replace(LAN, name=HOSTILE))),
    replace(owed(What.DIGEST, tallies=TALLIES), due=None),
)
REMINDERS = [
    *(reminder(BOOKS, [one], day) for one in EVERYTHING for day in (NOW.date(), DUE, LATE)),
    reminder(BOOKS, [owed(What.OWN, BEGUN)], LATE),
    reminder(BOOKS, [owed(What.STANDS, *(replace(FRESH, id=n, person=replace(LAN, id=n)) for n in range(12)))], LATE),
    reminder(BOOKS, EVERYTHING, DUE),
    reminder(BOOKS, EVERYTHING[::-1], DUE),
]

#: Nobody presses for these: the roster brings them. The end of LAN's form by a case of the rulebook, and of TAM's by none; who left,
#: and whose forms go on.
ENDING = SpecialCase("transferred", HOSTILE, When(()), Effect.FLAGGED, HOSTILE)
GONE = replace(LAN, id=31, name=HOSTILE, unit=HOSTILE, service=Service(left=NOW.date(), left_as=Leaving.RETIRED))
ENDED = Farewell(replace(LAN, name=HOSTILE), left=False, ended=[(PLAIN, ENDING), (FRESH, None)])
GOES_ON = Farewell(GONE, left=True, kept=[PLAIN, RETURNED, replace(APPROVED, decider_id=None)])
FAREWELLS = [
    notice(BOOKS, [ENDED], NAMED, LAN.id, desk=False),
    notice(BOOKS, [replace(GOES_ON, left=False)], NAMED, MINH.id, desk=False),
    notice(BOOKS, [ENDED, GOES_ON, replace(GOES_ON, person=TAM)], {**NAMED, MINH.id: HOSTILE}, MINH.id, desk=False),
    notice(BOOKS, [GOES_ON] * (PEOPLE + 1), {}, MINH.id, desk=True),
]


def replies() -> Iterator[Reply]:
    for state, event in TURNS:
        turn = step({**BOOKS, **SHELF}, state, event)
        yield from turn.replies
        yield from (command.reply for command in turn.commands if isinstance(command, Notify))
    for state, event in RESULTS:
        yield from step(TELLING, state, event).replies
    yield from CARDS
    yield from REMINDERS
    yield from FAREWELLS


REPLIES = tuple(replies())
#: What a year under Decree 335 tells: tests/bot/campaign/months/test_months.py plays it.
OF_MONTHS = {"notice/scores"}


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("reply", REPLIES, ids=[f"{n}-{reply.template}" for n, reply in enumerate(REPLIES)])
def test_every_reply_can_be_worded_and_never_interprets_what_people_wrote(reply: Reply, language: str) -> None:
    check_worded(reply, language)


#: Told where somebody is passed over who gave a code: tests/bot/turn/test_codes_given_anew.py.
OF_DEVICES = {"notice/sent_past"}
#: Told the desk by the shell: tests/bot/health/test_telling.py.
OF_HEALTH = {"notice/channel_gone", "notice/channel_back", "notice/not_going_out", "notice/going_out_again"}
#: Requests about data: tests/bot/authorisation/test_data.py.
OF_DATA = {"notice/data_asked", "notice/data_seen", "notice/data_answered"}
#: A link to the console that was opened again: tests/bot/console/test_signing_in.py.
OF_CONSOLE = {"notice/console_link"}
#: Of an own Word template that could not be printed: tests/bot/documents/test_own_templates.py.
OF_TEMPLATES = {"notice/template_failed"}
#: Of a body's report that several write: tests/campaigns/test_report_by_several.py.
OF_REPORTS = {f"notice/{name}" for name in ("drafter_named", "drafter_left", "part_given", "part_done", "part_back")}
#: A later last day: tests/bot/console (the selection), tests of the same name.
OF_EXTENSIONS = {"notice/extended"}
#: Ballots: tests/bot/balloting, tests/browser/test_booth.py.
OF_POLLS = {f"notice/{name}" for name in ("poll_begins", "poll_counts", "poll_teller", "poll_counted", "poll_tie")}
#: Drafts sent round: tests/bot/campaign/rounds.
OF_ROUNDS = {
    f"notice/{name}" for name in ("round_asked", "rounds_asked", "round_later", "round_ended", "round_settled")
}
#: What a unit sends up: tests/bot/campaign/upward.
OF_UPWARD = {f"notice/{name}" for name in ("sent_up", "sent_up_returned", "sent_up_withdrawn")}
#: Opinions of bodies outside: tests/bot/inquiries.
OF_INQUIRIES = {"notice/inquiry_came"}


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_message_is_sent_by_some_turn(folder: str) -> None:
    assert (
        messages_in(folder)
        - {reply.template for reply in REPLIES}
        - COVER_NOTICES
        - DECIDE_NOTICES
        - OF_MONTHS
        - OF_DEVICES
        - OF_HEALTH
        - OF_DATA
        - OF_CONSOLE
        - OF_TEMPLATES
        - OF_REPORTS
        - OF_POLLS
        - OF_EXTENSIONS
        - OF_ROUNDS
        - OF_UPWARD
        - OF_INQUIRIES
        == set()
    )


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_label_stands_on_some_button(folder: str) -> None:
    labels = {f"{folder}/{block}" for block in environment("vi").get_template(f"{folder}/labels.j2").blocks}
    descriptions = {f"menu/{name}" for name in (*MENU, *OF_DESK)}
    drawn = {key.label for reply in REPLIES for row in reply.keyboard for key in row}
    assert labels - descriptions - drawn - {"notice/look", "head/rest_of_unit", "menu/console"} == set()
