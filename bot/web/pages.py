"""Draws the pages and bubbles of the web chat from `templates/pages` (Jinja2, everything escaped)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from babel.dates import format_date
from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.door.channel import Worded
from bot.door.front import Exchange
from bot.roster.worksheet import MAX_BYTES
from bot.web.assets import Assets
from bot.web.markup import safe_html
from dialogs.core.turn import Attached, DeskFile, Papers


@dataclass(frozen=True, slots=True)
class ShownExchange:
    """An exchange as the page shows it: under a date line on a new day; in place of the one above it when it `redraws`."""

    exchange: Exchange
    new_day: bool
    redraws: bool


class Pages:
    """All HTML of the web chat."""

    def __init__(self, assets: Assets, text_limit: int) -> None:
        self._jinja = Environment(
            loader=PackageLoader("templates", "pages"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._jinja.filters.update(safe_html=safe_html, day=day_in_words, address=address)
        self._jinja.globals.update(static=assets.url, text_limit=text_limit, file_limit=MAX_BYTES)

    def draw(self, template: str, **values: object) -> str:
        """One template with its values. Raises jinja2.TemplateError for a mistake of ours."""
        return self._jinja.get_template(template).render(values)

    def talk(self, base: str, exchanges: Sequence[Exchange], before: Exchange | None = None) -> str:
        """The bubbles of some exchanges. `before` is the one that stands above them already."""
        shown = [arrange(above, below) for above, below in pairwise((before, *exchanges)) if below]
        return self.draw("talk.html", base=base, talk=shown)


def arrange(above: Exchange | None, below: Exchange) -> ShownExchange:
    """`below` with what depends on the exchange above it."""
    new_day = above is None or above.at.date() != below.at.date()
    return ShownExchange(below, new_day, above is not None and redraws(above, below))


def redraws(above: Exchange, below: Exchange) -> bool:
    """Whether `below` only draws the message above it anew (a tick set in a list): the same buttons again.

    Elsewhere `replaces` is not followed: a page has room, and people like to read what was said before.
    """
    if not above.replies or len(below.replies) != 1 or not below.replies[0].replaces:
        return False
    return bool(below.replies[0].keyboard) and _verbs(above.replies[-1]) == _verbs(below.replies[0])


def _verbs(reply: Worded) -> set[str]:
    return {":".join(key.data.split(":")[:2]) for row in reply.keyboard for key in row}


def address(attached: Attached, exchange: int, kind: str) -> str:
    """Where a file of an exchange is, below its person's path (the routes of bot.web.papers)."""
    match attached:
        case Papers(review, version, _, ruling):
            return f"papers/{review}/{version}{f'-{ruling}' if ruling else ''}/{exchange}/{kind}"
        case DeskFile(name):
            return f"desk/{exchange}/{name}"


def day_in_words(day: dt.datetime) -> str:
    """`Thứ Bảy, 21 tháng 11, 2026`."""
    return format_date(day.date(), "EEEE, d MMMM, y", locale="vi")
