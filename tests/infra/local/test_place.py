"""Where a local system is, and whether it is a demo: nobody's demo is open to others."""

import pytest

from infra.local.place import environment, is_loopback, place
from infra.process_settings import WrongSetting

OWN = "http://127.0.0.1:8000"


@pytest.fixture(autouse=True)
def unset(monkeypatch):
    for name in ("PUBLIC_URL", "MAIL_FROM", "SMTP_PORT", "RELAY_ADDRESS", "RELAY_NAME", "CALLS_A_MINUTE"):
        monkeypatch.delenv(name, raising=False)


def test_without_a_word_it_is_a_demo_on_this_machine(tmp_path):
    here = place(OWN)
    assert (here.public_url, here.demo) == (OWN, True)
    told = environment(here, tmp_path, "a secret")
    assert (told["DEMO"], told["MAIL_FROM"], told["RELAY_ADDRESS"]) == (
        "on",
        "unsealed@localhost.example",
        "localhost:2525",
    )


def test_what_others_reach_is_no_demo_and_says_who_mail_is_from(monkeypatch, tmp_path):
    monkeypatch.setenv("PUBLIC_URL", "https://t.example.com")
    with pytest.raises(WrongSetting, match="MAIL_FROM"):
        place(OWN)
    monkeypatch.setenv("MAIL_FROM", "unsealed@example.com")
    here = place(OWN)
    told = environment(here, tmp_path, "a secret")
    assert (here.public_url, here.demo) == ("https://t.example.com", False)
    assert "DEMO" not in told and told["RELAY_ADDRESS"] == "", "a relay without a name is not told of"


@pytest.mark.parametrize("url", ["t.example.com", "ftp://t.example.com", "https://", "https://t.example.com/?a=1"])
def test_what_is_no_address_is_named(monkeypatch, url):
    monkeypatch.setenv("PUBLIC_URL", url)
    with pytest.raises(WrongSetting, match="PUBLIC_URL is an address like"):
        place(OWN)


def test_only_this_machine_is_loopback():
    assert all(map(is_loopback, ("127.0.0.1", "127.8.8.8", "::1", "localhost", "t.localhost")))
    assert not any(map(is_loopback, ("", "0.0.0.0", "192.168.1.2", "localhost.example", "t.example.com")))
