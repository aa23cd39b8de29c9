"""The data folder is its owner's alone, and the key of invitation codes is made once."""

import asyncio
import stat
from pathlib import Path

import pytest

from bot.channels import Settings, read_settings
from bot.data_folder import close_to_others, code_key, fresh_key, key_file
from bot.settings import SettingsError
from bot.wiring import database, prepare_database


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("TUSOI_DATA_DIR", str(tmp_path / "var"))
    return read_settings()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


async def opened(settings: Settings) -> dict[str, int]:
    """The modes of what is there while the store is open."""
    async with database(settings) as store:
        async with store.transaction() as tx:
            await tx.units.keep_office("Sở Mẫu")
            await tx.commit()
        return {path.name: mode(path) for path in settings.data_dir.iterdir()}


def test_a_new_folder_and_all_in_it_are_closed_to_others(settings):
    found = asyncio.run(opened(settings))
    assert mode(settings.data_dir) == 0o700
    assert {"tusoi.db", "tusoi.db-wal", "tusoi.db-shm", "tusoi.key"} <= set(found)
    assert set(found.values()) == {0o600}


def test_what_was_open_to_others_is_closed(settings):
    asyncio.run(prepare_database(settings))
    settings.data_dir.chmod(0o755)
    (settings.data_dir / "tusoi.db.20261101-020000").write_bytes(b"an older one")
    for path in settings.data_dir.iterdir():
        path.chmod(0o644)
    asyncio.run(opened(settings))
    assert mode(settings.data_dir) == 0o700
    assert {mode(path) for path in settings.data_dir.iterdir()} == {0o600}


def test_a_database_elsewhere_is_closed_and_its_folder_left_alone(settings, tmp_path, monkeypatch):
    (tmp_path / "srv").mkdir(mode=0o755)
    monkeypatch.setenv("TUSOI_DATABASE_URL", f"sqlite:///{tmp_path / 'srv' / 'co-quan.db'}")
    asyncio.run(opened(read_settings()))
    assert (mode(tmp_path / "srv"), mode(tmp_path / "srv" / "co-quan.db")) == (0o755, 0o600)


def test_a_folder_of_everybody_stays_as_it_is(settings):
    settings.data_dir.mkdir()
    settings.data_dir.chmod(0o1777)
    close_to_others(settings)
    assert mode(settings.data_dir) == 0o1777


def test_what_points_elsewhere_is_not_changed(settings, tmp_path):
    (tmp_path / "chung.toml").write_text("")
    (tmp_path / "chung.toml").chmod(0o644)
    settings.data_dir.mkdir()
    (settings.data_dir / "workdays.toml").symlink_to(tmp_path / "chung.toml")
    close_to_others(settings)
    assert mode(tmp_path / "chung.toml") == 0o644


def test_the_key_is_made_once_and_kept(settings):
    settings.data_dir.mkdir()
    first = code_key(settings)
    assert (code_key(settings).name, mode(key_file(settings))) == (first.name, 0o600)
    assert [path.name for path in settings.data_dir.iterdir()] == ["tusoi.key"]


def test_the_environment_names_the_key(settings, monkeypatch):
    settings.data_dir.mkdir()
    monkeypatch.setenv("TUSOI_CODE_KEY", fresh_key())
    named = read_settings()
    assert code_key(named).name == code_key(named).name
    assert not key_file(named).exists()
    assert named.code_key.get_secret_value() not in repr(named)


@pytest.mark.parametrize("text", ["", "abc", "é" * 44, "A" * 43 + "!", "AAAA" * 100])
def test_a_damaged_key_file_is_told_with_what_to_do(settings, text):
    settings.data_dir.mkdir()
    key_file(settings).write_text(text)
    with pytest.raises(SettingsError) as told:
        code_key(settings)
    assert str(key_file(settings)) in str(told.value)
    assert "mã mời" in str(told.value)


def test_a_wrong_key_of_the_environment_is_not_repeated(settings, monkeypatch):
    monkeypatch.setenv("TUSOI_CODE_KEY", "bi-mat-ngan")
    with pytest.raises(SettingsError, match="TUSOI_CODE_KEY: khóa của mã mời cần 32 byte") as told:
        code_key(read_settings())
    assert "bi-mat" not in str(told.value)
