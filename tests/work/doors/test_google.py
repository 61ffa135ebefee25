"""Google's tokens: which are believed, and every way in which one is not."""

import pytest

from chalicelib.domain.errors import NotFound, NotSignedIn
from chalicelib.work.doors import google as tokens
from tests.embedded import PUBLIC_URL
from tests.google import CLIENT, ROBOT, Google, google
from tests.makers import SENT
from tests.trouble import settings

PATH = "/gmail/home"
SYSTEM = {"aud": f"{PUBLIC_URL}{PATH}", "email": ROBOT}
USER = {"aud": CLIENT, "email": "Ann@gmail.com"}


@pytest.fixture
def it(fresh_table):
    with google() as found:
        yield found


def who(it: Google, at: float = SENT, system: dict | None = None, user: dict | None = None) -> str:
    return tokens.user(it.token(**SYSTEM | (system or {})), it.token(**USER | (user or {})), PATH, at)


@pytest.mark.parametrize("audience", [f"{PUBLIC_URL}{PATH}", PUBLIC_URL, f"{PUBLIC_URL}/"])
def test_a_user_is_known_by_their_address_and_google_by_either_audience(it, audience):
    assert who(it, system={"aud": audience}) == "ann@gmail.com"


FORGED = {
    "another audience": {"aud": "https://evil.example/gmail/home"},
    "another path of ours": {"aud": f"{PUBLIC_URL}/gmail/act"},
    "no audience": {"aud": None},
    "another issuer": {"iss": "https://evil.example"},
    "no issuer": {"iss": None},
    "expired": {"exp": int(SENT) - 61},
    "no expiry": {"exp": None},
    "an expiry that is no number": {"exp": "never"},
    "not yet": {"iat": int(SENT) + 61},
    "no time": {"iat": None},
    "no subject": {"sub": None},
    "an address that Google has not verified": {"email_verified": False},
    "verified in words only": {"email_verified": "true"},
    "no address": {"email": None},
    "another service account": {"email": "service-2@gcp-sa-gsuiteaddons.iam.gserviceaccount.com"},
    "signed by a key that is not Google's": {"key": "another key"},
    "signed by another key under Google's name": {"key": "another key", "kid": "a key"},
    "signed by nobody": {"algorithm": "none", "kid": "a key"},
    "signed by a shared secret": {"algorithm": "HS256", "kid": "a key"},
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED.keys())
def test_a_forged_system_token_is_refused(it, forged):
    with pytest.raises(NotSignedIn):
        who(it, system=forged)


OF_USERS = {
    name: forged for name, forged in FORGED.items() if name not in ("another path of ours", "another service account")
} | {
    "the system's audience": {"aud": f"{PUBLIC_URL}{PATH}"},
    "another add-on's": {"aud": "2-x.apps.googleusercontent.com"},
}


@pytest.mark.parametrize("forged", OF_USERS.values(), ids=OF_USERS.keys())
def test_a_forged_user_token_is_refused(it, forged):
    with pytest.raises(NotSignedIn):
        who(it, user=forged)


@pytest.mark.parametrize("token", ["", "a", "a.b", "a.b.c", "é.é.é", "eyJhbGciOiJSUzI1NiJ9.e30.", "null"])
def test_what_is_no_token_is_refused(it, token):
    with pytest.raises(NotSignedIn):
        tokens.user(token, it.token(**USER), PATH, SENT)
    with pytest.raises(NotSignedIn):
        tokens.user(it.token(**SYSTEM), token, PATH, SENT)


def test_the_keys_are_asked_for_once_and_again_when_they_are_old(it):
    for at in (SENT, SENT + 60, SENT + 3600):
        who(it, at)
    assert len(it.asked) == 1
    who(it, SENT + 20_001)
    assert len(it.asked) == 2


def test_a_new_key_of_googles_is_found_and_forged_names_do_not_make_us_ask_each_time(it):
    who(it)
    it.keys.append("a new key")
    with pytest.raises(NotSignedIn):
        who(it, SENT + 59, {"key": "a new key"})
    assert who(it, SENT + 61, {"key": "a new key"}) == "ann@gmail.com"
    for number in range(20):
        with pytest.raises(NotSignedIn):
            who(it, SENT + 62, {"key": "another key", "kid": f"forged {number}"})
    assert len(it.asked) == 2


def test_where_google_does_not_answer_nobody_is_let_in(it):
    it.down = True
    with pytest.raises(tokens.Unreachable):
        who(it)


@pytest.mark.parametrize("missing", ["GMAIL_SERVICE_ACCOUNT", "GMAIL_CLIENT_ID"])
def test_without_its_settings_there_is_no_add_on(it, missing):
    with settings(**{missing: ""}), pytest.raises(NotFound, match=missing):
        who(it)


def test_nothing_stands_for_google_on_aws_or_beyond_this_machine(fresh_table):
    from chalicelib.config import config

    for given in (
        {"GOOGLE_APIS": "http://127.0.0.1:1", "STAGE": "prod", "TABLE_NAME": "t", "AWS_REGION": "eu-west-1"},
        {"GOOGLE_APIS": "https://evil.example"},
    ):
        with settings(**given):
            assert config().google_apis == ""
