"""`tusoi decision`: what was decided in a campaign, as documents to number and sign, with an extract for each person."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer


def decision(
    out: Annotated[Path, typer.Option("--out", help="thư mục sẽ ghi; tệp cùng tên được ghi lại")],
    campaign: Annotated[int | None, typer.Option("--campaign", help="mã đợt đánh giá; cần khi có nhiều đợt")] = None,
    unit: Annotated[str, typer.Option("--unit", help="chỉ trích sao của đơn vị này, theo tên ghi trên văn bản")] = "",
) -> None:
    """Ghi Quyết định xếp loại kèm danh sách của từng người có thẩm quyền, và trích sao của từng người, ra DOCX và PDF."""
    from bot.campaign.results.decisions import write_decisions
    from bot.channels import read_settings
    from bot.clock import now
    from bot.commands.rulebooks.books import shelf
    from bot.wiring import database
    from rules.nouns.errors import CaseError

    async def run() -> None:
        async with database(read_settings()) as store:
            done = await write_decisions(store, shelf(), out, campaign, unit, now())
            typer.echo(f"Đã ghi {done.decisions} quyết định và {done.extracts} bản trích sao (DOCX và PDF) dưới {out}.")

    if out.exists() and not out.is_dir():
        raise CaseError(f"{out}: không phải thư mục")
    asyncio.run(run())
