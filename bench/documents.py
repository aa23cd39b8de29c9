"""How long a document takes: the full form of an official with the year's tasks, as PDF, DOCX and page pictures."""

import time
from collections.abc import Callable
from dataclasses import replace

from templates.documents import docx, pages, paper, pdf
from templates.documents.blocks import Paper
from tests.templates.samples import PLAIN, answers, approval, filing

ROUNDS = 60
TASKS = tuple((f"Nhiệm vụ thứ {number} trong chương trình công tác năm", 100, number % 2 == 0) for number in range(8))


def measure() -> str:
    """One line each for PDF, DOCX and the pictures of the pages; aims: PDF under 15 ms, DOCX under 25 ms."""
    sheet = paper(filing(given=answers("mau-02", PLAIN, tasks=TASKS), approval=approval()))
    kinds: tuple[tuple[str, Callable[[Paper], object]], ...] = (("PDF", pdf), ("DOCX", docx), ("page pictures", pages))
    return "\n".join(f"documents: {name}: {_milliseconds(make, sheet)}" for name, make in kinds)


def _milliseconds(make: Callable[[Paper], object], sheet: Paper) -> str:
    """Each round prints another paper, as the house does: nothing is served from a cache of results."""
    make(sheet)
    begun = time.perf_counter()
    for number in range(ROUNDS):
        make(_another(sheet, number))
    each = (time.perf_counter() - begun) / ROUNDS
    return f"{each * 1000:.1f} ms each, {1 / each:.0f} a second"


def _another(sheet: Paper, number: int) -> Paper:
    return replace(sheet, footer=(*sheet.footer[:-1], f"{sheet.footer[-1]} {number}"))


if __name__ == "__main__":
    print(measure())
