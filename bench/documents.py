"""How long a document takes: PDF, DOCX and page pictures of the full form of sixty different officials."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from rules.nouns.reviews import Answer
from templates.documents import docx, pages, paper, pdf
from templates.documents.blocks import Paper
from tests.templates.samples import PLAIN, answers, approval, filing

PEOPLE = 60
#: Criteria to whose choice a note is added.
ILLUSTRATED = ("c1a", "c1d", "c3a", "c4b")


def measure() -> str:
    """One line each for PDF, DOCX and page pictures. The aims are under 15 ms for PDF and under 25 ms for DOCX."""
    sheets = [_sheet(number) for number in range(PEOPLE)]
    kinds: tuple[tuple[str, Callable[[Paper], object]], ...] = (("PDF", pdf), ("DOCX", docx), ("page pictures", pages))
    return "\n".join(f"documents: {name}: {_speed(make, sheets)}" for name, make in kinds)


def _speed(make: Callable[[Paper], object], sheets: Sequence[Paper]) -> str:
    """The time of one document. The first one warms up; each other one is printed once, so that no cache helps."""
    make(sheets[0])
    taken = []
    for sheet in sheets[1:]:
        begun = time.perf_counter()
        make(sheet)
        taken.append(time.perf_counter() - begun)
    median = sorted(taken)[len(taken) // 2]
    return f"{median * 1000:.1f} ms each (median), {len(taken) / sum(taken):.0f}/s"


def _sheet(number: int) -> Paper:
    """The form of one official: eight tasks, four notes, strengths and shortcomings. Each has different texts."""
    tasks = tuple((f"Nhiệm vụ {number}.{task} của chương trình công tác năm", 100, task % 2 == 0) for task in range(8))
    given = answers("mau-02", PLAIN, tasks=tasks)
    for key in ILLUSTRATED:
        given[key] = Answer(
            "good", f"Dẫn chứng {number}: tham gia đủ các buổi học tập, góp ý thẳng thắn trong cuộc họp."
        )
    for key in ("strengths", "shortcomings"):
        given[key] = Answer(
            f"Tự nhận xét {number}: chủ động tham mưu, phối hợp tốt, hoàn thành nhiệm vụ được giao. " * 4
        )
    return paper(filing(given=given, person=replace(PLAIN, name=f"Lê Thị Thử {number}"), approval=approval()))


if __name__ == "__main__":
    print(measure())
