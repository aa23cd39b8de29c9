"""Wording of the chat: a template name and its values become a message or the label of a button.

Templates are Vietnamese (`templates/messages/**.j2`); `templates/locale/<language>/LC_MESSAGES/tusoi.po`
holds the other languages. Values are data: what a person wrote is escaped and never interpreted.

A reader is described by their tongue (`rules.nouns.people.tongue`): a language and, if the roster tells it, how they are
addressed in Vietnamese. Templates and rulebooks write “anh/chị”; readers whose gender the roster gives see “anh” or
“chị”. This is replaced when a sentence is translated, before values are inserted, so that people's texts, names, clauses
and papers stay as they are.

Filters in templates, in addition to Jinja2 and `{% trans %}`:
    {{ text | official }}    text of a rulebook, in the reader's language if there is a translation
    {{ text | asked }}       the same for a question to the reader, who is addressed as elsewhere
    {{ text | asked_of(gender) }}  the same for a question about somebody else, with that person's pronoun, if known
    {{ text | lower_first }} as it reads within a sentence
    {{ text | ended }}       with a full stop, unless it ends with one or its like
    {{ text | quoted }}      a quotation, with “…” where it begins within its sentence
    {{ "menu/start" | label }}  what stands on that button; `label(values)` fills it
    {{ x | number }}         80,5   (en: 80.5), with every digit that is judged
    {{ x | months_days }}    (2, 29) of months counted by the calendar that are no whole number
    {{ iso | day }}          10/12/2020   (en: 10 December 2020)
    {{ iso | moment }}       10/12/2020, 14:05
    {{ iso | written_day }}  05/3/1980, as papers write it   (en: 5 March 1980)
    {{ iso | typed_day }}    10/12/2020, as an example of what can be typed, whatever the language
    {{ year | period(name) }}  năm 2026, quý III/2026, tháng 9/2026: a period by its year and its name (rules.nouns.periods)
    {{ year | part(name) }}  the same after a comma
    {{ post | held }}        – kiêm Phó Trưởng ban, Ban Dân tộc: the second post a review is about; nothing for the first
Names of forms with their periods; forms are named only by these filters (`post`: see `held`):
    {{ code | named(year, name, post) }}         Mẫu số 01, tháng 9/2026
    {{ title | titled(code, year, name, post) }} Phiếu theo dõi, đánh giá công chức (Mẫu số 01), tháng 9/2026
    {{ who | whose(code, year, name, post) }}    Lê Văn Tám (Mẫu số 01, tháng 9/2026): whose review it is, within a sentence
"""

import datetime as dt
import io
import json
import re
from collections.abc import Mapping, MutableMapping
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from types import CodeType
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from jinja2 import BytecodeCache, ChainableUndefined, Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.bccache import Bucket
from jinja2.runtime import Context

from rules.nouns.days import as_written
from rules.nouns.people import Gender
from rules.nouns.people import tongue as tongue_of
from templates.numbers import digits, whole_and_days

#: Languages of the chat; the templates are written in the first.
LANGUAGES = ("vi", "en")
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
#: The mark such as "a) " before the words of a criterion, removed on a screen where each has its mark already.
_MARK = re.compile(r"^[a-zđ]\)\s*")
_DAY = {"vi": "dd/MM/yyyy", "en": "d MMMM yyyy"}
_YOU = re.compile("anh/chị", re.IGNORECASE)
_ADDRESSED = {Gender.MALE: "anh", Gender.FEMALE: "chị"}


def message(template: str, values: Mapping[str, object], tongue: str, *, kept: bool = False) -> str:
    """The message in the small HTML subset that all channels share (<b> <i> <u> <s> <code> <blockquote>). `kept`: the
    message was sent before, perhaps by an earlier program; values unknown to that program are empty.
    """
    templates = environment(tongue, kept=True) if kept else environment(tongue)
    return templates.get_template(f"{template}.j2").render(values).strip()


def label(name: str, values: Mapping[str, object], tongue: str, *, kept: bool = False) -> str:
    """The plain text of a button: block `back` of `question/labels.j2` for the name `question/back`. `kept`: as for
    `message`.
    """
    return _label(name, json.dumps(values) if values else "{}", tongue, kept)


@lru_cache(maxsize=4096)
def _label(name: str, values: str, tongue: str, kept: bool) -> str:  # noqa: FBT001 - lru_cache keys what is positional
    """The label, cached, because the same few stand under nearly every message. `values` are JSON, so that equal values
    are one key.
    """
    folder, _, block = name.rpartition("/")
    templates = environment(tongue, kept=True) if kept else environment(tongue)
    template = templates.get_template(f"{folder}/labels.j2" if folder else "labels.j2")
    drawn = template.blocks[block](template.new_context(json.loads(values)))
    return " ".join("".join(drawn).split())


def all_templates() -> list[str]:
    """The files of all messages and labels."""
    return environment(LANGUAGES[0]).list_templates(extensions=["j2"])


def make_ready(template: str, tongue: str) -> None:
    """Compile a template before it is first needed."""
    env = environment(tongue)
    assert env.loader is not None
    env.loader.load(env, template, env.globals)


class _Messages(Environment):
    """Templates without globals of their own: looking names up in one shared dict is faster than in a chain."""

    def make_globals(self, _: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of the environment."""
        return self.globals


class _Compiled(BytecodeCache):
    """A bytecode cache, so that what is compiled for one reader serves readers who are addressed differently."""

    def __init__(self) -> None:
        self._known: dict[str, CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load the bytecode compiled earlier from the same source."""
        bucket.code = self._known.get(f"{bucket.key} {bucket.checksum}")

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store the bytecode."""
        if bucket.code is not None:
            self._known[f"{bucket.key} {bucket.checksum}"] = bucket.code


_compiled = cache(lambda _language, _kept: _Compiled())


def language_of(tongue: str) -> str:
    """The language of a tongue; Vietnamese when it is not available."""
    language = tongue.partition("-")[0]
    return language if language in LANGUAGES else LANGUAGES[0]


@cache
def environment(tongue: str, *, kept: bool = False) -> Environment:
    """The templates for a reader of that tongue. `kept`: as for `message`."""
    language, translations = language_of(tongue), catalog(tongue)
    env = _Messages(
        loader=PackageLoader("templates", "messages"),
        extensions=["jinja2.ext.i18n"],
        autoescape=_is_html,
        undefined=ChainableUndefined if kept else StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,  # unlimited: the number of templates is fixed, and a counting cache is slower than a dict
        bytecode_cache=_compiled(language, kept),
    )
    env.policies["ext.i18n.trimmed"] = True
    # The extension adds this method to the environment when it is loaded.
    env.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
    plain = catalog(language)
    env.filters["official"] = lambda text: plain.gettext(text) if text else ""
    env.filters["asked_of"] = lambda text, who: catalog(tongue_of(language, who)).gettext(text) if text else ""

    # Both depend on the reader, so the compiler must not evaluate them in advance.
    @pass_context
    def asked(_: Context, text: str) -> str:
        return translations.gettext(text) if text else ""

    @pass_context
    def labelled(_: Context, name: str, values: Mapping[str, object] | None = None) -> str:
        return label(name, values or {}, tongue, kept=kept)

    env.filters["asked"] = asked
    env.filters["label"] = labelled
    env.filters["number"] = lambda value: digits(value, language)
    env.filters["months_days"] = whole_and_days
    env.filters["lower_first"] = _lower_first
    env.filters["ended"] = _ended
    env.filters["quoted"] = _quoted
    env.filters["marked_off"] = lambda text: _MARK.sub("", text)
    env.filters["day"] = lambda iso: _day(iso, language)
    env.filters["typed_day"] = lambda iso: _day(iso, LANGUAGES[0])
    env.filters["written_day"] = lambda iso: _written_day(iso, language)
    env.filters["period"] = lambda year, name: _period(year, name, language)
    env.filters["part"] = lambda year, name: _part(year, name, language)
    env.filters["held"] = lambda post: _held(post, language)
    env.filters["named"] = lambda code, year, name, post="": _named(code, year, name, post, language)
    env.filters["titled"] = lambda title, code, year, name, post="": _titled(title, code, year, name, post, language)
    env.filters["whose"] = lambda who, code, year, name, post="": _whose(who, code, year, name, post, language)
    env.filters["moment"] = lambda iso: f"{_day(iso, language)}, {_time(iso)}"
    return env


class _Addressing(NullTranslations):
    """Vietnamese as written in the templates, with the pronoun for this reader."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self._word = word
        self.gettext = lru_cache(maxsize=4096)(self._addressed)  # type: ignore[method-assign]  # the same sentences over and over

    def _addressed(self, message: str) -> str:
        return _YOU.sub(lambda found: self._word.capitalize() if found[0][0].isupper() else self._word, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The same sentence for every number: Vietnamese has no plural forms."""
        return self.gettext(msgid1 if n == 1 else msgid2)


@cache
def catalog(tongue: str) -> NullTranslations:
    """The translations for a tongue, from the .po file of its language; Vietnamese needs none."""
    language, gender = language_of(tongue), tongue.partition("-")[2]
    if language == LANGUAGES[0]:
        return _Addressing(_ADDRESSED[Gender(gender)]) if gender else NullTranslations()
    if gender:
        return catalog(language)
    compiled = io.BytesIO()
    source = files("templates").joinpath("locale", language, "LC_MESSAGES", "tusoi.po").read_bytes()
    write_mo(compiled, read_po(io.BytesIO(source), locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def _is_html(name: str | None) -> bool:
    """Messages are HTML, labels of buttons are plain text."""
    return not (name or "").endswith("labels.j2")


def _lower_first(text: str) -> str:
    """The text beginning with a lower-case letter; words in capitals are kept, and escaped text stays escaped."""
    lowered = text[:1].lower() + text[1:]
    return text if text[:2].isupper() else lowered


def _ended(text: str) -> str:
    return text if text.endswith((".", "…", "!", "?")) else text + "."


def _quoted(text: str) -> str:
    """A quotation; one that begins in the middle of a sentence starts with dots."""
    return f"… {text}" if text[:1].islower() else text


#: How parts of a year are worded, by the initial letter of their names.
_PARTS = {"h": "half", "q": "quarter", "m": "month"}


def _period(year: int, name: str, language: str) -> str:
    """What was stored before periods had names was about a whole year."""
    words = str(name or "year")
    worded = _PARTS.get(words[0], words)
    return label(f"which/{worded}", {"year": year, "number": int(words[1:]) if worded != words else 0}, language)


def _part(year: int, name: str, language: str) -> str:
    """What was stored before lines named the period does not mention it."""
    return f", {_period(year, name, language)}" if year else ""


def _held(post: str, language: str) -> str:
    return f" – {label('which/post', {'post': str(post)}, language)}" if post else ""


def _named(code: str, year: int, name: str, post: str, language: str) -> str:
    """What was stored before lines named the form gives only the period."""
    form = catalog(language).gettext(str(code)) if code else ""
    when = _part(year, name, language)
    return (form + when if form else when.removeprefix(", ")) + _held(post, language)


def _titled(title: str, code: str, year: int, name: str, post: str, language: str) -> str:
    """Official titles are in capitals; within a sentence they are not."""
    worded = catalog(language).gettext(str(title)).capitalize() if title else ""
    numbered = f" ({catalog(language).gettext(str(code))})" if code else ""
    return f"{worded}{numbered}{_part(year, name, language)}{_held(post, language)}"


def _whose(who: str, code: str, year: int, name: str, post: str, language: str) -> str:
    form = _named(code, year, name, "", language)
    return f"{who}{_held(post, language)}" + (f" ({form})" if form else "")


def _day(iso: str, language: str) -> str:
    day = _here(iso).date() if "T" in iso else dt.date.fromisoformat(iso)
    return format_date(day, _DAY[language], locale=language)


def _written_day(iso: str, language: str) -> str:
    day = dt.date.fromisoformat(iso)
    return as_written(day) if language == LANGUAGES[0] else format_date(day, _DAY[language], locale=language)


def _time(iso: str) -> str:
    return format_time(_here(iso).time(), "HH:mm", locale="vi")


def _here(iso: str) -> dt.datetime:
    """A moment in Vietnamese time, whatever zone it was stored in."""
    moment = dt.datetime.fromisoformat(iso)
    return moment.astimezone(ZONE) if moment.tzinfo else moment
