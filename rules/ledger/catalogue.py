"""The catalogue of products (Danh mục sản phẩm, công việc quy đổi): what an office counts its work in.

Nghị định 335/2025/NĐ-CP, Điều 13 khoản 1: at most five groups by complexity, each product with its worth in standard units.
What is in it is the office's own; none is made up here.
"""

from collections.abc import Iterable
from dataclasses import dataclass

#: Điều 13 khoản 1 điểm a.
MOST_GROUPS = 5


@dataclass(frozen=True, slots=True)
class Product:
    """A product or kind of work. `coefficient`: standard units (đơn vị sản phẩm chuẩn) of one; `unit`: what it is counted in;
    `group`: of complexity, as the office numbers it.
    """

    code: str
    name: str
    group: str
    coefficient: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The products of an office as they were kept under a `number`; a later number never changes what was counted before."""

    number: int
    products: tuple[Product, ...]

    def product(self, code: str) -> Product | None:
        """The product of that code, in whatever letters."""
        return next((one for one in self.products if one.code.casefold() == code.casefold()), None)


@dataclass(frozen=True, slots=True)
class CatalogueChange:
    """What another catalogue would change, by product: new ones, those gone, and those counted otherwise (before, after)."""

    added: tuple[Product, ...]
    gone: tuple[Product, ...]
    changed: tuple[tuple[Product, Product], ...]

    @property
    def nothing(self) -> bool:
        """Whether it is the same."""
        return not (self.added or self.gone or self.changed)


def changes(kept: Catalogue | None, products: Iterable[Product]) -> CatalogueChange:
    """The products beside those that are kept."""
    before = {one.code.casefold(): one for one in (kept.products if kept else ())}
    after = {one.code.casefold(): one for one in products}
    return CatalogueChange(
        tuple(one for code, one in after.items() if code not in before),
        tuple(one for code, one in before.items() if code not in after),
        tuple((before[code], one) for code, one in after.items() if code in before and before[code] != one),
    )
