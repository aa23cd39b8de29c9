"""Who else wrote what stands in a body's report."""

from collections.abc import Iterable
from itertools import groupby

from dialogs.interview.own_review import OwnReview, Place
from rules.nouns.reviews import Json


def written_values(sheet: OwnReview, places: Iterable[Place]) -> list[Json]:
    """Who else wrote the present answers and on which day, each once; with the numbers of the questions if there are
    several.
    """
    report, person = sheet.review.report, sheet.state.person
    if report is None or person is None:
        return []
    wrote = [(place, report.written[place.key]) for place in places if place.key in report.written]
    others = [(one.name, one.at.isoformat()[:10], place) for place, one in wrote if one.by != person.id]
    found: list[Json] = []
    for (name, day), some in groupby(others, key=lambda one: one[:2]):
        found.append({"name": name, "at": day, "numbers": [place.number for _, _, place in some]})
    return found
