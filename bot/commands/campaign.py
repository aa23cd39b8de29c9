"""`tusoi campaign`: opening a campaign (đợt đánh giá)."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Đợt đánh giá.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Keeps `open` a subcommand although it is the only one."""


@app.command("open")
def open_(
    rulebook: Annotated[str, typer.Argument(help="mã bộ quy định (xem: tusoi rulebook list)")],
    year: Annotated[int, typer.Option(help="năm đánh giá")],
    roster: Annotated[Path, typer.Option(help="danh sách .xlsx (tạo mẫu: tusoi roster template)")],
) -> None:
    """Mở một đợt đánh giá: nhập danh sách, chọn mẫu cho từng người, tạo thư mời."""
    from bot.campaigns import open_campaign
    from bot.commands.books import lasting, shelf
    from bot.roster.read import read_roster
    from bot.selected import doubts
    from bot.settings import read_settings
    from bot.wiring import database

    async def run() -> None:
        async with database(settings) as store:
            opened = await open_campaign(store, book, year, people)
            typer.echo(
                f"Đã mở đợt đánh giá năm {year} của {people.office.name}: "
                f"{opened.reviews} phiếu, {opened.invitations} thư mời mới."
            )
            for name, reason in opened.left_out:
                typer.echo(f"  Chưa có phiếu: {name} ({reason})")
            for line in doubts(book, year, {person.subject for person in people.people}, shelf().load):
                typer.echo(f"  Lưu ý: {line}")
            typer.echo("Xem thư mời: tusoi invite list")

    settings = read_settings()
    book = lasting(rulebook, year)
    people = read_roster(roster)
    asyncio.run(run())
