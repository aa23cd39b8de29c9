"""`tusoi data`: personal data: what may go, what is kept of somebody, what they ask, breaches."""

import asyncio
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from bot.personal.keeping import Due

app = typer.Typer(help="Dữ liệu cá nhân.", no_args_is_help=True)


@app.command()
def due() -> None:
    """In những gì đã giữ đủ lâu, sẽ được xóa lần tới (sau 02:00 mỗi ngày khi tusoi serve chạy). Không xóa gì."""
    from bot.channels import read_settings
    from bot.clock import now
    from bot.personal.keeping import due
    from bot.wiring import database

    settings = read_settings()

    async def run() -> "list[Due]":
        async with database(settings) as store:
            return await due(store, settings.keeping, now())

    for one in asyncio.run(run()):
        setting = f"TUSOI_KEEP_{one.time.upper()}_DAYS" if one.time != "uploads" else "không đổi được"
        typer.echo(f"{one.rows:>8}  {one.kind} (bảng {one.table}), giữ {one.days} ngày ({setting})")


@app.command()
def page() -> None:
    """In trang docs/du-lieu-ca-nhan.md, với thời hạn giữ đang đặt."""
    from bot.channels import read_settings
    from templates.personal.wording import page

    typer.echo(page(read_settings().keeping), nl=False)
