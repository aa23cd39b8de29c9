"""Which rulebooks and forms apply, in words (`tusoi rulebook for`)."""

from collections.abc import Iterable, Iterator

from rules.book.rulebook import FormChoice
from rules.reading.selecting import Selected
from templates.rulebook.words import PERIODS, SUBJECTS

UNVERIFIED = " [chưa đối chiếu nguyên văn]"


def told(selected: Selected, forms: Iterable[tuple[str, FormChoice]]) -> str:
    """Each rulebook with its clause, followed by its forms with theirs."""
    return "\n".join(_lines(selected, forms)) + "\n"


def _lines(selected: Selected, forms: Iterable[tuple[str, FormChoice]]) -> Iterator[str]:
    only = f", {selected.only}" if selected.only else ""
    unverified = UNVERIFIED if selected.unverified else ""
    yield f"{selected.rulebook}: {SUBJECTS[selected.subject]}{only} ({selected.cite}){unverified}"
    if selected.note:
        yield f"  {selected.note}"
    told = [_form(period, choice) for period, choice in forms]
    yield from told or ["  Mẫu: bộ quy định không có mẫu cho đối tượng này; cơ quan quy định"]


def _form(period: str, choice: FormChoice) -> str:
    form = choice.form
    unverified = UNVERIFIED if choice.unverified or form.unverified else ""
    return f"  Mỗi {PERIODS[period]}: {form.code} ({form.instrument}), {form.title} [{form.id}] ({choice.cite}){unverified}"
