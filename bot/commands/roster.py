"""`tusoi roster`: the spreadsheet a clerk fills."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Danh sách đơn vị và người của cơ quan.", no_args_is_help=True)


@app.command()
def template(
    file: Annotated[Path, typer.Argument(help="tệp .xlsx sẽ ghi")] = Path("danh-sach.xlsx"),
) -> None:
    """Ghi một tệp mẫu để điền danh sách."""
    from bot.roster.template import write_template
    from rules.errors import TusoiError

    if file.exists():
        raise TusoiError(f"{file}: tệp đã có, không ghi đè; hãy chọn tên khác")
    if not file.parent.is_dir():
        raise TusoiError(f"{file}: không có thư mục “{file.parent}”")
    write_template(file)
    typer.echo(f"Đã ghi {file}. Điền xong, kiểm tra bằng: tusoi roster check {file}")


@app.command()
def check(file: Annotated[Path, typer.Argument(help="tệp .xlsx đã điền")]) -> None:
    """Kiểm tra một danh sách; không ghi gì vào cơ sở dữ liệu."""
    from bot.roster.read import read_roster

    roster = read_roster(file)
    typer.echo(f"Danh sách đúng: {roster.office.name}, {len(roster.units)} đơn vị, {len(roster.people)} người.")
