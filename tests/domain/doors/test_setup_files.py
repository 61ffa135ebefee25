"""What mail programs set themselves up by, against the formats as their makers publish them."""

import json
import plistlib
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from chalicelib.domain.doors.mail_servers import Server
from chalicelib.domain.doors.setup_files import apple, outlook, thunderbird

IMAP, SMTP, RELAY = Server("imap.example.com", 993), Server("smtp.example.com", 465), Server("t.example.com", 587)
KEYS = json.loads((Path(__file__).parents[2] / "events" / "apple_profile_keys.json").read_text())
TYPES = {"<string>": str, "<integer>": int, "<boolean>": bool, "<array>": list}


def faults(payload: dict[str, object], *published: str) -> list[str]:
    """What Apple's published keys forbid in a payload."""
    known = {key: said for name in published for key, said in KEYS[name].items()}
    wrong = [f"unknown {key}" for key in payload if key not in known]
    wrong += [f"no {key}" for key, said in known.items() if said.get("presence") == "required" and key not in payload]
    for key in payload.keys() & known.keys():
        if type(payload[key]) is not TYPES[known[key]["type"]]:
            wrong.append(f"type of {key}")
        if "rangelist" in known[key] and payload[key] not in known[key]["rangelist"] and key != "PayloadType":
            wrong.append(f"value of {key}")
    return wrong


def profile(**changed: str) -> dict[str, object]:
    given = {"email": "ann@example.com", "name": "Ann", "user": "ann", **changed}
    return plistlib.loads(apple(**given, reading=IMAP, sending=RELAY))


def test_the_profile_is_what_apple_publishes():
    whole = profile()
    assert faults(whole, "TopLevel") == [] and whole["PayloadType"] == "Configuration"
    [account] = whole["PayloadContent"]
    assert faults(account, "CommonPayloadKeys", "com.apple.mail.managed") == []
    assert account["PayloadType"] == "com.apple.mail.managed"


def test_the_check_finds_what_is_wrong():
    whole = profile()
    [account] = whole["PayloadContent"]
    del account["EmailAccountType"]
    account |= {"Colour": "red", "IncomingMailServerPortNumber": "993", "OutgoingMailServerAuthentication": "None"}
    assert sorted(faults(account, "CommonPayloadKeys", "com.apple.mail.managed")) == [
        "no EmailAccountType",
        "type of IncomingMailServerPortNumber",
        "unknown Colour",
        "value of OutgoingMailServerAuthentication",
    ]


def test_the_profile_reads_at_the_own_server_and_sends_by_the_relay_and_holds_no_password():
    [account] = profile()["PayloadContent"]
    assert (account["IncomingMailServerHostName"], account["IncomingMailServerUsername"]) == ("imap.example.com", "ann")
    assert (account["OutgoingMailServerHostName"], account["OutgoingMailServerPortNumber"]) == ("t.example.com", 587)
    assert account["OutgoingMailServerUsername"] == "ann@example.com"
    assert not {"IncomingPassword", "OutgoingPassword"} & account.keys()
    assert account["OutgoingPasswordSameAsIncomingPassword"] is False, "it asks for the second password"


def test_a_second_profile_takes_the_place_of_the_first_and_another_address_gets_its_own():
    one, again, other = profile(), profile(name="Ann B."), profile(email="bob@example.com")
    names = ("PayloadIdentifier", "PayloadUUID")
    assert [one[name] for name in names] == [again[name] for name in names] != [other[name] for name in names]
    assert re.fullmatch(r"[0-9A-F]{8}-[0-9A-F]{4}-8[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}", one["PayloadUUID"])
    assert one["PayloadUUID"] != one["PayloadContent"][0]["PayloadUUID"]


def test_thunderbirds_file_has_its_elements_in_their_order():
    root = ElementTree.fromstring(thunderbird("example.com", IMAP, RELAY))
    assert (root.tag, root.attrib) == ("clientConfig", {"version": "1.1"})
    [provider] = root
    assert provider.attrib == {"id": "example.com"}
    assert [each.tag for each in provider] == [
        *("domain", "displayName", "displayShortName", "incomingServer", "outgoingServer")
    ]
    incoming, outgoing = provider[3], provider[4]
    assert (incoming.get("type"), outgoing.get("type")) == ("imap", "smtp")
    fields = ["hostname", "port", "socketType", "authentication", "username"]
    assert [each.tag for each in incoming] == [each.tag for each in outgoing] == fields
    assert [each.text for each in incoming] == [
        "imap.example.com",
        "993",
        "SSL",
        "password-cleartext",
        "%EMAILADDRESS%",
    ]
    assert [each.text for each in outgoing] == [
        "t.example.com",
        "587",
        "STARTTLS",
        "password-cleartext",
        "%EMAILADDRESS%",
    ]


@pytest.mark.parametrize(("sending", "encryption"), [(SMTP, "SSL"), (RELAY, "TLS")])
def test_outlooks_answer_names_both_servers_and_never_one_without_tls(sending, encryption):
    root = ElementTree.fromstring(outlook("ann&co@example.com", IMAP, sending))
    place = "{http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a}"
    account = root[0][0]
    assert root.tag == "{http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006}Autodiscover"
    assert [each.tag for each in account] == [
        f"{place}{name}" for name in ("AccountType", "Action", "Protocol", "Protocol")
    ]
    smtp = {each.tag.removeprefix(place): each.text for each in account[3]}
    assert smtp == {
        "Type": "SMTP",
        "Server": sending.host,
        "Port": str(sending.port),
        "LoginName": "ann&co@example.com",
        "DomainRequired": "off",
        "SPA": "off",
        "SSL": "on",
        "Encryption": encryption,
        "AuthRequired": "on",
    }
