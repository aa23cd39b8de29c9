"""The review at a glance: every item with how far it is and what is said there."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from dialogs.interview.own_review import OwnReview, Place
from dialogs.shown.said import said
from rules.nouns.reviews import Json


def by_item(places: Iterable[Place]) -> Iterator[tuple[Place, ...]]:
    """The questions, item by item."""
    for _, group in groupby(places, key=lambda place: place.item.key):
        yield tuple(group)


def glance(sheet: OwnReview) -> list[Json]:
    """Every item that is asked: where it stands, how many of its questions are answered, what was said."""
    return [_item(sheet, places) for places in by_item(sheet.places)]


def done(sheet: OwnReview, places: Iterable[Place]) -> int:
    """How many of these questions are answered; what was skipped is still to come."""
    return sum(place.key not in sheet.unsettled and not skipped(sheet, place) for place in places)


def skipped(sheet: OwnReview, place: Place) -> bool:
    """Whether the question was left out."""
    answer = sheet.answer(place.key)
    return answer is not None and answer.skipped


def _item(sheet: OwnReview, places: tuple[Place, ...]) -> dict[str, Json]:
    section, item = places[0].section, places[0].item
    return {
        "section": {"key": section.key, "number": section.number, "title": section.title},
        "number": item.number,
        "title": item.title,
        "done": done(sheet, places),
        "total": len(places),
        "open": any(sheet.may_change(place) for place in places),
        "entries": _entries(sheet, places),
    }


def _entries(sheet: OwnReview, places: tuple[Place, ...]) -> list[Json]:
    """What was said: equal choices are counted, everything else stands by itself."""
    entries: dict[str, dict[str, Json]] = {}
    for place in places:
        words = said(place.question, sheet.answer(place.key))
        counted = place.question.illustrated and len(places) > 1
        title = "" if counted or len(places) == 1 else place.question.printed_as or place.question.text
        name = str(words["text"]) + str(words["what"]) if counted else place.key
        entry = entries.setdefault(name, {"title": title, "said": {**words, "note": ""}, "times": 0})
        entry["times"] = _int(entry["times"]) + 1
    return list(entries.values())


def _int(value: Json) -> int:
    return value if isinstance(value, int) else 0
