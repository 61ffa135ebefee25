"""The forward rule: the address that a sender's mailbox forwards copies to, and Gmail's question whether it may."""

from dataclasses import replace

from chalicelib.config import config
from chalicelib.domain.incoming.forwarding import Confirmation, Forwarding
from chalicelib.domain.letters import asked_to_forward
from chalicelib.domain.mail.addresses import forward_address, rule_of
from chalicelib.log import logger
from chalicelib.senders import mail
from chalicelib.store.accounts import accounts
from chalicelib.store.mail import forwarding, inbox
from chalicelib.work.accounts import owning


def address(sender: str, rule: Forwarding) -> str:
    """The address that a sender's mailbox shall forward to."""
    return forward_address(sender, rule.generation, config().inbound_domain, config().secrets)


def renew(sender: str) -> None:
    """Take the sender's address out of use and give them another. Raises Conflict if that was just done."""
    rule, version = forwarding.load(sender)
    forwarding.save(sender, Forwarding(rule.generation + 1), version)


def sender_of(given: str) -> str | None:
    """Whose forward rule an address is; None if it is nobody's, or was taken out of use."""
    found = rule_of(given, config().secrets)
    if found is None:
        return None
    rule, _ = forwarding.load(found.sender)
    return found.sender if rule.generation == found.generation else None


def ask(sender: str, asked: Confirmation, name: str) -> None:
    """Bring Gmail's question before the sender: by mail, once for a mail of this `name`, and where the address is shown."""
    account = accounts.load(sender)
    if account is None:  # erased: nothing is noted for it any more, whoever has its address still
        return
    rule, version = forwarding.load(sender)
    if rule.asked != asked:
        forwarding.save(sender, replace(rule, asked=asked), version)
    note = f"{name} forwarding"
    if inbox.was_handed_on(note):
        return
    try:
        outcome = mail.send(
            asked_to_forward(asked, account.preferences.language), owning.where_told(account), account.name
        )
    except mail.Undeliverable as failure:
        logger().error("A sender cannot be asked about forwarding.", extra={"mail": name, "reason": str(failure)})
        outcome = "refused"
    inbox.note_handed_on(note, outcome, asked.at)
