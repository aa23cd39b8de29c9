"""What people in the transcripts wrote in earlier years, by the name at the beginning of their lines."""

from collections.abc import Mapping

from bot.rulebooks.library import Library
from rules.forms.recalling import Told
from rules.nouns.reviews import Answer, Answers


def _task(name: str, done_pct: int) -> dict[str, object]:
    return {
        "name": name,
        "done_pct": done_pct,
        "on_time": True,
        "quality": True,
        "efficiency": "high",
        "exceeded": False,
    }


#: name → rulebook, year, form, answers
_BEFORE: Mapping[str, tuple[str, int, str, Answers]] = {
    "Hiền": (
        "party-2019",
        2022,
        "mau-02-hd-2019",
        {
            "birth": Answer("12/5/1985"),
            "cell": Answer("Chi bộ 1"),
            "civil_servant": Answer(value=False),
            "s1a": Answer("Kiên định lập trường; dự đủ các đợt học tập nghị quyết."),
            "tasks": Answer(
                {"items": [_task("Thu, nộp đảng phí", 100), _task("Phát triển đảng viên", 80)], "closed": True}
            ),
            "shortcomings": Answer("Chưa mạnh dạn góp ý trong sinh hoạt chi bộ."),
            "disciplined": Answer(value=False),
        },
    ),
}


def told_before(name: str, books: Library) -> tuple[Told, ...]:
    """What a person wrote in earlier years, newest first."""
    if name not in _BEFORE:
        return ()
    rulebook, year, form, answers = _BEFORE[name]
    return (Told(books[rulebook, year].forms[form], year, rulebook, answers),)
