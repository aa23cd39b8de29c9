"""Rounds, for people who lead one or read the answers: who has not answered, every comment with what became of it, and
the table as a file. Unsigned comments are shown no more than in chat: only after the end, and only if enough people
answered.
"""

from collections.abc import Mapping

from aiohttp import web

from bot.campaign.rounds.ending import decided_among
from bot.console.house import HOME, Page, Visit
from bot.web.files import TYPES, disposition
from bot.web.house import house_of
from dialogs.core.turn import DeskFile
from dialogs.rounds.notices import section_title
from rules.campaign.looking.wanted import number_of
from rules.campaign.permissions import Action, may, relations_to_round
from rules.nouns.rounds import ENOUGH, Talk

PATH = "/gopy"

#: Number of rounds on a page.
A_PAGE = 50


async def show_rounds(visit: Visit) -> web.StreamResponse:
    """The office's rounds whose answers this person may read: open ones first, then the newest."""
    rounds = await visit.tx.rounds.of_office(visit.office)
    talks = [one for one in await visit.tx.rounds.talks(rounds) if _reads(visit, one)]
    decided = await decided_among(visit.tx, [one.round for one in talks if one.round.ended is None])
    listed = sorted(
        (_line(visit, one, decided) for one in talks), key=lambda one: (not one["open"], -int(str(one["id"])))
    )
    pages = max(1, -(-len(listed) // A_PAGE))
    page = min(max(1, number_of(visit.request.query.get("trang", ""))), pages)
    root = f"{house_of(visit.request).settings.root}{HOME}{PATH}"
    return visit.draw(
        "rounds.html",
        rounds=listed[(page - 1) * A_PAGE : page * A_PAGE],
        page=page,
        pages=pages,
        to=lambda page: f"{root}?trang={page}",
        now=visit.now.isoformat(),
    )


async def show_round(visit: Visit) -> web.StreamResponse:
    """One of them."""
    talk = await _found(visit)
    decided = await decided_among(visit.tx, [talk.round])
    return visit.draw(
        "round.html",
        one=_line(visit, talk, decided),
        missing=[(one.name, one.unit) for one in talk.missing] if talk.round.named else [],
        silent=len(talk.missing),
        on_paper=[one.name for one in talk.asked if one.agreed is False],
        comments=[
            {
                "name": one.name,
                "section": section_title(talk.round, one.section),
                "text": one.text,
                "taken": one.settled.taken if one.settled else None,
                "reason": one.settled.reason if one.settled else "",
            }
            for one in talk.comments
        ],
        sheet=talk.round.about_somebody,
        enough=ENOUGH,
        now=visit.now.isoformat(),
    )


async def take_sheet(visit: Visit) -> web.StreamResponse:
    """The table as a workbook."""
    return await _file(visit, "round", "xlsx")


async def take_word(visit: Visit) -> web.StreamResponse:
    """The same as a Word file."""
    return await _file(visit, "roundword", "docx")


async def _file(visit: Visit, which: str, kind: str) -> web.StreamResponse:
    talk = await _found(visit)
    wanted = DeskFile(f"{which}_{talk.round.id}", kind)
    files = await house_of(visit.request).front.documents(visit.oversight.person.id, wanted)
    if not files:
        raise await visit.turn_away("rounds", round=talk.round.id)
    headers = {"Content-Disposition": disposition(files[0].name)}
    return web.Response(body=files[0].content, content_type=TYPES[files[0].kind], headers=headers)


async def _found(visit: Visit) -> Talk:
    """The round in the address, if the person may read its answers. Raises 404."""
    id_ = int(visit.request.match_info["round"])
    talk = await visit.tx.rounds.talk(id_)
    if talk is None or not _reads(visit, talk):
        raise await visit.turn_away("rounds", round=id_)
    return talk


def _reads(visit: Visit, talk: Talk) -> bool:
    return may(relations_to_round(visit.oversight.person, talk), Action.READ_ANSWERS)


def _line(visit: Visit, talk: Talk, decided: frozenset[int]) -> Mapping[str, object]:
    sent = talk.round
    return {
        "id": sent.id,
        "title": sent.title,
        "by": sent.by_name,
        "at": sent.at.isoformat(),
        "last_day": sent.last_day,
        "open": sent.open(visit.today) and sent.id not in decided,
        "named": sent.named,
        "cite": sent.cite,
        "asked": len(talk.asked),
        "answered": talk.answered,
        "agreeing": talk.agreeing,
        "comments": len(talk.comments),
        "unsettled": 0 if sent.about_somebody else sum(one.settled is None for one in talk.comments),
        "hidden": not sent.named and not talk.voices,
    }


_ROUND = PATH + r"/{round:\d{1,9}}"
PAGES = (
    Page(PATH, show_rounds),
    Page(_ROUND, show_round),
    Page(f"{_ROUND}/bang.xlsx", take_sheet),
    Page(f"{_ROUND}/bang.docx", take_word),
)
