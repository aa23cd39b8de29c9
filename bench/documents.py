"""How long a document takes: PDF, DOCX and page pictures of the full form of sixty different officials."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from rules.nouns.reviews import Answer
from templates.documents import docx, pages, paper, pdf
from templates.documents.blocks import Paper
from tests.templates.samples import PLAIN, answers, approval, filing

PEOPLE = 60
#: Criteria that are illustrated with a sentence.
ILLUSTRATED = ("c1a", "c1d", "c3a", "c4b")


def measure() -> str:
    """One line each for PDF, DOCX and the pictures of the pages; aims: PDF under 15 ms, DOCX under 25 ms."""
    sheets = [_sheet(number) for number in range(PEOPLE)]
    kinds: tuple[tuple[str, Callable[[Paper], object]], ...] = (("PDF", pdf), ("DOCX", docx), ("page pictures", pages))
    return "\n".join(f"documents: {name}: {_speed(make, sheets)}" for name, make in kinds)


def _speed(make: Callable[[Paper], object], sheets: Sequence[Paper]) -> str:
    """The first one warms up; every other one is printed once: no result is served again."""
    make(sheets[0])
    taken = []
    for sheet in sheets[1:]:
        begun = time.perf_counter()
        make(sheet)
        taken.append(time.perf_counter() - begun)
    median = sorted(taken)[len(taken) // 2]
    return f"{median * 1000:.1f} ms each (median), {len(taken) / sum(taken):.0f}/s"


def _sheet(number: int) -> Paper:
    """What an official writes: eight tasks, four illustrations, strengths and shortcomings; nobody writes the same."""
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
