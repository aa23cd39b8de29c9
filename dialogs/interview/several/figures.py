"""Figures that a body's report may take over, shown beside the question with where each comes from: never taken by themselves."""

from dialogs.core.keys import key
from dialogs.core.stamps import stamp
from dialogs.core.turn import Key
from dialogs.interview.own_review import OwnReview, Place
from rules.forms.kinds import fits
from rules.nouns.reviews import Json
from rules.reports.figures import FEW, Figure


def figures_of(sheet: OwnReview, place: Place) -> tuple[Figure, ...]:
    """The figures for this question, as they are now."""
    found = sheet.state.figures.get(sheet.review.id, ())
    return tuple(
        one for one in found if one.question == place.key and (one.value is None or fits(place.question, one.value))
    )


def figures_shown(sheet: OwnReview, place: Place) -> tuple[list[Json], tuple[tuple[Key], ...]]:
    """The figures as values of a template, with buttons that take them over. A figure that is already the answer has
    none.
    """
    found = figures_of(sheet, place)
    answer = sheet.answer(place.key)
    now = answer.value if answer else None
    keys = tuple(
        (
            key(
                "report/figure",
                sheet.review,
                "figure",
                place.key,
                one.source.value,
                stamp(one.value),
                unit=place.question.unit,
                **figure_values(one),
            ),
        )
        for one in found
        if one.value is not None and one.value != now
    )
    return [figure_values(one) for one in found], keys


def figure_values(found: Figure) -> dict[str, Json]:
    """A figure as values of a template; it contains counts only."""
    return {
        "source": found.source.value,
        "value": found.value,
        "part": found.part,
        "whole": found.whole,
        "people": found.people,
        "members": found.members,
        "form": found.form,
        "year": found.year,
        "few": FEW,
        "waits": found.value is None and found.people >= FEW and not found.near,
        "near": found.near,
        "at": found.at.isoformat() if found.at else "",
        "since": found.since,
    }
