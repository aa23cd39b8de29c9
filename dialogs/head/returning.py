"""Trả lại: a reason in words, optionally the items it is about, then the return itself."""

from dialogs.core.awaited import MAX_CHARS, let_go, text_of, unusable
from dialogs.core.buttons import Button
from dialogs.core.handlers import Books
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Notify, Reply, Return, Turn
from dialogs.head.guard import OpenDraft, awaiting, awaits, what_next
from dialogs.shown.chain import acting_for, for_values, to_see
from dialogs.shown.draft_card import drawn
from dialogs.shown.person import form_of, which_values
from rules.forms.form import Form, NamedItem
from rules.nouns.reviews import Json, Review

#: What the focus is for from the press on Trả lại to the return; it keeps the reason and the items.
REASON = "head_reason"


def ask(books: Books, _: State, draft: OpenDraft, __: Button) -> Turn:
    """The next text is the reason; without one nothing is returned."""
    cancel = ((Key("head/cancel", drawn("head_card", draft.review)),),)
    asked = Reply("head/ask_reason", {**which_values(books, draft.review), "max": MAX_CHARS}, cancel)
    return Turn((asked,), (awaiting(REASON, draft),))


def keep(books: Books, state: State, draft: OpenDraft, text: str) -> Turn:
    """The awaited reason came (or is written anew): show it, ask for items, offer to send."""
    if wrong := unusable(text.strip()):
        return Turn((wrong,))
    return _choosing(books, draft, text.strip(), _pointed_at(state), replaces=False)


def toggle(books: Books, state: State, draft: OpenDraft, button: Button) -> Turn:
    """An item is pointed at, or no longer."""
    reason = _reason(state, draft)
    if not reason:
        return ask(books, state, draft, button)
    named = set(button.about[2:3])
    return _choosing(books, draft, reason, _pointed_at(state) ^ named, replaces=True)


def send(books: Books, state: State, draft: OpenDraft, button: Button) -> Turn:
    """Return the draft: the reason and the items go to the person."""
    reason = _reason(state, draft)
    if not reason:
        return ask(books, state, draft, button)
    review, version = draft.review, draft.draft.version
    pointed_at = [part for part in parts_of(form_of(books, review), draft) if part.key in _pointed_at(state)]
    notice = Notify(
        review.person.id, f"returned:{review.id}:{version}", returned_notice(books, state, review, reason, pointed_at)
    )
    others = [one for one in to_see(state) if one.id != review.id]
    done = Reply(
        "head/returned", {**which_values(books, review), "waiting": len(others)}, what_next(others), replaces=True
    )
    command = Return(review.id, version, reason, tuple(part.key for part in pointed_at), acting_for(state, review))
    return Turn((done,), (command, notice, *let_go(state, Room.HEAD)))


def returned_notice(books: Books, state: State, review: Review, reason: str, pointed_at: list[NamedItem]) -> Reply:
    """What the person is told, with a button that goes straight on."""
    assert state.person is not None, "an approver is known"
    values: dict[str, Json] = {
        "by": state.person.name,
        "position": state.person.position,
        "at": state.now.isoformat(),
        "reason": reason,
        "parts": [_named(part) for part in pointed_at],
        "form": form_of(books, review).title,
        **which_values(books, review),
        **for_values(acting_for(state, review), state.names),
    }
    return Reply("notice/returned", values, ((Key("notice/mend", Button("next", review.id)),),))


def parts_of(form: Form, draft: OpenDraft) -> list[NamedItem]:
    """The items a return may point at: those the person has answered something in."""
    return [part for part in form.parts() if any(key in draft.draft.answers for key in part.questions)]


def _choosing(books: Books, draft: OpenDraft, reason: str, chosen: set[str], *, replaces: bool) -> Turn:
    """The reason, a toggle for each item, and the button that sends."""
    review = draft.review
    offered = parts_of(form_of(books, review), draft)
    toggles = tuple(
        (Key("head/part", drawn("head_part", review, part.key), {**_named(part), "on": part.key in chosen}),)
        for part in offered
    )
    send_or_not = (
        (Key("head/send", drawn("head_send", review)),),
        (Key("head/rewrite_reason", drawn("head_return", review)), Key("head/cancel", drawn("head_card", review))),
    )
    values: dict[str, Json] = {
        **which_values(books, review),
        "reason": reason,
        "parts": [_named(part) for part in offered if part.key in chosen],
    }
    kept: list[Json] = [part.key for part in offered if part.key in chosen]
    shown = Reply("head/parts", values, (*toggles, *send_or_not), replaces=replaces)
    return Turn((shown,), (awaiting(REASON, draft, reason=reason, parts=kept),))


def _reason(state: State, draft: OpenDraft) -> str:
    """The reason written for this very draft, if it is still at hand."""
    return text_of(state.focus or {}, "reason") if awaits(state, REASON, draft) else ""


def _pointed_at(state: State) -> set[str]:
    """Keys of the items chosen so far."""
    chosen = (state.focus or {}).get("parts")
    return {str(key) for key in chosen} if isinstance(chosen, list) else set()


def _named(part: NamedItem) -> dict[str, Json]:
    return {"number": part.number, "title": part.title}
