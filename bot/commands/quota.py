"""`tusoi quota`: whether a list of ratings keeps to the shares of a rulebook, as JSON."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.books import Year
from rules.nouns.values import Subject


def quota(
    rulebook: Annotated[str, typer.Argument(help="mã hoặc thư mục của bộ quy định (xem: tusoi rulebook list)")],
    ratings: Annotated[
        Path, typer.Argument(help="tệp CSV: person, unit, group, leader, rating; “-” đọc từ đầu vào chuẩn")
    ],
    proposal: Annotated[
        bool, typer.Option("--proposal", help="kiểm tra tỷ lệ ở bước đề nghị, không phải bước quyết định")
    ] = False,
    by_decision: Annotated[
        bool, typer.Option("--by-decision", help="cấp có thẩm quyền đã quyết định cho tỷ lệ cao hơn")
    ] = False,
    subject: Annotated[
        Subject | None,
        typer.Option(help="đối tượng của danh sách; tỷ lệ của đối tượng khác thì bỏ qua (không ghi: mọi cá nhân)"),
    ] = None,
    year: Year = None,
) -> None:
    """Đối chiếu danh sách xếp loại với tỷ lệ của bộ quy định, theo từng nhóm."""
    import json

    from bot.commands.books import found as found_book
    from bot.commands.files import called, text_of
    from rules.book.quota import shares
    from rules.reading.quota_file import read_ratings

    book = found_book(rulebook, year)
    rated = read_ratings(text_of(str(ratings)), called(str(ratings)))
    stage = "proposal" if proposal else "decision"
    found = shares(book.quotas, rated, stage, by_decision=by_decision, subject=subject)
    groups = [
        {
            "key": dict(share.key),
            "base": share.base,
            "rated": share.rated,
            "allowed": share.allowed,
            "over": share.over,
            "cite": share.quota.cite,
            "rating": share.quota.rating,
            "of": share.quota.of,
            **({"note": share.quota.note} if share.quota.note else {}),
            **({"unverified": True} if share.quota.unverified else {}),
        }
        for share in found
    ]
    ok = all(share.over == 0 for share in found)
    typer.echo(json.dumps({"groups": groups, "ok": ok}, ensure_ascii=False, indent=2))
