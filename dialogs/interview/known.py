"""Before a form is begun: taking over everything known in one press, or looking at each answer first."""

from dialogs.core.buttons import Button
from dialogs.core.handlers import OnPress
from dialogs.core.turn import SetFocus, Turn
from dialogs.interview.offers_page import OFFERS, known_already, offered_now, offers_stamp
from dialogs.interview.own_review import OwnReview, Place, focus_on
from dialogs.interview.position import changing, draw, go_to, kept_all, looking, told
from dialogs.interview.question_page import news
from rules.campaign.permissions import Action
from rules.nouns.reviews import Json


def known_all(sheet: OwnReview, button: Button) -> Turn:
    """Take over everything that the screen showed (`known_all:<review>:<its stamp>`), then show the rest."""
    found = offered_now(sheet)
    if not sheet.open:
        return told(sheet, news("locked", status=sheet.review.status.value))
    if not found or button.about[:1] != (offers_stamp(found),):
        return told(sheet, news("known_changed"))
    places = sorted(found, key=lambda one: one.place.number)
    given = [(one.place, one.answer) for one in places]
    line = news("taken_all", question=given[0][0].key, count=len(given))
    after = sheet.looking_at(None)
    for place, answer in given:
        after = after.answered(place.key, answer)
    rest: dict[str, Json] | None = {**focus_on(sheet, places[0].place), "question": "", OFFERS: True}
    focus = rest if known_already(after) else None
    turn = kept_all(sheet.looking_at(focus), given, line)
    # Unlikely combinations are settled first.
    asked_about = any(isinstance(command, SetFocus) for command in turn.commands)
    back = (SetFocus(focus),) if (focus or sheet.state.focus) and not asked_about else ()
    return Turn(turn.replies, (*turn.commands, *back))


def known_one(sheet: OwnReview, place: Place, _: Button) -> Turn:
    """Open the question of one known answer. After answering, the rest is shown again."""
    focus = {**focus_on(sheet, place), OFFERS: True}
    return Turn((draw(sheet.looking_at(focus), place, replaces=True),), (SetFocus(focus),))


def known_none(sheet: OwnReview, _: Button) -> Turn:
    """Go question by question, each with what is known about it."""
    first = sheet.looking_at(None).current()
    return go_to(sheet, first, replaces=True) if first else told(sheet)


VERBS: dict[str, OnPress] = {
    "known_all": looking(known_all, Action.ANSWER),
    "known_one": changing(known_one),
    "known_none": looking(known_none),
}
