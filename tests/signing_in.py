"""Signing in, as a test does it: a code is asked for, the mail is read, the code is told."""

import json
import re
from typing import Any

from tests.makers import HOME
from tests.system import TOKEN, Answer, System

_CODE = re.compile(r"\b\d{4} \d{4}\b")


def post(system: System, path: str, body: Any, address: str = HOME, **headers: str) -> Answer:
    """A call of the API by somebody who brings no token."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return system.ask("POST", path, json.dumps(body).encode(), named, address)


def code_for(system: System, email: str) -> str:
    """The code in the newest mail to an address."""
    mails = [mail["text"] for mail in system.aws.outbox() if mail["to"] == [email.lower()]]
    found = _CODE.search(mails[-1])
    assert found is not None
    return found[0]


def asked(system: System, email: str, address: str = HOME) -> str:
    """Ask for a code, a second later, and read it."""
    system.now += 1
    assert post(system, "/v1/sign-in", {"email": email}, address).status == 202
    system.follow()
    return code_for(system, email)


def left(system: System, token: str = TOKEN) -> Answer:
    """Delete an account, by the code that comes to its first address."""
    email = system.call("GET", "/v1/account", token=token).json["email"]
    system.now += 1
    assert system.call("POST", "/v1/account/code", token=token).status == 202
    system.follow()
    return system.call("DELETE", "/v1/account", {"email": email, "code": code_for(system, email)}, token)


def signed_in(system: System, email: str, **said: str) -> str:
    """Sign in; the token."""
    answer = post(system, "/v1/sign-in/confirm", {"email": email, "code": asked(system, email), **said})
    assert answer.status == 200, answer.body
    return str(answer.json["token"])
