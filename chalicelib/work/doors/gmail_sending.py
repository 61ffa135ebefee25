"""Track and send: the draft that a user has written in Gmail gets its tracking, and Gmail sends it.

Sending the wrong draft, or half of one, could not be mended. So only a draft to exactly these people is offered, and it is
sent only if it is the very one that was shown, and nothing was saved of it while we waited. Nothing of it is kept but what
is kept of any tracked mail; the user's token is used for this request alone.
"""

import time
from base64 import urlsafe_b64decode
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from chalicelib.domain.doors import compose_cards, gmail_drafts
from chalicelib.domain.doors.compose_cards import Drafts
from chalicelib.domain.doors.gmail_drafts import LARGEST, GmailDraft, People
from chalicelib.domain.drafts import Addressee
from chalicelib.domain.errors import BadInput
from chalicelib.domain.mail import headers, mails
from chalicelib.domain.mail.headers import LOOP_HEADER
from chalicelib.domain.mail.splicing import splice
from chalicelib.domain.messages import Door, Recipient
from chalicelib.domain.outgoing import mime
from chalicelib.domain.outgoing.copies import Copy
from chalicelib.domain.outgoing.mime import NotTracked
from chalicelib.domain.outgoing.not_tracked import Reason
from chalicelib.domain.words.sentences import Sentence, say
from chalicelib.log import logger
from chalicelib.senders import google
from chalicelib.work.doors.gmail import Asked, sender_of
from chalicelib.work.mail import relaying
from chalicelib.work.messages import changing

SCOPE = "https://www.googleapis.com/auth/gmail.compose"
MOST_DRAFTS = 20  # the newest: the one that is open was saved a moment ago
SETTLES = 2.0  # seconds: Gmail saves what is typed within about that time
_AT_ONCE = 8


class Changed(Exception):  # noqa: N818 - the user looks again
    """The draft is not what was shown. `sentence` says so."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def whom(asked: Asked) -> People:
    """Whom the mail goes to that is written."""
    return gmail_drafts.people(asked.people)


def drafts(asked: Asked, to: People) -> Drafts:
    """The drafts that may be the one that is open."""
    if SCOPE not in asked.scopes:
        return Drafts(asked=True)
    try:
        names, more = google.drafts(asked.user_token, MOST_DRAFTS)
        with ThreadPoolExecutor(_AT_ONCE) as several:
            known = list(several.map(lambda name: _draft(asked, name), names))
    except google.Unreachable as failure:
        logger().warning("Gmail did not show the drafts.", extra={"reason": str(failure)})
        return Drafts(silent=True)
    found = gmail_drafts.to_the_same((each for each in known if each), to)
    return Drafts(found, sure=len(found) == 1 and not more)


def _draft(asked: Asked, name: str) -> GmailDraft | None:
    """A draft; None where it was sent or thrown away meanwhile."""
    try:
        return gmail_drafts.read(google.draft(name, asked.user_token, "metadata"))
    except google.Refused as refused:
        if refused.status == 404:
            return None
        raise


class _Read(NamedTuple):
    """A draft as it is saved now."""

    saved: str
    thread: str
    raw: bytes


def send(asked: Asked) -> str:
    """Track the draft that was shown, and send it: the message that it became.

    Raises Changed where it is not the one that was shown; BadInput where it is not for us to send, or Gmail did not;
    google.Unreachable where Gmail could not be asked. In each case the draft is as it was, unless the sentence says otherwise.
    """
    sender, name = sender_of(asked), asked.parameters.get("draft", "")
    shown = _read(asked, name)
    if shown.saved != asked.parameters.get("saved"):
        raise Changed(say("It was saved again since it was shown here. Look whether this is it."))
    raw = headers.without_header(shown.raw, LOOP_HEADER)  # our own mark of an earlier try
    found = mime.read(raw)
    if isinstance(found, NotTracked) or len(raw) > LARGEST:
        raise BadInput(compose_cards.left(found.reason if isinstance(found, NotTracked) else Reason.TOO_LARGE))
    to = gmail_drafts.written_to(raw)
    if to != whom(asked):
        raise Changed(say("It goes to other people than the mail that you write."))
    time.sleep(SETTLES)
    if _read(asked, name).raw != shown.raw:
        raise Changed(say("You are still writing it. Tap again when it is done."))
    names = {each.email: each for each in mails.recipients(raw)}
    addressees = [Addressee(names.get(each, Recipient(each))) for each in gmail_drafts.everybody(to)]
    stored, copies = relaying.prepare_mail(
        sender, raw, addressees, asked.at, asked.request_id, shared=True, prepared=True, door=Door.GMAIL
    )
    message, copy = stored.message.id, copies[0]
    if not copy.edits or copy.not_tracked:
        changing.remove(sender, message, asked.at)
        raise BadInput(compose_cards.left(copy.not_tracked))
    try:
        _send(asked, name, shown, _tracked(raw, copy))
    except BadInput:
        changing.remove(sender, message, asked.at)
        raise
    changing.confirm(sender, message, mails.identity(raw) or "", asked.at, asked.at)
    return message


def _send(asked: Asked, name: str, shown: _Read, tracked: bytes) -> None:
    """Put the tracked mail into the draft, and send it. What Gmail does not send is put back as it was."""
    try:
        google.replace_draft(name, asked.user_token, tracked, shown.thread)
        google.send_draft(name, asked.user_token)
    except google.Unreachable as failure:
        logger().warning("Gmail did not send a draft.", extra={"reason": str(failure)})
        try:
            google.replace_draft(name, asked.user_token, shown.raw, shown.thread)
        except google.Refused as refused:
            if refused.status == 404:  # it is a draft no more: it was sent, and the answer was lost
                return
            raise BadInput(say("Gmail did not send it. Look into your drafts before you send it again.")) from refused
        except google.Unreachable as silent:
            raise BadInput(
                say("Gmail does not answer. Look into Sent and Drafts before you send it again.")
            ) from silent
        raise BadInput(say("Gmail did not send it. The draft is as you wrote it: send it as usual.")) from failure


def _read(asked: Asked, name: str) -> _Read:
    found = google.draft(name, asked.user_token, "raw")["message"]
    raw = urlsafe_b64decode(f"{found.get('raw', '')}==")
    return _Read(str(found["id"]), str(found.get("threadId", "")), raw)


def _tracked(raw: bytes, copy: Copy) -> bytes:
    """The whole mail, its Bcc field too: by it Gmail knows to whom it goes."""
    return headers.with_header(splice(raw, copy.edits), LOOP_HEADER, copy.message or "")
