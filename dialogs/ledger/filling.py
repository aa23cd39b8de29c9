"""From the ledger into one's own sheet in one press, and the ledger as it was sent with a sheet."""

from dataclasses import replace

from dialogs.core.buttons import Button
from dialogs.core.commands.answers import KeepAnswer
from dialogs.core.guard import Refused, Tried, allowed
from dialogs.core.handlers import Books, OnPress
from dialogs.core.keys import rows
from dialogs.core.state import State
from dialogs.core.turn import Command, Key, Reply, SetFocus, Turn
from dialogs.interview.own_review import OwnReview
from dialogs.interview.position import here, told, without_reasons_gone
from dialogs.interview.question_page import news
from dialogs.ledger.guard import LEDGERS, view_of
from dialogs.ledger.page import ledger_values
from dialogs.shown.work import score_values
from rules.campaign.permissions import Action
from rules.ledger.filling import filled
from rules.nouns.reviews import Answer, Json


def fill(books: Books, state: State, button: Button) -> Turn:
    """Fill in the sheet with the ledger's percentages, all at once. The answers depend on the ledger as it is now."""
    view = view_of(state)
    ledger, review = view.own, view.sheet
    if ledger is None or review is None or (button.review and review.id != button.review):
        return LEDGERS.refuse(books, state, Refused("no_period"), Action.READ_LEDGER, button)
    sheet = OwnReview.of(books, replace(state, own=review, focus=None))
    if not sheet.open:
        return told(sheet, news("locked", status=review.status.value))
    found = filled(sheet.book, sheet.form, ledger)
    if not found.values:
        return told(sheet, news("ledger_empty"))
    commands: list[Command] = []
    if one := found.chosen(sheet.review.answers):
        again = Answer(None, skipped=True, round=len(review.drafts))
        commands.append(KeepAnswer(review.id, one.key, again))
        sheet = sheet.answered(one.key, again)
    for question, value in found.values.items():
        place, old = sheet.place(question), sheet.answer(question)
        if place is None or not sheet.may_change(place):
            continue
        given = Answer(value, note=old.note if old else "", round=len(review.drafts))
        if old is None or old != given or old.round != given.round:
            commands.append(KeepAnswer(review.id, question, given))
        sheet = sheet.answered(question, given)
    line = news("from_ledger", **score_values(books, review.campaign.edition, ledger))
    forget = (SetFocus(None),) if state.focus else ()
    sheet, gone, told_of_it = without_reasons_gone(sheet)
    return Turn((here(sheet, line, *told_of_it),), (*commands, *gone, *forget))


def sent(books: Books, state: State, button: Button) -> Turn:
    """The ledger that was sent with a sheet, line by line, for whoever may read that draft."""
    view, review = view_of(state), state.own if state.own and state.own.id == button.review else state.about
    if review is None or view.sent is None or not allowed(state, review, Action.READ_DRAFT):
        refused = Refused("not_yours", tried=Tried(review=review.id)) if review else Refused("no_period")
        return LEDGERS.refuse(books, state, refused, Action.READ_DRAFT, button)
    values: dict[str, Json] = {
        **ledger_values(state, view.sent),
        **score_values(books, review.campaign.edition, view.sent, whole=True),
    }
    back = Key("work/back_to_card", Button("head_card", review.id))
    own = state.person is not None and review.person.id == state.person.id
    return Turn((Reply("work/how", values, rows(() if own else (back,))),))


VERBS: dict[str, OnPress] = {"work_fill": fill, "work_sheet": fill, "work_sent": sent}
