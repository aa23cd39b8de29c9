"""Choosing between what two wrote, by one press."""

from dataclasses import replace

from dialogs.core.buttons import Button
from dialogs.core.handlers import OnPress
from dialogs.core.turn import SetFocus, Turn
from dialogs.interview.answering import confirmation
from dialogs.interview.own_review import OwnReview
from dialogs.interview.position import here, kept_all, looking, told
from dialogs.interview.question_page import news
from dialogs.interview.several.clash import CLASH, chosen
from rules.campaign.permissions import Action


def choose(sheet: OwnReview, button: Button) -> Turn:
    """Store one's own answer, or keep what the other person wrote."""
    which, answers = chosen(sheet, button)
    if not which:
        return told(sheet, news("unknown"))
    after = sheet.looking_at(None)
    if not answers:
        return Turn((here(after, news("theirs_stays")),), (SetFocus(None),))
    if any(not sheet.may_change(place) for place, _ in answers):
        return told(sheet, news("locked", status=sheet.review.status.value))
    lines = (
        [confirmation(after, place, answer) for place, answer in answers] if which == "mine" else [news("theirs_stays")]
    )
    turn = kept_all(after, answers, *lines)
    let_go = () if any(isinstance(one, SetFocus) for one in turn.commands) else (SetFocus(None),)
    return replace(turn, commands=(*turn.commands, *let_go))


VERBS: dict[str, OnPress] = {CLASH: looking(choose, Action.ANSWER)}
