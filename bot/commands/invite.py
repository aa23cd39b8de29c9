"""`tusoi invite`: the one-time codes of a campaign, as links and QR pictures."""

import asyncio
import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Thư mời.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Keeps `list` a subcommand although it is the only one."""


@app.command("list")
def list_(
    as_json: Annotated[bool, typer.Option("--json", help="in ra JSON")] = False,
    qr: Annotated[Path | None, typer.Option(help="thư mục để ghi mã QR của từng người")] = None,
) -> None:
    """Liệt kê thư mời chưa dùng: người, mã, đường link Telegram và web."""
    from bot.invitations import invited, write_qr
    from bot.settings import read_settings
    from bot.wiring import database, links_of

    async def run() -> None:
        async with database(settings) as store:
            rows = await invited(store, await links_of(settings))
        if qr is not None:
            write_qr(qr, rows)
        if as_json:
            typer.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2))
            return
        for row in rows:
            typer.echo(f"{row.person} ({row.unit}): {row.code}")
            for link in filter(None, (row.telegram, row.web)):
                typer.echo(f"    {link}")
        if not rows:
            typer.echo("Không còn thư mời nào chưa dùng.")

    settings = read_settings()
    asyncio.run(run())
