"""The page of the booth and its requests."""

from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.balloting import protocol
from bot.balloting.protocol import BallotRefused, RefusedError
from bot.booth.house import HOME, Answer, BoothHouse, Step, at_home, named, nameless
from bot.campaign.polls.telling import of_count
from bot.delivery.notices import notify_many
from bot.door.links import LANGUAGE
from bot.web.sessions import TONGUE, page
from rules.balloting.counting import is_few
from rules.balloting.poll import Mode, Poll, Stage
from rules.balloting.slips import Tally
from rules.meeting.voting import let_in
from storage.repositories.polls import Cast
from templates.wording import LANGUAGES

#: The page of a poll; its address cannot be guessed.
_POLL = r"{poll:[0-9a-f]{1,20}}"


def booth_routes(house: BoothHouse) -> list[web.RouteDef]:
    """The booth's routes on the site of the chat."""
    below = f"{HOME}/{_POLL}"
    return [
        web.get(below, at_home(show)),
        web.post(f"{below}/toi", named(house, me)),
        web.post(f"{below}/khoa", named(house, keep_key)),
        web.post(f"{below}/giay", named(house, give_token)),
        web.post(f"{below}/mo", named(house, give_up_key)),
        web.post(f"{below}/ghi", named(house, vote)),
        web.post(f"{below}/dem", named(house, enter_count)),
        web.post(f"{below}/thung", nameless(house, cast, is_ballot)),
        web.get(f"{below}/thung", at_home(Stages(house).show)),
    ]


async def show(request: web.Request) -> web.StreamResponse:
    """The page, identical for all readers of a language. The code is in the fragment of the address (#…), which
    browsers never send.
    """
    asked = request.query.get(LANGUAGE, "")
    if asked in LANGUAGES:
        request[TONGUE] = asked
    response = page(request, "booth.html", poll=request.match_info["poll"], home=HOME)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


#: The stages from which on no more slips are given out.
_GIVEN = (Stage.CASTING, Stage.CLOSED, Stage.COUNTED)


class Stages:
    """The stage of a poll, public to everybody: phones poll it without identifying themselves."""

    def __init__(self, house: BoothHouse) -> None:
        self._house = house

    async def show(self, request: web.Request) -> web.StreamResponse:
        """The stage, whether so few people received a slip that secrecy is weak, and, once it is counted, the trackers."""
        async with self._house.store.reading() as tx:
            id_ = await tx.polls.at(request.match_info["poll"])
            poll = await tx.polls.get(id_) if id_ else None
            result = await tx.polls.result(poll.id) if poll else None
        if poll is None:
            raise web.HTTPNotFound
        few = poll.mode is Mode.SECRET and poll.stage in _GIVEN and is_few(poll.received)
        trackers = list(result.trackers) if result else []
        return web.json_response({"stage": poll.stage.value, "few": few, "trackers": trackers})


async def me(step: Step) -> Answer:
    """What the owner of this code is in the poll, with everything the page needs, so that it need not identify itself
    again.
    """
    part = step.poll.part_of(step.person)
    assert part, "there is a code, so they take part"
    counted = await step.tx.polls.counts(step.poll.id) if step.poll.mode is Mode.PAPER else {}
    votes = await step.tx.polls.votes(step.poll.id) if step.poll.mode is Mode.OPEN else {}
    return {
        "poll": described(step.poll),
        "person": part.person,
        "name": part.name,
        "voter": part.voter,
        "teller": part.teller,
        "received": part.received,
        "public": b64encode(part.public or b"").decode(),
        "gave": part.gave,
        "counted": step.person in counted,
        "voted": list(votes.get(step.person, ())),
        "attempt": len(step.poll.attempts),
        "stuck": step.poll.stuck,
    }


def described(poll: Poll) -> Mapping[str, Any]:
    """The poll as sent to pages."""
    return {
        "id": poll.id,
        "title": poll.title,
        "mode": poll.mode.value,
        "stage": poll.stage.value,
        "lines": [line.text for line in poll.lines],
        "options": list(poll.options),
        "key": b64encode(poll.public or b"").decode(),
        "tellers": [b64encode(one.public or b"").decode() for one in poll.tellers],
        "named": [one.name for one in poll.tellers],
        "entitled": len(poll.voters),
        "received": poll.received,
        "few": is_few(len(poll.voters)),
    }


async def keep_key(step: Step) -> Answer:
    """Store the public key made on a teller's phone."""
    await protocol.keep_key(step.tx, step.poll, step.person, step.data("open"))
    return {}


async def give_token(step: Step) -> Answer:
    """Give a token to a voter."""
    await _there(step)
    signed = await protocol.give_token(step.tx, step.poll, step.person, step.data("blinded"))
    return {"signed": b64encode(signed).decode()}


async def _there(step: Step) -> None:
    """In a meeting, slips are only for those present. Raises RefusedError."""
    meeting = await step.tx.meetings.get(step.poll.meeting) if step.poll.meeting else None
    if meeting and not let_in(meeting, step.poll, step.person):
        raise RefusedError(BallotRefused.NOT_THERE)


async def give_up_key(step: Step) -> Answer:
    """Release a teller's key to open the box."""
    stage = await protocol.give_up_key(step.tx, step.poll, step.person, step.data("secret"), step.now)
    await _told(step)
    return {"stage": stage.value}


async def vote(step: Step) -> Answer:
    """A vote by name."""
    await _there(step)
    marks = step.given.get("marks")
    if not isinstance(marks, list):
        raise RefusedError(BallotRefused.MALFORMED)
    await protocol.vote(step.tx, step.poll, step.person, tuple(map(str, marks)))
    return {}


async def enter_count(step: Step) -> Answer:
    """Store a teller's count of paper slips. If it differs from the other's, only that fact is told."""
    figures, rows, attempt = (step.given.get(name) for name in ("figures", "lines", "attempt"))
    if not isinstance(figures, list) or not isinstance(rows, list) or len(rows) != len(step.poll.lines):
        raise RefusedError(BallotRefused.MALFORMED)
    options = step.poll.options
    if not _are_counts([attempt, *figures], 4) or not all(_are_counts(row, len(options)) for row in rows):
        raise RefusedError(BallotRefused.MALFORMED)
    lines = {str(place): dict(zip(options, row, strict=True)) for place, row in enumerate(rows)}
    given, returned, invalid = figures
    count = Tally(given, returned, invalid, lines)
    stage = await protocol.enter_count(step.tx, step.poll, step.person, count, step.now, attempt or 0)
    await _told(step)
    return {"stage": stage.value}


async def _told(step: Step) -> None:
    """Tell whoever leads the poll the result, once."""
    poll = await step.tx.polls.get(step.poll.id)
    if poll and (poll.stage is not step.poll.stage or poll.stuck):
        told = await of_count(step.tx, step.house.books, poll)
        await notify_many(step.tx, told, step.now, step.house.jobs)


def _are_counts(given: object, many: int) -> bool:
    return (
        isinstance(given, list) and len(given) == many and all(type(one) is int and 0 <= one <= MOST for one in given)
    )


#: Upper limit of a count of slips.
MOST = 100_000


async def cast(step: Step) -> Answer:
    """A ballot."""
    return {"tracker": await protocol.cast(step.tx, step.poll, _ballot(step))}


async def is_ballot(step: Step) -> Answer:
    """Refuse a request without a valid token before it waits for the write lock, because anybody can send one as often
    as they like.
    """
    protocol.look_at(step.poll, _ballot(step))
    return {}


def _ballot(step: Step) -> Cast:
    return Cast(step.data("message"), step.data("signature"), step.data("sealed"))
