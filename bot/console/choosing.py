"""People chosen in the list, and a preview of what would be done with them: how many, whom, and who is left out and
why.

The choice is kept in the address, as names or as the filter that all chosen people match.
"""

import asyncio
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from aiohttp import web
from multidict import MultiMapping

from bot.console.deeds import deeds_of
from bot.console.house import HOME, Afterwards, Page, Visit, in_pieces, sent_form
from bot.console.people import address, campaign_of, sight_for
from bot.door.words import word
from bot.turn.choosing import view_of, with_forms
from bot.web.house import house_of
from bot.web.sessions import random_id, tongue_of
from dialogs.broadcast.chosen import receivers
from dialogs.broadcast.writing import MAX_CHARS, message_values, stamp_of, unfit
from dialogs.core.knowledge.office import OfficeView
from dialogs.core.state import State
from dialogs.core.turn import AllPapers, Reply
from dialogs.people.chosen import invitees
from dialogs.people.extending import MAX_CHARS as REASON_CHARS
from dialogs.people.extending import against, day_typed, extendable
from dialogs.people.extending import unfit as unfit_reason
from dialogs.people.view import MOST
from rules.campaign.last_days import decision_day
from rules.campaign.looking.wanted import NAMES, Wanted, asked, number_of, query_of
from rules.nouns.people import Person
from rules.nouns.text import clean

PATH = "/chon"

#: Maximum number of names shown in each group; the others are counted.
NAMED = 200

#: Maximum number of people named in an address; larger choices are made by a filter.
MOST_NAMED = 200


@dataclass(frozen=True, slots=True)
class ChosenDeed:
    """The people chosen, and the deed."""

    deed: str
    wanted: Wanted
    campaign: int
    #: Everybody who matches the filter is chosen.
    every: bool
    people: tuple[int, ...]
    #: Names in the address that could not be read; then nobody is chosen.
    lost: tuple[str, ...] = ()
    #: The number of named people whom the reader may not see or who have left.
    unseen: int = 0

    def query(self) -> list[tuple[str, str]]:
        """The choice as query parameters."""
        chosen = [("tatca", "1")] if self.every else [("p", "-".join(map(str, self.people)))]
        return [("viec", self.deed), *chosen, *query_of(replace(self.wanted, dot=self.campaign), page=1).items()]


@dataclass(frozen=True, slots=True)
class ChosenGroup:
    """Some of the chosen people, with a remark about them. `count`: their number; only the first are named."""

    what: str
    count: int
    named: Sequence[tuple[Person, str]] = field(default=())

    @property
    def more(self) -> int:
        """The number of people not named."""
        return self.count - len(self.named)


@dataclass(frozen=True, slots=True)
class ChosenOutcome:
    """What would be done. `count`: the number of people affected; `stamp`: identifies exactly this outcome."""

    count: int
    groups: Sequence[ChosenGroup]
    stamp: str = ""


async def choice_of(visit: Visit, fields: MultiMapping[str]) -> ChosenDeed:
    """The choice in an address or a form, limited to people this reader sees. Raises 404 for deeds they may not do."""
    deed, found = fields.get("viec", ""), asked(fields)
    if deed not in deeds_of(visit.oversight.person):
        raise await visit.turn_away("choice", deed=deed[:20])
    campaign = campaign_of(visit, found.wanted.dot)
    if campaign is None:
        raise await visit.turn_away("choice", campaign=found.wanted.dot)
    wanted = replace(found.wanted, page=1)
    sight = await sight_for(visit, campaign, wanted)
    if fields.get("tatca") == "1":
        people = [] if found.lost else await visit.tx.choosing.of_filter(sight, wanted)
        return ChosenDeed(deed, wanted, campaign, True, tuple(people), found.lost)  # noqa: FBT003 - as its field says
    named = _named(fields)
    seen = await visit.tx.choosing.seen(sight, named) if named else []
    unseen = sorted(named - {*seen})
    if unseen:
        await visit.keep_refused("choice", people=[*unseen[:MOST_NAMED]])
    return ChosenDeed(deed, wanted, campaign, False, tuple(seen), unseen=len(unseen))  # noqa: FBT003


async def show_choice(visit: Visit) -> web.StreamResponse:
    """Show what would be done, and with whom."""
    return await drawn(visit, await choice_of(visit, visit.request.query))


async def show_written(visit: Visit) -> web.StreamResponse:
    """Show the text or the day as its readers will see it; nothing is done yet."""
    fields = await sent_form(visit)
    choice = await choice_of(visit, fields)
    return await drawn(visit, choice, text=fields.get("text", ""), day=fields.get("ngay", ""))


async def drawn(
    visit: Visit,
    choice: ChosenDeed,
    *,
    text: str | None = None,
    day: str = "",
    changed: bool = False,
    status: int = 200,
) -> web.Response:
    """Draw the page of a choice. `text`, `day`: what was entered; `changed`: the outcome differs from what was shown
    before.
    """
    view = await view_of(visit.tx, visit.oversight.person, choice.people, visit.now)
    message = clean(text) if text is not None else None
    until = day_typed(day, visit.today)
    dated = choice.deed in {"giahan", "bogiahan"}
    if dated:
        campaign = 0 if choice.campaign in visit.closed else choice.campaign
        view = await with_forms(visit.tx, visit.house.books, view, campaign, visit.today)
    wrong = _wrong(visit, choice, view, message, until) if message is not None else None
    outcome = await outcome_of(visit, choice, view, message or "", until)
    return visit.draw(
        "chosen.html",
        409 if changed else status,
        choice=choice,
        changed=changed,
        outcome=outcome,
        chosen=len(view.people),
        keys=view.keys,
        text=text or "",
        wrong=word(wrong, tongue_of(visit.request)).html if wrong else "",
        preview=message_values(message, visit.oversight.person) if message and not wrong else None,
        until=until,
        today=visit.today.isoformat(),
        latest=_latest(visit, view) if dated else None,
        together=MOST,
        most=_MOST.get(choice.deed, MOST),
        once=random_id(),
        fields=choice.query(),
        again=f"{_root(visit)}{PATH}?{urlencode(choice.query())}",
        file=f"{_root(visit)}{PATH}/van-ban.zip?{urlencode([*choice.query(), ('luc', str(int(visit.now.timestamp())))])}",
        returning=f"{_root(visit)}{PATH}?{urlencode(replace(choice, deed='bogiahan').query())}",
        renewing=f"{_root(visit)}{PATH}?{urlencode(replace(choice, deed='malai').query())}",
        back=address(visit, replace(choice.wanted, dot=choice.campaign)),
        names=NAMES,
        closed=choice.campaign in visit.closed,
    )


def _wrong(visit: Visit, choice: ChosenDeed, view: OfficeView, text: str, day: dt.date | None) -> Reply | None:
    """Why the text or day cannot be used."""
    if choice.deed != "giahan":
        return unfit(text)
    lines = extendable(view, visit.oversight.person).lines
    return (against(visit.house.books, lines, day, visit.today) if lines else None) or unfit_reason(text)


def _latest(visit: Visit, view: OfficeView) -> dt.date | None:
    """The plan's day by which the first of these reviews are decided; no later day can be given."""
    found = (
        decision_day(visit.house.books[one.edition].milestones, one)
        for one in {one.campaign.rulebook: one.campaign for one in view.standings}.values()
    )
    return min((day for day, _ in filter(None, found)), default=None)


async def outcome_of(
    visit: Visit, choice: ChosenDeed, view: OfficeView, message: str, until: dt.date | None = None
) -> ChosenOutcome:
    """The outcome if it were done now, computed by the same function as when it is done; in a thread, because it may
    concern a whole province.
    """
    match choice.deed:
        case "nhan":
            found = await asyncio.to_thread(receivers, view, visit.oversight.person)
            groups = (
                ("goes", found.people),
                ("later", found.later),
                ("blocked", found.blocked),
                ("self", [one for one in view.people if one.id == visit.oversight.person.id]),
            )
            stamp = await asyncio.to_thread(stamp_of, message, found.people)
            return ChosenOutcome(len(found.people), _groups(view, groups), stamp)
        case "ma" | "malai":
            state = State(person=visit.oversight.person, language="", now=visit.now)
            known = await asyncio.to_thread(invitees, state, view, renew=choice.deed == "malai")
            kinds = ("people", "anew", "joined", "held", "others", "beyond")
            sorted_ = [("gets" if kind == "people" else kind, getattr(known, kind)) for kind in kinds]
            return ChosenOutcome(len(known.people), _groups(view, sorted_), known.stamp)
        case "giahan" | "bogiahan":
            found_ = extendable(view, visit.oversight.person, back=choice.deed == "bogiahan")
            groups_ = [(name, getattr(found_, kind)) for kind, name in _OF_DAYS.items()]
            return ChosenOutcome(len(found_.people), _groups(view, groups_), found_.stamp(until, message))
        case _:
            return await _papers(visit, choice, view)


async def hand_out(visit: Visit) -> Afterwards:
    """The papers of the chosen people as one ZIP, like those of a campaign (bot/web/files)."""
    choice = await choice_of(visit, visit.request.query)
    if choice.deed != "vanban" or not choice.people or not choice.campaign:
        raise web.HTTPNotFound
    at = max(0, number_of(visit.request.query.get("luc", "")[-9:]))
    wanted = AllPapers(choice.campaign, 0, choice.people)
    return in_pieces(visit, wanted, at)


#: The results of moving a last day, by name.
_OF_DAYS = {
    "people": "dated",
    "extended": "dated_now",
    "none": "dated_none",
    "own": "dated_own",
    "beyond": "dated_beyond",
}

#: Maximum length of a text, by deed.
_MOST = {"nhan": MAX_CHARS, "giahan": REASON_CHARS}


def _root(visit: Visit) -> str:
    return f"{house_of(visit.request).settings.root}{HOME}"


def _named(fields: MultiMapping[str]) -> set[int]:
    """The people named: each check box separately, or several in one word."""
    words = [word for value in fields.getall("p", []) for word in value.split("-")]
    return {number for word in words[:MOST_NAMED] if (number := number_of(word)) > 0}


def _groups(view: OfficeView, groups: Iterable[tuple[str, Sequence[Person]]]) -> list[ChosenGroup]:
    return [
        ChosenGroup(what, len(some), [(one, view.keys.get(one.id, "")) for one in some[:NAMED]])
        for what, some in groups
        if some
    ]


async def _papers(visit: Visit, choice: ChosenDeed, view: OfficeView) -> ChosenOutcome:
    """The number of papers available, and the people without any: the reviews that all approvers agreed to."""
    agreed = await visit.tx.choosing.agreed(choice.campaign, choice.people) if choice.people else {}
    with_some = [one for one in view.people if one.id in agreed]
    none = [one for one in view.people if one.id not in agreed]
    return ChosenOutcome(sum(agreed.values()), _groups(view, (("papers", with_some), ("none", none))))


PAGES = (
    Page(PATH, show_choice),
    Page(f"{PATH}/xem", show_written, sends=True),
    Page(f"{PATH}/van-ban.zip", hand_out),
)
