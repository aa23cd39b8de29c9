"""The ledger's spreadsheets for a clerk: headings, hints, an example, and the present content."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from bot.ledgers.columns import EXAMPLE, PRODUCTS_SHEET, SHEETS, WORK_SHEET
from bot.roster.template import add_guide, add_sheet, dress
from rules.ledger.catalogue import Catalogue, Product

_KEYS_SHEET, _CODES_SHEET = "Mã số cán bộ", "Mã sản phẩm"
_ONLY_SHOWS = (
    "Dòng “VÍ DỤ” chỉ để làm mẫu và không được tính, dù còn hay đã xóa. Danh mục, nhóm và hệ số do người có thẩm quyền của cơ quan quyết "
    "định; chương trình không đặt sẵn sản phẩm hay hệ số nào"
)
_HOW = (
    "Ví dụ tính: giao 20 đơn vị sản phẩm chuẩn, làm xong cả 20, một sản phẩm hệ số 1 sai sót lớn một lần (trừ 25%): số lượng 20/20 = 100%, chất lượng "
    "19,75/20 = 98,75%, tiến độ 20/20 = 100% (NĐ 335/2025, Điều 14 khoản 2)"
)


def catalogue_workbook(products: Iterable[Product] = ()) -> bytes:
    """The sheet of products, with those stored."""
    workbook = _empty()
    example = [EXAMPLE, "Báo cáo chuyên đề (dòng mẫu, không tính)", "2", "báo cáo", 2.5]
    rows = [[one.code, one.name, one.group, one.unit, one.coefficient] for one in products]
    add_sheet(workbook, PRODUCTS_SHEET, SHEETS[PRODUCTS_SHEET], [example, *rows])
    _pale(workbook[PRODUCTS_SHEET])
    add_guide(workbook, {PRODUCTS_SHEET: SHEETS[PRODUCTS_SHEET]}, ("", "", _ONLY_SHOWS, ""), ("", "", _HOW, ""))
    return _written(workbook)


def work_workbook(
    catalogue: Catalogue | None = None,
    people: Sequence[tuple[str, str, str]] = (),
    rows: Iterable[Sequence[object]] = (),
) -> bytes:
    """The sheet of assigned work with the stored `rows`, and beside it the codes of people (key, name, unit) and
    products.
    """
    workbook = _empty()
    example = [EXAMPLE, "Nguyễn Thị An", "tháng 9/2026", "BC-02", 3, "Báo cáo tiến độ (dòng mẫu, không tính)", ""]
    add_sheet(workbook, WORK_SHEET, SHEETS[WORK_SHEET], [example, *rows])
    _pale(workbook[WORK_SHEET])
    _listed(workbook, _KEYS_SHEET, ("Mã số", "Họ và tên", "Đơn vị"), people)
    products = catalogue.products if catalogue else ()
    codes = [(one.code, one.name, one.group, one.unit, one.coefficient) for one in products]
    _listed(workbook, _CODES_SHEET, tuple(column.title for column in SHEETS[PRODUCTS_SHEET]), codes)
    add_guide(workbook, {WORK_SHEET: SHEETS[WORK_SHEET]}, ("", "", _ONLY_SHOWS, ""))
    return _written(workbook)


def _empty() -> Workbook:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    return workbook


def _pale(sheet: Worksheet) -> None:
    """Format the example so that it is recognised as one."""
    for cell in sheet[2]:
        cell.font = Font(italic=True, color="808080")
        cell.fill = PatternFill("solid", fgColor="EFEFEF")


def _listed(workbook: Workbook, name: str, titles: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    sheet = workbook.create_sheet(name)
    sheet.append(list(titles))
    for row in rows:
        sheet.append(list(row))
    dress(sheet, [18, 34, 34, 16, 16][: len(titles)])


def _written(workbook: Workbook) -> bytes:
    made = BytesIO()
    workbook.save(made)
    return made.getvalue()
