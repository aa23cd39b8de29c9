"""Leading a round: who has not answered, settling each comment, everything as one table, and ending the round."""

from dataclasses import replace

from dialogs.core.awaited import awaiting, let_go, written
from dialogs.core.awaited import number as kept_number
from dialogs.core.buttons import Button
from dialogs.core.commands.rounds import EndRound, SettleComment
from dialogs.core.handlers import Books, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.paging import number, page, word
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Command, DeskFile, Key, Notify, Reply, Turn
from dialogs.rounds.concluding import concludes
from dialogs.rounds.guard import ANSWERED, ROUNDS, TO_HOME, about, is_open, may_do, on_it, slips_keys, view
from dialogs.rounds.notices import came_to, comment_values, slips_values
from dialogs.rounds.notices import settled as settled_notice
from dialogs.rounds.weighing import weighable
from rules.campaign.permissions import Action
from rules.nouns.reviews import Json
from rules.nouns.rounds import MAX_CHARS, Comment, Settled, Talk, mark
from rules.nouns.text import clean

#: The purpose of the focus while the reason for refusing a comment is awaited.
WHY = "round_why"
#: How many names of those who have not answered, and how many comments, are on a page.
NAMES, COMMENTS = 30, 5


def shown(state: State, talk: Talk) -> Reply:
    """The card of the round, from the first comment."""
    return _card(state, talk, 0)


def card(_: Books, state: State, talk: Talk, button: Button) -> Turn:
    """The card of the round: who has answered, who has not, and what was said: `round_card:0:<id>:<first comment>`."""
    return Turn((_card(state, talk, number(button, 1)),), let_go(state, Room.ROUND))


def _card(state: State, talk: Talk, first: int, *, replaces: bool = False) -> Reply:
    said = page(talk.comments, first, COMMENTS)
    leads = may_do(state, talk, Action.SETTLE_ROUND)
    settles = leads and not talk.round.about_somebody
    rule, together = view(state).rule, view(state).together
    values: dict[str, Json] = {
        **about(state, talk),
        "asked": len(talk.asked),
        "answered": talk.answered,
        "agreeing": talk.agreeing,
        "open_": is_open(state, talk),
        "missing": [one.name for one in talk.missing[:NAMES]] if talk.round.named else [],
        "more": max(0, len(talk.missing) - NAMES) if talk.round.named else 0,
        "on_paper": [one.name for one in talk.asked if one.agreed is False],
        "left": [one.name for one in talk.asked if one.left and not one.answered] if talk.round.named else [],
        "comments": [
            {"number": said.first + place, **comment_values(talk.round, one)}
            for place, one in enumerate(said.shown, start=1)
        ],
        "unsettled": sum(one.settled is None for one in talk.comments),
        "sheet": talk.round.about_somebody,
        "bodies": _by_body(state, talk),
        "without": rule.without if rule and talk.missing else "",
        "together": together.text if together else "",
        "together_rating": together.rating.value if together and together.rating else "",
        **came_to(talk),
        "hidden": talk.hidden,
        **slips_values(talk),
        **said.values(),
    }
    keys = (
        [_settling(talk, one, said.first + place) for place, one in enumerate(said.shown, start=1)] if settles else []
    )
    turning = said.keys("round_card", str(talk.round.id), room="round")
    read = Key("round/text", on_it("round_read", talk), {"sheet": talk.round.about_somebody})
    table = Key("round/table", on_it("round_table", talk))
    goes_on = leads and is_open(state, talk)
    later = Key("round/later", on_it("round_later", talk)) if goes_on else None
    ending = Key("round/end", on_it("round_end", talk)) if goes_on else None
    papers = slips_keys(state, talk) if leads else ()
    keyboard = rows(
        *keys, turning, *_of_sheet(state, talk, leads=leads), *papers, (read, table), (later, ending), (TO_HOME,)
    )
    return Reply("round/card", values, keyboard, replaces=replaces)


def _of_sheet(state: State, talk: Talk, *, leads: bool) -> tuple[tuple[Key | None, ...], ...]:
    """The further buttons of a sheet: the joint proposal, the papers to be signed, the weights."""
    if not talk.round.asking():
        return ()
    decided = talk.round.id in view(state).decided
    name = "round/conclude_again" if view(state).together else "round/conclude"
    conclude = Key(name, on_it("round_together", talk)) if leads and concludes(state) and not decided else None
    papers = Key("round/papers", on_it("round_papers", talk)) if view(state).papers else None
    able = weighable(state, talk) and may_do(state, talk, Action.WEIGH_POINTS)
    weights = Key("round/weights", on_it("round_weights", talk)) if able else None
    return ((conclude,), (papers, weights))


def _by_body(state: State, talk: Talk) -> list[Json]:
    """For a sheet that goes to bodies: which were asked and which have answered."""
    rule = view(state).rule
    return [
        {
            "body": body,
            "asked": any(one.body == body for one in talk.asked),
            "answered": any(one.body == body and one.answered for one in talk.asked),
        }
        for body in (rule.bodies if rule else ())
    ]


def _settling(talk: Talk, one: Comment, number_: int) -> tuple[Key | None, ...]:
    about_it = (one.person or 0, one.section, mark(one.text))
    taken = one.settled.taken if one.settled else None
    take = Key("round/take", on_it("round_take", talk, *about_it), {"number": number_}) if taken is not True else None
    not_ = (
        Key("round/not_taken", on_it("round_not", talk, *about_it), {"number": number_}) if taken is not False else None
    )
    return (take, not_)


def _comment(talk: Talk, person: int, section: int, stamp: str) -> Comment | None:
    """The comment that a button names, provided it still reads as shown. Remarks about a person cannot be taken up."""
    if talk.round.about_somebody:
        return None
    return next(
        (one for one in talk.comments if (one.person or 0, one.section, mark(one.text)) == (person, section, stamp)),
        None,
    )


def _named(talk: Talk, button: Button) -> Comment | None:
    given = word(button, 2)
    section = int(given) if given.lstrip("-").isdecimal() and len(given) < 6 else 0
    return _comment(talk, number(button, 1), section, word(button, 3))


def take(_: Books, state: State, talk: Talk, button: Button) -> Turn:
    """Take up a comment: `round_take:0:<id>:<person>:<section>:<stamp>`."""
    comment = _named(talk, button)
    if comment is None:
        return _changed(state, talk)
    return _settled(state, talk, comment, taken=True, reason="")


def ask_why(_: Books, state: State, talk: Talk, button: Button) -> Turn:
    """Await the reason for which a comment is not taken up."""
    comment = _named(talk, button)
    if comment is None:
        return _changed(state, talk)
    asked = Reply(
        "round/ask_why",
        {**comment_values(talk.round, comment), "max": MAX_CHARS},
        rows((Key("round/cancel", on_it("round_card", talk)),)),
    )
    focus = awaiting(
        WHY, round=talk.round.id, person=comment.person or 0, section=comment.section, mark=mark(comment.text)
    )
    return Turn((asked,), (focus,))


def why(_: Books, state: State, talk: Talk, text: str) -> Turn:
    """Refuse the comment with that reason."""
    section = (state.focus or {}).get("section", 0)
    comment = _comment(
        talk, kept_number(state, "person"), section if isinstance(section, int) else 0, written(state, "mark")
    )
    if comment is None:
        return _changed(state, talk)
    reason = clean(text)
    if not reason or len(reason) > MAX_CHARS:
        return Turn((Reply("round/unusable", {"length": len(reason), "max": MAX_CHARS}),))
    return _settled(state, talk, comment, taken=False, reason=reason)


def _settled(state: State, talk: Talk, comment: Comment, *, taken: bool, reason: str) -> Turn:
    assert state.person is not None, "somebody known leads it"
    me, stamp = state.person, mark(comment.text)
    done = Settled(talk.round.id, comment.person, comment.section, stamp, taken, reason, me.id, me.name, state.now)
    after = replace(talk, settled={**talk.settled, (comment.person, comment.section): done})
    kept = SettleComment(talk.round.id, comment.person, comment.section, stamp, taken, reason)
    told = _told(state, after, comment.person)
    place = [(one.person, one.section) for one in talk.comments].index((comment.person, comment.section))
    shown = _card(state, after, place // COMMENTS * COMMENTS)
    return Turn((shown,), (kept, *told, *let_go(state, Room.ROUND)))


def _told(state: State, after: Talk, person: int | None) -> tuple[Command, ...]:
    """The notice to a commenter once all their comments are settled. In a round without names, everybody who was asked
    is told once all comments are.
    """
    theirs = tuple(one for one in after.comments if one.person == person)
    if not all(one.settled for one in theirs):
        return ()
    notice = settled_notice(after.round, theirs)
    stamp = f"{state.now:%Y%m%d%H%M%S%f}"
    to = [person] if person is not None else [one.person for one in after.asked if not one.left]
    me = state.person.id if state.person else 0
    return tuple(Notify(one, f"round_settled:{after.round.id}:{one}:{stamp}", notice) for one in to if one != me)


def _changed(state: State, talk: Talk) -> Turn:
    """The comment was changed or taken back after it was shown."""
    return Turn((Reply("round/changed"), _card(state, talk, 0)), let_go(state, Room.ROUND))


def table(_: Books, state: State, talk: Talk, __: Button) -> Turn:
    """All comments and answers as one table, as a workbook and as a Word file: `round_table:0:<id>`."""
    back = rows((Key("round/card", on_it("round_card", talk)),))
    sheet = Reply("round/table", about(state, talk), attached=DeskFile(f"round_{talk.round.id}"))
    text = Reply("round/table_word", {}, back, attached=DeskFile(f"roundword_{talk.round.id}", "docx"))
    return Turn((sheet, text), let_go(state, Room.ROUND))


def ask_end(_: Books, state: State, talk: Talk, __: Button) -> Turn:
    """Ask for confirmation before the round is ended early."""
    values: dict[str, Json] = {**about(state, talk), "asked": len(talk.asked), "answered": talk.answered}
    keys = rows(
        (Key("round/end_now", on_it("round_end_now", talk)),),
        (Key("round/cancel", on_it("round_card", talk)),),
    )
    return Turn((Reply("round/ask_end", values, keys),), let_go(state, Room.ROUND))


def end(_: Books, state: State, talk: Talk, __: Button) -> Turn:
    """End the round now. All answers are kept, but too few without names are not shown."""
    values: dict[str, Json] = {**about(state, talk), "asked": len(talk.asked), "answered": talk.answered}
    done = Reply(
        "round/ended", values, rows((Key("round/card", on_it("round_card", talk)),), (TO_HOME,)), replaces=True
    )
    return Turn((done,), (EndRound(talk.round.id), *let_go(state, Room.ROUND)))


VERBS: dict[str, OnPress] = {
    "round_card": ROUNDS.looking(card, Action.READ_ANSWERS),
    "round_take": ROUNDS.acting(take, Action.SETTLE_ROUND),
    "round_not": ROUNDS.acting(ask_why, Action.SETTLE_ROUND),
    "round_table": ROUNDS.looking(table, Action.READ_ANSWERS),
    "round_end": ANSWERED.acting(ask_end, Action.SETTLE_ROUND),
    "round_end_now": ANSWERED.acting(end, Action.SETTLE_ROUND),
}

TEXTS: dict[str, OnText] = {WHY: ROUNDS.acting(why, Action.SETTLE_ROUND)}
