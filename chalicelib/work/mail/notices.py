"""What a sender is told of mails that did not go on: once of each, and of each kind no more than some a day.

Each kind has a count of its own: what a forger causes leaves room for what the sender must know.
"""

from hashlib import sha256

from chalicelib.config import config
from chalicelib.domain.accounts import Account
from chalicelib.domain.mail.returning import notice
from chalicelib.log import logger
from chalicelib.senders import mail as sending
from chalicelib.store.accounts import quotas
from chalicelib.store.mail import inbox
from chalicelib.work.accounts import owning


def tell(account: Account, kind: str, most: int, mail: str, subject: str, text: str, at: float) -> None:
    """Tell the sender, where they want to be told, of a mail (SES's name of it). Raises NoRoom."""
    name = note(mail, kind)
    if inbox.was_handed_on(name):
        return
    if not quotas.take_once(account.sender, f"told-{kind}", name, 1, most, at):
        logger().warning("A sender was told of enough today.", extra={"mail": mail, "reason": kind})
        return
    by, mailbox = config().mail_from, owning.where_told(account)
    try:
        outcome = sending.forward(notice(subject, text, mailbox, by, at), mailbox, by)
    except sending.Undeliverable as failure:
        logger().error("A sender cannot be told of a mail.", extra={"mail": mail, "reason": str(failure)})
        outcome = "refused"
    inbox.note_handed_on(name, outcome, at)


def note(mail: str, what: str) -> str:
    """A name that holds no address: nobody who is to be erased shall be left in it."""
    return sha256(f"{mail} {what}".encode()).hexdigest()
