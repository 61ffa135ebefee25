"""What speaks for a sender: tokens with scopes, limits that are told, and addresses that were verified."""

import pytest

from chalicelib.domain.accounts import Address, ApiToken, Scope
from chalicelib.routes.api.calls import ANY, NOBODY, ROUTES, Route
from chalicelib.store.accounts import accounts, api_tokens
from chalicelib.store.accounts.api_tokens import id_of
from chalicelib.work.accounts.codes import BY_ADDRESS
from chalicelib.work.accounts.limiting import ENTRANCES
from chalicelib.work.accounts.registering import register
from chalicelib.work.accounts.signing_in import MOST_SESSIONS
from tests.counting import counting
from tests.makers import SENT
from tests.routes.api.test_calls import call
from tests.signing_in import code_for, post, signed_in
from tests.system import TOKEN, System
from tests.trouble import settings

HOME, EVES = "ann@home.example", "eve@sender.example"


def token(system: System, *scopes: str, **more: str) -> str:
    answer = system.call("POST", "/v1/tokens", {"name": "laptop", "scopes": list(scopes), **more})
    assert answer.status == 201, answer.body
    return str(answer.json["token"])


def own(system: System, email: str = HOME) -> None:
    """Let an address be Ann's as well."""
    system.now += 1
    assert system.call("POST", "/v1/addresses", {"email": email}).status == 202
    system.follow()
    answer = system.call("POST", "/v1/addresses/confirm", {"email": email, "code": code_for(system, email)})
    assert (answer.status, answer.json["email"], answer.json["first"]) == (201, email, False)


# -- Scopes


SCOPED = [route for route in ROUTES if route.scope not in (ANY, NOBODY)]


@pytest.mark.parametrize("route", SCOPED, ids=lambda route: f"{route.method} {route.path}")
def test_a_call_needs_its_scope_and_no_other_will_do(system: System, route: Route):
    others = token(system, *(scope for scope in Scope if scope != route.scope))
    before = system.kept()
    refused = call(system, route, others)
    assert (refused.status, refused.json["title"]) == (403, "Forbidden")
    assert (
        refused.headers["x-amzn-remapped-www-authenticate"]
        == f'Bearer error="insufficient_scope", scope="{route.scope}"'
    )
    assert system.kept() == before
    assert call(system, route, token(system, route.scope)).status != 403


def test_what_only_looks_needs_no_scope_to_change_anything():
    assert {route.scope for route in ROUTES if route.method == "GET"} <= {"read", "admin"}
    assert not [route for route in ROUTES if route.method != "GET" and route.scope == "read"]


def test_no_token_gives_what_it_does_not_have(system: System):
    admin = token(system, "admin")
    refused = system.call("POST", "/v1/tokens", {"name": "more", "scopes": ["admin", "read"]}, admin)
    assert refused.status == 403 and refused.json["detail"].startswith("Your token lacks the scope read")
    assert system.call("POST", "/v1/tokens", {"name": "as much", "scopes": ["admin"]}, admin).status == 201


def test_no_token_outlasts_the_one_that_made_it(system: System):
    """Five minutes of somebody's token shall be five minutes."""
    short = token(system, "admin", "read", expires_at="2026-09-21T14:20:00Z")
    made = system.call("POST", "/v1/tokens", {"name": "for ever", "scopes": ["read"]}, short)
    assert (made.status, made.json["expires_at"]) == (201, "2026-09-21T14:20:00Z")
    later = {"name": "later", "scopes": ["read"], "expires_at": "2026-09-21T14:20:01Z"}
    refused = system.call("POST", "/v1/tokens", later, short)
    assert (refused.status, refused.json["field"]) == (422, "expires_at")
    sooner = system.call("POST", "/v1/tokens", later | {"expires_at": "2026-09-21T14:19:00Z"}, short)
    assert sooner.json["expires_at"] == "2026-09-21T14:19:00Z"
    system.now += 3600
    assert system.call("GET", "/v1/feed", token=made.json["token"]).status == 401


def test_a_session_makes_a_token_that_outlasts_it_by_a_fresh_code_only(system: System):
    session = signed_in(system, "ann@sender.example")
    made = system.call("POST", "/v1/tokens", {"name": "relay", "scopes": ["send"]}, session)
    ends = next(each for each in system.call("GET", "/v1/tokens", token=session).json["items"] if each["current"])
    assert made.json["expires_at"] == ends["expires_at"] is not None
    wrong = {"name": "relay", "scopes": ["send"], "proof": "0000 0000"}
    refused = system.call("POST", "/v1/tokens", wrong, session)
    assert (refused.status, refused.json["field"]) == (422, "proof")
    system.now += 1
    assert system.call("POST", "/v1/account/code", token=session).status == 202
    system.follow()
    right = wrong | {"proof": code_for(system, "ann@sender.example")}
    assert system.call("POST", "/v1/tokens", right, session).json["expires_at"] is None
    assert system.call("POST", "/v1/tokens", right, session).status == 422, "a code counts once"
    more = right | {"scopes": ["admin", "send", "read"]}
    assert system.call("POST", "/v1/tokens", more, token(system, "admin")).status == 403


# -- The end of the account


def test_deleting_the_account_asks_for_a_fresh_code(system: System):
    """A token may be in other hands, and this cannot be undone."""
    mine = {"email": "ann@sender.example"}
    asked = system.call("DELETE", "/v1/account", mine)
    assert (asked.status, asked.json["field"]) == (422, "code")
    system.follow()
    (told,) = system.aws.outbox()
    assert told["to"] == ["ann@sender.example"] and "to delete your account" in told["text"]
    for wrong in ("0000 0000", code_for(system, "ann@sender.example")[:-1]):
        assert system.call("DELETE", "/v1/account", mine | {"code": wrong}).status == 422
    assert system.call("GET", "/v1/feed").status == 200
    code = code_for(system, "ann@sender.example")
    assert system.call("DELETE", "/v1/account", {"email": "eve@x.example", "code": code}).json["field"] == "email"
    assert system.call("DELETE", "/v1/account", mine | {"code": code}).status == 202
    assert system.call("GET", "/v1/feed").status == 401


def test_no_code_for_something_else_deletes_the_account(system: System):
    post(system, "/v1/sign-in", {"email": "ann@sender.example"})
    system.follow()
    told = {"email": "ann@sender.example", "code": code_for(system, "ann@sender.example")}
    assert system.call("DELETE", "/v1/account", told).status == 422
    system.call("POST", "/v1/addresses", {"email": HOME})
    system.follow()
    assert system.call("DELETE", "/v1/account", told | {"code": code_for(system, HOME)}).status == 422


# -- Tokens


def test_a_token_is_shown_once_and_then_told_of(system: System):
    system.now += 60
    made = token(system, "send", "read")
    system.call("GET", "/v1/feed", token=made)
    listed = system.call("GET", "/v1/tokens")
    assert made not in listed.body.decode()
    first, laptop = listed.json["items"]
    assert (first["name"], first["current"], laptop["current"]) == ("first", True, False)
    assert laptop == {
        "id": id_of(made),
        "name": "laptop",
        "scopes": ["read", "send"],
        "session": False,
        "current": False,
        "created_at": "2026-09-21T14:14:20Z",
        "last_used_at": "2026-09-21T14:14:20Z",
        "expires_at": None,
    }


def test_a_revoked_token_is_refused_from_the_next_call_on(system: System):
    made = token(system, "read")
    assert system.call("GET", "/v1/feed", token=made).status == 200
    assert system.call("DELETE", f"/v1/tokens/{id_of(made)}").status == 204
    assert system.call("GET", "/v1/feed", token=made).status == 401
    assert system.call("DELETE", f"/v1/tokens/{id_of(made)}").status == 404


def test_a_token_ends_when_its_maker_said(system: System):
    made = token(system, "read", expires_at="2026-09-21T15:00:00Z")
    system.now = SENT + 2799
    assert system.call("GET", "/v1/feed", token=made).status == 200
    system.now = SENT + 2800
    assert system.call("GET", "/v1/feed", token=made).status == 401
    assert [each["name"] for each in system.call("GET", "/v1/tokens").json["items"]] == ["first"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"scopes": []}, "scopes"),
        ({"scopes": ["root"]}, "scopes[0]"),
        ({"name": ""}, "name"),
        ({"expires_at": "2026-09-21T14:13:20Z"}, "expires_at"),
        ({"sender": "e7e0e7e0e7e0e7e0"}, "sender"),
    ],
)
def test_a_token_that_cannot_be_is_refused_by_its_field(system: System, said, field):
    answer = system.call("POST", "/v1/tokens", {"name": "laptop", "scopes": ["read"], **said})
    assert (answer.status, answer.json["field"]) == (422, field)


def test_there_are_only_so_many_tokens_and_room_for_sign_ins_is_left(system: System):
    for number in range(api_tokens.MOST - MOST_SESSIONS - 1):
        made = f"token {number}"
        api_tokens.add(made, ApiToken(id_of(made), system.sender, made, frozenset(), SENT))
    refused = system.call("POST", "/v1/tokens", {"name": "one more", "scopes": ["read"]})
    assert (refused.status, refused.json["detail"]) == (
        422,
        "The maximum number of tokens is reached: revoke one first.",
    )


# -- Limits


def test_each_answer_tells_what_is_left_of_the_limit_and_beyond_it_is_429(system: System):
    with settings(CALLS_A_MINUTE="3"):
        system.now = SENT + 60
        reset = 60 - int(system.now) % 60
        answers = [system.call("GET", "/v1/feed") for _ in range(4)]
        assert [answer.status for answer in answers] == [200, 200, 200, 429]
        assert [answer.headers["ratelimit"] for answer in answers] == [
            f'"calls";r={left};t={reset}' for left in (2, 1, 0, 0)
        ]
        assert {answer.headers["ratelimit-policy"] for answer in answers} == {'"calls";q=3;w=60'}
        assert answers[3].headers["retry-after"] == str(reset)
        assert (answers[3].headers["content-type"], answers[3].json["title"]) == (
            "application/problem+json",
            "Too Many Requests",
        )
        system.now += reset
        assert system.call("GET", "/v1/messages/none").headers["ratelimit"] == '"calls";r=2;t=60', (
            "refusals tell it too"
        )


def test_a_limit_is_one_tokens_own(system: System):
    other = token(system, "read")
    with settings(CALLS_A_MINUTE="1"):
        system.now = SENT + 60
        assert system.call("GET", "/v1/feed").status == 200
        assert system.call("GET", "/v1/feed").status == 429
        assert system.call("GET", "/v1/feed", token=other).status == 200


def test_a_call_is_let_in_by_one_write_which_reads_as_well_and_a_stranger_by_none(system: System):
    with counting(system.aws) as calls:
        system.call("GET", "/v1/devices")
    let_in, asked_for = ("UpdateItem", 1, 0), ("Query", 0, 1)
    assert [(call.operation, call.write_units, call.read_units) for call in calls] == [let_in, asked_for]
    with counting(system.aws) as calls:
        system.call("GET", "/v1/devices", token="unsealed_" + "a" * 52)
    assert [call.operation for call in calls] == ["GetItem"]


# -- Addresses


def test_an_address_counts_once_its_code_was_told(system: System):
    system.call("POST", "/v1/addresses", {"email": HOME})
    system.follow()
    (mail,) = system.aws.outbox()
    assert mail["to"] == [HOME] and "to the account of ann@sender.example" in mail["text"]
    assert [each["email"] for each in system.call("GET", "/v1/addresses").json["items"]] == ["ann@sender.example"]
    wrong = system.call("POST", "/v1/addresses/confirm", {"email": HOME, "code": "0000 0000"})
    assert (wrong.status, wrong.json["field"]) == (422, "code")
    own(system)
    assert [(each["email"], each["first"]) for each in system.call("GET", "/v1/addresses").json["items"]] == [
        (HOME, False),
        ("ann@sender.example", True),
    ]


def test_a_code_for_one_thing_is_none_for_another(system: System):
    register(EVES, "Eve", "UTC", "eve's token", SENT)
    system.call("POST", "/v1/addresses", {"email": HOME})
    system.follow()
    told = {"email": HOME, "code": code_for(system, HOME)}
    assert system.call("POST", "/v1/addresses/confirm", told, "eve's token").status == 422, "another's wish"
    with settings(ALLOWED_SENDERS="home.example"):
        assert system.ask("POST", "/v1/sign-in/confirm", str(told).replace("'", '"').encode()).status == 422
    assert system.call("POST", "/v1/addresses/confirm", told).status == 201


def test_no_two_accounts_own_an_address_and_only_who_reads_its_mail_is_told_so(system: System):
    register(EVES, "Eve", "UTC", "eve's token", SENT)
    asked = [system.call("POST", "/v1/addresses", {"email": email}) for email in (EVES, "nobody@x.example")]
    assert asked[0].status == 202 and asked[0].body == asked[1].body
    system.follow()
    answer = system.call("POST", "/v1/addresses/confirm", {"email": EVES, "code": code_for(system, EVES)})
    assert (answer.status, answer.json["field"]) == (409, "email")
    assert len(system.call("GET", "/v1/addresses").json["items"]) == 1


def test_an_address_that_was_removed_counts_no_more_and_the_first_one_stays(system: System):
    own(system)
    assert system.call("DELETE", f"/v1/addresses/{HOME}").status == 204
    assert system.call("DELETE", f"/v1/addresses/{HOME}").status == 404
    assert system.call("DELETE", "/v1/addresses/ann@sender.example").status == 422
    assert [each["email"] for each in system.call("GET", "/v1/addresses").json["items"]] == ["ann@sender.example"]


@pytest.mark.parametrize(
    ("email", "why"),
    [
        ("ann@sender.example", "You already have this address"),
        ("in@localhost.example", "an address of Unsealed itself"),
        ("bob@example.com.localhost.example", "an address of Unsealed itself"),
        ("ann", "not an e-mail address"),
    ],
)
def test_what_cannot_be_another_address_is_refused_before_any_mail(system: System, email, why):
    answer = system.call("POST", "/v1/addresses", {"email": email})
    assert (answer.status, answer.json["field"]) == (422, "email") and why in answer.json["detail"]
    system.follow()
    assert system.aws.outbox() == []


def test_the_first_token_is_known_by_its_hash_alone(system: System):
    assert TOKEN not in str(system.aws.items())


def test_who_makes_tokens_in_a_loop_fills_no_mailbox_with_what_is_told_of_them(system: System):
    for _ in range(ENTRANCES.most):
        made = system.call("POST", "/v1/tokens", {"name": "one", "scopes": ["read"]})
        assert made.status == 201
        assert system.call("DELETE", f"/v1/tokens/{made.json['id']}").status == 204
    assert system.call("POST", "/v1/tokens", {"name": "one", "scopes": ["read"]}).status == 429
    system.follow()
    assert len(system.aws.outbox()) == ENTRANCES.most
    accounts.add_address(system.sender, Address("team@sender.example", SENT))
    assert system.call("PATCH", "/v1/addresses/team@sender.example", {"sign_in": True}).status == 429
    system.now += ENTRANCES.window
    assert system.call("PATCH", "/v1/addresses/team@sender.example", {"sign_in": True}).status == 200


def test_strangers_who_use_up_an_addresses_codes_keep_nobody_from_deleting_their_account(system: System):
    email = "ann@sender.example"
    for number in range(BY_ADDRESS.most + 1):
        post(system, "/v1/sign-in", {"email": email}, f"93.184.{number}.1")
    assert post(system, "/v1/sign-in", {"email": email}).status == 429
    assert system.call("POST", "/v1/account/code").status == 202
    system.follow()
    farewell = {"email": email, "code": code_for(system, email)}
    assert system.call("DELETE", "/v1/account", farewell).status in (202, 204)
