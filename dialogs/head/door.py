"""The entrance of the approver's room: what waits, the card of a draft, and the handler of each of its buttons."""

from collections.abc import Mapping
from dataclasses import replace

from dialogs.core.awaited import let_go
from dialogs.core.buttons import Button
from dialogs.core.handlers import Books, OnCommand, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.paging import number, page
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Papers, Reply, SetFocus, Turn
from dialogs.head import agreeing as head_agreeing
from dialogs.head import commenting as head_commenting
from dialogs.head import in_charge as head_in_charge
from dialogs.head import plans as head_plans
from dialogs.head import results as head_results
from dialogs.head import returning as head_returning
from dialogs.head import saying as head_saying
from dialogs.head import together as head_together
from dialogs.head import year as head_year
from dialogs.head.guard import DRAFTS, OpenDraft
from dialogs.head.proposing import of_unit, quotas, units_of
from dialogs.interview.explaining import ALL, shown_to_others
from dialogs.interview.own_review import OwnReview
from dialogs.shown.chain import acting_for, to_see
from dialogs.shown.console import TO_CONSOLE
from dialogs.shown.draft_card import (
    LOOKING,
    baseline_values,
    change_values,
    changed_since,
    differs,
    drawn,
    in_order,
    looking_at,
    shown,
)
from dialogs.shown.person import form_of, not_said, said_once, which_values
from rules.campaign.permissions import Action
from rules.judging.interview import has_rating
from rules.nouns.reviews import Json, Review

#: How many lines are on one page of what waits: a unit of nine fits on one screen.
ON_A_PAGE = 10
#: With more waiting lines than this, a phone has no room for how the rest of the unit stands; the unit's own page shows
#: it.
_ROOM_BESIDE = 7
_A_ROW = 2


def choduyet(books: Books, state: State, _: str) -> Turn:
    """The command /choduyet."""
    return show_list(books, state, Button("head_list"), replaces=False)


def show_list(books: Books, state: State, button: Button, *, replaces: bool = True) -> Turn:
    """What waits for this person, one line each, differing ratings first; with the state of the quotas and how the rest
    of their units stand.
    """
    waiting = in_order(to_see(state))
    some = page(waiting, number(button, 0), ON_A_PAGE)
    said = said_once(books, waiting)
    opening = ((_open_key(books, state, review, said),) for review in some.shown)
    values: dict[str, Json] = {
        **some.values(),
        **said,
        "quotas": quotas(books, state),
        "unit": of_unit(books, state) if len(some.shown) <= _ROOM_BESIDE else [],
        "differing": sum(differs(review) for review in waiting),
        "covering": sum(acting_for(state, review) is not None for review in waiting),
        "for_names": _for_names(state, waiting),
    }
    together = (
        (head_together.entry(one, count, form_of(books, one).code),)
        for one, count in head_together.groups(books, state)
    )
    keys = rows(*together, *opening, some.keys("head_list", room="head"), *_besides(books, state))
    return Turn((Reply("head/list", values, keys, replaces=replaces),), let_go(state, Room.HEAD))


def _besides(books: Books, state: State) -> list[tuple[Key, ...]]:
    """The buttons beside the list, two in a row if the channel supports rows."""
    ways = (
        *(head_in_charge.unit_key(*one) for one in units_of(books, state)),
        head_in_charge.key_of(state),
        head_year.key_of(state),
        head_results.key_of(state),
        head_results.tables_key(books, state),
        head_plans.key_of(state),
        Key("head/console", TO_CONSOLE[0].button),
    )
    there = [one for one in ways if one]
    return [tuple(there[at : at + _A_ROW]) for at in range(0, len(there), _A_ROW)]


def show_card(books: Books, state: State, draft: OpenDraft, _: Button) -> Turn:
    """The card, replacing the message that was pressed. A text typed next is about it."""
    card = shown(books, state, draft.review, replaces=True)
    return Turn((card,), (SetFocus(looking_at(drawn("head_card", draft.review))),))


def show_papers(books: Books, _: State, draft: OpenDraft, button: Button) -> Turn:
    """The newest version as pictures of its pages, as a Word file or as a PDF."""
    kind = next((kind for kind in ("pages", "docx", "pdf") if kind in button.about), "pages")
    review, version = draft.review, draft.draft.version
    values: dict[str, Json] = {**which_values(books, review), "version": version, "kind": kind}
    return Turn((Reply("head/papers", values, attached=Papers(review.id, version, (kind,))),))


def show_changes(books: Books, _: State, draft: OpenDraft, __: Button) -> Turn:
    """Every change since the version that the approver had before."""
    review = draft.review
    values: dict[str, Json] = {
        **which_values(books, review),
        "since": baseline_values(review),
        "changes": change_values(review, changed_since(form_of(books, review), review)),
    }
    return Turn((Reply("head/changes", values, ((Key("head/back", drawn("head_card", review)),),), replaces=True),))


def show_why(books: Books, state: State, draft: OpenDraft, button: Button) -> Turn:
    """The suggestion for this draft in brief. Pressed again, every condition with its verdict and clause."""
    review = replace(draft.review, answers=draft.draft.answers)
    sheet = OwnReview.of(books, replace(state, own=review, approver=None, due=None, focus=None))
    back = Key("head/back", drawn("head_card", review))
    return Turn((shown_to_others(sheet, button, drawn("head_why", review, ALL), back),))


def _for_names(state: State, waiting: tuple[Review, ...]) -> list[Json]:
    """The names, where known, of the absent heads whose drafts are among them."""
    absent = dict.fromkeys(acting_for(state, review) or 0 for review in waiting)
    return [state.names[one] for one in absent if one in state.names]


def _open_key(books: Books, state: State, review: Review, said: Mapping[str, Json]) -> Key:
    """The button of a draft. `said`: what the list already says of form and period for all lines."""
    draft = review.draft
    values: dict[str, Json] = {
        **not_said(which_values(books, review), said),
        "self_rating": draft.self_rating if draft else None,
        "suggested": draft.suggested if draft else None,
        "differs": differs(review),
        "rated": has_rating(form_of(books, review)),
        "covering": acting_for(state, review) is not None,
    }
    return Key("head/open", Button("head_card", review.id), values)


VERBS: dict[str, OnPress] = {
    "head_list": show_list,
    "head_year": head_year.show,
    "head_year_of": head_year.show_one,
    "head_results": head_results.show,
    "head_tables": head_results.show_tables,
    "head_plans": head_plans.show,
    "head_charge": head_in_charge.show,
    "head_charge_unit": head_in_charge.show_unit,
    "head_sheets": head_together.show,
    "head_sheets_ask": head_together.ask,
    "head_sheets_agree": head_together.agree,
    "head_card": DRAFTS.looking(show_card, Action.READ_DRAFT),
    "head_papers": DRAFTS.looking(show_papers, Action.READ_PAPERS),
    "head_changes": DRAFTS.looking(show_changes, Action.READ_DRAFT),
    "head_why": DRAFTS.looking(show_why, Action.READ_DRAFT),
    "head_agree": DRAFTS.acting(head_agreeing.ask, Action.APPROVE),
    "head_approve": DRAFTS.acting(head_agreeing.approve, Action.APPROVE),
    "head_comment": DRAFTS.acting(head_commenting.ask, Action.COMMENT),
    "head_uncomment": DRAFTS.acting(head_commenting.remove, Action.COMMENT),
    "head_return": DRAFTS.acting(head_returning.ask, Action.RETURN),
    "head_points": DRAFTS.acting(head_returning.points, Action.RETURN),
    "head_point": DRAFTS.acting(head_returning.point, Action.RETURN),
    "head_part": DRAFTS.acting(head_returning.toggle, Action.RETURN),
    "head_said_comment": DRAFTS.acting(head_saying.as_comment, Action.COMMENT),
    "head_said_return": DRAFTS.acting(head_saying.as_reason, Action.RETURN),
    "head_send": DRAFTS.acting(head_returning.send, Action.RETURN),
}

TEXTS: dict[str, OnText] = {
    head_together.SHOWN: head_together.said,
    LOOKING: DRAFTS.looking(head_saying.asked, Action.READ_DRAFT),
    head_commenting.COMMENT: DRAFTS.acting(head_commenting.keep, Action.COMMENT),
    head_returning.REASON: DRAFTS.acting(head_returning.keep, Action.RETURN),
}

COMMANDS: dict[str, OnCommand] = {"choduyet": choduyet}
