"""What each field of the API means, for GET /openapi.json. A name means the same thing everywhere.

Where it must mean something else in one shape, it is listed as `Shape.field`.
"""

from typing import Any

from chalicelib.routes.api import glossary_contacts, glossary_telling
from chalicelib.routes.api.glossary_telling import TIME

FIELDS = {
    **glossary_contacts.FIELDS,
    **glossary_telling.FIELDS,
    # Of many shapes
    "id": "The name of this thing in the API's paths.",
    "email": "An e-mail address, in lower case.",
    "name": "The display name; empty if unknown.",
    "created_at": f"When it was created. {TIME}",
    "items": "The items on this page.",
    "next": "The cursor of the next page, to pass as `after`; null on the last page.",
    "after": "The `next` of the previous page.",
    "limit": "The maximum number of items on a page.",
    "time_zone": "An IANA name like Europe/Berlin, or an offset like +02:00.",
    "reason": "Why, in words for people.",
    "evidence": "The evidence, in words for people.",
    "confidence": "How sure that is: a probability from 0 to 1.",
    "n": "The number of messages it is based on.",
    "detail": "A sentence for people.",
    # Problems (RFC 9457)
    "title": "A short name for the status.",
    "Problem.status": "The HTTP status.",
    "Problem.detail": "A sentence for people: in English, or in Hindi or Kannada (hi, kn) where `Accept-Language` asks for it.",
    "field": "The part of the request at fault, like `recipients[0].email`, or the name of a header or parameter.",
    # Messages
    "subject": "The mail's subject; empty if it is not kept.",
    "recipients": "The recipients, each an address or an object; the response keeps their order.",
    "MessageShape.recipients": "The recipients, in the order in which they were given.",
    "html": "The HTML of the mail. In a response: this recipient's copy.",
    "text": "The plain text of the mail. In a response: this recipient's copy.",
    "FeedEntry.text": "What happened, in words for people.",
    "text_links": "Whether links in plain text are tracked; by default as in your preferences.",
    "PreferencesShape.text_links": "Whether links in plain text are tracked.",
    "through": "Whether your answer to a reply that Unsealed forwarded goes through Unsealed again, to be tracked. While null, "
    "it does where the mail that was replied to went by the gateway.",
    "NewMessage.links": "Destinations to track besides those in `html` and `text`; each gets a tracked URL.",
    "RecipientShape.links": "The tracked links of this copy, in their order in the mail.",
    "sent_at": f"When the mail is sent, or was sent; now by default. {TIME}",
    "copies": "`each`: a copy for each recipient. `shared`: one for all, as mail programs send it; what is done with it was "
    "done by one of them, nobody knows which. It is given once, with the first recipient.",
    "MessageShape.copies": "Whether each recipient got a copy of their own, or several the same one.",
    "shared_copy": "What is known of the copy that several got; null where each has their own.",
    "one_of": "The addresses of those who got the same copy: it was one of them. Empty where it is known who it was.",
    "SharedCopy.text": "What is known of it, in words.",
    "SharedCopy.opened_at": f"When one of them first opened it. {TIME}",
    "SharedCopy.clicked_at": f"When one of them first followed a link. {TIME}",
    "SharedCopy.replied_at": f"When somebody first replied of whom it is not known which one they are. {TIME}",
    "EventShape.shared": "Whether it was done with a copy that went to several: `recipient` is empty then.",
    "prepared": "Whether it is not known yet that it was sent: what is loaded of it counts for nothing, and it is gone "
    "after a day, unless it is confirmed.",
    "door": "What asks for it: a program of your own, the page that writes mails, or an add-on.",
    "last_mail": f"When the last mail came by each door, to the hour. {TIME}",
    "message_id": "The Message-ID that it went out with: replies to it are recognised by it.",
    "MessageChange.sent_at": f"When it was really sent. {TIME}",
    "MessageChange.sent": "Whether it was sent at all: true confirms a prepared message, false deletes it.",
    "thread": "Your mail program's id for the conversation: returned unchanged.",
    "trap_link": "Whether to add a link invisible to people: whatever follows it is a machine.",
    "muted": "Whether notifications for this message are off.",
    "at_least": "Whether there were more hits than are counted, which makes all numbers lower bounds.",
    "events": "Everything that happened, oldest first.",
    "status": "The furthest state reached: after a click or a reply it is no longer `opened`.",
    "MessageShape.status": "The furthest status that any of its recipients reached.",
    "opens": "How many opens were counted.",
    "clicks": "How many clicks were counted.",
    "replies": "How many replies were counted.",
    "machine_hits": "How many fetches were by machines or by you.",
    "inferred_open": "Whether they must have opened it although no open was seen: they clicked or replied.",
    "opened_at": f"Their first counted open. {TIME}",
    "clicked_at": f"Their first counted click. {TIME}",
    "replied_at": f"Their first reply. {TIME}",
    "bounced_at": f"When it bounced. {TIME}",
    "complained_at": f"When they marked it as spam: do not write to them again. {TIME}",
    "away_until": "The return date given by their newest automatic reply that states one.",
    "not_tracked": (
        "Why this copy is not tracked, null if it is. The mail: `plain` (no HTML, and no links in its text to be "
        "tracked), `signed`, `encrypted`, `calendar` (an invitation), `report` (a bounce or a receipt), `automatic`, `loop` "
        "(sent by us), `many_bodies`, `charset`, `too_large`, `unreadable`. The recipient: `consent_denied`, "
        "`consent_of_another` (somebody who gets the same copy refused, or has not allowed it), "
        "`consent_unknown` (the owner requires consent first), `consent_withdrawn` (after sending), `erased`, "
        "`self` (an address of your own). The way: "
        "`gateway` (it is tracked there), `failed` (our fault)."
    ),
    "pixel_url": "The URL of the picture whose fetch is recorded as an open.",
    "page_url": "The recipient's page: what is kept about this mail, and the switch to refuse tracking.",
    "raw": "This recipient's mail (RFC 5322), in base64.",
    "reply_to": "An address for the Reply-To field: replies to it are recorded and forwarded to you.",
    "url": "Where the link leads.",
    "tracked_url": "The URL that redirects there through Unsealed.",
    "recipient": "The recipient's address.",
    "MimeQuery.recipient": "A recipient of the mail; may be repeated. By default, everyone in its To and Cc.",
    "MessageQuery.recipient": "Only messages to this address.",
    "q": "Only messages with these words in the subject; case is ignored.",
    "MessageQuery.status": (
        "Only messages with a recipient of this status. It is the furthest state reached: "
        "`opened` leaves out those who clicked or replied. `complained` finds who marked the mail as spam, `problem` what "
        "bounced, was marked as spam or is not tracked."
    ),
    "keys": "A browser's keys, from its subscription's `toJSON()`; only with `web`.",
    "p256dh": "The browser's public key, a point of P-256, in base64url.",
    "auth": "The browser's secret of 16 bytes, in base64url.",
    "key": "Our public key for Web Push (VAPID), in base64url; empty if this deployment sends no pushes to browsers.",
    "seen_at": f"When it was last registered: browsers are on each visit. {TIME}",
    "taken": "Whether the service took it.",
    "explanation": "The verdict in words for people: who it was, how sure that is, and why.",
    "device": "The kind of device that the recipient is shown too, like `iphone` or `windows`; null if it is not known.",
    "searched_back_to": f"How far back a filtered page was searched, where it ended before it was full; else null. {TIME}",
    "since": f"Begin with what is told from then on, in place of the oldest. {TIME}",
    "ContactQuery.q": "Only contacts whose address begins with this.",
    "EventShape.kind": "What happened.",
    "at": f"When it happened. {TIME}",
    "NewReply.at": f"When the reply was written; now by default. {TIME}",
    "EventShape.link": "The destination of the clicked link; null for all other events.",
    "FeedEntry.link": "The destination of the clicked link; null for all other events.",
    "verdict": "Who caused it, how sure that is, and why.",
    "counted": (
        "Whether it counts as done by the recipient. While `held_until` is set, this is provisional: only after that does it "
        "change the status and the numbers, and only then are you notified."
    ),
    "possibly_forwarded": "Whether it was probably somebody else, to whom the recipient forwarded the mail.",
    "held_until": f"Until when it is held back, since later events may show it was a machine; null once final. {TIME}",
    "EventShape.corrected": (
        "Whether you were told of it, and it was taken back: something later showed that it was a machine or somebody else."
    ),
    "Verdict.kind": "Who caused it.",
    "reasons": (
        "Named reasons, strongest first; docs/verdicts.md explains each. `away_until_2026-08-24` names the day until "
        "which an out-of-office notice says they are away."
    ),
    # The feed, and webhooks
    "FeedEntry.kind": "What happened.",
    "told_at": f"When it was certain enough to report. {TIME}",
    "message": "The id of the message.",
    "correction": (
        "Whether it withdraws an earlier entry, the one whose `id` is this one's without `:not`: that did not happen after all."
    ),
    "Feed.next": "The cursor for later entries: never null.",
    "kinds": "The kinds of event to post; an empty list means all.",
    "WebhookShape.url": "The URL that entries are posted to.",
    "NewWebhook.url": "The URL to post to: https, and publicly reachable.",
    "last_tried_at": f"When a post was last tried; null if never. {TIME}",
    "last_status": "The HTTP status of the last response; null if there was none.",
    "last_failure": "Why there was no response; null if there was one.",
    "failing_since": f"Since when posts have been failing; null if they are not. {TIME}",
    "disabled_at": f"When it was disabled; null if it was not. {TIME}",
    # The account
    "PreferencesShape.email": "Whether you are notified by e-mail.",
    "PreferencesChange.email": "Whether you are notified by e-mail.",
    "address": "The address of yours that notifications are sent to.",
    "ForwardingShape.address": "The address to forward copies to. Keep it to yourself.",
    "push": "Whether you are notified by push.",
    "keep": (
        "How much is kept of messages sent from now on: `full`; `no_subject`; `no_names` (no subject either); `counts_only`: "
        "as `no_names`, and single events expire after a day."
    ),
    "footer": "Whether a line in each tracked mail says that it is tracked and links to the recipient's page.",
    "tell": "Which events you are notified of.",
    "open": "Which opens.",
    "click": "Which clicks.",
    "reply": "Which replies.",
    "bounce": "Which bounces.",
    "complaint": "Which complaints: mails marked as spam.",
    "platform": "The push service: Apple's or Google's.",
    "NewDevice.token": "The device token that Apple or Google issued to the app.",
    "scopes": "What the token may do: `read`, `send`, `admin`. None includes another.",
    "session": "Whether it was created by signing in.",
    "current": "Whether it is the token of this call.",
    "last_used_at": f"When it was last used, to the hour; null if never. {TIME}",
    "expires_at": f"When it expires; null if never. {TIME}",
    "code": "The code that was mailed.",
    "proof": "A code that was mailed to the account's first address; with it, the token may outlast this call's.",
    "Farewell.code": "The code that was mailed to the account's first address; without one, it is mailed.",
    "Confirmation.time_zone": (
        "The time zone of an account that this creates: an IANA name like Europe/Berlin, or an offset like +02:00. UTC by "
        "default; PATCH /v1/account changes it."
    ),
    "ConfirmationShape.code": "The code that Gmail's settings ask for.",
    "ConfirmationShape.link": "A link that confirms it too.",
    "ConfirmationShape.at": f"When Gmail asked. {TIME}",
    "confirmation": "Gmail's latest confirmation request; null if there was none.",
    "mailbox": "The mailbox that wants to forward.",
    "sign_in": "Whether whoever reads the address' mail may sign in, where the owner lets the address in.",
    "stopped_by": "Why SES brings the address no mail any more: bounce or complaint; null where it does.",
    "stopped_at": f"Since when. {TIME}",
    "first": "Whether it is the account's own address, which is removed only with the account.",
    "verified_at": f"When you confirmed that you receive its mail. {TIME}",
    "Exported.kind": "The kind of thing.",
    "content": "The thing itself, mostly in the shape the API uses.",
}
FIELDS["secret"] = "The secret that signs each post (Standard Webhooks). Shown once, on creation."  # noqa: S105 # nosec B105
FIELDS["token"] = "The API token."  # noqa: S105 # nosec B105


def described(name: str, schema: dict[str, object]) -> dict[str, object]:
    """The JSON schema of a shape with a description of each property. Raises KeyError if one is missing."""
    properties = schema.get("properties")
    if not isinstance(properties, dict):
        return schema
    given = schema.get("additionalProperties") is False  # what a caller gives; else it is what they get
    described = {field: _described(each, meaning(name, field), given) for field, each in properties.items()}
    return {**schema, "properties": described}


def _described(schema: dict[str, Any], said: str, given: bool) -> dict[str, Any]:
    """Without the default of a field that a caller may leave out: generators of clients take the keyword for a promise that the
    field is there, and demand it.
    """
    kept = {name: each for name, each in schema.items() if not (given and name == "default")}
    return {**kept, "description": said}


def meaning(shape: str, field: str) -> str:
    """The meaning of a field of a shape. Raises KeyError if it is missing."""
    return FIELDS.get(f"{shape}.{field}") or FIELDS[field]
