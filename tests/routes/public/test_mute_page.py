"""The page behind the links in mails to a sender, and the one-click request."""

import re

import pytest

from tests.makers import HOME, THUNDERBIRD
from tests.system import System

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def links(system: System) -> dict[str, str]:
    """The links of a mail about an open, by their words."""
    message = system.send(recipients=[{"email": "bob@example.com", "name": "Bob"}], thread="<t@x>")
    system.opened(message, 7200, THUNDERBIRD, HOME)
    system.follow()
    (mail,) = system.aws.outbox()
    return dict(re.findall(r"^(.+): (https?://\S+)$", mail["text"], re.M))


def test_a_mail_leads_to_its_message_and_to_what_may_be_muted(links):
    assert set(links) == {
        "Open this message",
        "Mute this message",
        "Mute this thread",
        "Mute Bob",
        "No more mails about opens",
    }
    assert not any("bob" in url for url in links.values())


@pytest.mark.parametrize("name", ["Mute this message", "Mute this thread", "Mute Bob", "No more mails about opens"])
def test_looking_and_pressing_once_change_nothing(system: System, links, name):
    before = system.kept()
    assert b"<form" in system.ask("GET", links[name]).body
    again = system.ask("POST", links[name], b"answer=stop", FORM)
    assert again.status == 200 and b"No, change nothing" in again.body
    system.ask("POST", links[name], b"sure=yes&answer=", FORM)
    assert system.kept() == before


def test_pressed_twice_it_mutes(system: System, links):
    sure = b"sure=yes&answer=stop"
    (message,) = system.call("GET", "/v1/messages").json["items"]
    for name in ("Mute this message", "Mute this thread", "Mute Bob"):
        assert b"Done" in system.ask("POST", links[name], sure, FORM).body
    shown = system.show(message)
    assert shown["muted"] and shown["thread_muted"]
    assert system.call("GET", "/v1/contacts/bob@example.com").json["muted"]


@pytest.mark.parametrize(
    "body", [b"List-Unsubscribe=One-Click", b'--x\r\nname="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--']
)
def test_one_click_of_a_mail_program_stops_the_kind(system: System, links, body):
    answer = system.ask("POST", links["No more mails about opens"], body, FORM)
    assert answer.status == 200
    wishes = system.call("GET", "/v1/preferences").json
    assert (wishes["tell"]["open"], wishes["tell_push"]["open"]) == ("never", "each")


def test_a_mail_says_how_to_stop_it_in_its_head(system: System, links):
    (mail,) = system.aws.outbox()
    headers = mail.get("raw") or mail["headers"]
    assert links["No more mails about opens"] in str(headers) and "List-Unsubscribe=One-Click" in str(headers)


@pytest.mark.parametrize("token", ["", "x", "AAAA" * 20])
def test_what_is_not_ours_is_nothing(system: System, token):
    assert system.ask("GET", f"/n/{token or 'none'}").status == 404
