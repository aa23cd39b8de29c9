"""Where too few are asked for answers without names: the blank to print, and what the papers said, entered by who leads it. No paper names
anybody, and nothing that is entered does.
"""

import re
from dataclasses import replace

from dialogs.core.awaited import awaiting, let_go
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

#: What the focus is for while the number of papers is awaited, and while what one of them says is.
SLIPS, SLIP = "round_slips", "round_slip"


def blank(_: Books, __: State, talk: Talk, ___: Button) -> Turn:
    """The blank, as a Word file and as a PDF: `round_blank:0:<id>`."""
    word, pdf = DeskFile(f"roundblank_{talk.round.id}", "docx"), DeskFile(f"roundblankpdf_{talk.round.id}", "pdf")
    back = rows((Key("round/card", on_it("round_card", talk)),))
    count: dict[str, Json] = {"title": talk.round.title, "count": len(talk.asked)}
    return Turn((Reply("round/blank", count, (), word), Reply("round/blank_pdf", {}, back, pdf)))


def ask(_: Books, state: State, talk: Talk, __: Button) -> Turn:
    """How many came back: `round_slips:0:<id>`. What was entered before is replaced by what is entered now."""
    return _ask(state, talk)


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
    return Turn((Reply("round/ask_slips", values, rows((cancel,))),), (awaiting(SLIPS, round=talk.round.id),))


def counted(_: Books, state: State, talk: Talk, text: str) -> Turn:
    """The number came; of a draft also how many only agree."""
    found = [int(one) for one in re.findall(r"\d{1,3}", text)]
    wanted = 1 if talk.round.about_somebody else 2
    if not re.fullmatch(r"[\d\s,;/]+", text.strip()) or len(found) != wanted:
        return _ask(state, talk, "unread")
    returned, agreeing = (found[0], 0) if wanted == 1 else found
    if returned > len(talk.asked) or agreeing > returned:
        return _ask(state, talk, "many")
    return _enter(state, talk, returned, agreeing, ())


def said(_: Books, state: State, talk: Talk, text: str) -> Turn:
    """What one paper says came: entered at once, beside what others say."""
    slips, written = talk.slips, clean(text)
    if slips is None or not slips.unread:
        return Turn((shown(state, talk),), let_go(state, Room.ROUND))
    if not written or not fits(written):
        return Turn((Reply("round/unusable", {"length": len(written), "max": MAX_CHARS}),))
    return _enter(state, talk, slips.returned, slips.agreeing, (*slips.texts, written))


def _enter(state: State, talk: Talk, returned: int, agreeing: int, texts: tuple[str, ...]) -> Turn:
    if not _takes(state, talk):
        return Turn((shown(state, talk),), let_go(state, Room.ROUND))
    before = talk.slips.entered if talk.slips else -1
    command = EnterSlips(talk.round.id, returned, agreeing, texts, before)
    me = state.person
    slips = Slips(
        talk.round.id, returned, agreeing, tuple(sorted(texts)), me.id if me else 0, me.name if me else "", state.now
    )
    after = replace(talk, slips=slips, voices=slips.voices)
    if not slips.unread:
        return Turn((shown(state, after),), (command, *let_go(state, Room.ROUND)))
    values: dict[str, Json] = {
        "title": talk.round.title,
        "returned": returned,
        "unread": slips.unread,
        "number": len(texts) + 1,
        "max": MAX_CHARS,
    }
    done = Key("round/slips_done", on_it("round_card", talk))
    focus = awaiting(SLIP, round=talk.round.id)
    return Turn((Reply("round/ask_slip", values, rows((done,))),), (command, focus))


def _takes(state: State, talk: Talk) -> bool:
    return talk.takes_slips and talk.round.id not in view(state).decided


VERBS: dict[str, OnPress] = {
    "round_blank": ROUNDS.looking(blank, Action.SETTLE_ROUND),
    SLIPS: ROUNDS.acting(ask, Action.SETTLE_ROUND),
}

TEXTS: dict[str, OnText] = {
    SLIPS: ROUNDS.acting(counted, Action.SETTLE_ROUND),
    SLIP: ROUNDS.acting(said, Action.SETTLE_ROUND),
}
