"""`tusoi rate`: the suggestion for a case, or for a file of cases, as JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rules.rulebook import Rulebook
    from rules.strict_yaml import Document


def rate(
    rulebook: Annotated[str, typer.Argument(help="mã hoặc thư mục của bộ quy định (xem: tusoi rulebook list)")],
    case: Annotated[str, typer.Argument(help="tệp YAML {subject, leader, facts}; “-” đọc từ đầu vào chuẩn")] = "",
    bulk: Annotated[
        Path | None, typer.Option(help="tệp .jsonl, mỗi dòng một trường hợp; “-” đọc từ đầu vào chuẩn")
    ] = None,
) -> None:
    """Gợi ý mức xếp loại, kèm điều khoản của từng điều kiện."""
    from rules.errors import CaseError
    from rules.load import load

    if bool(case) == bool(bulk):
        raise CaseError("tusoi rate: cần đúng một tệp trường hợp: CASE.yaml, hoặc --bulk CASES.jsonl")
    book = load(rulebook)
    documents = _lines(bulk) if bulk else iter([_document(case)])
    for document in documents:
        sys.stdout.write(_rated(book, document) + "\n")


def _rated(book: Rulebook, document: Document) -> str:
    import json

    from bot.suggestion_json import as_json
    from rules.case import read_case
    from rules.errors import WrongCaseError
    from rules.suggest import NotCoveredError, suggest

    case = read_case(document)
    try:
        return json.dumps(as_json(suggest(book, case)), ensure_ascii=False)
    except NotCoveredError as error:
        known = ", ".join(f"{subject} (leader: {str(leader).lower()})" for subject, leader in book.profiles)
        given = f"{case.subject} (leader: {str(case.leader).lower()})"
        mistake = document.mistake(("subject",), "not_covered", rulebook=book.id, given=given, known=known)
        raise WrongCaseError((mistake,)) from error


def _document(name: str) -> Document:
    """The case file, parsed. A break of the syntax is the user's mistake as any other."""
    from rules.errors import RulebookErrors, WrongCaseError
    from rules.strict_yaml import parse

    try:
        return parse(_text(name), _called(name))
    except RulebookErrors as error:
        raise WrongCaseError(error.mistakes) from error


def _lines(path: Path) -> Iterator[Document]:
    """Every line of a .jsonl file that is not blank, as a document named `file:line`."""
    import json

    from rules.errors import Mistake, WrongCaseError
    from rules.strict_yaml import Document

    for number, line in enumerate(_text(str(path)).split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{_called(str(path))}:{number}"
        try:
            yield Document(where, json.loads(line, object_pairs_hook=_once), None)
        except (ValueError, RecursionError) as error:
            raise WrongCaseError((Mistake(where, 0, "", "json", {"problem": str(error)}),)) from error


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A JSON object none of whose keys is written twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("duplicate key")
    return found


def _text(name: str) -> str:
    from rules.errors import Mistake, WrongCaseError

    try:
        return (sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()).decode("utf-8-sig")
    except OSError as error:
        raise WrongCaseError((Mistake(name, 0, "", "readable_file"),)) from error
    except UnicodeDecodeError as error:
        raise WrongCaseError((Mistake(_called(name), 0, "", "utf8"),)) from error


def _called(name: str) -> str:
    return "đầu vào chuẩn" if name == "-" else name
