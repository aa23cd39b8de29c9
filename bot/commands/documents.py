"""`tusoi documents`: taking the papers of a campaign out, and checking the fingerprint of one."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer


def documents(
    out: Annotated[Path | None, typer.Option("--out", help="thư mục sẽ ghi; tệp cùng tên được ghi lại")] = None,
    campaign: Annotated[int | None, typer.Option("--campaign", help="mã đợt đánh giá; cần khi có nhiều đợt")] = None,
    unit: Annotated[str, typer.Option("--unit", help="chỉ đơn vị này, theo tên ghi trên văn bản")] = "",
    person: Annotated[str, typer.Option("--person", help="chỉ người có mã này trong danh sách")] = "",
    verify: Annotated[str, typer.Option("--verify", help="kiểm tra một mã nội dung ở chân trang")] = "",
) -> None:
    """Ghi bản đang có hiệu lực của từng phiếu ra DOCX và PDF, mỗi đơn vị một thư mục; hoặc kiểm tra mã nội dung."""
    from bot.channels import read_settings
    from bot.documents.taking_out import Wanted, take_out, verified
    from bot.wiring import database
    from rules.nouns.errors import CaseError

    async def run() -> None:
        async with database(read_settings()) as store:
            if verify:
                for found in await verified(store, verify):
                    typer.echo(_checked(*found))
            if out is None:
                return
            done = await take_out(store, out, Wanted(campaign, unit, person))
            typer.echo(f"Đã ghi {done.papers} văn bản (DOCX và PDF) trong {done.folders} thư mục đơn vị dưới {out}.")
            if done.without and not (unit or person):
                typer.echo(f"{done.without} phiếu chưa có bản đang có hiệu lực (chưa gửi, bị trả lại hoặc đã rút).")

    if not verify and out is None:
        raise CaseError("hãy cho biết thư mục sẽ ghi: tusoi documents --out THƯ-MỤC")
    if out is not None and out.exists() and not out.is_dir():
        raise CaseError(f"{out}: không phải thư mục")
    asyncio.run(run())


def _checked(kept: Mapping[str, Any], intact: bool) -> str:
    from datetime import datetime

    from rules.nouns.errors import CaseError

    if not intact:
        place = f"bản nộp lần {kept['version']} của phiếu số {kept['review']}"
        raise CaseError(f"nội dung đang lưu KHÔNG khớp mã nội dung: {place}")
    who, sent = kept["person"], datetime.fromisoformat(kept["sent_at"])
    called = f"bản nộp lần {kept['version']} của {who['name']} ({who['key']}, {who['unit']}), {kept['form']['code']}"
    told = f"{called}, {kept['office']['name']}, gửi lúc {sent:%H:%M} ngày {sent:%d/%m/%Y}"
    return f"Mã nội dung khớp: {told}."
