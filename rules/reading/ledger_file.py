"""The border of a ledger file (`tusoi score`). Everything that does not fit is told at once.

```yaml
subject: official
leader: false
period: 2026-03                  # text: a month, a quarter
groups: {Đơn giản: 1, Phức tạp: 3}
products:
  - {name: Tờ trình sáp nhập, group: Phức tạp, assigned: 1, done: 1, faults: 1}
  - {name: Công văn trả lời, group: Đơn giản, assigned: 10, done: 9, delays: [1, 2]}     # one once late, one twice
  - {name: Báo cáo quý, group: Đơn giản, assigned: 1, done: 1, delays: 1, excused: {delays: 1, by: "Văn bản 15/SNV"}}
  - {name: Đề án chuyển người khác, group: Phức tạp, assigned: 1, handed_over: true}
  - {name: Việc đột xuất, group: Đơn giản, done: 1, extra: true}
facts: {general_points: 28}
```

Where an office has a score table in its rulebook (`scores/bang-diem.yaml`), its points may stand in place of their sum:
`points: {bang-diem: {c1: 5, c2: 4}}`.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from rules.book.facts import FACTS, wrong
from rules.book.ledger import Ledger, Product
from rules.book.rulebook import Rulebook
from rules.book.scores import LedgerRule
from rules.nouns.conditions import FactValue
from rules.nouns.errors import Mistake, RulebookErrors, WrongCaseError
from rules.nouns.values import Subject
from rules.reading.border import Border, read
from rules.reading.strict_yaml import Path, YamlDocument

Text = Annotated[str, StringConstraints(min_length=1, pattern=r"\S")]
Count = Annotated[int, Field(ge=0, le=100_000)]
Times = Count | tuple[Count, ...]
Units = Annotated[float, Field(gt=0, le=1000)]


class _Excused(Border):
    """Faults and delays whose cause was confirmed as objective. They are written in the same way as those of the
    product; `by` says who confirmed it, and in which paper.
    """

    faults: Times = 0
    delays: Times = 0
    by: Text


class _Product(Border):
    name: Text
    group: Text
    assigned: Count = 0
    done: Count = 0
    faults: Times = 0
    delays: Times = 0
    excused: _Excused | None = None
    handed_over: bool = False
    extra: bool = False


class _Ledger(Border):
    subject: Subject
    leader: bool
    period: Text = " "
    groups: dict[Text, Units] = Field(default_factory=dict)
    products: tuple[_Product, ...] = ()
    points: dict[Text, dict[Text, Annotated[float, Field(ge=0)]]] = Field(default_factory=dict)
    facts: dict[str, Any] = Field(default_factory=dict)


def read_ledger(document: YamlDocument, book: Rulebook) -> Ledger:
    """The ledger that a document writes, for the rules of `book`. Raises WrongCaseError with every mistake."""
    try:
        file = read(_Ledger, document)
    except RulebookErrors as error:
        raise WrongCaseError(error.mistakes) from error
    groups = file.groups or (book.scores.ledger.groups if book.scores.ledger else {})
    mistakes = (
        *_groups(file, book.scores.ledger, document),
        *(one for n, product in enumerate(file.products) for one in _product(product, n, groups, document)),
        *_points(file, book, document),
        *_facts(file.facts, document),
    )
    if mistakes:
        raise WrongCaseError(mistakes)
    return Ledger(
        subject=file.subject,
        leader=file.leader,
        period=file.period.strip(),
        groups=groups,
        products=tuple(_kept(product) for product in file.products),
        facts={name: _value(value) for name, value in file.facts.items()},
        points=file.points,
    )


def _groups(file: _Ledger, rule: LedgerRule | None, document: YamlDocument) -> Iterator[Mistake]:
    if file.products and rule is None:
        yield document.mistake(("products",), "no_ledger")
    if rule and len(file.groups) > rule.groups_at_most:
        yield document.mistake(("groups",), "groups_at_most", limit=rule.groups_at_most, cite=rule.cite)


def _product(product: _Product, number: int, groups: Mapping[str, float], document: YamlDocument) -> Iterator[Mistake]:
    path: Path = ("products", number)
    if product.group not in groups:
        if groups:
            yield document.mistake((*path, "group"), "one_of", given=product.group, expected=", ".join(groups))
        else:
            yield document.mistake((*path, "group"), "no_groups", given=product.group)
    if not product.extra and not product.assigned:
        yield document.mistake((*path, "assigned"), "assigned")
    if product.extra and product.assigned:
        yield document.mistake((*path, "assigned"), "extra_assigned")
    if product.handed_over and product.done:
        yield document.mistake((*path, "done"), "handed_over")
    if not product.extra and product.done > product.assigned:
        yield document.mistake((*path, "done"), "done_at_most", given=product.done, limit=product.assigned)
    yield from _times(product, path, document)


def _times(product: _Product, path: Path, document: YamlDocument) -> Iterator[Mistake]:
    """Mistakes in faults and delays. Only products that are done can have any, and if several are done, the number of
    times must be given for each.
    """
    for name in ("faults", "delays"):
        times: Times = getattr(product, name)
        if isinstance(times, int) and times > 1 and product.done > 1:
            yield document.mistake((*path, name), "times_each", given=times)
        elif len(_listed(times)) > product.done:
            yield document.mistake((*path, name), "times_of_done", given=times, done=product.done)
        excused = _listed(getattr(product.excused, name)) if product.excused else ()
        if excused and not _covers(_listed(times), excused):
            yield document.mistake((*path, "excused", name), "excused_of", given=list(excused), times=times)


def _covers(times: tuple[int, ...], excused: tuple[int, ...]) -> bool:
    """Whether the excused times are given for each product, and none exceeds what the product had."""
    return len(times) == len(excused) and all(off <= count for count, off in zip(times, excused, strict=True))


def _points(file: _Ledger, book: Rulebook, document: YamlDocument) -> Iterator[Mistake]:
    for id_, points in file.points.items():
        if id_ not in book.tables:
            if book.tables:
                yield document.mistake(("points", id_), "one_of", given=id_, expected=", ".join(book.tables))
            else:
                yield document.mistake(("points", id_), "no_tables", given=id_)
            continue
        most = {row.key: row.maximum for group in book.tables[id_].groups for row in group.criteria}
        for key, given in points.items():
            if key not in most:
                yield document.mistake(("points", id_, key), "one_of", given=key, expected=", ".join(most))
            elif given > most[key]:
                yield document.mistake(("points", id_, key), "at_most", given=given, le=most[key])


def _facts(facts: Mapping[str, Any], document: YamlDocument) -> Iterator[Mistake]:
    for name, value in facts.items():
        if name not in FACTS:
            yield document.mistake(("facts", name), "known_fact", given=name, known=", ".join(FACTS))
        elif found := wrong(FACTS[name], value):
            yield document.mistake(("facts", name), found.expected, given=value, **found.values)


def _kept(product: _Product) -> Product:
    excused = product.excused
    return Product(
        name=product.name,
        group=product.group,
        assigned=product.assigned,
        done=product.done,
        faults=_without(_listed(product.faults), _listed(excused.faults) if excused else ()),
        delays=_without(_listed(product.delays), _listed(excused.delays) if excused else ()),
        extra=product.extra,
    )


def _listed(times: Times) -> tuple[int, ...]:
    if isinstance(times, tuple):
        return times
    return (times,) if times else ()


def _without(times: tuple[int, ...], excused: tuple[int, ...]) -> tuple[int, ...]:
    """The times that still cost points after the excused ones are subtracted."""
    return tuple(count - off for count, off in zip(times, excused or (0,) * len(times), strict=True))


def _value(value: Any) -> FactValue:
    return tuple(value) if isinstance(value, list) else value
