"""`tusoi template … --form table:KEY`: the office's own files in the place of summary tables that its plan does not print."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from rules.nouns.errors import CaseError, RosterErrors

if TYPE_CHECKING:
    from rules.book.summaries import SummaryTable
    from rules.nouns.reviews import Campaign
    from storage.transaction import Transaction

#: What such a table is called by, before its key in the rulebook.
PREFIX = "table:"


def is_table(form: str) -> bool:
    """Whether that names a table, and no form."""
    return form.startswith(PREFIX)


async def look_at(file: Path) -> tuple[bytes, str]:
    """What is in the file, and which kind it was found to be. Raises TusoiError."""
    from dataclasses import replace

    from bot.channels import read_settings
    from bot.reading.parent import Reading
    from rules.nouns.enclosures import OWN_TABLE_KINDS
    from rules.nouns.errors import Mistake

    settings = read_settings()
    kinds = [one for one in OWN_TABLE_KINDS if one in settings.enclosure_kinds]
    try:
        content = await asyncio.to_thread(file.read_bytes)
    except OSError as error:
        raise CaseError(f"{file}: không đọc được ({error.strerror})") from error
    if len(content) > settings.enclosure_mb * 1_000_000:
        raise RosterErrors((Mistake(str(file), 0, "", "enclosure_big", {"most": str(settings.enclosure_mb)}),))
    try:
        kind = str(await Reading().read("enclosure", content, 0))
    except RosterErrors as errors:
        raise RosterErrors(tuple(replace(one, file=str(file)) for one in errors.mistakes)) from None
    if kind not in kinds:
        told = {"kind": kind, "kinds": ", ".join(kinds)}
        raise RosterErrors((Mistake(str(file), 0, "", "enclosure_not_taken", told),))
    return content, kind


async def put(file: Path, form: str, office: str, campaign: int | None) -> None:
    """Look at the file and let it stand for the table from now on."""
    from bot.campaign.results.own_tables import file_for, handed_in, standing
    from bot.channels import read_settings
    from bot.clock import now
    from bot.data_folder import enclosures
    from bot.wiring import database

    content, kind = await look_at(file)
    settings = read_settings()
    async with database(settings) as store, store.transaction() as tx:
        part, table = await meant(tx, form, office, campaign)
        there = (await standing(tx, [part.id])).get((part.id, part.rulebook, table.key))
        sha256 = await asyncio.to_thread(enclosures(settings).keep, content)
        own = file_for(part, table.key, (sha256, len(content), kind, file.name), None, now())
        await handed_in(tx, own, there.id if there else 0, None)
        await tx.commit()
    typer.echo(f"Từ nay {table.code or table.title} của đợt {part.id} theo {file.name}, mã {sha256[:16]}.")


async def take_out(form: str, office: str, campaign: int | None) -> None:
    """Ours again; the file stays kept."""
    from bot.campaign.results.own_tables import standing, taken_out
    from bot.channels import read_settings
    from bot.clock import now
    from bot.wiring import database

    async with database(read_settings()) as store, store.transaction() as tx:
        part, table = await meant(tx, form, office, campaign)
        there = (await standing(tx, [part.id])).get((part.id, part.rulebook, table.key))
        if there is None:
            raise CaseError(f"{part.office}, đợt {part.id}: {form} không có tệp nào của cơ quan đang dùng")
        await taken_out(tx, part, table.key, there.id, None, now())
        await tx.commit()
    typer.echo(f"Từ nay {table.code or table.title} của đợt {part.id} lập như trước; tệp {there.name} vẫn được giữ.")


async def write_back(form: str, out: Path, office: str, campaign: int | None) -> None:
    """The file that stands for the table, as it was handed in."""
    from bot.campaign.results.own_tables import standing
    from bot.channels import read_settings
    from bot.data_folder import enclosures
    from bot.wiring import database
    from bot.writing import write_whole
    from storage.kept_files import Lost

    settings = read_settings()
    async with database(settings) as store, store.reading() as tx:
        part, table = await meant(tx, form, office, campaign, closed=True)
        there = (await standing(tx, [part.id])).get((part.id, part.rulebook, table.key))
    if there is None:
        raise CaseError(f"{part.office}, đợt {part.id}: {form} không có tệp nào của cơ quan đang dùng")
    try:
        write_whole(out, enclosures(settings).content(there.sha256))
    except Lost:
        raise CaseError(f"tệp {there.name} không còn nguyên vẹn; chạy: tusoi db verify") from None
    typer.echo(f"Đã ghi tệp của cơ quan cho {form} ({there.name}, loại {there.kind}, mã {there.sha256[:16]}): {out}")


async def listed(tx: "Transaction", office: int) -> list[str]:
    """A line for each file that stands for a table of an open campaign."""
    from bot.campaign.results.own_tables import standing
    from bot.clock import ZONE

    parts = await tx.campaigns.of_office(office, is_open=True)
    every = await standing(tx, sorted({one.id for one in parts}))
    return [
        f"{PREFIX}{one.key} (đợt {one.campaign_id}): {one.name}, mã {one.sha256[:16]},"
        f" từ {one.at.astimezone(ZONE):%H:%M %d/%m/%Y}"
        for one in every.values()
    ]


async def meant(
    tx: "Transaction", form: str, office: str, campaign: int | None, *, closed: bool = False
) -> tuple["Campaign", "SummaryTable"]:
    """The table of that key, in the campaign of that number, or in the only one that has it. Raises CaseError that lists them."""
    from bot.campaign.invitations.invited import office_meant
    from bot.campaign.usable import usable
    from bot.commands.rulebooks.books import shelf

    _, id_ = await office_meant(tx, office)
    books, every = shelf(), [*await tx.campaigns.of_office(id_, is_open=True)]
    if closed:
        every += await tx.campaigns.of_office(id_, is_open=False)
    found: Mapping[tuple[int, str], tuple[Campaign, SummaryTable]] = {
        (part.id, PREFIX + table.key): (part, table)
        for part in every
        if usable(part, books)
        for table in books[part.edition].summary_tables
        if table.replaceable
    }
    here = [one for (id_, key), one in found.items() if key == form and campaign in {None, id_}]
    if len(here) == 1:
        return here[0]
    if not found:
        raise CaseError("không đợt đánh giá nào đang mở có biểu thay được bằng tệp của cơ quan")
    lines = "\n".join(f"  đợt {id_}: {key}, {table.title}" for (id_, key), (_, table) in found.items())
    first = "có nhiều đợt có biểu này, hãy thêm --campaign MÃ" if here else f"không có biểu “{form}” thay được"
    raise CaseError(f"{first}; đang có:\n{lines}")
