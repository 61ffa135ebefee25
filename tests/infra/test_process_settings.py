"""What the environment says to a process: the value, or one sentence that names what cannot be what it is."""

import os

import pytest

from infra import process_settings
from infra.process_settings import WrongSetting


@pytest.mark.parametrize("wanted", ["0", "25", "65535"])
def test_a_port_is_what_the_environment_says(monkeypatch, wanted):
    monkeypatch.setenv("PORT", wanted)
    assert process_settings.port("PORT", 8000) == int(wanted)
    monkeypatch.setenv("PORT", "")
    assert process_settings.port("PORT", 8000) == 8000


@pytest.mark.parametrize("wanted", ["abc", "-1", "65536", "8000 ", "8_000", "٨", "9" * 5_000])
def test_what_is_no_port_is_named(monkeypatch, wanted):
    monkeypatch.setenv("PORT", wanted)
    with pytest.raises(WrongSetting, match="PORT is a number from 0 to 65535"):
        process_settings.port("PORT", 8000)


@pytest.mark.parametrize("wanted", ["0", "-1", "1.5", "many", "9" * 5_000])
def test_what_is_no_number_from_one_up_is_named(monkeypatch, wanted):
    monkeypatch.setenv("RELAY_RECIPIENTS_A_DAY", wanted)
    with pytest.raises(WrongSetting, match="RELAY_RECIPIENTS_A_DAY is a whole number from 1 up"):
        process_settings.number("RELAY_RECIPIENTS_A_DAY", 500)
    monkeypatch.setenv("RELAY_RECIPIENTS_A_DAY", "")
    assert process_settings.number("RELAY_RECIPIENTS_A_DAY", 500) == 500


def test_a_file_sets_what_is_not_set(monkeypatch, tmp_path):
    file = tmp_path / "unsealed.conf"
    file.write_text("# ours\n\nPORT = 8080\nMAIL_FROM='unsealed@example.com'\nHOST=\"127.0.0.1\n")
    monkeypatch.setattr(os, "environ", {"SETTINGS": str(file), "PORT": "9000"})
    process_settings.read_file()
    assert os.environ == {
        "SETTINGS": str(file), "PORT": "9000", "MAIL_FROM": "unsealed@example.com", "HOST": '"127.0.0.1'
    }  # fmt: skip


@pytest.mark.parametrize(
    ("written", "told"),
    [("PORT 8080", "Line 1 of .* is not NAME=VALUE"), ("\nport=1", "Line 2"), (None, "which cannot be read")],
)
def test_a_file_that_cannot_be_read_is_named_with_the_line(monkeypatch, tmp_path, written, told):
    file = tmp_path / "unsealed.conf"
    if written is not None:
        file.write_text(written)
    monkeypatch.setenv("SETTINGS", str(file))
    with pytest.raises(WrongSetting, match=told):
        process_settings.read_file()
