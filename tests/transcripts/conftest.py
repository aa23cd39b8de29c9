"""The plays of this run."""

import os

import pytest

from tests.transcripts.plays import Plays


@pytest.fixture(scope="session")
def plays(tmp_path_factory) -> Plays:
    """Shared by all processes of the run."""
    folder = tmp_path_factory.getbasetemp()
    return Plays((folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "plays")
