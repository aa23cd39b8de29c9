"""Texts that name several items of a list: what was recognised is shown, and stored by one press."""

from dialogs.core.awaited import text_of
from dialogs.core.buttons import Button
from dialogs.core.handlers import OnPress
from dialogs.core.keys import key, rows
from dialogs.core.stamps import stamp
from dialogs.core.turn import Reply, SetFocus, Turn
from dialogs.interview.items.figures import in_item
from dialogs.interview.items.list_page import NAME_CHARS, Awaited, answer_of, items, name_chars, name_of, with_part
from dialogs.interview.own_review import OwnReview, Place, focus_on
from dialogs.interview.position import changing, in_place, kept, told
from dialogs.interview.question_page import News, news, problem
from rules.forms.form import Question
from rules.forms.kinds import ListItem, Problem, accept_name
from rules.forms.listing import listing
from rules.nouns.reviews import Json
from rules.nouns.text import folded, shorten


def proposed(sheet: OwnReview, place: Place, text: str, *, certain: bool = False) -> Turn | None:
    """The recognised items, to be stored by a press; None for a text naming one thing. `certain`: only if it can hardly
    be anything else.
    """
    found = listing(text)
    if len(found.names) < 2 or (certain and not found.sure):
        return None
    question, listed = place.question, _named(place.question, items(sheet, place))
    fresh, twice = _fresh(question, listed, found.names)
    if not fresh:
        return told(sheet, news("named_already", item_name=question.item_name, names=_shown(twice)), brief=True)
    if len(listed) + len(fresh) > question.max_items:
        room = question.max_items - len(listed)
        return told(sheet, news("too_many", limit=question.max_items, count=len(fresh), room=room), brief=True)
    for name in fresh:
        wrong = _accepted(sheet, place, name)
        if isinstance(wrong, Problem):
            return told(sheet, _which(question, name, wrong), brief=True)
    values: dict[str, Json] = {
        "item_name": question.item_name,
        "names": _shown(fresh, name_chars(len(listed) + len(fresh)) if found.sure else NAME_CHARS),
        "twice": _shown(twice),
        "start": len(listed) + 1,
        "sure": found.sure,
    }
    review = sheet.review
    keyboard = rows(
        (key("question/take_items", review, "items", place.key, stamp(list(fresh)), count=len(fresh)),),
        (key("question/one_item", review, "one_item", place.key, name=question.item_name) if not found.sure else None,),
        (key("question/relist", review, "relist", place.key),),
    )
    return Turn((Reply("question/listed", values, keyboard),), (SetFocus({**focus_on(sheet, place), "piece": text}),))


def take(sheet: OwnReview, place: Place, button: Button) -> Turn:
    """Store everything that was recognised. Pressing twice stores it once."""
    question, text = place.question, _piece(sheet)
    listed = _named(question, items(sheet, place))
    fresh, _ = _fresh(question, listed, listing(text).names)
    if not text or not fresh:
        return told(sheet)
    if button.about[1:2] != (stamp(list(fresh)),) or len(listed) + len(fresh) > question.max_items:
        return told(sheet, news("list_changed", number=place.number))
    first = question.fields[0]
    added = [{first.key: value} for name in fresh if not isinstance(value := _accepted(sheet, place, name), Problem)]
    line = news("items_added", question=place.key, item_name=question.item_name, count=len(added))
    return kept(sheet, place, answer_of((*listed, *added), is_all=False), line)


def one_item(sheet: OwnReview, place: Place, _: Button) -> Turn:
    """The whole text is the name of one item."""
    text, listed = _piece(sheet), _named(place.question, items(sheet, place))
    value = _accepted(sheet, place, text)
    if not text or isinstance(value, Problem) or len(listed) >= place.question.max_items:
        return told(sheet, problem(value) if text and isinstance(value, Problem) else news("unknown"))
    part = Awaited(len(listed), place.question.fields[0])
    line = news("items_added", question=place.key, item_name=place.question.item_name, count=1)
    return in_item(sheet, place, None, with_part(listed, part, value), line)


def relist(sheet: OwnReview, place: Place, _: Button) -> Turn:
    """The recognised items, for copying, changing and sending again."""
    text = _piece(sheet)
    if not text:
        return told(sheet)
    values: dict[str, Json] = {"whole": "\n".join(listing(text).names)}
    back = key("question/to_list", sheet.review, "list", place.key)
    return Turn((Reply("question/relist", values, ((back,),)),), (SetFocus(focus_on(sheet, place)),))


def _which(question: Question, name: str, wrong: Problem) -> News:
    """Which of several is wrong and, for one that is too long, its length."""
    if wrong.code != "too_long":
        return problem(wrong)
    return news("item_too_long", item_name=question.item_name, name=shorten(name, NAME_CHARS), **wrong.values)


def _accepted(sheet: OwnReview, place: Place, name: str) -> bool | float | str | Problem:
    return accept_name(place.question.fields[0], name, sheet.state.now.date())


def _piece(sheet: OwnReview) -> str:
    return text_of(sheet.state.focus or {}, "piece")


def _named(question: Question, listed: tuple[ListItem, ...]) -> tuple[ListItem, ...]:
    """The items, without one that was only begun."""
    return tuple(item for item in listed if name_of(question, item))


def _fresh(
    question: Question, listed: tuple[ListItem, ...], names: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names that are not in the list yet, each once, and those that are or occurred twice."""
    seen = {folded(name_of(question, item)) for item in listed}
    fresh: list[str] = []
    twice: list[str] = []
    for name in names:
        (twice if folded(name) in seen else fresh).append(name)
        seen.add(folded(name))
    return tuple(fresh), tuple(twice)


def _shown(names: tuple[str, ...], chars: int = NAME_CHARS) -> list[Json]:
    return [shorten(name, chars) for name in names]


VERBS: dict[str, OnPress] = {
    "items": changing(in_place(take)),
    "one_item": changing(one_item),
    "relist": changing(relist),
}
