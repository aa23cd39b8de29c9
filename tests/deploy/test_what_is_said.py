"""What the guide, the threats and SECURITY.md name is there: files, commands, settings, figures; the proxies let through
what the house takes.
"""

import re
from pathlib import Path

import pytest
from prometheus_client import generate_latest
from typer.main import get_command

from bot.channels import Settings
from bot.cli import app
from bot.door.figures import Figures
from bot.roster.package import MAX_BYTES

ROOT = Path(__file__).parents[2]
PAGES = ("docs/operating.md", "docs/threats.md", "SECURITY.md")
#: Of the house where it stands, not of the repository.
ELSEWHERE = {"rulebooks/", "enclosures/", "dist/tusoi.cdx.json"}


def read(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_its_files_are_there(page):
    text = read(page)
    named = set(re.findall(r"`((?:[\w.-]+/)+[\w.-]*)`", text)) - ELSEWHERE
    linked = {str((ROOT / page).parent / link) for link in re.findall(r"\]\(([^)#:]+)\)", text)}
    assert [one for one in (*named, *linked) if not (ROOT / one).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_its_settings_are_settings(page):
    names = {name.lower() for name in re.findall(r"TUSOI_([A-Z_]+)", read(page))}
    assert names <= set(Settings.model_fields)


@pytest.mark.parametrize("page", PAGES)
def test_its_commands_are_commands(page):
    top = get_command(app).commands
    for first, second in re.findall(r"(?:`| {4}|; )tusoi ([a-z]+)(?: ([a-z]+))?", read(page)):
        assert first in top
        assert second in getattr(top[first], "commands", {second: None}), (first, second)


def test_its_figures_are_figures():
    told = generate_latest(Figures().registry).decode()
    known = {name for line in re.findall(r"^# TYPE (\w+)", told, re.MULTILINE) for name in (line, f"{line}_total")}
    assert set(re.findall(r"tusoi_[a-z_]+\b(?=[`{ ])", read("docs/operating.md"))) <= known


def test_nginx_writes_nothing_of_secret_ballots_also_below_a_path():
    """Also where nginx is missing: tests/deploy/test_proxies.py reads what it wrote."""
    example = re.sub(r"^    # ", "    ", read("deploy/nginx.conf"), flags=re.MULTILINE)
    assert re.findall(r"location (\S*/)phieu/ \{\n +access_log +off;\n +error_log +/dev/null emerg;", example) == [
        "/",
        "/tusoi/",
    ]


def test_the_proxies_let_through_the_largest_file():
    (nginx,) = re.findall(r"client_max_body_size +(\d+)m;", read("deploy/nginx.conf"))
    (caddy,) = re.findall(r"max_size (\d+)MiB", read("deploy/Caddyfile"))
    assert min(int(nginx), int(caddy)) * 2**20 >= MAX_BYTES
