"""`tusoi rulebook`: which rulebooks there are, whether they are in order, what they say."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.rulebooks.books import Year

if TYPE_CHECKING:
    from rules.book.rulebook import RulebookHead

#: So many clauses without a text are named; the others are counted.
_NAMED = 5

app = typer.Typer(help="Bộ quy định: xem danh sách, kiểm tra, đọc nội dung.", no_args_is_help=True)


@app.command("list")
def list_() -> None:
    """Mã, tên và thời gian áp dụng của các bộ quy định có sẵn và của cơ quan (TUSOI_RULEBOOKS)."""
    from bot.commands.rulebooks.books import shelf
    from rules.nouns.errors import RulebookErrors
    from rules.reading.folders import heads, shipped

    for head in heads():
        typer.echo(_line(head))
    for name in shelf().own():
        if name not in shipped():
            with suppress(RulebookErrors):  # told below
                typer.echo(_line(shelf().load(name).head))
    for error in shelf().broken():
        from templates.errors import worded  # the words are read when there is something to say

        typer.echo(worded(error), err=True)


def _line(head: "RulebookHead") -> str:
    until = f"{head.until:%d/%m/%Y}" if head.until else "nay"
    return f"{head.id}\t{head.title}\t{head.since:%d/%m/%Y} – {until}"


@app.command()
def check(
    rulebook: Annotated[
        str, typer.Argument(help="mã hoặc thư mục; bỏ trống thì kiểm tra mọi bộ có sẵn và của cơ quan")
    ] = "",
) -> None:
    """Mọi lỗi của một bộ quy định: tệp, dòng, cần viết gì."""
    from bot.commands.rulebooks.books import shelf
    from rules.checks.everything import check as mistakes_of
    from rules.checks.exceptions import doubts
    from rules.reading.folders import shipped
    from templates.errors import doubt, word
    from templates.rulebook.words import EXCEPTIONS

    wrong = False
    for name in [rulebook] if rulebook else (*shipped(), *shelf().own()):
        place = name if name in shipped() else shelf().place(name)
        mistakes = mistakes_of(place)
        for mistake in mistakes:
            typer.echo(word(mistake), err=True)
        for one in doubts(place, EXCEPTIONS):
            typer.echo(doubt(one), err=True)
        if not mistakes:
            typer.echo(f"{name}: đúng")
            _tell_of_texts(name, place)
        wrong = wrong or bool(mistakes)
    if not rulebook:
        _tell_of_workdays()
    if wrong:
        raise typer.Exit(2)


def _tell_of_texts(name: str, place: str | Path) -> None:
    """No mistake: clauses that are cited and cannot be read in the chat."""
    from rules.checks.texts import cited

    found = cited(place)
    if not found.untold:
        return
    clauses = tuple(dict.fromkeys(found.untold))
    more = f" và {len(clauses) - _NAMED} điều khoản khác" if len(clauses) > _NAMED else ""
    typer.echo(
        f"Lưu ý: {name}: {len(found.untold)} trong {len(found.clauses)} chỗ dẫn điều khoản chưa có nguyên văn trong texts/: "
        f"{'; '.join(clauses[:_NAMED])}{more}",
        err=True,
    )


def _tell_of_workdays() -> None:
    """Deadlines are counted in working days: whether the swapped ones of this year and the next are known."""
    from bot.channels import read_settings
    from bot.clock import now
    from bot.workdays import learn, not_known

    settings = read_settings()
    learn(settings)
    if told := not_known(settings, now().date()):
        typer.echo(f"Lưu ý: {told}", err=True)


@app.command()
def show(
    rulebook: Annotated[str, typer.Argument(help="mã hoặc thư mục của bộ quy định")],
    as_html: Annotated[bool, typer.Option("--html", help="in ra một trang HTML để đọc hoặc in")] = False,
    year: Year = None,
) -> None:
    """Mẫu, câu hỏi, điều kiện từng mức kèm điều khoản, mốc thời hạn."""
    from bot.commands.rulebooks.books import found

    book = found(rulebook, year)
    if as_html:
        from templates.rulebook.page import page_of

        typer.echo(page_of(book))
    else:
        from templates.rulebook.text import text_of

        typer.echo(text_of(book), nl=False)


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(help="thư mục sẽ tạo; tên thư mục là mã của bộ quy định")],
    extends: Annotated[list[str], typer.Option("--extends", help="mã bộ quy định được mở rộng; viết nhiều lần được")],
) -> None:
    """Bắt đầu một quy định riêng của cơ quan: thư mục có book.yaml đã chú giải, kiểm tra được ngay."""
    from bot.clock import now
    from bot.commands.rulebooks.books import found
    from bot.rulebooks.new_rulebook import start

    start(folder, tuple(extends), now().year, found)
    typer.echo(f"Đã tạo {folder / 'book.yaml'}. Sửa xong, kiểm tra bằng: tusoi rulebook check {folder}")


@app.command("for")
def for_(
    subject: Annotated[str, typer.Option(help="đối tượng: official, employee, worker, cadre, party_member, …")],
    year: Annotated[int, typer.Option(help="năm được đánh giá")],
    leader: Annotated[bool, typer.Option("--leader", help="giữ chức vụ lãnh đạo, quản lý")] = False,
    party_member: Annotated[bool, typer.Option("--party-member", help="là đảng viên")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="in ra JSON")] = False,
) -> None:
    """Bộ quy định và mẫu áp dụng cho một đối tượng trong một năm, kèm điều khoản."""
    import json

    from bot.rulebooks.selected import applying
    from rules.nouns.errors import CaseError
    from rules.nouns.values import Subject
    from templates.rulebook.selection import told

    if subject not in tuple(Subject):
        raise CaseError(f"--subject: cần một trong: {', '.join(Subject)} (đang ghi: {subject})")
    found = applying(Subject(subject), year, leader=leader, party_member=party_member)
    if not found:
        raise CaseError(f"--year: chưa biết quy định nào áp dụng cho {subject} năm {year}")
    if as_json:
        typer.echo(json.dumps([one.as_json() for one in found], ensure_ascii=False, indent=2))
        return
    for one in found:
        typer.echo(told(one.selected, one.forms), nl=False)
