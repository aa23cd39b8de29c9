"""`tusoi campaign`: opening a campaign (đợt đánh giá), and taking that back while nobody has answered."""

import asyncio
import datetime as dt
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.campaign.campaigns import OpenedCampaign
    from rules.nouns.tracking import LastMonth

app = typer.Typer(help="Đợt đánh giá.", no_args_is_help=True)


@app.command("open")
def open_(
    rulebooks: Annotated[list[str], typer.Argument(help="một hay nhiều mã bộ quy định (xem: tusoi rulebook list)")],
    year: Annotated[int, typer.Option(help="năm đánh giá")],
    roster: Annotated[Path, typer.Option(help="danh sách .xlsx (tạo mẫu: tusoi roster template)")],
    period: Annotated[
        str,
        typer.Option(
            help="kỳ: year (cả năm), school (năm học kết thúc trong năm đó), h1, h2 (6 tháng), q1…q4 (quý), m01…m12 (tháng)"
        ),
    ] = "year",
    first: Annotated[dt.datetime | None, typer.Option("--from", help="ngày đầu kỳ", formats=["%Y-%m-%d"])] = None,
    last: Annotated[dt.datetime | None, typer.Option("--to", help="ngày cuối kỳ", formats=["%Y-%m-%d"])] = None,
    as_of: Annotated[
        dt.datetime | None,
        typer.Option("--as-of", help="ngày xếp loại: theo quy định có hiệu lực ngày đó", formats=["%Y-%m-%d"]),
    ] = None,
    due: Annotated[list[str] | None, typer.Option(help="dời hạn: mốc=YYYY-MM-DD (xem: tusoi rulebook show)")] = None,
    everybody: Annotated[bool, typer.Option("--list", help="xem tên từng người trước khi mở")] = False,
    workers: Annotated[
        bool | None, typer.Option("--workers/--no-workers", help="có (không) đánh giá người lao động theo hợp đồng")
    ] = None,
    unit_workers: Annotated[
        bool | None,
        typer.Option(
            "--unit-workers/--no-unit-workers",
            help="có (không) đánh giá người lao động theo hợp đồng của đơn vị sự nghiệp công lập",
        ),
    ] = None,
    units: Annotated[
        bool | None,
        typer.Option("--units/--no-units", help="có (không) xếp loại cả đơn vị; người đứng đầu lập phiếu của đơn vị"),
    ] = None,
    own_regulation: Annotated[
        bool | None,
        typer.Option(
            "--own-regulation/--no-own-regulation", help="đến lúc xếp loại, đơn vị đã (chưa) ban hành Quy chế đánh giá"
        ),
    ] = None,
    december: Annotated[
        str,
        typer.Option(
            help="điểm tháng 12 trong điểm năm: provisional (lấy điểm tạm tính) hoặc later (hoàn thành trước 15/01)"
        ),
    ] = "",
    allowed_by: Annotated[str, typer.Option(help="với --december later: cấp trên cho phép")] = "",
    paper: Annotated[str, typer.Option(help="với --december later: số văn bản cho phép")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="không hỏi lại")] = False,
) -> None:
    """Mở một đợt đánh giá: nhập danh sách, xem trước ai làm mẫu nào, rồi tạo phiếu và thư mời.

    Ở cửa sổ dòng lệnh thì hỏi lại trước khi mở; chạy tự động thì chỉ nêu những điều cần xem lại.
    """
    from bot.campaign.campaigns import open_campaign
    from bot.channels import read_settings
    from bot.commands.campaign_report import foreseen, to_agree, told, without_forms
    from bot.commands.dates import days_of, moved, period_of
    from bot.commands.people.roster import read_or_tell
    from bot.commands.rulebooks.books import lasting, shelf
    from bot.wiring import database
    from rules.book.milestones import SELF_REVIEW
    from rules.nouns.periods import period as the_period

    async def run() -> None:
        async with database(settings) as store:
            opening = partial(
                open_campaign,
                store,
                shelf(),
                [book.id for book in books],
                year,
                people,
                period=kept_period,
                span_days=days,
                dates=dates,
                last_month=last_month,
            )
            would = await opening(rehearsal=True, answers=said)
            if asks and (open_day := _own_day(would)):
                opening = partial(opening, dates={**dates, SELF_REVIEW: open_day})
                would = await opening(rehearsal=True, answers=said)
            asked = _answered(would) if asks else {}
            answers = {**said, **asked}
            if asked:
                would = await opening(rehearsal=True, answers=answers)
            if on_terminal or everybody:
                _tell(foreseen(would, year, kept_period, people, everybody=everybody))
            for line in to_agree(would, books, span, people, shelf()):
                typer.echo(f"Lưu ý: {line}", err=not on_terminal)
            if asks and not typer.confirm("Mở đợt đánh giá này?"):
                typer.echo("Chưa mở gì.")
                return
            opened = await opening(answers=answers, seen=would.revision)
            _tell(told(opened, year, kept_period, people))
            if not (on_terminal or everybody):
                _tell(without_forms(opened.shared.without, everybody=False))
            _tell(
                ["Xem thư mời: tusoi invite list", f"Mở nhầm thì rút lại được: tusoi campaign undo {opened.campaign}"]
            )

    settings = read_settings()
    given = {
        "review_workers": workers,
        "review_unit_workers": unit_workers,
        "own_regulation": own_regulation,
        "rate_units": units,
    }
    said = {name: on for name, on in given.items() if on is not None}
    kept_period = period_of(period)
    days = days_of(first, last, as_of, the_period(year, kept_period))
    span = the_period(year, kept_period, days)
    books = [lasting(rulebook, span.as_of) for rulebook in dict.fromkeys(rulebooks)]
    dates = moved(due or [], books)
    last_month = _chosen(december, allowed_by, paper)
    people = read_or_tell(roster)
    on_terminal = sys.stdin.isatty()
    asks = on_terminal and not yes
    asyncio.run(run())


def _chosen(december: str, allowed_by: str, paper: str) -> "LastMonth | None":
    """What the options say of the last month of the year. Raises TusoiError."""
    from rules.nouns.errors import TusoiError
    from rules.nouns.tracking import LastMonth, LastMonthChoice

    if not december and not allowed_by and not paper:
        return None
    if december not in tuple(LastMonthChoice):
        raise TusoiError(f"--december {december}: cần provisional hoặc later")
    if (december == LastMonthChoice.LATER) != bool(allowed_by and paper):
        raise TusoiError("--allowed-by và --paper đi cùng --december later: ai cho phép, văn bản số mấy")
    return LastMonth(LastMonthChoice(december), allowed_by, paper)


@app.command()
def undo(
    campaign: Annotated[int, typer.Argument(help="số của đợt; không ghi thì là đợt đang mở duy nhất")] = 0,
    yes: Annotated[bool, typer.Option("--yes", help="không hỏi lại")] = False,
) -> None:
    """Rút lại việc mở đợt khi chưa ai trả lời: hủy phiếu, mã mời chưa dùng và lời nhắn chưa gửi của đợt; giữ danh sách."""
    from bot.campaign.undoing import AlreadyAnswered, undo
    from bot.channels import read_settings
    from bot.clock import now
    from bot.commands.campaign_report import chosen, named
    from bot.wiring import database
    from rules.nouns.errors import TusoiError

    async def run() -> None:
        async with database(settings) as store:
            async with store.reading() as tx:
                parts = chosen(await tx.campaigns.open_ones(), campaign)
            which = named(parts[0])
            if sys.stdin.isatty() and not yes and not typer.confirm(f"Rút lại việc mở {which}?"):
                typer.echo("Chưa rút lại gì.")
                return
            async with store.transaction() as tx:
                try:
                    undone = await undo(tx, parts[0].id, now())
                except AlreadyAnswered as error:
                    raise TusoiError(
                        f"{which}: đã có người trả lời ({error}); không rút lại được, chỉ đóng được"
                    ) from None
                except LookupError:
                    raise TusoiError(f"{which} không còn mở; chưa rút lại gì") from None
                await tx.commit()
            typer.echo(
                f"Đã rút lại việc mở {which}: hủy {undone.reviews} phiếu, {undone.codes} mã mời chưa dùng, "
                f"{undone.messages} lời nhắn chưa gửi. Danh sách vẫn được giữ; có thể mở lại."
            )

    settings = read_settings()
    asyncio.run(run())


def _tell(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)


def _own_day(would: "OpenedCampaign") -> dt.date | None:
    """The last day of people's own review, where the rulebooks leave it to the office; None: it stays open."""
    from bot.clock import ZONE, now
    from rules.nouns.days import read_day
    from templates.wording import LANGUAGES, label

    point = next((one for one in would.points if one.key == "own_day_open"), None)
    offer = str(point.values["offer"]) if point else ""
    shown = f"{dt.date.fromisoformat(offer):%d/%m/%Y}" if offer else ""
    if point:
        typer.echo(f"Lưu ý: {label('opening/own_day_open', point.values, LANGUAGES[0])}")
    while point:
        typed = typer.prompt("Hạn gửi bản tự đánh giá (ngày/tháng/năm; để trống: đặt sau)", default=shown).strip()
        day = read_day(typed, now().astimezone(ZONE).date()) if typed else None
        if day or not typed:
            return day
        typer.echo("Chưa đọc được ngày này; hãy gõ ngày/tháng/năm.")
    return None


def _answered(would: "OpenedCampaign") -> dict[str, bool]:
    """What the clerk says to each point that waits for an answer, by the office's setting."""
    from templates.wording import LANGUAGES, label

    return {
        point.setting: typer.confirm(label(f"opening/ask_{point.key}", point.values, LANGUAGES[0]), default=None)
        for point in would.points
        if point.open
    }
