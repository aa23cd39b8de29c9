"""The texts a rulebook rests on, word for word, as far as the house has them: for whoever asks why something is asked."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LawText:
    """A clause with its text. `clause` is written as rules cite it; `source`: the document it was taken from."""

    clause: str
    title: str
    text: str
    source: str


def texts_for(texts: Iterable[LawText], cite: str) -> tuple[LawText, ...]:
    """The texts of the clauses that `cite` names, in its order; that of an article also where a part of it is cited."""
    texts = tuple(texts)
    return tuple(dict.fromkeys(one for part in clauses_of(cite) for one in _held(texts, part)))


def clauses_of(cite: str) -> tuple[str, ...]:
    """What a cite names: clauses stand with a semicolon between them."""
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
    """The whole name of `short`, which leaves out what it has in common with the clause before it: “Kế hoạch, II.2.a và II.2.b”;
    "" where no text is held under any.
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
