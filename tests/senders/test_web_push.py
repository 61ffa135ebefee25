"""Pushes to browsers, byte for byte: the RFC's own example, another library that reads ours, and the token of the sender."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

import http_ece
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import BadInput
from chalicelib.domain.web_push import Carriage, Urgency
from chalicelib.senders import web_push
from infra.deploy.secret import vapid_key
from tests.trouble import settings
from tests.webhook_endpoint import receiving

AT = 1_790_000_000.0
KEY, OLDER = vapid_key(), vapid_key()


def raw(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def text(given: bytes) -> str:
    return urlsafe_b64encode(given).decode().rstrip("=")


def public(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


@pytest.fixture
def browser(fresh_table):
    """A browser's own key, and its secret."""
    return ec.generate_private_key(ec.SECP256R1()), b"sixteen bytes..."


def test_the_example_of_rfc_8291_comes_out_byte_for_byte():
    own = ec.derive_private_key(int.from_bytes(raw("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")), ec.SECP256R1())
    made = web_push.encrypted(
        b"When I grow up, I want to be a watermelon",
        raw("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
        raw("BTBZMqHH6r4Tts7J_aSIgg"),
        raw("DGv6ra1nlYgDCS1FRnbzlw"),
        own,
    )
    assert text(made) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
        "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


@given(payload=st.binary(max_size=3_993))
def test_another_library_reads_what_we_encrypt(payload):
    reader, auth = ec.generate_private_key(ec.SECP256R1()), b"sixteen bytes..."
    made = web_push.encrypted(
        payload, public(reader), auth, b"a salt of 16 ...", ec.generate_private_key(ec.SECP256R1())
    )
    assert len(made) == len(payload) + 103 <= 4_096
    assert http_ece.decrypt(made, private_key=reader, auth_secret=auth) == payload


def test_what_is_sent_says_who_sends_it_and_only_to_its_own_service(browser):
    reader, auth = browser
    with settings(VAPID_KEYS=f"{KEY},{OLDER}", WEBHOOK_LOOPBACK="on"), receiving() as endpoint:
        endpoint.status = 201
        known = web_push.subscription(f"{endpoint.url}/push/1", text(public(reader)), text(auth))
        answer = web_push.send(b"{}", known, Carriage(3_600, Urgency.HIGH, "topic"), AT)
        assert answer.status == 201
        (post,) = endpoint.posts
        assert {
            name: post.headers[name] for name in ("ttl", "urgency", "topic", "content-encoding", "content-type")
        } == {
            "ttl": "3600",
            "urgency": "high",
            "topic": "topic",
            "content-encoding": "aes128gcm",
            "content-type": "application/octet-stream",
        }
        assert http_ece.decrypt(post.body, private_key=reader, auth_secret=auth) == b"{}"
        scheme, _, rest = post.headers["authorization"].partition(" ")
        pairs = dict(part.partition("=")[::2] for part in rest.split(","))
        assert scheme == "vapid" and pairs["k"] == web_push.public_key() and " " not in rest
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw(pairs["k"]))
        options = {"verify_exp": False}
        claims = jwt.decode(pairs["t"], key, algorithms=["ES256"], audience=endpoint.url, options=options)
        assert AT < claims["exp"] <= AT + 86_400 and claims["sub"] == "mailto:unsealed@localhost.example"


def test_a_subscription_is_bound_for_life_to_the_key_that_it_was_made_with(browser):
    reader, auth = browser
    with settings(VAPID_KEYS=OLDER, WEBHOOK_LOOPBACK="on"):
        known = web_push.subscription("https://push.example.com/1", text(public(reader)), text(auth))
    with settings(VAPID_KEYS=f"{KEY},{OLDER}"):
        assert web_push.is_ours(known) and not web_push.public_key().startswith(known.made_with)
        assert web_push.authorization(known, AT).split("k=")[1].startswith(known.made_with)
    with settings(VAPID_KEYS=KEY):
        assert not web_push.is_ours(known)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"endpoint": "http://push.example.com/1"}, "token"),
        ({"endpoint": "https://10.0.0.1/1"}, "token"),
        ({"endpoint": "https://169.254.169.254/latest"}, "token"),
        ({"p256dh": text(b"\x04" + b"1" * 64)}, "keys.p256dh"),
        ({"p256dh": "not base64!"}, "keys.p256dh"),
        ({"p256dh": ""}, "keys.p256dh"),
        ({"auth": text(b"short")}, "keys.auth"),
        ({"auth": "é"}, "keys.auth"),
    ],
)
def test_what_no_push_could_be_sent_to_is_refused_at_once(browser, changed, field):
    reader, auth = browser
    right = {"endpoint": "https://push.example.com/1", "p256dh": text(public(reader)), "auth": text(auth)}
    with settings(VAPID_KEYS=KEY):
        with pytest.raises(BadInput) as refused:
            web_push.subscription(**right | changed)
        assert refused.value.field == field
        assert web_push.subscription(**right).endpoint == right["endpoint"]


def test_without_keys_there_are_none(fresh_table):
    with settings(VAPID_KEYS=""):
        assert web_push.public_key() == ""
        with pytest.raises(BadInput, match="VAPID_KEYS"):
            web_push.subscription("https://push.example.com/1", "", "")
