"""What each field of the API is, for GET /openapi.json. One name is one thing wherever it stands.

Where a name must mean something else in one shape, it stands here as `Shape.field`.
"""

TIME = "UTC, ISO 8601."

FIELDS = {
    # Of many shapes
    "id": "The name of this thing in the API's paths.",
    "email": "An e-mail address, in lower case.",
    "name": "What somebody or something is called; empty if that is not known.",
    "created_at": f"When it was made. {TIME}",
    "items": "What is on this page.",
    "next": "The cursor of the next page, to be given as `after`; null where there is none.",
    "after": "The `next` of the page before.",
    "limit": "How many items a page has at most.",
    "time_zone": "An IANA name like Europe/Berlin, or an offset like +02:00.",
    "reason": "Why, in words for people.",
    "evidence": "On what it rests, in words for people.",
    "confidence": "How sure that is: a probability from 0 to 1.",
    "n": "On how many messages it rests.",
    "detail": "A sentence for people.",
    # Problems (RFC 9457)
    "title": "HTTP's phrase for the status.",
    "Problem.status": "HTTP's status.",
    "field": "The part of the request that it is about, like `recipients[0].email`; a header or parameter by its name.",
    # Messages
    "subject": "The mail's subject; empty where it is not kept.",
    "recipients": "To whom the mail goes, each an address or an object; the answer has them in the same order.",
    "MessageShape.recipients": "To whom the mail went, in the order in which they were given.",
    "html": "The HTML of the mail. In an answer: this recipient's copy of it.",
    "text": "The plain text of the mail. In an answer: this recipient's copy of it.",
    "FeedEntry.text": "What happened, in words for people.",
    "text_links": "Whether the links of plain texts are tracked; if it is not said, as in your preferences.",
    "PreferencesShape.text_links": "Whether the links of plain texts are tracked.",
    "NewMessage.links": "Destinations to be tracked beside those in `html` and `text`; each becomes a tracked URL.",
    "RecipientShape.links": "The tracked links of this copy, in the order in which they stand in the mail.",
    "sent_at": f"When the mail goes out, or went; now, if it is not said. {TIME}",
    "thread": "What your mail program calls the conversation: given back as it came.",
    "trap_link": "Whether to add a link that no person sees: what follows it is a machine.",
    "muted": "Whether you are told nothing more of this message.",
    "at_least": "Whether there were more hits than are counted, so that all numbers are lower bounds.",
    "events": "All that happened, in order of time.",
    "status": "The furthest that was reached: who clicked or answered is no longer `opened`.",
    "MessageShape.status": "The strongest status of its recipients: the furthest that any of them was seen to go.",
    "opens": "How many opens were counted.",
    "clicks": "How many clicks were counted.",
    "replies": "How many replies were counted.",
    "machine_hits": "How many fetches were machines' or your own.",
    "inferred_open": "Whether they must have opened it although no open was seen: they clicked or answered.",
    "opened_at": f"Their first counted open. {TIME}",
    "clicked_at": f"Their first counted click. {TIME}",
    "replied_at": f"Their first reply. {TIME}",
    "bounced_at": f"When it came back as undeliverable. {TIME}",
    "not_tracked": (
        "Why this copy is not tracked, null if it is. The mail: `plain` (no HTML, nor links in its text that are to be "
        "tracked), `signed`, `encrypted`, `calendar` (an invitation), `report` (a bounce or a receipt), `automatic`, `loop` "
        "(sent by us), `many_bodies`, `charset`, `too_large`, `unreadable`. The recipient: `consent_denied`, "
        "`consent_unknown` (the owner wants consent first), `consent_withdrawn` (after it went out), `erased`. The way: "
        "`gateway` (it is tracked there), `failed` (our fault)."
    ),
    "pixel_url": "The picture whose fetch is an open.",
    "page_url": "The recipient's page: what is kept about this mail, and the switch to refuse.",
    "raw": "This recipient's mail (RFC 5322), in base64.",
    "reply_to": "An address for the Reply-To field: answers to it are noted and handed on to you.",
    "url": "Where the link leads.",
    "tracked_url": "The URL that leads there through us.",
    "recipient": "The recipient's address.",
    "MimeQuery.recipient": "To whom the mail goes, once or several times; if it is not said, all in its To and Cc.",
    "MessageQuery.recipient": "Only messages to this address.",
    "q": "Only messages with these words in the subject, in whatever case.",
    "MessageQuery.status": (
        "Only messages with a recipient of this status. It is the furthest that they went: `opened` leaves out those who "
        "clicked or answered."
    ),
    "EventShape.kind": "What happened.",
    "at": f"When it happened. {TIME}",
    "NewReply.at": f"When the reply was written; now, if it is not said. {TIME}",
    "EventShape.link": "The destination of the link that was followed; null for all but clicks.",
    "FeedEntry.link": "The destination of the link that was followed; null for all but clicks.",
    "verdict": "Who caused it, how sure that is, and why.",
    "counted": (
        "Whether it counts as the recipient's doing. While `held_until` is set that is not final: only then does it "
        "change the status and the numbers, and only then are you told."
    ),
    "possibly_forwarded": "Whether it was somebody else, to whom the recipient seems to have passed the mail on.",
    "held_until": f"Until when it is held, since what follows may show that it was a machine; null once it is final. {TIME}",
    "Verdict.kind": "Who caused it.",
    "reasons": (
        "Named reasons, the strongest first; docs/verdicts.md has each in words. `away_until_2026-08-24` names the day until "
        "which an out-of-office note says that they are away."
    ),
    # Follow-ups, and how to reach people
    "step": "`done`: it was answered; `wait` until `at`; `remind` or `call` then; `drop`: another try does not pay.",
    "FollowUpShape.at": f"When to take the step; null where there is nothing to wait for. {TIME}",
    "outlook": "How best to reach them.",
    "approach": "Whether to write, to call, or to leave them.",
    "answers": "The share of your mails that they are likely to answer, from 0 to 1.",
    # Contacts
    "consent": "What they said of being tracked.",
    "consent_by": "Who told us: the recipient, on their page, or you; null if nothing was said.",
    "consent_at": f"When. {TIME}",
    "messages": "How many messages went to them.",
    "opened": "How many of them were opened.",
    "clicked": "How many of them had a link followed.",
    "replied": "How many of them were answered.",
    "bounced": "How many of them came back as undeliverable.",
    "last_at": f"When they last did anything, to the minute. {TIME}",
    "seconds_to_open": "The median time from sending to their first open; null if there is none.",
    "seconds_to_reply": "The median time from sending to their first reply; null if there is none.",
    "trackability": "Whether an open by them would show.",
    "reports": (
        "What their mail program lets us see: it `shows` opens, `hides` them (they clicked or answered, and no open was "
        "seen), `masks` them (a machine fetches every picture), or that is `unknown`."
    ),
    "behaviour": "Their surest habit; null if none is known.",
    "behaviours": "All their known habits, the surest first.",
    "label": "The habit.",
    "done": "Whether it is all done; if not, it goes on by itself.",
    # Send times
    "send_time": "When to write to them.",
    "overall": "When all your contacts read, together; null as long as nobody was written to.",
    "enough_data": "Whether it rests on this contact; if not, it is the hour that suits most people.",
    "weekday": "The day of the recommended hour: 0 is Monday, 6 is Sunday.",
    "hour": "The recommended hour, 0 to 23, on the clock of `time_zone`.",
    "time_zone_from": (
        "How the zone is known: `set` by you, from the offset in their `replies`, from the country of their `domain`, "
        "`inferred` from when they read; `unknown`: the hours are in UTC."
    ),
    "SendTimeShape.n": "On how many moments of reading it rests; older ones weigh less.",
    "weights": "How likely each hour of the week is to find them reading: 168 shares of 1, Monday 00:00 first.",
    "counts": "How often each hour of the week found them reading: 168 numbers, Monday 00:00 first.",
    "ContactQuery.weights": "Whether each contact comes with the `weights` and `counts` of all hours of the week.",
    "gain": (
        "How much likelier the hour is to find them than the one that suits most people, 0.25 is a quarter; null without "
        "`enough_data`, when it is that one."
    ),
    "gain_error": "By how much `gain` may be wrong, either way; null where that is.",
    "next_at": f"When the recommended hour comes next; now, within it. {TIME}",
    "sentence": "The recommended hour and when it comes next, in words for people.",
    "computed_at": f"As of when. {TIME}",
    "by": "Whose send times: each contact's, or each domain's.",
    "domain": "What stands behind the @ of their addresses.",
    "free_mail": "Whether anybody may have an address there, so that they are not one organisation.",
    "people": "How many contacts they are.",
    "readers": "How many of them were seen to read.",
    "of": "Whose send time it is.",
    # The feed, and webhooks
    "FeedEntry.kind": "What happened.",
    "told_at": f"When it was certain enough to be told. {TIME}",
    "message": "The id of the message.",
    "correction": "Whether it takes back an earlier entry: that did not happen after all.",
    "Feed.next": "The cursor for what comes after: it is always there.",
    "kinds": "The kinds of event that it is posted; none are all.",
    "WebhookShape.url": "Where it is posted.",
    "NewWebhook.url": "Where to post it: https, and reachable from everywhere.",
    "last_tried_at": f"When it was last posted anything; null if never. {TIME}",
    "last_status": "HTTP's status of the last answer; null if there was none.",
    "last_failure": "Why there was no answer; null if there was one.",
    "failing_since": f"Since when it has not taken what it was posted; null if it does. {TIME}",
    "disabled_at": f"When it was given up; null if it was not. {TIME}",
    "secret": "What signs each post (Standard Webhooks). Shown once, when it is made.",
    # The account
    "PreferencesShape.email": "Whether you are told by e-mail.",
    "PreferencesChange.email": "Whether you are told by e-mail.",
    "address": "Which of your addresses mails to you go to.",
    "ForwardingShape.address": "The address to forward copies to. Keep it to yourself.",
    "push": "Whether you are told by push.",
    "keep": (
        "How much is kept of messages sent from now on: `full`; `no_subject`; `no_names` either; `counts_only`, which is "
        "`no_names` without the single events after a day."
    ),
    "footer": "Whether a line in each tracked mail says so and leads to the recipient's page.",
    "tell": "Of which events you are told.",
    "open": "Of which opens.",
    "click": "Of which clicks.",
    "reply": "Of which replies.",
    "bounce": "Of which bounces.",
    "platform": "Whose service brings the pushes: Apple's or Google's.",
    "token": "The API token.",
    "NewDevice.token": "The token that Apple or Google gave the app.",
    "scopes": "What the token may do: `read`, `send`, `admin`. None contains another.",
    "session": "Whether a sign-in made it.",
    "current": "Whether this call is made with it.",
    "last_used_at": f"When it was last used, to the hour; null if never. {TIME}",
    "expires_at": f"Until when it is good; null for ever. {TIME}",
    "code": "The code that came by mail.",
    "ConfirmationShape.code": "The code that Gmail's settings ask for.",
    "ConfirmationShape.link": "The link that confirms it as well.",
    "ConfirmationShape.at": f"When Gmail asked. {TIME}",
    "confirmation": "What Gmail asked last; null if it did not.",
    "mailbox": "The mailbox that is to forward.",
    "first": "Whether it is the account's own, which goes with the account only.",
    "verified_at": f"When you showed that you read its mail. {TIME}",
    "Exported.kind": "What kind of thing this is.",
    "content": "The thing, mostly in the shape in which the API shows it.",
}


def described(name: str, schema: dict[str, object]) -> dict[str, object]:
    """The JSON schema of a shape with what each of its properties is. Raises KeyError where that is not written down."""
    properties = schema.get("properties")
    if not isinstance(properties, dict):
        return schema
    told = {field: {**each, "description": meaning(name, field)} for field, each in properties.items()}
    return {**schema, "properties": told}


def meaning(shape: str, field: str) -> str:
    """What a field of a shape is. Raises KeyError where that is not written down."""
    return FIELDS.get(f"{shape}.{field}") or FIELDS[field]
