"""The card of a poll for whoever leads it, and its result by the clause."""

from collections.abc import Mapping

from dialogs.core.buttons import Button
from dialogs.core.handlers import Books
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply
from dialogs.polls.guard import TO_LIST, holds, room
from rules.balloting.counting import BallotOutcome, Bases, by_group, crossing, is_few, unanimous
from rules.balloting.poll import Attempt, GroupPlaces, Mode, Poll, Stage, Taking, following, obstacles
from rules.balloting.slips import BLANK, Tally, differing
from rules.book.ballots import Ballot, Choices
from rules.nouns.reviews import Json

#: How many voters are named.
NAMED = 30


def about(poll: Poll) -> tuple[str, ...]:
    """The arguments by which buttons name the poll."""
    return (str(poll.id),)


def rule_of(state: State, poll: Poll) -> Ballot | None:
    """The rulebook's ballot that the poll follows."""
    known = ((book, one) for book, one in room(state).rules)
    return next((one for book, one in known if (book, one.key) == (poll.rulebook, poll.rule)), None)


def card(_: Books, state: State, poll: Poll) -> Reply:
    """The card: the state of the poll, and what may be done."""
    next_ = following(poll)
    against = obstacles(poll, next_, early=room(state).early) if next_ else ()
    rule = rule_of(state, poll)
    values: dict[str, Json] = {
        **summary(poll),
        "holds": holds(state, poll),
        "lines": [one.text for one in poll.lines],
        "voters": [one.name for one in poll.voters[:NAMED]],
        "more": max(0, len(poll.voters) - NAMED),
        "tellers": [_teller(one) for one in poll.tellers],
        "waiting": [*_waiting(poll)],
        "unvoted": unvoted(state, poll, poll.stage),
        "received": poll.received,
        "few": few(poll, poll.stage),
        "places": poll.places,
        "shares": _shares(poll),
        "crossing": crossing(poll.shares),
        "within_quota": bool(rule and rule.within_quota),
        "against": [*against],
        "cite": rule.cite if rule else "",
        "disagreed": len(poll.attempts),
        "stuck": poll.stuck,
    }
    return Reply("vote/card", values, _keys(state, poll, ready=next_ is not None and not against))


def few(poll: Poll, at: str) -> str:
    """Why a secret ballot is hardly secret at that stage: few may "vote", or few have "received" a slip when no more
    are given out; "": it is secret.
    """
    if poll.mode is not Mode.SECRET:
        return ""
    if is_few(len(poll.voters)):
        return "vote"
    return "received" if at not in {Stage.PREPARING, Stage.GATHERING} and is_few(poll.received) else ""


def _keys(state: State, poll: Poll, *, ready: bool) -> tuple[tuple[Key, ...], ...]:
    mine = state.person is not None and poll.part_of(state.person.id) is not None
    way_in = [Key("vote/in", Button("vote_in", 0, about(poll)))] if mine and not poll.stage.over else []
    if not holds(state, poll):
        return (*((key,) for key in way_in), _home(poll))
    keys = []
    preparing, next_ = poll.stage is Stage.PREPARING, following(poll)
    if next_ and ready and not (next_ is Stage.COUNTED and poll.mode is not Mode.OPEN):
        keys.append(Key(f"vote/to_{next_.value}", Button("vote_go", 0, (*about(poll), next_.value))))
    if preparing:
        rule = rule_of(state, poll)
        tellers = ("tellers",) if poll.mode is not Mode.OPEN else ()
        wanted = (*tellers, "slip", "voters", *(("places",) if rule and rule.within_quota else ()))
        keys += [Key(f"vote/{one}", Button(f"vote_{one}", 0, about(poll))) for one in wanted]
    if poll.stuck and poll.stage is Stage.CLOSED:
        keys.append(Key("vote/recount", Button("vote_recount", 0, about(poll))))
    if poll.mode is Mode.PAPER and not poll.stage.over and poll.lines:
        keys.append(Key("vote/blank", Button("vote_blank", 0, about(poll))))
    if poll.stage is Stage.COUNTED:
        keys.append(Key("vote/result", Button("vote_result", 0, about(poll))))
    if not poll.stage.over:
        keys += [Key("vote/refresh", Button("vote_card", 0, about(poll)))]
        keys += [Key("vote/end", Button("vote_go", 0, (*about(poll), Stage.ENDED.value)))]
    # Until ballots are given out, what is still to be prepared comes first; afterwards one's own ballot does.
    return (*((key,) for key in ((*keys, *way_in) if preparing else (*way_in, *keys))), _home(poll))


def _home(poll: Poll) -> tuple[Key, ...]:
    """The button back to the meeting that the poll is part of, or to the list."""
    return (Key("meeting/back", Button("meeting_look", 0, (str(poll.meeting),))),) if poll.meeting else TO_LIST


def _waiting(poll: Poll) -> list[Json]:
    """The voters without a token, while tokens are given out."""
    return [one.name for one in poll.voters if not one.received] if poll.stage is Stage.GATHERING else []


def unvoted(state: State, poll: Poll, at: str) -> list[Json] | None:
    """Who has not voted yet in a vote by name that is open or about to end; None: it is no such vote."""
    if poll.mode is not Mode.OPEN or poll.stage is not Stage.CASTING or at == Stage.ENDED:
        return None
    return [one.name for one in poll.voters if one.person not in room(state).votes]


def _named(state: State, poll: Poll, place: int) -> list[Json]:
    """Who marked which option in a line, in a vote by name."""
    votes = room(state).votes
    found: list[Json] = []
    for option in poll.options:
        names: list[Json] = [
            one.name for one in poll.voters if option == votes.get(one.person, (BLANK,) * (place + 1))[place]
        ]
        if names:
            found.append([option, names])
    return found


def _teller(one: Taking) -> dict[str, Json]:
    return {"name": one.name, "key": one.public is not None, "gave": one.gave}


def _shares(poll: Poll) -> list[Json]:
    return [[one.name, one.places] for one in poll.shares]


def _settled(share: GroupPlaces, came: BallotOutcome, names: Mapping[str, str]) -> dict[str, Json]:
    """Who in a group is taken, who is left, and who is tied for the last place."""
    return {
        "name": share.name,
        "places": share.places,
        "places_for_tied": came.places_for_tied,
        **{
            part: [{"name": names[one], "votes": came.votes[one]} for one in getattr(came, part)]
            for part in ("taken", "left", "tied", "beyond", "short")
        },
    }


def _attempt(attempt: Attempt, names: Mapping[str, str]) -> dict[str, Json]:
    """Two counts that differed: who entered which, and where they differ."""
    (first, one), (second, other) = attempt.counts
    apart: list[Json] = [
        {"what": each.what, "line": names.get(each.line, ""), "first": each.came, "second": each.expected}
        for each in differing(one, other)
    ]
    return {"first": first, "second": second, "apart": apart}


def summary(poll: Poll) -> dict[str, Json]:
    """The poll in one line, as values of a template."""
    return {"title": poll.title, "mode": poll.mode.value, "stage": poll.stage.value, "entitled": len(poll.voters)}


def result_values(state: State, poll: Poll, tally: Tally) -> dict[str, Json]:
    """The count, and what follows from it by the clause. If the text names no share, nothing follows from the count
    alone.
    """
    rule, names = rule_of(state, poll), {str(place): one.text for place, one in enumerate(poll.lines)}
    values: dict[str, Json] = {
        **summary(poll),
        "given": tally.given,
        "returned": tally.returned,
        "invalid": tally.invalid,
        "options": [*poll.options],
        "lines": [
            {
                "text": names[line],
                "counts": [[option, votes] for option, votes in counts.items()],
                "blank": tally.blank(line),
                "named": _named(state, poll, int(line)) if poll.mode is Mode.OPEN else [],
            }
            for line, counts in tally.lines.items()
        ],
        "unanimous": [names[one] for one in unanimous(tally)] if poll.mode is Mode.SECRET else [],
        "cite": rule.cite if rule else "",
        "tie_to": rule.tie_to if rule else "",
        "tie": rule.tie if rule else "",
        "settled": None,
        "attempts": [_attempt(one, names) for one in poll.attempts],
    }
    if rule and rule.share and poll.choices is Choices.AGREE:
        # Those who were given a slip count as present.
        bases = Bases(len(poll.voters), tally.given, tally.returned)
        came = by_group(rule, tally, bases, poll.places, poll.shares)
        values["settled"] = {
            "needed": came[0][1].needed,
            "base": came[0][1].base,
            "share": [*rule.share],
            "of": rule.of,
            "more_than": rule.more_than,
            "unknown": rule.within_quota and poll.places is None and not poll.shares,
            "shares": _shares(poll),
            "groups": [_settled(share, outcome, names) for share, outcome in came],
        }
    return values
