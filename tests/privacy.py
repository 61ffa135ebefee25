"""A story with somebody in it who may refuse, or be erased; and looks into the table afterwards."""

from typing import Any
from urllib.parse import quote

from chalicelib.store.mail import inbox
from tests.embedded import Embedded
from tests.mails import a_mail
from tests.makers import APPLE_PREFETCH, APPLE_RELAY, CHROME, THUNDERBIRD
from tests.replies import an_answer, reply_to
from tests.system import System

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
BOB = {"email": "bob.jones@example.com", "name": "Bobby Jones"}


def refuse(system: System, message, recipient: int = 0) -> None:
    url = message["recipients"][recipient]["page_url"]
    assert system.ask("POST", url, b"sure=yes&answer=refuse", FORM).status == 200


def events_in_the_table(aws: Embedded) -> list[str]:
    return [item["sk"]["S"] for item in aws.items() if item["sk"]["S"].startswith("e#")]


def what_is_kept(aws: Embedded) -> list[dict[str, Any]]:
    """The table, but for how often tokens were used."""
    return [item for item in aws.items() if item["pk"]["S"][:2] not in ("q#", "t#")]


def a_full_story(system: System, email: str, name: str) -> None:
    """Mails alone and with others, opened, clicked, answered, bounced, told, summarised; a gateway mail; a reply by mail."""
    bob = {"email": email, "name": name}
    link = f'<p>Dear {name}, <a href="https://example.com/offer?for={quote(email)}">our offer</a></p>'
    alone = system.send(subject=f"Offer for {name}", recipients=[bob], html=link, thread=f"with {email}")
    shared = system.send(subject=f"For {name} and Carol", recipients=["carol@example.com", bob], html=link)
    plain = system.send(subject="Minutes", recipients=[bob, "carol@example.com"])
    for number, message in ((0, alone), (1, shared), (0, plain)):
        system.opened(message, 7200 + number, THUNDERBIRD, f"93.184.216.{number}", recipient=number)
        system.opened(message, 7300, APPLE_PREFETCH, APPLE_RELAY, recipient=number)
        system.clicked(message, 7400, CHROME)
        inbox.remember_id(f"<{message['id']}@sender.example>", message["id"], number, system.now)
    system.follow()
    system.minute(9000)
    system.receive(an_answer(From=f"{name} <{email}>"), reply_to(alone), sender=email)
    gateway = f"{email.replace('@', '=')}@localhost.example"
    system.receive(a_mail(To=f"{name} <{gateway}>"), gateway, sender="ann@sender.example")
    system.call("POST", f"/v1/messages/{plain['id']}/replies", {"recipient": email})
    system.follow()
    system.hour(20_000)
