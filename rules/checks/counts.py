"""Counts: files in the rulebook's folder `counts`, with the votes of a ballot and the outcome that the text gives them.

```yaml
counts:
  - name: mười hai đảng viên chính thức, tám phiếu chưa đủ
    ballot: members_excellent
    entitled: 12                 # `present` and `returned` are the same number unless they are given
    places: 1                    # how many the quota has room for; if left out, unknown
    votes: {An: 10, Bình: 8}     # how many agreed, for each line
    expect: {needed: 9, taken: [An], short: [Bình]}
    because: "…"                 # derived from the text, before the program is run
```
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import Field

from rules.balloting.counting import Bases, outcome
from rules.balloting.slips import AGREED, Tally
from rules.book.rulebook import Rulebook
from rules.nouns.errors import Mistake, RulebookErrors
from rules.reading.border import Border, read
from rules.reading.parts import Text
from rules.reading.strict_yaml import YamlDocument


class _Expected(Border):
    """The expected outcome. Every field that is given must match exactly; the others are not compared."""

    needed: int | None = None
    taken: tuple[Text, ...] | None = None
    tied: tuple[Text, ...] | None = None
    places_for_tied: int | None = None
    beyond: tuple[Text, ...] | None = None
    short: tuple[Text, ...] | None = None


class _Count(Border):
    name: Text
    ballot: Text
    entitled: int
    present: int | None = None
    returned: int | None = None
    places: int | None = None
    votes: dict[str, int] = Field(min_length=1)
    expect: _Expected
    because: Text


class _File(Border):
    counts: tuple[_Count, ...]


def count_mistakes(book: Rulebook, files: Iterable[YamlDocument]) -> Iterator[Mistake]:
    """Counts that cannot be read, name a ballot that the book does not have, or have another outcome than expected."""
    known = {one.key: one for one in book.ballots}
    for document in files:
        try:
            file = read(_File, document)
        except RulebookErrors as error:
            yield from error.mistakes
            continue
        for number, one in enumerate(file.counts):
            if one.ballot not in known:
                path = ("counts", number, "ballot")
                yield document.mistake(path, "one_of", given=one.ballot, expected=", ".join(known))
                continue
            present = one.entitled if one.present is None else one.present
            returned = present if one.returned is None else one.returned
            tally = Tally(present, returned, 0, {line: {AGREED: votes} for line, votes in one.votes.items()})
            came = outcome(known[one.ballot], tally, Bases(one.entitled, present, returned), one.places)
            for what, expected in one.expect.model_dump(exclude_unset=True).items():
                if getattr(came, what) != expected:
                    told = {"wanted": _shown(expected), "came": _shown(getattr(came, what))}
                    yield document.mistake(("counts", number), "scenario", name=one.name, what=what, **told)


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
