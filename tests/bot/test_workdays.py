"""The file of swapped days of an installation: read at the start, refused in words, missed by the check."""

import datetime as dt

import pytest

from bot.settings import HouseSettings, SettingsError
from bot.workdays import learn, not_known
from rules.nouns import workdays
from tests.bot.commands.running import tusoi


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.setenv("TUSOI_DATA_DIR", str(tmp_path))
    yield HouseSettings(data_dir=tmp_path)
    workdays.add(())


def test_the_days_of_the_file_count(settings):
    settings.own_workdays.write_text('[[day]]\nfree = 2027-01-04\ndecision = "thử"\n', encoding="utf-8")
    learn(settings)
    assert not workdays.is_workday(dt.date(2027, 1, 4))
    assert not_known(settings, dt.date(2026, 11, 28)) == ""


def test_a_file_that_cannot_be_read_is_told_in_words(settings):
    settings.own_workdays.write_text("[[day]]\nfree = 2027-01-04\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="cần các mục"):
        learn(settings)


def test_the_check_of_all_rulebooks_says_from_which_year_nothing_is_known(settings, monkeypatch):
    monkeypatch.setattr("bot.clock.now", lambda: dt.datetime(2026, 11, 28, tzinfo=dt.UTC))
    monkeypatch.setattr("rules.reading.folders.shipped", lambda: ())
    told = tusoi("rulebook", "check")
    assert told.status == 0
    assert "Chưa biết ngày làm việc hoán đổi từ năm 2027" in told.err
    assert str(settings.own_workdays) in told.err
