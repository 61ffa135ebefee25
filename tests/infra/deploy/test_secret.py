"""The secrets: made once, never overwritten, rotated by putting a new one in front."""

import re
from typing import Any

import pytest

from infra.deploy import secret


class Ssm:
    """Parameter Store, as far as it is asked."""

    class exceptions:  # noqa: N801 - as boto3's clients have it
        class ParameterNotFound(Exception):  # noqa: N818
            pass

        class ParameterAlreadyExists(Exception):  # noqa: N818
            pass

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, Any]] = {}

    def client(self, service: str) -> "Ssm":
        assert service == "ssm"
        return self

    def get_parameter(self, *, Name: str, WithDecryption: bool) -> dict[str, Any]:  # noqa: N803
        if Name not in self.kept:
            raise self.exceptions.ParameterNotFound
        return {"Parameter": {"Value": self.kept[Name]["Value"] if WithDecryption else "?"}}

    def put_parameter(self, *, Name: str, Overwrite: bool = False, **about: Any) -> None:  # noqa: N803
        if Name in self.kept and not Overwrite:
            raise self.exceptions.ParameterAlreadyExists
        self.kept[Name] = about

    def delete_parameter(self, *, Name: str) -> None:  # noqa: N803
        if self.kept.pop(Name, None) is None:
            raise self.exceptions.ParameterNotFound


@pytest.fixture
def ssm() -> Ssm:
    return Ssm()


def test_it_is_made_once_and_encrypted(ssm):
    made = secret.ensure(ssm, "prod")
    assert len(made) >= 43 and secret.ensure(ssm, "prod") == made
    assert ssm.kept["/unsealed/prod/secrets"]["Type"] == "SecureString"
    assert secret.ensure(ssm, "dev") != made


def test_a_new_one_goes_in_front_of_the_old(ssm):
    old = secret.ensure(ssm, "prod")
    secret.rotate(ssm, "prod")
    new, _, before = secret.ensure(ssm, "prod").partition(",")
    assert before == old and new not in ("", old)


def test_forgetting_twice_is_as_good_as_once(ssm):
    secret.ensure(ssm, "prod")
    secret.forget(ssm, "prod")
    secret.forget(ssm, "prod")
    assert ssm.kept == {}


def test_the_keys_of_pushes_are_their_own_and_no_rotation_touches_them(ssm):
    made = secret.ensure_vapid(ssm, "prod")
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", made) and secret.ensure_vapid(ssm, "prod") == made
    secret.rotate(ssm, "prod")
    assert secret.ensure_vapid(ssm, "prod") == made != secret.ensure_vapid(ssm, "dev")
    secret.forget(ssm, "prod")
    assert secret.ensure_vapid(ssm, "prod") != made
