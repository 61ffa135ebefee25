"""The secrets that sign tokens: made once, kept in Parameter Store as a SecureString, never overwritten.

The functions get them as an environment variable, which Lambda keeps encrypted (by KMS, with its own key) and decrypts
before the function starts. Asking Parameter Store instead would put a call, and a second thing that can fail, before
each cold open's answer. CloudFormation cannot make a SecureString, and would keep a generated secret in its history.
"""

import secrets
from contextlib import suppress
from typing import Any

_BYTES = 32


def parameter(stage: str) -> str:
    """The name of the parameter."""
    return f"/unsealed/{stage}/secrets"


def ensure(session: Any, stage: str) -> str:
    """The secrets of a stage, newest first, comma-separated; one is made if there is none."""
    ssm = session.client("ssm")
    try:
        return _read(ssm, stage)
    except ssm.exceptions.ParameterNotFound:
        with suppress(ssm.exceptions.ParameterAlreadyExists):  # another deploy was quicker
            ssm.put_parameter(
                Name=parameter(stage),
                Description="What signs Unsealed's tokens, newest first. Lost, every link that was ever sent is dead.",
                Value=secrets.token_urlsafe(_BYTES),
                Type="SecureString",
            )
    return _read(ssm, stage)


def rotate(session: Any, stage: str) -> None:
    """Put a new secret before the others: it signs from the next deploy on, and they still verify old links."""
    older = ensure(session, stage)
    value = f"{secrets.token_urlsafe(_BYTES)},{older}"
    session.client("ssm").put_parameter(Name=parameter(stage), Value=value, Type="SecureString", Overwrite=True)


def replace(session: Any, stage: str, secrets: str) -> None:
    """Put these secrets in the place of the stage's own."""
    session.client("ssm").put_parameter(Name=parameter(stage), Value=secrets, Type="SecureString", Overwrite=True)


def forget(session: Any, stage: str) -> None:
    """Delete the secrets: no link that was ever sent works again."""
    ssm = session.client("ssm")
    with suppress(ssm.exceptions.ParameterNotFound):
        ssm.delete_parameter(Name=parameter(stage))


def _read(ssm: Any, stage: str) -> str:
    return str(ssm.get_parameter(Name=parameter(stage), WithDecryption=True)["Parameter"]["Value"])
