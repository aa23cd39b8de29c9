"""The page, and what it asks."""

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

#: Where the page of a poll stands: nobody finds one who was not told.
_POLL = r"{poll:[0-9a-f]{1,20}}"


def booth_routes(house: BoothHouse) -> list[web.RouteDef]:
    """Where the booth stands on the site of the chat."""
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
    """The page: the same for everybody who reads its language. Whose it is stands behind the # of the address, which no browser sends."""
    asked = request.query.get(LANGUAGE, "")
    if asked in LANGUAGES:
        request[TONGUE] = asked
    response = page(request, "booth.html", poll=request.match_info["poll"], home=HOME)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


#: At which all slips are given that will be.
_GIVEN = (Stage.CASTING, Stage.CLOSED, Stage.COUNTED)


class Stages:
    """How far a poll is, told to anybody: phones ask it again and again, and say nothing of themselves."""

    def __init__(self, house: BoothHouse) -> None:
        self._house = house

    async def show(self, request: web.Request) -> web.StreamResponse:
        """The stage; whether so few received a slip that it keeps little secret; once it is counted the trackers of the ballots that were."""
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
    """Who has this code is what in the poll; with everything that the page keeps, so that it need not ask by name again."""
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
    """The poll as pages know it."""
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
    """A teller's phone has made its key."""
    await protocol.keep_key(step.tx, step.poll, step.person, step.data("open"))
    return {}


async def give_token(step: Step) -> Answer:
    """A voter is present."""
    await _there(step)
    signed = await protocol.give_token(step.tx, step.poll, step.person, step.data("blinded"))
    return {"signed": b64encode(signed).decode()}


async def _there(step: Step) -> None:
    """In a meeting slips are for who is there. Raises RefusedError."""
    meeting = await step.tx.meetings.get(step.poll.meeting) if step.poll.meeting else None
    if meeting and not let_in(meeting, step.poll, step.person):
        raise RefusedError(BallotRefused.NOT_THERE)


async def give_up_key(step: Step) -> Answer:
    """A teller opens the box, as far as it is theirs to."""
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
    """A teller's count of paper; where it is not like the other's nothing is told but that."""
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
    """Who leads hears what came of it, once."""
    poll = await step.tx.polls.get(step.poll.id)
    if poll and (poll.stage is not step.poll.stage or poll.stuck):
        told = await of_count(step.tx, step.house.books, poll)
        await notify_many(step.tx, told, step.now, step.house.jobs)


def _are_counts(given: object, many: int) -> bool:
    return (
        isinstance(given, list) and len(given) == many and all(type(one) is int and 0 <= one <= MOST for one in given)
    )


#: No count of slips is larger.
MOST = 100_000


async def cast(step: Step) -> Answer:
    """A ballot."""
    return {"tracker": await protocol.cast(step.tx, step.poll, _ballot(step))}


async def is_ballot(step: Step) -> Answer:
    """What carries no token of the poll is refused before it waits for its turn to write: anybody may send it, as often as they like."""
    protocol.look_at(step.poll, _ballot(step))
    return {}


def _ballot(step: Step) -> Cast:
    return Cast(step.data("message"), step.data("signature"), step.data("sealed"))
