"""Every message and button about stand-ins and opinions, in words; what people wrote stays data."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest

from dialogs.core.buttons import Button
from dialogs.core.events import Commanded, Event, Pressed, Said
from dialogs.core.knowledge.others import Cover, Opinions
from dialogs.core.state import State
from dialogs.core.turn import Notify, Reply
from dialogs.opinions.guard import asked_notice
from dialogs.step import step
from rules.nouns.reviews import Json
from rules.nouns.rulings import Opinion, OpinionKind, StandIn
from templates.wording import environment
from tests.dialogs.small_office import BOOKS, HOA, LAN, MINH, NOW, TAM, draft, review
from tests.templates.worded import check_worded, messages_in

FOLDERS = ("cover", "opinion")
NOTICES = {"notice/stand_in", "notice/covered", "notice/stand_in_ended", "notice/covered_no_more"}
NOTICES |= {"notice/opinion", "notice/opinion_asked"}
HOSTILE = "<script>alert(1)</script> {{ 7 * 7 }} {% if %} %(name)s"
TODAY = NOW.date()
WEEK = (TODAY + dt.timedelta(7)).isoformat()

HEAD = replace(MINH, name=HOSTILE, position=HOSTILE, unit=HOSTILE)
DEPUTY = replace(HOA, id=5, name=HOSTILE, position=HOSTILE, unit=HOSTILE)
DESK = replace(TAM, id=6, name=HOSTILE, desk=True)
PEOPLE = (HEAD, DEPUTY, *(replace(LAN, id=n) for n in range(20, 30)))
ONES = tuple(StandIn(n, 2, 5, TODAY, TODAY + dt.timedelta(n // 2), 2) for n in range(1, 11))
AWAY = StandIn(11, 5, 2, TODAY, TODAY, 5)

REVIEW = replace(review(draft()), person=replace(LAN, name=HOSTILE), decider_id=9)
OPINIONS = tuple(
    Opinion(n, 100, kind, HOSTILE, asked, NOW, cite, due)
    for n, (kind, asked, cite, due) in enumerate(
        (
            (OpinionKind.OLD_UNIT, MINH.id, "Điều thử", TODAY),
            (OpinionKind.TEMPORARY_CELL, MINH.id, "", None),
            (OpinionKind.OTHER, MINH.id, "", None),
            (OpinionKind.OLD_UNIT, None, "Điều thử", None),
            *(((OpinionKind.OLD_UNIT, MINH.id, "", None),) * 6),
        )
    )
)

GIVEN = tuple(replace(one, text=HOSTILE, by=2, by_name=HOSTILE, given_at=NOW) for one in OPINIONS)


def cover(person, *ones: StandIn, candidates=PEOPLE) -> State:
    return State(person, "vi", NOW, room=Cover(ones, candidates, {one.id: one for one in PEOPLE}))


def opinions(person, *ones: Opinion, about=REVIEW) -> State:
    return State(person, "vi", NOW, about=about, room=Opinions(ones, {100: about} if ones else {}))


def pressed(verb: str, *about: object, review: int = 0) -> Event:
    return Pressed(Button(verb, review, tuple(str(one) for one in about)))


def _covers() -> Iterator[tuple[State, Event]]:
    today = TODAY.isoformat()
    for person, ones in ((HEAD, ()), (HEAD, ONES), (DEPUTY, ONES), (DESK, ONES), (LAN, ())):
        yield cover(person, *ones), Commanded("thaymat")
        yield cover(person, *ones), pressed("cover_end", 1)
        yield cover(person, *ones), pressed("cover_ended", 1)
        yield cover(person, *ones), pressed("cover_list", 8)
        yield cover(person, *ones), pressed("cover_absent")
        yield cover(person, AWAY), pressed("cover_set", 2, 5, today, today)
        for about in ((2,), (2, 8), (2, 5), (2, 99), (2, 5, today), (2, 5, "x"), (2, 5, "2020-01-01")):
            for verb in ("cover_who", "cover_pick", "cover_since", "cover_until"):
                yield cover(person, *ones), pressed(verb, *about)
        for until in (today, WEEK, "2020-01-01", "2030-01-01"):
            yield cover(person), pressed("cover_until", 2, 5, today, until)
            yield cover(person), pressed("cover_set", 2, 5, today, until)
    yield cover(HEAD, candidates=()), pressed("cover_who", 2)
    yield replace(cover(HEAD), focus={"for": "cover_since", "said": "2 5"}), Said(HOSTILE)


def _opinions() -> Iterator[tuple[State, Event]]:
    for person in (MINH, replace(DESK, office=LAN.office), HOA):
        for ones in (OPINIONS, GIVEN, ()):
            yield opinions(person, *ones), Commanded("ykien")
            for n in range(4):
                focus: dict[str, Json] = {"for": "opinion_text", "opinion": n, "review": 100, "text": HOSTILE}
                state = replace(opinions(person, *ones), focus=focus)
                for verb in ("opinion_card", "opinion_write", "opinion_give"):
                    yield opinions(person, *ones), pressed(verb, n, review=100)
                yield state, Said(HOSTILE)
                yield state, Said(" ")
                yield state, Said("á" * 3001)
                (shown, *_) = step(BOOKS, state, Said(HOSTILE)).replies
                if shown.template == "opinion/confirm":
                    yield state, Pressed(shown.keyboard[0][0].button)
    for period in ("q1", "m02"):
        about = replace(REVIEW, campaign=replace(REVIEW.campaign, period=period), decider_id=None)
        yield opinions(MINH, *OPINIONS, about=about), pressed("opinion_card", 0, review=100)


def replies() -> Iterator[Reply]:
    yield from (asked_notice(BOOKS, REVIEW, one) for one in OPINIONS)
    seen = set()
    for state, event in (*_covers(), *_opinions()):
        turn = step(BOOKS, state, event)
        told = (command.reply for command in turn.commands if isinstance(command, Notify))
        for reply in (*turn.replies, *told):
            if repr(reply) not in seen:
                seen.add(repr(reply))
                yield reply


REPLIES = tuple(replies())


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("reply", REPLIES, ids=[f"{n}-{reply.template}" for n, reply in enumerate(REPLIES)])
def test_every_reply_can_be_worded_and_never_interprets_what_people_wrote(reply: Reply, language: str) -> None:
    check_worded(reply, language)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_message_is_sent_by_some_turn(folder: str) -> None:
    assert messages_in(folder) - {reply.template for reply in REPLIES} == set()


def test_every_notice_is_sent() -> None:
    assert {reply.template for reply in REPLIES} >= NOTICES


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_label_stands_on_some_button(folder: str) -> None:
    labels = {f"{folder}/{block}" for block in environment("vi").get_template(f"{folder}/labels.j2").blocks}
    assert labels - {key.label for reply in REPLIES for row in reply.keyboard for key in row} == set()
