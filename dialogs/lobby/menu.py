"""The menu: help, language, and the reply to an unknown command."""

from collections.abc import Sequence

from dialogs.core.buttons import Button
from dialogs.core.commands.accounts import SetLanguage
from dialogs.core.guard import allowed_in_office
from dialogs.core.handlers import Books, OnCommand, OnPress
from dialogs.core.keys import rows
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.desk.keys import TO_CAMPAIGNS
from dialogs.interview.review_page import my_forms
from rules.book.dossier import handed_in
from rules.campaign.permissions import OF_PEOPLE, Action, may, relations_to_unit
from rules.nouns.periods import is_tracked
from rules.nouns.reviews import Json
from rules.nouns.values import OwedBy

#: Commands of the desk (and /nhansu of a unit's head), offered only to them.
OF_DESK = ("dot", "nhansu", "nhantin")

#: Commands by who uses them: owners of forms, heads and authorities, everybody (settings), the desk.
GROUPS = {
    "own": (
        *("start", "tieptuc", "xemtruoc", "viec", "cancu", "ketqua", "khacphuc", "hoso", "noicutru", "gopy", "tapthe"),
        *("bophieu", "nhacsau"),
    ),
    "deciding": ("choduyet", "hop", "guilen", "quyetdinh", "kiennghi", "thaymat", "ykien"),
    "settings": ("trogiup", "dulieu", "ngonngu", "thietbi"),
    "desk": OF_DESK,
}

#: The commands that channels offer to everybody, in this order. The label `menu/<name>` describes each.
MENU = (*GROUPS["own"], *GROUPS["deciding"], *GROUPS["settings"])

#: Commands that are answered but not listed in the menu, since a button of the page sends them.
UNLISTED = ("thoat",)

#: The languages that a person may choose; the label of `vi` is `menu/vi`.
LANGUAGES = ("vi", "en")


def trogiup(books: Books, state: State, __: str) -> Turn:
    """The command /trogiup: what can be done here, whom to ask, how data is kept."""
    return Turn((Reply("menu/help", _values(books, state), _keyboard(state)),))


def unknown_command(books: Books, state: State, __: str) -> Turn:
    """A friendly line and the menu."""
    return Turn((Reply("menu/unknown", _values(books, state), _keyboard(state)),))


def ngonngu(_: Books, __: State, argument: str) -> Turn:
    """The command /ngonngu: choose the language; `/ngonngu en` chooses directly."""
    wanted = argument.strip().lower()
    return _choose(wanted) if wanted in LANGUAGES else Turn((Reply("menu/language", {}, _languages()),))


def on_language(_: Books, __: State, button: Button) -> Turn:
    """Take the language that was pressed. Anything else shows the choice again."""
    wanted = button.about[0] if button.about else ""
    return _choose(wanted) if wanted in LANGUAGES else Turn((Reply("menu/language", {}, _languages()),))


def _choose(language: str) -> Turn:
    return Turn(
        (Reply("menu/language_chosen", {"language": language}, _languages(), replaces=True),), (SetLanguage(language),)
    )


def _languages() -> tuple[tuple[Key, ...], ...]:
    return (tuple(Key(f"menu/{language}", Button("language", 0, (language,))) for language in LANGUAGES),)


def _values(books: Books, state: State) -> dict[str, Json]:
    return {"commands": [*of_use(state, books)], "office": state.person.office if state.person else ""}


def of_use(state: State, books: Books | None = None) -> tuple[str, ...]:
    """The commands that are of use to this person, by their posts, permissions and reviews."""
    person = state.person
    head, leader = bool(person and person.head), bool(person and person.leader)
    records = allowed_in_office(state, Action.RECORD_OUTSIDE)
    decides = head or leader or records or bool(state.acts_for)
    waits = bool(state.waiting or state.acts_for)
    unit = relations_to_unit(person, person.office, person.unit_id) if person else ()
    useful = {
        "viec": head or allowed_in_office(state, Action.KEEP_CATALOGUE) or _tracks(state),
        "hoso": books is not None and _hands_in(books, state, head=head),
        "noicutru": books is not None and _asked_outside(books, state),
        "hop": may(unit, Action.CALL_MEETING) or bool(state.acts_for),
        "guilen": head or may(unit, Action.READ_SENT) or bool(state.acts_for),
        "tapthe": _writes_report(state),
        "choduyet": head or leader or bool(state.waiting),
        "quyetdinh": decides,
        "kiennghi": decides,
        "thaymat": head or waits or allowed_in_office(state, Action.SET_STAND_IN),
        "ykien": head or records,
        "bophieu": may(unit, Action.HOLD_POLL),
        "nhansu": may(unit, *OF_PEOPLE),
        "dot": allowed_in_office(state, Action.READ_PROGRESS),
        "nhantin": allowed_in_office(state, Action.BROADCAST),
    }
    return tuple(name for name in (*MENU, *OF_DESK) if useful.get(name, True))


def grouped(commands: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The commands by group, without empty groups."""
    found = {group: tuple(one for one in names if one in commands) for group, names in GROUPS.items()}
    return {group: names for group, names in found.items() if names}


def _hands_in(books: Books, state: State, *, head: bool) -> bool:
    """Whether a rulebook of their reviews asks them for papers from outside."""
    owing = {OwedBy.PERSON, *([OwedBy.HEAD] if head else [])}
    mine = {one.campaign.edition for one in (state.own, *state.others) if one is not None and not one.campaign.closed}
    lists = (items for edition in mine for items in books[edition].dossier.values())
    return any(part.owed_by in owing for items in lists for part in handed_in(items))


def _asked_outside(books: Books, state: State) -> bool:
    """Whether a rulebook of their reviews wants an opinion about them from a body outside, or they are in a desk that
    asks for such opinions.
    """
    desk = allowed_in_office(state, Action.RECEIVE_OUTSIDE)
    reviews = [one for one in (state.own, *state.others) if one is not None and not one.campaign.closed]
    rules = [(one.person, rule) for one in reviews for rule in books[one.campaign.edition].inquiries]
    return any(desk or rule.is_about(person) for person, rule in rules)


def _writes_report(state: State) -> bool:
    """Whether they draft a body's report or write a part of one."""
    return any(one is not None and one.report is not None for one in (state.own, *state.others))


def _tracks(state: State) -> bool:
    """Whether they have an open sheet of a month or quarter."""
    mine = (state.own, *state.others)
    return any(one is not None and one.open and is_tracked(one.campaign.period) for one in mine)


def _keyboard(state: State) -> tuple[tuple[Key, ...], ...]:
    own = ((Key("menu/continue", Button("next", state.own.id)),),) if state.own else ()
    waiting = ((Key("head/list", Button("head_list")),),) if state.waiting else ()
    desk = TO_CAMPAIGNS if allowed_in_office(state, Action.READ_PROGRESS) else ()
    return rows(*own, (my_forms(state),), *waiting, desk, (Key("menu/my_data", Button("data_home")),))


VERBS: dict[str, OnPress] = {"language": on_language}

COMMANDS: dict[str, OnCommand] = {
    "trogiup": trogiup,
    "ngonngu": ngonngu,
}
