"""Setting up a poll: its rule, the mode of voting, the lines of the slip, then voters, tellers and places."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from dialogs.core.awaited import awaiting, let_go, written
from dialogs.core.buttons import Button
from dialogs.core.commands.polls import AmendPoll, OpenPoll
from dialogs.core.guard import Refused
from dialogs.core.handlers import Books, OnPress, OnText
from dialogs.core.paging import as_number, number, word
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Command, Key, Notify, Reply, Turn
from dialogs.polls.card import card
from dialogs.polls.guard import POLLS, RESULTS, may_hold, may_set, room
from dialogs.polls.names import as_lines, found, too_much, typed_lines
from rules.balloting.counting import for_next_round
from rules.balloting.poll import FEWEST_TELLERS, MOST_TELLERS, Line, Mode, Poll, Stage, Taking
from rules.book.ballots import Ballot, Choices
from rules.campaign.permissions import Action
from rules.meeting.voting import entitled, group_places, places
from rules.nouns.people import Person
from rules.nouns.reviews import Json
from rules.nouns.values import BODIES

LINES, VOTERS, TELLERS, PLACES = "vote_lines", "vote_voters", "vote_tellers", "vote_places"
SLIP = "vote_slip"

#: What may be marked in a question of one's own.
FREE = {"agree": Choices.AGREE, "ratings": Choices.RATINGS}
#: Letter in buttons → mode.
MODES = {"s": Mode.SECRET, "o": Mode.OPEN, "p": Mode.PAPER}

_CANCEL = (Key("vote/cancel", Button("vote_list")),)


def ask_rule(books: Books, state: State, _: Button) -> Turn:
    """Choose what is voted on: a ballot of a rulebook in force here, or a question of one's own."""
    if not may_hold(state):
        return POLLS.refuse(books, state, Refused("not_yours"), Action.HOLD_POLL)
    ruled = tuple(
        (Key("vote/rule", Button("vote_rule", 0, (book, one.key)), {"title": one.title}),)
        for book, one in room(state).rules
    )
    free = tuple((Key(f"vote/free_{name}", Button("vote_rule", 0, ("-", name))),) for name in FREE)
    return Turn((Reply("vote/new", {}, (*ruled, *free, _CANCEL)),), let_go(state, Room.VOTE))


def ask_mode(_: Books, state: State, button: Button) -> Turn:
    """Choose the mode: secret, by name or on paper. If the text says secret, a vote by name is not offered."""
    book, key = word(button, 0), word(button, 1)
    rule, meeting = _rule(state, book, key), button.about[2:3]
    return asks_mode(rule, lambda letter: Button("vote_mode", 0, (book, key, letter, *meeting)), _CANCEL)


def asks_mode(rule: Ballot | None, by: Callable[[str], Button], back: tuple[Key, ...]) -> Turn:
    """The modes that the text allows, each with its button."""
    secret = bool(rule and rule.secret)
    wanted = [letter for letter, mode in MODES.items() if not (secret and mode is Mode.OPEN)]
    keys = tuple((Key(f"vote/mode_{MODES[one].value}", by(one)),) for one in wanted)
    values: dict[str, Json] = {
        "title": rule.title if rule else "",
        "secret": secret,
        "cite": rule.cite if rule else "",
        "quote": rule.quote if rule else "",
        "note": rule.note if rule else "",
    }
    return Turn((Reply("vote/mode", values, (*keys, back)),))


def ask_lines(_: Books, state: State, button: Button) -> Turn:
    """Await the lines of the slip."""
    book, key, letter = (word(button, place) for place in range(3))
    free = _rule(state, book, key) is None
    return asking(book, key, letter, free=free, meeting=number(button, 3))


def asking(book: str, key: str, letter: str, *, free: bool, wrong: str = "", meeting: int = 0) -> Turn:
    """The request for the lines of the slip."""
    values: dict[str, Json] = {"free": free, "wrong": wrong}
    focus = awaiting(LINES, book=book, rule=key, mode=letter, meeting=meeting)
    return Turn((Reply("vote/lines", values, (_CANCEL,)),), (focus,))


def keep_lines(books: Books, state: State, text: str) -> Turn:
    """Take the lines and set the poll. The voters are the people of one's unit, or everybody if the desk sets it; its
    card can change them.
    """
    book, key, letter = (written(state, name) for name in ("book", "rule", "mode"))
    rule, typed = _rule(state, book, key), typed_lines(text)
    title, lines = (rule.title, typed) if rule else (typed[0] if typed else "", typed[1:])
    if not lines or too_much((title, *lines)) or letter not in MODES:
        wrong, meeting = "many" if lines else "none", room(state).meeting
        return asking(book, key, letter, free=rule is None, wrong=wrong, meeting=meeting.id if meeting else 0)
    if not may_set(state):
        return POLLS.refuse(books, state, Refused("not_yours"), Action.HOLD_POLL)
    poll = set_poll(state, book, rule, MODES[letter], title, as_lines(lines, room(state).people))
    if rule is None:
        poll = replace(poll, choices=FREE.get(key, Choices.AGREE))
    return made(state, with_places(books, state, poll))


def set_poll(state: State, book: str, rule: Ballot | None, mode: Mode, title: str, lines: tuple[Line, ...]) -> Poll:
    """A new poll. In a meeting, those entitled to vote there vote; otherwise the people of one's unit, or everybody if
    the desk sets it.
    """
    assert state.person, "somebody may set it"
    meeting = room(state).meeting
    unit = meeting.unit if meeting else None if state.person.desk else state.person.unit_id
    taking = entitled(meeting, rule, room(state).people) if meeting else _everybody(state, unit)
    return Poll(
        id=0,
        office=0,  # filled in by the shell
        chair=state.person.id,
        title=title,
        mode=mode,
        choices=rule.choices if rule else Choices.AGREE,
        lines=lines,
        rulebook=book if rule else "",
        rule=rule.key if rule else "",
        unit=unit,
        campaign=meeting.campaign if meeting else None,
        meeting=meeting.id if meeting else None,
        taking=taking,
    )


def with_places(books: Books, state: State, poll: Poll) -> Poll:
    """The poll with the places that the quota still leaves for those on the slip, by group where the quota divides
    them. If no quota is known here, the chair's number stays.
    """
    known, rule = room(state), _rule(state, poll.rulebook, poll.rule)
    edition = known.editions.get(poll.rulebook)
    if rule is None or edition is None:
        return replace(poll, shares=())
    book, rated = books[edition], known.rated.get(poll.rulebook, ())
    left, divided = places(book, rule, rated, poll.lines), group_places(book, rule, rated, poll.lines)
    return replace(poll, places=poll.places if left is None and not divided else left, shares=divided)


def second_round(books: Books, state: State, first: Poll, button: Button) -> Turn:
    """Set the next round after a counted poll, with those whom most slips gave its rating and the same voters and
    tellers: `vote_second:0:<poll>[:<letter>]`.

    It is a proposal; the list may be changed before it begins. The text does not say that the mode stays the same
    (phones may have failed), so the mode is asked first.
    """
    rule = following_rule(state, first)
    tally = room(state).tally
    if rule is None or tally is None or rule.rating is None:
        return RESULTS.refuse(books, state, Refused("no_round"), Action.HOLD_POLL)
    named = for_next_round(tally, rule.rating.value)
    lines = tuple(first.lines[int(place)] for place in named)
    if not lines:
        return RESULTS.refuse(books, state, Refused("nobody_leads"), Action.HOLD_POLL)
    letter = word(button, 1)
    if letter not in MODES or (rule.secret and MODES[letter] is Mode.OPEN):
        return asks_mode(rule, lambda one: Button("vote_second", 0, (str(first.id), one)), _to_card(first))
    taking = tuple(replace(one, received=False, public=None, gave=False) for one in first.taking)
    poll = replace(
        first,
        id=0,
        title=rule.title,
        mode=MODES[letter],
        choices=rule.choices,
        lines=lines,
        stage=Stage.PREPARING,
        rule=rule.key,
        public=None,
        places=None,
        taking=taking,
    )
    if poll.mode is Mode.OPEN:  # a vote by name needs no tellers
        poll = replace(poll, taking=with_tellers(poll, ()))
    return made(state, with_places(books, state, poll))


def following_rule(state: State, poll: Poll) -> Ballot | None:
    """The ballot of the rulebook that follows from the result of this one."""
    return next((one for book, one in room(state).rules if book == poll.rulebook and one.after == poll.rule), None)


def made(state: State, poll: Poll) -> Turn:
    """Store the poll and show what it contains."""
    values: dict[str, Json] = {
        "title": poll.title,
        "lines": [one.text for one in poll.lines],
        "voters": len(poll.voters),
    }
    tellers = (
        ((Key("vote/tellers", Button("vote_tellers")),),) if poll.mode is not Mode.OPEN and not poll.tellers else ()
    )
    reply = Reply("vote/made", values, (*tellers, (Key("vote/card", Button("vote_card")),)))
    return Turn((reply,), (OpenPoll(poll), *let_go(state, Room.VOTE)))


def _rule(state: State, book: str, key: str) -> Ballot | None:
    return next((one for of, one in room(state).rules if (of, one.key) == (book, key)), None)


def _everybody(state: State, unit: int | None) -> tuple[Taking, ...]:
    people = [one for one in room(state).people if one.subject not in BODIES and unit in {None, one.unit_id}]
    return tuple(Taking(one.id, one.name) for one in people)


# What the card can change while the poll is being prepared.


def _asker(template: str, purpose: str) -> Callable[[Books, State, Poll, Button], Turn]:
    def ask(books: Books, state: State, poll: Poll, _: Button) -> Turn:
        if poll.stage is not Stage.PREPARING:
            return POLLS.refuse(books, state, Refused("begun"), Action.HOLD_POLL)
        return _ask(template, purpose, poll)

    return ask


def _ask(template: str, purpose: str, poll: Poll, **wrong: Json) -> Turn:
    values: dict[str, Json] = {"title": poll.title, "unknown": [], "several": [], "wrong": "", **wrong}
    return Turn((Reply(template, values, (_to_card(poll),)),), (awaiting(purpose, poll=poll.id),))


def _to_card(poll: Poll) -> tuple[Key, ...]:
    return (Key("vote/card", Button("vote_card", 0, (str(poll.id),))),)


def ask_tellers(state: State, poll: Poll, **wrong: Json) -> Turn:
    """Choose the tellers: in a meeting a button for each person present, otherwise typed names."""
    meeting = room(state).meeting
    values: dict[str, Json] = {"title": poll.title, "unknown": [], "several": [], "wrong": "", **wrong}
    values |= {"fewest": FEWEST_TELLERS, "most": MOST_TELLERS, "paper": poll.mode is Mode.PAPER}
    values["present"] = meeting is not None
    counting = {one.person for one in poll.tellers}
    keys = [
        (
            Key(
                "vote/teller",
                Button("vote_teller", 0, (str(poll.id), str(one.id))),
                {"name": one.name, "chosen": one.id in counting},
            ),
        )
        for one in (meeting.members if meeting else ())
        if one.present or one.id in counting
    ]
    return Turn((Reply("vote/tellers", values, (*keys, _to_card(poll))),), (awaiting(TELLERS, poll=poll.id),))


def _asks_tellers(books: Books, state: State, poll: Poll, _: Button) -> Turn:
    if poll.stage is not Stage.PREPARING:
        return POLLS.refuse(books, state, Refused("begun"), Action.HOLD_POLL)
    return ask_tellers(state, poll)


def keep_list(books: Books, state: State, poll: Poll, text: str) -> Turn:
    """Replace the lines of the slip with exactly these."""
    typed = typed_lines(text)
    if not typed or too_much(typed):
        return _ask("vote/slip", SLIP, poll, wrong="many" if typed else "none", lines=_lines(poll))
    named = {one.text: one for one in poll.lines}
    lines = tuple(named.get(one.text, one) for one in as_lines(typed, room(state).people))
    return amended(books, state, with_places(books, state, replace(poll, lines=lines)))


def _lines(poll: Poll) -> list[Json]:
    return [one.text for one in poll.lines]


def _asks_list(books: Books, state: State, poll: Poll, _: Button) -> Turn:
    if poll.stage is not Stage.PREPARING:
        return POLLS.refuse(books, state, Refused("begun"), Action.HOLD_POLL)
    return _ask("vote/slip", SLIP, poll, lines=_lines(poll))


def keep_voters(books: Books, state: State, poll: Poll, text: str) -> Turn:
    """Replace the voters with exactly those named."""
    who = found(typed_lines(text), room(state).people)
    if who.unknown or who.several or not who.people:
        return _ask("vote/voters", VOTERS, poll, unknown=[*who.unknown], several=[*who.several])
    tellers = {one.person: one for one in poll.tellers}
    taking = [replace(tellers.pop(one.id, Taking(one.id, one.name)), voter=True) for one in who.people]
    taking += [replace(one, voter=False) for one in tellers.values()]
    return amended(books, state, replace(poll, taking=tuple(taking)))


def keep_tellers(books: Books, state: State, poll: Poll, text: str) -> Turn:
    """Set the tellers, in the order named. They are told at once, since their phones make the keys."""
    who = found(typed_lines(text), _who_may_count(state))
    if who.unknown or who.several or not who.people:
        return ask_tellers(state, poll, unknown=[*who.unknown], several=[*who.several])
    if poll.mode is Mode.SECRET and not FEWEST_TELLERS <= len(who.people) <= MOST_TELLERS:
        return ask_tellers(state, poll, wrong="many")
    return amended(
        books, state, replace(poll, taking=with_tellers(poll, who.people)), tellers_told(poll, who.people, state)
    )


def _who_may_count(state: State) -> Sequence[Person]:
    meeting = room(state).meeting
    there = {one.id for one in meeting.present} if meeting else set()
    return [one for one in room(state).people if meeting is None or one.id in there]


def with_tellers(poll: Poll, tellers: Sequence[Person]) -> tuple[Taking, ...]:
    """The participants with these people as tellers. If a teller's number changes, their key is dropped."""
    numbers = {one.id: place for place, one in enumerate(tellers, 1)}
    taking = []
    for one in poll.taking:
        number_ = numbers.pop(one.person, None)
        if one.voter or number_:
            taking.append(replace(one, teller=number_, public=one.public if number_ == one.teller else None))
    names = {one.id: one.name for one in tellers}
    taking += [Taking(person, names[person], voter=False, teller=number_) for person, number_ in numbers.items()]
    return tuple(taking)


def tellers_told(poll: Poll, tellers: Sequence[Person], state: State) -> tuple[Command, ...]:
    """The notices to those who have become tellers."""
    before = {one.person for one in poll.tellers}
    reply = teller_notice(poll)
    return tuple(
        Notify(one.id, f"poll-teller:{poll.id}:{one.id}:{state.now.isoformat()}", reply)
        for one in tellers
        if one.id not in before and one.id != (state.person.id if state.person else 0)
    )


def teller_notice(poll: Poll) -> Reply:
    """The notice to a teller."""
    return Reply("notice/poll_teller", {"title": poll.title, "paper": poll.mode is Mode.PAPER}, (_way_in(poll),))


def _way_in(poll: Poll) -> tuple[Key, ...]:
    return (Key("vote/in", Button("vote_in", 0, (str(poll.id),))),)


def keep_places(books: Books, state: State, poll: Poll, text: str) -> Turn:
    """Take the number of places that the quota leaves."""
    typed = text.strip()
    if not typed.isdecimal():
        return _ask("vote/places", PLACES, poll, wrong="number")
    return amended(books, state, replace(poll, places=as_number(typed), shares=()))


def amended(books: Books, state: State, poll: Poll, more: tuple[Command, ...] = ()) -> Turn:
    """Store the changed poll and show its card."""
    return Turn((card(books, state, poll),), (AmendPoll(poll), *more, *let_go(state, Room.VOTE)))


def _of_text(keep: Callable[[Books, State, Poll, str], Turn]) -> OnText:
    def handler(books: Books, state: State, poll: Poll, text: str) -> Turn:
        if poll.stage is not Stage.PREPARING:
            return POLLS.refuse(books, state, Refused("begun"), Action.HOLD_POLL)
        return keep(books, state, poll, text)

    return POLLS.acting(handler, Action.HOLD_POLL)


VERBS: dict[str, OnPress] = {
    "vote_new": ask_rule,
    "vote_rule": ask_mode,
    "vote_mode": ask_lines,
    "vote_voters": POLLS.acting(_asker("vote/voters", VOTERS), Action.HOLD_POLL),
    "vote_tellers": POLLS.acting(_asks_tellers, Action.HOLD_POLL),
    "vote_slip": POLLS.acting(_asks_list, Action.HOLD_POLL),
    "vote_places": POLLS.acting(_asker("vote/places", PLACES), Action.HOLD_POLL),
    "vote_second": RESULTS.acting(second_round, Action.HOLD_POLL),
}

TEXTS: dict[str, OnText] = {
    LINES: keep_lines,
    VOTERS: _of_text(keep_voters),
    TELLERS: _of_text(keep_tellers),
    PLACES: _of_text(keep_places),
    SLIP: _of_text(keep_list),
}
