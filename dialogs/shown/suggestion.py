"""A suggestion, as templates take it."""

from collections.abc import Sequence

from rules.book.suggestion import Suggestion
from rules.forms.form import Form
from rules.nouns.reviews import Json


def suggested(suggestion: Suggestion, form: Form) -> dict[str, Json]:
    """The suggestion in one line. `elsewhere`: nothing that `form` asks could still decide it."""
    return {
        "rating": suggestion.rating,
        "possible": list(suggestion.possible),
        "gap": suggestion.gap,
        "missing": list(suggestion.missing),
        "elsewhere": bool(suggestion.missing) and not _asks_any(form, suggestion.missing),
    }


def _asks_any(form: Form, facts: Sequence[str]) -> bool:
    """Whether some question of the form yields one of these facts."""
    return any(rule.fact in facts for question in form.questions.values() for rule in question.yields)
