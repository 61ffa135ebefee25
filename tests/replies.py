"""Mails that come back: each with readable defaults, as clients and mail systems write them."""

from collections.abc import Mapping
from email import message_from_string, policy
from typing import Any

from tests.system import System

Fields = Mapping[str, str]


def reply_to(message: Mapping[str, Any], recipient: int = 0) -> str:
    """The reply address of a recipient's copy of a message, as the API gave it when it was made."""
    return str(message["recipients"][recipient]["reply_to"])


def an_answer(body: str = "Yes, gladly.\r\n", /, **fields: str) -> bytes:
    """Bob's answer to Ann. A field that is given as "" is left out; `_` in its name is a hyphen."""
    usual = {
        "From": "Bob <bob@example.com>",
        "To": "Ann <ann@sender.example>",
        "Subject": "Re: Offer for June",
        "Message-ID": "<answer-1@example.com>",
        "Date": "Mon, 21 Sep 2026 16:13:20 +0000",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
    }
    return _mail(usual, fields, body)


def a_bounce_notice(action: str = "failed", status: str = "5.1.1", quoted: str = "", /, **fields: str) -> bytes:
    """A report in the form of RFC 3464 on a mail to Bob. `quoted` is what stands of the mail that came back."""
    usual = {
        "From": "Mail Delivery System <MAILER-DAEMON@mx.example.com>",
        "To": "unsealed@localhost.example",
        "Subject": "Undelivered Mail Returned to Sender",
        "Message-ID": "<notice-1@mx.example.com>",
        "Auto-Submitted": "auto-replied",
        "MIME-Version": "1.0",
        "Content-Type": 'multipart/report; report-type=delivery-status; boundary="b"',
    }
    body = (
        "--b\r\nContent-Type: text/plain\r\n\r\nYour message could not be delivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.com\r\n\r\n"
        f"Final-Recipient: rfc822; bob@example.com\r\nAction: {action}\r\nStatus: {status}\r\n"
        f"--b\r\nContent-Type: message/rfc822\r\n\r\n{quoted}\r\n--b--\r\n"
    )
    return _mail(usual, fields, body)


def a_complaint(quoted: str = "", /, **fields: str) -> bytes:
    """A feedback report in the form of RFC 5965."""
    usual = {
        "From": "<feedback@provider.example>",
        "Subject": "Complaint",
        "MIME-Version": "1.0",
        "Content-Type": 'multipart/report; report-type=feedback-report; boundary="b"',
    }
    body = (
        "--b\r\nContent-Type: text/plain\r\n\r\nThis is an abuse report.\r\n"
        "--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nVersion: 1\r\n"
        f"--b\r\nContent-Type: message/rfc822\r\n\r\n{quoted}\r\n--b--\r\n"
    )
    return _mail(usual, fields, body)


def _mail(usual: Fields, changes: Fields, body: str) -> bytes:
    given = {**usual, **{name.replace("_", "-"): value for name, value in changes.items()}}
    head = "".join(f"{name}: {value}\r\n" for name, value in given.items() if value)
    return f"{head}\r\n{body}".encode()


def handed_on(system: System) -> list[Any]:
    """The answers that the sender got."""
    mails = [message_from_string(mail["raw"], policy=policy.default) for mail in system.aws.outbox()]
    return [mail for mail in mails if mail["X-Unsealed"] == "handed-on"]
