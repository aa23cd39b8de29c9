"""How long everything that is no official record is kept, in days. An installation may choose, but not below what the
program needs.
"""

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


#: The least number of days. Updates may be delivered again for some days and are then recognised by what was kept
#: (`strangers`, `leavers`, `chat`); wrong codes of the last half hour slow down guessing; notices are sent once because
#: their keys are kept.
FLOORS = Keeping(chat=90, leavers=30, strangers=7, guesses=1, doors=30, unsent=30, notices=90, uploads=1)

#: When a person asks for erasure, everything erasable is removed except what the last so many days need.
ON_REQUEST = 7
