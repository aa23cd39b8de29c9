"""`tusoi invite`: the one-time codes of an office: listed, printed, given anew, taken back."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Thư mời.", no_args_is_help=True)

OfficeName = Annotated[str, typer.Option("--office", help="tên cơ quan; cần khi có nhiều cơ quan")]
UnitName = Annotated[str, typer.Option("--unit", help="chỉ đơn vị này")]


@app.command("list")
def list_(
    office: OfficeName = "",
    unit: UnitName = "",
    everybody: Annotated[bool, typer.Option("--all", help="kể cả người đã vào")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="in ra JSON")] = False,
    qr: Annotated[Path | None, typer.Option(help="thư mục để ghi mã QR của từng người")] = None,
) -> None:
    """Liệt kê theo đơn vị: ai có mã, ai chưa có mã còn hạn (và ai đã vào, với --all)."""
    from bot.campaign.invitations.invited import invited, write_qr
    from bot.channels import channels_of, links_of, read_settings
    from bot.clock import now
    from bot.commands.people.invite_report import as_json_text, told_of_units
    from bot.wiring import database

    async def run() -> None:
        async with database(settings) as store:
            found = await invited(store, now(), office=office, unit_name=unit)
        links = await links_of(settings)
        shown = [one for one in found.people if everybody or one.code or not one.joined]
        if qr is not None:
            write_qr(qr, shown, links)
        if as_json:
            typer.echo(as_json_text(shown, links, [channel.name for channel in channels_of(settings)]))
            return
        for line in told_of_units(found.people, shown, links):
            typer.echo(line)

    settings = read_settings()
    asyncio.run(run())


@app.command()
def slips(
    file: Annotated[Path, typer.Argument(help="tệp PDF sẽ ghi")],
    office: OfficeName = "",
    unit: UnitName = "",
    only_missing: Annotated[bool, typer.Option("--only-missing", help="chỉ người chưa vào")] = False,
) -> None:
    """Ghi phiếu mời để in: mỗi người một phiếu, 8 phiếu một tờ A4, xếp theo đơn vị."""
    from bot.campaign.invitations.invited import invited
    from bot.campaign.invitations.slips import check_new, on_paper, to_print, write_slips
    from bot.channels import links_of, read_settings
    from bot.clock import now
    from bot.commands.people.invite_report import told_before_printing
    from bot.wiring import database
    from rules.nouns.errors import CaseError

    async def run() -> None:
        async with database(settings) as store:
            found = await invited(store, now(), office=office, unit_name=unit)
        links = await links_of(settings)
        shown = to_print(found.people, only_missing=only_missing)
        for line in told_before_printing(found.people, links, on_paper(links)):
            typer.echo(line, err=True)
        if not shown:
            raise CaseError("không có mã nào còn hạn để in; cấp mã: tusoi invite reissue --expired")
        write_slips(file, found, shown, on_paper(links))
        typer.echo(f"Đã ghi {len(shown)} phiếu vào {file}. Ai có phiếu thì vào được phần của người đó: xin giữ kín.")

    check_new(file)
    settings = read_settings()
    asyncio.run(run())


@app.command()
def reissue(
    keys: Annotated[list[str] | None, typer.Argument(help="mã số của từng người trong danh sách")] = None,
    unit: Annotated[str, typer.Option("--unit", help="mọi người chưa vào của đơn vị này")] = "",
    expired: Annotated[bool, typer.Option("--expired", help="mọi người chưa vào mà mã đã hết hạn")] = False,
    office: OfficeName = "",
) -> None:
    """Cấp mã mới; mã cũ chưa dùng không còn giá trị. Ai đổi điện thoại thì ghi mã số của người đó."""
    from bot.campaign.invitations.reissuing import CodesWanted
    from bot.campaign.invitations.reissuing import reissue as done
    from bot.channels import links_of, read_settings
    from bot.clock import now
    from bot.commands.people.invite_report import told_of_reissue
    from bot.wiring import database

    async def run() -> None:
        links = await links_of(settings)
        async with database(settings) as store:
            people = await done(store, wanted, now(), office)
        for line in told_of_reissue(people, links):
            typer.echo(line)

    wanted = CodesWanted(tuple(keys or ()), unit, expired)
    settings = read_settings()
    asyncio.run(run())


@app.command()
def revoke(
    keys: Annotated[list[str], typer.Argument(help="mã số của từng người trong danh sách")],
    office: OfficeName = "",
) -> None:
    """Thu hồi mã chưa dùng; ai đã vào vẫn dùng được điện thoại của mình."""
    from bot.campaign.invitations.reissuing import revoke as done
    from bot.channels import read_settings
    from bot.clock import now
    from bot.commands.people.invite_report import told_of_revoking
    from bot.wiring import database

    async def run() -> None:
        async with database(settings) as store:
            people = await done(store, keys, now(), office)
        for line in told_of_revoking(people):
            typer.echo(line)

    settings = read_settings()
    asyncio.run(run())
