"""People chosen in the list, and what would be done with them: how many, whom, who is not reached and why, before anything is done.
Whom somebody chose stands in the address, as names or as the filter they are all of.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from aiohttp import web
from multidict import MultiMapping

from bot.console.deeds import deeds_of
from bot.console.house import HOME, Afterwards, Page, Visit, in_pieces, sent_form
from bot.console.people import address, campaign_of, sight_of
from bot.turn.choosing import view_of
from bot.web.house import house_of
from bot.web.sessions import random_id
from dialogs.broadcast.chosen import receivers
from dialogs.broadcast.writing import MAX_CHARS, message_values, stamp_of, unfit
from dialogs.core.rooms import OfficeView
from dialogs.core.state import State
from dialogs.core.turn import AllPapers
from dialogs.people.chosen import MOST, invitees
from rules.campaign.looking import NAMES, Wanted, asked, number_of, query_of
from rules.nouns.people import Person
from rules.nouns.text import clean

PATH = "/chon"

#: So many names are told of each kind; the rest is counted.
NAMED = 200

#: So many people can be named in an address; more are chosen by a filter.
MOST_NAMED = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom somebody chose for what. `every`: all that the filter leaves; `lost`: the names in the address that said nothing (then nobody
    is chosen by it); `unseen`: how many were named who are not theirs to see, or here no more.
    """

    deed: str
    wanted: Wanted
    campaign: int
    every: bool
    people: tuple[int, ...]
    lost: tuple[str, ...] = ()
    unseen: int = 0

    def query(self) -> list[tuple[str, str]]:
        """As it stands in an address."""
        chosen = [("tatca", "1")] if self.every else [("p", "-".join(map(str, self.people)))]
        return [("viec", self.deed), *chosen, *query_of(replace(self.wanted, dot=self.campaign), page=1).items()]


@dataclass(frozen=True, slots=True)
class Group:
    """Some of those who were chosen, with what is said of them; `count`: how many, of whom the first are named."""

    what: str
    count: int
    named: Sequence[tuple[Person, str]] = field(default=())

    @property
    def more(self) -> int:
        """Who is not named."""
        return self.count - len(self.named)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What would come of it. `count`: with how many something is done; `stamp`: of exactly this."""

    count: int
    groups: Sequence[Group]
    stamp: str = ""


async def choice_of(visit: Visit, fields: MultiMapping[str]) -> Choice:
    """Whom an address or a form names, as far as this reader sees them. Raises 404 for what is not theirs to do."""
    deed, found = fields.get("viec", ""), asked(fields)
    if deed not in deeds_of(visit.oversight.person):
        raise await visit.turn_away("choice", deed=deed[:20])
    campaign = campaign_of(visit, found.wanted.dot)
    if campaign is None:
        raise await visit.turn_away("choice", campaign=found.wanted.dot)
    sight, wanted = sight_of(visit, campaign), replace(found.wanted, page=1)
    if fields.get("tatca") == "1":
        people = [] if found.lost else await visit.tx.choosing.of_filter(sight, wanted)
        return Choice(deed, wanted, campaign, True, tuple(people), found.lost)  # noqa: FBT003 - as its field says
    named = _named(fields)
    seen = await visit.tx.choosing.seen(sight, named) if named else []
    unseen = sorted(named - {*seen})
    if unseen:
        await visit.keep_refused("choice", people=[*unseen[:MOST_NAMED]])
    return Choice(deed, wanted, campaign, False, tuple(seen), unseen=len(unseen))  # noqa: FBT003


async def show_choice(visit: Visit) -> web.StreamResponse:
    """What would be done, and with whom."""
    return await drawn(visit, await choice_of(visit, visit.request.query))


async def show_message(visit: Visit) -> web.StreamResponse:
    """The message as it will be read, and by whom; nothing is sent yet."""
    fields = await sent_form(visit)
    return await drawn(visit, await choice_of(visit, fields), text=fields.get("text", ""))


async def drawn(
    visit: Visit, choice: Choice, *, text: str | None = None, changed: bool = False, status: int = 200
) -> web.Response:
    """The page of a choice. `text`: the message that was written; `changed`: it was shown before, and is otherwise now."""
    view = await view_of(visit.tx, visit.oversight.person, choice.people, visit.now)
    message = clean(text) if text is not None else None
    wrong = unfit(message) if message is not None else None
    outcome = await outcome_of(visit, choice, view, message or "")
    return visit.draw(
        "chosen.html",
        409 if changed else status,
        choice=choice,
        changed=changed,
        outcome=outcome,
        chosen=len(view.people),
        keys=view.keys,
        text=text or "",
        wrong=(wrong.template, dict(wrong.values)) if wrong else None,
        preview=message_values(message, visit.oversight.person) if message and not wrong else None,
        most=MAX_CHARS if choice.deed == "nhan" else MOST,
        once=random_id(),
        fields=choice.query(),
        again=f"{_root(visit)}{PATH}?{urlencode(choice.query())}",
        file=f"{_root(visit)}{PATH}/van-ban.zip?{urlencode([*choice.query(), ('luc', str(int(visit.now.timestamp())))])}",
        renewing=f"{_root(visit)}{PATH}?{urlencode(replace(choice, deed='malai').query())}",
        back=address(visit, replace(choice.wanted, dot=choice.campaign)),
        names=NAMES,
        closed=choice.campaign in visit.closed,
    )


async def outcome_of(visit: Visit, choice: Choice, view: OfficeView, message: str) -> Outcome:
    """What would come of it now: by the same reckoning as when it is done."""
    match choice.deed:
        case "nhan":
            found = receivers(view, visit.oversight.person)
            groups = (
                ("goes", found.people),
                ("later", found.later),
                ("blocked", found.blocked),
                ("self", [one for one in view.people if one.id == visit.oversight.person.id]),
            )
            return Outcome(len(found.people), _groups(view, groups), stamp_of(message, found.people))
        case "ma" | "malai":
            state = State(person=visit.oversight.person, language="", now=visit.now)
            known = invitees(state, view, renew=choice.deed == "malai")
            kinds = ("people", "anew", "joined", "held", "others", "beyond")
            sorted_ = [("gets" if kind == "people" else kind, getattr(known, kind)) for kind in kinds]
            return Outcome(len(known.people), _groups(view, sorted_), known.stamp)
        case _:
            return await _papers(visit, choice, view)


async def hand_out(visit: Visit) -> Afterwards:
    """The papers of those who were chosen as one ZIP, as that of a campaign is (bot/web/files)."""
    choice = await choice_of(visit, visit.request.query)
    if choice.deed != "vanban" or not choice.people or not choice.campaign:
        raise web.HTTPNotFound
    at = max(0, number_of(visit.request.query.get("luc", "")[-9:]))
    wanted = AllPapers(choice.campaign, 0, choice.people)
    return in_pieces(visit, wanted, at)


def _root(visit: Visit) -> str:
    return f"{house_of(visit.request).settings.root}{HOME}"


def _named(fields: MultiMapping[str]) -> set[int]:
    """The people that are named: each box by itself, or several in one word."""
    words = [word for value in fields.getall("p", []) for word in value.split("-")]
    return {number for word in words[:MOST_NAMED] if (number := number_of(word)) > 0}


def _groups(view: OfficeView, groups: Iterable[tuple[str, Sequence[Person]]]) -> list[Group]:
    return [
        Group(what, len(some), [(one, view.keys.get(one.id, "")) for one in some[:NAMED]])
        for what, some in groups
        if some
    ]


async def _papers(visit: Visit, choice: Choice, view: OfficeView) -> Outcome:
    """How many papers there are to take, and of whom there is none: what the chain has agreed to."""
    agreed = await visit.tx.choosing.agreed(choice.campaign, choice.people) if choice.people else {}
    with_some = [one for one in view.people if one.id in agreed]
    none = [one for one in view.people if one.id not in agreed]
    return Outcome(sum(agreed.values()), _groups(view, (("papers", with_some), ("none", none))))


PAGES = (
    Page(PATH, show_choice),
    Page(f"{PATH}/xem", show_message, sends=True),
    Page(f"{PATH}/van-ban.zip", hand_out),
)
