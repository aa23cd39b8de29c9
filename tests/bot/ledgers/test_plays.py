"""Talks about the work of a month, played over the real house, word by word."""

from pathlib import Path

import pytest

from tests.bot.ledgers.playing import Play, department

PLAYS = sorted((Path(__file__).parent / "plays").glob("*.txt"))


@pytest.mark.parametrize("file", PLAYS, ids=lambda file: file.stem)
async def test_the_talk_goes_as_written(store, file):
    expected = file.read_text("utf-8")
    played = await Play(await department(store)).whole(expected)
    fresh = file.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    if played != expected:
        fresh.write_text(played, "utf-8")
    assert played == expected, f"it went otherwise: compare {fresh.name} and read it"
