"""Each channel tried once, on the sender's own wish: what its service answers is told in a sentence."""

from chalicelib.config import config
from chalicelib.domain.errors import NotFound
from chalicelib.domain.events import Verdict, VerdictKind
from chalicelib.domain.feed import as_json, feed_entry
from chalicelib.domain.letters import Push, trial_letter
from chalicelib.domain.limits import Limit
from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.notifications import Notification
from chalicelib.domain.records import record
from chalicelib.domain.web_push import Fate, carriage
from chalicelib.domain.webhooks import Failure, signed, taken
from chalicelib.domain.words.sentences import Sentence, noted, said, say
from chalicelib.senders import mail, webhook
from chalicelib.store.accounts import accounts
from chalicelib.store.telling import webhooks
from chalicelib.work.accounts import owning
from chalicelib.work.accounts.limiting import spend
from chalicelib.work.telling import pushing

TRIALS = Limit("tests", 30, 3_600)  # of one sender, whatever is tried: each is a mail, or waits for a stranger's server
_FATES = {
    Fate.TAKEN: noted(
        "The service took the push{answer}. If nothing shows, look at the notification settings of the device."
    ),
    Fate.GONE: noted("The service says that this device is gone{answer}: it was removed."),
    Fate.REFUSED: noted(
        "The service does not take our pushes for this device{answer}: it was removed. Register it again."
    ),
    Fate.WRONG: noted("The service refuses this push{answer}."),
    Fate.LATER: noted("The service did not take the push now{answer}. Real ones are tried again."),
}
_FAILURES = {
    Failure.NOT_PUBLIC: say("its host has no public address"),
    Failure.NO_CONNECTION: say("there was no connection"),
    Failure.BAD_CERTIFICATE: say("its certificate is not valid"),
    Failure.NO_ANSWER: say("nothing came in time"),
}


@record
class Trial:
    """What came of it: whether the service took it, and a sentence."""

    taken: bool
    sentence: Sentence


def by_push(sender: str, device_id: str, at: float) -> Trial:
    """Push to one device. Raises NotFound, and TooMany."""
    spend(TRIALS, sender, at)
    device = accounts.device(sender, device_id)
    if device is None:
        raise NotFound("No such device.")
    language = owning.account(sender).preferences.language
    title, body = said(say("A test from Unsealed"), language), said(say("Pushes reach this device."), language)
    push = Push(title, body, {"message": "", "recipient": "0", "kind": "test"}, language=language)
    tried = pushing.attempt(push, device, sender, carriage(push), at)
    answer = " ".join(filter(None, [str(tried.status or ""), tried.said]))
    return Trial(tried.fate is Fate.TAKEN, say(_FATES[tried.fate], answer=f" ({answer[:200]})" if answer else ""))


def by_mail(sender: str, at: float) -> Trial:
    """Mail to where the sender's notifications go. Raises TooMany."""
    spend(TRIALS, sender, at)
    account = owning.account(sender)
    where = owning.where_told(account)
    try:
        name = mail.send(trial_letter(account.preferences.language), where, account.name)
    except mail.NoRoom as full:
        return Trial(False, say("The mail service has no room now: {why}. Real mails are tried again.", why=str(full)))
    except mail.Undeliverable as failure:
        return Trial(False, say("The mail service refuses mail to {where}: {why}", where=where, why=str(failure)))
    return Trial(True, say("The mail service took a mail to {where} ({name}).", where=where, name=name))


def by_webhook(sender: str, webhook_id: str, at: float) -> Trial:
    """Post an entry as the feed has them, of a mail that there is not. Raises NotFound, and TooMany."""
    spend(TRIALS, sender, at)
    known = webhooks.load([(sender, webhook_id)]).get((sender, webhook_id))
    if known is None:
        raise NotFound("No such webhook.")
    sample = Notification(
        message="test",
        sender=sender,
        kind=NotificationKind.OPEN,
        recipient=0,
        email="somebody@example.com",
        name="",
        subject="A test from Unsealed",
        sent_at=at,
        at=at,
        verdict=Verdict(VerdictKind.UNKNOWN, 0.0, ()),
        first=True,
    )
    body = as_json(feed_entry(sample, at))
    headers = signed(known.secret, f"test:{round(at * 1000)}", at, body)
    try:
        status = webhook.post(known.url, headers, body, loopback=config().webhook_loopback)
    except webhook.Unreachable as unreachable:
        return Trial(False, say("No answer: {why}.", why=_FAILURES[unreachable.failure]))
    return Trial(taken(status), say("The endpoint answered {status}.", status=status))
