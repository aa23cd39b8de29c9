"""Notices about rounds: that somebody is asked, that it ended, and how their comments were settled."""

from collections.abc import Sequence

from dialogs.core.buttons import Button
from dialogs.core.turn import Key, Reply
from rules.nouns.reviews import Json
from rules.nouns.rounds import WHOLE, Comment, Round, Talk
from rules.nouns.sheets import outcome

#: How many sheets are named to somebody asked for several at once.
SHEETS = 12


def asked(sent: Round) -> Reply:
    """The notice to everybody who is asked."""
    values: dict[str, Json] = {
        "title": sent.title,
        "by": sent.by_name,
        "last_day": sent.last_day.isoformat(),
        "naming": sent.naming.value,
        "cite": sent.cite,
        "changed": [piece.title for piece in sent.pieces if piece.changed] if sent.follows else [],
        "again": sent.follows is not None,
        "sheet": sent.about_somebody,
        "file": sent.file_name,
        "on_paper": sent.on_paper,
    }
    opened = Key("round/open_sheet" if sent.about_somebody else "round/open", Button("round_read", 0, (str(sent.id),)))
    return Reply("notice/round_asked", values, ((opened,),))


def asked_several(sent: Sequence[Round]) -> Reply:
    """The notice to somebody who is asked to fill the same sheet about several people."""
    first = sent[0]
    values: dict[str, Json] = {
        "by": first.by_name,
        "titles": [one.title for one in sent[:SHEETS]],
        "count": len(sent),
        "more": max(0, len(sent) - SHEETS),
        "last_day": first.last_day.isoformat(),
        "naming": first.naming.value,
        "cite": first.cite,
    }
    return Reply("notice/rounds_asked", values, ((Key("round/open_all", Button("round_home")),),))


def prolonged(sent: Round, by: str) -> Reply:
    """The notice of a new last day, to everybody asked and to the others who lead the round."""
    values: dict[str, Json] = {
        "title": sent.title,
        "by": by,
        "last_day": sent.last_day.isoformat(),
        "on_paper": sent.on_paper,
    }
    return Reply("notice/round_later", values, ((Key("round/open", Button("round_read", 0, (str(sent.id),))),),))


def ended(talk: Talk) -> Reply:
    """The notice that the round ended, to whoever settles comments and whoever sent it."""
    sent = talk.round
    values: dict[str, Json] = {
        "title": sent.title,
        "ended": sent.ended.value if sent.ended else "",
        "asked": len(talk.asked),
        "answered": talk.answered,
        "comments": sum(one.settled is None for one in talk.comments),
        "sheet": sent.about_somebody,
        "hidden": talk.hidden,
        "on_paper": sent.on_paper,
    }
    return Reply("notice/round_ended", values, ((Key("round/card", Button("round_card", 0, (str(sent.id),))),),))


def settled(sent: Round, comments: tuple[Comment, ...]) -> Reply:
    """The notice to a commenter that all their comments are settled."""
    listed: list[Json] = [comment_values(sent, one) for one in comments] if sent.named else []
    key = Key("round/open", Button("round_read", 0, (str(sent.id),)))
    if not sent.named:  # comments without names belong to nobody, so the button shows all of them
        key = Key("round/became", Button("round_became", 0, (str(sent.id),)))
    return Reply("notice/round_settled", {"title": sent.title, "comments": listed}, ((key,),))


def comment_values(sent: Round, one: Comment) -> dict[str, Json]:
    """A comment as values of a template: who said what on which section, and how it was settled."""
    return {
        "name": one.name,
        "section": section_title(sent, one.section),
        "whole": sent.named and one.section == WHOLE,
        "text": one.text,
        "sheet": bool(sent.asking()),
        "asks": sent.pieces[one.section].asks.value if 0 <= one.section < len(sent.pieces) and sent.named else "",
        "settled": one.settled is not None,
        "taken": bool(one.settled and one.settled.taken),
        "reason": one.settled.reason if one.settled else "",
    }


def section_title(sent: Round, section: int) -> str:
    """The title of a section; "": the comment is on the whole draft or has no name, in which case it says itself what
    it is about.
    """
    named = sent.named and section != WHOLE and section < len(sent.pieces)
    return sent.pieces[section].title if named else ""


def slips_values(talk: Talk) -> dict[str, Json]:
    """How many papers came back in a round on paper and what is entered of them, as values of a template."""
    slips = talk.slips
    return {
        "paper": talk.round.on_paper,
        "returned": slips.returned if slips else None,
        "unread": slips.unread if slips else 0,
        "entered_by": slips.by_name if slips else "",
        "entered_at": slips.at.isoformat() if slips else "",
    }


def came_to(talk: Talk) -> dict[str, Json]:
    """The outcome of sheets with points or ratings, as values of a template."""
    found = outcome(talk)
    return {
        "mean": float(found.mean) if found.mean is not None else None,
        "sheets": found.sheets,
        "ratings": [{"rating": one.value, "count": count} for one, count in (found.ratings or {}).items()],
        "filled": bool(talk.round.asking()),
    }
