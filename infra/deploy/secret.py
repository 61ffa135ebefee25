"""The secrets that sign tokens: made once, kept in Parameter Store as a SecureString, never overwritten.

The functions get them as an environment variable, which Lambda keeps encrypted (by KMS, with its own key) and decrypts
before the function starts. Asking Parameter Store instead would put a call, and a second thing that can fail, before
each cold open's answer. CloudFormation cannot make a SecureString, and would keep a generated secret in its history.
"""

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

_BYTES = 32


_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256 (FIPS 186-4, D.1.2.3)


def parameter(stage: str, name: str = "secrets") -> str:
    """The name of a parameter: of the secrets, or of `vapid`, the keys of pushes to browsers."""
    return f"/unsealed/{stage}/{name}"


def vapid_key() -> str:
    """A new private key for pushes to browsers: a number of P-256, 32 bytes in base64url."""
    number = secrets.randbelow(_ORDER - 1) + 1
    return urlsafe_b64encode(number.to_bytes(32)).decode().rstrip("=")


def ensure(session: Any, stage: str) -> str:
    """The secrets of a stage, newest first, comma-separated; one is made if there is none."""
    lost = "What signs Unsealed's tokens, newest first. Lost, every link that was ever sent is dead."
    return _ensure(session, parameter(stage), partial(secrets.token_urlsafe, _BYTES), lost)


def ensure_vapid(session: Any, stage: str) -> str:
    """The keys of pushes to browsers, newest first; one is made if there is none. No rotation of the secrets touches them: a
    browser's subscription is bound for life to the key that it was made with.
    """
    lost = "What signs Unsealed's pushes to browsers. Lost, every browser has to subscribe again."
    return _ensure(session, parameter(stage, "vapid"), vapid_key, lost)


def _ensure(session: Any, name: str, new: Callable[[], str], description: str) -> str:
    ssm = session.client("ssm")
    try:
        return _read(ssm, name)
    except ssm.exceptions.ParameterNotFound:
        with suppress(ssm.exceptions.ParameterAlreadyExists):  # another deploy was quicker
            ssm.put_parameter(Name=name, Description=description, Value=new(), Type="SecureString")
    return _read(ssm, name)


def rotate(session: Any, stage: str) -> None:
    """Put a new secret before the others: it signs from the next deploy on, and they still verify old links."""
    older = ensure(session, stage)
    value = f"{secrets.token_urlsafe(_BYTES)},{older}"
    session.client("ssm").put_parameter(Name=parameter(stage), Value=value, Type="SecureString", Overwrite=True)


def replace(session: Any, stage: str, secrets: str) -> None:
    """Put these secrets in the place of the stage's own."""
    session.client("ssm").put_parameter(Name=parameter(stage), Value=secrets, Type="SecureString", Overwrite=True)


def forget(session: Any, stage: str) -> None:
    """Delete the secrets and the keys: no link that was ever sent works again, nor any browser's push."""
    ssm = session.client("ssm")
    for name in (parameter(stage), parameter(stage, "vapid")):
        with suppress(ssm.exceptions.ParameterNotFound):
            ssm.delete_parameter(Name=name)


def _read(ssm: Any, name: str) -> str:
    return str(ssm.get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"])
