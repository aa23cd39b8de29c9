"""The texts a rulebook rests on, word for word, as far as the house has them: for whoever asks why something is asked."""

import re
from collections.abc import Iterable
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
    found: dict[str, LawText] = {}
    texts = tuple(texts)
    for part in re.split(r"\s*;\s*", cite):
        holding = [one for one in texts if part == one.clause or re.match(re.escape(one.clause) + r"[ ,.]", part)]
        if holding:
            longest = max(holding, key=lambda one: len(one.clause))
            found.setdefault(longest.clause, longest)
    return tuple(found.values())
