"""The sheets and columns of the ledger's spreadsheets, which are read and written like those of a roster."""

from typing import Annotated

from bot.roster.column import YES_NO, CellKind, Column
from bot.roster.columns import SheetLine

PRODUCTS_SHEET = "Danh mục"
WORK_SHEET = "Việc được giao"
#: The first cell of the example row.
EXAMPLE = "VÍ DỤ"


class ProductOnSheet(SheetLine):
    """A product of the catalogue."""

    code: Annotated[
        str,
        Column("Mã", "Mã ngắn, không trùng nhau; dùng khi giao việc", "BC-02", since_first=True, alone=True),
    ]
    name: Annotated[
        str,
        Column(
            "Sản phẩm, công việc",
            "Tên sản phẩm hoặc công việc đầu ra",
            "Báo cáo chuyên đề",
            since_first=True,
            alone=True,
        ),
    ]
    group: Annotated[
        str,
        Column("Nhóm", "Nhóm theo cấp độ phức tạp; cả danh mục tối đa 5 nhóm", "2", since_first=True),
    ]
    unit: Annotated[str, Column("Đơn vị tính", "Đếm bằng gì", "báo cáo")] = ""
    coefficient: Annotated[
        float,
        Column(
            "Hệ số quy đổi",
            "Một sản phẩm bằng bao nhiêu đơn vị sản phẩm chuẩn, theo danh mục cơ quan đã quyết định",
            "2,5",
            CellKind.NUMBER,
            since_first=True,
        ),
    ]


class WorkOnSheet(SheetLine):
    """A quantity of a product assigned to a person in a period."""

    key: Annotated[
        str, Column("Mã số", "Mã số của người được giao trong danh sách nhân sự", "CB-007", since_first=True)
    ]
    name: Annotated[str, Column("Họ và tên", "Để đối chiếu với mã số; có thể để trống", "Nguyễn Thị An")] = ""
    period: Annotated[
        tuple[int, str],
        Column("Kỳ", "Tháng hoặc quý: tháng 9/2026, quý 3/2026", "tháng 9/2026", CellKind.PERIOD, since_first=True),
    ]
    product: Annotated[str, Column("Mã sản phẩm", "Mã trong danh mục sản phẩm của cơ quan", "BC-02", since_first=True)]
    count: Annotated[int, Column("Số lượng", "Số sản phẩm được giao trong kỳ", "3", CellKind.COUNT, since_first=True)]
    what: Annotated[str, Column("Nội dung", "Việc cụ thể, nếu cần", "Báo cáo tiến độ quý 3")] = ""
    extra: Annotated[
        bool,
        Column(
            "Phát sinh",
            "Ghi “có” nếu là việc đột xuất, ngoài kế hoạch của kỳ; để trống nếu là việc giao theo kế hoạch",
            "",
            CellKind.WORD,
            words=YES_NO,
        ),
    ] = False


#: Sheet → its columns in the file.
SHEETS: dict[str, tuple[Column, ...]] = {
    PRODUCTS_SHEET: tuple(ProductOnSheet.columns.values()),
    WORK_SHEET: tuple(WorkOnSheet.columns.values()),
}
