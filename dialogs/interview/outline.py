"""Mục lục: the whole review at a glance, and a jump to any part of it."""

from dialogs.core.buttons import Button
from dialogs.core.handlers import OnPress
from dialogs.core.keys import go_on, key
from dialogs.core.turn import Reply, Turn
from dialogs.interview.here import go_to, told
from dialogs.interview.outline_values import by_item, done, skipped
from dialogs.interview.own import looking
from dialogs.interview.own_review import OwnReview, Place
from dialogs.interview.question_page import news
from dialogs.interview.review_page import about
from dialogs.shown.said import shorten

#: Characters of an item's title on a button.
TITLE_CHARS = 34


def outline(sheet: OwnReview, _: Button) -> Turn:
    """Every item with how far it is; a press leads there."""
    items = tuple(
        (
            key(
                "review/jump",
                sheet.review,
                "jump",
                places[0].item.key,
                number=_number(places[0]),
                title=shorten(places[0].item.title, TITLE_CHARS),
                done=done(sheet, places),
                total=len(places),
            ),
        )
        for places in by_item(sheet.places)
    )
    return Turn((Reply("review/outline", about(sheet), (*items, (go_on(sheet.review),)), replaces=True),))


def jump(sheet: OwnReview, button: Button) -> Turn:
    """To the first open question of an item, else to the first that was skipped, else to its first."""
    named = button.about[0] if button.about else ""
    places = [place for place in sheet.places if place.item.key == named]
    if not sheet.open:
        return told(sheet, news("locked", status=sheet.review.status.value))
    if not places:
        known = any(item.key == named for section in sheet.form.sections for item in section.items)
        return told(sheet, news("not_asked" if known else "unknown"))
    free = [place for place in places if sheet.may_change(place)]
    if not free:
        return told(sheet, news("not_reopened", number=places[0].number))
    to = [p for p in free if p.key in sheet.unsettled] or [p for p in free if skipped(sheet, p)] or free
    return go_to(sheet, to[0], replaces=True)


def _number(place: Place) -> str:
    """I.2, 7, or nothing."""
    return ".".join(number for number in (place.section.number, place.item.number) if number and place.item.number)


VERBS: dict[str, OnPress] = {"outline": looking(outline), "jump": looking(jump)}
