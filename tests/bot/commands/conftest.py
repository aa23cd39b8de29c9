"""A data folder for commands that have something else to show than how one is made."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def data_folder(sqlite_file, tmp_path, monkeypatch) -> Path:
    """With a migrated database that holds nothing yet."""
    folder = tmp_path / "var"
    folder.mkdir()
    shutil.copy(sqlite_file, folder / "tusoi.db")
    monkeypatch.setenv("TUSOI_DATA_DIR", str(folder))
    return folder
