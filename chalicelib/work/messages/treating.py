"""How the copy for each recipient is treated: what they said of being tracked, and what the sender wants of their mails."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from chalicelib.config import config
from chalicelib.domain import drafts
from chalicelib.domain.consent import Consent, Tracking, Untracked, settles, tracking, untracked
from chalicelib.domain.contacts import Contact
from chalicelib.domain.drafts import Draft
from chalicelib.domain.messages import Door
from chalicelib.domain.outgoing.not_tracked import Reason
from chalicelib.domain.preferences import Patience, Preferences
from chalicelib.store.contacts import addressed, contacts
from chalicelib.work.contacts import consenting


class Treatment(NamedTuple):
    """How a recipient's copy is treated: the reason why it is not tracked, "" if it is, and whether it has a pixel.

    `cut` is whether that stands where Gmail cuts the mail off.
    """

    not_tracked: str = ""
    pixel: bool = True
    cut: bool = False

    @property
    def apart(self) -> bool:
        """Whether they are none of those whom a shared copy is tracked for: the sender, and who gets another at the gateway."""
        return self.not_tracked in (Untracked.SELF, "gateway")


class Wishes(NamedTuple):
    """What a sender wants of their mails: in which language they say that they are tracked, if they do ("": they do not say
    so); when to be reminded, on which clock.

    `known` are the contacts written to as they were read; none, where they changed since. `last_mail` is when the last mail
    came by each door.
    """

    footer: str = ""
    remind: Patience = Patience()
    time_zone: str = "UTC"
    known: tuple[Contact, ...] = ()
    last_mail: Mapping[Door, float] = {}


def treat(sender: str, draft: Draft, at: float) -> tuple[Draft, list[Treatment], Wishes]:
    """A checked draft as the sender's preferences have it, how each recipient's copy is treated, and what else they want.

    No more is in the draft than is to be kept. What it says of consent is noted. Raises Conflict.
    """
    known = addressed.read(sender, [each.recipient.email for each in draft.addressees])
    wishes = known.account.preferences if known.account else Preferences()
    policy = Tracking(config().consent_policy)
    consents = {contact.email: contact.consent for contact in known.contacts}
    said = {
        each.recipient.email: each.consent
        for each, contact in zip(draft.addressees, known.contacts, strict=True)
        if each.consent not in (Consent.UNKNOWN, contact.consent)
        and not contact.refused
        and contact.email not in known.own
    }
    if said:
        consenting.note(sender, said, at)
        consents |= said
    refused = contacts.refused(sender, consents) if said else known.refused
    consents |= dict.fromkeys(refused, Consent.DENIED)  # by whichever address of a mailbox
    treated = [
        Treatment(Untracked.SELF)
        if email in known.own
        else Treatment(untracked(consents[email], policy), pixel=tracking(consents[email], policy) is Tracking.FULL)
        for email in (each.recipient.email for each in draft.addressees)
    ]
    wanted = wishes.text_links if draft.text_links is None else draft.text_links
    zone = known.account.time_zone if known.account else "UTC"
    return (
        replace(drafts.reduced(draft, wishes.keep), text_links=wanted),
        treated,
        Wishes(
            wishes.language if wishes.footer else "",
            wishes.remind,
            zone,
            () if said else tuple(known.contacts),
            known.account.last_mail if known.account else {},
        ),
    )


def together(draft: Draft, treated: list[Treatment]) -> list[Treatment]:
    """How a copy is treated that all share: as the one wants it who wants the least. Who refuses, refuses for it."""
    group = [how for how in treated if not how.apart]
    if not draft.shared or len(group) < 2:
        return treated
    refused = any(settles(how.not_tracked) for how in group)
    pixel = all(how.pixel for how in group)
    return [
        how
        if how.apart
        else how._replace(not_tracked=how.not_tracked or (Reason.COMPANY if refused else ""), pixel=pixel)
        for how in treated
    ]
