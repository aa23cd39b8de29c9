"""Several reviews of one person: which one stays at work from event to event, and texts that were meant for another
one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dialogs.core.awaited import AT_WORK, at_work_of, in_a_room
from dialogs.core.commands.drafts import Withdraw
from dialogs.core.events import Said
from dialogs.core.handlers import Books
from dialogs.core.keys import key, rows
from dialogs.core.state import State
from dialogs.core.turn import Reply, SetFocus, Turn
from dialogs.interview.own_review import OwnReview
from dialogs.interview.position import here
from dialogs.interview.question_page import news
from dialogs.shown.person import which_values
from rules.campaign.at_work import at_work
from rules.nouns.reviews import Json
from rules.nouns.text import shorten


def meant_for_another(books: Books, state: State, said: Said) -> Turn | None:
    """The reply to a text sent while a different review was shown than the one now at work; None: the text is for the
    review at work.

    This happens when the earlier review was sent or ended meanwhile, or another device moved on. Nothing of the text is
    stored.
    """
    own, before = state.own, at_work_of(state.focus)
    if own is None or not own.open or in_a_room(state.focus):
        return None
    if before in {0, own.id} and (not state.shown or own.id in state.shown):
        return None
    meant = {before} if before not in {0, own.id} else state.shown
    other = next(
        (one for one in state.others if one.id in meant and at_work((own, *state.others), one.id) == one), None
    )
    other = other if other and other.open else None
    reply = here(OwnReview.of(books, state), news("not_kept", piece=shorten(said.text), **which_values(books, own)))
    there = key("review/open_form", other, "next", **which_values(books, other)) if other else None
    return Turn((replace(reply, keyboard=(*reply.keyboard, *rows((there,)))),))


def staying(state: State, turn: Turn, *, own: bool) -> Turn:
    """The turn, which also keeps which of several reviews is at work, whatever else the focus comes to be about. `own`: the event
    went to one's own review; one that was sent is looked at beside the one at work.
    """
    kept = bool((state.focus or {}).get(AT_WORK))
    if any(one.open for one in state.others):
        back = any(isinstance(command, Withdraw) for command in turn.commands)
        now = state.own.id if own and state.own and (state.own.open or back) else at_work_of(state.focus)
    else:
        now = at_work_of(state.focus) if kept and not own else 0
    if not now and not kept:
        return turn
    focused = [command.focus for command in turn.commands if isinstance(command, SetFocus)]
    plain: Mapping[str, Json] = (focused[-1] if focused else state.focus) or {}
    focus = {name: value for name, value in plain.items() if name != AT_WORK} | ({AT_WORK: now} if now else {})
    rest = tuple(command for command in turn.commands if not isinstance(command, SetFocus))
    return replace(turn, commands=rest if focus == dict(state.focus or {}) else (*rest, SetFocus(focus or None)))


#: Buttons that lead to a review without its page being there.
_LEADS = frozenset({"next", "result_show"})


def reviews_shown(replies: Sequence[Reply]) -> frozenset[int]:
    """The reviews on whose pages these buttons stand."""
    keys = (key for reply in replies for row in reply.keyboard for key in row)
    return frozenset(key.button.review for key in keys if key.button.review and key.button.verb not in _LEADS)
