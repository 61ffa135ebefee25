"""Who asks by Google: its own word that it asks for our add-on, and its word whose mailbox it is, both signed.

https://developers.google.com/workspace/add-ons/guides/alternate-runtimes#validate_requests
"""

from collections.abc import Collection, Mapping
from typing import Any

import jwt

from chalicelib.config import config
from chalicelib.domain.errors import NotFound, NotSignedIn
from chalicelib.domain.words.sentences import say
from chalicelib.senders import google
from chalicelib.senders.google import Unreachable

__all__ = ["Unreachable", "claims", "user"]

_ISSUERS = ("https://accounts.google.com", "accounts.google.com")
_SKEW = 60.0  # seconds that Google's clock may differ from ours
_CLAIMS = ["iss", "aud", "exp", "iat", "sub"]


def user(system_token: str, user_token: str, path: str, at: float) -> str:
    """The verified address of the Google user for whom our add-on asks at this path of ours.

    The first token must be of the deployment's service account, and made for us: for the address that is asked, or for
    PUBLIC_URL. Raises NotSignedIn, NotFound where no add-on is set up, Unreachable.
    """
    if not (config().gmail_service_account and config().gmail_client_id):
        raise NotFound("No Gmail add-on is set up here: GMAIL_SERVICE_ACCOUNT and GMAIL_CLIENT_ID say which it is.")
    base = config().public_url
    system = claims(system_token, {base, f"{base}/", f"{base}{path}"}, at)
    if system["email"] != config().gmail_service_account:
        raise NotSignedIn("This is not our add-on's service account.")
    return str(claims(user_token, {config().gmail_client_id}, at)["email"]).lower()


def claims(token: str, audiences: Collection[str], at: float) -> Mapping[str, Any]:
    """What a token of Google's says, of an address that Google has verified. Raises NotSignedIn, Unreachable."""
    try:
        name = str(jwt.get_unverified_header(token).get("kid", ""))
        jwk = google.key(name, at)
        if jwk is None or jwk.get("kty") != "RSA":
            raise NotSignedIn("This token is signed by no key of Google's.")
        said = jwt.decode(
            token,
            jwt.PyJWK(dict(jwk), algorithm="RS256"),
            algorithms=["RS256"],
            audience=list(audiences),
            issuer=_ISSUERS,
            # The time of a request comes with it, as everywhere: PyJWT would read the clock.
            options={"require": _CLAIMS, "verify_exp": False, "verify_iat": False, "verify_nbf": False},
        )
    except jwt.PyJWTError as failure:
        raise NotSignedIn(say("This is no token of Google's for us ({why}).", why=type(failure).__name__)) from failure
    if not isinstance(said["exp"], int | float) or not isinstance(said["iat"], int | float):
        raise NotSignedIn("This token does not say when it is good.")
    if at > said["exp"] + _SKEW or at < said["iat"] - _SKEW:
        raise NotSignedIn("This token is not good now.")
    if said.get("email_verified") is not True or not said.get("email"):
        raise NotSignedIn("Google has not verified this address.")
    return said
