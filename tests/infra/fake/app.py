"""A tiny application for the local system's own tests: it notes what it is called for, in the table."""

import json
import os

import boto3
from chalice import Chalice, Response

app = Chalice("fake")
app.api.binary_types = ["*/*"]
table = boto3.resource("dynamodb").Table(os.environ["TABLE_NAME"])


def note(kind, name, **more):
    table.put_item(Item={"pk": kind, "sk": name, **more})


@app.route("/things/{name}", methods=["POST"])
def add(name):
    """One thing, and its answer only when it is in the table."""
    note("thing", name)
    return Response(b"", status_code=201)


@app.route("/spill/{name}", methods=["POST"])
def spill(name):
    """One message in the queue."""
    boto3.client("sqs").send_message(QueueUrl=os.environ["SPILL_QUEUE_URL"], MessageBody=name)
    return Response(b"", status_code=202)


@app.route("/items/{kind}")
def items(kind):
    """What was noted of a kind."""
    names = [item["sk"] for item in table.scan(ConsistentRead=True)["Items"] if item["pk"] == kind]
    return Response(json.dumps(names).encode(), headers={"Content-Type": "application/json"})


@app.route("/environment")
def environment():
    """What the system told the application."""
    return {name: os.environ.get(name) for name in ("PUBLIC_URL", "STREAM_ARN", "SECRETS", "AWS_PROFILE")}


@app.on_dynamodb_record(stream_arn=os.environ["STREAM_ARN"], batch_size=7)
def follow(event):
    """Each new thing is noted as seen, and a mail tells of it."""
    for record in event.to_dict()["Records"]:
        keys = record["dynamodb"]["Keys"]
        if keys["pk"]["S"] == "thing":
            note("seen", keys["sk"]["S"])
            if keys["sk"]["S"] == "mail":
                told = {"Subject": {"Data": "A thing"}, "Body": {"Text": {"Data": "It is there."}}}
                boto3.client("sesv2").send_email(
                    FromEmailAddress=os.environ["MAIL_FROM"],
                    Destination={"ToAddresses": ["bob@example.com"]},
                    Content={"Simple": told},
                )


@app.on_sqs_message(queue="unsealed-spill", batch_size=10)
def replay(event):
    """Each message is noted."""
    for record in event:
        note("replayed", record.body)


@app.schedule("rate(1 minute)")
def due(event):
    """Each time is noted."""
    note("due", event.to_dict()["time"])


@app.on_sns_message(topic="unsealed-inbound")
def receive(event):
    """Each mail that came in is noted."""
    note("mail", json.loads(event.message)["mail"]["messageId"])
