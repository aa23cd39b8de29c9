"""Renders the pages and bubbles of the web chat from `templates/pages` (Jinja2 with autoescaping). They are in
Vietnamese and translated by the same gettext catalogue as the messages.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import groupby, pairwise

from babel.dates import format_date
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup, escape

from bot.door.channel import WordedKey
from bot.door.front import Exchange
from bot.door.pieces import in_pieces
from bot.roster.package import MAX_BYTES
from dialogs.core.buttons import Button
from dialogs.core.keys import leads_about
from dialogs.core.turn import AllPapers, Attached, DeskFile, Papers, SentPapers, WholeDossier
from dialogs.interview import under
from templates.wording import catalog, environment, label, language_of

_DAY = {"vi": "EEEE, d MMMM, y", "en": "EEEE, d MMMM y"}

#: The filters shared with the messages.
_OF_MESSAGES = (
    *("moment", "period", "part", "named", "held", "written_day", "typed_day"),
    *("official", "asked", "asked_of", "number", "months_days", "lower_first", "ended", "marked_off"),
)

#: What is served of `templates/static`: ending → type.
TYPES: Mapping[str, str] = {
    "css": "text/css",
    "js": "text/javascript",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain",
}


@dataclass(frozen=True, slots=True)
class Assets:
    """All static files by name. `digest` is part of their addresses, so they can be cached permanently."""

    files: Mapping[str, bytes]
    digest: str
    root: str = ""  # below which the whole site stands

    def url(self, name: str) -> str:
        """The address of a static file. Raises KeyError when there is none of that name."""
        if name not in self.files:
            raise KeyError(name)
        return f"{self.root}/static/{self.digest}/{name}"


def load_assets(root: str = "") -> Assets:
    """The files of `templates/static` whose type we serve, on a site below `root`."""
    found = dict(sorted(_walk(files("templates") / "static", "")))
    whole = hashlib.sha256()
    for name, content in found.items():
        whole.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    return Assets(found, whole.hexdigest()[:16], root)


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        elif entry.name.rpartition(".")[2] in TYPES:
            yield prefix + entry.name, entry.read_bytes()


@dataclass(frozen=True, slots=True)
class ShownExchange:
    """An exchange as displayed: below a date line on a new day; in place of the one above when it `redraws`."""

    exchange: Exchange
    new_day: bool
    redraws: bool


class Pages:
    """All HTML of the web chat."""

    def __init__(self, assets: Assets, text_limit: int) -> None:
        known = {"static": assets.url, "root": assets.root, "text_limit": text_limit, "file_limit": MAX_BYTES}
        self._environment = cache(partial(_environment, known))

    def draw(self, template: str, tongue: str, **values: object) -> str:
        """One template with its values. Raises jinja2.TemplateError for a mistake of ours."""
        return self._environment(tongue).get_template(template).render(values)

    async def talk(self, base: str, tongue: str, exchanges: Sequence[Exchange], before: Exchange | None = None) -> str:
        """The bubbles of some exchanges, in pieces. `before` is the one that stands above them already."""
        shown = (arrange(above, below) for above, below in pairwise((before, *exchanges)) if below)
        return "".join([self.draw("talk.html", tongue, base=base, shown=one) async for one in in_pieces(shown)])


def _environment(known: Mapping[str, object], tongue: str) -> Environment:
    """The pages for a reader of that tongue."""
    language = language_of(tongue)
    jinja = Environment(
        loader=ChoiceLoader(
            [
                PackageLoader("templates", "pages"),
                PrefixLoader(
                    {one: PackageLoader("templates", one) for one in ("console", "wall", "inquiry", "messages")}
                ),
                PackageLoader("templates", "messages"),  # what those of messages take from each other
            ]
        ),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    jinja.policies["ext.i18n.trimmed"] = True
    # The extension adds this method to the environment while it loads.
    jinja.install_gettext_translations(catalog(tongue), newstyle=True)  # type: ignore[attr-defined]
    jinja.filters.update(
        safe_html=safe_html,
        in_parts=in_parts,
        laid_out=laid_out,
        is_way=is_way,
        asks=asks,
        address=address,
        day=lambda moment: day_in_words(moment, language),
        label=lambda name: label(name, {}, tongue),
    )
    of_messages = environment(tongue).filters
    jinja.filters.update({name: of_messages[name] for name in _OF_MESSAGES})
    jinja.globals.update(known, language=language)
    return jinja


def arrange(above: Exchange | None, below: Exchange) -> ShownExchange:
    """`below` with what depends on the exchange above it."""
    new_day = above is None or above.at.date() != below.at.date()
    return ShownExchange(below, new_day, above is not None and redraws(above, below))


def redraws(above: Exchange, below: Exchange) -> bool:
    """Whether `below` replaces the message right above it, because that is the message whose button was pressed.
    Earlier messages are left as they are.
    """
    if not above.replies or len(below.replies) != 1 or not below.replies[0].replaces:
        return False
    shown = above.replies[-1]
    return not shown.attached and any(key.label == below.said for row in shown.keyboard for key in row)


@dataclass(frozen=True, slots=True)
class ShownRow:
    """Buttons beside each other. `about`: all of them lead about and answer nothing."""

    row: tuple[WordedKey, ...]
    about: bool


def is_way(one: WordedKey) -> bool:
    """Whether a button leads about: it looks like no answer, even in a row of answers."""
    return one.way or leads_about(Button.decode(one.data))


def asks(keyboard: Sequence[Sequence[WordedKey]]) -> bool:
    """Whether the message of this keyboard may be answered by a text, however old it is."""
    decoded = (Button.decode(one.data) for row in keyboard for one in row)
    return under.asks([button for button in decoded if button])


def laid_out(keyboard: Sequence[Sequence[WordedKey]]) -> list[ShownRow]:
    """The rows as the page shows them: those that only lead about run into one that follows."""
    shown = []
    for about, rows in groupby(keyboard, key=lambda row: all(map(is_way, row))):
        if about:
            shown.append(ShownRow(tuple(one for row in rows for one in row), about=True))
        else:
            shown += [ShownRow(tuple(row), about=False) for row in rows]
    return shown


def address(attached: Attached, exchange: int, kind: str) -> str:
    """Where a file of an exchange is, below its person's path (the routes of bot.web.files)."""
    match attached:
        case Papers(review, version, _, ruling):
            return f"papers/{review}/{version}{f'-{ruling}' if ruling else ''}/{exchange}/{kind}"
        case DeskFile(name):
            return f"desk/{exchange}/{name}"
        case AllPapers(campaign, unit):
            return f"all/{campaign}/{unit}/{exchange}"
        case WholeDossier(campaign, whose):
            return f"dossier/{campaign}/{whose}/{exchange}"
        case SentPapers(campaign, sent_up):
            return f"sentup/{campaign}/{sent_up}/{exchange}"


def day_in_words(day: dt.datetime, language: str) -> str:
    """`Thứ Bảy, 21 tháng 11, 2026`, `Saturday, 21 November 2026`."""
    return format_date(day.date(), _DAY[language], locale=language)


_TAG = re.compile(r"<(/?)(b|i|u|s|code|blockquote)>")
_TAG_OR_GAP = re.compile(r"<(?P<closing>/?)(?:b|i|u|s|code|blockquote)>|(?P<gap>\n\s*\n)")
#: What stands behind a quotation begins a line by itself.
_AFTER_QUOTE = re.compile(r"(?<=</blockquote>)[ \t]*\n(?!\s*\n)")
#: Bars drawn of signs: what they show is said beside them.
_DRAWN = re.compile("[▰▱]{3,}|[▁▂▃▄▅▆▇█·]{6,}")
#: A link to the console, a wall screen or the booth in a message, made clickable on the page. Only its path is used, so
#: that it cannot lead elsewhere.
_LEADS_ON = re.compile(
    r"https?://[^\s<>\"'&/]+((?:/[\w.~-]+)*?/(?:(?:bang|tuong)/vao/|phieu/[0-9a-f]{1,20}(?:\?language=[a-z]{2})?#)[A-Z0-9]{6,20})\b"
)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});")


def safe_html(html: str) -> Markup:
    """`html` as markup when it is of the small set, else escaped whole.

    Messages are worded by our autoescaped templates, so their HTML is ours. This check stands between
    them and the page all the same: should a template ever let a person's text through unescaped, the
    page shows its characters and runs nothing.
    """
    if not _is_ours(html):
        return escape(html)
    html = _DRAWN.sub(r'<span aria-hidden="true">\g<0></span>', html)
    html = _LEADS_ON.sub(r'<a href="\g<1>" target="_blank" rel="noopener">\g<0></a>', html)
    return Markup(html)  # noqa: S704 - checked against the whole set


def in_parts(html: str) -> Markup:
    """`html` as markup, with what stands between blank lines in a block of its own: a page needs no whole line between them."""
    html = _AFTER_QUOTE.sub("", html)
    parts, begun, depth = [], 0, 0
    for found in _TAG_OR_GAP.finditer(html):
        if found["gap"] is None:
            depth += -1 if found["closing"] else 1
        elif not depth:
            parts.append(html[begun : found.start()])
            begun = found.end()
    parts.append(html[begun:])
    *before, end = (safe_html(part) for part in parts)
    return Markup("").join(
        [*(Markup("<div>{}\n</div>").format(one) for one in before), Markup("<div>{}</div>").format(end)]
    )


def _is_ours(html: str) -> bool:
    """Only known tags without attributes, properly nested, and no bare `<`, `>` or `&`."""
    rest = _ENTITY.sub("", _TAG.sub("", html))
    return not any(sign in rest for sign in "<>&") and _is_nested(html)


def _is_nested(html: str) -> bool:
    opened: list[str] = []
    for closing, name in _TAG.findall(html):
        if not closing:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened
