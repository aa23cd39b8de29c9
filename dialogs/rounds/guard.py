"""The guards of rounds: what is this person to the draft, can it still be answered, and may they send one?"""

from dialogs.core.awaited import number as kept_number
from dialogs.core.awaited import written
from dialogs.core.buttons import Button
from dialogs.core.guard import Guard, Refused, Tried
from dialogs.core.handlers import Books
from dialogs.core.knowledge.rounds import DraftToSend, RoundsView
from dialogs.core.paging import number, word
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply
from rules.campaign.permissions import Action, Relation, may, relations_to_round
from rules.nouns.reviews import Json
from rules.nouns.rounds import ENOUGH, Naming, Talk

TO_HOME = Key("round/home", Button("round_home"))


def on_it(verb: str, talk: Talk, *more: int | str) -> Button:
    """A button about a round. The round's id is its first argument."""
    return Button(verb, 0, (str(talk.round.id), *(str(one) for one in more)))


def view(state: State) -> RoundsView:
    """The room's knowledge; empty if it was not loaded."""
    return state.room if isinstance(state.room, RoundsView) else RoundsView()


def held(state: State, talk: Talk) -> frozenset[Relation]:
    """The person's relations to the round."""
    return relations_to_round(state.person, talk) if state.person else frozenset()


def may_do(state: State, talk: Talk, action: Action) -> bool:
    """Whether this person has permission for the action. A round on paper is not answered in the chat."""
    if action is Action.ANSWER_ROUND and talk.round.on_paper:
        return False
    return may(held(state, talk), action)


def awaits_answer(state: State, talk: Talk) -> bool:
    """Whether an answer by this person is awaited."""
    asked = talk.of(state.person.id) if state.person else None
    return asked is not None and not (asked.answered or talk.round.on_paper) and is_open(state, talk)


def is_open(state: State, talk: Talk) -> bool:
    """Whether the round can be answered now."""
    return talk.round.open(state.now.date()) and talk.round.id not in view(state).decided


def about(state: State, talk: Talk) -> dict[str, Json]:
    """The values about a round that every message has: title, sender, last day, naming, and how it ended."""
    sent = talk.round
    decided = sent.ended is None and sent.id in view(state).decided
    over = sent.ended is None and not decided and state.now.date() > sent.last_day
    return {
        "title": sent.title,
        "by": sent.by_name,
        "at": sent.at.isoformat(),
        "last_day": sent.last_day.isoformat(),
        "naming": sent.naming.value,
        "cite": sent.cite,
        "ended": sent.ended.value if sent.ended else "decided" if decided else "day" if over else "",
        "ended_by": sent.ended_by,
        "enough": ENOUGH,
        "file": sent.file_name,
        "paper": sent.on_paper,
    }


def _find(state: State, button: Button) -> Talk | Refused:
    """The round that a button names."""
    named = number(button, 0)
    found = next((one for one in view(state).talks if one.round.id == named), None)
    if found is None:
        return Refused("missing")
    return found


def _denied(state: State, talk: Talk, _: Action) -> Refused:
    """Why not: the round is neither this person's nor sent to them, or it is answered on paper."""
    if talk.round.on_paper and talk.of(state.person.id if state.person else 0):
        return Refused("on_paper")
    return Refused("not_yours", tried=Tried(review=talk.round.review))


def _over(state: State, talk: Talk, _: Button) -> Refused | None:
    """The round has ended, or its last day has passed."""
    return None if is_open(state, talk) else Refused("over")


def _words(_: Books, state: State, refused: Refused, __: Action, button: Button) -> tuple[Reply, ...]:
    talk = _find(state, button) if refused.reason in {"over", "on_paper"} else None
    values = about(state, talk) if isinstance(talk, Talk) else {}
    return (Reply("round/refused", {**values, "reason": refused.reason}, ((TO_HOME,),)),)


#: The guard for reading a round.
ROUNDS: Guard[Talk] = Guard(
    rooms=(Room.ROUND,),
    find=_find,
    may=may_do,
    denied=_denied,
    words=_words,
    awaited=lambda state: Button("round_read", 0, (str(kept_number(state, "round")),)),
)

#: The guard for answering a round, while it is open.
ANSWERED: Guard[Talk] = Guard(
    rooms=(Room.ROUND,),
    find=_find,
    may=may_do,
    denied=_denied,
    words=_words,
    changed=_over,
    awaited=lambda state: Button("round_read", 0, (str(kept_number(state, "round")),)),
)


def _draft_named(state: State, button: Button) -> DraftToSend | Refused:
    token = word(button, 0)
    found = next((one for one in view(state).drafts if one.token == token), None)
    return found or Refused("no_draft", tried=Tried(action=Action.START_ROUND))


def _no_draft(_: Books, __: State, refused: Refused, ___: Action, ____: Button) -> tuple[Reply, ...]:
    return (Reply("round/refused", {"reason": refused.reason}, ((TO_HOME,),)),)


#: The guard of a draft. Only drafts that this person may send are loaded (`bot.turn.rooms.rounds` asks the table of
#: permissions).
DRAFTS: Guard[DraftToSend] = Guard(
    rooms=(Room.ROUND,),
    find=_draft_named,
    may=lambda state, _, __: isinstance(state.room, RoundsView),
    denied=lambda _, __, ___: Refused("no_draft"),
    words=_no_draft,
    awaited=lambda state: Button("round_of", 0, (written(state, "token"),)),
)


def slips_keys(state: State, talk: Talk) -> tuple[tuple[Key | None, ...], ...]:
    """The buttons of a round on paper: entering what the papers say, and the blank to print."""
    if not talk.takes_slips or talk.round.id in view(state).decided:
        return ()
    name = "round/slips_again" if talk.slips else "round/slips"
    unread = talk.slips.unread if talk.slips else 0
    more = Key("round/slips_more", on_it("round_slip", talk), {"count": unread}) if unread else None
    return (more,), (Key(name, on_it("round_slips", talk)), Key("round/blank", on_it("round_blank", talk)))


def unnamed(talk: Talk) -> bool:
    """Whether answers carry no name."""
    return talk.round.naming is Naming.UNNAMED
