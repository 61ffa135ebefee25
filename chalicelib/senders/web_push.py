"""Pushes to browsers: encrypted to the browser's key (RFC 8291, in one record of RFC 8188), signed for its service (RFC 8292).

On `cryptography` and PyJWT alone: a whole client library brings six times as much and takes ten times as long to load. Both
load with this module, which only the sending of a push to a browser does.
"""

import secrets
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from functools import lru_cache
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from chalicelib.config import config
from chalicelib.domain.accounts import Subscription
from chalicelib.domain.errors import BadInput
from chalicelib.domain.web_push import Carriage
from chalicelib.domain.webhook_targets import target
from chalicelib.domain.words.sentences import say
from chalicelib.senders import webhook
from chalicelib.senders.webhook import Answer

_RECORD = 4_096  # bytes: the one record that there is
_LASTS = 12 * 3_600  # seconds that a token is good for; the services refuse more than a day
_NAMED = 8  # characters of a public key that tell it from our others
_AUTH = 16  # bytes


def public_key() -> str:
    """The key that browsers subscribe with, base64url; "" where the owner has set none."""
    return next(iter(_keys(config().vapid_keys)), "")


def subscription(endpoint: str, p256dh: str, auth: str) -> Subscription:
    """A browser's subscription, made with our present key, as it says. Raises BadInput for what no push could be sent to."""
    if not public_key():
        raise BadInput("This deployment sends no pushes to browsers: it has no VAPID_KEYS.", "platform")
    try:
        target(endpoint, loopback=config().webhook_loopback)
    except BadInput as wrong:
        raise BadInput(
            "The token of a browser is the endpoint of its subscription: a public https URL.", "token"
        ) from wrong
    try:
        _point(_bytes(p256dh))
    except (ValueError, NotBase64) as wrong:
        raise BadInput("This is not a public key of the curve P-256.", "keys.p256dh") from wrong
    try:
        if len(_bytes(auth)) != _AUTH:
            raise ValueError(auth)
    except (ValueError, NotBase64) as wrong:
        raise BadInput(say("This is not a secret of {n} bytes.", n=_AUTH), "keys.auth") from wrong
    return Subscription(endpoint, p256dh.rstrip("="), auth.rstrip("="), public_key()[:_NAMED])


def is_ours(known: Subscription) -> bool:
    """Whether we still have the key that a subscription was made with: with another one none can be sent."""
    return any(key.startswith(known.made_with) for key in _keys(config().vapid_keys))


def send(payload: bytes, to: Subscription, how: Carriage, at: float) -> Answer:
    """Hand a push to its service, and what that says. Raises Unreachable. `at`: unix seconds."""
    body = encrypted(
        payload, _bytes(to.p256dh), _bytes(to.auth), secrets.token_bytes(16), ec.generate_private_key(ec.SECP256R1())
    )
    headers = {
        "authorization": authorization(to, at),
        "content-encoding": "aes128gcm",
        "content-type": "application/octet-stream",
        "ttl": str(how.ttl),
        "urgency": how.urgency.value,
        "topic": how.topic,
    }
    return webhook.exchange(to.endpoint, headers, body, loopback=config().webhook_loopback)


def encrypted(payload: bytes, p256dh: bytes, auth: bytes, salt: bytes, own: ec.EllipticCurvePrivateKey) -> bytes:
    """The payload for whoever has the subscription's private key. `salt` (16 bytes) and `own` are of this push alone."""
    sender = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = own.exchange(ec.ECDH(), _point(p256dh))
    secret = _derived(shared, auth, b"WebPush: info\0" + p256dh + sender, 32)
    key = _derived(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(secret, salt, b"Content-Encoding: nonce\0", 12)
    head = salt + struct.pack("!IB", _RECORD, len(sender)) + sender
    return head + AESGCM(key).encrypt(nonce, payload + b"\x02", None)


def authorization(to: Subscription, at: float) -> str:
    """The header that says who sends, for this subscription's service. No space after the comma: some split there."""
    url = urlsplit(to.endpoint)
    public = next((key for key in _keys(config().vapid_keys) if key.startswith(to.made_with)), "")
    # A service is told the same for hours: it may remember what it has checked.
    return f"vapid t={_token(f'{url.scheme}://{url.netloc}', public, int(at // 3_600))},k={public}"


@lru_cache(maxsize=64)
def _token(audience: str, public: str, hour: int) -> str:
    # Apple takes a bare address only, and one that could be reached.
    claims = {"aud": audience, "exp": hour * 3_600 + _LASTS, "sub": f"mailto:{config().mail_from}"}
    return jwt.encode(claims, _keys(config().vapid_keys)[public], algorithm="ES256")


@lru_cache(maxsize=4)
def _keys(private: tuple[str, ...]) -> dict[str, ec.EllipticCurvePrivateKey]:
    """Our keys by their public half, the newest first."""
    made = (ec.derive_private_key(int.from_bytes(_bytes(each)), ec.SECP256R1()) for each in private)
    return {_text(key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)): key for key in made}


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(secret)


def _point(raw: bytes) -> ec.EllipticCurvePublicKey:
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text.rstrip("=").encode("ascii", "replace") + b"=" * (-len(text.rstrip("=")) % 4))


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")
