"""Taking over a figure that others' forms give a body's report: by one press, as it was shown."""

from dialogs.core.buttons import Button
from dialogs.core.handlers import OnPress
from dialogs.core.stamps import stamp
from dialogs.core.turn import Turn
from dialogs.interview.own_review import OwnReview, Place
from dialogs.interview.position import changing, kept, told
from dialogs.interview.question_page import news
from dialogs.interview.several.figures import figure_values, figures_of
from rules.forms.answers import said
from rules.nouns.reviews import Answer


def take(sheet: OwnReview, place: Place, button: Button) -> Turn:
    """Take over the figure as it was shown: `figure:<review>:<question>:<source>:<its stamp>`. If it has changed, it is
    shown first.
    """
    _, source, mark, *_ = (*button.about, "", "")
    found = next((one for one in figures_of(sheet, place) if one.source == source), None)
    if found is None or found.value is None or stamp(found.value) != mark:
        return told(sheet, news("figure_changed", number=place.number))
    old = sheet.answer(place.key)
    answer = Answer(found.value, note=old.note if old else "")
    line = news("figure_taken", number=place.number, said=said(place.question, answer), figure=figure_values(found))
    return kept(sheet, place, answer, line)


VERBS: dict[str, OnPress] = {"figure": changing(take)}
