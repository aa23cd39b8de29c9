"""Bringing the result of a counted ballot into conclusions made before it: the count and its clause propose, the chair
concludes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.core.buttons import Button
from dialogs.core.handlers import Books
from dialogs.core.keys import rows
from dialogs.core.paging import number
from dialogs.core.state import State
from dialogs.core.turn import Command, Key, Reply, Turn
from dialogs.meeting.concluding import told
from dialogs.meeting.guard import button_of, known, to_meeting
from dialogs.meeting.happening import happens
from dialogs.meeting.items import voted
from dialogs.meeting.page import shown
from rules.balloting.counting import Bases, by_group, leading
from rules.balloting.poll import Poll
from rules.balloting.slips import Tally
from rules.book.ballots import Ballot, Choices
from rules.judging.interview import rated, rating_questions
from rules.meeting.agenda import of_oneself, quorum
from rules.meeting.happenings import Kind, NewHappening
from rules.meeting.nouns.items import Conclusion, Item, ItemStatus
from rules.meeting.nouns.meeting import Meeting, Status
from rules.nouns.reviews import Json
from rules.nouns.values import Rating


@dataclass(frozen=True, slots=True)
class _Put:
    """How a ballot changes one conclusion."""

    item: Item
    was: Conclusion
    question: str
    about: str
    #: The rating that follows from the count; None: none does.
    rating: Rating | None


def preview(books: Books, state: State, meeting: Meeting, button: Button) -> Turn:
    """Show which conclusions the result of a ballot would change: `meeting_votes:0:<meeting>:<poll>`."""
    found = _held(state, number(button, 1))
    if found is None or meeting.status is not Status.RUNNING or not _enough(state, meeting):
        return shown(state, meeting)
    poll, _ = found
    puts = _puts(books, state, meeting, *found)
    values: dict[str, Json] = {
        "title": poll.title,
        "lines": [
            {"name": one.item.name, "rating": one.rating.value if one.rating else "", "was": _was(one)} for one in puts
        ],
        "own": [one.name for one in meeting.items if of_oneself(meeting, one) and _line_of(poll, one) is not None],
    }
    sure = Key("meeting/votes_now", button_of("meeting_votes_now", meeting, str(poll.id)))
    return Turn((Reply("meeting/votes", values, rows((sure,) if puts else (), (to_meeting(meeting),))),))


def put(books: Books, state: State, meeting: Meeting, button: Button) -> Turn:
    """The chair puts the result into the conclusions, and the people concerned are told:
    `meeting_votes_now:0:<meeting>:<poll>`.
    """
    found = _held(state, number(button, 1))
    if found is None or meeting.status is not Status.RUNNING or not _enough(state, meeting):
        return shown(state, meeting)
    puts = _puts(books, state, meeting, *found)
    if not puts:
        return shown(state, meeting)
    after, keep = happens(state, meeting, *(_concluded(state, one) for one in puts))
    items = [after.item(one.item.review) for one in puts]
    hear: list[Command] = [each for item in items if item for each in told(state, after, item)]
    return shown(state, after, keep, *hear, said="votes_put")


def _held(state: State, poll: int) -> tuple[Poll, Tally] | None:
    return next(((one, tally) for one, tally in known(state).polls if one.id == poll and tally), None)


def _enough(state: State, meeting: Meeting) -> bool:
    there = quorum(meeting, known(state).rules)
    return there is None or there[1] >= there[0]


def _line_of(poll: Poll, item: Item) -> int | None:
    return next((place for place, line in enumerate(poll.lines) if line.person == item.person), None)


def _puts(books: Books, state: State, meeting: Meeting, poll: Poll, tally: Tally) -> Sequence[_Put]:
    """The changes to all concluded items that were voted on. The chair's own item and conclusions that already contain
    the votes are left out.
    """
    found = []
    for item in meeting.items:
        place, line, was = _line_of(poll, item), known(state).lines.get(item.review), item.conclusion
        if place is None or line is None or was is None or item.status is not ItemStatus.CONCLUDED:
            continue
        book = books[line.campaign.edition]
        ballot = next((one for one in book.ballots if one.key == poll.rule), None)
        form = book.forms[line.form]
        subjects = {one.key: rated(form, line.person, one)[0] for one in rating_questions(form)}
        asked = [key for key, subject in subjects.items() if ballot and (not ballot.about or subject in ballot.about)]
        if not asked or of_oneself(meeting, item):
            continue
        about = next((one.about or "" for one in rating_questions(form) if one.key == asked[-1]), "")
        rating = _rating(ballot, poll, tally, str(place))
        one = _Put(item, was, asked[-1], about if len(subjects) > 1 else "", rating)
        if [dict(each) for each in was.votes] != voted(state, item):
            found.append(one)
    return found


def _rating(ballot: Ballot | None, poll: Poll, tally: Tally, line: str) -> Rating | None:
    """The rating that follows from the count alone: the one with most marks, or the ballot's own rating if the clause
    lets the line in. A tie gives none.
    """
    if poll.choices is Choices.RATINGS:
        first = leading(tally.lines[line])
        return Rating(first[0]) if len(first) == 1 else None
    if ballot is None or ballot.rating is None or not ballot.share:
        return None
    came = by_group(ballot, tally, Bases(len(poll.voters), tally.given, tally.returned), poll.places, poll.shares)
    return ballot.rating if any(line in one.taken for _, one in came) else None


def _was(one: _Put) -> str:
    return next((each.rating.value for each in one.was.ratings if each.question == one.question), "")


def _concluded(state: State, one: _Put) -> NewHappening:
    ratings: list[Json] = [
        {
            "question": each.question,
            "about": each.about,
            "rating": (one.rating if one.rating and each.question == one.question else each.rating).value,
        }
        for each in one.was.ratings
    ]
    if one.rating and not _was(one):
        ratings.append({"question": one.question, "about": one.about, "rating": one.rating.value})
    data: dict[str, Json] = {
        "strengths": one.was.strengths,
        "shortcomings": one.was.shortcomings,
        "ratings": ratings,
        "votes": voted(state, one.item),
    }
    return NewHappening(Kind.CONCLUDED, one.item.review, data=data)
