"""The clock: the only module that reads the current time."""

import datetime as dt
from zoneinfo import ZoneInfo

#: The time zone of all plans, milestones and working hours.
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> dt.datetime:
    """The current time in Vietnam."""
    return dt.datetime.now(ZONE)  # noqa: TID251 - the one place
