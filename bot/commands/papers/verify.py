"""`tusoi verify`: whether a paper somebody holds is as it was kept, by its file or by the code at its foot."""

import asyncio
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:  # the line must feel instant
    from bot.door.verdicts import Difference, PaperTold, SheetTold, Verdict

#: What is not as it was kept, besides words; with the pages it is about.
_BESIDE = {
    "fewer_pages": "thiếu trang: tệp có {0} trang, bản gốc có {1}",
    "more_pages": "thừa trang: tệp có {0} trang, bản gốc có {1}",
    "look": "chữ không đổi nhưng trang {pages} trông khác bản gốc: mã QR hay hình bị thay, bị che, hoặc có dấu, chữ ký đóng thêm",
    "other_program": "chữ không đổi nhưng tệp do chương trình khác ghi ra nên không so được hình; hãy lấy tệp từ Tự Soi",
    "code": "hình mã QR không phải của văn bản này, hoặc không còn",
    "pictures": "có hình không có trong bản gốc",
    "notes": "có ghi chú, chữ ký số hay ô điền đặt thêm lên trang",
    "acting": "có phần tự chạy khi mở tệp, hoặc ô điền",
    "files": "có tệp khác đính kèm bên trong",
    "tracked": "có chỗ sửa đang theo dõi (Track Changes)",
    "hidden": "có chữ ẩn, chữ trắng hoặc quá nhỏ",
    "comments": "có bình luận đính kèm",
    "boxes": "có hộp chữ đặt thêm",
    "outside": "có phần lấy từ nơi khác khi mở tệp",
    "numbered": "có số thứ tự tự động thêm vào",
}


def verify(
    what: Annotated[
        str,
        typer.Argument(metavar="TỆP-HOẶC-MÃ", help="tệp PDF, DOCX; hoặc mã nội dung ở chân trang, địa chỉ trong mã QR"),
    ],
) -> None:
    """Kiểm tra một văn bản có đúng bản gốc không: thoát 0 khi đúng và đang có hiệu lực, 1 khi không, 2 khi không đọc được."""
    from bot.channels import read_settings
    from bot.documents.verifying import carried, digits, judged, standing_of, told, under
    from bot.door.verdicts import Standing, Verdict
    from bot.wiring import database

    async def of_code(code: str) -> list[Verdict]:
        async with database(read_settings()) as store, store.reading() as tx:
            known = await under(tx, code)
        return [Verdict(standing_of([one]), told(one) if one.intact else None) for one in known] or [
            Verdict(Standing.UNKNOWN)
        ]

    async def of_file(file: Path) -> list[Verdict]:
        from bot.documents.extracting import Taken, read_paper
        from bot.reading.parent import read_path

        async def reading(content: bytes) -> Taken:
            return read_paper(content)

        taken = await asyncio.to_thread(read_path, "paper", file)
        assert isinstance(taken, Taken), "the reader of papers gives these"
        async with database(read_settings()) as store, store.reading() as tx:
            known = await carried(tx, taken)
        return [(await judged(known, taken, reading))[0]]

    file = Path(what)
    is_file = file.suffix.lower() in {".pdf", ".docx"} or _there(file)
    verdicts = asyncio.run(of_file(file) if is_file else of_code(digits(what)))
    for verdict in verdicts:
        typer.echo(_worded(verdict, is_file=is_file))
    if any(one.standing is not Standing.GENUINE for one in verdicts):
        raise typer.Exit(1)


def _there(file: Path) -> bool:
    try:
        return file.exists()
    except OSError:  # no name of a file
        return False


def _worded(verdict: "Verdict", *, is_file: bool) -> str:
    from bot.door.verdicts import Standing

    match verdict.standing:
        case Standing.UNKNOWN if is_file:
            return "Không phải văn bản gửi qua hệ thống này: không có mã nội dung nào được biết ở chân trang (bản nháp cũng không có mã)."
        case Standing.UNKNOWN:
            return "Không có văn bản nào mang mã nội dung này."
        case Standing.ALTERED if verdict.told is None:
            return "Nội dung đang lưu KHÔNG khớp mã nội dung."
    assert verdict.told is not None, "it is known"
    first = {
        Standing.GENUINE: "Đúng bản gốc" if is_file else "Mã nội dung khớp, bản đang có hiệu lực",
        Standing.REPLACED: "Đúng bản gốc nhưng đã được thay" if is_file else "Mã nội dung khớp, bản đã được thay",
        Standing.ALTERED: "KHÔNG ĐÚNG bản gốc",
    }[verdict.standing]
    lines = [f"{first}: {_whose(verdict.told)}."]
    lines += [f"  {_place(one)}" for one in verdict.differences]
    if verdict.many > len(verdict.differences):
        lines.append(f"  và {verdict.many - len(verdict.differences)} chỗ khác")
    for name, pages in verdict.beside:
        lines.append(f"  {_BESIDE[name].format(*pages, pages=', '.join(map(str, pages)))}")
    return "\n".join([*lines, *_became(verdict.told)])


def _whose(told: "PaperTold | SheetTold") -> str:
    from bot.door.verdicts import SheetTold

    if isinstance(told, SheetTold):
        by = f"phiếu của {told.by}" if told.by else "đề nghị chung của những người được hỏi"
        of = f", thay mặt {told.body}" if told.body else ""
        return f"{told.code} về {told.name} ({told.key}, {told.unit}): {by}{of}, ghi lúc {_when(told.at)}"
    whose = f"bản nộp lần {told.version} của {told.name} ({told.key}, {told.unit}), {told.code}, {told.period}"
    return f"{whose}, {told.office}, gửi lúc {_when(told.sent_at)}"


def _when(moment: dt.datetime) -> str:
    return f"{moment:%H:%M} ngày {moment:%d/%m/%Y}"


def _place(one: "Difference") -> str:
    where = f"trang {one.page}" + (f", sau “{one.lead}”" if one.lead else "")
    if not one.after:
        return f"{where}: thiếu “{one.before}”"
    return f"{where}: “{one.before}” → “{one.after}”" if one.before else f"{where}: thêm “{one.after}”"


def _became(told: "PaperTold | SheetTold") -> list[str]:
    from bot.door.verdicts import SheetTold

    if isinstance(told, SheetTold):
        return (
            []
            if told.counts
            else ["Phiếu này không còn được tính: người ghi đã ghi lại hoặc rút về, hoặc cơ quan đã gửi phiếu mới."]
        )
    lines = [f"Đã đồng ý: {one.name}, {one.position}, lúc {_when(one.at)}." for one in told.agreed]
    if told.ruled:
        of = "về bản này" if told.decided else "về bản khác"
        who = ", ".join(part for part in (told.ruled.name, told.ruled.position) if part)
        by = f" theo {told.by_paper}" if told.by_paper else ""
        ratings = "; ".join(told.ratings)
        lines.append(f"Kết quả xếp loại lần {told.ruling}, {of}: {ratings}; {who}{by}, lúc {_when(told.ruled.at)}.")
    else:
        lines.append("Chưa có quyết định xếp loại.")
    if told.in_force != told.version:
        lines.append(
            f"Bản đang có hiệu lực: bản nộp lần {told.in_force}."
            if told.in_force
            else "Bản này đã bị trả lại hoặc đã rút."
        )
    return lines
