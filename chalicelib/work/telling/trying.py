"""Each channel tried once, on the sender's own wish: what its service answers is told in a sentence."""

from chalicelib.config import config
from chalicelib.domain.errors import NotFound
from chalicelib.domain.events import Verdict, VerdictKind
from chalicelib.domain.feed import as_json, feed_entry
from chalicelib.domain.kinds import Told
from chalicelib.domain.letters import Push, test_letter
from chalicelib.domain.notifications import Notification
from chalicelib.domain.records import record
from chalicelib.domain.web_push import Fate, carriage
from chalicelib.domain.webhooks import signed, taken
from chalicelib.senders import mail, webhook
from chalicelib.store.accounts import accounts
from chalicelib.store.telling import webhooks
from chalicelib.work.accounts import owning
from chalicelib.work.telling import pushing

_PUSH = Push("A test from Unsealed", "Pushes reach this device.", {"message": "", "recipient": "0", "kind": "test"})
_FATES = {
    Fate.TAKEN: "The service took the push{answer}. If nothing shows, look at the notification settings of the device.",
    Fate.GONE: "The service says that this device is gone{answer}: it was removed.",
    Fate.REFUSED: "The service does not take our pushes for this device{answer}: it was removed. Register it again.",
    Fate.WRONG: "The service refuses this push{answer}.",
    Fate.LATER: "The service did not take the push now{answer}. Real ones are tried again.",
}


@record
class Trial:
    """What came of it: whether the service took it, and a sentence."""

    taken: bool
    sentence: str


def by_push(sender: str, device_id: str, at: float) -> Trial:
    """Push to one device. Raises NotFound."""
    device = accounts.device(sender, device_id)
    if device is None:
        raise NotFound("No such device.")
    tried = pushing.attempt(_PUSH, device, sender, carriage(_PUSH), at)
    said = " ".join(filter(None, [str(tried.status or ""), tried.said]))
    return Trial(tried.fate is Fate.TAKEN, _FATES[tried.fate].format(answer=f" ({said[:200]})" if said else ""))


def by_mail(sender: str) -> Trial:
    """Mail to where the sender's notifications go."""
    account = owning.account(sender)
    where = owning.where_told(account)
    try:
        name = mail.send(test_letter(account.preferences.language), where, account.name)
    except mail.NoRoom as full:
        return Trial(False, f"SES has no room now: {full}. Real mails are tried again.")
    except mail.Undeliverable as failure:
        return Trial(False, f"SES refuses mail to {where}: {failure}")
    return Trial(True, f"SES took a mail to {where} ({name}).")


def by_webhook(sender: str, webhook_id: str, at: float) -> Trial:
    """Post an entry as the feed has them, of a mail that there is not. Raises NotFound."""
    known = webhooks.load([(sender, webhook_id)]).get((sender, webhook_id))
    if known is None:
        raise NotFound("No such webhook.")
    sample = Notification(
        message="test",
        sender=sender,
        kind=Told.OPEN,
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
        return Trial(False, f"No answer: {unreachable.failure.value.replace('_', ' ')}.")
    return Trial(taken(status), f"The endpoint answered {status}.")
