"""A page's session: a cookie that scripts do not see, that other sites' pages cannot use, and that a sign-out ends."""

import pytest

from tests.makers import HOME
from tests.signing_in import asked, post
from tests.system import TOKEN, Answer, System
from tests.trouble import settings

ANN = "ann@sender.example"
OURS, THEIRS = "http://127.0.0.1:8000", "https://evil.example"
MUTE = ("PUT", "/v1/preferences", b'{"push": false}')
LOOK = ("GET", "/v1/preferences", b"")


def confirmed(system: System, **headers: str) -> Answer:
    return post(system, "/v1/sign-in/confirm", {"email": ANN, "code": asked(system, ANN)}, HOME, **headers)


def cookie(answer: Answer) -> str:
    return answer.headers["set-cookie"].partition(";")[0]


def with_cookie(system: System, request: tuple[str, str, bytes], kept: str, **headers: str) -> Answer:
    method, path, body = request
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return system.ask(method, path, body, {"Cookie": kept, **named})


def test_a_sign_in_leaves_a_cookie_that_scripts_and_other_sites_do_not_get(system: System):
    name, value, *attributes = confirmed(system).headers["set-cookie"].replace("=", "; ", 1).split("; ")
    assert (name, value.startswith("unsealed_")) == ("unsealed", True)
    assert set(attributes) == {"Max-Age=7776000", "Path=/", "HttpOnly", "SameSite=Strict"}


def test_behind_https_it_is_secure_and_bound_to_this_host(system: System):
    with settings(PUBLIC_URL="https://t.example.com/api"):
        answer = confirmed(system, Sec_Fetch_Site="same-origin")
        assert answer.headers["set-cookie"].startswith("__Host-unsealed=unsealed_")
        assert answer.headers["set-cookie"].endswith("; Path=/; HttpOnly; SameSite=Strict; Secure")
        assert with_cookie(system, LOOK, cookie(answer)).status == 200
        assert with_cookie(system, MUTE, cookie(answer), Origin="https://t.example.com").status == 200
        assert with_cookie(system, LOOK, cookie(answer).replace("__Host-", "")).status == 401


def test_a_page_of_ours_looks_and_changes_with_it(system: System):
    kept = f"theme=dark; {cookie(confirmed(system))}; other=1"
    assert with_cookie(system, LOOK, kept).json["push"] is True
    assert with_cookie(system, MUTE, kept, Sec_Fetch_Site="same-origin").json["push"] is False


FORGED = {
    "another site": {"Sec_Fetch_Site": "cross-site"},
    "another host of the same site": {"Sec_Fetch_Site": "same-site"},
    "typed, not sent by a page": {"Sec_Fetch_Site": "none"},
    "another site in an old browser": {"Origin": THEIRS},
    "a sandboxed frame": {"Origin": "null"},
    "a host that begins like ours": {"Origin": f"{OURS}.evil.example"},
    "our host by another scheme": {"Origin": OURS.replace("http", "https")},
    "the browser's word against the page's": {"Sec_Fetch_Site": "cross-site", "Origin": OURS},
    "no word at all": {},
    "only a referrer": {"Referer": f"{OURS}/"},
}


@pytest.mark.parametrize("headers", FORGED.values(), ids=FORGED)
def test_nobody_else_changes_anything_with_it(system: System, headers):
    kept = cookie(confirmed(system))
    answer = with_cookie(system, MUTE, kept, **headers)
    assert (answer.status, answer.headers["content-type"]) == (403, "application/problem+json")
    assert system.call("GET", "/v1/preferences").json["push"] is True
    assert post(system, "/v1/sign-out", None, Cookie=kept, **headers).status == 403
    assert with_cookie(system, LOOK, kept).status == 200


@pytest.mark.parametrize("origin", [OURS, OURS.upper()])
def test_an_old_browser_says_by_its_origin_that_a_page_is_ours(system: System, origin):
    assert with_cookie(system, MUTE, cookie(confirmed(system)), Origin=origin).status == 200


@pytest.mark.parametrize("headers", [{"Sec_Fetch_Site": "cross-site"}, {"Origin": THEIRS}, {"Origin": "null"}])
def test_another_sites_page_signs_nobody_in_as_somebody_else(system: System, headers):
    code = asked(system, ANN)
    answer = post(system, "/v1/sign-in/confirm", {"email": ANN, "code": code}, HOME, **headers)
    assert answer.status == 403 and "set-cookie" not in answer.headers
    assert post(system, "/v1/sign-in/confirm", {"email": ANN, "code": code}).status == 200, "and spent no code"


def test_a_token_in_the_header_needs_no_origin_and_goes_before_the_cookie(system: System):
    kept = cookie(confirmed(system))
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    assert with_cookie(system, MUTE, kept, **bearer, Origin=THEIRS).status == 200
    assert with_cookie(system, LOOK, kept, Authorization="Bearer wrong").status == 401
    assert with_cookie(system, LOOK, kept, Authorization="Basic YTpi").status == 401


@pytest.mark.parametrize("kept", ["", "unsealed", "unsealed=", "unsealed=wrong", ";;=;", "unsealed=\x00", "=" * 5000])
def test_a_cookie_that_is_none_of_ours_signs_nobody_in(system: System, kept):
    assert with_cookie(system, LOOK, kept).status == 401


def test_a_sign_out_ends_the_session_and_lets_the_browser_forget_it(system: System):
    kept = cookie(confirmed(system))
    answer = post(system, "/v1/sign-out", None, Cookie=kept, Sec_Fetch_Site="same-origin")
    assert answer.status == 204
    assert answer.headers["set-cookie"] == "unsealed=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict"
    assert with_cookie(system, LOOK, kept).status == 401
    assert system.call("GET", "/v1/preferences").status == 200, "other tokens live on"
