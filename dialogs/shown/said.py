"""What a person answered, as a template takes it: short, and always as data."""

from rules.forms.answers import items_so_far
from rules.forms.form import Field, Question, QuestionKind
from rules.nouns.reviews import Answer, Json

#: Characters of a long text that a confirmation or summary repeats.
SHOWN_CHARS = 120


def said(question: Question, answer: Answer | None) -> dict[str, Json]:
    """An answer: `what` is `nothing`, `skipped`, `option`, `rating`, `number`, `text` or `items`."""
    if answer is None:
        return _said("nothing")
    if answer.skipped:
        return _said("skipped")
    if question.kind is QuestionKind.ITEMS:
        return {**_said("items", question.item_name), "count": len(items_so_far(answer))}
    return {**value_said(question, answer.value), "note": shorten(answer.note)}


def value_said(asked: Question | Field, value: Json) -> dict[str, Json]:
    """One value of a question or of a part of a list item."""
    if value is None:
        return _said("nothing")
    option = next((o for o in asked.options if same(o.value, value)), None)
    if option is not None:
        return _said("option", option.label)
    if asked.kind is QuestionKind.NUMBER:
        return {**_said("number", "", asked.unit), "number": value}
    return _said("rating" if asked.kind is QuestionKind.RATING else "text", shorten(str(value)))


def same(one: Json, other: Json) -> bool:
    """Equality that tells `True` from 1, as JSON does, but not 100 from 100.0."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def shorten(text: str, limit: int = SHOWN_CHARS) -> str:
    """The text on one line, cut at a word when it is long."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[:limit]
    return (cut[: cut.rfind(" ")] if " " in cut[limit // 2 :] else cut).rstrip(" ,.;:") + "…"


def _said(what: str, text: str = "", unit: str = "") -> dict[str, Json]:
    return {"what": what, "text": text, "unit": unit, "note": "", "number": 0, "count": 0}
