"""Where a request comes from: only trusted proxies are believed, and of what they pass on only what they saw themselves."""

import ipaddress

import pytest
from aiohttp.test_utils import make_mocked_request
from multidict import CIMultiDict

from bot.web.app import web_app
from bot.web.callers import address_of, caller, comes_from_us, is_https, is_ours
from bot.web.house import WebSettings
from tests.bot.web.toy_front import ToyFront

PROXIES = tuple(ipaddress.ip_network(one) for one in ("127.0.0.1/32", "10.0.0.0/8", "2001:db8::/32"))


def asked(peer: str = "127.0.0.1", host: str = "tusoi.example", settings: WebSettings | None = None, **headers: str):
    """A request with these headers (`_` for `-`), from that machine."""
    named = [(name.replace("_", "-"), value) for name, values in headers.items() for value in values.split("|")]
    app = web_app(ToyFront({}), settings or WebSettings(trusted_proxies=PROXIES))
    request = make_mocked_request("GET", "/", CIMultiDict([("Host", host), *named]), app=app)
    return request.clone(remote=peer)


@pytest.mark.parametrize(
    ("peer", "said", "is_from"),
    [
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "1.2.3.4, 203.0.113.9", "203.0.113.9"),  # the first is what the visitor wrote
        ("127.0.0.1", "1.2.3.4|203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "203.0.113.9, 10.1.2.3", "203.0.113.9"),  # through two of ours
        ("127.0.0.1", "10.1.2.3", "10.1.2.3"),
        ("127.0.0.1", "203.0.113.9:4711, 10.1.2.3:80", "203.0.113.9"),
        ("127.0.0.1", "unknown", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.9, <script>", "127.0.0.1"),
        ("127.0.0.1", ",,", "127.0.0.1"),
        ("2001:db8::1", "[2001:db9::7]:443", "2001:db9::7"),
        ("::ffff:127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("198.51.100.7", "203.0.113.9", "198.51.100.7"),  # no proxy of ours: what it says is its own affair
        ("198.51.100.7", "127.0.0.1", "198.51.100.7"),
    ],
)
def test_the_caller_is_the_last_hop_that_is_no_proxy_of_ours(peer, said, is_from):
    headers = {"X_Forwarded_For": said} if said else {}
    assert caller(asked(peer, **headers)) == is_from


def test_nobody_is_believed_where_no_proxy_is_trusted():
    assert caller(asked(settings=WebSettings(), X_Forwarded_For="203.0.113.9")) == "127.0.0.1"
    assert not is_https(asked(settings=WebSettings(), X_Forwarded_Proto="https"))


@pytest.mark.parametrize(
    ("peer", "said", "https"),
    [("127.0.0.1", "https", True), ("127.0.0.1", "http", False), ("198.51.100.7", "https", False)],
)
def test_https_is_believed_of_a_proxy_alone(peer, said, https):
    assert is_https(asked(peer, X_Forwarded_Proto=said)) is https


@pytest.mark.parametrize("address", ["", "0x7f.1", "1.2.3", "a" * 1000, "::1%eth0", "127.0.0.1\x00"])
def test_what_is_no_address_is_none(address):
    assert address_of(address) in {"", "::1"}


PUBLIC = WebSettings(public_url="https://tusoi.example")


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("tusoi.example", True),
        ("TUSOI.example:443", True),
        ("tusoi.example.", True),
        ("tusoi.example:8443", False),
        ("evil.example", False),
        ("127.0.0.1:8080", False),
        ("tusoi.example:x", False),
        ("", False),
    ],
)
def test_the_site_is_at_its_public_address_alone(host, ours):
    assert is_ours(asked(host=host, settings=PUBLIC)) is ours


@pytest.mark.parametrize(
    ("origin", "ours"),
    [
        ("https://tusoi.example", True),
        ("https://tusoi.example:443", True),
        ("http://tusoi.example", False),
        ("https://tusoi.example.evil.example", False),
        ("https://tusoi.example:99999", False),
        ("null", False),
        ("", False),
    ],
)
def test_a_form_is_taken_from_our_own_pages_alone(origin, ours):
    headers = {"Origin": origin} if origin else {}
    assert comes_from_us(asked(settings=PUBLIC, **headers)) is ours


def test_without_a_public_address_a_page_is_ours_by_the_name_it_was_asked_for():
    plain = WebSettings()
    assert comes_from_us(asked(host="127.0.0.1:8080", settings=plain, Origin="http://127.0.0.1:8080"))
    assert not comes_from_us(asked(host="127.0.0.1:8080", settings=plain, Origin="http://127.0.0.1:8081"))
    assert is_ours(asked(host="bất-kỳ.example", settings=plain))
