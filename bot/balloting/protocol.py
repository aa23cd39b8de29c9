"""The protocol of a poll on the page: giving tokens, casting ballots, releasing keys, opening the box. Each is a step
in a transaction that has locked the poll; repeating a request after a lost connection gives the same answer.

Nothing about a single ballot is written to a log, the audit or a conversation. The audit contains only the hash of the
result.
"""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.balloting import blind, sealing
from rules.balloting import counting
from rules.balloting.poll import OPENING, Attempt, Mode, Poll, Stage, Taking
from rules.balloting.slips import Slip, Tally, amiss, tally, unpacked
from storage.repositories.polls import Cast, Counted, LostKeyError
from storage.transaction import Transaction


class BallotRefused(StrEnum):
    """The reason why something is refused; each has its own words on the page."""

    STAGE = "stage"  # too early or too late
    NOT_ENTITLED = "not_entitled"
    NOT_THERE = "not_there"  # not present in the meeting
    ALREADY = "already"  # already received a token, on another phone or before its data was cleared
    MALFORMED = "malformed"
    NO_TOKEN = "no_token"  # noqa: S105 - a reason
    SPENT = "spent"  # the token was used for another ballot
    WRONG_KEY = "wrong_key"  # not the key that this teller made
    NOT_ADDING_UP = "not_adding_up"
    ENTERED = "entered"  # already entered a count; the other teller's is awaited
    STUCK = "stuck"  # the counts of paper slips differed too often
    LOST = "lost"  # the installation's own key has changed


class RefusedError(Exception):
    """The step is refused; `args[0]` is the BallotRefused."""

    def __init__(self, why: BallotRefused, detail: Sequence[object] = ()) -> None:
        super().__init__(why)
        self.why = why
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Opened:
    """The content of the box: the slips (None: invalid) in the order of the box, and the trackers in an independent
    order.

    It is void when it holds more ballots than tokens were given, a token twice, an invalid token, or one ballot under
    two tokens.
    """

    slips: tuple[Slip | None, ...]
    trackers: tuple[str, ...]
    void: bool


def _part(poll: Poll, person: int, stage: Stage) -> Taking:
    part = poll.part_of(person)
    if part is None:
        raise RefusedError(BallotRefused.NOT_ENTITLED)
    if poll.stage is not stage:
        raise RefusedError(BallotRefused.STAGE)
    return part


async def give_token(tx: Transaction, poll: Poll, person: int, blinded: bytes) -> bytes:
    """Sign the blinded message of a voter's page: their only token of this poll. Repeating the request gives the same
    answer, even while ballots are being cast, because the first may have been lost; it then leaves no trace. What is
    stored is that a token was given, and nothing by which the token could be recognised. Raises RefusedError.
    """
    part = poll.part_of(person)
    if part is None or not part.voter:
        raise RefusedError(BallotRefused.NOT_ENTITLED)
    digest = hashlib.sha256(blinded).hexdigest()
    before = await tx.polls.blinded(poll.id, person)
    if before not in {None, digest}:
        raise RefusedError(BallotRefused.ALREADY)
    if poll.stage is not Stage.GATHERING and not (before and poll.stage is Stage.CASTING):
        raise RefusedError(BallotRefused.STAGE)
    private = await tx.polls.private(poll.id)
    if private is None:
        raise RefusedError(BallotRefused.STAGE)
    try:
        signed = blind.sign(private, blinded)
    except ValueError:
        raise RefusedError(BallotRefused.MALFORMED) from None
    if before is None:  # written once only, so that repeating it is visible nowhere, least of all while ballots arrive
        await tx.polls.receive(poll.id, person, digest)
    return signed


async def cast(tx: Transaction, poll: Poll, given: Cast) -> str:
    """Put a ballot into the box; returns its tracker. Whose ballot it is is not asked. Casting it again changes
    nothing. Raises RefusedError.
    """
    look_at(poll, given)
    found = sealing.tracker(poll.id, given.message, given.sealed)
    if poll.stage not in {Stage.CASTING, Stage.CLOSED}:
        result = await tx.polls.result(poll.id)
        if result and found in result.trackers:  # it was cast before; only the answer was lost
            return found
        raise RefusedError(BallotRefused.STAGE)
    box = await tx.polls.box(poll.id)
    spent = next((one for one in box if one.message == given.message), None)
    if spent is None and poll.stage is Stage.CASTING:
        if sealing.slip_of(given.sealed, len(poll.lines)) in _slips(poll, box):
            raise RefusedError(BallotRefused.SPENT)  # somebody else's ballot, sent again under a token of one's own
        await tx.polls.keep_box(poll.id, (*box, given))
    elif spent is None:
        raise RefusedError(BallotRefused.STAGE)
    elif spent.sealed != given.sealed:
        raise RefusedError(BallotRefused.SPENT)
    return found


async def is_early(tx: Transaction, poll: Poll) -> bool:
    """Whether the box holds so few ballots that it should not be closed yet. False for a box that cannot be unlocked,
    because its poll is ended anyway.
    """
    if poll.mode is not Mode.SECRET or poll.stage is not Stage.CASTING:
        return False
    try:
        return counting.is_early(len(await tx.polls.box(poll.id)), poll.received)
    except LostKeyError:
        return False


def look_at(poll: Poll, given: Cast) -> None:
    """Check a ballot. Raises RefusedError when its size or its token is not that of this poll."""
    if poll.mode is not Mode.SECRET or poll.public is None:
        raise RefusedError(BallotRefused.STAGE)
    if len(given.sealed) != sealing.sealed_length(len(poll.lines), len(poll.tellers)):
        raise RefusedError(BallotRefused.MALFORMED)
    if not blind.genuine(poll.public, given.message, given.signature):
        raise RefusedError(BallotRefused.NO_TOKEN)


async def keep_key(tx: Transaction, poll: Poll, person: int, public: bytes) -> None:
    """Store the public key made by a teller's phone; another phone may replace it until tokens are given. Raises
    RefusedError.
    """
    if not _part(poll, person, Stage.PREPARING).teller:
        raise RefusedError(BallotRefused.NOT_ENTITLED)
    if not sealing.is_key(public):
        raise RefusedError(BallotRefused.MALFORMED)
    await tx.polls.keep_public(poll.id, person, public)


async def give_up_key(tx: Transaction, poll: Poll, person: int, private: bytes, now: dt.datetime) -> Stage:
    """Store a private key that a teller releases for the count; the second one opens the box. Returns the stage
    afterwards. Raises RefusedError.
    """
    part = poll.part_of(person)
    if part is not None and part.teller and poll.stage in {Stage.COUNTED, Stage.VOID}:
        return poll.stage  # two other tellers have released theirs
    part = _part(poll, person, Stage.CLOSED)
    if not part.teller:
        raise RefusedError(BallotRefused.NOT_ENTITLED)
    if not sealing.belongs(private, part.public):
        raise RefusedError(BallotRefused.WRONG_KEY)
    await tx.polls.give_up(poll.id, person, private)
    keys = await tx.polls.given_up(poll.id)
    if len(keys) < OPENING:
        return poll.stage
    return await _count(tx, poll, keys, now)


async def _count(tx: Transaction, poll: Poll, keys: Mapping[int, bytes], now: dt.datetime) -> Stage:
    found = open_box(poll, await tx.polls.box(poll.id), keys)
    if found.void:
        await tx.polls.walk(poll.id, Stage.VOID, now)
        return Stage.VOID
    count = tally(found.slips, poll.received, lines_of(poll), poll.options)
    await _keep_count(tx, poll, Counted(count, found.trackers), now)
    return Stage.COUNTED


def open_box(poll: Poll, box: Sequence[Cast], keys: Mapping[int, bytes]) -> Opened:
    """Open the box. Tokens are verified again: the box is not trusted more than a ballot being cast."""
    assert poll.public is not None, "there is a box, so there was a key"
    genuine = all(blind.genuine(poll.public, one.message, one.signature) for one in box)
    void = not genuine or len(box) > poll.received or len({one.message for one in box}) < len(box)
    void = void or len(_slips(poll, box)) < len(box)
    lines = len(poll.lines)
    data = [sealing.opened(poll.id, one.sealed, lines, keys) for one in box]
    slips = tuple(unpacked(one, lines, poll.options) if one else None for one in data)
    trackers = sorted(sealing.tracker(poll.id, one.message, one.sealed) for one in box)
    return Opened(slips, tuple(trackers), void)


def _slips(poll: Poll, box: Sequence[Cast]) -> set[bytes]:
    """The sealed slips. Two are equal only if one was copied to learn its content from the count (Cortier and Smyth,
    2013).
    """
    return {sealing.slip_of(one.sealed, len(poll.lines)) for one in box}


async def vote(tx: Transaction, poll: Poll, person: int, slip: Slip) -> None:
    """Store a vote by name; it can be changed until voting is closed. Raises RefusedError."""
    if not _part(poll, person, Stage.CASTING).voter or poll.mode is not Mode.OPEN:
        raise RefusedError(BallotRefused.NOT_ENTITLED)
    if len(slip) != len(poll.lines) or not all(mark in {"", *poll.options} for mark in slip):
        raise RefusedError(BallotRefused.MALFORMED)
    await tx.polls.vote(poll.id, person, slip)


async def close_open(tx: Transaction, poll: Poll, now: dt.datetime) -> None:
    """Count the votes by name."""
    votes = await tx.polls.votes(poll.id)
    count = tally(tuple(votes.values()), len(poll.voters), lines_of(poll), poll.options)
    await _keep_count(tx, poll, Counted(count, ()), now)


async def _keep_count(tx: Transaction, poll: Poll, count: Counted, now: dt.datetime) -> None:
    """Store the count, and its hash in the audit, so that a later change of a figure is detected (`tusoi audit
    verify`).
    """
    await tx.polls.keep_result(poll.id, count)
    await tx.polls.walk(poll.id, Stage.COUNTED, now)
    mark = await tx.polls.count_mark(poll.id)
    await tx.audit.record("system", "poll counted", now, detail={"poll": poll.id, "mark": mark})


async def enter_count(tx: Transaction, poll: Poll, person: int, count: Tally, now: dt.datetime, attempt: int) -> Stage:
    """Store one teller's independent count of paper slips. When two counts agree they are the result. Otherwise both
    are stored and everybody counts anew, so that nobody can try figures until they fit.

    `attempt`: the number of earlier disagreements known to this teller's page; a count for an earlier attempt is
    ignored. Raises RefusedError with what does not add up.
    """
    part = poll.part_of(person)
    if part is None or not part.teller or poll.mode is not Mode.PAPER:
        raise RefusedError(BallotRefused.NOT_ENTITLED)
    if poll.stage is Stage.COUNTED or attempt < len(poll.attempts):
        return poll.stage  # repeated: the answer was lost
    _may_enter(poll, count)
    counts = await tx.polls.counts(poll.id)
    mine, others = counts.get(person), [(by, one) for by, one in counts.items() if by != person]
    if mine is not None and mine != count:
        raise RefusedError(BallotRefused.ENTERED)
    if others and others[0][1] != count:
        (other, theirs), *_ = others
        await _disagree(tx, poll, {other: theirs, person: count})
        return poll.stage
    await tx.polls.keep_count(poll.id, person, count)
    if not others:
        return poll.stage
    await _keep_count(tx, poll, Counted(count, ()), now)
    return Stage.COUNTED


def _may_enter(poll: Poll, count: Tally) -> None:
    if poll.stage is not Stage.CLOSED:
        raise RefusedError(BallotRefused.STAGE)
    if poll.stuck:
        raise RefusedError(BallotRefused.STUCK)
    if list(count.lines) != list(lines_of(poll)):
        raise RefusedError(BallotRefused.MALFORMED)
    if wrong := tuple(amiss(count, len(poll.voters))):
        raise RefusedError(BallotRefused.NOT_ADDING_UP, wrong)


async def _disagree(tx: Transaction, poll: Poll, counts: Mapping[int, Tally]) -> None:
    names = {one.person: one.name for one in poll.taking}
    attempt = Attempt(tuple((names[by], one) for by, one in counts.items()))
    *before, last = poll.disagreed or ((),)
    await tx.polls.keep_disagreed(poll, (*before, (*last, attempt)))


async def count_on(tx: Transaction, poll: Poll) -> None:
    """Let the tellers count the paper slips again after too many disagreements; for whoever leads the poll. Raises
    RefusedError.
    """
    if not poll.stuck or poll.stage is not Stage.CLOSED:
        raise RefusedError(BallotRefused.STAGE)
    await tx.polls.keep_disagreed(poll, (*poll.disagreed, ()))


async def open_gathering(tx: Transaction, poll: Poll, now: dt.datetime) -> None:
    """Start giving tokens."""
    public, private = blind.make_key()
    await tx.polls.gather(poll.id, public, private)
    await tx.polls.walk(poll.id, Stage.GATHERING, now)


def lines_of(poll: Poll) -> tuple[str, ...]:
    """The names of the lines in counts: their numbers, because two lines may have the same text."""
    return tuple(str(number) for number in range(len(poll.lines)))
