"""`tusoi dossier`: the papers a rulebook lists, of a unit, a person or for the authority, as one ZIP."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer


def dossier(
    out: Annotated[Path, typer.Option("--out", help="tệp ZIP sẽ ghi; tệp cùng tên được ghi lại")],
    campaign: Annotated[int | None, typer.Option("--campaign", help="mã đợt đánh giá; cần khi có nhiều đợt")] = None,
    unit: Annotated[
        str, typer.Option("--unit", help="hồ sơ của đơn vị này; không có thì là hồ sơ gửi cấp có thẩm quyền")
    ] = "",
    person: Annotated[str, typer.Option("--person", help="hồ sơ của người có mã này trong danh sách")] = "",
) -> None:
    """Ghi hồ sơ theo đúng danh mục của bộ quy định ra một tệp ZIP, có mục lục nêu tài liệu còn thiếu và ai còn nợ."""
    from bot.campaign.dossiers.writing import DossierWanted, write_dossier
    from bot.channels import read_settings
    from bot.clock import now
    from bot.commands.rulebooks.books import shelf
    from bot.data_folder import enclosures
    from bot.wiring import database
    from rules.nouns.errors import CaseError

    async def run() -> None:
        settings = read_settings()
        async with database(settings) as store:
            told = await write_dossier(
                store, shelf(), enclosures(settings), out, DossierWanted(campaign, unit, person), now()
            )
            typer.echo(f"Đã ghi hồ sơ vào {out}.")
            for line in told:
                typer.echo(line)

    if unit and person:
        raise CaseError("hãy chọn một: --unit hoặc --person")
    if out.is_dir():
        raise CaseError(f"{out}: là thư mục; cần tên một tệp ZIP")
    asyncio.run(run())
