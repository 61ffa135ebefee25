"""The gateway: a sender writes to `bob=example.com@...` from any program, and Bob gets the mail tracked.

It is no open relay: only a registered sender is served, whom SES's own DMARC verdict proves to be the author, and only so
much a day. What a machine wrote is dropped. Everything else either goes on, tracked or as it came, or its sender is told.
"""

from chalicelib.config import config
from chalicelib.domain.accounts import Account
from chalicelib.domain.incoming import handing_on
from chalicelib.domain.incoming.sorting import Envelope, Kind, Verdicts, classify
from chalicelib.domain.mail import headers, mails
from chalicelib.domain.mail.gateway_addresses import real_address, with_real_addresses
from chalicelib.domain.mail.headers import LOOP_HEADER
from chalicelib.domain.mail.returning import returned
from chalicelib.domain.messages import MOST_RECIPIENTS, Door
from chalicelib.domain.outgoing import raw_mails
from chalicelib.domain.outgoing.copies import Copy
from chalicelib.log import logger
from chalicelib.senders import mail as sending
from chalicelib.store.accounts import accounts, quotas
from chalicelib.store.mail import inbox
from chalicelib.work.accounts import owning
from chalicelib.work.mail import notices, relaying
from chalicelib.work.messages import copying

MOST_A_DAY = 500  # recipients, for each sender
MOST_TOLD_A_DAY = 20  # failures of mails that are proven to be the sender's
MOST_UNPROVEN_A_DAY = 1  # notices of those that are not: whoever writes in a sender's name shall not fill their mailbox
LARGEST = 40_000_000  # bytes: SES takes no more, as encoded


def receive(raw: bytes, envelope: Envelope, verdicts: Verdicts, at: float) -> None:
    """Send a mail on to those whom the gateway's addresses on its envelope stand for. May be called again for the same mail.

    `at` is when it came. Raises what AWS raises where trying again may help.
    """
    refused = _nobodys(raw, envelope, at)
    author = mails.author(raw)
    sender = accounts.sender_of_address(author) if author else None
    account = accounts.load(sender) if sender else None
    if refused or author is None or account is None:
        return _log("A mail for the gateway is dropped.", envelope, refused or "no sender of ours is its one author")
    domain, home = config().inbound_domain, author.rpartition("@")[2]
    wanted = {real_address(given, domain): given for given in envelope.recipients}
    strange = wanted.pop(None, None)
    if verdicts.dmarc != "PASS":
        return _unproven(account, _cure(verdicts, home), envelope, at)
    if reason := _why_not(verdicts, len(wanted)):
        return _return(raw, account, list(envelope.recipients), reason, envelope, at)
    if strange is not None:
        _return(
            raw,
            account,
            [strange],
            "This is not an address of this gateway: write bob=example.com@ for bob@example.com.",
            envelope,
            at,
        )
    emails = [email for email in wanted if email]
    left = [email for email in emails if not inbox.was_handed_on(_note(envelope, email))]
    if not left:
        return None
    if not quotas.take_once(account.sender, "gateway", f"{envelope.id} {emails}", len(emails), MOST_A_DAY, at):
        reason = f"The gateway takes {MOST_A_DAY} recipients a day of each sender; the day ends at midnight, UTC."
        return _return(raw, account, left, reason, envelope, at)
    return _send_on(raw, account, author, emails, left, envelope, at)


def _nobodys(raw: bytes, envelope: Envelope, at: float) -> str:
    """Why nobody is waiting for this mail, "" if somebody is: a machine wrote it, or we did."""
    if not envelope.mail_from:
        return "null sender"
    mail = classify(raw, envelope.mail_from, config().secrets, at)
    return "" if mail.kind is Kind.ORDINARY or mail.doubtful else mail.kind.value


def _unproven(account: Account, cure: str, envelope: Envelope, at: float) -> None:
    """Tell the sender of a mail that may be a forger's: once a day, and with nothing of the mail's, who wrote it shall not
    reach them by us."""
    text = (
        f"A mail to the gateway came in your name, and could not be proven to be yours, so it did not go on. {cure}\n\n"
        "What it says is not repeated here, since somebody else may have written it. You are told of such mails once a day: "
        "there may be more of them today."
    )
    notices.tell(account, "unproven", MOST_UNPROVEN_A_DAY, envelope.id, "Not delivered: a mail in your name", text, at)


def _cure(verdicts: Verdicts, home: str) -> str:
    """What makes a mail from the domain `home` proven. GRAY is SES's word for a domain without a policy."""
    if verdicts.dmarc == "GRAY":
        return (
            f"{home} has no DMARC record: let its owner publish one, a TXT record at "
            f"_dmarc.{home} that says “v=DMARC1; p=none”, and send by the server that signs for it (DKIM)."
        )
    if verdicts.dmarc == "PROCESSING_FAILED":
        return "We could not check it, through no fault of yours: if it was yours, please send it again."
    return (
        "DMARC did not pass. If it was not you, somebody wrote in your name; if it was, send it by the server that belongs to "
        "your address."
    )


def _why_not(verdicts: Verdicts, recipients: int) -> str:
    """Why a mail that is proven to be its sender's goes nowhere, "" if it may go on."""
    if verdicts.virus == "FAIL":
        return "It contains a virus."
    if recipients > MOST_RECIPIENTS:
        return f"A mail goes to {MOST_RECIPIENTS} recipients at most through the gateway."
    return ""


def _send_on(
    raw: bytes, account: Account, author: str, emails: list[str], left: list[str], envelope: Envelope, at: float
) -> None:
    """Send the copies of those who are `left`. It is one message for all `emails`, however often it is begun.

    One copy's failure is no other's: where it may pass, it rises once all were tried, and only that copy is left then.
    """
    try:
        clean = headers.without_header(handing_on.sendable(raw), "received")
        clean = with_real_addresses(clean, config().inbound_domain)
    except headers.Unreadable:
        return _return(raw, account, left, "Its header cannot be read.", envelope, at)
    home = author.rpartition("@")[2]
    aligned = home == config().inbound_domain or sending.may_send_for(home)
    refused: dict[str, list[Copy]] = {}
    failed: list[Exception] = []
    for copy in relaying.relay(account.sender, clean, emails, at, envelope.id, Door.GATEWAY):
        if copy.email not in left:
            continue
        try:
            given = _send(clean, copy, account, author, aligned)
        except sending.Undeliverable as failure:
            refused.setdefault(str(failure), []).append(copy)
        except Exception as failure:  # noqa: BLE001 - raised below
            failed.append(failure)
        else:
            inbox.note_handed_on(_note(envelope, copy.email), given, at)
            if copy.message is not None:
                relaying.remember(clean, given, copy.message, copy.number, at)
    for reason, copies in refused.items():
        _refused(raw, account, copies, f"The mail service refused it: {reason}.", envelope, at)
    if failed:
        raise failed[0]
    return None


def _refused(raw: bytes, account: Account, copies: list[Copy], reason: str, envelope: Envelope, at: float) -> None:
    """Tell the sender of copies that are refused for good, by mail and in the message, and try them no more."""
    _return(raw, account, [copy.email for copy in copies], reason, envelope, at)
    for copy in copies:
        if copy.message is not None:
            relaying.bounced(copy.message, copy.number, at, "reported_by_ses")
        inbox.note_handed_on(_note(envelope, copy.email), "refused", at)


def _send(clean: bytes, copy: Copy, account: Account, author: str, aligned: bool) -> str:
    """Send one copy; SES's id of it. A copy that tracking made too large goes as it came."""
    by = author if aligned else copy.reply_to or config().mail_from
    mail = _written(copy.of(clean), copy, account, author, by)
    if len(mail) > LARGEST and not copy.not_tracked:
        mail = _written(raw_mails.cleaned_mail(clean, copying.ours()), copy, account, author, by)
    return sending.forward(mail, copy.email, by)


def _written(mail: bytes, copy: Copy, account: Account, author: str, by: str) -> bytes:
    """The mail from `by`: the author where SES may send for their domain, else an address of ours in their name."""
    there = {field.name for field in headers.read(mail, 0, len(mail)).fields}
    if by != author:
        name = mails.author_name(mail) or account.name
        mail = headers.with_header(mail, "From", handing_on.in_the_name_of(name, author, by))
    if "reply-to" not in there:
        mail = headers.with_header(mail, "Reply-To", copy.reply_to or author)
    if LOOP_HEADER.lower() not in there:
        mail = headers.with_header(mail, LOOP_HEADER, copy.message or "gateway")
    return mail


def _return(raw: bytes, account: Account, emails: list[str], reason: str, envelope: Envelope, at: float) -> None:
    """Tell the sender, where they want to be told, that a mail does not go on: once, and not without end."""
    note = _note(envelope, f"returned {' '.join(emails)}")
    if inbox.was_handed_on(note):
        return None
    if not quotas.take_once(account.sender, "told", note, 1, MOST_TOLD_A_DAY, at):
        return _log("A sender was told of enough failures today.", envelope, reason)
    try:
        by, mailbox = config().mail_from, owning.where_told(account)
        outcome = sending.forward(returned(raw, emails, reason, mailbox, by, at), mailbox, by)
    except sending.Undeliverable as failure:
        outcome = "refused"
        _log("A sender cannot be told of a failure.", envelope, str(failure))
    inbox.note_handed_on(note, outcome, at)
    return None


def _note(envelope: Envelope, what: str) -> str:
    return notices.note(envelope.id, what)


def _log(sentence: str, envelope: Envelope, reason: str) -> None:
    logger().warning(sentence, extra={"mail": envelope.id, "reason": reason})
