"""`tusoi roster`: the spreadsheet a clerk fills, and keeping what it says."""

import asyncio
import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

if TYPE_CHECKING:
    import datetime as dt

    from bot.campaign.roster.importing import RosterPreview
    from rules.roster.people import Roster
    from storage.store import Store

app = typer.Typer(help="Danh sách đơn vị và người của cơ quan.", no_args_is_help=True)

File = Annotated[Path, typer.Argument(help="tệp .xlsx đã điền")]


@app.command()
def template(
    file: Annotated[Path, typer.Argument(help="tệp .xlsx sẽ ghi")] = Path("danh-sach.xlsx"),
) -> None:
    """Ghi một tệp mẫu để điền danh sách."""
    from bot.roster.template import write_template
    from bot.writing import write_whole

    refuse_to_overwrite(file)
    write_template(made := BytesIO())
    write_whole(file, made.getvalue())
    typer.echo(f"Đã ghi {file}. Điền xong, kiểm tra bằng: tusoi roster check {file}")


@app.command()
def check(file: File) -> None:
    """Kiểm tra một danh sách; không ghi gì vào cơ sở dữ liệu."""
    roster = read_or_tell(file)
    typer.echo(f"Danh sách đúng: {roster.office.name}, {len(roster.units)} đơn vị, {len(roster.people)} người.")


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="tệp .xlsx sẽ ghi")],
    office: Annotated[str, typer.Option("--office", help="tên cơ quan; cần khi có nhiều cơ quan")] = "",
) -> None:
    """Ghi danh sách đang lưu ra tệp như mẫu: sửa tệp rồi nhập lại để cập nhật."""
    from bot.campaign.roster.exporting import kept_roster, workbook
    from bot.channels import read_settings
    from bot.wiring import database
    from bot.writing import write_whole

    async def kept() -> "Roster":
        async with database(settings) as store:
            return await kept_roster(store, office)

    refuse_to_overwrite(file)
    settings = read_settings()
    roster = asyncio.run(kept())
    write_whole(file, workbook(roster))
    typer.echo(f"Đã ghi {file}: {roster.office.name}, {len(roster.units)} đơn vị, {len(roster.people)} người.")


@app.command("import")
def import_(
    file: File,
    yes: Annotated[bool, typer.Option("--yes", help="không hỏi lại")] = False,
    office: Annotated[str, typer.Option(help="tên đang lưu của cơ quan, nếu tệp đổi tên cơ quan")] = "",
) -> None:
    """Nhập danh sách: kiểm tra, xem trước những gì sẽ thay đổi, rồi ghi tất cả trong một lần."""
    from bot.channels import read_settings
    from bot.wiring import database

    async def run() -> None:
        async with database(settings) as store:
            await _import(store, roster, office, yes=yes)

    settings = read_settings()
    roster = read_or_tell(file)
    asyncio.run(run())


def refuse_to_overwrite(file: Path) -> None:
    """A file that is there stays. Raises TusoiError."""
    from rules.nouns.errors import TusoiError

    if file.exists():
        raise TusoiError(f"{file}: tệp đã có, không ghi đè; hãy chọn tên khác")
    if not file.parent.is_dir():
        raise TusoiError(f"{file}: không có thư mục “{file.parent}”")


def read_or_tell(file: Path) -> "Roster":
    """The roster of the file; or every mistake on a line of its own, and exit status 2."""
    from bot.reading.parent import read_path
    from rules.nouns.errors import RosterErrors
    from templates.errors import lines

    try:
        return cast("Roster", read_path("roster", file))
    except RosterErrors as errors:
        _tell(lines(errors.mistakes))
        raise typer.Exit(2) from None


def _tell(lines: list[str]) -> None:
    for line in lines:
        typer.echo(line, err=True)


async def _import(store: "Store", roster: "Roster", office: str, *, yes: bool) -> None:
    from bot.campaign.roster.importing import import_roster, preview, touched
    from bot.campaign.roster.keeping import RosterChangedMeanwhile
    from bot.clock import now
    from bot.commands.rulebooks.books import shelf
    from rules.nouns.errors import TusoiError
    from templates.errors import worded
    from templates.roster_preview import reviews_told, reviews_touched

    seen = await preview(store, roster, now(), office)
    if seen.change.undated and not seen.change.mistakes:
        roster = _dated(seen, roster, asks=not yes and sys.stdin.isatty())
        seen = await preview(store, roster, now(), office)
    if not _shown(seen, roster):
        return
    found = await touched(store, shelf(), roster, seen, now())
    for line in reviews_told(reviews_touched(found.begun, found.led_on, found.ended)):
        typer.echo(line)
    if not yes and not typer.confirm("Ghi những thay đổi này?"):
        typer.echo("Chưa ghi gì.")
        return
    try:
        await import_roster(store, shelf(), roster, seen, now())
    except RosterChangedMeanwhile as error:
        await _tell_what_changed(store, seen, roster)
        raise TusoiError(f"{worded(error)}. Hãy xem lại rồi nhập lại danh sách.") from None
    typer.echo(f"Đã ghi danh sách của {roster.office.name}.")


def _dated(seen: "RosterPreview", roster: "Roster", *, asks: bool) -> "Roster":
    """Since when what changed is so: asked once for all, or one by one; without a terminal it is refused, each by its cell."""
    from bot.roster.dating import undated, with_days
    from templates.errors import lines

    _tell(lines(tuple(undated(seen.change, roster.places))))
    if not asks:
        _tell(["Chưa ghi gì."])
        raise typer.Exit(2)
    every = _asked(
        "Ngày chung cho tất cả (dd/mm/yyyy), “sửa” nếu chỉ sửa chữ ghi sai, Enter để hỏi từng người", empty=True
    )
    days = {
        one.new.key: _read(every or _asked(f"{one.new.key} {one.new.name}: từ ngày (dd/mm/yyyy), hoặc “sửa”"))
        for one in seen.change.undated
    }
    return with_days(roster, seen.change, days)


def _asked(question: str, *, empty: bool = False) -> str:
    """What is answered: a day, `sửa`, or (where it may be) nothing; asked again until it is one."""
    from bot.roster.dating import CORRECTED
    from rules.nouns.days import read_date

    while True:
        given = str(typer.prompt(question, default="" if empty else None, show_default=False)).strip()
        if (empty and not given) or given.casefold() == CORRECTED or read_date(given):
            return given
        typer.echo(f"“{given}” không phải là một ngày dạng dd/mm/yyyy.", err=True)


def _read(given: str) -> "dt.date | None":
    from rules.nouns.days import read_date

    return read_date(given)


def _shown(seen: "RosterPreview", roster: "Roster") -> bool:
    """Show the preview; whether there is anything to keep. Ends with status 2 when it may not be kept."""
    from bot.roster.columns import TITLES
    from templates.roster_preview import mistakes_told, told

    typer.echo(told(seen.change, roster.office.name, len(seen.kept.present.people), TITLES), nl=False)
    if seen.change.mistakes:
        _tell([*mistakes_told(seen.change), "Chưa ghi gì."])
        raise typer.Exit(2)
    return not seen.change.nothing


async def _tell_what_changed(store: "Store", seen: "RosterPreview", roster: "Roster") -> None:
    from bot.campaign.roster.importing import changed_since
    from bot.clock import now
    from bot.roster.columns import TITLES
    from templates.roster_preview import told

    between = await changed_since(store, seen, roster, now())
    typer.echo("Trong khi anh/chị xem trước, người khác đã thay đổi danh sách:")
    typer.echo(told(between, roster.office.name, len(seen.kept.present.people), TITLES), nl=False)
