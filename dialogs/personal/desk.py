"""Data requests for the desk: acknowledged within the legal time limit, answered with a reason."""

from dialogs.core.awaited import awaiting, awaits, let_go, unusable, written
from dialogs.core.buttons import Button
from dialogs.core.commands.personal import AnswerData, SeeData
from dialogs.core.guard import Refused, Tried, allowed_in_office
from dialogs.core.handlers import Books, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.knowledge.personal import AskedOfDesk
from dialogs.core.paging import number, page, word
from dialogs.core.rooms import Room
from dialogs.core.stamps import DECISION, text_stamp
from dialogs.core.state import State
from dialogs.core.turn import Key, Notify, Reply, SetFocus, Turn
from dialogs.personal.answered import answer_notice, to_mine
from dialogs.personal.guard import REQUESTS, TO_DESK, TO_HOME, of_others
from dialogs.personal.values import request_values
from rules.campaign.permissions import Action
from rules.nouns.reviews import Json
from rules.personal.kinds import personal
from rules.personal.requests import RequestOutcome

#: The purpose of the focus while the reason of an answer is awaited. It holds the reason.
ANSWER = "data_reason"

#: The outcomes that the desk may choose.
OUTCOMES = (RequestOutcome.DONE, RequestOutcome.PARTLY, RequestOutcome.REFUSED)


def show_list(books: Books, state: State, button: Button) -> Turn:
    """The requests that wait, the most urgent first."""
    if not allowed_in_office(state, Action.ANSWER_DATA):
        return REQUESTS.refuse(books, state, Refused("not_yours", tried=Tried()), Action.ANSWER_DATA, button)
    some = page(sorted(of_others(state), key=lambda one: (one.request.due, one.request.id)), number(button, 0))
    lines = tuple(
        (Key("data/open", _on("data_card", one), {"name": one.person.name, **_values(state, one)}),)
        for one in some.shown
    )
    late = sum(one.request.due < state.now.date() for one in of_others(state))
    values: dict[str, Json] = {**some.values(), "late": late}
    return Turn((Reply("data/desk", values, rows(*lines, some.keys("data_desk"), TO_HOME)),), let_go(state, Room.DATA))


def show(_: Books, state: State, asked: AskedOfDesk, __: Button) -> Turn:
    """What is asked, until when, what may not be erased, and the possible answers."""
    seen = () if asked.request.seen_at else (Key("data/seen", _on("data_seen", asked)),)
    answers = tuple((Key(f"data/{one.value}", _on("data_answer", asked, one.value)),) for one in OUTCOMES)
    values = {**_values(state, asked), **_who(asked), "records": personal().clauses["records"].cite}
    return Turn((Reply("data/card", values, rows(seen, *answers, TO_DESK), replaces=True),), let_go(state, Room.DATA))


def see(books: Books, state: State, asked: AskedOfDesk, button: Button) -> Turn:
    """Tell the person that the request is being looked at, and until when it is answered."""
    if asked.request.seen_at:
        return show(books, state, asked, button)
    request = asked.request
    values = {**_values(state, asked), "act_due": request.act_due.isoformat(), **_by(state)}
    told = Notify(asked.person.id, f"data:{request.id}:seen", Reply("notice/data_seen", values, to_mine()))
    done = Reply(
        *("data/seen", {**_who(asked), "act_due": request.act_due.isoformat()}),
        rows((Key("data/to_card", _on("data_card", asked)),), TO_DESK),
        replaces=True,
    )
    return Turn((done,), (SeeData(request.id), told, *let_go(state, Room.DATA)))


def ask(books: Books, state: State, asked: AskedOfDesk, button: Button) -> Turn:
    """Await the reason."""
    outcome = _outcome(word(button, 1))
    if outcome is None:
        return show(books, state, asked, button)
    values = {**_values(state, asked), **_who(asked), "outcome": outcome.value}
    cancel = (Key("data/cancel", _on("data_card", asked)),)
    return Turn((Reply("data/answer", values, (cancel,)),), (_awaiting(asked, outcome, ""),))


def keep(books: Books, state: State, asked: AskedOfDesk, text: str) -> Turn:
    """Take the reason and show it for confirmation."""
    outcome, said = _outcome(written(state, "outcome")), text.strip()
    if outcome is None:
        return show(books, state, asked, Button("data_card"))
    if wrong := unusable(said):
        return Turn((wrong,))
    return _confirm(state, asked, outcome, said)


def send(books: Books, state: State, asked: AskedOfDesk, button: Button) -> Turn:
    """Answer with exactly what was shown. What may be erased is erased, and the person is told."""
    outcome, request = _outcome(word(button, 1)), asked.request
    said = (
        written(state, "text") if outcome and awaits(state, ANSWER, request=request.id, outcome=outcome.value) else ""
    )
    if outcome is None or not said:
        return ask(books, state, asked, button)
    if word(button, 2) != text_stamp(said, DECISION):
        return _confirm(state, asked, outcome, said)
    told = answer_notice(request, outcome, said, state.now.date(), _by(state))
    done = Reply("data/answered", {**_who(asked), "outcome": outcome.value}, (TO_DESK,), replaces=True)
    command = AnswerData(request.id, asked.person.id, request.kind, outcome, said)
    return Turn((done,), (command, Notify(asked.person.id, told.key, told.reply), *let_go(state, Room.DATA)))


def _confirm(state: State, asked: AskedOfDesk, outcome: RequestOutcome, said: str) -> Turn:
    values = {**_values(state, asked), **_who(asked), "outcome": outcome.value, "answer": said}
    keys = (
        (Key("data/send", _on("data_answered", asked, outcome.value, text_stamp(said, DECISION))),),
        (
            Key("data/rewrite", _on("data_answer", asked, outcome.value)),
            Key("data/cancel", _on("data_card", asked)),
        ),
    )
    return Turn((Reply("data/confirm_answer", values, keys),), (_awaiting(asked, outcome, said),))


def _awaiting(asked: AskedOfDesk, outcome: RequestOutcome, said: str) -> SetFocus:
    return awaiting(ANSWER, request=asked.request.id, outcome=outcome.value, text=said)


def _on(verb: str, asked: AskedOfDesk, *more: str) -> Button:
    return Button(verb, 0, (str(asked.request.id), *more))


def _values(state: State, asked: AskedOfDesk) -> dict[str, Json]:
    told = request_values(asked.request, state.now.date())
    return {name: told[name] for name in ("kind", "text", "asked_at", "seen", "due", "days")}


def _who(asked: AskedOfDesk) -> dict[str, Json]:
    return {"name": asked.person.name, "position": asked.person.position, "unit": asked.person.unit}


def _by(state: State) -> dict[str, Json]:
    assert state.person is not None, "who answers is known"
    return {"by": state.person.name, "by_unit": state.person.unit}


def _outcome(name: str) -> RequestOutcome | None:
    return next((one for one in OUTCOMES if one.value == name), None)


VERBS: dict[str, OnPress] = {
    "data_desk": show_list,
    "data_card": REQUESTS.looking(show, Action.ANSWER_DATA),
    "data_seen": REQUESTS.acting(see, Action.ANSWER_DATA),
    "data_answer": REQUESTS.acting(ask, Action.ANSWER_DATA),
    "data_answered": REQUESTS.acting(send, Action.ANSWER_DATA),
}

TEXTS: dict[str, OnText] = {ANSWER: REQUESTS.acting(keep, Action.ANSWER_DATA)}
