"""The transcripts reach every message, line and button of one's own review and of the authority's side, in both
languages (playing words both).
"""

from pathlib import Path

import pytest

from templates.wording import environment
from tests.transcripts.plays import Played

FOLDERS = ("question/", "review/", "decide/", "petition/")

#: What rests on scores of months, of which the cast has none: tests/dialogs/interview/test_unit_result.py says it.
ELSEWHERE = {"question/contradicts", "question/as_counted", "question/all_the_same"}
#: What is said of ledgers of months: tests/bot/ledgers.
ELSEWHERE |= {"question/news/from_ledger", "question/news/ledger_empty", "question/from_ledger", "question/to_ledger"}

#: A text under a message about somebody else: tests/dialogs/interview/test_under_another.py.
ELSEWHERE |= {"question/of_another"}

#: A report that several write: tests/campaigns/test_report_by_several.py.
ELSEWHERE |= {
    f"question/news/{name}" for name in ("part_done", "part_done_already", "part_gone", "parts_open", "theirs_stays")
}

#: Figures that a body's report is offered: tests/campaigns/test_report_figures.py.
ELSEWHERE |= {"question/news/figure_taken", "question/news/figure_changed"}


@pytest.fixture(scope="module")
def played(plays) -> list[Played]:
    """Everything the transcripts say."""
    return [plays.of(file) for file in sorted(Path(__file__).parent.glob("*.txt"))]


def test_every_message_and_line_is_said_somewhere(played):
    names = environment("vi").list_templates()
    pages = {name.removesuffix(".j2") for name in names if name.startswith(FOLDERS) and "/_" not in name}
    said = {name for one in played for name in one.templates if name.startswith(FOLDERS)}
    assert pages - {f"{folder}labels" for folder in FOLDERS} - ELSEWHERE == said


def test_every_button_is_shown_somewhere(played):
    blocks = {
        f"{folder}{name}" for folder in FOLDERS for name in environment("vi").get_template(f"{folder}labels.j2").blocks
    }
    assert blocks - ELSEWHERE == {name for one in played for name in one.labels if name.startswith(FOLDERS)}
