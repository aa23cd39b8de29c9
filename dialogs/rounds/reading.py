"""Reading a draft that was sent round, section by section, and answering: agreeing in one press, or commenting on
sections.
"""

from collections.abc import Mapping
from dataclasses import replace

from dialogs.core.awaited import awaiting, let_go
from dialogs.core.awaited import number as kept_number
from dialogs.core.buttons import Button
from dialogs.core.commands.rounds import AnswerRound, ConsentToName
from dialogs.core.handlers import Books, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.paging import number, word
from dialogs.core.paging import page as page_of
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Command, DeskFile, Key, Reply, Turn
from dialogs.rounds.boxing import LOOK
from dialogs.rounds.guard import ANSWERED, ROUNDS, TO_HOME, about, is_open, may_do, on_it, unnamed, view
from dialogs.rounds.notices import comment_values, section_title
from dialogs.rounds.sheet import SAY, asked_points, focus, keys, wanting
from rules.campaign.permissions import Action
from rules.nouns.reviews import Json
from rules.nouns.rounds import MAX_CHARS, WHOLE, Answer, Naming, Piece, Round, Talk, fits
from rules.nouns.text import clean

#: How many characters of the draft are on a page: little scrolling on a phone, and within the limit of a message.
PAGE_CHARS = 2400
#: How many settled comments are on a page.
BECAME = 5


def read(_: Books, state: State, talk: Talk, button: Button) -> Turn:
    """A page of the draft, with the buttons for answering: `round_read:0:<id>:<page>`."""
    return Turn((_page(state, talk, number(button, 1)),), _typing(state, talk))


def file_of(sent: Round) -> DeskFile | None:
    """The file that went round; None: there is none."""
    return DeskFile(f"roundfile_{sent.id}", sent.file_kind) if sent.file_name else None


def _typing(state: State, talk: Talk) -> tuple[Command, ...]:
    """The focus while the draft is on display: a text is a comment on the whole draft. In a round without names it is
    not kept.
    """
    asked = talk.of(state.person.id) if state.person else None
    if asked is None or not is_open(state, talk):
        return let_go(state, Room.ROUND)
    if unnamed(talk):
        return (awaiting(LOOK, round=talk.round.id),)
    if not named_by_will(state, talk):
        return let_go(state, Room.ROUND)
    return (focus(talk),) if talk.round.asking() else (awaiting(SAY, round=talk.round.id, section=WHOLE),)


def _page(state: State, talk: Talk, page: int, *, done: str = "") -> Reply:
    pages = _pages(talk.round.pieces)
    page = page if page < len(pages) else 0
    asked = talk.of(state.person.id) if state.person else None
    values: dict[str, Json] = {
        **about(state, talk),
        "sections": [_section(talk, place, text, first=first) for place, text, first in pages[page]] if pages else [],
        "page": page + 1,
        "pages": len(pages),
        "done": done,
        "asked": asked is not None,
        "answered": bool(asked and asked.answered),
        "consented": asked.agreed if asked else None,
        "mine": _mine(state, talk),
        "points": asked_points(talk),
    }
    turning = (
        Key("round/previous", on_it("round_read", talk, page - 1)) if page else None,
        Key("round/next", on_it("round_read", talk, page + 1)) if page + 1 < len(pages) else None,
    )
    answering = _ways(state, talk, [place for place, _, first in pages[page] if first] if pages else [])
    leads = Key("round/card", on_it("round_card", talk)) if may_do(state, talk, Action.READ_ANSWERS) else None
    became = Key("round/became", on_it("round_became", talk)) if _all_settled(talk) else None
    keyboard = rows(*answering, turning, (became,), (leads,), (TO_HOME,))
    return Reply("round/read", values, keyboard, file_of(talk.round))


def became(_: Books, state: State, talk: Talk, button: Button) -> Turn:
    """A page of comments without names and how they were settled: `round_became:0:<id>:<first>`."""
    said = page_of(talk.comments if _all_settled(talk) else (), number(button, 1), BECAME)
    values: dict[str, Json] = {
        **about(state, talk),
        "comments": [comment_values(talk.round, one) for one in said.shown],
        **said.values(),
    }
    turning = said.keys("round_became", str(talk.round.id), room="round")
    back = _back(talk)
    return Turn((Reply("round/became", values, rows(turning, (back,), (TO_HOME,))),), let_go(state, Room.ROUND))


def _all_settled(talk: Talk) -> bool:
    """Whether comments without names may be shown to everybody: only once all are settled, since no single commenter
    can be told.
    """
    return unnamed(talk) and bool(talk.comments) and all(one.settled for one in talk.comments)


def _section(talk: Talk, place: int, text: str, *, first: bool) -> dict[str, Json]:
    piece = talk.round.pieces[place]
    return {"title": piece.title if first else "", "text": text, "changed": piece.changed and first}


def _mine(state: State, talk: Talk) -> dict[str, Json] | None:
    """What this person said so far, and how it was settled."""
    answer = talk.answers.get(state.person.id) if state.person else None
    if answer is None:
        return None
    mine = [one for one in talk.comments if state.person and one.person == state.person.id]
    return {"agrees": answer.agrees, "comments": [comment_values(talk.round, one) for one in mine]}


def _ways(state: State, talk: Talk, sections: list[int]) -> tuple[tuple[Key | None, ...], ...]:
    """The buttons for answering, for those asked while the round is open."""
    asked = talk.of(state.person.id) if state.person else None
    if asked is None or not is_open(state, talk) or talk.round.on_paper:
        return ()
    if unnamed(talk):
        if asked.answered:
            return ()
        return ((Key("round/write", on_it("round_box", talk), {"sheet": talk.round.about_somebody}),),)
    if talk.round.naming is Naming.CONSENT and not asked.agreed:
        yes, no = (Key(f"round/{name}", on_it("round_consent", talk, name)) for name in ("consent", "paper"))
        return ((yes,), (no,)) if asked.agreed is None else ((yes,),)
    mine = talk.answers.get(asked.person)
    said = mine.comments if mine else {}
    if talk.round.asking():
        return keys(talk, said)
    agree = (
        None if (mine and mine.agrees) or talk.round.about_somebody else Key("round/agree", on_it("round_agree", talk))
    )
    by_section = (
        Key(
            "round/say_again" if place in said else "round/say",
            on_it("round_say", talk, place),
            {"title": talk.round.pieces[place].title},
        )
        for place in sections
    )
    overall = Key("round/say_again", on_it("round_say", talk, WHOLE), {"title": ""}) if WHOLE in said else None
    whole = overall or (
        Key("round/say_whole", on_it("round_say", talk, WHOLE)) if len(talk.round.pieces) != 1 else None
    )
    return ((agree,), *((one,) for one in by_section), (whole,))


def _pages(pieces: tuple[Piece, ...]) -> list[list[tuple[int, str, bool]]]:
    """The draft in pages. Each entry is a section, the text of it on that page, and whether the section begins there."""
    pages: list[list[tuple[int, str, bool]]] = []
    room = 0
    for place, piece in enumerate(pieces):
        for number_, part in enumerate(_parts(piece.text)):
            if len(part) > room or not pages:
                pages.append([])
                room = PAGE_CHARS
            pages[-1].append((place, part, number_ == 0))
            room -= len(part)
    return pages


def _parts(text: str) -> list[str]:
    """The text cut at line ends, otherwise at blanks, so that each part fits on a page."""
    parts = list[str]()
    rest = text
    while len(rest) > PAGE_CHARS:
        head = rest[:PAGE_CHARS]
        at = max(head.rfind("\n"), head.rfind(" ") if "\n" not in head[PAGE_CHARS // 2 :] else -1)
        at = at if at > 0 else PAGE_CHARS
        parts.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return [*parts, rest]


def agree(_: Books, state: State, talk: Talk, __: Button) -> Turn:
    """Agree with the draft. Earlier comments are kept."""
    if not named_by_will(state, talk):
        return _asked_first(state, talk)
    comments = _said(state, talk)
    return _kept(state, talk, agrees=True, comments=comments, done="agreed")


def ask(_: Books, state: State, talk: Talk, button: Button) -> Turn:
    """Await a comment on this section: `round_say:0:<id>:<section>`."""
    if not named_by_will(state, talk):
        return _asked_first(state, talk)
    section = _section_named(talk, word(button, 1))
    values: dict[str, Json] = {
        "section": section_title(talk.round, section),
        "sheet": bool(talk.round.asking()),
        "file": talk.round.file_name,
        "text": _said(state, talk).get(section, ""),
        "max": MAX_CHARS,
    }
    drop = Key("round/unsay", on_it("round_unsay", talk, section)) if section in _said(state, talk) else None
    keys = rows((drop, Key("round/cancel", on_it("round_read", talk, _page_of(talk, section)))))
    focus = awaiting(SAY, round=talk.round.id, section=section)
    return Turn((Reply("round/ask", values, keys),), (focus,))


def keep(_: Books, state: State, talk: Talk, text: str) -> Turn:
    """Store the comment at once. It can be changed until the last day."""
    section, said = _section_named(talk, str(kept_number(state, "section"))), clean(text)
    if not said or not fits(said):
        return Turn((Reply("round/unusable", {"length": len(said), "max": MAX_CHARS}),))
    if talk.round.asking():
        return keep_on_sheet(state, talk, {section: said})
    agreed = _answer(state, talk)
    comments = {**_said(state, talk), section: said}
    return _kept(state, talk, agrees=bool(agreed and agreed.agrees), comments=comments, done="said", section=section)


def unsay(_: Books, state: State, talk: Talk, button: Button) -> Turn:
    """Take a comment back: `round_unsay:0:<id>:<section>`."""
    section, before = _section_named(talk, word(button, 1)), _answer(state, talk)
    comments = {place: text for place, text in _said(state, talk).items() if place != section}
    agrees = bool(before and before.agrees)
    return _kept(state, talk, agrees=agrees, comments=comments, done="unsaid", section=section)


def consent(_: Books, state: State, talk: Talk, button: Button) -> Turn:
    """Too few people are asked for answers without names: this person answers with their name by consent, or on paper."""
    agreed = word(button, 1) == "consent"
    me = state.person.id if state.person else 0
    talk = _with_consent(talk, me, agreed=agreed)
    shown = _page(state, talk, 0, done="" if agreed else "paper")
    return Turn((shown,), (ConsentToName(talk.round.id, agreed), *_typing(state, talk)))


def keep_on_sheet(state: State, talk: Talk, filled: Mapping[int, str]) -> Turn:
    """Store what was filled in, together with the earlier answers on the sheet."""
    return _kept(state, talk, agrees=False, comments={**_said(state, talk), **filled}, done="filled")


def show(state: State, talk: Talk) -> Turn:
    """The draft from its beginning."""
    return Turn((_page(state, talk, 0),), _typing(state, talk))


def _kept(state: State, talk: Talk, *, agrees: bool, comments: dict[int, str], done: str, section: int = WHOLE) -> Turn:
    me = state.person.id if state.person else 0
    answer = Answer(0, talk.round.id, me, state.now, agrees, comments)
    shown = _kept_reply(state, _with_answer(talk, answer), section, done)
    kept: Command = AnswerRound(talk.round.id, agrees, comments)
    return Turn((shown,), (kept, *_typing(state, talk)))


def _kept_reply(state: State, talk: Talk, section: int, done: str) -> Reply:
    """The reply with what was stored and the buttons to continue, without the whole draft."""
    values: dict[str, Json] = {
        "title": talk.round.title,
        "last_day": talk.round.last_day.isoformat(),
        "done": done,
        "mine": _mine(state, talk),
        "wanting": wanting(talk, _said(state, talk)),
    }
    if talk.round.asking():
        back = _back(talk)
        asks = () if not values["wanting"] else keys(talk, _said(state, talk))[:-1]
        following = None if values["wanting"] else view(state).next_sheet
        on = (
            Key("round/next_sheet", Button("round_read", 0, (str(following.id),)), {"title": following.title})
            if following
            else None
        )
        return Reply("round/kept", values, rows(*asks, (on,), (back,), (TO_HOME,)))
    agree, *_ = _ways(state, talk, [])
    back = _back(talk, _page_of(talk, section))
    mend = Key("round/say_again", on_it("round_say", talk, section), {"title": section_title(talk.round, section)})
    said = section in _said(state, talk)
    return Reply("round/kept", values, rows(agree, (mend if said and done == "said" else None,), (back,), (TO_HOME,)))


def _back(talk: Talk, page: int = 0) -> Key:
    """The button that leads back to the draft or sheet."""
    name = "round/back_to_sheet" if talk.round.about_somebody else "round/back"
    return Key(name, on_it("round_read", talk, page) if page else on_it("round_read", talk))


def _with_answer(talk: Talk, answer: Answer) -> Talk:
    said = talk.round.answered_by(answer.agrees, answer.comments)
    asked = tuple(replace(one, answered=said) if one.person == answer.person else one for one in talk.asked)
    return replace(talk, asked=asked, answers={**talk.answers, answer.person: answer})


def _with_consent(talk: Talk, person: int, *, agreed: bool) -> Talk:
    asked = tuple(replace(one, agreed=agreed) if one.person == person else one for one in talk.asked)
    return replace(talk, asked=asked)


def named_by_will(state: State, talk: Talk) -> bool:
    """Whether this person answers with their name, by the rule or by consent."""
    asked = talk.of(state.person.id) if state.person else None
    if unnamed(talk):
        return False
    return talk.round.naming is not Naming.CONSENT or bool(asked and asked.agreed)


def _asked_first(state: State, talk: Talk) -> Turn:
    return Turn((_page(state, talk, 0),), let_go(state, Room.ROUND))


def _answer(state: State, talk: Talk) -> Answer | None:
    return talk.answers.get(state.person.id) if state.person else None


def _said(state: State, talk: Talk) -> dict[int, str]:
    answer = _answer(state, talk)
    return dict(answer.comments) if answer else {}


def _section_named(talk: Talk, given: str) -> int:
    return int(given) if given.isdecimal() and int(given) < len(talk.round.pieces) else WHOLE


def _page_of(talk: Talk, section: int) -> int:
    pages = _pages(talk.round.pieces)
    return next((number_ for number_, page in enumerate(pages) if any(place == section for place, _, _ in page)), 0)


VERBS: dict[str, OnPress] = {
    "round_read": ROUNDS.looking(read, Action.READ_ROUND),
    "round_became": ROUNDS.looking(became, Action.READ_ROUND),
    "round_agree": ANSWERED.acting(agree, Action.ANSWER_ROUND),
    "round_say": ANSWERED.acting(ask, Action.ANSWER_ROUND),
    "round_unsay": ANSWERED.acting(unsay, Action.ANSWER_ROUND),
    "round_consent": ANSWERED.acting(consent, Action.ANSWER_ROUND),
}

TEXTS: dict[str, OnText] = {SAY: ANSWERED.acting(keep, Action.ANSWER_ROUND)}
