"""`tusoi db`: the database's own affairs."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from storage.repositories.seals import Break
    from storage.whole.backup import NotKept

app = typer.Typer(help="Cơ sở dữ liệu.", no_args_is_help=True)

_NOT_KEPT = {
    "there": "{told} đã có dữ liệu; tusoi không ghi đè.",
    "filled": "cơ sở dữ liệu {told} đã có dữ liệu; hãy tạo một cơ sở dữ liệu trống, đặt TUSOI_DATABASE_URL theo đó rồi phục hồi.",
    "link": "{told} là liên kết trỏ tới chỗ không có; hãy xóa liên kết hoặc tạo lại chỗ đó rồi phục hồi.",
    "full": "đĩa chứa {told} đã đầy; chưa ghi gì. Hãy dọn chỗ trống rồi làm lại.",
    "missing": "không mở được {told}.",
    "other": "tệp này là bản sao lưu của loại cơ sở dữ liệu khác; để chuyển từ SQLite sang PostgreSQL, dùng: tusoi db copy.",
    "broken": "tệp không phải bản sao lưu lành lặn ({told}).",
    "newer": "bản sao lưu ở phiên bản {told}, mới hơn chương trình này; hãy cài phiên bản mới rồi phục hồi.",
    "serving": "tusoi serve đang chạy trên cơ sở dữ liệu này; hãy dừng nó, đợi 20 giây rồi làm lại.",
    "tool": "máy này chưa có {told}; hãy cài gói postgresql-client cùng phiên bản với máy chủ rồi làm lại.",
    "refused": "PostgreSQL từ chối: {told}.",
    "disk": "không ghi được: {told}.",
}
_BREAKS = {
    "link": "mắt xích {seal} đã bị sửa hoặc mắt xích trước nó đã bị xóa",
    "changed": "dòng {row} của bảng {of} đã bị sửa sau khi niêm phong (mắt xích {seal})",
    "gone": "dòng {row} của bảng {of} đã bị xóa sau khi niêm phong (mắt xích {seal})",
    "added": "dòng {row} của bảng {of} được chèn vào sau, không qua chương trình",
}
_FAULTS = {
    "file": "tệp hỏng: {where}",
    "key": "dòng trỏ tới dòng không có: {where}",
    "schema": "bảng không giống của chương trình: {where}",
    "enclosure": "tệp nộp vào hồ sơ số {where} đã mất hoặc không còn như khi nộp",
    "inquiry": "bản quét nhận xét số {where} gửi qua đường dẫn đã mất hoặc không còn như khi gửi",
    "own_table": "tệp của cơ quan thay biểu số {where} đã mất hoặc không còn như khi nộp",
    "round": "tệp gửi lấy ý kiến của đợt số {where} đã mất hoặc không còn như khi gửi",
    "document": "văn bản của phiếu {where} (phiếu/lần nộp) không còn khớp mã nội dung",
}


def broken(found: "Break") -> str:
    """Where the chain of seals breaks, in words."""
    return _BREAKS[found.what].format(seal=found.seal, row=found.row, of=found.of)


@app.command()
def upgrade() -> None:
    """Tạo hoặc nâng cấp cơ sở dữ liệu lên phiên bản của chương trình."""
    from bot.channels import read_settings
    from bot.wiring import prepare_database

    settings = read_settings()
    asyncio.run(prepare_database(settings))
    typer.echo("Cơ sở dữ liệu đã ở phiên bản hiện hành.")


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="tệp sẽ ghi; chưa được có sẵn")]) -> None:
    """Sao lưu toàn bộ vào một tệp, kể cả khi tusoi serve đang chạy. Không chép tệp .db bằng tay: sẽ thiếu phần mới nhất."""
    from bot.channels import read_settings
    from bot.data_folder import enclosures
    from storage.whole.backup import NotKept, back_up
    from storage.whole.beside import back_up_files, beside, refuse_there

    settings = read_settings()
    try:
        refuse_there(file)
        back_up(settings.database, file)
        count = back_up_files(enclosures(settings), file)
    except NotKept as error:
        raise _told(error) from error
    if count:
        typer.echo(f"Đã sao lưu {count} tệp nộp vào hồ sơ vào {beside(file)}; giữ hai tệp cạnh nhau.")
    size = f"{file.stat().st_size / 1_000_000:.1f}".replace(".", ",")
    typer.echo(f"Đã sao lưu vào {file} ({size} MB). Tệp chứa dữ liệu cá nhân: chỉ để nơi người có trách nhiệm mở được.")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="tệp do tusoi db backup ghi")],
    replace: Annotated[bool, typer.Option("--replace", help="SQLite: cất tệp đang có sang bên rồi thay")] = False,
) -> None:
    """Phục hồi từ bản sao lưu. PostgreSQL: vào một cơ sở dữ liệu trống. Trước đó dừng tusoi serve."""
    from bot.channels import read_settings
    from bot.clock import now
    from bot.data_folder import enclosures
    from storage.whole.backup import NotKept, bring_back
    from storage.whole.beside import bring_back_files

    settings = read_settings()
    try:
        aside = bring_back(settings.database, file, now(), replace=replace)
        count = bring_back_files(enclosures(settings), file)
    except NotKept as error:
        raise _told(error, " Thêm --replace để cất tệp đang có sang bên." if error.why == "there" else "") from error
    typer.echo(f"Đã phục hồi từ {file}." + (f" Dữ liệu trước đó nay ở {aside}." if aside else ""))
    if count:
        typer.echo(f"Đã phục hồi {count} tệp nộp vào hồ sơ.")
    typer.echo("Tin đã gửi sau lúc sao lưu có thể được gửi lại. Nên chạy: tusoi db verify.")


@app.command()
def verify() -> None:
    """Soát toàn bộ: tệp, bảng, mã nội dung của văn bản, chuỗi niêm phong. Kết thúc với mã 1 nếu có chỗ sai."""
    from bot.channels import read_settings
    from bot.data_folder import enclosures
    from bot.wiring import database
    from storage.repositories.seals import Sealed
    from storage.whole.beside import look_through_files
    from storage.whole.verify import Looked, look_through

    async def run() -> tuple[Looked, int]:
        settings = read_settings()
        async with database(settings) as store:
            found = await look_through(store)
            count, wrong = await look_through_files(store, enclosures(settings))
            return found._replace(faults=(*found.faults, *wrong)), count

    found, count = asyncio.run(run())
    for fault in found.faults:
        typer.echo("✗ " + _FAULTS[fault.what].format(where=fault.where))
    if not found.faults:
        typer.echo(f"✓ Tệp, bảng và mã nội dung của {found.documents} văn bản đều khớp.")
        if count:
            typer.echo(f"✓ {count} tệp nộp vào hồ sơ còn nguyên.")
    if isinstance(found.chain, Sealed):
        typer.echo("✓ " + sealed_words(found.chain))
    else:
        typer.echo(f"✗ Chuỗi niêm phong đứt: {broken(found.chain)}.")
    if found.faults or not isinstance(found.chain, Sealed):
        raise typer.Exit(1)


def sealed_words(chain: object) -> str:
    """How far the chain goes, in words."""
    from storage.repositories.seals import Sealed

    assert isinstance(chain, Sealed)
    waiting = f"; {chain.waiting} dòng mới chưa niêm phong" if chain.waiting else ""
    head = f" Mã cuối: {chain.head}." if chain.head else ""
    return f"Chuỗi niêm phong lành: {chain.rows} dòng trong {chain.links} mắt xích{waiting}.{head}"


@app.command()
def copy(
    url: Annotated[str, typer.Argument(help="cơ sở dữ liệu trống sẽ nhận: postgresql://… hoặc sqlite:///tệp")],
) -> None:
    """Chép toàn bộ sang cơ sở dữ liệu khác, ví dụ từ SQLite sang PostgreSQL, rồi so từng bảng. Trước đó dừng tusoi serve."""
    from bot.channels import read_settings
    from bot.wiring import database
    from rules.nouns.errors import TusoiError
    from storage.whole.copy import Copied, Differs, NotEmpty, copy

    async def run() -> list[Copied]:
        async with database(read_settings()) as store:
            return await copy(store, url)

    try:
        copied = asyncio.run(run())
    except NotEmpty as error:
        raise TusoiError("cơ sở dữ liệu nhận đã có dữ liệu; hãy tạo một cơ sở dữ liệu trống.") from error
    except Differs as error:
        raise TusoiError(
            f"bảng {error.table} chép sang không giống bản gốc; chưa giữ gì. Hãy dừng tusoi serve."
        ) from error
    for one in copied:
        typer.echo(f"{one.table}: {one.rows} dòng, mã {one.fingerprint[:16]}")
    typer.echo(f"Đã chép {sum(one.rows for one in copied)} dòng; số dòng và mã từng bảng đều khớp.")
    typer.echo("Nay đặt TUSOI_DATABASE_URL bằng địa chỉ mới rồi chạy tusoi serve.")


def _told(error: "NotKept", then: str = "") -> Exception:
    from rules.nouns.errors import TusoiError

    told = error.told.rstrip(".")
    return TusoiError(_NOT_KEPT[error.why].format(told=told).replace(" ()", "") + then)
