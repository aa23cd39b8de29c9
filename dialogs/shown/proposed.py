"""The points that a head thinks right in a returned draft: shown beside the answers, taken over by one press of the
owner.
"""

from collections.abc import Mapping

from dialogs.core.buttons import Button
from dialogs.core.turn import Key
from rules.forms.answers import value_said
from rules.forms.form import Form, Question
from rules.nouns.reviews import Answers, Json


def proposed(form: Form, answers: Answers, right: Mapping[str, Json]) -> list[Json]:
    """Each question with its answer and what is held right, in the order of the form."""
    return [proposed_one(one, answers, right[key]) for key, one in form.questions.items() if key in right]


def proposed_one(question: Question, answers: Answers, right: Json) -> dict[str, Json]:
    """The same for one question."""
    answer = answers.get(question.key)
    return {
        "title": question.printed_as or question.text,
        "before": value_said(question, answer.value if answer else None),
        "after": value_said(question, right),
    }


def take_key(review: int, version: int, count: int) -> Key:
    """The button that takes these points over, for exactly that version."""
    return Key("question/take_points", Button("take_points", review, (str(version),)), {"count": count})
