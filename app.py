"""Every entry point of Unsealed, on one screen.

Every cold open pays for what this module imports at the top; everything else is imported where it is used.
"""

import gc

gc.disable()  # no garbage comes of importing: to look for some, again and again, would take a cold open 2.5 ms

import os
import time
from typing import Any

from chalice.app import CaseInsensitiveMapping, Chalice, Request, Response

from chalicelib.routes.api import calls as api
from chalicelib.routes.gmail import entrances as gmail
from chalicelib.routes.mail_programs import entrances as programs
from chalicelib.routes.outlook import entrances as outlook
from chalicelib.routes.public import entrances, health, tracking
from chalicelib.routes.web import entrances as web

app = Chalice(app_name="unsealed", configure_logs=False)  # log.py does: with both, each line would be logged twice
app.api.binary_types = ["*/*"]
app.register_blueprint(tracking.blueprint)
app.register_blueprint(entrances.blueprint)
app.register_blueprint(health.blueprint)
app.register_blueprint(api.blueprint)
app.register_blueprint(gmail.blueprint)
app.register_blueprint(outlook.blueprint)
app.register_blueprint(programs.blueprint)
app.register_blueprint(web.blueprint)

gc.freeze()  # nor is any of this ever garbage (https://docs.python.org/3/library/gc.html#gc.freeze)
gc.enable()


@app.middleware("http")
def accept_anything(request: Request, get_response: Any) -> Response:
    """Gmail's image proxy sends no Accept header, and Chalice would respond with 400 (github.com/aws/chalice/issues/1095)."""
    sent = request.to_original_event()["headers"] or {}
    request.headers = CaseInsensitiveMapping({**sent, "accept": "*/*"})
    return get_response(request)


@app.on_dynamodb_record(
    stream_arn=os.environ.get("STREAM_ARN", "placeholder"), batch_size=100, starting_position="TRIM_HORIZON"
)
def follow(event: Any) -> dict[str, Any]:
    """The table's stream: fold new events, send new notifications."""
    from chalicelib.store import dead_letters, stream
    from chalicelib.work import following

    batch = event.to_dict()
    function = "" if dead_letters.are_in(batch) else event.context.invoked_function_arn
    return stream.failures(following.follow(stream.changes(batch), _now(event), function))


@app.on_sqs_message(queue=os.environ.get("SPILL_QUEUE", "unsealed-spill"), batch_size=10)
def replay(event: Any) -> dict[str, Any]:
    """Write events that the table could not take at first."""
    from chalicelib.work.tracking import replaying

    return replaying.replay(event.to_dict())


@app.on_sns_message(topic=os.environ.get("INBOUND_TOPIC", "unsealed-inbound"))
def receive(event: Any) -> None:
    """Handle a mail that SES received."""
    from chalicelib.work.mail import receiving

    receiving.receive(event.to_dict())


@app.on_sns_message(topic=os.environ.get("FEEDBACK_TOPIC", "unsealed-feedback"))
def feedback(event: Any) -> None:
    """Handle SES's feedback on a mail that it sent."""
    from chalicelib.work.mail import feedback

    feedback.learn(event.to_dict())


@app.schedule("rate(1 minute)")
def due(event: Any) -> None:
    """Do what is due: release held events, retry mails and webhooks, continue erasures."""
    from chalicelib.work import due

    due.run(_scheduled_at(event), _now(event), time.monotonic)


@app.schedule("rate(1 hour)")
def summarise(event: Any) -> None:
    """Compute the summaries of the contacts that changed, and put older messages on sheets for searches."""
    from chalicelib.work import hourly

    hourly.run(_scheduled_at(event), time.monotonic)


def _now(event: Any) -> float:
    """The time of the call: the event's own times may be hours old.

    The local system passes its adjustable clock in the context.
    """
    context = event.context
    return context.now() if hasattr(context, "now") else time.time()


def _scheduled_at(event: Any) -> float:
    from datetime import datetime

    return datetime.fromisoformat(event.to_dict()["time"]).timestamp()
