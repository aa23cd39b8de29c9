"""A short night: the process is killed again and again while people answer, on both engines. All of it is `make chaos`."""

import tempfile
from pathlib import Path

import pytest

from tests.chaos.troubles import TROUBLES, suffered


@pytest.fixture
def folder():
    """Outside of pytest's own, which every other run shuts to PostgreSQL's user."""
    with tempfile.TemporaryDirectory(prefix="tusoi-chaos-", ignore_cleanup_errors=True) as made:
        Path(made).chmod(0o755)
        yield Path(made)


@pytest.mark.long
@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_nothing_is_lost_or_done_twice_when_the_process_is_killed_again_and_again(folder, engine):
    kills = next(one for one in TROUBLES if one.name == "kills")
    (outcome,) = suffered(folder, [kills.on(engine)], people=8, steps=8)
    assert outcome.good, outcome
    assert outcome.acts == 8 * 8
