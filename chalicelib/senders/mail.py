"""Mail by SES: letters to the sender, and mails handed on as they are. https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html"""

import io
from base64 import b64encode
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from functools import cache
from secrets import token_hex
from typing import Any

from chalicelib.config import config
from chalicelib.domain.letters import Letter
from chalicelib.domain.mail import dmarc
from chalicelib.senders import dns


class Undeliverable(Exception):  # noqa: N818
    """SES will never take this mail: trying again would change nothing. Says SES's code, never an address.

    What SES says of the account (suspended, paused, no such configuration set) is none of it: the owner can mend that, and
    until then SES would not take the news of it either. It rises, and what it hit is laid aside.
    """


class NoRoom(Exception):  # noqa: N818
    """SES takes no more mails for now: they come too fast, or are as many as it takes in 24 hours.

    https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas-errors.html
    """


_FULL = {"LimitExceededException", "Throttling", "ThrottlingException", "TooManyRequestsException"}


@cache
def _client() -> Any:
    import boto3
    from botocore.config import Config

    service = boto3.client("sesv2", config=Config(retries={"mode": "standard", "total_max_attempts": 3}))
    service.meta.events.register("before-call.sesv2.SendEmail", _carry)
    return service


def send(letter: Letter, to: str, name: str) -> str:
    """Send a letter to a sender of ours; SES's id of it. Raises Undeliverable, and NoRoom.

    `Auto-Submitted` (RFC 3834) keeps out-of-office answers from coming back, and our own gateway from taking it in.
    """
    sender = f"Unsealed <{config().mail_from}>"
    mail = MIMEMultipart("alternative", boundary=f"=_{token_hex(12)}")  # to look for one would write all parts twice
    mail["From"] = sender
    # Coded, and never read again: EmailMessage would decode an encoded word in a subject, with the line break in it.
    mail["To"] = f"{Header(name, 'utf-8').encode()} <{to}>" if name else to
    mail["Subject"] = Header(letter.subject, "utf-8", header_name="Subject")  # type: ignore[assignment] # typeshed
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    for field, value in letter.headers.items():
        mail[field] = value
    mail.attach(MIMEText(letter.text, "plain", "utf-8"))
    mail.attach(MIMEText(letter.html, "html", "utf-8"))
    return forward(mail.as_bytes(), to, sender)


def may_send_for(domain: str, published: Callable[[str], Sequence[str]] = dns.texts) -> bool:
    """Whether SES may send for a whole domain and signs for it, so that a mail from an address of it passes DMARC (RFC 7489).

    A domain that SES knows stands for those below it
    (https://docs.aws.amazon.com/ses/latest/dg/creating-identities.html), and signs for them in its own name: that passes
    unless DMARC's `adkim=s` wants theirs. `published` gives the TXT records of a name. A domain that was verified by a TXT
    record of the old kind may send without a signature: its mail would fail in its name.
    """
    if config().data_dir:  # the owner's provider sends for the owner's domain
        return domain == config().mail_from.partition("@")[2]
    for each in dmarc.upwards(domain):
        signs = _signs(each)
        if signs is not None:  # the nearest that SES knows is the one that it goes by
            return signs and (each == domain or not _wants_own_signature(domain, published))
    return False


def _signs(domain: str) -> bool | None:
    """Whether SES may send for a domain and signs for it; None where it does not know it."""
    service = _client()
    try:
        answer = service.get_email_identity(EmailIdentity=domain)
    except service.exceptions.NotFoundException:
        return None
    dkim = answer["DkimAttributes"]
    return bool(answer["VerifiedForSendingStatus"] and dkim["SigningEnabled"] and dkim["Status"] == "SUCCESS")


def _wants_own_signature(domain: str, published: Callable[[str], Sequence[str]]) -> bool:
    """What the nearest DMARC record says, of the domain or above it. Where nobody answers it is as it is by default: no."""
    for each in dmarc.upwards(domain):
        try:
            found = published(f"_dmarc.{each}")
        except OSError:
            return False
        if any(map(dmarc.is_record, found)):
            return dmarc.wants_own_signature(found)
    return False


class _Request(io.RawIOBase):
    """The body of a request that carries a mail, coded as it is read. botocore would hold it five times, and a mail may
    have 40 MB. It can be read again: for its signature, and if it has to be sent again.
    """

    def __init__(self, head: bytes, raw: bytes, tail: bytes) -> None:
        self._head, self._raw, self._tail = head, raw, tail
        self._at = 0
        self._coded = -(-len(raw) // 3) * 4
        self._size = len(head) + self._coded + len(tail)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        return self._at

    def readinto(self, buffer: Any) -> int:
        filled = 0
        while filled < len(buffer) and (given := self._from(self._at, len(buffer) - filled)):
            buffer[filled : filled + len(given)] = given
            filled, self._at = filled + len(given), self._at + len(given)
        return filled

    def _from(self, at: int, most: int) -> bytes:
        """What stands there, up to `most` bytes, as far as it is of one kind."""
        if at < len(self._head):
            return self._head[at : at + most]
        at -= len(self._head)
        if at >= self._coded:
            return self._tail[at - self._coded :][:most]
        first, last = at // 4, -(-(at + most) // 4)
        return b64encode(self._raw[3 * first : 3 * last])[at - 4 * first :][:most]


_PLACE = b"the mail"  # stands for it until the request is made
_mail: ContextVar[bytes] = ContextVar("the mail that is being sent")


def _carry(params: dict[str, Any], **_: Any) -> None:
    """Put the mail into a request to send it."""
    head, _, tail = params["body"].rpartition(b64encode(_PLACE))
    params["body"] = _Request(head, _mail.get(), tail)


def forward(raw: bytes, to: str, sender: str) -> str:
    """Send a mail as it is to one address; SES's id of it. `sender` must be of a domain that SES knows.

    The configuration set is named each time: it is what tells of bounces, and a sender's own domain has none, or another.
    Raises Undeliverable, and NoRoom.
    """
    if config().data_dir:
        from chalicelib.senders import one_machine

        try:
            return one_machine.mail(raw, to, sender)
        except OSError as full:
            raise NoRoom(type(full).__name__) from full
    service = _client()
    by = {"ConfigurationSetName": config().configuration_set} if config().configuration_set else {}
    carried = _mail.set(raw)
    try:
        answer = service.send_email(
            FromEmailAddress=sender, Destination={"ToAddresses": [to]}, Content={"Raw": {"Data": _PLACE}}, **by
        )
    except (
        service.exceptions.BadRequestException,
        service.exceptions.MailFromDomainNotVerifiedException,
        service.exceptions.MessageRejected,
    ) as failure:
        raise Undeliverable(failure.response["Error"]["Code"]) from failure
    except service.exceptions.ClientError as failure:
        if failure.response["Error"]["Code"] in _FULL:
            raise NoRoom(failure.response["Error"]["Code"]) from failure
        raise
    finally:
        _mail.reset(carried)
    return str(answer["MessageId"])
