"""Settings from the environment: what is wrong is said in one line each, and no secret with it."""

import os

import pytest

from bot.channels import read_settings
from bot.settings import SettingsError

SECRET = "7000001:khong-duoc-lo"


@pytest.fixture(autouse=True)
def no_settings(monkeypatch):
    for name in [name for name in os.environ if name.startswith("TUSOI_")]:
        monkeypatch.delenv(name)


def refused(monkeypatch, **values: str) -> str:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        read_settings()
    return str(caught.value)


def test_without_any_setting_there_is_a_web_chat_on_this_machine_and_a_database_file():
    settings = read_settings()
    assert settings.web_address == ("127.0.0.1", 8080)
    assert settings.database == "sqlite:///var/tusoi.db"
    assert settings.public_address == "http://127.0.0.1:8080"


def test_a_database_we_do_not_speak_is_refused(monkeypatch):
    assert refused(monkeypatch, TUSOI_DATABASE_URL="mysql://x/y") == (
        "TUSOI_DATABASE_URL: cần sqlite:///tệp hoặc postgresql://người:mật-khẩu@máy/cơ-sở-dữ-liệu"
    )


def test_an_address_without_a_port_is_refused(monkeypatch):
    assert refused(monkeypatch, TUSOI_WEB_LISTEN="localhost") == (
        "TUSOI_WEB_LISTEN: cần dạng địa-chỉ:cổng, ví dụ 127.0.0.1:8080"
    )


def test_a_webhook_without_its_secret_is_refused(monkeypatch):
    assert refused(monkeypatch, TUSOI_TELEGRAM_WEBHOOK_URL="https://tusoi.example") == (
        "TUSOI_TELEGRAM_WEBHOOK_SECRET: bắt buộc khi đặt TUSOI_TELEGRAM_WEBHOOK_URL"
    )


def test_a_webhook_over_plain_http_is_refused(monkeypatch):
    assert refused(
        monkeypatch, TUSOI_TELEGRAM_WEBHOOK_URL="http://tusoi.example", TUSOI_TELEGRAM_WEBHOOK_SECRET="bi-mat"
    ) == ("TUSOI_TELEGRAM_WEBHOOK_URL: Telegram chỉ nhận địa chỉ https://")


def test_every_wrong_setting_is_named_at_once_and_no_value_is_repeated(monkeypatch):
    said = refused(monkeypatch, TUSOI_DATABASE_URL=f"mysql://{SECRET}@x/y", TUSOI_LANGUAGE="fr", TUSOI_WORKER="a b")
    assert [line.partition(":")[0] for line in said.splitlines()] == [
        "TUSOI_DATABASE_URL",
        "TUSOI_LANGUAGE",
        "TUSOI_WORKER",
    ]
    assert SECRET not in said


def test_an_unknown_language_names_the_known_ones(monkeypatch):
    assert refused(monkeypatch, TUSOI_LANGUAGE="fr") == "TUSOI_LANGUAGE: cần một trong: vi, en"


def test_secrets_do_not_show_when_settings_are_printed(monkeypatch):
    monkeypatch.setenv("TUSOI_TELEGRAM_TOKEN", SECRET)
    assert SECRET not in repr(read_settings())


def test_proxies_are_addresses_and_networks_in_one_line(monkeypatch):
    monkeypatch.setenv("TUSOI_TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8 2001:db8::/32")
    assert [str(one) for one in read_settings().trusted_proxies] == ["127.0.0.1/32", "10.0.0.0/8", "2001:db8::/32"]
    monkeypatch.setenv("TUSOI_TRUSTED_PROXIES", " ")
    assert read_settings().trusted_proxies == ()


def test_a_proxy_that_is_no_address_is_refused_by_its_place(monkeypatch):
    assert refused(monkeypatch, TUSOI_TRUSTED_PROXIES="127.0.0.1, nginx") == (
        "TUSOI_TRUSTED_PROXIES: mục thứ 2 không phải địa chỉ hay mạng; cần dạng 127.0.0.1, 10.0.0.0/8, cách nhau bằng dấu phẩy"
    )


@pytest.mark.parametrize("everybody", ["0.0.0.0/0", "::/0"])
def test_to_trust_everybody_is_refused(monkeypatch, everybody):
    assert "tin tất cả thì ai cũng giả được địa chỉ" in refused(monkeypatch, TUSOI_TRUSTED_PROXIES=everybody)
