"""`tusoi products`: an office's catalogue of products; `tusoi work`: what everybody is assigned, from one file."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar, cast

import typer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from rules.ledger.assigned import AssignedChange
    from rules.ledger.catalogue import CatalogueChange, Product
    from storage.store import Store

    Read = TypeVar("Read")

app = typer.Typer(help="Danh mục sản phẩm, công việc quy đổi của cơ quan (NĐ 335/2025, Điều 13).", no_args_is_help=True)
work = typer.Typer(help="Việc giao cho từng người trong tháng hoặc quý (NĐ 335/2025, Điều 18).", no_args_is_help=True)

File = Annotated[Path, typer.Argument(help="tệp .xlsx đã điền")]
Office = Annotated[str, typer.Option("--office", help="tên cơ quan; cần khi có nhiều cơ quan")]
Yes = Annotated[bool, typer.Option("--yes", help="không hỏi lại")]


@app.command()
def template(
    file: Annotated[Path, typer.Argument(help="tệp .xlsx sẽ ghi")] = Path("danh-muc.xlsx"),
) -> None:
    """Ghi một tệp mẫu, có một dòng ví dụ, để điền danh mục."""
    from bot.commands.people.roster import refuse_to_overwrite
    from bot.ledgers.template import catalogue_workbook
    from bot.writing import write_whole

    refuse_to_overwrite(file)
    write_whole(file, catalogue_workbook())
    typer.echo(f"Đã ghi {file}. Điền xong, kiểm tra bằng: tusoi products check {file}")


@app.command()
def check(file: File) -> None:
    """Kiểm tra một danh mục; không ghi gì vào cơ sở dữ liệu."""
    products = _read(file)
    groups = len({one.group for one in products})
    typer.echo(f"Danh mục đúng: {len(products)} sản phẩm, công việc trong {groups} nhóm.")


@app.command()
def show(office: Office = "") -> None:
    """In danh mục đang dùng."""

    async def kept(store: "Store") -> None:
        from bot.campaign.invitations.invited import office_meant

        async with store.reading() as tx:
            _, id_ = await office_meant(tx, office)
            found = await tx.ledgers.catalogue(id_)
        if found is None:
            typer.echo("Cơ quan chưa có danh mục.")
            return
        typer.echo(f"Danh mục lần {found.number}: {len(found.products)} sản phẩm, công việc.")
        for one in found.products:
            typer.echo(f"{one.code}\tnhóm {one.group}\thệ số {_number(one.coefficient)}\t{one.name}")

    _in_store(kept)


@app.command("import")
def import_(file: File, yes: Yes = False, office: Office = "") -> None:
    """Nạp danh mục: kiểm tra, xem trước những gì thay đổi, rồi lưu thành một lần mới; phiếu đã gửi không đổi."""
    products = _read(file)

    async def keep(store: "Store") -> None:
        from bot.campaign.invitations.invited import office_meant
        from bot.campaign.ledgers import keep_catalogue
        from bot.clock import now
        from rules.ledger.catalogue import changes

        async with store.reading() as tx:
            _, id_ = await office_meant(tx, office)
            kept = await tx.ledgers.catalogue(id_)
        change = changes(kept, products)
        _tell_change(change)
        if change.nothing or not (yes or typer.confirm("Lưu danh mục này?")):
            typer.echo("Chưa ghi gì.")
            return
        async with store.transaction() as tx:
            number = await keep_catalogue(tx, id_, products, kept.number if kept else 0, now())
            await tx.commit()
        typer.echo(f"Đã lưu danh mục lần {number}: {len(products)} sản phẩm, công việc.")

    _in_store(keep)


@work.command("template")
def work_template(
    file: Annotated[Path, typer.Argument(help="tệp .xlsx sẽ ghi")] = Path("viec-duoc-giao.xlsx"),
    office: Office = "",
) -> None:
    """Ghi một tệp mẫu, có một dòng ví dụ, mã cán bộ và mã sản phẩm của cơ quan, để điền việc được giao."""

    async def write(store: "Store") -> None:
        from bot.campaign.desk_files import work_writing
        from bot.campaign.invitations.invited import office_meant
        from bot.writing import write_whole

        async with store.reading() as tx:
            _, id_ = await office_meant(tx, office)
            writing = await work_writing(tx, id_)
        write_whole(file, writing())

    from bot.commands.people.roster import refuse_to_overwrite

    refuse_to_overwrite(file)
    _in_store(write)
    typer.echo(f"Đã ghi {file}. Điền xong, nạp bằng: tusoi work import {file}")


@work.command("import")
def work_import(file: File, yes: Yes = False, office: Office = "") -> None:
    """Nạp việc được giao của cả cơ quan: kiểm tra từng ô, xem trước, rồi ghi tất cả trong một lần."""
    from bot.ledgers.columns import WorkOnSheet
    from bot.reading.parent import read_path
    from bot.roster.worksheet import Worksheet

    sheet = cast("Worksheet[WorkOnSheet]", _or_tell(lambda: read_path("work", file)))

    async def keep(store: "Store") -> None:
        from bot.campaign.invitations.invited import office_meant
        from bot.campaign.ledgers import compared_work, keep_work
        from bot.clock import now
        from bot.commands.rulebooks.books import shelf
        from bot.ledgers.read import assigned

        async with store.transaction() as tx:
            _, id_ = await office_meant(tx, office)
            catalogue = await tx.ledgers.catalogue(id_)
            keys, people = await tx.people.keys(id_), await tx.people.of_office(id_)
            names = {keys[one.id]: one.name for one in people if one.id in keys}
            rows = _or_tell(lambda: assigned(sheet, catalogue, names))
            assert catalogue is not None, "without one every row is a mistake"
            changes = await compared_work(tx, shelf(), id_, rows, catalogue)
            _tell_work(changes)
            if not any(one.lines for one in changes) or not (yes or typer.confirm("Ghi những việc này?")):
                typer.echo("Chưa ghi gì.")
                return
            count = await keep_work(tx, id_, changes, now())
            await tx.commit()
        typer.echo(f"Đã ghi {count} dòng việc của {sum(bool(one.lines) for one in changes)} người.")

    _in_store(keep)


def _read(file: Path) -> "tuple[Product, ...]":
    from bot.reading.parent import read_path

    return cast("tuple[Product, ...]", _or_tell(lambda: read_path("catalogue", file)))


def _or_tell(read: "Callable[[], Read]") -> "Read":
    """What is read; or every mistake on a line of its own, and exit status 2."""
    from rules.nouns.errors import RosterErrors
    from templates.errors import lines

    try:
        return read()
    except RosterErrors as errors:
        for line in lines(errors.mistakes):
            typer.echo(line, err=True)
        raise typer.Exit(2) from None


def _in_store(run: "Callable[[Store], Awaitable[None]]") -> None:
    from bot.channels import read_settings
    from bot.wiring import database

    settings = read_settings()

    async def opened() -> None:
        async with database(settings) as store:
            await run(store)

    asyncio.run(opened())


def _tell_change(change: "CatalogueChange") -> None:
    if change.nothing:
        typer.echo("Danh mục trong tệp giống danh mục đang dùng.")
    for sign, products in (("+", change.added), ("−", change.gone)):
        for one in products:
            typer.echo(f"{sign} {one.code} {one.name}: nhóm {one.group}, hệ số {_number(one.coefficient)}")
    for before, after in change.changed:
        was = f"nhóm {before.group}, hệ số {_number(before.coefficient)}"
        typer.echo(
            f"~ {after.code} {after.name}: nhóm {after.group}, hệ số {_number(after.coefficient)} (đang là {was})"
        )


def _tell_work(changes: "Iterable[AssignedChange]") -> None:
    for one in changes:
        person = one.ledger.person
        told = [
            f"{count} dòng {word}"
            for count, word in ((one.added, "mới"), (one.changed, "đổi số lượng"), (one.gone, "bỏ"))
            if count
        ]
        if one.closed:
            typer.echo(f"{person.called}, {person.unit}: phiếu của kỳ đã gửi, không ghi gì")
        elif told:
            typer.echo(f"{person.called}, {person.unit}: {', '.join(told)}")
        for line in one.left:
            typer.echo(f"{person.called}: giữ “{line.product.name}” vì đã ghi kết quả")


def _number(value: float) -> str:
    from templates.documents.texts import number

    return number(value)
