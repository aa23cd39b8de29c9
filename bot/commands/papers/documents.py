"""`tusoi documents`: taking the papers of a campaign out."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer


def documents(
    out: Annotated[Path, typer.Option("--out", help="thư mục sẽ ghi; tệp cùng tên được ghi lại")],
    campaign: Annotated[int | None, typer.Option("--campaign", help="mã đợt đánh giá; cần khi có nhiều đợt")] = None,
    unit: Annotated[str, typer.Option("--unit", help="chỉ đơn vị này, theo tên ghi trên văn bản")] = "",
    person: Annotated[str, typer.Option("--person", help="chỉ người có mã này trong danh sách")] = "",
) -> None:
    """Ghi bản đang có hiệu lực của từng phiếu ra DOCX và PDF, mỗi đơn vị một thư mục."""
    from bot.channels import read_settings
    from bot.documents.taking_out import PapersWanted, take_out
    from bot.wiring import database
    from rules.nouns.errors import CaseError

    async def run() -> None:
        async with database(read_settings()) as store:
            done = await take_out(store, out, PapersWanted(campaign, unit, person))
            typer.echo(f"Đã ghi {done.papers} văn bản (DOCX và PDF) trong {done.folders} thư mục đơn vị dưới {out}.")
            if done.without and not (unit or person):
                typer.echo(f"{done.without} phiếu chưa có bản đang có hiệu lực (chưa gửi, bị trả lại hoặc đã rút).")

    if out.exists() and not out.is_dir():
        raise CaseError(f"{out}: không phải thư mục")
    asyncio.run(run())
