"""What SES tells of our own mails: that a sender gets nothing any more, or that a code went to nobody."""

import json
from pathlib import Path
from typing import Any

import pytest

from chalicelib.config import config
from chalicelib.domain.accounts import Address
from chalicelib.store.accounts import accounts
from chalicelib.work.accounts import codes, owning
from tests.makers import SENT
from tests.signing_in import post
from tests.system import System
from tests.trouble import logged, settings

EVENTS = Path(__file__).parents[2] / "events"
ANN = "ann@sender.example"


def report(kind: str, email: str, source: str = "") -> dict[str, Any]:
    """One of AWS's own examples, about a mail of ours."""
    said: dict[str, Any] = json.loads((EVENTS / f"ses_{kind}.json").read_text())
    said["mail"] |= {"source": source or f"Unsealed <{config().mail_from}>", "messageId": f"to {email}"}
    name = "complainedRecipients" if kind == "complaint" else "bouncedRecipients"
    said[kind][name] = [{"emailAddress": email}]
    return said


def stopped(system: System) -> list[tuple[str, str | None]]:
    return [(each["email"], each["stopped_by"]) for each in system.call("GET", "/v1/addresses").json["items"]]


@pytest.mark.parametrize("kind", ["complaint", "bounce"])
def test_what_stops_a_senders_own_mail_is_shown_logged_and_alarmed(system: System, kind: str, capsys):
    deployed = {} if config().data_dir else {"STAGE": "prod"}  # one machine has no stage, and counts nothing
    with logged() as lines, settings(**deployed):
        system.told_by_ses(report(kind, ANN))
    assert stopped(system) == [(ANN, kind)]
    assert system.call("GET", "/v1/addresses").json["items"][0]["stopped_at"] is not None
    assert [line["level"] for line in lines] == ["ERROR"] and ANN not in json.dumps(lines)
    if deployed:
        metric = json.loads(capsys.readouterr().out.splitlines()[-1])
        assert metric["SendersStopped"] == 1 and metric["_aws"]["CloudWatchMetrics"][0]["Dimensions"] == [["stage"]]
    owning.go_on(ANN)
    assert stopped(system) == [(ANN, None)]


def test_spam_that_was_handed_on_and_called_so_is_feedback_on_the_senders_own_address(system: System):
    system.told_by_ses(report("complaint", ANN, source=f"r+token@{config().inbound_domain}"))
    assert stopped(system) == [(ANN, "complaint")]


def test_a_further_address_stops_alone(system: System):
    accounts.add_address(system.sender, Address("ann@home.example", SENT, sign_in=True))
    system.told_by_ses(report("bounce", "ann@home.example"))
    assert stopped(system) == [("ann@home.example", "bounce"), (ANN, None)]
    assert system.call("GET", "/v1/addresses").json["items"][0]["sign_in"] is True


def test_what_another_domain_sent_is_none_of_ours(system: System):
    system.told_by_ses(report("complaint", ANN, source="someone@elsewhere.example"))
    assert stopped(system) == [(ANN, None)]


# -- Codes to addresses that are nobody's


def asked(system: System, number: int, domain: str = "house.example") -> None:
    post(system, "/v1/sign-in", {"email": f"n{number}@{domain}"}, f"93.{number}.1.1")


@pytest.fixture
def house():
    with settings(ALLOWED_SENDERS="house.example, other.example"):
        yield


def to(system: System) -> list[str]:
    return [mail["to"][0] for mail in system.aws.outbox()]


def test_made_up_addresses_of_a_domain_get_only_so_many_codes_a_day(system: System, house):
    with logged() as lines:
        for number in range(codes.MOST_OF_DOMAIN + 5):
            asked(system, number)
        system.follow()
    assert len(to(system)) == codes.MOST_OF_DOMAIN
    assert {line["level"] for line in lines} == {"ERROR"} and "house.example" not in json.dumps(lines)
    asked(system, 1, "other.example")
    post(system, "/v1/sign-in", {"email": ANN})
    system.follow()
    assert to(system)[-2:] == ["n1@other.example", ANN], "who has an account is not hindered, nor another domain"
    system.now += 86_400
    asked(system, 99)
    system.follow()
    assert to(system)[-1] == "n99@house.example"


def test_a_deployment_mails_only_so_many_codes_to_strangers(system: System, house):
    from chalicelib.store.accounts import quotas

    assert quotas.take("@", "codes-to-strangers", 100, 100, SENT)
    asked(system, 1)
    system.follow()
    assert to(system) == []


def test_after_some_bounces_no_code_goes_to_strangers_of_the_domain(system: System, house):
    for number in range(codes.MOST_BOUNCED_OF_DOMAIN):
        asked(system, number)
        system.follow()
        said = report("bounce", f"n{number}@house.example")
        said["bounce"]["timestamp"] = "2026-09-21T15:00:00Z"
        system.told_by_ses(said)
    before = len(to(system))
    asked(system, 50)
    asked(system, 51, "other.example")
    post(system, "/v1/sign-in", {"email": ANN})
    system.follow()
    assert to(system)[before:] == ["n51@other.example", ANN] or sorted(to(system)[before:]) == [
        ANN,
        "n51@other.example",
    ]


def test_the_answer_is_the_same_whether_a_code_is_mailed_or_not(system: System, house):
    from chalicelib.store.accounts import quotas

    first = post(system, "/v1/sign-in", {"email": "n1@house.example"})
    quotas.take("@", "codes-to-strangers", 100, 100, SENT)
    second = post(system, "/v1/sign-in", {"email": "n2@house.example"}, "198.51.100.7")
    assert (first.status, first.body) == (second.status, second.body)
