"""The entrance of the room DATA (/dulieu): what is kept of a person, why, how long and who reads it; a copy of it; and
requests.
"""

from dataclasses import asdict

from dialogs.core.awaited import awaiting, awaits, let_go, unusable, written
from dialogs.core.buttons import Button
from dialogs.core.commands.personal import AskData, WithdrawData
from dialogs.core.guard import allowed_in_office
from dialogs.core.handlers import Books, OnCommand, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.paging import number, page, word
from dialogs.core.rooms import Room
from dialogs.core.stamps import DECISION, text_stamp
from dialogs.core.state import State
from dialogs.core.turn import DeskFile, Key, Notify, Reply, Turn
from dialogs.personal.guard import TO_HOME, known, of_others
from dialogs.personal.values import kind_values, request_values
from rules.campaign.permissions import Action
from rules.nouns.reviews import Json
from rules.personal.kinds import personal
from rules.personal.requests import DataRequest, RequestKind, clock

#: The purpose of the focus while the text of a request is awaited. It holds the text.
TEXT = "data_text"
#: How many kinds of data are on one page.
ON_A_PAGE = 4


def dulieu(_: Books, state: State, __: str) -> Turn:
    """The command /dulieu."""
    return Turn((_home(state),), let_go(state, Room.DATA))


def home(_: Books, state: State, __: Button) -> Turn:
    """The same by button."""
    return Turn((_home(state),), let_go(state, Room.DATA))


def kinds(_: Books, state: State, button: Button) -> Turn:
    """What is kept: a page of kinds, from the one that the button names."""
    some = page(personal().kinds, number(button, 0), ON_A_PAGE)
    told: list[Json] = [kind_values(kind, asdict(state.keeping)) for kind in some.shown]
    more = () if some.last else (Key("data/more", Button("data_kinds", 0, (str(some.first + some.size),))),)
    return Turn((Reply("data/kinds", {"kinds": told, **some.values()}, rows(more, TO_HOME)),), let_go(state, Room.DATA))


def copy(_: Books, state: State, __: Button) -> Turn:
    """A copy of everything kept about this person: a page to read, and a file for programs."""
    to_read = Reply("data/copy", {}, attached=DeskFile("owndata", "html"))
    whole = Reply("data/copy_whole", {}, (TO_HOME,), attached=DeskFile("ownjson", "json"))
    return Turn((to_read, whole), let_go(state, Room.DATA))


def ask(_: Books, state: State, button: Button) -> Turn:
    """Await what is requested. The message says until when it is answered."""
    kind = _kind(word(button, 0))
    if kind is None:
        return Turn((_home(state),), let_go(state, Room.DATA))
    return _ask(state, kind)


def keep(_: Books, state: State, text: str) -> Turn:
    """Take the text and show it for confirmation."""
    kind, said = _kind(written(state, "kind")), text.strip()
    if kind is None:
        return Turn((_home(state),), let_go(state, Room.DATA))
    if wrong := unusable(said):
        return Turn((wrong,))
    return _confirm(kind, said)


def send(_: Books, state: State, button: Button) -> Turn:
    """File exactly what was shown. The desk is told, and the legal time limits begin."""
    person, kind = state.person, _kind(word(button, 0))
    assert person is not None, "a stranger does not come here"
    said = written(state, "text") if kind and awaits(state, TEXT, kind=kind.value) else ""
    if kind is None or not said:
        return _ask(state, kind) if kind else Turn((_home(state),), let_go(state, Room.DATA))
    if word(button, 1) != text_stamp(said, DECISION):
        return _confirm(kind, said)
    clause = personal().clauses["asked"]
    reply_due, act_due = clock(kind, state.now.date())
    command = AskData(kind, said, reply_due, act_due, clause.cite)
    values: dict[str, Json] = {"kind": kind.value, "reply_due": reply_due.isoformat(), "act_due": act_due.isoformat()}
    notice = Reply(
        "notice/data_asked",
        {**values, "name": person.name, "unit": person.unit, "text": said},
        ((Key("data/desk", Button("data_desk")),),),
    )
    told = tuple(
        Notify(member, f"data:{person.id}:{kind.value}:{state.now.isoformat()}:{member}", notice)
        for member in state.desk
        if member != person.id
    )
    done = Reply("data/sent", {**values, "told": bool(told)}, (TO_HOME,), replaces=True)
    return Turn((done,), (command, *told, *let_go(state, Room.DATA)))


def mine(_: Books, state: State, __: Button) -> Turn:
    """The requests of this person and their outcomes."""
    asked = known(state).mine
    told: list[Json] = [request_values(one, state.now.date()) for one in asked[:ON_A_PAGE]]
    back = tuple((_withdraw_key(one),) for one in asked[:ON_A_PAGE] if one.open)
    return Turn((Reply("data/mine", {"requests": told}, rows(*back, TO_HOME)),), let_go(state, Room.DATA))


def withdraw(books: Books, state: State, button: Button) -> Turn:
    """Withdraw one's own request while it waits."""
    named = next((one for one in known(state).mine if one.id == number(button, 0)), None)
    if named is None or not named.open:
        return mine(books, state, button)
    values: dict[str, Json] = {"kind": named.kind.value, "asked_at": named.asked_at.isoformat()}
    return Turn((Reply("data/withdrawn", values, (TO_HOME,), replaces=True),), (WithdrawData(named.id),))


def _home(state: State) -> Reply:
    asks = (Key(f"data/ask_{kind.value}", Button("data_ask", 0, (kind.value,))) for kind in RequestKind)
    opened = sum(one.open for one in known(state).mine)
    own = (Key("data/mine", Button("data_mine"), {"n": len(known(state).mine)}),) if known(state).mine else ()
    waiting = len(of_others(state))
    desk = (Key("data/desk", Button("data_desk")),) if allowed_in_office(state, Action.ANSWER_DATA) else ()
    keys = rows(
        (Key("data/kinds", Button("data_kinds")),),
        (Key("data/copy", Button("data_copy")),),
        *((key,) for key in asks),
        own,
        desk,
    )
    rights = personal().clauses["rights"]
    values: dict[str, Json] = {
        "office": state.person.office if state.person else "",
        "cite": rights.cite,
        "open": opened,
        "desk": bool(desk),
        "waiting": waiting,
    }
    return Reply("data/home", values, keys)


def _ask(state: State, kind: RequestKind) -> Turn:
    reply_due, act_due = clock(kind, state.now.date())
    clause = personal().clauses["asked"]
    values: dict[str, Json] = {
        "kind": kind.value,
        "reply_due": reply_due.isoformat(),
        "act_due": act_due.isoformat(),
        "cite": clause.cite,
        "seen": clause.seen,
        "records": personal().clauses["records"].cite,
    }
    cancel = (Key("data/cancel", Button("data_home")),)
    return Turn((Reply("data/ask", values, (cancel,)),), (awaiting(TEXT, kind=kind.value, text=""),))


def _confirm(kind: RequestKind, said: str) -> Turn:
    keys = (
        (Key("data/send", Button("data_send", 0, (kind.value, text_stamp(said, DECISION)))),),
        (Key("data/rewrite", Button("data_ask", 0, (kind.value,))), Key("data/cancel", Button("data_home"))),
    )
    shown = Reply("data/confirm", {"kind": kind.value, "text": said}, keys)
    return Turn((shown,), (awaiting(TEXT, kind=kind.value, text=said),))


def _withdraw_key(one: DataRequest) -> Key:
    return Key("data/withdraw", Button("data_withdraw", 0, (str(one.id),)), {"kind": one.kind.value})


def _kind(name: str) -> RequestKind | None:
    return RequestKind(name) if name in tuple(RequestKind) else None


VERBS: dict[str, OnPress] = {
    "data_home": home,
    "data_kinds": kinds,
    "data_copy": copy,
    "data_ask": ask,
    "data_send": send,
    "data_mine": mine,
    "data_withdraw": withdraw,
}

TEXTS: dict[str, OnText] = {TEXT: keep}

COMMANDS: dict[str, OnCommand] = {"dulieu": dulieu}
