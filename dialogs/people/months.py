"""Scores of people who moved: the desk records those sent by the former body, and gets the file for the new one."""

from dialogs.core.awaited import awaiting
from dialogs.core.buttons import Button
from dialogs.core.commands.campaigns import RecordMonths
from dialogs.core.handlers import Books, OnPress, OnText
from dialogs.core.state import State
from dialogs.core.turn import DeskFile, Key, Reply, Turn
from dialogs.desk.guard import let_go
from dialogs.people.guard import MEMBERS, Member
from dialogs.people.page import person_button
from dialogs.shown.person import person_values
from rules.campaign.months.sent import WrongMonths, typed
from rules.campaign.permissions import Action
from rules.nouns.reviews import Json
from rules.nouns.text import clean

#: The purpose of the focus while the months and the number of their paper are awaited.
MONTHS = "crew_months_typed"


def ask(_: Books, state: State, member: Member, __: Button) -> Turn:
    """Await the number of the paper, then the scores."""
    back = Key("crew/to_page", person_button("crew_person", member.person))
    values = {**_about(state, member), "wrong": None}
    return Turn((Reply("crew/ask_months", values, ((back,),)),), (awaiting(MONTHS, person=member.person.id),))


def keep(_: Books, state: State, member: Member, text: str) -> Turn:
    """Store what was typed. It replaces an earlier entry."""
    body, said = _body(member, text)
    found = typed(said, member.person.id, _year(state, member), body)
    back = Key("crew/to_page", person_button("crew_person", member.person))
    if isinstance(found, WrongMonths):
        wrong: dict[str, Json] = {"part": found.part, "expected": found.expected}
        return Turn((Reply("crew/ask_months", {**_about(state, member), "wrong": wrong}, ((back,),)),))
    scores: list[Json] = [{"year": one.year, "period": one.period, "score": one.score} for one in found]
    values = {**_about(state, member), "body": body, "paper": found[0].paper, "scores": scores}
    return Turn(
        (Reply("crew/months_kept", values, ((back,),)),), (RecordMonths(member.person.id, found), *let_go(state))
    )


def send(_: Books, state: State, member: Member, __: Button) -> Turn:
    """The file of this year's months for the new body of a person who leaves."""
    file = DeskFile(f"months_{member.person.id}_{_year(state, member)}")
    return Turn((Reply("crew/months_file", _about(state, member), attached=file),))


def _year(state: State, member: Member) -> int:
    """The year of the newest open yearly campaign, otherwise the present year."""
    return max((one.year for one in member.view.campaigns if one.span.whole), default=state.now.year)


def _body(member: Member, text: str) -> tuple[str, str]:
    """The former body as the roster names it, otherwise the first part of the text."""
    known = member.person.service.moved_from
    if known:
        return known, text
    body, _, rest = clean(text).partition(";")
    return body.strip(), rest


def _about(state: State, member: Member) -> dict[str, Json]:
    return {**person_values(member.person), "body": member.person.service.moved_from, "year": _year(state, member)}


VERBS: dict[str, OnPress] = {
    "crew_months": MEMBERS.looking(ask, Action.RECORD_OUTSIDE),
    "crew_months_file": MEMBERS.looking(send, Action.RECORD_OUTSIDE),
}

TEXTS: dict[str, OnText] = {MONTHS: MEMBERS.looking(keep, Action.RECORD_OUTSIDE)}
