"""Working hours of an office, in which alone reminders are sent (in Asia/Ho_Chi_Minh)."""

import datetime as dt
from collections.abc import Iterator

from rules.nouns.office import OfficeSettings
from rules.nouns.workdays import is_workday

MORNING = (dt.time(8, 0), dt.time(11, 30))
AFTERNOON = (dt.time(13, 30), dt.time(17, 0))

#: How finely the day is looked through for the next hour of work.
_STEP = dt.timedelta(minutes=30)


def is_working_hour(moment: dt.datetime) -> bool:
    """Whether any office works at this moment."""
    hour = moment.time()
    in_hours = any(begin <= hour < end for begin, end in (MORNING, AFTERNOON))
    return in_hours and is_workday(moment.date())


def is_quiet(moment: dt.datetime, settings: OfficeSettings) -> bool:
    """Whether the office wants no reminders now. Hours that end before they begin go over midnight."""
    begin, end, hour = settings.quiet_from, settings.quiet_until, moment.hour
    return begin <= hour < end if begin <= end else hour >= begin or hour < end


def next_working_hour(moment: dt.datetime, settings: OfficeSettings) -> dt.datetime | None:
    """When a reminder may go out that same day: the moment itself, if it may now; None when the day is over or free."""
    return next((when for when in _rest_of_day(moment) if is_working_hour(when) and not is_quiet(when, settings)), None)


def _rest_of_day(moment: dt.datetime) -> Iterator[dt.datetime]:
    """The moment, then each half hour until the end of its day."""
    yield moment
    when = moment.replace(minute=0, second=0, microsecond=0)
    while (when := when + _STEP).date() == moment.date():
        if when > moment:
            yield when
