"""Keyboards: the buttons of one's own review that several replies share."""

from collections.abc import Iterable, Sequence

from dialogs.core.buttons import Button
from dialogs.core.turn import Key
from rules.forms.form import Option
from rules.forms.kinds import button_value, same
from rules.nouns.reviews import Json, Review

Row = tuple[Key, ...]
Rows = tuple[Row, ...]

#: How many characters of labels fit beside each other on a phone; longer labels get a row each.
ROW_CHARS = 36
_ROW_KEYS = 4

#: Verbs of buttons that navigate, show, explain or undo. None of them is an answer.
_ABOUT = frozenset(
    {
        *("go", "outline", "draft", "later", "forms", "list", "welcome", "not_me"),
        *("example", "result", "file", "undo", "evidence"),
        *("head_papers", "head_why", "decide_papers", "decide_why"),
    }
)

#: Labels, in any room, of buttons that turn pages, go back or cancel.
_WAYS = frozenset(
    {
        *("previous", "next", "before", "back", "back_to_card", "cancel", "others_stay"),
        *("to_campaign", "to_home", "to_list", "to_page", "to_question", "units"),
        *("points_done", "sheets_back", "charge_back", "choose_again"),
    }
)

#: Buttons of secondary use beside a head's list, in one slim row.
_BESIDE = frozenset(
    f"head/{label}" for label in ("rest_of_unit", "charge", "year", "own_results", "tables", "plans", "console")
)


def key(label: str, review: Review, verb: str, *about: str, **values: Json) -> Key:
    """A button of this review."""
    return Key(label, Button(verb, review.id, about), values)


def leads_about(button: Button | None) -> bool:
    """Whether a button navigates instead of answering, so that a channel may draw it smaller."""
    return button is not None and button.verb in _ABOUT


def is_way(one: Key) -> bool:
    """The same for a key: paging, going back and cancelling are recognised by label, whatever the verb is used for
    elsewhere.
    """
    return leads_about(one.button) or one.label in _BESIDE or one.label.partition("/")[2] in _WAYS


def go_on(review: Review) -> Key:
    """The button that leads straight to the next question. Reminders carry it too."""
    return key("review/go_on", review, "next")


def foot(review: Review, back: Key | None = None, more: Key | None = None) -> Rows:
    """The row of navigation under every question. `back`: to the question before. All other navigation is in the
    outline.
    """
    return rows((back, key("question/outline", review, "outline"), more))


def aside(review: Review) -> Row:
    """The ways out of a form: a preview of it, and a pause."""
    return (key("question/draft", review, "draft"), key("question/later", review, "later"))


def spread(keys: Sequence[Key]) -> Rows:
    """The keys side by side where their labels are short, otherwise one per row."""
    width = sum(len(str(k.values.get("text", ""))) + 2 for k in keys)
    if width <= ROW_CHARS and len(keys) <= _ROW_KEYS:
        return (tuple(keys),) if keys else ()
    return tuple((k,) for k in keys)


def rows(*given: Iterable[Key | None]) -> Rows:
    """The rows without absent buttons and without empty rows."""
    kept = (tuple(k for k in row if k) for row in given)
    return tuple(row for row in kept if row)


def option_of(options: Sequence[Option], pressed: str) -> Option | None:
    """The option a button names."""
    return next((option for option in options if button_value(option) == pressed), None)


def option_with(options: Sequence[Option], value: Json) -> Option | None:
    """The option that stands for a value."""
    return next((option for option in options if same(option.value, value)), None)
