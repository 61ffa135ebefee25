"""The API's calls on the forward rule: where the sender's own mailbox forwards copies to."""

from msgspec import Struct

from chalicelib.routes.api.dispatch import Call
from chalicelib.routes.resources.shapes import Time, as_time
from chalicelib.store.mail import forwarding as rules
from chalicelib.work.mail import forwarding


class ConfirmationShape(Struct, frozen=True):
    """Gmail asks whether `mailbox` may forward: type the code into its settings, or follow the link."""

    mailbox: str
    code: str
    link: str
    at: Time


class ForwardingShape(Struct, frozen=True):
    """The address to forward copies to, and what Gmail asked last. Whoever knows it can report answers: keep it to yourself."""

    address: str
    confirmation: ConfirmationShape | None


def show(call: Call) -> ForwardingShape:
    """The address to forward copies of incoming mail to, so that replies are recorded; and Gmail's confirmation code."""
    rule, _ = rules.load(call.sender)
    asked = rule.asked
    confirmation = ConfirmationShape(asked.mailbox, asked.code, asked.link, as_time(asked.at)) if asked else None
    return ForwardingShape(forwarding.address(call.sender, rule), confirmation)


def renew(call: Call) -> None:
    """Replace that address: mail to the old one is dropped from now on."""
    forwarding.renew(call.sender)
