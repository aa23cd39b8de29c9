"""Appointing the drafter of a body's report in place of the person who leads the body."""

from dataclasses import replace

from dialogs.core.awaited import awaiting, let_go
from dialogs.core.buttons import Button
from dialogs.core.commands.reports import NameDrafter
from dialogs.core.handlers import Books, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.paging import number, page, word
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Notify, Reply, Turn
from dialogs.report.guard import REPORTS, view_of
from dialogs.report.page import line, overview
from dialogs.report.people import member, members
from dialogs.shown.person import called, person_values
from rules.campaign.permissions import Action
from rules.nouns.people import Person
from rules.nouns.reviews import Json, Review

#: The purpose of the focus while a name is awaited.
WHO = "report_drafter"


def ask(books: Books, state: State, review: Review, button: Button) -> Turn:
    """Choose the drafter, by button or by typing a name."""
    return _ask(books, state, review, members(state, review, review.drafter), number(button, 0))


def typed(books: Books, state: State, review: Review, text: str) -> Turn:
    """The people with the name that was typed."""
    found = called(members(state, review, review.drafter), text)
    return _ask(books, state, review, found, 0, typed=text)


def _ask(books: Books, state: State, review: Review, people: list[Person], first: int, *, typed: str = "") -> Turn:
    some = page(people, first)
    keys = (
        (
            Key(
                "report/who",
                Button("report_named", review.id, (str(one.id), str(review.drafter or 0))),
                person_values(one),
            ),
        )
        for one in some.shown
    )
    turning = () if typed else some.keys("report_name", room="report", review=review.id)
    back = (Key("report/back", Button("report_show", review.id)),)
    values: dict[str, Json] = {**line(books, state, review), **some.values(), "typed": typed}
    return Turn((Reply("report/name", values, rows(*keys, turning, back)),), (awaiting(WHO, review=review.id),))


def named(books: Books, state: State, review: Review, button: Button) -> Turn:
    """Appoint the drafter. They and the former drafter are told."""
    chosen, before = member(view_of(state), number(button, 0)), review.drafter
    if not review.open:
        return Turn((overview(books, state, review, told="sent"),), let_go(state, Room.REPORT))
    if chosen is not None and chosen.id == before:
        return Turn((overview(books, state, review, told="named"),), let_go(state, Room.REPORT))
    if chosen is None or word(button, 1) != str(before or 0):
        return Turn((overview(books, state, review, told="changed"),), let_go(state, Room.REPORT))
    report = review.report
    assert report is not None, "the guard lets nobody at a person's own form"
    after = replace(review, report=replace(report, drafter=chosen.id, drafter_name=chosen.name, named=True))
    by = state.person
    values: dict[str, Json] = {**line(books, state, after), "by": by.name if by else ""}
    begin = (
        (Key("report/write", Button("next", review.id)),),
        (Key("report/overview", Button("report_show", review.id)),),
    )
    mark = f"drafter:{review.id}:{chosen.id}:{state.now.isoformat()}"
    told = [Notify(chosen.id, mark, Reply("notice/drafter_named", values, begin))] if by != chosen else []
    if before and by and before != by.id:
        told.append(Notify(before, f"{mark}:{before}", Reply("notice/drafter_left", values)))
    shown = overview(books, state, after, told="named", replaces=True)
    return Turn((shown,), (NameDrafter(review.id, chosen.id, before), *told, *let_go(state, Room.REPORT)))


VERBS: dict[str, OnPress] = {
    "report_name": REPORTS.looking(ask, Action.NAME_DRAFTER),
    "report_named": REPORTS.looking(named, Action.NAME_DRAFTER),
}

TEXTS: dict[str, OnText] = {WHO: REPORTS.looking(typed, Action.NAME_DRAFTER)}
