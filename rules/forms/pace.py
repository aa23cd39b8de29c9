"""An estimate of how long a form takes on a phone, from what each screen has to be read, pressed and typed."""

from collections.abc import Iterable
from itertools import groupby

from rules.forms.form import Form, Item, Question, QuestionKind
from rules.forms.together import kind_of_screen

#: Seconds for reading a screen and pressing a button, and for each further question on it.
_SCREEN, _QUESTION = 20, 4
#: Seconds for typing three or four sentences; for a text or list that is often left out; for a list of tasks with figures.
_TEXT, _OPTIONAL, _LIST = 120, 30, 180
#: Seconds for looking at the pages before sending.
_SENDING = 60


def minutes(form: Form, asked: Iterable[tuple[Item, Question]]) -> int:
    """The estimate in minutes, at least one: what the form itself says, or computed from what is asked."""
    if form.minutes:
        return form.minutes
    seconds = float(_SENDING)
    for (_, kind), several in groupby(asked, key=lambda one: (one[0].key, kind_of_screen(*one) or one[1].key)):
        questions = [question for _, question in several]
        seconds += _SCREEN + _QUESTION * (len(questions) - 1) if kind != questions[0].key else _alone(questions[0])
    return max(1, round(seconds / 60))


def _alone(question: Question) -> int:
    match question.kind:
        case QuestionKind.TEXT:
            return _TEXT if question.required else _OPTIONAL
        case QuestionKind.ITEMS:
            return _LIST if question.min_items else _OPTIONAL
        case _:
            return _SCREEN
