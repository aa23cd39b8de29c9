"""Reads the spreadsheets into the catalogue and the work of an office, or reports all mistakes at once."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from openpyxl.utils.cell import coordinate_to_tuple

from bot.ledgers.columns import EXAMPLE, PRODUCTS_SHEET, WORK_SHEET, ProductOnSheet, WorkOnSheet
from bot.roster.columns import SheetLine
from bot.roster.fitting import same_key
from bot.roster.package import workbook_of
from bot.roster.worksheet import Worksheet, read_sheet
from rules.ledger.assigned import Assigned
from rules.ledger.catalogue import MOST_GROUPS, Catalogue, Product
from rules.nouns.errors import Mistake, RosterErrors
from rules.nouns.text import folded

RowT = TypeVar("RowT", bound=SheetLine)


def read_catalogue(file: Path | bytes) -> tuple[Product, ...]:
    """The products of the file. Raises RosterErrors naming every mistake with its cell."""
    with workbook_of(file) as workbook:
        sheet = _without_example(read_sheet(workbook, PRODUCTS_SHEET, ProductOnSheet), "code")
    mistakes = [*sheet.mistakes, *_of_products(sheet)]
    if mistakes:
        raise RosterErrors(tuple(sorted(mistakes, key=_place)))
    return tuple(Product(row.code, row.name, row.group, row.coefficient, row.unit) for row in sheet.rows)


def read_work(file: Path | bytes) -> Worksheet[WorkOnSheet]:
    """The rows of the file and the mistakes within single rows. Raises RosterErrors when it cannot be read at all."""
    with workbook_of(file) as workbook:
        return _without_example(read_sheet(workbook, WORK_SHEET, WorkOnSheet), "key")


def assigned(
    sheet: Worksheet[WorkOnSheet], catalogue: Catalogue | None, names: Mapping[str, str]
) -> tuple[Assigned, ...]:
    """The rows with the office's products and people (`names`: roster key → name). Raises RosterErrors naming every
    mistake with its cell.
    """
    keys = {same_key(key): key for key in names}
    mistakes = [*sheet.mistakes, *_of_work(sheet, catalogue, names, keys)]
    if mistakes or catalogue is None:
        raise RosterErrors(tuple(sorted(mistakes, key=_place)))
    products = {one.code.casefold(): one for one in catalogue.products}
    return tuple(
        Assigned(
            keys[same_key(row.key)], *row.period, products[row.product.casefold()], row.count, row.what, extra=row.extra
        )
        for row in sheet.rows
    )


def _without_example(sheet: Worksheet[RowT], key: str) -> Worksheet[RowT]:
    """The rows without the example row, if it was left in."""
    shown = {number for number, row in sheet.written if folded(str(row.get(key, ""))) == folded(EXAMPLE)}
    if not shown:
        return sheet
    return replace(
        sheet,
        rows=[row for row in sheet.rows if row.number not in shown],
        written=[(number, row) for number, row in sheet.written if number not in shown],
        mistakes=[one for one in sheet.mistakes if _place(one)[0] not in shown],
    )


def _of_products(sheet: Worksheet[ProductOnSheet]) -> Iterator[Mistake]:
    """Checks that there is a product, codes and names are unique, and there are no more groups than the law allows."""
    if sheet.whole and not sheet.written:
        yield sheet.of_all("some_products")
    codes: dict[str, int] = {}
    names: dict[str, int] = {}
    groups: dict[str, str] = {}
    for number, row in sheet.written:
        code, name, group = (str(row.get(key, "")) for key in ("code", "name", "group"))
        if code and codes.setdefault(code.casefold(), number) != number:
            yield sheet.mistake(number, "code", "product_once", key=code, row=codes[code.casefold()])
        if name and names.setdefault(folded(name), number) != number:
            yield sheet.mistake(number, "name", "product_named_once", key=name, row=names[folded(name)])
        if group and folded(group) not in groups:
            groups[folded(group)] = group
            if len(groups) > MOST_GROUPS:
                told = {"count": len(groups), "groups": ", ".join(groups.values()), "limit": MOST_GROUPS}
                yield sheet.mistake(number, "group", "groups_of_catalogue", **told)


def _of_work(
    sheet: Worksheet[WorkOnSheet], catalogue: Catalogue | None, names: Mapping[str, str], keys: Mapping[str, str]
) -> Iterator[Mistake]:
    """Checks that people exist with these names, and that products exist."""
    if catalogue is None:
        yield sheet.of_all("no_catalogue")
    if sheet.whole and not sheet.written:
        yield sheet.of_all("some_work")
    codes = {one.code.casefold() for one in (catalogue.products if catalogue else ())}
    for number, row in sheet.written:
        key, name, code = (str(row.get(column, "")) for column in ("key", "name", "product"))
        known = keys.get(same_key(key)) if key else None
        if key and known is None:
            yield sheet.mistake(number, "key", "known_key", key=key)
        if known and name and folded(name) != folded(names[known]):
            yield sheet.mistake(number, "name", "name_of_key", key=key, name=names[known])
        if catalogue and code and code.casefold() not in codes:
            yield sheet.mistake(number, "product", "known_product", key=code)


def _place(mistake: Mistake) -> tuple[int, int]:
    """The position for sorting; mistakes of the sheet as a whole come first."""
    if mistake.cell is None or not mistake.cell.name:
        return (0, 0)
    row, column = coordinate_to_tuple(mistake.cell.name)
    return (row, column)
