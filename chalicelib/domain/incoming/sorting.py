"""What an incoming mail is, from the mail alone: ours, a complaint, a bounce, an automatic reply, or a person's.

The order matters. A third of all bounces call themselves automatic replies, so bounces stand first. To which message it
belongs, and whether a person's mail is a reply to it, is replies.py's to say.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from chalicelib.domain.incoming import auto_replies, bounces, notice_signs, quoted_tokens, reports, ses_events
from chalicelib.domain.incoming.bounces import Notice
from chalicelib.domain.incoming.received import Mail
from chalicelib.domain.mail.addresses import CopyId
from chalicelib.domain.mail.headers import LOOP_HEADER, repaired
from chalicelib.domain.tokens import Claim

MOST_IDS = 50  # ids that a mail may name; a long thread has a hundred, and the last are the newest
MOST_OF_A_DATE = 100  # characters
FARTHEST = 14 * 60  # minutes from UTC that any clock is

_ID = re.compile(r"<([^<>@\s]{1,255})@[^<>@\s]{1,255}>")
_QUOTED_ID = re.compile(rb"Message-ID:\s{0,20}<([!-;=?A-~]{1,255})@[^<>@\s]{1,255}>", re.IGNORECASE)
_OFFSET = re.compile(r"\s([+-])(\d{2})([0-5]\d)(?:\s*\([^()]{0,50}\))?\s*\Z", re.ASCII)
_TRACKED = re.compile(r"[0-9a-f]{32}")  # on a tracked mail the loop header names the message: a person wrote that one


class Kind(StrEnum):
    """What a mail is, before anybody knows to which message it belongs."""

    LOOP = "loop"  # we handed it on before, or wrote it
    COMPLAINT = "complaint"  # a provider's report that the recipient called a mail spam
    BOUNCE = "bounce"  # could not be delivered, for good
    DELAYED = "delayed"  # not yet delivered: whoever reports it goes on trying
    RECEIPT = "receipt"  # delivered or displayed, says a program
    AUTO_REPLY = "auto_reply"  # a machine answered for the person
    ORDINARY = "ordinary"  # a person's, as far as can be told


@dataclass(frozen=True, slots=True)
class Envelope:
    """How a mail reached us (RFC 5321): its name at SES, MAIL FROM ("" is the null sender) and RCPT TO."""

    id: str
    mail_from: str
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What SES found: PASS, FAIL, GRAY, PROCESSING_FAILED or "". `dmarc_policy` is what the author's domain asks for on FAIL.

    These are believed, never an Authentication-Results field inside the mail, which anybody can write.
    """

    spam: str = ""
    virus: str = ""
    spf: str = ""
    dkim: str = ""
    dmarc: str = ""
    dmarc_policy: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """What an incoming mail is and says. Addresses are in lower case, "" where there is none.

    `ids` are the local parts of the Message-IDs that it answers or is about, the likeliest first; `claims` what our own
    tokens in it say, in order; `own_id` its own Message-ID. `listed` is whether it came by a list.
    `body` is where its body begins, once its header is repaired: hosts on the way write to what stands before it.
    `away_until` is a date (YYYY-MM-DD) that an automatic reply states. Of a bounce, `notices` tell of each recipient,
    `named` are the addresses in its prose and `copies` those whose reply address it gives back. `offset` is by how many
    minutes its author's clock is ahead of UTC.
    """

    kind: Kind
    reasons: tuple[str, ...]
    author: str
    name: str
    subject: str
    own_id: str
    ids: tuple[str, ...]
    claims: tuple[Claim, ...]
    null_sender: bool
    body: int = 0
    listed: bool = False
    away_until: str = ""
    notices: tuple[Notice, ...] = ()
    named: tuple[str, ...] = ()
    offset: int | None = None
    copies: tuple[CopyId, ...] = ()

    @property
    def doubtful(self) -> bool:
        """Whether its words alone make it what it is taken for: a person may have written it after all."""
        if self.kind is Kind.AUTO_REPLY:
            return set(self.reasons) <= {"auto_subject", "auto_text"}
        return self.kind in (Kind.BOUNCE, Kind.DELAYED) and not {"delivery_report", "refused"} & set(self.reasons)


def classify(raw: bytes, mail_from: str | None, secrets: tuple[bytes, ...], at: float) -> Incoming:
    """What the mail is. Never raises, whatever the bytes are.

    `mail_from` is the envelope's, None where it is not known (a copy that somebody's filter forwarded); `at` is when it
    came, unix seconds.
    """
    mail = Mail(repaired(raw))
    null = mail_from is not None and mail_from.strip("<> ") == ""
    kind, reasons, said = _kind(mail, null)
    author, name = mail.author
    notice = kind in (Kind.BOUNCE, Kind.DELAYED, Kind.COMPLAINT, Kind.RECEIPT)
    return Incoming(
        kind=kind,
        reasons=reasons,
        author=author,
        name=name,
        subject=mail.subject,
        own_id=mail.field("message-id").strip(),
        ids=_ids(mail, notice),
        claims=quoted_tokens.claims(mail, secrets),
        null_sender=null or mail.field("return-path").strip() == "<>",
        body=mail.parts[0].header.body,
        listed=auto_replies.is_listed(mail),
        away_until=auto_replies.away_until(mail, at) if kind is Kind.AUTO_REPLY else "",
        notices=said,
        named=bounces.addresses_in(mail) if notice else (),
        offset=_offset(mail.field("date")),
        copies=quoted_tokens.copies(mail, secrets) if notice else (),
    )


def ids_in(value: str) -> list[str]:
    """The local parts of the Message-IDs in a header field, in order, case kept: SES changes what stands behind the `@`."""
    return _ID.findall(value)


def _kind(mail: Mail, null: bool) -> tuple[Kind, tuple[str, ...], tuple[Notice, ...]]:
    if mail.has(LOOP_HEADER.lower()) and not _TRACKED.fullmatch(mail.field(LOOP_HEADER.lower())):
        return Kind.LOOP, ("loop_header",), ()
    if reports.is_complaint(mail):
        return Kind.COMPLAINT, ("feedback_report",), ()
    if reports.is_wish(mail):
        return Kind.ORDINARY, ("wants_no_more",), ()
    if reports.is_refusal(mail):
        return Kind.BOUNCE, ("refused",), bounces.notices(mail)
    if reports.is_receipt(mail) or reports.is_receipt_in_words(mail) or reports.is_other_feedback(mail):
        return Kind.RECEIPT, ("receipt",), ()
    if reasons := notice_signs.signs(mail, null):
        return _of_notice(mail, reasons, auto_replies.signs(mail, null))
    if reasons := auto_replies.signs(mail, null):
        return Kind.AUTO_REPLY, reasons, ()
    return Kind.ORDINARY, ("perhaps_automatic",) if auto_replies.may_be_one(mail) else (), ()


def _of_notice(
    mail: Mail, reasons: tuple[str, ...], automatic: tuple[str, ...]
) -> tuple[Kind, tuple[str, ...], tuple[Notice, ...]]:
    said = ses_events.notices(mail) or bounces.notices(mail)
    if not {"from_daemon", "null_sender"} & set(reasons) and auto_replies.is_challenge(mail):
        return Kind.AUTO_REPLY, automatic or ("auto_text",), ()  # Boxbe's are in the form of a report
    if any(notice.failed for notice in said):
        return Kind.BOUNCE, reasons, said
    if not all(notice.arrived for notice in said):
        return Kind.DELAYED, reasons, said
    # maildrop's mailbot answers for a person in the form of a report that all is well.
    if "auto_submitted" in automatic and "from_daemon" not in reasons:
        return Kind.AUTO_REPLY, automatic, ()
    return Kind.RECEIPT, reasons, said


def _offset(date: str) -> int | None:
    """The minutes that the clock of the author is ahead of UTC, if the Date says so (RFC 5322, section 3.3).

    `+0000` says nothing: servers that do not know the author's zone, Exchange Online among them, write all dates so.
    """
    found = _OFFSET.search(date[-MOST_OF_A_DATE:])
    if found is None:
        return None
    minutes = int(found[2]) * 60 + int(found[3])
    return (minutes if found[1] == "+" else -minutes) if 0 < minutes <= FARTHEST else None


def _ids(mail: Mail, notice: bool) -> tuple[str, ...]:
    """In-Reply-To, References from the last to the first, what Exchange has; of a notice then every Message-ID in it.

    Some of Exchange's automatic replies name the mail that they answer nowhere else than in its own field.
    """
    found = ids_in(mail.field("in-reply-to")) + ids_in(mail.field("references"))[::-1]
    found += ids_in(mail.field("x-ms-exchange-parent-message-id"))
    if notice:
        found += [each for part in mail.parts[1:] for each in ids_in(mail.field("message-id", part))]
        found += [each[1].decode("ascii") for _, each in zip(range(MOST_IDS), _quoted_ids(mail), strict=False)]
    return tuple(dict.fromkeys(found))[:MOST_IDS]


def _quoted_ids(mail: Mail) -> list[re.Match[bytes]]:
    body = mail.parts[0].header.body
    return [found for _, found in zip(range(MOST_IDS), _QUOTED_ID.finditer(mail.raw, body), strict=False)]
