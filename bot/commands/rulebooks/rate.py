"""`tusoi rate`: the suggestion for a case, or for a file of cases, as JSON."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.rulebooks.books import Year

if TYPE_CHECKING:
    from bot.rulebooks.bulk import Editions
    from rules.book.editions import When
    from rules.book.rulebook import Rulebook


def rate(
    rulebook: Annotated[str, typer.Argument(help="mã hoặc thư mục của bộ quy định (xem: tusoi rulebook list)")],
    case: Annotated[
        str,
        typer.Argument(
            help="tệp YAML {subject, leader, facts, year, period, as_of, service}; “-” đọc từ đầu vào chuẩn"
        ),
    ] = "",
    bulk: Annotated[
        Path | None, typer.Option(help="tệp .jsonl, mỗi dòng một trường hợp; “-” đọc từ đầu vào chuẩn")
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="giải thích kết quả bằng lời, vài dòng, thay vì in JSON")
    ] = False,
    full: Annotated[
        bool, typer.Option("--full", help="giải thích đầy đủ: từng điều kiện, cách tính điểm, mức cao hơn")
    ] = False,
    year: Year = None,
) -> None:
    """Gợi ý mức xếp loại, kèm điều khoản của từng điều kiện."""
    from functools import cache

    from bot.commands.rulebooks.books import found
    from rules.nouns.errors import CaseError

    if bool(case) == bool(bulk):
        raise CaseError("tusoi rate: cần đúng một tệp trường hợp: CASE.yaml, hoặc --bulk CASES.jsonl")

    if bulk and (explain or full):
        raise CaseError(
            "tusoi rate: --explain và --full là của một trường hợp; --bulk in JSON, mỗi dòng một trường hợp"
        )

    @cache
    def editions(of_case: "When | None") -> "Rulebook":
        return found(rulebook, of_case or year)

    editions(None)
    if bulk:
        _rate_all(editions, str(bulk))
    else:
        _rate_one(editions, case, explain=explain or full, full=full)


def _rate_one(editions: "Editions", name: str, *, explain: bool, full: bool) -> None:
    import json

    from bot.commands.files import case_document
    from bot.rulebooks.bulk import suggested
    from bot.rulebooks.suggestion_json import as_json
    from rules.reading.case import read_case

    document = case_document(name)
    case = read_case(document)
    book = editions(case.when)
    suggestion = suggested(book, case, document)
    if explain:
        from rules.judging.explanation import explanation
        from templates.rulebook.explanation import told

        profile = book.profiles[case.subject, case.leader]
        sys.stdout.write(told(explanation(book, case, suggestion), profile, full=full))
    else:
        sys.stdout.write(json.dumps(as_json(suggestion), ensure_ascii=False) + "\n")


def _rate_all(editions: "Editions", name: str) -> None:
    """Goes on after a bad line; ends with status 1 when there was one."""
    from bot.commands.files import called
    from bot.rulebooks.bulk import rate_lines

    bad = 0

    def complain(told: str) -> None:
        nonlocal bad
        bad += 1
        sys.stderr.write(f"{told}\n")

    for line in rate_lines(editions, _lines(name), called(name), complain):
        sys.stdout.buffer.write(line)
    if bad:
        raise typer.Exit(1)


def _lines(name: str) -> Iterator[bytes]:
    from rules.nouns.errors import Mistake, WrongCaseError

    if name == "-":
        yield from sys.stdin.buffer
        return
    try:
        with Path(name).open("rb") as file:
            yield from file
    except OSError as error:
        raise WrongCaseError((Mistake(name, 0, "", "readable_file"),)) from error
