"""Adding a happening: the command that stores it, and the state of the meeting after it."""

from dialogs.core.commands.meetings import AddToMeeting
from dialogs.core.state import State
from rules.meeting.course.whole import going_on
from rules.meeting.happenings import Happening, NewHappening
from rules.meeting.nouns.meeting import Meeting
from rules.nouns.people import Person


def happens(state: State, meeting: Meeting, *new: NewHappening) -> tuple[Meeting, AddToMeeting]:
    """The meeting after the new happenings, and the command that stores them."""
    person = who(state)
    numbered = (
        Happening(number, one.kind, person.id, person.name, state.now, one.item, one.person, one.text, one.data)
        for number, one in enumerate(new, start=meeting.last + 1)
    )
    return going_on(meeting, numbered), AddToMeeting(meeting.id, meeting.last, new)


def who(state: State) -> Person:
    """The person who acts. Strangers cannot enter a room."""
    assert state.person is not None, "strangers come into no room"
    return state.person
