"""What the Gmail add-on does beside the composer: a pixel, a tracked link, the gateway, or all of it, tracked and sent."""

from html import escape

from chalicelib.config import config
from chalicelib.domain.doors import cards, compose_cards
from chalicelib.domain.doors.cards import Json
from chalicelib.domain.drafts import Addressee, Draft
from chalicelib.domain.mail.gateway_addresses import real_address
from chalicelib.domain.messages import Door, Recipient, address
from chalicelib.domain.outgoing.copies import Copy
from chalicelib.domain.words.sentences import say
from chalicelib.work.doors import gmail_sending
from chalicelib.work.doors.gmail import Asked, sender_of
from chalicelib.work.messages import preparing


def composing(asked: Asked, said: str = "") -> Json:
    """The card beside the composer; `said` is told first."""
    whom = gmail_sending.whom(asked)
    drafts = gmail_sending.drafts(asked, whom) if config().gmail_drafts and any(whom.values()) else None
    return compose_cards.composing(asked.place, asked.everybody, bool(config().inbound_bucket), drafts, said)


def drafts(asked: Asked) -> Json:
    """Look for the draft that is open, once the user lets us: Google asks them for it."""
    if gmail_sending.SCOPE not in asked.scopes:
        return cards.asking(gmail_sending.SCOPE)
    return cards.updated(composing(asked))


def send(asked: Asked) -> Json:
    """Track the draft that was chosen, and send it. Raises BadInput, google.Unreachable."""
    if gmail_sending.SCOPE not in asked.scopes:
        return cards.asking(gmail_sending.SCOPE)
    try:
        return cards.updated(compose_cards.sent(asked.place, gmail_sending.send(asked)))
    except gmail_sending.Changed as changed:
        return cards.updated(composing(asked, changed.sentence))


def track(asked: Asked) -> Json:
    """A pixel for the mail that is written: one for all, as Gmail sends one mail to all."""
    copy = _prepared(asked)
    if not copy.pixel_url:
        return cards.told(
            say("Somebody among them wants no tracking, or the mail is to yourself: nothing was inserted.")
        )
    return cards.inserted(f'<img src="{escape(copy.pixel_url)}" width="1" height="1" alt="">')


def link(asked: Asked) -> Json:
    """A tracked link for the mail that is written. Raises BadInput, naming the field."""
    url = asked.inputs.get("url", "").strip()
    copy = _prepared(asked, url)
    shown = escape(asked.inputs.get("words", "").strip() or url)
    tracked = copy.links[0][1] if copy.links else url
    return cards.inserted(f'<a href="{escape(tracked)}">{shown}</a>')


def through_the_gateway(asked: Asked) -> Json:
    """The recipients of the mail that is written as addresses of the gateway; who has one already stays."""
    domain = config().inbound_domain
    changed = {}
    for kind, emails in asked.people.items():
        new = [_at_gateway(each, domain) for each in emails]
        if new:
            changed[kind] = new
    return cards.addressed(changed) if changed else cards.told(say("Say first whom it goes to."))


def _prepared(asked: Asked, *links: str) -> Copy:
    addressees = tuple(Addressee(Recipient(each)) for each in asked.everybody)
    draft = Draft("", addressees, links=tuple(links), shared=True, door=Door.GMAIL)
    return preparing.prepare(sender_of(asked), draft, asked.at, asked.request_id).copies[0]


def _at_gateway(email: str, domain: str) -> str:
    if real_address(email, domain):
        return email
    local, _, host = address(email, "recipients").partition("@")
    return f"{local}={host}@{domain}"
