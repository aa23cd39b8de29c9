"""`tusoi score`: what the product ledger of a period comes to, as JSON."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.rulebooks.books import Year


def score(
    rulebook: Annotated[str, typer.Argument(help="mã hoặc thư mục của bộ quy định (xem: tusoi rulebook list)")],
    ledger: Annotated[Path, typer.Argument(help="sổ sản phẩm của kỳ, tệp YAML; “-” đọc từ đầu vào chuẩn")],
    year: Year = None,
) -> None:
    """Tính điểm một kỳ từ sổ sản phẩm: số lượng, chất lượng, tiến độ và tổng điểm."""
    import json

    from bot.commands.files import case_document
    from bot.commands.rulebooks.books import found as found_book
    from bot.rulebooks.score_json import as_json
    from rules.book.ledger import score as worked_out
    from rules.reading.ledger_file import read_ledger

    book = found_book(rulebook, year)
    found = worked_out(book, book.scores.ledger, read_ledger(case_document(str(ledger)), book))
    typer.echo(json.dumps(as_json(book, found), ensure_ascii=False, indent=2))
