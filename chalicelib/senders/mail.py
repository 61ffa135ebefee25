"""Mail to the sender, by SES. https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html"""

from email.message import EmailMessage
from email.utils import formataddr
from functools import cache
from typing import Any

from chalicelib.config import config
from chalicelib.domain.letters import Letter


class Undeliverable(Exception):  # noqa: N818
    """SES will never take this mail: trying again would change nothing. Says SES's code, never an address."""


@cache
def _client() -> Any:
    import boto3

    return boto3.client("sesv2")


def send(letter: Letter, to: str, name: str) -> str:
    """Send a letter to a sender of ours; SES's id of it. Raises Undeliverable.

    `Auto-Submitted` (RFC 3834) keeps out-of-office answers from coming back, and our own gateway from taking it in.
    """
    mail = EmailMessage()
    mail["From"] = formataddr(("Unsealed", config().mail_from))
    mail["To"] = formataddr((name, to))
    mail["Subject"] = letter.subject
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(letter.text)
    mail.add_alternative(letter.html, subtype="html")
    service = _client()
    try:
        answer = service.send_email(
            FromEmailAddress=mail["From"],
            Destination={"ToAddresses": [to]},
            Content={"Raw": {"Data": mail.as_bytes()}},
        )
    except (service.exceptions.MessageRejected, service.exceptions.MailFromDomainNotVerifiedException) as failure:
        raise Undeliverable(failure.response["Error"]["Code"]) from failure
    return str(answer["MessageId"])
