"""`tusoi data`: personal data: what may go, what is kept of somebody, what they ask, breaches."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rules.nouns.errors import CaseError
from rules.personal.requests import RequestOutcome

if TYPE_CHECKING:
    from bot.personal.breaches import Record
    from bot.personal.keeping import DueRemoval
    from storage.transaction import Transaction

app = typer.Typer(help="Dữ liệu cá nhân.", no_args_is_help=True)
breach = typer.Typer(help="Sổ vi phạm dữ liệu: chỉ thêm, không sửa.", no_args_is_help=True)
app.add_typer(breach, name="breach")

OfficeName = Annotated[str, typer.Option("--office", help="tên cơ quan; cần khi có nhiều cơ quan")]
_MOMENT = "%d/%m/%Y %H:%M"


@app.command()
def due() -> None:
    """In những gì đã giữ đủ lâu, sẽ được xóa lần tới (sau 02:00 mỗi ngày khi tusoi serve chạy). Không xóa gì."""
    from bot.channels import read_settings
    from bot.clock import now
    from bot.personal.keeping import due
    from bot.wiring import database

    settings = read_settings()

    async def run() -> "list[DueRemoval]":
        async with database(settings) as store:
            return await due(store, settings.keeping, now())

    for one in asyncio.run(run()):
        setting = f"TUSOI_KEEP_{one.time.upper()}_DAYS" if one.time != "uploads" else "không đổi được"
        typer.echo(f"{one.rows:>8}  {one.kind} (bảng {one.table}), giữ {one.days} ngày ({setting})")


@app.command()
def page() -> None:
    """In trang docs/du-lieu-ca-nhan.md, với thời hạn giữ đang đặt."""
    from bot.channels import read_settings
    from templates.personal.wording import page

    typer.echo(page(read_settings().keeping), nl=False)


@app.command()
def export(
    person: Annotated[str, typer.Option("--person", help="mã của người đó trong danh sách")],
    out: Annotated[Path, typer.Option("--out", help="thư mục sẽ ghi")],
    office: OfficeName = "",
) -> None:
    """Ghi mọi dữ liệu về một người: một trang để đọc (HTML) và một tệp JSON."""
    from bot.channels import read_settings
    from bot.clock import now
    from bot.commands.months import person_of
    from bot.personal.copying import all_of, as_json, as_page
    from bot.wiring import database
    from bot.writing import write_whole

    async def run() -> tuple[bytes, bytes]:
        async with database(read_settings()) as store, store.transaction() as tx:
            who = await person_of(tx, await _office(tx, office), person)
            copied = await all_of(tx, who, now())
            await tx.audit.record("system", "data exported", now(), person_id=who)
            await tx.commit()
            return as_page(copied), as_json(copied)

    pages = asyncio.run(run())
    out.parent.mkdir(parents=True, exist_ok=True)
    out.mkdir(mode=0o700, exist_ok=True)
    for content, kind in zip(pages, ("html", "json"), strict=True):
        file = out / f"du-lieu-{''.join(one for one in person if one.isalnum() or one in '-_')}.{kind}"
        write_whole(file, content, mode=0o600)
        typer.echo(f"Đã ghi {file}.")
    typer.echo("Tệp chứa dữ liệu cá nhân: chỉ giao cho chính người đó.")


@app.command()
def requests(
    office: OfficeName = "",
    everything: Annotated[bool, typer.Option("--all", help="kể cả yêu cầu đã trả lời, đã rút")] = False,
) -> None:
    """In các yêu cầu về dữ liệu: số, ai, yêu cầu gì, hạn nào, đã trả lời ra sao."""
    from bot.channels import read_settings
    from bot.clock import ZONE, now
    from bot.wiring import database
    from templates.wording import label

    async def run() -> None:
        async with database(read_settings()) as store, store.reading() as tx:
            found = await tx.requests.of_office(await _office(tx, office), waiting=not everything)
        for one in found:
            asked = one.request
            late = "  QUÁ HẠN" if asked.open and asked.due < now().date() else ""
            what = label(f"data/kind_{asked.kind.value}", {}, "vi")
            typer.echo(
                f"{asked.id}. {one.person.name} ({one.person.unit}), {what}, {asked.asked_at.astimezone(ZONE):{_MOMENT}}{late}"
            )
            typer.echo(f"   {asked.text!r}")
            if asked.outcome:
                told = label(f"data/{asked.outcome.value}", {}, "vi")
                typer.echo(f"   {told}: {asked.answer!r}")
            else:
                typer.echo(
                    f"   Hạn báo đã nhận {asked.reply_due:%d/%m/%Y}{' (đã báo)' if asked.seen_at else ''}; hạn trả lời {asked.act_due:%d/%m/%Y}."
                )
        if not found:
            typer.echo("Không có yêu cầu nào.")

    asyncio.run(run())


@app.command()
def answer(
    request: Annotated[int, typer.Argument(help="số của yêu cầu, như tusoi data requests in")],
    outcome: Annotated[
        RequestOutcome, typer.Option("--outcome", help="done: đã làm; partly: một phần; refused: không làm được")
    ],
    reason: Annotated[str, typer.Option("--reason", help="đã làm gì, hoặc vì sao không, theo quy định nào")],
    office: OfficeName = "",
) -> None:
    """Trả lời một yêu cầu khi bộ phận tổ chức không có ai khác; đồng ý xóa thì xóa ngay những gì xóa được."""
    from bot.channels import read_settings
    from bot.clock import now
    from bot.delivery.notices import notify
    from bot.personal.answering import answered
    from bot.wiring import database
    from dialogs.personal.answered import answer_notice

    if outcome is RequestOutcome.WITHDRAWN or not reason.strip():
        raise CaseError("cần --outcome done, partly hoặc refused, và lý do không trống.")

    async def run() -> bool:
        async with database(read_settings()) as store, store.transaction() as tx:
            waiting = await tx.requests.of_office(await _office(tx, office), waiting=True)
            asked = next((one for one in waiting if one.request.id == request), None)
            if asked is None or not await answered(tx, request, outcome, reason.strip(), None, now()):
                return False
            told = answer_notice(asked.request, outcome, reason.strip(), now().date())
            await notify(tx, asked.person.id, told.key, told.reply, now())
            await tx.commit()
            return True

    if not asyncio.run(run()):
        raise CaseError(f"không có yêu cầu số {request} của cơ quan này đang chờ trả lời.")
    typer.echo("Đã trả lời; người yêu cầu được báo, và đọc lại được ở /dulieu.")


@app.command()
def assessment(out: Annotated[Path, typer.Option("--out", help="tệp .docx sẽ ghi")], office: OfficeName = "") -> None:
    """Lập hồ sơ đánh giá tác động xử lý dữ liệu cá nhân với những gì chương trình biết; chỗ khác để trống."""
    from bot.channels import read_settings
    from bot.clock import now
    from bot.wiring import database
    from rules.personal.kinds import personal
    from templates.personal.papers import paper
    from templates.personal.wording import clause_words, kind_words

    settings = read_settings()

    async def run() -> dict[str, object]:
        async with database(settings) as store, store.reading() as tx:
            place = await _office(tx, office)
            name = await _letterhead(tx, place)
            return {
                **name,
                "people": len(await tx.people.of_office(place)),
                "gone": len(await tx.people.gone(place)),
            }

    told = "đang mở, tin nhắn đi qua máy chủ của Telegram ở nước ngoài" if settings.telegram_token else "không dùng"
    values = {
        **asyncio.run(run()),
        **_day(now()),
        "kinds": [kind_words(kind, settings.keeping) for kind in personal().kinds],
        **{
            key: clause_words(name)
            for key, name in (("clause", "assessment"), ("abroad", "abroad"), ("breach", "breach"))
        },
        "hours": personal().days["breach_hours"],
        "telegram": told,
    }
    _write(out, paper("assessment", values))


@breach.command()
def add(
    what: Annotated[str, typer.Option("--what", help="việc gì đã xảy ra, dữ liệu nào")],
    by: Annotated[str, typer.Option("--by", help="ai ghi")],
    found: Annotated[
        datetime | None, typer.Option("--found", formats=[_MOMENT], help="phát hiện lúc nào; mặc định là lúc này")
    ] = None,
    people: Annotated[int | None, typer.Option("--people", min=0, help="bao nhiêu người liên quan, nếu biết")] = None,
    measures: Annotated[str, typer.Option("--measures", help="đã làm gì")] = "",
    of: Annotated[int | None, typer.Option("--of", help="ghi thêm cho vi phạm số này")] = None,
    reported: Annotated[datetime | None, typer.Option("--reported", formats=[_MOMENT], help="đã báo lúc nào")] = None,
    to: Annotated[str, typer.Option("--to", help="đã báo cơ quan nào")] = "",
    office: Annotated[str, typer.Option("--office", help="chỉ của cơ quan này; để trống: cả máy chủ")] = "",
) -> None:
    """Ghi một vi phạm, hoặc ghi thêm (--of). Ghi rồi không sửa, không xóa được."""
    from bot.channels import read_settings
    from bot.clock import ZONE, now
    from bot.wiring import database
    from rules.personal.requests import breach_due
    from storage.repositories.requests import Breach

    at = now()
    since = found.replace(tzinfo=ZONE) if found else at
    if since > at or (reported and reported.replace(tzinfo=ZONE) > at):
        raise CaseError("lúc phát hiện và lúc báo không thể ở tương lai.")
    if not what.strip() or not by.strip():
        raise CaseError("cần ghi việc gì đã xảy ra (--what) và ai ghi (--by).")

    async def run() -> int:
        async with database(read_settings()) as store, store.transaction() as tx:
            first = {one.id: one for one in await tx.requests.breaches() if one.of is None}
            if of is not None and of not in first:
                raise CaseError(f"không có vi phạm số {of}.")
            entry = Breach(
                id=0,
                office_id=await _office(tx, office) if office else None,
                of=of,
                found_at=first[of].found_at if of else since,
                what=what.strip(),
                people=people,
                measures=measures.strip(),
                reported_at=reported.replace(tzinfo=ZONE) if reported else None,
                reported_to=to.strip(),
                by=by.strip(),
                recorded_at=at,
            )
            id_ = await tx.requests.record_breach(entry)
            await tx.audit.record("system", "breach recorded", at, detail={"breach": of or id_})
            await tx.commit()
            return of or id_

    number = asyncio.run(run())
    typer.echo(f"Đã ghi vào sổ, vi phạm số {number}.")
    if of is None and reported is None:
        typer.echo(f"Hạn báo cơ quan có thẩm quyền: {breach_due(since).astimezone(ZONE):{_MOMENT}}.")


@breach.command("list")
def list_() -> None:
    """In sổ vi phạm: số, phát hiện lúc nào, hạn báo, đã báo hay chưa."""
    from bot.clock import ZONE, now

    for one in _records():
        when = one.reported_at
        told = f"đã báo {when.astimezone(ZONE):{_MOMENT}}" if when else "CHƯA BÁO"
        late = ", QUÁ HẠN" if one.late(now()) else ""
        typer.echo(
            f"{one.first.id}. Phát hiện {one.first.found_at.astimezone(ZONE):{_MOMENT}}, hạn báo {one.due.astimezone(ZONE):{_MOMENT}}: {told}{late}"
        )
        typer.echo(f"   {one.first.what!r} ({one.first.by})")
        for more in one.more:
            typer.echo(f"   + {more.recorded_at.astimezone(ZONE):{_MOMENT}} {more.what!r} ({more.by})")


@breach.command()
def report(
    number: Annotated[int, typer.Argument(help="số của vi phạm trong sổ")],
    out: Annotated[Path, typer.Option("--out", help="tệp .docx sẽ ghi")],
    office: OfficeName = "",
) -> None:
    """Lập thông báo vi phạm để ký và gửi; gửi rồi thì ghi: tusoi data breach add --of SỐ --reported … --to …"""
    from bot.channels import read_settings
    from bot.clock import ZONE, now
    from bot.wiring import database
    from templates.personal.papers import paper
    from templates.personal.wording import clause_words

    one = next((one for one in _records() if one.first.id == number), None)
    if one is None:
        raise CaseError(f"không có vi phạm số {number}.")

    async def run() -> dict[str, str]:
        async with database(read_settings()) as store, store.reading() as tx:
            return await _letterhead(tx, one.first.office_id or await _office(tx, office))

    entries = (one.first, *one.more)
    values = {
        **asyncio.run(run()),
        **_day(now()),
        "clause": clause_words("breach"),
        "to": next((entry.reported_to for entry in reversed(entries) if entry.reported_to), ""),
        "found": f"{one.first.found_at.astimezone(ZONE):{_MOMENT}}",
        "due": f"{one.due.astimezone(ZONE):{_MOMENT}}",
        "what": one.first.what,
        "people": next((str(entry.people) for entry in reversed(entries) if entry.people is not None), "chưa rõ"),
        "measures": "; ".join(entry.measures for entry in entries if entry.measures),
        "more": [f"{entry.recorded_at.astimezone(ZONE):{_MOMENT}}: {entry.what} ({entry.by})" for entry in one.more],
    }
    _write(out, paper("breach", values))


def _records() -> "list[Record]":
    from bot.channels import read_settings
    from bot.personal.breaches import records
    from bot.wiring import database

    async def run() -> "list[Record]":
        async with database(read_settings()) as store, store.reading() as tx:
            return records(await tx.requests.breaches())

    return asyncio.run(run())


def _write(out: Path, content: bytes) -> None:
    from bot.writing import write_whole

    write_whole(out, content)
    typer.echo(f"Đã ghi {out}.")


def _day(now: datetime) -> dict[str, str]:
    return {"day": f"{now:%d}", "month": f"{now:%m}", "year": f"{now:%Y}"}


async def _office(tx: "Transaction", name: str) -> int:
    from bot.campaign.invitations.invited import office_meant

    return (await office_meant(tx, name))[1]


async def _letterhead(tx: "Transaction", office: int) -> dict[str, str]:
    """What stands above a paper of the office."""
    kept = (await tx.rosters.kept(office)).present.office
    return {"office": kept.name, "parent": kept.above}
