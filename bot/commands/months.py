"""`tusoi months`: the months of who moves, to the new body and from the body before."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from storage.transaction import Transaction

app = typer.Typer(help="Điểm tháng, quý của người chuyển công tác.", no_args_is_help=True)

Key = Annotated[str, typer.Argument(help="mã số của người trong danh sách")]
Office = Annotated[str, typer.Option("--office", help="tên cơ quan; cần khi có nhiều cơ quan")]


@app.command()
def export(
    key: Key,
    file: Annotated[Path, typer.Argument(help="tệp .xlsx hoặc .json sẽ ghi")],
    year: Annotated[int, typer.Option(help="năm")],
    office: Office = "",
) -> None:
    """Ghi điểm các tháng, quý đã xác nhận của một người ra tệp, để gửi cơ quan mới."""
    from bot.campaign.invitations.invited import office_meant
    from bot.campaign.months.sent import json_of, months_of, workbook_of
    from bot.channels import read_settings
    from bot.commands.people.roster import refuse_to_overwrite
    from bot.commands.rulebooks.books import shelf
    from bot.wiring import database
    from bot.writing import write_whole

    async def run() -> int:
        async with database(settings) as store, store.reading() as tx:
            _, id_ = await office_meant(tx, office)
            value = await months_of(tx, shelf(), await person_of(tx, id_, key), year)
        write_whole(file, json_of(value) if file.suffix == ".json" else workbook_of(value))
        return len(value["periods"]) if isinstance(value["periods"], list) else 0

    refuse_to_overwrite(file)
    settings = read_settings()
    typer.echo(f"Đã ghi {file}: {asyncio.run(run())} kỳ đã xác nhận.")


@app.command("import")
def import_(
    key: Key,
    file: Annotated[Path, typer.Argument(help="tệp .xlsx hoặc .json do cơ quan cũ gửi")],
    paper: Annotated[str, typer.Option(help="số văn bản gửi kết quả của cơ quan cũ")],
    office: Office = "",
) -> None:
    """Nhập điểm các tháng, quý do cơ quan cũ gửi; phiếu năm của người đó theo điểm này."""
    from bot.campaign.invitations.invited import office_meant
    from bot.campaign.months.sent import record_file
    from bot.channels import read_settings
    from bot.clock import now
    from bot.commands.rulebooks.books import shelf
    from bot.reading.parent import read_path
    from bot.wiring import database
    from rules.campaign.months.sent import WrongMonths
    from rules.nouns.errors import TusoiError

    async def run() -> int:
        async with database(settings) as store, store.transaction() as tx:
            _, id_ = await office_meant(tx, office)
            person = await person_of(tx, id_, key)
            found = await record_file(tx, shelf(), person, said, paper, now())
            if isinstance(found, WrongMonths):
                raise TusoiError(
                    f"{file}: {_EXPECTED[found.expected]}{f' ({found.part})' if found.part else ''}; chưa nhập gì"
                )
            await tx.commit()
            return len(found)

    said = read_path("months", file)
    settings = read_settings()
    kept = asyncio.run(run())
    typer.echo(f"Đã nhập điểm {kept} kỳ theo văn bản số {paper}.")


#: What was expected, by `rules.campaign.months.sent.WrongMonths`.
_EXPECTED = {
    "file": "không phải tệp điểm tháng do tusoi months export ghi",
    "paper": "thiếu số văn bản, hoặc số văn bản quá dài",
    "score": "mỗi dòng cần một tháng hoặc quý và điểm từ 0 đến 100",
    "twice": "một kỳ ghi hai lần",
    "none": "không có kỳ nào",
}


async def person_of(tx: "Transaction", office: int, key: str) -> int:
    """The person of that key. Raises CaseError."""
    from rules.nouns.errors import CaseError

    found = next((person for person, one in (await tx.people.keys(office)).items() if one == key), None)
    if found is None:
        raise CaseError(f"không có ai mang mã {key} trong danh sách của cơ quan.")
    return found
