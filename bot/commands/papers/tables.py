"""`tusoi tables`: the summary tables of a campaign, written as workbooks and PDFs."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer


def tables(
    out: Annotated[Path, typer.Option("--out", help="thư mục sẽ ghi; tệp cùng tên được ghi lại")],
    campaign: Annotated[int | None, typer.Option("--campaign", help="mã đợt đánh giá; cần khi có nhiều đợt")] = None,
    unit: Annotated[str, typer.Option("--unit", help="chỉ biểu của đơn vị này, theo tên ghi trên văn bản")] = "",
) -> None:
    """Ghi các biểu tổng hợp mà bộ quy định của đợt nêu ra XLSX và PDF; biểu của đơn vị nằm trong thư mục tên đơn vị."""
    from bot.campaign.results.tables import write_tables
    from bot.channels import read_settings
    from bot.clock import now
    from bot.commands.rulebooks.books import shelf
    from bot.data_folder import enclosures
    from bot.wiring import database
    from rules.nouns.errors import CaseError

    async def run() -> None:
        settings = read_settings()
        async with database(settings) as store:
            done = await write_tables(store, shelf(), enclosures(settings), out, campaign, unit, now())
            typer.echo(f"Đã ghi {done.tables} biểu (XLSX và PDF) trong {done.folders} thư mục dưới {out}.")

    if out.exists() and not out.is_dir():
        raise CaseError(f"{out}: không phải thư mục")
    asyncio.run(run())
