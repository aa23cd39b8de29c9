"""Law texts: the clauses a rulebook rests on, word for word, as far as they are at hand. People read them when they
want to know why something is asked.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LawText:
    """A clause with its text."""

    #: As rules cite it.
    clause: str
    title: str
    text: str
    #: The document that the text was taken from.
    source: str


def texts_for(texts: Iterable[LawText], cite: str) -> tuple[LawText, ...]:
    """The texts of the clauses that `cite` names, in its order. If only a larger clause is at hand, such as the whole
    article, its text is given.
    """
    texts = tuple(texts)
    return tuple(dict.fromkeys(one for part in clauses_of(cite) for one in _held(texts, part)))


def clauses_of(cite: str) -> tuple[str, ...]:
    """The clauses named by a cite, which separates them by semicolons."""
    return tuple(re.split(r"\s*;\s*", cite))


def _held(texts: Sequence[LawText], part: str) -> Iterable[LawText]:
    first, *others = part.split(" và ")
    if one := _narrowest(texts, first):
        yield one
    before = first
    for other in others:
        named = _beside(texts, before, other)
        if named and (one := _narrowest(texts, named)):
            yield one
        before = named or before


def _beside(texts: Sequence[LawText], before: str, short: str) -> str:
    """The full name of the clause `short`. After “và”, a cite leaves out what the clause has in common with the one
    before it: “Kế hoạch, II.2.a và II.2.b”. "": no possible full name has a text.
    """
    words = before.split(" ")
    for kept in range(len(words), -1, -1):
        common = " ".join(words[:kept])
        named = f"{common} {short}".strip()
        one = _narrowest(texts, named)
        if one and len(one.clause) > len(common):
            return named
    return ""


def _narrowest(texts: Sequence[LawText], part: str) -> LawText | None:
    holding = [one for one in texts if part == one.clause or re.match(re.escape(one.clause) + r"[ ,.]", part)]
    return max(holding, key=lambda one: len(one.clause), default=None)
