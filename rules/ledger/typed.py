"""Reading work as people type and paste it, one line each (`3 báo cáo nhóm 2`). Only unambiguous lines are accepted."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from rules.ledger.catalogue import Catalogue, Product
from rules.ledger.work import MOST_OF_A_LINE, MOST_TIMES, SlipKind
from rules.nouns.text import folded, shorten, without_diacritics

#: How many lines of a message and characters of a line are read.
MOST_LINES, MOST_CHARS = 40, 300
#: How many products are listed when asking which one was meant.
NAMED = 4

#: `- `, `• `, `1) `, `2. ` at the start of a line. A number followed only by a blank is a count.
_MARK = re.compile(r"^\s*(?:[-–•*+]|\d{1,2}[.)])\s+")
_GROUP = re.compile(r"\b(?:nhóm|nhom)\s*(\w{1,10})\b")
_EXTRA = re.compile(
    r"\(?\b(?:phát sinh|phat sinh|đột xuất|dot xuat|ngoài kế hoạch|ngoai ke hoach)(?: (?:ngoài|ngoai) (?:kế hoạch|ke hoach))?\b\)?"
)
_TIMES = re.compile(r"(?<![\w.,/])[x×]?\s*(\d{1,6})(?![\w/]|[.,]\d)", re.IGNORECASE)
_BRACKETS = re.compile(r"\(([^()]*)\)")
_RESULT = re.compile(
    r"^(?:việc|viec|dòng|dong)?\s*(\d{1,3})\s*[:.)–-]?\s*"
    r"(xong|sai sót|sai sot|sai|lỗi|loi|chậm|cham|trễ|tre)\b\s*[:–-]?\s*(.*)$",
    re.IGNORECASE | re.DOTALL,
)
_ALL = re.compile(r"^(hết|het|cả|ca|tất cả|tat ca|đủ|du|toàn bộ|toan bo)?[.!]?$", re.IGNORECASE)
_SO_MANY = re.compile(r"^(\d{1,6})\s*(?:lần|lan|sản phẩm|san pham)?\s*[.,;:–-]?\s*(.*)$", re.IGNORECASE | re.DOTALL)
_BECAUSE = re.compile(r"^(?:do|vì|vi|lý do|ly do|nguyên nhân|nguyen nhan)\b\s*:?\s*", re.IGNORECASE)


class Why(StrEnum):
    """Why a line was not understood."""

    UNKNOWN = "unknown"  # no product of the catalogue has that name
    SEVERAL = "several"  # several products do
    NO_COUNT = "no_count"  # how many?
    COUNTS = "counts"  # two numbers, or one that cannot be a count
    LONG = "long"
    NO_LINE = "no_line"  # for a result: no line has that number
    TIMES = "times"  # for a result: how many times?


@dataclass(frozen=True, slots=True)
class Given:
    """A line that was understood: a number of one product. `text`: as typed."""

    product: Product
    count: int
    text: str
    extra: bool = False
    what: str = ""


@dataclass(frozen=True, slots=True)
class Unclear:
    """A line that was not understood. `products`: the possible ones; `count`: the number, if that was clear."""

    text: str
    why: Why
    products: tuple[Product, ...] = ()
    count: int = 0
    extra: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """`2 xong`, `2 xong 3`: how many of a line are done (None: all)."""

    line: int
    count: int | None


@dataclass(frozen=True, slots=True)
class Slipped:
    """`2 sai 1`, `3 chậm 2 do chờ văn bản`: one product of the line, how many times, and the given cause."""

    line: int
    kind: SlipKind
    times: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """The content of a message, line by line, in order."""

    given: tuple[Given, ...] = ()
    results: tuple[Done | Slipped, ...] = ()
    unclear: tuple[Unclear, ...] = field(default=())
    #: How many lines were not read.
    more: int = 0


def read(text: str, catalogue: Catalogue) -> Typed:
    """What was typed or pasted about the products of this catalogue."""
    lines = [line.strip() for line in re.split(r"[\n;]+", text) if line.strip()]
    found = [_result(line) or _given(line, catalogue) for line in lines[:MOST_LINES]]
    return Typed(
        tuple(one for one in found if isinstance(one, Given)),
        tuple(one for one in found if isinstance(one, Done | Slipped)),
        tuple(one for one in found if isinstance(one, Unclear)),
        len(lines[MOST_LINES:]),
    )


def _result(line: str) -> Done | Slipped | Unclear | None:
    found = _RESULT.match(line) if len(line) <= MOST_CHARS else None
    if found is None:
        return None
    number, word, rest = int(found[1]), without_diacritics(found[2].casefold()), found[3].strip()
    if word == "xong":
        if _ALL.match(rest):
            return Done(number, None)
        so_many = re.fullmatch(r"(\d{1,6})[.!]?", rest)
        return Done(number, int(so_many[1])) if so_many else Unclear(line, Why.TIMES)
    kind = SlipKind.DELAY if word in {"cham", "tre"} else SlipKind.FAULT
    times = _SO_MANY.match(rest)
    if times is None or not 0 < int(times[1]) <= MOST_TIMES:
        return Unclear(line, Why.TIMES)
    return Slipped(number, kind, int(times[1]), _BECAUSE.sub("", times[2]).strip())


def _given(line: str, catalogue: Catalogue) -> Given | Unclear:
    if len(line) > MOST_CHARS:
        return Unclear(shorten(line), Why.LONG)
    text = _MARK.sub("", line)
    by_code = _by_code(text, catalogue)
    if by_code:
        return by_code
    wanted = text.casefold()
    extra, wanted = bool(_EXTRA.search(wanted)), _EXTRA.sub(" ", wanted)
    named = _GROUP.search(wanted)
    wanted = _GROUP.sub(" ", wanted)
    notes = [note.strip() for note in _BRACKETS.findall(_EXTRA.sub(" ", text)) if note.strip()]
    wanted = _BRACKETS.sub(" ", wanted)
    group = named[1] if named else ""
    numbers = [int(one) for one in _TIMES.findall(wanted)]
    exact = _called(folded(wanted), catalogue.products, group)
    if len(exact) == 1 and numbers and not re.sub(r"\D", "", folded(exact[0].name)):
        exact = ()  # the number is the count
    words = folded(_TIMES.sub(" ", wanted))
    products = exact or _called(words, catalogue.products, group)
    counts = numbers if len(numbers) == 1 and 0 < numbers[0] <= MOST_OF_A_LINE else []
    count = counts[0] if counts else 0
    if len(products) != 1:
        near = products or _near(words, catalogue.products)
        return Unclear(line, Why.SEVERAL if products else Why.UNKNOWN, near[:NAMED], count, extra)
    if not count:
        return Unclear(line, Why.COUNTS if numbers or re.search(r"\d", wanted) else Why.NO_COUNT, products, 0, extra)
    return Given(products[0], count, line, extra, "; ".join(notes))


def _by_code(text: str, catalogue: Catalogue) -> Given | None:
    """Only a code and a count: `BC-01 3`, `BC-01: 3`, `3 BC-01`."""
    for product in catalogue.products:
        code = re.escape(product.code)
        found = re.fullmatch(
            rf"{code}\s*[:x×-]?\s+(\d{{1,4}})|{code}\s*[:x×=]\s*(\d{{1,4}})|(\d{{1,4}})\s*[x×]?\s+{code}",
            text,
            re.IGNORECASE,
        )
        if found:
            count = int(next(one for one in found.groups() if one))
            return Given(product, count, text) if 0 < count <= MOST_OF_A_LINE else None
    return None


def _called(words: str, products: Sequence[Product], group: str) -> tuple[Product, ...]:
    """The products that may be meant: by full name, otherwise with every word in name or unit, otherwise ignoring
    diacritics.
    """
    among = [one for one in products if not group or folded(one.group) in {folded(group), f"nhóm {folded(group)}"}]
    if not words:
        return ()
    for plain in (str, without_diacritics):
        asked = plain(words)
        whole = tuple(one for one in among if plain(folded(one.name)) == asked)
        if whole:
            return whole
        held = tuple(
            one for one in among if set(asked.split()) <= {*plain(folded(f"{one.name} {one.unit} {one.code}")).split()}
        )
        if held:
            return held
    return ()


def _near(words: str, products: Sequence[Product]) -> tuple[Product, ...]:
    names = {without_diacritics(folded(one.name)): one for one in products}
    near = difflib.get_close_matches(without_diacritics(words), names, NAMED, 0.5)
    return tuple(names[one] for one in near)
