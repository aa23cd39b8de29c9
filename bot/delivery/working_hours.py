"""The working hours of an office (in Asia/Ho_Chi_Minh); reminders are sent only then."""

import datetime as dt
from collections.abc import Iterator

from rules.nouns.office import OfficeSettings
from rules.nouns.workdays import is_workday

MORNING = (dt.time(8, 0), dt.time(11, 30))
AFTERNOON = (dt.time(13, 30), dt.time(17, 0))

#: The step with which the day is searched for the next working time.
_STEP = dt.timedelta(minutes=30)


def is_working_hour(moment: dt.datetime) -> bool:
    """Whether offices work at this moment."""
    hour = moment.time()
    in_hours = any(begin <= hour < end for begin, end in (MORNING, AFTERNOON))
    return in_hours and is_workday(moment.date())


def is_quiet(moment: dt.datetime, settings: OfficeSettings) -> bool:
    """Whether the office wants no reminders now. Quiet hours that end before they begin span midnight."""
    begin, end, hour = settings.quiet_from, settings.quiet_until, moment.hour
    return begin <= hour < end if begin <= end else hour >= begin or hour < end


def next_working_hour(moment: dt.datetime, settings: OfficeSettings) -> dt.datetime | None:
    """When a reminder may be sent on the same day: now, if possible; None when the day is over or a holiday."""
    return next((when for when in _rest_of_day(moment) if is_working_hour(when) and not is_quiet(when, settings)), None)


def _rest_of_day(moment: dt.datetime) -> Iterator[dt.datetime]:
    """The moment, then every half hour until the end of its day."""
    yield moment
    when = moment.replace(minute=0, second=0, microsecond=0)
    while (when := when + _STEP).date() == moment.date():
        if when > moment:
            yield when
