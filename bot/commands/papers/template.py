"""`tusoi template`: the office's own Word templates, and its own files in the place of summary tables; looked at, used, listed and let go."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.papers.own_table import is_table

app = typer.Typer(
    help="Mẫu Word riêng của cơ quan cho từng mẫu phiếu, và tệp của cơ quan thay biểu tổng hợp mà văn bản không in.",
    no_args_is_help=True,
)

_File = Annotated[Path, typer.Argument(help="tệp .docx; thay biểu: .xlsx, .docx, .pdf")]
_Form = Annotated[
    str,
    typer.Option(
        "--form", help="mã mẫu phiếu, thí dụ mau-02, hay biểu, thí dụ table:mau_07; sai mã thì các mã được liệt kê"
    ),
]
_Campaign = Annotated[
    int | None, typer.Option("--campaign", help="mã đợt đánh giá, chỉ với biểu; cần khi nhiều đợt có biểu ấy")
]
_Office = Annotated[str, typer.Option("--office", help="tên cơ quan; cần khi có nhiều cơ quan")]


@app.command()
def base(out: Annotated[Path, typer.Option("--out", help="tệp .docx sẽ ghi; tệp cùng tên được ghi lại")]) -> None:
    """Ghi mẫu chung ra tệp Word để sửa thành mẫu riêng."""
    from bot.writing import write_whole
    from templates.documents.word.paper import generic

    write_whole(out, generic())
    typer.echo(f"Đã ghi mẫu chung: {out}. Sửa trong Word rồi kiểm tra: tusoi template check {out} --form MÃ")


@app.command()
def check(
    file: _File,
    form: _Form,
    office: _Office = "",
    sample: Annotated[Path | None, typer.Option("--sample", help="ghi một bản điền thử ra tệp này")] = None,
) -> None:
    """Kiểm tra một tệp mẫu (hay tệp thay biểu): không macro, không liên kết ngoài, đủ các phần phải in; mỗi lỗi một dòng (mã kết thúc 1)."""
    from bot.writing import write_whole

    async def run() -> None:
        if is_table(form):
            from bot.commands.papers.own_table import look_at

            found, kind = await look_at(file)
            typer.echo(f"✓ {file}: dùng được ({kind}, {len(found) // 1000} KB).")
            return
        content, made = await _looked_at(file, form, office)
        typer.echo(f"✓ {file}: dùng được ({len(content) // 1000} KB).")
        if sample:
            write_whole(sample, made)
            typer.echo(f"Bản điền thử: {sample}")

    asyncio.run(run())


@app.command("set")
def set_(file: _File, form: _Form, office: _Office = "", campaign: _Campaign = None) -> None:
    """Kiểm tra rồi dùng tệp này cho các bản gửi từ nay của mẫu phiếu (bản đã gửi giữ mẫu của mình), hay thay biểu của đợt."""
    if is_table(form):
        from bot.commands.papers.own_table import put

        asyncio.run(put(file, form, office, campaign))
        return
    from bot.campaign.invitations.invited import office_meant
    from bot.campaign.own_templates import chosen
    from bot.channels import read_settings
    from bot.clock import now
    from bot.wiring import database

    async def run() -> None:
        content, _ = await _looked_at(file, form, office)
        async with database(read_settings()) as store, store.transaction() as tx:
            name, id_ = await office_meant(tx, office)
            sha256 = await chosen(tx, id_, form, content, file.name, None, now())
            await tx.commit()
        typer.echo(f"Từ nay bản Word của {form} ({name}) in theo {file.name}, mã {sha256[:16]}. Bản đã gửi không đổi.")

    asyncio.run(run())


@app.command()
def get(
    form: _Form,
    out: Annotated[Path, typer.Option("--out", help="tệp sẽ ghi; tệp cùng tên được ghi lại")],
    office: _Office = "",
    campaign: _Campaign = None,
) -> None:
    """Ghi lại mẫu riêng đang dùng của một mẫu phiếu, hay tệp đang thay một biểu, đúng như tệp đã nộp."""
    if is_table(form):
        from bot.commands.papers.own_table import write_back

        asyncio.run(write_back(form, out, office, campaign))
        return
    from bot.campaign.invitations.invited import office_meant
    from bot.channels import read_settings
    from bot.wiring import database
    from bot.writing import write_whole
    from rules.nouns.errors import CaseError

    async def run() -> None:
        async with database(read_settings()) as store, store.reading() as tx:
            name, id_ = await office_meant(tx, office)
            used = next((one for one in await tx.templates.in_use(id_) if one.form == form), None)
            content = await tx.templates.content(used.sha256) if used else None
            if used is None or content is None:
                raise CaseError(f"{name}: {form} không có mẫu riêng nào đang dùng")
        write_whole(out, content)
        typer.echo(f"Đã ghi mẫu riêng của {form} ({used.name}, mã {used.sha256[:16]}): {out}")

    asyncio.run(run())


@app.command("list")
def list_(office: _Office = "") -> None:
    """Liệt kê các mẫu riêng, và các tệp thay biểu, đang dùng."""
    from bot.campaign.invitations.invited import office_meant
    from bot.channels import read_settings
    from bot.clock import ZONE
    from bot.commands.papers.own_table import listed
    from bot.wiring import database

    async def run() -> None:
        async with database(read_settings()) as store, store.reading() as tx:
            name, id_ = await office_meant(tx, office)
            found = await tx.templates.in_use(id_)
            for one in found:
                typer.echo(f"{one.form}: {one.name}, mã {one.sha256[:16]}, từ {one.at.astimezone(ZONE):%H:%M %d/%m/%Y}")
            for line in await listed(tx, id_):
                typer.echo(line)
            if not found:
                typer.echo(f"{name}: mọi mẫu phiếu in theo mẫu chung.")

    asyncio.run(run())


@app.command()
def remove(form: _Form, office: _Office = "", campaign: _Campaign = None) -> None:
    """Thôi dùng mẫu riêng cho các bản gửi từ nay (bản đã gửi giữ mẫu của mình), hay thôi dùng tệp thay biểu."""
    if is_table(form):
        from bot.commands.papers.own_table import take_out

        asyncio.run(take_out(form, office, campaign))
        return
    from bot.campaign.invitations.invited import office_meant
    from bot.campaign.own_templates import let_go
    from bot.channels import read_settings
    from bot.clock import now
    from bot.wiring import database
    from rules.nouns.errors import CaseError

    async def run() -> None:
        async with database(read_settings()) as store, store.transaction() as tx:
            name, id_ = await office_meant(tx, office)
            if not await let_go(tx, id_, form, None, now()):
                raise CaseError(f"{name}: {form} không có mẫu riêng nào đang dùng")
            await tx.commit()
        typer.echo(f"Từ nay bản Word của {form} in theo mẫu chung. Bản đã gửi không đổi.")

    asyncio.run(run())


async def _looked_at(file: Path, form: str, office: str) -> tuple[bytes, bytes]:
    """What is in the file, and a sample of the form made with it. Raises TusoiError."""
    from dataclasses import replace

    from bot.campaign.invitations.invited import office_meant
    from bot.campaign.own_templates import forms_of, meant, sample_of
    from bot.channels import read_settings
    from bot.clock import now
    from bot.commands.rulebooks.books import shelf
    from bot.reading.parent import Reading
    from bot.wiring import database
    from rules.nouns.errors import CaseError, RosterErrors

    async with database(read_settings()) as store, store.reading() as tx:
        name, _ = await office_meant(tx, office)
        wanted = meant(await forms_of(tx, shelf(), name), form)
    try:
        content = await asyncio.to_thread(file.read_bytes)
    except OSError as error:
        raise CaseError(f"{file}: không đọc được ({error.strerror})") from error
    try:
        await Reading().read("template", content, 0)
    except RosterErrors as errors:
        raise RosterErrors(tuple(replace(one, file=str(file)) for one in errors.mistakes)) from None
    return content, sample_of(wanted, name, now().year, content)
