"""Rounds on paper, where too few people are asked for unnamed answers: the blank to print, and entering what the papers
say. Nothing printed or entered names anybody.

Several people may lead a round. An entry refers to what was shown (`seen`): if somebody else entered something
meanwhile, it is not accepted, and the present entries are shown.
"""

import re
from dataclasses import replace

from dialogs.core.awaited import awaiting, let_go, written
from dialogs.core.buttons import Button
from dialogs.core.commands.rounds import EnterSlips
from dialogs.core.handlers import Books, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import DeskFile, Key, Reply, Turn
from dialogs.rounds.guard import ROUNDS, about, on_it, view
from dialogs.rounds.leading import shown
from dialogs.rounds.notices import slips_values
from rules.campaign.permissions import Action
from rules.nouns.reviews import Json
from rules.nouns.rounds import MAX_CHARS, Slips, Talk, fits
from rules.nouns.text import clean

#: The purposes of the focus while the number of papers is awaited, and while the text of one paper is.
SLIPS, SLIP = "round_slips", "round_slip"


def blank(_: Books, __: State, talk: Talk, ___: Button) -> Turn:
    """The blank, as a Word file and as a PDF: `round_blank:0:<id>`."""
    word, pdf = DeskFile(f"roundblank_{talk.round.id}", "docx"), DeskFile(f"roundblankpdf_{talk.round.id}", "pdf")
    back = rows((Key("round/card", on_it("round_card", talk)),))
    count: dict[str, Json] = {"title": talk.round.title, "count": len(talk.asked)}
    return Turn((Reply("round/blank", count, (), word), Reply("round/blank_pdf", {}, back, pdf)))


def ask(_: Books, state: State, talk: Talk, __: Button) -> Turn:
    """Ask how many papers came back: `round_slips:0:<id>`. The new entry replaces the earlier one."""
    return _ask(state, talk)


def go_on(_: Books, state: State, talk: Talk, __: Button) -> Turn:
    """Go on entering papers: `round_slip:0:<id>`. Any of those who lead the round may continue where another stopped."""
    if talk.slips is None or not talk.slips.unread or not _takes(state, talk):
        return Turn((shown(state, talk),), let_go(state, Room.ROUND))
    return _next(talk, talk.slips)


def _ask(state: State, talk: Talk, wrong: str = "") -> Turn:
    if not _takes(state, talk):
        return Turn((shown(state, talk),), let_go(state, Room.ROUND))
    values: dict[str, Json] = {
        **about(state, talk),
        **slips_values(talk),
        "count": len(talk.asked),
        "sheet": talk.round.about_somebody,
        "wrong": wrong,
    }
    cancel = Key("round/cancel", on_it("round_card", talk))
    focus = awaiting(SLIPS, round=talk.round.id, seen=_stamp(talk))
    return Turn((Reply("round/ask_slips", values, rows((cancel,))),), (focus,))


def counted(_: Books, state: State, talk: Talk, text: str) -> Turn:
    """Take the number of papers. For a draft, the number that only agree comes with it."""
    if written(state, "seen") != _stamp(talk):
        return _ask(state, talk, "meanwhile")
    found = [int(one) for one in re.findall(r"\d{1,3}", text)]
    wanted = 1 if talk.round.about_somebody else 2
    if not re.fullmatch(r"[\d\s,;/]+", text.strip()) or len(found) != wanted:
        return _ask(state, talk, "unread")
    returned, agreeing = (found[0], 0) if wanted == 1 else found
    if returned > len(talk.asked) or agreeing > returned:
        return _ask(state, talk, "many")
    return _enter(state, talk, returned, agreeing, ())


def said(_: Books, state: State, talk: Talk, text: str) -> Turn:
    """Take the text of one paper and store it at once."""
    slips, words = talk.slips, clean(text)
    if slips is not None and written(state, "seen") != slips.stamp:
        meanwhile: dict[str, Json] = {"entered_by": slips.by_name, "entered_at": slips.at.isoformat(), "text": words}
        return Turn((Reply("round/slips_meanwhile", meanwhile), shown(state, talk)), let_go(state, Room.ROUND))
    if slips is None or not slips.unread:
        return Turn((shown(state, talk),), let_go(state, Room.ROUND))
    if not words or not fits(words):
        return Turn((Reply("round/unusable", {"length": len(words), "max": MAX_CHARS}),))
    return _enter(state, talk, slips.returned, slips.agreeing, (*slips.texts, words))


def _enter(state: State, talk: Talk, returned: int, agreeing: int, texts: tuple[str, ...]) -> Turn:
    if not _takes(state, talk):
        return Turn((shown(state, talk),), let_go(state, Room.ROUND))
    command = EnterSlips(talk.round.id, returned, agreeing, texts, _stamp(talk))
    me = state.person
    slips = Slips(
        talk.round.id, returned, agreeing, tuple(sorted(texts)), me.id if me else 0, me.name if me else "", state.now
    )
    after = replace(talk, slips=slips, voices=slips.voices)
    if not slips.unread:
        return Turn((shown(state, after),), (command, *let_go(state, Room.ROUND)))
    asked = _next(after, slips)
    return replace(asked, commands=(command, *asked.commands))


def _next(talk: Talk, slips: Slips) -> Turn:
    """Await the text of the next paper."""
    values: dict[str, Json] = {
        "title": talk.round.title,
        "returned": slips.returned,
        "entered": len(slips.texts),
        "unread": slips.unread,
        "number": len(slips.texts) + 1,
        "max": MAX_CHARS,
    }
    done = Key("round/slips_done", on_it("round_card", talk))
    focus = awaiting(SLIP, round=talk.round.id, seen=slips.stamp)
    return Turn((Reply("round/ask_slip", values, rows((done,))),), (focus,))


def _stamp(talk: Talk) -> str:
    """The stamp of what is entered; "": nothing is."""
    return talk.slips.stamp if talk.slips else ""


def _takes(state: State, talk: Talk) -> bool:
    return talk.takes_slips and talk.round.id not in view(state).decided


VERBS: dict[str, OnPress] = {
    "round_blank": ROUNDS.looking(blank, Action.SETTLE_ROUND),
    SLIPS: ROUNDS.acting(ask, Action.SETTLE_ROUND),
    SLIP: ROUNDS.acting(go_on, Action.SETTLE_ROUND),
}

TEXTS: dict[str, OnText] = {
    SLIPS: ROUNDS.acting(counted, Action.SETTLE_ROUND),
    SLIP: ROUNDS.acting(said, Action.SETTLE_ROUND),
}
