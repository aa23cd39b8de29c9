"""The built wheel in an empty environment: rulebooks, templates, fonts and page assets are in it."""

import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*command: object, cwd: Path) -> str:
    done = subprocess.run(list(map(str, command)), cwd=cwd, capture_output=True, text=True, check=False, timeout=400)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """The folder of the commands of an environment that holds the wheel and what the lock names, nothing else."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "-q")
    run(*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", folder, ROOT, cwd=folder)
    venv.create(folder / "env", with_pip=True)
    commands = folder / "env" / "bin"
    own_pip = (commands / "pip", "--disable-pip-version-check", "-q", "install")
    run(*own_pip, "--require-hashes", "-r", ROOT / "requirements.lock", cwd=folder)
    run(*own_pip, "--no-deps", next(folder.glob("tusoi-*.whl")), cwd=folder)
    return commands


def test_the_wheel_works_from_an_empty_environment(installed, tmp_path):
    """One test, since making the environment takes half a minute: the demo, the rulebooks, the pages' assets."""
    said = run(installed / "tusoi", "demo", "--auto", cwd=tmp_path)
    assert "đã đồng ý với bản tự đánh giá của anh/chị" in said
    kinds = [path.suffix for path in (tmp_path / "var" / "demo").iterdir()]
    assert {".db", ".docx", ".key", ".pdf"} <= {*kinds}
    assert kinds.count(".png") >= 2

    listed = run(installed / "tusoi", "rulebook", "list", cwd=tmp_path)
    assert len(listed.splitlines()) == 11

    loaded = "from bot.web.pages import load_assets; load_assets(); print('loaded')"
    assert run(installed / "python", "-c", loaded, cwd=tmp_path) == "loaded\n"
