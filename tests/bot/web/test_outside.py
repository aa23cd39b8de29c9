"""Where we speak to an address that a browser named: public machines alone, by name, over https."""

import pytest

from bot.web.outside import NotOutside, Outside, is_public, outside

AWAY = [
    "http://push.example/x", "https://127.0.0.1/x", "https://localhost/x", "https://[::1]/x", "https://10.0.0.8/x",
    "https://2130706433/x", "https://0x7f.1/x", "https://0177.0.0.1/x", "https://127.1/x", "https://93.184.216.34/x",
    "https://may-chu/x", "https://push.example:8443/x", "https://a:b@push.example/x", "https://@push.example/x",
    "https://push.example\n.noi-bo/x", "https:///x", "https://[::ffff:10.0.0.1]/x", "file:///etc/passwd", "",
    "https://push.exämple/x", "https://push.example:x/", "https://[::1/", "https://push.example/" + "x" * 3000,
]  # fmt: skip

INSIDE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "240.0.0.1", "255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::", "2001:db8::1",
    "fec0::1", "fe80::1%eth0", "", "push.example",
]  # fmt: skip


@pytest.mark.parametrize("address", AWAY)
def test_anything_but_a_name_over_https_is_refused(address: str) -> None:
    with pytest.raises(ValueError):
        outside(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://fcm.googleapis.com/fcm/send/abc:DEF_1",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
        "https://web.push.apple.com/QKC1",
        "https://wns2-sg2p.notify.windows.com/w/?token=BQ%3d",
        "https://push.example:443/x",
    ],
)
def test_services_of_browsers_are_taken(address: str) -> None:
    assert outside(address) == address


@pytest.mark.parametrize("number", INSIDE)
def test_numbers_of_networks_of_ones_own_are_not_public(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize("number", ["93.184.216.34", "8.8.8.8", "2001:4860:4860::8888", "64:ff9b::808:808"])
def test_numbers_of_the_whole_internet_are_public(number: str) -> None:
    assert is_public(number)


async def test_a_name_by_which_this_machine_knows_itself_leads_nowhere() -> None:
    with pytest.raises(NotOutside):
        await Outside().resolve("localhost", 443)
