"""The examples of `deploy`, as they are written there, before the web chat: real nginx, real Caddy, also below a path."""

import asyncio
import ipaddress
import json
import re
import shlex
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import ClientSession, CookieJar, TCPConnector, web

from bot.delivery.seam import NoJobs
from bot.demo.office import EMPLOYEE
from bot.demo.setting import BEGINS, clock_from, fresh_invitation, furnish, person_called
from bot.door.links import Links
from bot.rulebooks.library import Library
from bot.turn.house import House
from bot.turn.loading import Loader
from bot.web.app import site, web_app
from bot.web.callers import caller, is_https
from bot.web.house import WebSettings
from tests.answers import status_of
from tests.bot.web.doors import once_of
from tests.ports import free_port
from tests.waiting import PATIENCE, until

DEPLOY = Path(__file__).parents[2] / "deploy"
PROXIES = ("nginx", "caddy")


@dataclass(frozen=True)
class Place:
    """Where the example is tried: a folder, the port of the proxy, that of the house, the path below which it stands."""

    folder: Path
    port: int
    behind: int
    root: str

    @property
    def public(self) -> str:
        return f"https://localhost:{self.port}{self.root}"


def certified(folder: Path) -> None:
    """A certificate of our own for this machine."""
    new = shlex.split(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost"
    )
    kept = ("-keyout", folder / "key.pem", "-out", folder / "cert.pem")
    subprocess.run([*new, *kept], check=True, capture_output=True)


def below_a_path(example: str, begins: str) -> str:
    """The example with its commented part for a path brought to life."""
    head, _, tail = example.partition(begins)
    return head + "\n".join(line.replace("# ", "", 1) for line in (begins + tail).splitlines())


def nginx(place: Place) -> list[str]:
    """The server of the example in a configuration of its own."""
    example = (DEPLOY / "nginx.conf").read_text("utf-8")
    if place.root:
        example = re.sub(r"    location /\S* \{.*?\n    \}\n", "", example, flags=re.DOTALL)
        example = below_a_path(example, "    # location = /tusoi")
    shutil.copy(DEPLOY / "nginx-proxy.conf", place.folder / "proxy.conf")
    for there, here in (
        (r"    listen \[::\].*\n", ""),
        (r"listen 80;", f"listen 127.0.0.1:{free_port()};"),
        (r"listen 443", f"listen 127.0.0.1:{place.port}"),
        (r"tusoi\.example;", "localhost;"),
        (r"/etc/letsencrypt/live/tusoi\.example/fullchain", str(place.folder / "cert")),
        (r"/etc/letsencrypt/live/tusoi\.example/privkey", str(place.folder / "key")),
        (r"/etc/nginx/tusoi-proxy\.conf", str(place.folder / "proxy.conf")),
        (r"/var/log/nginx/tusoi\.log", str(place.folder / "access.log")),
        (r"127\.0\.0\.1:8080", f"127.0.0.1:{place.behind}"),
    ):
        example, count = re.subn(there, here, example)
        assert count, there
    temporary = " ".join(
        f"{kind}_temp_path {place.folder / kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = (
        f"daemon off; pid {place.folder / 'pid'}; worker_processes 1; events {{}}\nhttp {{ {temporary}\n{example}\n}}\n"
    )
    if subprocess.run(["id", "-u"], capture_output=True, check=True).stdout.strip() == b"0":
        whole = f"user root;\n{whole}"
    (place.folder / "nginx.conf").write_text(whole, "utf-8")
    return [tool("nginx"), "-p", str(place.folder), "-e", "stderr", "-c", str(place.folder / "nginx.conf")]


def caddy(place: Place) -> list[str]:
    """The site of the example; its certificate is ours."""
    example = (DEPLOY / "Caddyfile").read_text("utf-8")
    if place.root:
        example = below_a_path(
            re.sub(r"\ntusoi\.example \{.*?\n\}\n", "\n", example, flags=re.DOTALL), "# co-quan.example {"
        )
    with_tls = f"https://localhost:{place.port} {{\n\ttls {place.folder / 'cert.pem'} {place.folder / 'key.pem'}"
    example = re.sub(r"^(tusoi|co-quan)\.example \{", with_tls, example, flags=re.MULTILINE)
    example = example.replace("127.0.0.1:8080", f"127.0.0.1:{place.behind}")
    quiet = "{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n}\n"
    (place.folder / "Caddyfile").write_text(quiet + example, "utf-8")
    return [tool("caddy"), "run", "--adapter", "caddyfile", "--config", str(place.folder / "Caddyfile")]


def tool(name: str) -> str:
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin")
    if found is None:
        pytest.skip(f"{name} is missing here")
    return found


@asynccontextmanager
async def proxied(command: list[str], place: Place) -> AsyncIterator[None]:
    environment = {"HOME": str(place.folder), "PATH": "/usr/sbin:/usr/bin:/bin"}
    process = await asyncio.create_subprocess_exec(*command, env=environment, stdout=-3, stderr=-1)

    async def answers() -> bool:
        assert process.returncode is None, (await process.stderr.read()).decode()
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", place.port)
        except OSError:
            return False
        writer.close()
        return True

    try:
        await until(answers)
        yield
    finally:
        if process.returncode is None:
            process.terminate()
        await process.communicate()


async def who(request: web.Request) -> web.Response:
    return web.json_response([caller(request), is_https(request)])


@pytest.fixture(params=[(proxy, root) for proxy in PROXIES for root in ("", "/tusoi")], ids="".join)
async def place(request, sqlite_store, tmp_path) -> AsyncIterator[Place]:
    """The fictional office's web chat behind that proxy, at the root of its site or below a path."""
    proxy, root = request.param
    tool(proxy)
    await furnish(sqlite_store, BEGINS)
    house = House(sqlite_store, Library(), NoJobs(), Loader(Links(), "vi"), clock_from(BEGINS))
    port = free_port()
    trusted = (ipaddress.ip_network("127.0.0.1/32"),)
    app = web_app(house, WebSettings(public_url=f"https://localhost:{port}{root}", trusted_proxies=trusted))
    app.add_routes([web.get("/who", who)])
    async with site(app, "127.0.0.1", 0) as address:
        here = Place(tmp_path, port, int(address.rpartition(":")[2]), root)
        certified(tmp_path)
        async with proxied({"nginx": nginx, "caddy": caddy}[proxy](here), here):
            yield here


async def test_people_walk_in_and_talk_through_the_proxy(place, sqlite_store):
    code = await fresh_invitation(sqlite_store, await person_called(sqlite_store, EMPLOYEE), BEGINS)
    origin = {"Origin": f"https://localhost:{place.port}"}
    lenient = ssl.create_default_context()
    lenient.check_hostname, lenient.verify_mode = False, ssl.CERT_NONE
    async with ClientSession(connector=TCPConnector(ssl=lenient), cookie_jar=CookieJar(unsafe=True)) as browser:
        door = await browser.get(f"{place.public}/i/{code}")
        assert door.status == 200
        form = {"code": code, "once": once_of(await door.text())}
        page = await browser.post(f"{place.public}/i", data=form, headers=origin)
        assert (page.status, page.url.path.startswith(f"{place.root}/p/")) == (200, True)
        html = await page.text()
        for asset in re.findall(r'(?:src|href)="([^"]+\.(?:js|css|png))"', html):
            assert await status_of(browser.get(page.url.join(type(page.url)(asset)))) == 200
        line = f"{str(page.url).rstrip('/')}/ws".replace("https:", "wss:")
        async with browser.ws_connect(line, headers=origin) as socket, asyncio.timeout(PATIENCE):
            await socket.send_str(json.dumps({"hello": 0}))
            while "Tự Soi" not in await socket.receive_str():
                pass
        # Whoever claims to be somebody else is not believed, and it is known that the line to them is encrypted.
        asked = await browser.get(f"{place.public}/who", headers={"X-Forwarded-For": "203.0.113.9"})
        assert await asked.json() == ["127.0.0.1", True]
        assert await status_of(browser.get(f"{place.public}/healthz")) == 404
    assert not [kept for kept in place.folder.glob("*.log") if code in kept.read_text("utf-8")]


async def test_no_proxy_writes_who_cast_when_nor_a_code(place: Place) -> None:
    """By the address from which somebody reads their chat, and the moment, a line of a log would tell whose ballot is whose."""
    poll, code = "0123456789abcdef0123", "ABCDEFGHJKMN"
    lenient = ssl.create_default_context()
    lenient.check_hostname, lenient.verify_mode = False, ssl.CERT_NONE
    async with ClientSession(connector=TCPConnector(ssl=lenient)) as browser:
        await status_of(browser.post(f"{place.public}/phieu/{poll}/thung", json={}))
        for door in (f"i/{code}", f"nhanxet/{code}", f"nhanxet/{code}/1.pdf", f"tuong/vao/{code}", f"bang/vao/{code}"):
            await status_of(browser.get(f"{place.public}/{door}"))
        assert await status_of(browser.get(f"{place.public}/who")) == 200
    kept = "".join(one.read_text("utf-8") for one in place.folder.glob("*.log"))
    assert "/who" in kept or "Caddyfile" in {one.name for one in place.folder.iterdir()}  # Caddy writes none
    assert poll not in kept
    assert code not in kept
