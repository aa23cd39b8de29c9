"""The bill of materials of everything that is shipped, and a check of its licences: `make sbom` (CycloneDX, JSON).

    python -m tools.sbom dist/tusoi.cdx.json

Shipped are the packages in requirements.lock, and other people's fonts and scripts within the wheel. A test calls
`not_allowed`, so that every change of dependencies is checked.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]

#: The allowed licences. They require that their text is shipped too (wheels contain it), and the LGPL that its library
#: can be exchanged, which is so because each package is a distribution of its own in the environment.
ALLOWED = frozenset(
    {"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "Bitstream-Vera", "ISC", "LGPL-2.1-only", "LGPL-3.0-only"}
    | {"MIT", "MIT-0", "MPL-2.0", "OFL-1.1", "PSF-2.0"}
)

#: Names of licences that some packages use → their SPDX names.
_CALLED = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}

#: Parts of the wheel that are no packages: a file of each → name, version, licence.
INSIDE = {
    "templates/fonts/LiberationSerif-Regular.ttf": ("Liberation Serif", "2.1.5", "OFL-1.1"),
    "templates/fonts/DejaVuSans.ttf": ("DejaVu Sans", "2.37", "Bitstream-Vera"),
    "templates/static/vendor/idb-keyval.js": ("idb-keyval", "6.3.0", "Apache-2.0"),
    "templates/static/vendor/blindrsa.js": ("@cloudflare/blindrsa-ts", "0.4.4", "Apache-2.0"),
    "templates/static/vendor/hpke.js": ("@hpke/core", "1.9.0", "MIT"),
    "templates/static/vendor/shamir-secret-sharing.js": ("shamir-secret-sharing", "0.0.4", "Apache-2.0"),
}


def locked() -> dict[str, str]:
    """Package → version, from requirements.lock."""
    text = (ROOT / "requirements.lock").read_text("utf-8")
    return dict(re.findall(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)", text, re.MULTILINE))


def licences(package: str) -> list[str]:
    """The licences of an installed package by their SPDX names. Raises PackageNotFoundError.

    Where a package lets one choose ("or"), one of them must be allowed; where several apply ("and"), all.
    """
    about = metadata(package)
    said = about.get("License-Expression") or ""
    if not said:
        classified = [one.rpartition(" :: ")[2] for one in about.get_all("Classifier", []) if one.startswith("License")]
        short = (about.get("License") or "").strip()
        said = (
            short if short in ALLOWED or short in _CALLED else " OR ".join(_CALLED.get(one, one) for one in classified)
        )
    return [_CALLED.get(one, one) for one in re.split(r"\s+(?:OR|AND)\s+", said.strip("()")) if one]


def not_allowed() -> Iterator[str]:
    """A line for each shipped thing whose licence is unknown or not allowed."""
    for package in locked():
        try:
            found = licences(package)
        except PackageNotFoundError:  # only for another system, like colorama for Windows
            continue
        if not found or not set(found) <= ALLOWED:
            yield f"{package}: {' / '.join(found) or 'no licence named'}"
    yield from (f"{name}: {licence}" for name, _, licence in INSIDE.values() if licence not in ALLOWED)


def bill() -> dict[str, Any]:
    """The bill: those packages of this environment that the lock names, and the parts of the wheel."""
    asked = ("environment", "--pyproject", "pyproject.toml", "--output-reproducible", "--of", "JSON", "-o", "-")
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-m", "cyclonedx_py", *asked, sys.executable], cwd=ROOT, capture_output=True, check=True
    )
    whole: dict[str, Any] = json.loads(done.stdout)
    versions = {_plain(package): version for package, version in locked().items()}
    kept = [one for one in whole["components"] if _plain(one["name"]) in versions]
    if other := [one["name"] for one in kept if one["version"] != versions[_plain(one["name"])]]:
        raise SystemExit(f"not as locked: {', '.join(other)}; make clean, then make sbom")
    refs = {one["bom-ref"] for one in kept} | {whole["metadata"]["component"]["bom-ref"]}
    whole["dependencies"] = [
        {**one, "dependsOn": [ref for ref in one.get("dependsOn", []) if ref in refs]}
        for one in whole["dependencies"]
        if one["ref"] in refs
    ]
    whole["components"] = [*kept, *_inside()]
    return whole


def _inside() -> Iterator[dict[str, Any]]:
    for file, (name, version, licence) in INSIDE.items():
        yield {
            "bom-ref": file,
            "type": "file",
            "name": name,
            "version": version,
            "licenses": [{"license": {"id": licence, "acknowledgement": "declared"}}],
            "properties": [{"name": "tusoi:file", "value": file}],
        }


def _plain(name: str) -> str:
    """The normalised name of a package."""
    return re.sub(r"[-_.]+", "-", name).lower()


def main() -> None:
    """Write the bill. The exit status is 1 if a licence is not allowed."""
    if refused := list(not_allowed()):
        raise SystemExit("\n".join(refused))
    to = Path(sys.argv[1])
    to.parent.mkdir(parents=True, exist_ok=True)
    made = bill()
    to.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"{to}: {len(made['components'])} components")


if __name__ == "__main__":
    main()
