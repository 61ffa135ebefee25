"""The map of the table: one table, two partitions for each thing that grows.

  pk            sk                        what                                             written by
  m#MESSAGE     e#MILLISECONDS#EVENT      one event, immutable                             the request path, one put
  m#MESSAGE     facts                     a message's constants (its links)                creation
  s#SENDER      m#MESSAGE                 a message's subject, recipients and state        creation, the fold
  s#SENDER      c#EMAIL                   a contact                                        creation, the fold
  s#SENDER      t#EMAIL                   a contact's summary: its send time               the summaries' schedule
  s#SENDER      r#DOMAIN                  the sums of a domain's contacts                  the summaries' schedule
  s#SENDER      everybody                 the sums of all contacts                         the summaries' schedule
  s#SENDER      n#DECIDED#HAPPENED#WHAT   a notification (the outbox, and the feed)        the fold
  s#SENDER      v#MESSAGE                 a reminder of a message, until it is over        the API, the schedule
  s#SENDER      g#THREAD#MESSAGE          that a message belongs to a thread (hashed)      creation
  s#SENDER      b#EMAIL#MESSAGE           that a message went to an address                creation
  s#SENDER      f#AFTER                   a sheet: what searches look at of older messages the sheets' schedule, erasing
  s#SENDER      z#MESSAGE                 a slip: what became of a message since its sheet the fold
  s#SENDER      u#THREAD                  a muted thread (hashed)                          the API, the page of mutes
  s#SENDER      digest                    when the next digest is due                      the API, the schedule
  s#SENDER      d#DEVICE                  a device for pushes                              the API
  s#SENDER      o#DEVICE#TOPIC            a push that its browser's service did not take yet telling, each try
  v#HASH        endpoint                  whose a browser's subscription is                the API
  s#SENDER      w#WEBHOOK                 a webhook: its URL, its secret, its last answer  the API, each try
  s#SENDER      webhooks                  how often one was added, so that two see each other  the API
  s#SENDER      devices                   the same of devices                              the API
  s#SENDER      tokens                    the same of API tokens                           the API
  s#SENDER      p#WEBHOOK#DECIDED#...     a notification that a webhook is to be posted    telling, each try
  s#SENDER      k#TOKEN                   the hash of an API token of theirs               the API
  s#SENDER      a#EMAIL                   an address of theirs, verified                   the API
  s#SENDER      l#MILLISECONDS#ID         an alert: what somebody did to the account       the API
  s#SENDER      x#MARK                    a refusal to be tracked: outlives its contact    consent
  s#SENDER      q#HASH                    the message created with this Idempotency-Key    creation
  s#SENDER      own                       keyed marks of the sender's own devices          the API
  s#SENDER      sender                    the account and its preferences                  the API
  s#SENDER      forwarding                their forward rule: the address' generation      the API, receiving
  t#HASH        token                     an API token: whose it is, and what it may do    the API
  a#EMAIL       address                   the owner of an address                          the API
  a#EMAIL       code#FOR#MILLISECONDS#ID  somebody asked for a code to be mailed there     the API
  i#ID          SENDER#MESSAGE#RECIPIENT  the copy that went out with this Message-ID      whatever sends mail
  m#MESSAGE     i#ID#RECIPIENT            that such an item exists, so as to delete it     whatever sends mail
  h#MAIL        handed_on                 a mail handed on, told of, or counted            receiving
  h#WHOSE       waiting#MAIL              a mail that came in, and SES had no room for     receiving
  q#WHOSE       WHAT#WINDOW               how much somebody did in a window of time        the API, the gateway
  x#SENDER      WHAT#ABOUT                something that is being erased, and how far      erasing
  y#LIST        place                     how far a look at a long due list came           the schedule

A message's id begins with its time, so `m#` sorts by time. Times in keys are milliseconds in 13 digits. All keys of one
kind lie between `x#` and `x$`, the next character: an address may begin with a `~`.
The public URLs name a message only; `facts` says whose it is.

A sender's data is found without reading anybody else's: all of `s#SENDER`; for each `m#` in it the message's own
partition; for each `k#` the item `t#HASH` (`hash` is in it); for each `a#` the partition `a#EMAIL`, and `q#EMAIL`; and
`q#SENDER`. A code is FOR `sign-in`, or for the sender who wants the address to be theirs. WHOSE is a sender, an address, or
the keyed mark of a network. Codes and counters expire by TTL within hours, at most two days.

One index, `due` (keys only), lists what waits for a time (due.py): `due_shard` and `due_at` are its keys.

docs/cost-of-an-open.md lists the request units of each path.
"""

from hashlib import sha256
from typing import Literal, NamedTuple


class Key(NamedTuple):
    """The primary key of an item."""

    pk: str
    sk: str


def timeline(message: str) -> str:
    """The partition of a message's events and facts."""
    return f"m#{message}"


def desk(sender: str) -> str:
    """The partition of all of a sender's data."""
    return f"s#{sender}"


def event(message: str, at: float, event_id: str) -> Key:
    """An event. The key sorts by time, and writing the event again is idempotent."""
    return Key(timeline(message), f"e#{milliseconds(at)}#{event_id}")


def facts(message: str) -> Key:
    """A message's constants."""
    return Key(timeline(message), "facts")


def message(sender: str, message_id: str) -> Key:
    """A message's subject, recipients and state."""
    return Key(desk(sender), f"m#{message_id}")


def contact(sender: str, email: str) -> Key:
    """A contact of a sender."""
    return Key(desk(sender), f"c#{email}")


def summary(sender: str, email: str) -> Key:
    """The scheduled summary of a contact."""
    return Key(desk(sender), f"t#{email}")


def audience(sender: str, name: str) -> Key:
    """The sums of the contacts of a domain; of all where the name is empty."""
    return Key(desk(sender), f"r#{name}" if name else "everybody")


def notification(sender: str, decided_at: float, happened_at: float, what: str) -> Key:
    """An entry of the outbox. They sort by when they were decided, then by when it happened."""
    return Key(desk(sender), f"n#{milliseconds(decided_at)}#{milliseconds(happened_at)}#{what}")


def refusal(sender: str, mark: str) -> Key:
    """A refusal to be tracked, by the mark of an address (domain/consent.py)."""
    return Key(desk(sender), f"x#{mark}")


def request(sender: str, key: str) -> Key:
    """The Idempotency-Key of a request that created a message, hashed."""
    return Key(desk(sender), f"q#{sha256(key.encode()).hexdigest()[:32]}")


def reminder(sender: str, message_id: str) -> Key:
    """The reminder of a message."""
    return Key(desk(sender), f"v#{message_id}")


def in_thread(sender: str, thread: str, message_id: str) -> Key:
    """That a message belongs to a thread, which is named by a hash: what names it may be long, or name a person."""
    return Key(desk(sender), f"g#{_hashed(thread)}#{message_id}")


def sent_to(sender: str, email: str, message_id: str) -> Key:
    """That a message went to an address: so whoever looks for it reads no other."""
    return Key(desk(sender), f"b#{email}#{message_id}")


def sheet(sender: str, after: str) -> Key:
    """The sheet of a sender's messages past this id: what searches look at in the messages' place."""
    return Key(desk(sender), f"f#{after}")


def slip(sender: str, message_id: str) -> Key:
    """What became of a message since it may have been put on a sheet."""
    return Key(desk(sender), f"z#{message_id}")


def muted_thread(sender: str, thread: str) -> Key:
    """That a thread is muted."""
    return Key(desk(sender), f"u#{_hashed(thread)}")


def digest(sender: str) -> Key:
    """When a sender's next digest is due."""
    return Key(desk(sender), "digest")


def device(sender: str, device_id: str) -> Key:
    """A device that takes pushes."""
    return Key(desk(sender), f"d#{device_id}")


def endpoint(digest: str) -> Key:
    """Whose a browser's subscription is, by the hash of its endpoint."""
    return Key(f"v#{digest}", "endpoint")


def waiting_push(sender: str, device_id: str, topic: str) -> Key:
    """A push that a browser's service did not take yet: a later one of its topic stands in its place."""
    return Key(desk(sender), f"o#{device_id}#{topic}")


def webhook(sender: str, webhook_id: str) -> Key:
    """A webhook of a sender."""
    return Key(desk(sender), f"w#{webhook_id}")


Limited = Literal["webhooks", "devices", "tokens"]


def additions(sender: str, what: Limited) -> Key:
    """How often a sender added one of these."""
    return Key(desk(sender), what)


def delivery(notification: Key, webhook_id: str) -> Key:
    """The delivery of an outbox notification to one webhook. Its key names both; it contains neither."""
    return Key(notification.pk, f"p#{webhook_id}#{notification.sk.removeprefix('n#')}")


def delivered(delivery: Key) -> tuple[str, Key]:
    """The webhook that a delivery goes to, and the notification that it brings."""
    _, webhook_id, name = delivery.sk.split("#", 2)
    return webhook_id, Key(delivery.pk, f"n#{name}")


def decided_at(notification: Key) -> float:
    """When an entry of the outbox was decided, unix seconds."""
    return int(notification.sk.split("#")[1]) / 1000


def token_of(sender: str, token_id: str) -> Key:
    """Which token a sender's is, by its short name."""
    return Key(desk(sender), f"k#{token_id}")


def address_of(sender: str, email: str) -> Key:
    """An address of a sender."""
    return Key(desk(sender), f"a#{email}")


def alert(sender: str, at: float, name: str) -> Key:
    """Something that the account's first address is told of."""
    return Key(desk(sender), f"l#{milliseconds(at)}#{name}")


def account(sender: str) -> Key:
    """A sender's account."""
    return Key(desk(sender), "sender")


def own(sender: str) -> Key:
    """The marks of a sender's own devices."""
    return Key(desk(sender), "own")


def forwarding(sender: str) -> Key:
    """A sender's forward rule."""
    return Key(desk(sender), "forwarding")


def token(digest: str) -> Key:
    """An API token, by its hash."""
    return Key(f"t#{digest}", "token")


def address(email: str) -> Key:
    """Whose address it is."""
    return Key(f"a#{email}", "address")


def ids(local: str) -> str:
    """The partition of the copies that went out with this Message-ID: its part before the `@`."""
    return f"i#{local}"


def copy_with_id(sender: str, local: str, message: str, recipient: int) -> Key:
    """One copy that went out with this Message-ID. An earlier version did not note the sender: "" is one of those."""
    return Key(ids(local), f"{sender}#{message}#{recipient}" if sender else f"{message}#{recipient}")


def sent_with(message: str, local: str, recipient: int) -> Key:
    """That a copy went out with this Message-ID: from the message to the id, where `copy_with_id` leads the other way."""
    return Key(timeline(message), f"i#{local}#{recipient}")


def erasure(sender: str, what: str, about: str) -> Key:
    """Something of a sender's that is being erased."""
    return Key(erasures(sender), f"{what}#{about}")


def erasures(sender: str) -> str:
    """The partition of what is being erased of a sender's."""
    return f"x#{sender}"


def place(shard: str) -> Key:
    """How far a look at a part of a due list came that is longer than one look."""
    return Key(f"y#{shard}", "place")


def handed_on(mail: str) -> Key:
    """The note that an incoming mail was handed on."""
    return Key(f"h#{mail}", "handed_on")


def waiting(whose: str, mail: str) -> Key:
    """A mail that came in and waits, since SES had no room for what was to follow: in the turn of `whose` it is."""
    return Key(f"h#{whose}", f"waiting#{mail}")


def code(email: str, wanted_for: str, at: float, request_id: str) -> Key:
    """That somebody asked for a code. They sort by time: the newest is the one that counts."""
    return Key(f"a#{email}", f"{codes(wanted_for)}{milliseconds(at)}#{request_id}")


def codes(wanted_for: str) -> str:
    """How the sort keys of all codes for one thing begin."""
    return f"code#{wanted_for}#"


def quota(whose: str, what: str, window: int) -> Key:
    """How much of something somebody did in a stretch of time, counted from 1970."""
    return Key(f"q#{whose}", f"{what}#{window}")


def _hashed(thread: str) -> str:
    return sha256(thread.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def milliseconds(at: float) -> str:
    """A time as keys hold it: 13 digits, good until the year 2286."""
    return f"{round(at * 1000):013d}"
