"""What is shipped may be: every licence is on the list, and the bill of materials names all of it and nothing else."""

import json
import re
import subprocess
import sys
from pathlib import Path

from tools.sbom import INSIDE, ROOT, locked, not_allowed


def test_every_licence_is_on_the_list():
    assert list(not_allowed()) == []


def test_fonts_and_scripts_of_others_are_all_named():
    of_others = {"templates/fonts/*.ttf", "templates/static/vendor/*.js"}
    found = {str(file.relative_to(ROOT)) for pattern in of_others for file in ROOT.glob(pattern)}
    families = {re.sub(r"-\w+\.ttf$", "", file) for file in found}
    assert families == {re.sub(r"-\w+\.ttf$", "", file) for file in INSIDE}


def test_scripts_have_the_versions_they_were_taken_in():
    taken = (ROOT / "templates/static/vendor/README.md").read_text("utf-8")
    scripts = [f"{name} {version}" for file, (name, version, _) in INSIDE.items() if file.endswith(".js")]
    assert [one for one in scripts if one not in taken] == []


def test_the_bill_names_what_is_shipped_and_nothing_else(tmp_path):
    file = tmp_path / "tusoi.cdx.json"
    subprocess.run([sys.executable, "-m", "tools.sbom", file], cwd=ROOT, check=True)
    bill = json.loads(file.read_text("utf-8"))
    named = {one["name"].lower().replace("_", "-").replace(".", "-") for one in bill["components"]}
    inside = {name.lower().replace(".", "-") for name, _, _ in INSIDE.values()}
    assert (bill["bomFormat"], bill["metadata"]["component"]["name"]) == ("CycloneDX", "tusoi")
    assert named - inside <= {name.lower() for name in locked()}
    assert {"aiohttp", "dbos", "prometheus-client", "liberation serif"} <= named
    assert not {"pytest", "ruff", "cyclonedx-bom"} & named
    assert str(Path.home()) not in file.read_text("utf-8")
    assert str(ROOT) not in file.read_text("utf-8")
