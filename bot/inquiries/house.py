"""What all requests to the page have in common: a code, which opens one inquiry and nothing else."""

import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from aiohttp import web

from bot.clock import ZONE
from bot.codes import clean
from bot.delivery.seam import Jobs
from bot.reading.parent import Reading
from bot.turn.uploads import Enclosing
from bot.web.callers import caller, is_ours, tell_of_proxy
from bot.web.house import house_of
from bot.web.paces import Paces, at_once, paces
from bot.web.sessions import page
from rules.nouns.inquiries import Inquiry
from storage.store import Store

#: The path below which the page is served.
HOME = "/nhanxet"
#: What a code can look like in an address; whether it exists is found by looking it up.
CODE = r"{code:[^/]{1,64}}"


@dataclass(frozen=True, slots=True)
class InquiryHouse:
    """The services of the page. `sends`: how often something is sent or printed for each inquiry."""

    store: Store
    jobs: Jobs
    now: Callable[[], dt.datetime]
    reading: Reading
    enclosing: Enclosing
    sends: Paces = field(default_factory=lambda: paces(burst=30, per_second=1 / 5))


@dataclass(frozen=True, slots=True)
class InquiryRequest:
    """A request with a valid code. `home`: the address of its page."""

    request: web.Request
    inquiry: Inquiry
    code: str
    now: dt.datetime

    @property
    def home(self) -> str:
        """The address of the page."""
        return f"{house_of(self.request).settings.root}{HOME}/{self.code}"

    @property
    def today(self) -> dt.date:
        """Today in Vietnam."""
        return self.now.astimezone(ZONE).date()


Doing = Callable[[InquiryHouse, InquiryRequest], Awaitable[web.StreamResponse]]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def opened(house: InquiryHouse, doing: Doing, *, costs: bool = False) -> Handler:
    """A handler for valid codes. A wrong code costs a try and is told nothing; for an expired one only that is told.
    There is no cookie, so nobody can forge a request in another's name: whoever knows the address is who it was given
    to.
    """

    async def handler(request: web.Request) -> web.StreamResponse:
        if not is_ours(request):
            return page(request, "elsewhere.html", 421, address=house_of(request).settings.public_url)
        tell_of_proxy(request)
        code = clean(request.match_info["code"])
        async with house_of(request).guesses.one_more(caller(request)) as this:
            async with house.store.reading() as tx:
                inquiry = await tx.inquiries.by_code(code) if code else None
            this.good = inquiry is not None
        if inquiry is None:
            raise web.HTTPTooManyRequests(headers={"Retry-After": "10"}) if this.left is None else web.HTTPNotFound
        asked = InquiryRequest(request, inquiry, code, house.now())
        if not inquiry.open(asked.today):
            return over(asked)
        if costs:
            await at_once(1, house.sends(inquiry.id))
        return await doing(house, asked)

    return handler


def over(asked: InquiryRequest) -> web.Response:
    """The link is no longer valid: nothing about its subject is told any more."""
    why = asked.inquiry.ended.value if asked.inquiry.ended else "day"
    return page(asked.request, "inquiry/over.html", 410, why=why)
