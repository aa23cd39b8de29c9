"""The rooms of the conversation, and which of them handles an event."""

from collections.abc import Mapping
from enum import StrEnum

from dialogs.core.events import Chosen, Commanded, Edited, Event, Handed, Pressed, Said
from rules.nouns.reviews import Json


class Room(StrEnum):
    """A part of the conversation with knowledge of its own. The verbs of its buttons and the purposes of its awaited
    texts (`focus["for"]`) begin with its name and `_`.
    """

    HEAD = (
        "head"  # a step of the chain agrees, comments, returns: for what it shows beside several sheets it knows more
    )
    DECIDE = "decide"  # the authority decides
    RESULT = "result"  # the person and their result: notice, reservation, petition
    PLAN = "plan"  # the person's plan of improvement
    PETITION = "petition"  # the authority answers petitions
    ANEW = "anew"  # a confirmed sheet done anew
    COVER = "cover"  # stand-ins
    OPINION = "opinion"  # opinions asked of others
    DESK = "desk"  # the desk: campaigns, dates, closing, settings
    CREW = "crew"  # the desk: people, invitations, phones
    CAST = "cast"  # the desk: messages to many, what was delivered
    DOSSIER = "dossier"  # what is handed on: what is there, who owes the rest, files handed in
    INQUIRY = "inquiry"  # opinions asked of bodies outside, by link
    ROUND = "round"  # drafts sent round: begun, read, answered, taken up
    VOTE = "vote"  # ballots that are held
    DATA = "data"  # what is kept of people, and what they ask about it
    MEETING = "meeting"  # the meeting in which reviews are gone through, and its minutes
    REPORT = "report"  # the reports of bodies: who drafts them, the parts that others write
    UPWARD = "upward"  # what units send up, and the meeting of the authority that looks at it
    WORK = "work"  # the work of a month or quarter, and what an office counts it in


#: Commands that lead into a room.
COMMANDS_INTO: Mapping[str, Room] = {
    "choduyet": Room.HEAD,
    "quyetdinh": Room.DECIDE,
    "ketqua": Room.RESULT,
    "khacphuc": Room.PLAN,
    "kiennghi": Room.PETITION,
    "thaymat": Room.COVER,
    "ykien": Room.OPINION,
    "dot": Room.DESK,
    "nhansu": Room.CREW,
    "nhantin": Room.CAST,
    "viec": Room.WORK,
    "dulieu": Room.DATA,
    "hoso": Room.DOSSIER,
    "noicutru": Room.INQUIRY,
    "hop": Room.MEETING,
    "gopy": Room.ROUND,
    "tapthe": Room.REPORT,
    "bophieu": Room.VOTE,
    "guilen": Room.UPWARD,
}


def room_of(event: Event, focus: Mapping[str, Json] | None) -> Room | None:
    """The room that handles an event; None: the interview and the menu, which need only `State`."""
    match event:
        case Pressed(button=button) if button:
            name = button.verb
        case Chosen(deed=deed):
            name = deed
        case Said() | Edited() | Handed():
            name = str((focus or {}).get("for", ""))
        case Commanded(name=word):
            return COMMANDS_INTO.get(word)
        case _:
            return None
    first = name.partition("_")[0]
    return Room(first) if first in tuple(Room) else None
