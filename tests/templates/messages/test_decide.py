"""Every message of the authority's side in words, in both languages; what people wrote is never interpreted."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest

from dialogs.core.buttons import Button
from dialogs.core.events import Commanded, Event, Pressed, Said
from dialogs.core.state import State
from dialogs.core.turn import Notify, Reply
from dialogs.step import step
from rules.nouns.reviews import Outcome, ReviewStatus, Step
from rules.nouns.rulings import Opinion, OpinionKind, Petition, PetitionOutcome
from rules.nouns.values import Rating
from tests.dialogs.deciding import QUY, THU, agreed, focus_of, ruled, sees
from tests.dialogs.small_office import BOOKS, HOA, LAN, MINH, NOW, TAM, decided, draft, review
from tests.templates.worded import check_worded

HOSTILE = "<script>alert(1)</script> {{ 7 * 7 }} {% if %} %(name)s"
NASTY = replace(LAN, name=HOSTILE, position=HOSTILE, unit=HOSTILE)

WAITING = agreed(review(draft(), person=NASTY, decisions=(decided(1, Outcome.APPROVED, comment=HOSTILE),)))
OUTSIDE = replace(WAITING, decider_id=None)
DECIDED = ruled(WAITING)
BY_HOA = replace(
    DECIDED, rulings=(replace(DECIDED.rulings[0], by=HOA.id, by_name=HOSTILE, reason=HOSTILE, remarks=HOSTILE),)
)
APPEALED = replace(BY_HOA, status=ReviewStatus.APPEALED)
MANY = tuple(
    replace(WAITING, id=200 + n, person=replace(NASTY, unit_id=n % 3, unit=f"Đơn vị {n % 3} {HOSTILE}"))
    for n in range(20)
)
OPINIONS = tuple(
    Opinion(n, 100, OpinionKind.OLD_UNIT, HOSTILE, 5, NOW, text=HOSTILE, by_name=HOSTILE, given_at=at)
    for n, at in ((1, NOW), (2, None))
)


def petition(outcome: PetitionOutcome | None = None, due: dt.date | None = None) -> Petition:
    at = NOW if outcome else None
    return Petition(7, 100, 1, LAN.id, HOSTILE, NOW, due, HOSTILE, outcome, HOSTILE if outcome else "", answered_at=at)


def focus(what: str = "ready", **texts: str) -> dict[str, object]:
    about = {"for": f"decide_{what}", "review": 100, "version": 1, "number": 1, "petition": 0}
    return {**about, "ratings": {"self": "good"}, "texts": texts}


def at(days: int | None) -> dict[str, object]:
    due = NOW.date() + dt.timedelta(days=days) if days is not None else None
    return {"petitions": (petition(due=due),), "days_left": {} if days is None else {7: days}}


def pressed(verb: str, *about: str, review_id: int = 100) -> Event:
    return Pressed(Button(verb, review_id, about))


def answering(text: str = "") -> dict[str, object]:
    return {"for": "petition_answer", "review": 100, "petition": 7, "text": text}


TURNS: list[tuple[State, Event]] = [
    (sees(None), Commanded("quyetdinh")),
    (sees(None, *MANY), Commanded("quyetdinh")),
    *((sees(None, *MANY), pressed("decide_list", which, "all", review_id=0)) for which in "word"),
    *((sees(of, opinions=OPINIONS), pressed("decide_card")) for of in (WAITING, DECIDED, BY_HOA, APPEALED)),
    *(
        (sees(replace(WAITING, status=status), opinions=OPINIONS), pressed("decide_card"))
        for status in (ReviewStatus.DRAFTING, ReviewStatus.SUBMITTED, ReviewStatus.RETURNED)
    ),
    (sees(OUTSIDE, person=THU), pressed("decide_card")),
    (sees(OUTSIDE, person=THU), pressed("decide_choose", "1", "1")),
    (sees(WAITING, person=TAM, acts_for=(QUY.id,)), pressed("decide_card")),
    *((sees(WAITING), pressed("decide_papers", "1", "1", kind)) for kind in ("pages", "docx", "pdf")),
    (sees(WAITING), pressed("decide_why")),
    *((sees(WAITING), pressed("decide_rate", "1", "1", "0", rating)) for rating in (*Rating, "none")),
    (sees(WAITING, focus=focus("reason")), Said(HOSTILE)),
    (sees(WAITING, focus=focus(remarks=HOSTILE)), pressed("decide_page", "1", "1")),
    (sees(WAITING, focus=focus()), pressed("decide_confirm", "1", "1", "x")),
    *(
        (sees(WAITING, focus=focus(remarks=HOSTILE)), pressed("decide_write", "1", "1", what))
        for what in ("remarks", "reason")
    ),
    (sees(OUTSIDE, person=THU, focus=focus("document")), Said(HOSTILE)),
    (sees(OUTSIDE, person=THU, focus=focus("document", signer=HOSTILE)), Said(f"{HOSTILE} ngày 01/12/2020")),
    (sees(BY_HOA), pressed("decide_confirm", "1", "1", "x")),
    (sees(DECIDED), pressed("decide_confirm", "1", "1", "x")),
    (sees(WAITING), pressed("decide_confirm", "9", "1", "x")),
    (sees(WAITING, person=HOA), pressed("decide_card")),
    (sees(WAITING, person=LAN), pressed("decide_card")),
    (sees(WAITING, focus=focus()), Said(HOSTILE)),
    *((sees(APPEALED, **at(days)), Commanded("kiennghi")) for days in (None, 5, 0, -2)),
    *((sees(APPEALED, **at(days)), pressed("petition_card", "7")) for days in (None, 5, 1, 0, -1, -2)),
    (sees(APPEALED, **at(3)), pressed("petition_keep", "7")),
    (sees(APPEALED, focus=answering(), **at(3)), Said(HOSTILE)),
    (sees(APPEALED, person=HOA, **at(3)), pressed("petition_card", "7")),
    (sees(APPEALED, person=LAN, **at(3)), pressed("petition_card", "7")),
    (sees(APPEALED, **at(3)), pressed("petition_card", "8")),
    *((sees(APPEALED, petitions=(petition(outcome),)), pressed("petition_card", "7")) for outcome in PetitionOutcome),
]


def confirmations() -> Iterator[tuple[State, Event]]:
    """The presses that decide: drawn first, then pressed."""
    for state in (
        sees(WAITING, focus=focus(remarks=HOSTILE, reason=HOSTILE, measures=HOSTILE, prospects=HOSTILE)),
        sees(OUTSIDE, person=THU, focus=focus(document=HOSTILE, signer=HOSTILE)),
        *(
            sees(
                replace(WAITING, steps=(Step("unit_head", 900),)),
                focus={**focus(reason=HOSTILE), "ratings": {"self": one}},
            )
            for one in ("not_completed", None)
        ),
        sees(WAITING, WAITING, replace(WAITING, id=9, person=MINH), person=TAM, acts_for=(QUY.id,), focus=focus()),
    ):
        shown = step(BOOKS, state, pressed("decide_page", "1", "1"))
        button = next(k.button for r in shown.replies for row in r.keyboard for k in row if k.label == "decide/confirm")
        yield replace(state, focus=focus_of(shown)), Pressed(button)
    shown = step(BOOKS, sees(APPEALED, focus=answering(), **at(3)), Said(HOSTILE))
    button = next(k.button for r in shown.replies for row in r.keyboard for k in row if k.label == "petition/send")
    yield sees(APPEALED, focus=focus_of(shown), **at(3)), Pressed(button)


#: The notices of this side.
NOTICES = {"notice/ruled", "notice/head_ruled", "notice/unit_ruled", "notice/petition_kept", "notice/two_years"}

TWO_YEARS = Reply(
    "notice/two_years",
    {
        **dict.fromkeys(("name", "position", "unit", "form", "code", "title", "cite"), HOSTILE),
        "year": 2020,
        "period": "q3",
        "unverified": True,
    },
)


UNIT_RULED = tuple(
    Reply(
        "notice/unit_ruled",
        {
            **dict.fromkeys(("name", "position", "unit", "form", "code", "post", "unit_name", "cite"), HOSTILE),
            "year": 2020,
            "period": "year",
            "unit_rating": Rating.GOOD,
            "decided": above,
            "own": own,
        },
    )
    for own, above in ((True, None), (False, None), (False, Rating.EXCELLENT))
)


def replies() -> Iterator[Reply]:
    yield TWO_YEARS
    yield from UNIT_RULED
    for state, event in (*TURNS, *confirmations()):
        turn = step(BOOKS, state, event)
        yield from turn.replies
        yield from (command.reply for command in turn.commands if isinstance(command, Notify))


REPLIES = tuple(replies())


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("reply", REPLIES, ids=[f"{n}-{reply.template}" for n, reply in enumerate(REPLIES)])
def test_every_reply_can_be_worded_and_never_interprets_what_people_wrote(reply: Reply, language: str) -> None:
    check_worded(reply, language)


def test_every_notice_is_worded() -> None:
    assert {reply.template for reply in REPLIES} >= NOTICES
