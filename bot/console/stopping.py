"""Where people stop, question by question, for the desk and authors of rulebooks. Only counts are shown, and none of
fewer than five people.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from aiohttp import web

from bot.campaign.usable import usable
from bot.console.house import HOME, ConsoleHouse, Page, Visit, to_newest
from bot.console.people import form_code
from bot.web.house import house_of
from rules.nouns.reviews import Campaign
from storage.repositories.lists.stopping import QuestionCount

PATH = "/cauhoi"

#: Smaller numbers are not shown, because people could be guessed.
FEWEST = 5


@dataclass(frozen=True, slots=True)
class QuestionCounts:
    """A question with its counts; None for fewer than FEWEST people. `minutes`, `seconds`: the median time it took."""

    place: int
    number: int
    question: str
    answered: int | None
    skipped: int | None
    left: int | None
    seconds: int | None


@dataclass(frozen=True, slots=True)
class FormLines:
    """A form: how many began it, and its questions."""

    code: str
    book: str
    begun: int
    lines: Sequence[QuestionCounts]


_ORDERS: Mapping[str, Callable[[QuestionCounts], tuple[float, ...]]] = {
    "thutu": lambda one: (one.place,),
    "dung": lambda one: (-(one.left or 0), one.place),
    "lau": lambda one: (-(one.seconds or 0), one.place),
    "bo": lambda one: (-(one.skipped or 0), one.place),
}


async def newest(visit: Visit) -> web.StreamResponse:
    """The newest campaign; where there is none, its people."""
    if not visit.oversight.whole:
        raise await visit.turn_away("stopping")
    return to_newest(visit, PATH)


async def show_stopping(visit: Visit) -> web.StreamResponse:
    """One campaign, form by form."""
    campaign = int(visit.request.match_info["campaign"])
    if not visit.oversight.whole or campaign not in visit.campaigns:
        raise await visit.turn_away("stopping", campaign=campaign)
    asked = visit.request.query.get("theo", "")
    by = asked if asked in _ORDERS else "thutu"
    counts = await visit.house.counts.of("stopping", campaign, lambda: _counts(visit.house, campaign))
    if counts is None:
        return visit.counting("stopping", campaign)
    counted = [one for one in counts.value if one.begun >= FEWEST]
    parts = {one.rulebook: one for one in visit.campaigns[campaign]}
    forms: dict[tuple[str, str], list[QuestionCount]] = {}
    for one in counted:
        forms.setdefault((one.rulebook, one.form), []).append(one)
    root = house_of(visit.request).settings.root
    return visit.draw(
        "stopping.html",
        campaign=visit.campaigns[campaign],
        campaigns=visit.campaigns,
        forms=[_form(visit, parts.get(rulebook), some, by) for (rulebook, _), some in sorted(forms.items())],
        by=by,
        orders=tuple(_ORDERS),
        lost=bool(asked) and asked not in _ORDERS,
        fewest=FEWEST,
        to=lambda by: f"{root}{HOME}{PATH}/{campaign}?{urlencode({'theo': by})}",
        now=counts.at.isoformat(),
    )


async def _counts(house: ConsoleHouse, campaign: int) -> list[QuestionCount]:
    async with house.store.reading() as tx:
        return await tx.stopping.of_campaign(campaign)


def _form(visit: Visit, part: Campaign | None, some: Sequence[QuestionCount], by: str) -> FormLines:
    books, form = visit.house.books, some[0].form
    book = books[part.edition] if part and usable(part, books) else None
    asked = book.forms[form].questions if book and form in book.forms else {}
    place = {key: number for number, key in enumerate(asked, start=1)}
    lines = [
        QuestionCounts(
            place=place.get(one.question, len(place) + 1),
            number=place.get(one.question, 0),
            question=asked[one.question].text if one.question in asked else one.question,
            answered=_many(one.answered),
            skipped=_many(one.skipped),
            left=_many(one.left),
            seconds=round(one.seconds) if one.seconds is not None and one.timed >= FEWEST else None,
        )
        for one in some
        if one.answered + one.skipped >= FEWEST
    ]
    code = form_code(books, part, form)
    return FormLines(code, book.title if book else some[0].rulebook, some[0].begun, sorted(lines, key=_ORDERS[by]))


def _many(count: int) -> int | None:
    return None if 0 < count < FEWEST else count


PAGES = (Page(PATH, newest), Page(PATH + r"/{campaign:\d{1,9}}", show_stopping))
