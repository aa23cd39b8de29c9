"""In a meeting of the authority: concluding as the unit proposed by one press, for one review or all remaining ones."""

from collections.abc import Iterator

from dialogs.core.awaited import let_go
from dialogs.core.buttons import Button
from dialogs.core.handlers import Books
from dialogs.core.keys import rows
from dialogs.core.knowledge.meetings import CameUp
from dialogs.core.paging import number, word
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.meeting import items
from dialogs.meeting.concluding import not_now
from dialogs.meeting.guard import At, button_of, known, to_meeting
from dialogs.meeting.happening import happens, who
from dialogs.meeting.page import shown
from dialogs.shown.quota import quota_values
from rules.campaign.deciding.quotas import all_states
from rules.judging.interview import rating_questions
from rules.meeting.agenda import before_its_turn, of_oneself, quorum
from rules.meeting.course.whole import going_on
from rules.meeting.happenings import Happening, Kind, NewHappening
from rules.meeting.nouns.items import ItemStatus
from rules.meeting.nouns.meeting import Meeting, Status
from rules.nouns.reviews import Json


def one(books: Books, state: State, at: At, button: Button) -> Turn:
    """Conclude the open item as its unit proposed: `meeting_as_proposed:0:<meeting>:<review>:<mark>`. A proposal that
    changed since the button was drawn is shown first.
    """
    if refused := not_now(state, at):
        return refused
    came = known(state).came_up.get(at.item.review)
    if came is None:
        return items.shown(state, at, said="not_proposed")
    if word(button, 2) != items.mark({at.item.review: came}):
        return items.shown(state, at, said="proposed_anew")
    return items.after(state, at, _concluded(books, state, at.item.review, came), said="concluded")


def ask_rest(books: Books, state: State, meeting: Meeting, _: Button) -> Turn:
    """Show all remaining items with what their units proposed, before anything is concluded:
    `meeting_rest:0:<meeting>`.
    """
    if refused := _too_few(state, meeting):
        return refused
    left = [*_left(books, state, meeting)]
    names = {item.review: item.name for item in meeting.items}
    found = known(state).came_up
    stays = [
        item.name for item in meeting.items if item.status is not ItemStatus.CONCLUDED and item.review not in {*left}
    ]
    values: dict[str, Json] = {
        "lines": [
            {"name": names[each], "rating": found[each].ratings[-1][1], "unit": found[each].unit} for each in left
        ],
        "stays": [*stays],
        "quotas": _over(books, state),
    }
    button = button_of("meeting_rest_now", meeting, str(meeting.last), items.mark({each: found[each] for each in left}))
    now = Key("meeting/rest_now", button, {"count": len(left)})
    return Turn(
        (Reply("meeting/rest", values, rows((now,) if left else (), (to_meeting(meeting),))),),
        let_go(state, Room.MEETING),
    )


def rest(books: Books, state: State, meeting: Meeting, button: Button) -> Turn:
    """Conclude them as proposed: `meeting_rest_now:0:<meeting>:<number of the last happening>:<mark>`. If anything
    changed since, including a proposal sent again by a unit, the list is shown again instead.
    """
    if refused := _too_few(state, meeting):
        return refused
    left = [*_left(books, state, meeting)]
    found = known(state).came_up
    if (
        number(button, 1) != meeting.last
        or not left
        or word(button, 2) != items.mark({each: found[each] for each in left})
    ):
        return ask_rest(books, state, meeting, button)
    after, keep = happens(state, meeting, *(_concluded(books, state, each, found[each]) for each in left))
    return shown(state, after, keep, said="rest_concluded")


def _too_few(state: State, meeting: Meeting) -> Turn | None:
    if meeting.status is not Status.RUNNING or not meeting.consults:
        return shown(state, meeting)
    needed, rule = quorum(meeting, known(state).rules), known(state).rules.quorum
    if needed and rule and needed[1] < needed[0]:
        values: dict[str, Json] = {"needed": needed[0], "present": needed[1], "cite": rule.cite, "quote": rule.quote}
        return Turn((Reply("meeting/too_few", {**values, "typed": False}, ((to_meeting(meeting),),)),))
    return None


def _left(books: Books, state: State, meeting: Meeting) -> Iterator[int]:
    """The reviews that may be concluded so, in the order of the agenda. Left out are the chair's own, those before
    their turn, and those without a proposal.
    """
    person, at = who(state), state.now
    for item in meeting.items:
        came = known(state).came_up.get(item.review)
        if item.status is ItemStatus.CONCLUDED or item.review not in known(state).lines or came is None:
            continue
        if not came.ratings or of_oneself(meeting, item) or before_its_turn(meeting, item, known(state).rules):
            continue
        yield item.review
        new = _concluded(books, state, item.review, came)
        meeting = going_on(
            meeting,
            [Happening(meeting.last + 1, new.kind, person.id, person.name, at, new.item, None, "", new.data)],
        )


def _concluded(books: Books, state: State, review: int, came: CameUp) -> NewHappening:
    line = known(state).lines[review]
    questions = rating_questions(books[line.campaign.edition].forms[line.form])
    proposed, several = dict(came.ratings), len(questions) > 1
    ratings: list[Json] = [
        {"question": each.key, "about": about, "rating": proposed[about]}
        for each in questions
        if (about := each.about if several else "") in proposed
    ]
    data: dict[str, Json] = {
        "strengths": came.strengths,
        "shortcomings": came.shortcomings,
        "ratings": ratings,
        "as_proposed": True,
    }
    return NewHappening(Kind.CONCLUDED, review, data=data)


def _over(books: Books, state: State) -> list[Json]:
    """The groups for which more is proposed than their quota allows. They are shown; nothing is enforced."""
    found = list[Json]()
    editions = {one.campaign.rulebook: one.campaign.edition for one in known(state).lines.values()}
    for (_, rulebook), listed in known(state).proposed.items():
        for group in all_states(books[editions[rulebook]], listed) if rulebook in editions else ():
            if group.state.over:
                found.append({**quota_values(group.state), "over": True})
    return found
