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
    rulebooks: Annotated[list[str], typer.Argument(help="một hay nhiều mã bộ quy định (xem: tusoi rulebook list)")],
    year: Annotated[int, typer.Option(help="năm đánh giá")],
    roster: Annotated[Path, typer.Option(help="danh sách .xlsx (tạo mẫu: tusoi roster template)")],
    period: Annotated[str, typer.Option(help="kỳ: year (cả năm), q1…q4 (quý), m01…m12 (tháng)")] = "year",
    due: Annotated[list[str] | None, typer.Option(help="dời hạn: mốc=YYYY-MM-DD (xem: tusoi rulebook show)")] = None,
) -> None:
    """Mở một đợt đánh giá: nhập danh sách, chọn mẫu cho từng người, tạo thư mời."""
    from bot.campaign.campaigns import open_campaign
    from bot.channels import read_settings
    from bot.commands.books import lasting, shelf
    from bot.commands.campaign_report import told
    from bot.commands.dates import moved, period_of
    from bot.commands.roster import read_or_tell
    from bot.wiring import database

    async def run() -> None:
        async with database(settings) as store:
            opened = await open_campaign(
                store, shelf(), [book.id for book in books], year, people, period=kept_period, dates=dates
            )
            for line in told(opened, books, year, people, shelf()):
                typer.echo(line)

    settings = read_settings()
    books = [lasting(rulebook, year) for rulebook in dict.fromkeys(rulebooks)]
    dates = moved(due or [], books)
    kept_period = period_of(period)
    people = read_or_tell(roster)
    asyncio.run(run())
