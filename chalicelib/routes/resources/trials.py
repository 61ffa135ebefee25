"""The API's calls that show what would be told, and those that try a channel: what its service answers."""

from msgspec import Struct

from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.words.sentences import said
from chalicelib.routes.api.dispatch import Call
from chalicelib.work.accounts import owning
from chalicelib.work.telling import previewing, trying
from chalicelib.work.telling.trying import Trial


class TrialShape(Struct, frozen=True):
    """Whether the service took it, and what it answered."""

    taken: bool
    detail: str


class MailPreview(Struct, frozen=True):
    """A mail as it would come: its subject, and its text."""

    subject: str
    text: str


class PushPreview(Struct, frozen=True):
    """A push as a screen would show it."""

    title: str
    body: str


class PreviewShape(Struct, frozen=True):
    """What would be told of a kind, by each channel."""

    kind: NotificationKind
    mail: MailPreview
    push: PushPreview


class PreviewList(Struct, frozen=True):
    """One for each kind."""

    items: list[PreviewShape]
    next: None = None


def previews(call: Call) -> PreviewList:
    """What would be told of each kind, of an example, in your language and on your clock."""
    found = previewing.previews(call.sender, call.at)
    return PreviewList(
        [
            PreviewShape(kind, MailPreview(mail.subject, mail.text), PushPreview(push.title, push.body))
            for kind, mail, push in found
        ]
    )


def device(call: Call, id: str) -> TrialShape:
    """Push a test to a device."""
    return _shape(call, trying.by_push(call.sender, id, call.at))


def mail(call: Call) -> TrialShape:
    """Mail a test to where notifications go."""
    return _shape(call, trying.by_mail(call.sender, call.at))


def webhook(call: Call, id: str) -> TrialShape:
    """Post a test to a webhook."""
    return _shape(call, trying.by_webhook(call.sender, id, call.at))


def _shape(call: Call, trial: Trial) -> TrialShape:
    return TrialShape(trial.taken, said(trial.sentence, owning.account(call.sender).preferences.language))
