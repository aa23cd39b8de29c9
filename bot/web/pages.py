"""Draws the pages and bubbles of the web chat from `templates/pages` (Jinja2, everything escaped)."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from babel.dates import format_date
from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.channel import Worded
from bot.front import Exchange
from bot.web.assets import Assets
from bot.web.markup import safe_html


@dataclass(frozen=True, slots=True)
class Shown:
    """An exchange as the page shows it: under a date line when a new day begins."""

    exchange: Exchange
    new_day: bool
    redrawn: bool       # the next exchange shows its last message anew, see `replaces_in_place`


class Pages:
    """All HTML of the web chat."""

    def __init__(self, assets: Assets, text_limit: int) -> None:
        self._jinja = Environment(
            loader=PackageLoader("templates", "pages"),
            autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        )
        self._jinja.filters.update(safe_html=safe_html, day=day_in_words)
        self._jinja.globals.update(static=assets.url, text_limit=text_limit)

    def draw(self, template: str, **values: object) -> str:
        """One template with its values. Raises jinja2.TemplateError for a mistake of ours."""
        return self._jinja.get_template(template).render(values)

    def talk(self, base: str, exchanges: Sequence[Exchange], last_day: str = "") -> str:
        """The bubbles of some exchanges. `last_day` (ISO) is the day already shown above them."""
        return self.draw("talk.html", base=base, talk=list(arrange(exchanges, last_day)))


def arrange(exchanges: Sequence[Exchange], last_day: str) -> Iterator[Shown]:
    """The exchanges with what depends on their neighbours."""
    days = [last_day, *(exchange.at.date().isoformat() for exchange in exchanges)]
    following: Iterable[Exchange | None] = (*exchanges[1:], None)
    for exchange, after, (before, today) in zip(exchanges, following, pairwise(days), strict=True):
        yield Shown(exchange, before != today, after is not None and replaces_in_place(after))


def replaces_in_place(exchange: Exchange) -> bool:
    """Whether a step only draws the message above it anew (a tick set in a list): one message, with buttons."""
    replies: tuple[Worded, ...] = exchange.replies
    return len(replies) == 1 and replies[0].replaces and bool(replies[0].keyboard)


def day_in_words(day: dt.datetime) -> str:
    """`Thứ Bảy, 21 tháng 11, 2026`."""
    return format_date(day.date(), "EEEE, d MMMM, y", locale="vi")
