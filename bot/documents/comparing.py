"""Compares a file word by word with the paper printed anew from what was stored."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.documents.extracting import Taken
from bot.door.verdicts import Difference

#: Maximum number of differences shown.
SHOWN = 5
#: Number of words shown before a difference, and maximum length of its text.
_LEAD, _LONGEST = 6, 200
#: With more words than this, no alignment is computed: only the first difference is told.
_MOST_WORDS = 6_000
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
#: Soft hyphens, and characters that only mark line breaks or text direction.
_NOTHING = re.compile("[\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_DOTS = re.compile(r"[.…]{4,}")


@dataclass(frozen=True, slots=True)
class Compared:
    """The differences of a file: the first of `many`, and what else differs, with its pages."""

    differences: tuple[Difference, ...]
    many: int
    beside: tuple[tuple[str, tuple[int, ...]], ...]

    @property
    def same(self) -> bool:
        """Whether the file says and shows what was stored, and nothing else."""
        return not self.many and not self.beside


def words(text: str) -> list[str]:
    """The words in the form in which they are compared: normalised letters and blanks, and dotted lines of one length."""
    plain = unicodedata.normalize("NFC", _NOTHING.sub("", text.translate(_LIGATURES)))
    return _DOTS.sub("....", plain).split()


def likeness(one: Counter[str], other: Counter[str]) -> int:
    """The number of words that only one of the texts has; 0 for equal texts."""
    return (one - other).total() + (other - one).total()


def compared(kept: Taken, file: Taken) -> Compared:
    """The differences between the file and what was stored; both are of the same kind."""
    places = [(word, number) for number, page in enumerate(file.pages, start=1) for word in words(page)]
    before, after = [word for page in kept.pages for word in words(page)], [word for word, _ in places]
    found = list(_differences(before, after, [page for _, page in places]))
    return Compared(tuple(found[:SHOWN]), len(found), tuple(_beside(kept, file, same=not found)))


def _differences(before: Sequence[str], after: Sequence[str], pages: Sequence[int]) -> Iterator[Difference]:
    start = next(
        (place for place, (one, other) in enumerate(zip(before, after, strict=False)) if one != other),
        min(len(before), len(after)),
    )
    if start == len(before) == len(after):
        return
    behind = 0
    while behind < min(len(before), len(after)) - start and before[-1 - behind] == after[-1 - behind]:
        behind += 1
    old, new = before[start : len(before) - behind], after[start : len(after) - behind]
    if len(old) + len(new) > _MOST_WORDS:
        yield _place(before, after, pages, (start, start + len(old), start, start + len(new)))
        return
    for kind, one, until, other, then in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield _place(before, after, pages, (start + one, start + until, start + other, start + then))


def _place(
    before: Sequence[str], after: Sequence[str], pages: Sequence[int], at: tuple[int, int, int, int]
) -> Difference:
    one, until, other, then = at
    page = pages[min(other, len(pages) - 1)] if pages else 1
    return Difference(
        _short(before[one:until]), _short(after[other:then]), _short(before[max(0, one - _LEAD) : one]), page
    )


def _short(some: Sequence[str]) -> str:
    text = " ".join(some)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _beside(kept: Taken, file: Taken, *, same: bool) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Differences other than in words. The look of a page is compared only if its words are the same."""
    if len(kept.pages) != len(file.pages):
        yield ("fewer_pages" if len(file.pages) < len(kept.pages) else "more_pages"), (len(file.pages), len(kept.pages))
    elif same and (changed := _other(kept.looks, file.looks)):
        yield ("other_program" if kept.made_by != file.made_by else "look"), changed
    pictures, theirs = Counter(kept.pictures), Counter(file.pictures)
    if pictures - theirs:
        yield "code", ()
    elif theirs - pictures:
        yield "pictures", ()
    for name, _ in sorted((Counter(dict(file.beside)) - Counter(dict(kept.beside))).items()):
        yield name, ()


def _other(kept: Sequence[str], file: Sequence[str]) -> tuple[int, ...]:
    return tuple(number for number, (one, two) in enumerate(zip(kept, file, strict=True), start=1) if one != two)
