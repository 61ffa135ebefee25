"""Mail programs that set themselves up: what they are answered, who may ask for what, and what they learn of nobody."""

import plistlib

import pytest

from tests.signing_in import signed_in
from tests.system import System
from tests.trouble import settings

OURS = {"RELAY_ADDRESS": "smtp.sender.example", "MAIL_SERVERS": "sender.example=imap.sender.example"}
AUTOCONFIG = ["/mail/config-v1.1.xml", "/.well-known/autoconfig/mail/config-v1.1.xml"]
AUTODISCOVER = ["/autodiscover/autodiscover.xml", "/Autodiscover/Autodiscover.xml"]
APPLE = "/apple/unsealed.mobileconfig"


def asked_by_outlook(email: str) -> bytes:
    place = "http://schemas.microsoft.com/exchange/autodiscover/outlook"
    return (
        f'<?xml version="1.0" encoding="utf-8"?><Autodiscover xmlns="{place}/requestschema/2006"><Request>'
        f"<EMailAddress>{email}</EMailAddress>"
        f"<AcceptableResponseSchema>{place}/responseschema/2006a</AcceptableResponseSchema></Request></Autodiscover>"
    ).encode()


@pytest.mark.parametrize("path", AUTOCONFIG)
def test_thunderbird_finds_its_file_and_strangers_of_the_domain_the_same(system: System, path):
    with settings(**OURS):
        answer = system.ask("GET", f"{path}?emailaddress=ann%40sender.example")
        assert (answer.status, answer.headers["content-type"]) == (200, "text/xml; charset=utf-8")
        assert b"<hostname>smtp.sender.example</hostname>" in answer.body
        assert system.ask("GET", f"{path}?emailaddress=nobody%40sender.example").body == answer.body
        assert system.ask("GET", path, headers={"Host": "autoconfig.sender.example"}).body == answer.body


@pytest.mark.parametrize("email", ["ann@gmail.com", "", "no address", "x@sender.example.evil"])
def test_for_other_domains_there_is_none(system: System, email):
    with settings(**OURS):
        assert system.ask("GET", f"{AUTOCONFIG[0]}?emailaddress={email.replace(' ', '%20')}").status == 404
        assert system.ask("POST", AUTODISCOVER[0], asked_by_outlook(email)).status == 404


@pytest.mark.parametrize("missing", ["RELAY_ADDRESS", "MAIL_SERVERS"])
def test_without_a_relay_or_a_server_there_is_none(system: System, missing):
    with settings(**OURS | {missing: ""}):
        assert system.ask("GET", f"{AUTOCONFIG[0]}?emailaddress=ann@sender.example").status == 404


@pytest.mark.parametrize("path", AUTODISCOVER)
def test_outlook_is_answered_for_the_address_that_it_names(system: System, path):
    with settings(**OURS):
        answer = system.ask("POST", path, asked_by_outlook("o&apos;hara@sender.example"))
        assert (answer.status, answer.headers["content-type"]) == (200, "text/xml; charset=utf-8")
        assert b"<LoginName>o&#x27;hara@sender.example</LoginName>" in answer.body
        assert system.ask("POST", path, b"no XML at all").status == 404


def test_a_sender_gets_a_profile_for_an_address_of_theirs(system: System):
    with settings(**OURS):
        answer = system.call("GET", f"{APPLE}?email=Ann@sender.example")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/x-apple-aspen-config")
    [account] = plistlib.loads(answer.body)["PayloadContent"]
    assert (account["EmailAccountName"], account["IncomingMailServerUsername"]) == ("Ann", "ann@sender.example")
    assert account["IncomingMailServerHostName"] == "imap.sender.example"


def test_where_the_server_is_not_known_it_is_named(system: System):
    with settings(RELAY_ADDRESS="smtp.sender.example:465"):
        assert system.call("GET", f"{APPLE}?email=ann@sender.example").json["field"] == "server"
        answer = system.call("GET", f"{APPLE}?email=ann@sender.example&server=mail.sender.example:143&user=ann")
    [account] = plistlib.loads(answer.body)["PayloadContent"]
    assert (account["IncomingMailServerPortNumber"], account["IncomingMailServerUsername"]) == (143, "ann")
    assert account["OutgoingMailServerPortNumber"] == 465


def test_nobody_gets_a_profile_for_somebody_elses_address_or_unasked(system: System):
    with settings(**OURS, ALLOWED_SENDERS="eve.example"):
        assert system.ask("GET", f"{APPLE}?email=ann@sender.example").status == 401
        eve = signed_in(system, "eve@eve.example")
        refused = system.call("GET", f"{APPLE}?email=ann@sender.example", token=eve)
        assert (refused.status, refused.json["field"]) == (422, "email")


def test_without_a_relay_there_is_no_profile(system: System):
    assert system.call("GET", f"{APPLE}?email=ann@sender.example").status == 404


@pytest.mark.parametrize("wrong", [{"RELAY_ADDRESS": "not a host"}, {"MAIL_SERVERS": "sender.example"}])
def test_a_setting_that_is_wrong_is_told_where_the_owner_looks(system: System, wrong):
    with settings(**wrong):
        assert next(iter(wrong)) in system.ask("GET", "/healthz").body.decode()
        assert system.send()["id"], "and mail is tracked all the same"
