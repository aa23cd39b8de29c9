"""Đề nghị làm lại: redoing a confirmed sheet that is wrong (Nghị định 335/2025/NĐ-CP, Điều 4 khoản 4; Nghị định
233/2026/NĐ-CP, Điều 4 khoản 5).

The person asks with a reason, and whoever holds the sheet's last step answers. The confirmed version is kept as it is.
"""

from dialogs.core.awaited import awaiting, let_go, unusable
from dialogs.core.awaited import number as kept_number
from dialogs.core.buttons import Button
from dialogs.core.commands.drafts import AnswerAnew, AskAnew
from dialogs.core.guard import Guard, Refused, Tried, allowed, reason_in
from dialogs.core.handlers import Books, OnPress, OnText
from dialogs.core.knowledge.results import Redoings
from dialogs.core.paging import number
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Notify, Reply, Turn
from dialogs.shown.person import form_of, review_values
from dialogs.shown.self_rating import totals
from rules.campaign.permissions import Action
from rules.judging.interview import has_rating
from rules.nouns.reviews import Json, Review, ReviewStatus
from rules.nouns.tracking import Redoing, Standing

#: The purposes of the focus while a reason, or the reason of a refusal, is awaited.
REASON, REFUSAL = "anew_reason", "anew_refusal"


def _find(state: State, button: Button) -> Review | Refused:
    mine = (state.own, *state.others, state.about)
    found = next((one for one in mine if one is not None and one.id == button.review), None)
    return found or Refused("missing")


def _may(state: State, review: Review, action: Action) -> bool:
    """Whether the table of permissions allows it. If nobody here confirms the sheet, the desk answers for the body
    outside.
    """
    outside = action is Action.ANSWER_ANEW and not review.steps and review.decider_id is None
    return allowed(state, review, action) or (outside and allowed(state, review, Action.RECORD_OUTSIDE))


#: The guard of a sheet to be redone. A button carries the version that it was drawn from.
SHEETS: Guard[Review] = Guard(
    rooms=(Room.ANEW,),
    find=_find,
    may=_may,
    denied=lambda _, review, __: Refused("not_yours", tried=Tried(review=review.id)),
    words=reason_in("anew/refused"),
    awaited=lambda state: Button("anew_ask", kept_number(state, "review"), (str(kept_number(state, "version")),)),
)


def choose(_: Books, __: State, review: Review, ___: Button) -> Turn:
    """Choose which of the confirmed sheets behind a yearly form is to be redone."""
    held = [one for one in review.held.values() if one.standing is Standing.CONFIRMED and one.review]
    once = {one.review: one for one in held}
    keys = tuple(
        (
            Key(
                "anew/sheet",
                Button("anew_ask", one.review, (str(one.version),)),
                {"year": one.year, "period": one.of or one.period, "score": one.score},
            ),
        )
        for one in once.values()
    )
    return Turn((Reply("anew/choose", {"count": len(once)}, keys),))


def ask(books: Books, state: State, review: Review, button: Button) -> Turn:
    """Await the reason."""
    if refused := _not_now(books, state, review, number(button, 0)):
        return SHEETS.refuse(books, state, refused, Action.ASK_ANEW, button)
    asked = Reply("anew/ask", _about(books, review))
    return Turn((asked,), (awaiting(REASON, review=review.id, version=number(button, 0)),))


def keep(books: Books, state: State, review: Review, text: str) -> Turn:
    """Take the reason; it goes to whoever holds the last step."""
    version = kept_number(state, "version")
    if refused := _not_now(books, state, review, version):
        return SHEETS.refuse(books, state, refused, Action.ASK_ANEW)
    reason = text.strip()
    if wrong := unusable(reason):
        return Turn((wrong,))
    # The notice's button finds the request by its review, since only one request waits for each sheet.
    values = {**_about(books, review), "reason": reason}
    keys = tuple(
        (Key(f"anew/{how}", Button(f"anew_{how}", review.id, (str(version),))),) for how in ("agree", "decline")
    )
    told = [
        Notify(
            person,
            f"anew:{review.id}:{version}:{len(_asked(state))}",
            Reply("anew/asked", values, keys),
            review.person.id,
        )
        for person in _answering(state, review)
    ]
    done = Reply("anew/sent", values)
    return Turn((done,), (AskAnew(review.id, version, reason), *told, *let_go(state, Room.ANEW)))


def agree(books: Books, state: State, review: Review, button: Button) -> Turn:
    """Agree: the sheet is open to its owner again."""
    waiting = _waiting(state, number(button, 0))
    if waiting is None:
        return SHEETS.refuse(books, state, Refused("answered"), Action.ANSWER_ANEW, button)
    return _answered(books, state, review, waiting, agreed=True, text="")


def ask_refusal(books: Books, state: State, review: Review, button: Button) -> Turn:
    """Await the reason of the refusal."""
    if _waiting(state, number(button, 0)) is None:
        return SHEETS.refuse(books, state, Refused("answered"), Action.ANSWER_ANEW, button)
    return Turn(
        (Reply("anew/ask_refusal", _about(books, review)),),
        (awaiting(REFUSAL, review=review.id, version=number(button, 0)),),
    )


def decline(books: Books, state: State, review: Review, text: str) -> Turn:
    """Refuse: the sheet stays as confirmed."""
    waiting = _waiting(state, kept_number(state, "version"))
    if waiting is None:
        return SHEETS.refuse(books, state, Refused("answered"), Action.ANSWER_ANEW)
    reason = text.strip()
    if wrong := unusable(reason):
        return Turn((wrong,))
    return _answered(books, state, review, waiting, agreed=False, text=reason)


def _answered(books: Books, state: State, review: Review, waiting: Redoing, *, agreed: bool, text: str) -> Turn:
    assert state.person is not None, "who answers is known"
    values: dict[str, Json] = {
        **_about(books, review),
        "agreed": agreed,
        "answer": text,
        "by": state.person.name,
        "position": state.person.position,
    }
    keys = ((Key("notice/mend", Button("next", review.id)),),) if agreed else ()
    told = Notify(
        review.person.id, f"anew_answered:{waiting.id}", Reply("anew/answered", {**values, "own": True}, keys)
    )
    said = Reply("anew/answered", {**values, "own": False})
    return Turn((said,), (AnswerAnew(review.id, waiting.id, agreed, text), told, *let_go(state, Room.ANEW)))


def _not_now(books: Books, state: State, review: Review, version: int) -> Refused | None:
    """Why it cannot be asked: only a confirmed sheet as it stands, and one request at a time. A rating is decided anew
    by its authority instead.
    """
    if has_rating(form_of(books, review)) or review.status is not ReviewStatus.FINAL:
        return Refused("not_confirmed")
    if review.draft is None or review.draft.version != version:
        return Refused("newer")
    return Refused("asked_already") if any(one.agreed is None for one in _asked(state)) else None


def _answering(state: State, review: Review) -> tuple[int, ...]:
    """Whoever holds the last step; if that is nobody here, the authority, otherwise the desk, which records what it
    says.
    """
    last = review.steps[-1].person if review.steps else review.decider_id
    return (last,) if last else state.desk


def _asked(state: State) -> tuple[Redoing, ...]:
    return state.room.asked if isinstance(state.room, Redoings) else ()


def _waiting(state: State, version: int) -> Redoing | None:
    return next((one for one in _asked(state) if one.agreed is None and one.version == version), None)


def _about(books: Books, review: Review) -> dict[str, Json]:
    form, draft = form_of(books, review), review.draft
    shown = totals(books[review.campaign.edition], form, review.person, draft.answers) if draft else []
    return {**review_values(books, review), "version": draft.version if draft else 0, "totals": shown}


VERBS: dict[str, OnPress] = {
    "anew_list": SHEETS.looking(choose, Action.ASK_ANEW),
    "anew_ask": SHEETS.looking(ask, Action.ASK_ANEW),
    "anew_agree": SHEETS.looking(agree, Action.ANSWER_ANEW),
    "anew_decline": SHEETS.looking(ask_refusal, Action.ANSWER_ANEW),
}

TEXTS: dict[str, OnText] = {
    REASON: SHEETS.looking(keep, Action.ASK_ANEW),
    REFUSAL: SHEETS.looking(decline, Action.ANSWER_ANEW),
}
