"""Style sheet, scripts and icons: read once, served under a name that changes with their content."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from aiohttp import web

TYPES: Mapping[str, str] = {
    "css": "text/css",
    "js": "text/javascript",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain",
}


@dataclass(frozen=True, slots=True)
class Assets:
    """All static files by name; `digest` stands in their addresses, so they may be cached for good."""

    files: Mapping[str, bytes]
    digest: str

    def url(self, name: str) -> str:
        """The address of a static file. Raises KeyError when there is none of that name."""
        if name not in self.files:
            raise KeyError(name)
        return f"/static/{self.digest}/{name}"


def load_assets() -> Assets:
    """The files of `templates/static` whose type we serve."""
    found = dict(sorted(_walk(files("templates") / "static", "")))
    whole = hashlib.sha256()
    for name, content in found.items():
        whole.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    return Assets(found, whole.hexdigest()[:16])


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        elif entry.name.rpartition(".")[2] in TYPES:
            yield prefix + entry.name, entry.read_bytes()


def asset_response(assets: Assets, digest: str, name: str) -> web.Response:
    """One static file. An address of an older version gives the present file, not to be cached."""
    if name not in assets.files:
        raise web.HTTPNotFound
    caching = "public, max-age=31536000, immutable" if digest == assets.digest else "no-cache"
    return web.Response(
        body=assets.files[name],
        content_type=TYPES[name.rpartition(".")[2]],
        headers={"Cache-Control": caching},
    )
