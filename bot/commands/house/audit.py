"""`tusoi audit`: who did what when, and whether somebody changed it afterwards."""

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from storage.repositories.audit import AuditLine

app = typer.Typer(help="Nhật ký việc đã làm.", no_args_is_help=True)


@app.command("list")
def list_(
    review: Annotated[int | None, typer.Option("--review", help="chỉ phiếu số này")] = None,
    person: Annotated[str, typer.Option("--person", help="chỉ người có mã này trong danh sách, làm hay được làm")] = "",
    last: Annotated[int, typer.Option("--last", min=1, max=100_000, help="tối đa bao nhiêu dòng, mới nhất")] = 100,
) -> None:
    """In nhật ký, dòng cũ trước: lúc nào, ai, việc gì, về phiếu hoặc người nào."""
    from bot.channels import read_settings
    from bot.wiring import database

    async def run() -> None:
        async with database(read_settings()) as store, store.reading() as tx:
            for line in await tx.audit.newest(last, review, person):
                typer.echo(_worded(line))

    asyncio.run(run())


@app.command()
def verify(
    head: Annotated[str, typer.Option("--head", help="mã cuối đã ghi lại lần trước: phải còn trong chuỗi")] = "",
) -> None:
    """Soát chuỗi niêm phong của nhật ký, bản nộp, văn bản và quyết định; nêu chỗ đứt đầu tiên (mã kết thúc 1)."""
    from bot.channels import read_settings
    from bot.commands.house.database import broken, sealed_words
    from bot.wiring import database
    from storage.repositories.seals import Break, Sealed

    async def run() -> tuple[Sealed | Break, bool]:
        async with database(read_settings()) as store, store.reading() as tx:
            return await tx.seals.verify(), not head or await tx.seals.holds(head)

    found, known = asyncio.run(run())
    if isinstance(found, Break):
        typer.echo(f"✗ Chuỗi niêm phong đứt: {broken(found)}.")
        raise typer.Exit(1)
    typer.echo("✓ " + sealed_words(found))
    if not known:
        typer.echo("✗ Mã đã ghi lại không còn trong chuỗi: phần cuối của chuỗi đã bị cắt bỏ hoặc đây là dữ liệu khác.")
        raise typer.Exit(1)


def _worded(line: "AuditLine") -> str:
    from bot.clock import ZONE
    from templates.deeds import deed

    who = f"{line.name} ({line.key})" if line.name else line.by
    about = [f"phiếu {line.review_id}"] if line.review_id else []
    about += [f"về {line.about} ({line.about_key})"] if line.about and line.about_key != line.key else []
    return f"{line.at.astimezone(ZONE):%d/%m/%Y %H:%M:%S}  {who}  {deed(line.what)}" + "".join(
        f"  {one}" for one in about
    )
