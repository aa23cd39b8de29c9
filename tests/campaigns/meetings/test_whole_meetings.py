"""One whole meeting per seed plan, played through the public ways: drafts, agenda, presence, conclusions, ballots, minutes, dossier.

All five share one course (`held.py`, `sent_up.py`) and differ by what their plan demands (a module each, `plan.py` says what stands in it).
"""

from pathlib import Path

import pytest

from tests.campaigns.meetings import ban_dan_toc_2023, quang_ngai_2020, quang_ngai_2023, son_duong_2020, son_la_2021
from tests.campaigns.meetings.booth import served
from tests.campaigns.meetings.held import Held
from tests.campaigns.meetings.plan import Plan
from tests.campaigns.meetings.sent_up import complete, decided

PLANS = {
    "quang_ngai_2020": quang_ngai_2020.PLAN,
    "son_duong_2020": son_duong_2020.PLAN,
    "quang_ngai_2023": quang_ngai_2023.PLAN,
    "son_la_2021": son_la_2021.PLAN,
    "ban_dan_toc_2023": ban_dan_toc_2023.PLAN,
}


async def played(held: Held) -> None:
    """From the invitation to the dossier."""
    await held.called()
    await held.opened()
    await held.first_day()
    await held.second_day()
    async with served(held.play) as booth:
        await held.voted(booth)
    await held.closed_and_adopted()
    await held.minutes_tell()
    await decided(held)
    await complete(held)


async def _plays(plan: Plan, url: str, folder: Path) -> None:
    held = await Held.begin(url, folder, plan)
    try:
        await played(held)
    finally:
        (folder / "talk.txt").write_text(held.talk.text, encoding="utf-8")  # to be read where it fails
        await held.play.ends()


@pytest.mark.long
@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS.keys())
async def test_a_meeting_goes_on_to_a_complete_dossier(plan: Plan, sqlite_url: str, tmp_path: Path) -> None:
    await _plays(plan, sqlite_url, tmp_path)


@pytest.mark.long
@pytest.mark.postgres
async def test_the_same_on_postgresql(postgres_url: str, tmp_path: Path) -> None:
    await _plays(quang_ngai_2020.PLAN, postgres_url, tmp_path)
