"""The API's calls on the forward rule: where the sender's own mailbox forwards copies to."""

from msgspec import Struct

from chalicelib.routes.dispatch import Call
from chalicelib.routes.shapes import Time, as_time
from chalicelib.store import forwarding as rules
from chalicelib.work import forwarding


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
    """Where your mailbox shall forward copies of what comes in, so that answers are noted; and Gmail's code, once it asks."""
    rule, _ = rules.load(call.sender)
    asked = rule.asked
    confirmation = ConfirmationShape(asked.mailbox, asked.code, asked.link, as_time(asked.at)) if asked else None
    return ForwardingShape(forwarding.address(call.sender, rule), confirmation)


def renew(call: Call) -> None:
    """Take that address out of use: what comes to it leads nowhere from now on, and there is another in its place."""
    forwarding.renew(call.sender)
