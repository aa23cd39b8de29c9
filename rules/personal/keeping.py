"""How long what is no official record is kept: days an installation may choose, none below what the program needs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Keeping:
    """Days. `chat`: of what was said, from when it was said; `leavers`: chat, plans and notices of who has left, from their last
    day; `strangers`: chat of accounts that are nobody's; `guesses`: wrong codes; `doors`: accounts that were signed out, and
    codes that hold no longer; `unsent`: answers that were never handed in, from the closing of their campaign; `notices`: that
    were delivered or given up; `uploads`: files handed in and not used.
    """

    chat: int = 730
    leavers: int = 90
    strangers: int = 30
    guesses: int = 30
    doors: int = 90
    unsent: int = 365
    notices: int = 400
    uploads: int = 1


#: No fewer days than these. An update may come again for some days and is then known by what was kept (`strangers`, `leavers`,
#: `chat`); who guesses codes is held up by those of the last half hour; a notice is told once because its key is kept.
FLOORS = Keeping(chat=90, leavers=30, strangers=7, guesses=1, doors=30, unsent=30, notices=90, uploads=1)

#: Of a person who asks for it everything erasable goes but what the last days need.
ON_REQUEST = 7
