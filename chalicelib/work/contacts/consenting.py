"""What a recipient says of being tracked, and what follows from it; and their page, which tells them what is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

from chalicelib.config import config
from chalicelib.domain.consent import By, Consent, Untracked
from chalicelib.domain.contacts import Contact, with_consent
from chalicelib.domain.errors import BadInput
from chalicelib.domain.messages import ONE_OF_THEM, Recipient
from chalicelib.domain.records import record
from chalicelib.domain.tokens import Claim, TokenKind, read
from chalicelib.domain.verdicts.judging import Judgement
from chalicelib.store.accounts import accounts
from chalicelib.store.contacts import contacts
from chalicelib.store.erasure import erasures
from chalicelib.store.erasure.erasures import Erasure, What
from chalicelib.store.messages import messages
from chalicelib.store.messages.messages import Stored
from chalicelib.work.erasure import erasing, steps
from chalicelib.work.retrying import AT_ONCE, retried
from chalicelib.work.tracking.judging import judgements

MOST_SHOWN = 200  # events on the page, the newest


@record
class Kept:
    """What is kept about one recipient's copy of a mail, for that recipient. `refused_by` is who said no, if anybody did.

    Of a `tracked` copy that does not show opens its sender is told only when a link is followed. One that went to several
    has no `email`: `among` says to whom, and a refusal is for all of them, for this mail.
    """

    sender_name: str
    sender_email: str
    subject: str
    email: str
    name: str
    sent_at: float
    judgements: Sequence[Judgement]
    tracked: bool
    shows_opens: bool
    refused_by: By | None
    among: tuple[str, ...] = ()


def kept(token: str, at: float) -> Kept | None:
    """What is kept about the mail that a page's token stands for; None if nothing is."""
    found = _of(token)
    if found is None:
        return None
    message, number = found
    stored, newest = messages.with_events(message)
    if stored is None or number not in stored.message.places:
        return None
    account = accounts.load(stored.message.sender)
    recipient = Recipient("") if number == ONE_OF_THEM else stored.message.recipients[number]
    if account is None or (recipient.erased and number != ONE_OF_THEM):
        return None
    judged = judgements(stored, islice(newest, MOST_SHOWN), at)
    tally = stored.state.tally(number)
    return Kept(
        sender_name=account.name,
        sender_email=account.email,
        subject=stored.message.subject,
        email=recipient.email,
        name=recipient.name,
        sent_at=stored.message.sent_at,
        judgements=[each for each in judged if each.event.recipient == number],
        tracked=not tally.not_tracked,
        shows_opens=tally.shows_opens,
        refused_by=_refused_by(stored, number),
        among=tuple(each.email for each in stored.message.among) if number == ONE_OF_THEM else (),
    )


def _refused_by(stored: Stored, number: int) -> By | None:
    if number == ONE_OF_THEM:
        return By.RECIPIENT if stored.state.tally(number).not_tracked == Untracked.WITHDRAWN else None
    (contact,) = contacts.load(stored.message.sender, [stored.message.recipients[number].email])
    return contact.consent_by if contact.consent is Consent.DENIED else None


def answer(token: str, consent: Consent, at: float) -> None:
    """Note what the holder of a page's token says. Nothing, where the mail is gone. Raises Conflict."""
    found = _of(token)
    stored = messages.with_events(found[0])[0] if found else None
    if found is None or stored is None or found[1] not in stored.message.places:
        return
    if found[1] == ONE_OF_THEM:
        _answer_for_several(stored, consent)
        return
    recipient = stored.message.recipients[found[1]]
    if not recipient.erased:
        say(stored.message.sender, recipient.email, consent, By.RECIPIENT, at)


def _answer_for_several(stored: Stored, consent: Consent) -> None:
    """Who of them refuses, nobody knows: nothing more is kept of what any of them does with this mail, and nobody allows it
    again for the others.
    """
    place: str | None = None
    while consent is Consent.DENIED:
        place = steps.strike(stored, [ONE_OF_THEM], Untracked.WITHDRAWN, place)
        if place is None:
            return


def say(sender: str, email: str, consent: Consent, by: By, at: float) -> Contact:
    """The contact after somebody told us what it says. A refusal covers the other addresses of the mailbox, and erases what
    was kept of mails already sent: a little at once, the rest by itself.

    Raises BadInput where the sender would allow what the recipient refused, and Conflict.
    """
    said, begun = _note(sender, {email: consent}, by, at)
    for erasure in begun[:1]:
        erasing.go_on(erasure, at)
    return said[email]


def note(sender: str, said: Mapping[str, Consent], at: float) -> None:
    """Note what the sender says of many addresses. What is to be erased for it goes by itself. Raises BadInput and Conflict."""
    _note(sender, said, By.SENDER, at)


@retried(AT_ONCE)
def _note(sender: str, said: Mapping[str, Consent], by: By, at: float) -> tuple[dict[str, Contact], list[Erasure]]:
    refusing = [email for email, consent in said.items() if consent is Consent.DENIED]
    others = {other: Consent.DENIED for email in refusing for other in contacts.of_mailbox(sender, email)}
    said = {**said, **{other: consent for other, consent in others.items() if other not in said}}
    found, changed = {}, []
    for contact in contacts.load(sender, list(said)):
        consent = said[contact.email]
        if contact.refused and by is By.SENDER and consent is not Consent.DENIED:
            raise BadInput("They refused tracking themselves: only they can allow it again, on their page.", "consent")
        after = with_consent(contact, consent, by, at)
        if after == contact or (contact.consent, contact.consent_by) == (consent, by):
            found[contact.email] = contact
            continue
        found[contact.email] = replace(after, version=after.version + 1)
        anew = consent is Consent.DENIED and contact.consent is not Consent.DENIED and contact.version
        changed.append((after, Erasure(What.REFUSED, sender, at, contact.email) if anew else None))
    erasures.begin_all(sender, changed, at)
    return found, [erasure for _, erasure in changed if erasure]


def _of(token: str) -> tuple[str, int] | None:
    """The message that a page's token names, and the number of the recipient in it."""
    claim: Claim | None = read(TokenKind.PAGE, token, config().secrets)
    return None if claim is None else (claim.message, claim.recipient)
