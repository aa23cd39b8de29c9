"""A draft that is kept nowhere else: a letter or list, typed or pasted as it is to go round."""

from dialogs.core.awaited import awaiting, let_go, written
from dialogs.core.buttons import Button
from dialogs.core.handlers import Books, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.rounds.guard import TO_HOME, view
from rules.nouns.reviews import Json
from rules.nouns.rounds import DRAFT_CHARS, TITLE_CHARS, token_of_text
from rules.nouns.text import shorten

#: The purpose of the focus while a text is awaited. It holds what came so far as `title` and `text`.
TEXT = "round_text"
#: How many characters of the beginning are shown.
BEGINS = 300


def ask(_: Books, state: State, __: Button) -> Turn:
    """Await the draft as one or more texts; the first line is its title: `round_text`."""
    if not view(state).writes:
        return Turn((Reply("round/refused", {"reason": "no_draft"}, ((TO_HOME,),)),), let_go(state, Room.ROUND))
    cancel = Key("round/cancel", Button("round_new"))
    return Turn((Reply("round/ask_text", {"max": DRAFT_CHARS}, ((cancel,),)),), (awaiting(TEXT),))


def more(_: Books, state: State, text: str) -> Turn:
    """Take a text. The first begins with the title, and later ones continue where the last one ended."""
    said = "\n".join(line.rstrip() for line in text.strip().splitlines())
    title, so_far = written(state, "title"), written(state, "text")
    if not title:
        title, said = map(str.strip, f"{said}\n".split("\n", 1))
    whole = "\n".join(one for one in (so_far, said) if one)
    if not view(state).writes or not title or len(title) > TITLE_CHARS or len(whole) > DRAFT_CHARS:
        wrong: dict[str, Json] = {
            "title": len(title),
            "length": len(whole),
            "max": DRAFT_CHARS,
            "max_title": TITLE_CHARS,
        }
        return Turn((Reply("round/text_unusable", wrong),))
    person = state.person.id if state.person else 0
    values: dict[str, Json] = {"title": title, "length": len(whole), "begins": shorten(whole, BEGINS)}
    on = Key("round/whom", Button("round_of", 0, (token_of_text(person, title),))) if whole else None
    again = Key("round/rewrite", Button("round_text"))
    reply = Reply("round/text", values, rows((on,), (again,), (TO_HOME,)))
    return Turn((reply,), (awaiting(TEXT, title=title, text=whole),))


VERBS: dict[str, OnPress] = {"round_text": ask}

TEXTS: dict[str, OnText] = {TEXT: more}
