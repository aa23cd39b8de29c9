"""A short night: the process is killed again and again while people answer, on both engines. All of it is `make chaos`."""

import pytest

from tests.chaos.troubles import TROUBLES, suffered


@pytest.mark.long
@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_nothing_is_lost_or_done_twice_when_the_process_is_killed_again_and_again(tmp_path_factory, engine):
    folder = tmp_path_factory.mktemp("chaos")
    for parent in (folder, *folder.parents):  # PostgreSQL's own user goes through
        if parent.name.startswith("pytest-"):
            parent.chmod(0o755)
    folder.chmod(0o755)
    kills = next(one for one in TROUBLES if one.name == "kills")
    (outcome,) = suffered(folder, [kills.on(engine)], people=8, steps=8)
    assert outcome.good, outcome
    assert outcome.acts == 8 * 8
