"""`tusoi rulebook`: which rulebooks there are, whether they are in order, what they say."""

from typing import Annotated

import typer

app = typer.Typer(help="Bộ quy định: xem danh sách, kiểm tra, đọc nội dung.", no_args_is_help=True)


@app.command("list")
def list_() -> None:
    """Mã, tên và thời gian áp dụng của các bộ quy định có sẵn."""
    from rules.shelf import heads

    for head in heads():
        until = f"{head.until:%d/%m/%Y}" if head.until else "nay"
        typer.echo(f"{head.id}\t{head.title}\t{head.since:%d/%m/%Y} – {until}")


@app.command()
def check(
    rulebook: Annotated[str, typer.Argument(help="mã hoặc thư mục; bỏ trống thì kiểm tra mọi bộ có sẵn")] = "",
) -> None:
    """Mọi lỗi của một bộ quy định: tệp, dòng, cần viết gì."""
    from rules.check import check as mistakes_of
    from rules.shelf import shipped
    from templates.errors import word

    wrong = False
    for name in [rulebook] if rulebook else shipped():
        mistakes = mistakes_of(name)
        for mistake in mistakes:
            typer.echo(word(mistake), err=True)
        if not mistakes:
            typer.echo(f"{name}: đúng")
        wrong = wrong or bool(mistakes)
    if wrong:
        raise typer.Exit(2)


@app.command()
def show(rulebook: Annotated[str, typer.Argument(help="mã hoặc thư mục của bộ quy định")]) -> None:
    """Mẫu, câu hỏi, điều kiện từng mức kèm điều khoản, mốc thời hạn."""
    from rules.load import load
    from templates.rulebook_text import text_of

    typer.echo(text_of(load(rulebook)), nl=False)
