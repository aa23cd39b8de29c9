"""The catalogue of products (Danh mục sản phẩm, công việc quy đổi) in which an office counts its work.

Nghị định 335/2025/NĐ-CP, Điều 13 khoản 1: at most five groups by complexity; each product has its value in standard
units. The content is the office's own; nothing is made up here.
"""

from collections.abc import Iterable
from dataclasses import dataclass

#: Nghị định 335/2025/NĐ-CP, Điều 13 khoản 1 điểm a.
MOST_GROUPS = 5


@dataclass(frozen=True, slots=True)
class Product:
    """A product or kind of work."""

    code: str
    name: str
    #: The group of complexity, as the office numbers it.
    group: str
    #: Standard units (đơn vị sản phẩm chuẩn) of one.
    coefficient: float
    #: What it is counted in.
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The products of an office, stored under a `number`. A later number never changes what was counted before."""

    number: int
    products: tuple[Product, ...]

    def product(self, code: str) -> Product | None:
        """The product with that code, ignoring case."""
        return next((one for one in self.products if one.code.casefold() == code.casefold()), None)


@dataclass(frozen=True, slots=True)
class CatalogueChange:
    """The products that another catalogue would add, remove, or count differently (before, after)."""

    added: tuple[Product, ...]
    gone: tuple[Product, ...]
    changed: tuple[tuple[Product, Product], ...]

    @property
    def nothing(self) -> bool:
        """Whether nothing would change."""
        return not (self.added or self.gone or self.changed)


def changes(kept: Catalogue | None, products: Iterable[Product]) -> CatalogueChange:
    """How the products differ from those that are kept."""
    before = {one.code.casefold(): one for one in (kept.products if kept else ())}
    after = {one.code.casefold(): one for one in products}
    return CatalogueChange(
        tuple(one for code, one in after.items() if code not in before),
        tuple(one for code, one in before.items() if code not in after),
        tuple((before[code], one) for code, one in after.items() if code in before and before[code] != one),
    )
