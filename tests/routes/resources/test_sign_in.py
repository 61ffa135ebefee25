"""Signing in by mail: whom it lets in, what it tells strangers (nothing), and how often it may be tried."""

import json
import re

import pytest

from chalicelib.config import config
from chalicelib.domain.accounts import ApiToken, Scope
from chalicelib.domain.sign_in import GOOD_FOR, TRIES
from chalicelib.domain.verdicts.hits import marks
from chalicelib.senders import mail
from chalicelib.store.accounts import accounts, api_tokens, quotas
from chalicelib.work.accounts.codes import BY_ADDRESS
from chalicelib.work.accounts.signing_in import ASKED_BY_NETWORK, MOST_SESSIONS, SESSION, TRIED_BY_NETWORK
from tests.counting import counting
from tests.makers import HOME, SENT
from tests.signing_in import asked, code_for, post, signed_in
from tests.system import TOKEN, System
from tests.trouble import logged, refusing, settings, the_table

ANN, CAROL, EVE = "ann@sender.example", "carol@house.example", "eve@elsewhere.example"
WRONG = "0000 0000"


@pytest.fixture(autouse=True)
def house():
    """The owner lets in one domain."""
    with settings(ALLOWED_SENDERS="House.Example, dave@example.com"):
        yield


def confirm(system: System, email: str, code: str, address: str = HOME):
    return post(system, "/v1/sign-in/confirm", {"email": email, "code": code}, address)


# -- Who comes in


def test_the_first_sign_in_of_an_allowed_address_makes_the_account(system: System):
    token = signed_in(system, CAROL, name="Carol", time_zone="Europe/Rome")
    sender = accounts.sender_of_address(CAROL)
    account = accounts.load(sender or "")
    assert account is not None
    assert (account.email, account.name, account.time_zone) == (CAROL, "Carol", "Europe/Rome")
    assert re.fullmatch("unsealed_[a-z2-7]{52}", token), "so that scanners know it"
    assert system.call("GET", "/v1/messages", token=token).json["items"] == []


def test_an_account_is_in_utc_until_its_sender_says_where_they_are(system: System):
    token = signed_in(system, CAROL)
    assert system.call("GET", "/v1/account", token=token).json["time_zone"] == "UTC"
    assert system.call("PATCH", "/v1/account", {"time_zone": "Europe/Rome"}, token).json["time_zone"] == "Europe/Rome"
    signed_in(system, CAROL)
    assert system.call("GET", "/v1/account", token=token).json["time_zone"] == "Europe/Rome"


def test_the_next_sign_in_is_the_same_account_and_another_token(system: System):
    first, second = (signed_in(system, CAROL) for _ in range(2))
    assert first != second
    system.call("PUT", "/v1/preferences", {"push": False}, first)
    assert system.call("GET", "/v1/preferences", token=second).json["push"] is False


def test_who_has_an_account_signs_in_though_no_setting_names_them(system: System):
    with settings(ALLOWED_SENDERS=""):
        token = signed_in(system, "ANN@sender.example")
    assert [each["email"] for each in system.call("GET", "/v1/addresses", token=token).json["items"]] == [ANN]


def test_a_single_address_is_let_in_and_its_neighbours_are_not(system: System):
    assert signed_in(system, "dave@example.com")
    post(system, "/v1/sign-in", {"email": "erin@example.com"})
    system.follow()
    assert [mail["to"] for mail in system.aws.outbox()] == [["dave@example.com"]]


def own(system: System, email: str, **chosen: bool) -> None:
    system.call("POST", "/v1/addresses", {"email": email})
    system.follow()
    told = {"email": email, "code": code_for(system, email), **chosen}
    assert system.call("POST", "/v1/addresses/confirm", told).status == 201
    system.follow()


def gets_a_code(system: System, email: str) -> bool:
    system.now += 1
    before = len(system.aws.outbox())
    assert post(system, "/v1/sign-in", {"email": email}).status == 202
    system.follow()
    return len(system.aws.outbox()) > before


def test_a_second_address_signs_in_only_if_the_owner_names_it(system: System):
    """Who left the house, and its mailbox, does not come back by a private one."""
    for email in (EVE, CAROL):
        own(system, email, sign_in=True)
    assert not gets_a_code(system, EVE)
    token = signed_in(system, CAROL)
    assert len(system.call("GET", "/v1/addresses", token=token).json["items"]) == 3


def test_a_second_address_signs_in_only_if_its_sender_chose_it(system: System):
    """It may be a mailbox that several read."""
    own(system, CAROL)
    assert not gets_a_code(system, CAROL)
    changed = system.call("PATCH", f"/v1/addresses/{CAROL}", {"sign_in": True})
    assert (changed.status, changed.json["sign_in"]) == (200, True)
    assert signed_in(system, CAROL)
    code = asked(system, CAROL)
    assert system.call("PATCH", f"/v1/addresses/{CAROL}", {"sign_in": False}).json["sign_in"] is False
    assert confirm(system, CAROL, code).status == 422, "it counts when the code is told"
    assert not gets_a_code(system, CAROL)


def test_the_first_address_always_signs_in_and_what_is_nobodys_is_not_there(system: System):
    assert system.call("PATCH", f"/v1/addresses/{ANN}", {"sign_in": False}).status == 422
    assert system.call("PATCH", f"/v1/addresses/{CAROL}", {"sign_in": True}).status == 404
    assert system.call("GET", "/v1/addresses").json["items"][0]["sign_in"] is True


# -- Who is told of it


def alerts(system: System) -> list[tuple[str, str]]:
    """To whom, and what, of the mails that are no codes."""
    system.follow()
    return [
        (mail["to"][0], mail["subject"]) for mail in system.aws.outbox() if mail["subject"] != "Your code for Unsealed"
    ]


NEW_DEVICE = (ANN, "Somebody signed in from a new device")


def sign_in(system: System, agent: str, address: str = HOME) -> None:
    body = {"email": ANN, "code": asked(system, ANN, address)}
    assert post(system, "/v1/sign-in/confirm", body, address, User_Agent=agent).status == 200


def test_the_first_address_is_told_of_a_device_that_is_new_and_of_no_other(system: System):
    sign_in(system, "Firefox")
    assert alerts(system) == [NEW_DEVICE]
    for again in (HOME, HOME.rpartition(".")[0] + ".200"):
        sign_in(system, "Firefox", again)
    assert alerts(system) == [NEW_DEVICE], "each session of one device is no news"
    sign_in(system, "Another browser")
    sign_in(system, "Firefox", "203.0.113.9")
    assert alerts(system) == [NEW_DEVICE] * 3


def test_a_device_that_uses_the_api_is_known_when_it_signs_in(system: System):
    system.ask("GET", "/v1/feed", headers={"Authorization": f"Bearer {TOKEN}", "User-Agent": "Firefox"}, address=HOME)
    sign_in(system, "Firefox")
    assert alerts(system) == []


def test_who_makes_an_account_is_not_told_of_themselves(system: System):
    signed_in(system, CAROL)
    assert alerts(system) == []


def test_it_is_the_first_address_that_is_told_wherever_else_the_sender_wants_to_be_told(system: System):
    own(system, CAROL)
    system.call("PUT", "/v1/preferences", {"address": CAROL, "email": False})
    system.call("POST", "/v1/tokens", {"name": "a laptop’s", "scopes": ["read"]})
    system.call("PATCH", f"/v1/addresses/{CAROL}", {"sign_in": True})
    system.call("PATCH", f"/v1/addresses/{CAROL}", {"sign_in": True})
    assert alerts(system) == [
        (ANN, "A new address of your account"),
        (ANN, "A new API token for your account"),
        (ANN, "One more address signs in to your account"),
    ]
    told = system.aws.outbox()[-2]
    assert "a laptop’s" in told["text"] and "revoke" in told["text"] and "href" not in told["html"]


def test_an_alert_for_which_ses_has_no_room_waits_and_goes_out_once(system: System):
    with refusing(mail._client(), "SendEmail", "TooManyRequestsException"):
        system.call("POST", "/v1/tokens", {"name": "laptop", "scopes": ["read"]})
        system.follow()
    assert alerts(system) == []
    for after in (90_000, 180_000):
        system.minute(after)
    assert alerts(system) == [(ANN, "A new API token for your account")]


def test_an_alert_that_broke_off_goes_out_when_the_stream_tells_again(system: System):
    system.call("POST", "/v1/tokens", {"name": "laptop", "scopes": ["read"]})
    records = system.aws.records()
    with refusing(mail._client(), "SendEmail", "InternalFailure"):
        assert system.run("follow", {"Records": records})["batchItemFailures"]
    for _ in range(2):
        assert system.run("follow", {"Records": records}) == {"batchItemFailures": []}
    assert alerts(system) == [(ANN, "A new API token for your account")]


def test_whoever_is_no_longer_let_in_when_they_tell_the_code_stays_out(system: System):
    code = asked(system, CAROL)
    with settings(ALLOWED_SENDERS=""):
        assert confirm(system, CAROL, code).status == 422
    assert accounts.sender_of_address(CAROL) is None


# -- What strangers learn


def test_everybody_is_answered_alike_and_costs_alike_whether_let_in_or_not(system: System):
    answers, costs = [], []
    for email in (ANN, CAROL, EVE, "nobody@nowhere.example"):
        with counting(system.aws) as calls:
            answers.append(post(system, "/v1/sign-in", {"email": email}))
        costs.append([(call.operation, call.write_units, call.read_units) for call in calls])
    assert {(answer.status, answer.body, tuple(answer.headers.items())) for answer in answers} == {
        (202, answers[0].body, tuple(answers[0].headers.items()))
    }
    assert [cost for cost in costs if cost != costs[0]] == []
    system.follow()
    assert sorted(mail["to"][0] for mail in system.aws.outbox()) == [ANN, CAROL]


def test_a_wrong_code_is_answered_alike_and_costs_alike_too(system: System):
    for email in (ANN, EVE):
        post(system, "/v1/sign-in", {"email": email})
    system.follow()
    answers, costs = [], []
    for email in (ANN, EVE):
        with counting(system.aws) as calls:
            answers.append(confirm(system, email, WRONG))
        costs.append([(call.operation, call.write_units, call.read_units) for call in calls])
    assert answers[0] == answers[1] and answers[0].status == 422 and answers[0].json["field"] == "code"
    assert costs[0] == costs[1]


def test_whatever_is_wrong_the_words_are_the_same(system: System):
    code = asked(system, ANN)
    said = [confirm(system, EVE, code), confirm(system, ANN, WRONG)]
    confirm(system, ANN, code)
    said.append(confirm(system, ANN, code))
    late = asked(system, ANN)
    system.now += GOOD_FOR + 1
    said.append(confirm(system, ANN, late))
    assert {(answer.status, answer.body) for answer in said} == {(422, said[0].body)}


def test_neither_the_table_nor_any_answer_nor_any_line_of_the_log_holds_the_code(system: System, capsys):
    with logged() as lines:
        code = asked(system, CAROL).replace(" ", "")
        answer = confirm(system, CAROL, WRONG)
        token = confirm(system, CAROL, code).json["token"]
        system.call("GET", "/v1/tokens", token=token)
        system.follow()
    printed = capsys.readouterr().out + json.dumps(lines)
    for place in (str(system.aws.items()), answer.body.decode(), printed):
        assert code not in place and token not in place
    assert CAROL not in printed and HOME not in printed
    assert code not in "".join(mail["subject"] for mail in system.aws.outbox()), "locked screens show it"


def test_what_ses_refuses_is_logged_without_address_or_code(system: System, capsys):
    post(system, "/v1/sign-in", {"email": CAROL})
    with logged() as lines, refusing(mail._client(), "SendEmail", "MessageRejected"):
        system.follow()
    assert [line["message"] for line in lines] == ["SES refuses a code."]
    assert CAROL not in json.dumps(lines) + capsys.readouterr().out
    system.follow()
    assert system.aws.outbox() == [], "it is not tried for ever"


# -- How often


def test_a_code_counts_once(system: System):
    code = asked(system, CAROL)
    assert confirm(system, CAROL, code).status == 200
    assert confirm(system, CAROL, code).status == 422


def test_after_some_wrong_tries_the_right_code_is_wrong_too(system: System):
    code = asked(system, CAROL)
    for _ in range(TRIES):
        assert confirm(system, CAROL, WRONG).status == 422
    assert confirm(system, CAROL, code).status == 422
    assert signed_in(system, CAROL), "a new one may be asked for"


def test_a_new_code_takes_the_place_of_the_one_before(system: System):
    old = asked(system, CAROL)
    system.now += 1
    new = asked(system, CAROL)
    assert confirm(system, CAROL, old).status == 422
    assert confirm(system, CAROL, new).status == 200


def test_a_code_is_mailed_once_though_the_stream_tells_twice_and_again_where_its_function_broke_off(system: System):
    post(system, "/v1/sign-in", {"email": CAROL})
    records = system.aws.records()
    with refusing(the_table(), "UpdateItem", "InternalFailure", after=3):
        assert system.run("follow", {"Records": records})["batchItemFailures"], "it broke off behind SES's yes"
    mailed = {code_for(system, CAROL)}
    for _ in range(2):
        assert system.run("follow", {"Records": records}) == {"batchItemFailures": []}
        mailed.add(code_for(system, CAROL))
    assert len(system.aws.outbox()) == 2, "the one exception to once"
    assert len(mailed) == 1, "both mails hold the same code"


@pytest.mark.parametrize("email", [ANN, EVE])
def test_an_address_is_mailed_only_so_many_codes_an_hour_and_everybody_is_told_alike(system: System, email):
    for number in range(BY_ADDRESS.most):
        assert post(system, "/v1/sign-in", {"email": email}, f"93.184.{number}.1").status == 202
    refused = post(system, "/v1/sign-in", {"email": email.upper()}, "198.51.100.9")
    assert (refused.status, refused.headers["content-type"]) == (429, "application/problem+json")
    left = BY_ADDRESS.window - int(SENT) % BY_ADDRESS.window
    assert refused.headers["retry-after"] == str(left)
    assert refused.headers["ratelimit-policy"] == '"codes-by-address";q=5;w=3600'
    assert refused.headers["ratelimit"] == f'"codes-by-address";r=0;t={left}'
    system.now += left
    assert post(system, "/v1/sign-in", {"email": email}).status == 202


def test_a_network_asks_and_tries_only_so_often_an_hour_whoever_it_asks_for(system: System):
    network = marks(HOME, "", config().key)[1]
    for limit in (ASKED_BY_NETWORK, TRIED_BY_NETWORK):
        assert quotas.take(network, limit.name, limit.most - 1, limit.most, SENT, limit.window)
    asks = [post(system, "/v1/sign-in", {"email": f"n{number}@x.example"}, f"93.184.216.{number}") for number in (7, 8)]
    tries = [confirm(system, "n7@x.example", WRONG, f"93.184.216.{number}") for number in (7, 8)]
    assert [answer.status for answer in asks + tries] == [202, 429, 422, 429]
    assert post(system, "/v1/sign-in", {"email": "n8@x.example"}, "198.51.100.9").status == 202
    assert "93.184" not in str(system.aws.items()), "a network is known by its keyed mark"


def test_no_more_sessions_live_than_there_may_be(system: System):
    signed_in(system, CAROL)
    sender = accounts.sender_of_address(CAROL) or ""
    older = [f"session {number}" for number in range(MOST_SESSIONS)]
    for number, token in enumerate(older):
        made = ApiToken(api_tokens.id_of(token), sender, "sign-in", frozenset(Scope), SENT - 100 + number, session=True)
        api_tokens.add(token, made)
    newest = signed_in(system, CAROL)
    statuses = [system.call("GET", "/v1/addresses", token=token).status for token in (*older[:3], newest)]
    assert statuses == [401, 401, 200, 200]
    assert len(system.call("GET", "/v1/tokens", token=newest).json["items"]) == MOST_SESSIONS


def test_a_session_ends_after_its_days(system: System):
    token = signed_in(system, CAROL)
    since = system.now
    system.now = since + SESSION - 1
    assert system.call("GET", "/v1/addresses", token=token).status == 200
    system.now = since + SESSION
    assert system.call("GET", "/v1/addresses", token=token).status == 401


# -- What it does not take


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/v1/sign-in", {"email": "carol"}, "email"),
        ("/v1/sign-in", {"email": "carol@house.example\r\nBcc: eve@x.example"}, "email"),
        ("/v1/sign-in/confirm", {"email": "carol", "code": WRONG}, "email"),
        ("/v1/sign-in/confirm", {"email": CAROL, "code": "1" * 21}, "code"),
        ("/v1/sign-in/confirm", {"email": CAROL, "code": WRONG, "time_zone": "../etc/passwd"}, "time_zone"),
        ("/v1/sign-in/confirm", {"email": CAROL, "code": WRONG, "scopes": ["admin"]}, "scopes"),
    ],
)
def test_what_cannot_be_is_named_by_its_field(system: System, path, body, field):
    before = system.kept()
    answer = post(system, path, body)
    assert (answer.status, answer.json["field"]) == (422, field)
    assert system.kept() == before
