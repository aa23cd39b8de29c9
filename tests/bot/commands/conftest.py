"""A data folder for tests of commands that are not about making one."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def data_folder(sqlite_file, tmp_path, monkeypatch) -> Path:
    """A data folder with a migrated, empty database."""
    folder = tmp_path / "var"
    folder.mkdir()
    shutil.copy(sqlite_file, folder / "tusoi.db")
    monkeypatch.setenv("TUSOI_DATA_DIR", str(folder))
    return folder
