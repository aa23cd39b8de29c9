"""How long data that is not an official record is kept, in days. An installation may choose other times, but none
shorter than the program needs.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Keeping:
    """Times of keeping, in days."""

    #: Conversations, from the day of each message.
    chat: int = 730
    #: Conversations, plans and notices of people who have left, from their last day.
    leavers: int = 90
    #: Conversations of accounts that belong to nobody.
    strangers: int = 30
    #: Wrong codes that were entered.
    guesses: int = 30
    #: Accounts that were signed out, and invitation codes that are no longer valid.
    doors: int = 90
    #: Answers that were never handed in, from the closing of their campaign.
    unsent: int = 365
    #: Notices that were delivered or given up.
    notices: int = 400
    #: Uploaded files that were not used.
    uploads: int = 1


#: The shortest times allowed. An update may be delivered again for some days, and is then recognised by the
#: conversation that is kept (`strangers`, `leavers`, `chat`). Wrong codes of the last half hour slow down guessing. A
#: notice is sent only once because its key is kept.
FLOORS = Keeping(chat=90, leavers=30, strangers=7, guesses=1, doors=30, unsent=30, notices=90, uploads=1)

#: When a person asks for erasure, everything erasable is removed except what belongs to this many last days.
ON_REQUEST = 7
