"""The units of `deploy` as systemd reads them: no mistake, and little that an intruder could do."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.channels import Settings

DEPLOY = Path(__file__).parents[2] / "deploy"
UNITS = ("tusoi.service", "tusoi-backup.service", "tusoi-backup.timer")


@pytest.fixture
def units(tmp_path) -> Path:
    """The units, with commands that are there."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is missing here")
    for name in UNITS:
        there = (DEPLOY / name).read_text("utf-8").replace("/opt/tusoi/bin/tusoi", shutil.which("true"))
        (tmp_path / name).write_text(there, "utf-8")
    return tmp_path


def analyzed(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["systemd-analyze", *map(str, arguments)], capture_output=True, text=True, check=False, timeout=120
    )


def test_systemd_finds_no_mistake(units):
    done = analyzed("verify", *(units / name for name in UNITS))
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", ["tusoi.service", "tusoi-backup.service"])
def test_systemd_finds_them_little_exposed(units, name):
    done = analyzed("security", "--offline=true", "--threshold=20", "--no-pager", units / name)  # 20: 2,0 of 10
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_settings_of_the_example_are_settings():
    names = re.findall(r"^#?(TUSOI_\w+)=", (DEPLOY / "tusoi.env").read_text("utf-8"), re.MULTILINE)
    assert {name.removeprefix("TUSOI_").lower() for name in names} <= set(Settings.model_fields)
