"""The one place that reads the clock."""

import datetime as dt
from zoneinfo import ZoneInfo

#: All plans, milestones and working hours are in this zone.
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> dt.datetime:
    """The present moment in Vietnam."""
    return dt.datetime.now(ZONE)  # noqa: TID251 - the one place
