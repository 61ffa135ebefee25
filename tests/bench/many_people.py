"""What a mail to many people takes: `python -m tests.bench.many_people [--beside FOLDER] [--rounds 5]`. The last line is JSON.

A newsletter of 59 kB with 89 links goes to 40 people, to 50 and to one, by POST /v1/messages. The CPU seconds are those of
the function alone: the table is a process of its own that answers what a new sender's table would. Calls and request units
are counted on the embedded AWS. With `--beside`, another checkout of the project is measured in turn in the same run.
"""

import argparse
import json
import multiprocessing
import os
import statistics
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import Any

SIZE, LINKS = 59_000, 89
TIMES = 3
_WORDS = (
    "offer",
    "letter",
    "price",
    "window",
    "garden",
    "summer",
    "people",
    "market",
    "paper",
    "street",
    "water",
    "number",
)


def newsletter() -> str:
    """A newsletter as its editors' programs make them: tables, styles, and links that say where they stood."""
    draw = Random(89)
    rows = []
    for number in range(LINKS):
        words = [draw.choice(_WORDS) for _ in range(4)]
        url = f"https://www.example.com/articles/{'-'.join(words)}-{number}?utm_source=letter&amp;utm_content={draw.getrandbits(32):08x}"
        text = " ".join(draw.choice(_WORDS) for _ in range(55))
        rows.append(
            '<tr><td style="padding:8px 0;font-family:Arial,sans-serif;font-size:15px;color:#222222">'
            f'<a href="{url}" style="color:#1155cc;text-decoration:none">{" ".join(words)}</a><br>{text}</td></tr>'
        )
    body = "\n".join(rows)
    page = f'<html><body><table width="600" cellpadding="0" cellspacing="0" align="center">\n{body}\n</table></body></html>'
    return page.replace("<table", f"<!-- {'-' * max(SIZE - len(page) - 10, 0)} -->\n<table", 1)


def mail_to(people: int) -> bytes:
    """The request's body."""
    recipients = [f"reader{number}@example{number % 7}.org" for number in range(people)]
    return json.dumps({"subject": "News of June", "recipients": recipients, "html": newsletter()}).encode()


class Table(BaseHTTPRequestHandler):
    """A table in which there is a token, and nothing else yet."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def do_POST(self) -> None:
        """Answer as DynamoDB does."""
        from tests.makers import SENT

        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        said: dict[str, Any] = {"Items": [], "Count": 0, "ScannedCount": 0, "Responses": {}, "UnprocessedKeys": {}}
        if body.get("Key", {}).get("sk", {}).get("S") == "token" or "UpdateExpression" in body:
            scopes = {"L": [{"S": each} for each in ("read", "send", "admin")]}
            token = {
                "pk": {"S": "t#x"}, "sk": {"S": "token"}, "sender": {"S": "5e7de75e7de75e7d"}, "id": {"S": "x"},
                "name": {"S": "x"}, "scopes": scopes, "session": {"BOOL": False}, "created_at": {"N": str(SENT)},
                "used_at": {"N": str(SENT)}, "used": {"N": "1"},
            }  # fmt: skip
            said = {"Item": token, "Attributes": token}
        elif "Key" in body or "Item" in body or "TransactItems" in body:
            said = {}
        answer = json.dumps(said).encode()
        self.send_response(200)
        self.send_header("content-type", "application/x-amz-json-1.0")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def cpu(people: int) -> dict[str, Any]:
    """Seconds of CPU that one such request takes in a warm function."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Table)
    table = multiprocessing.get_context("fork").Process(target=server.serve_forever, daemon=True)
    table.start()
    server.socket.close()
    where = f"http://127.0.0.1:{server.server_address[1]}"
    os.environ |= {"TABLE_NAME": "unsealed", "SECRETS": "a secret", "PUBLIC_URL": "https://t.example.com"}
    os.environ |= {"MAIL_FROM": "unsealed@example.com", "AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1"}
    os.environ |= {"AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local", "AWS_ENDPOINT_URL_DYNAMODB": where}
    import app
    from infra.local import gateway
    from infra.local.functions import Context
    from tests.makers import HOME, SENT

    body = mail_to(people)
    headers = [("Authorization", "Bearer x"), ("Content-Type", "application/json"), ("Host", "t.example.com")]
    took = []
    for number in range(TIMES + 1):
        event = gateway.event("POST", "/v1/messages", headers, body, SENT, f"request {number}", HOME, app.app.routes)
        began = time.process_time()
        answer = app.app(event, Context("api_handler"))
        took.append(time.process_time() - began)
        if answer["statusCode"] != 201:
            return {"status": answer["statusCode"]}
    table.terminate()
    return {"status": 201, "cpu": min(took[1:])}


def counted(people: int) -> dict[str, Any]:
    """What such a request asks of AWS once the sender is known."""
    from tests.counting import counting
    from tests.embedded import started
    from tests.system import System

    with started() as aws:
        aws.reset()
        system = System(aws)
        with counting(aws) as calls:
            answer = system.call("POST", "/v1/messages", mail_to(people))
        found = [call for call in calls if call.service == "dynamodb"]
        return {
            "status": answer.status,
            "calls": len(found),
            "writes": sum(call.write_units for call in found),
            "reads": sum(call.read_units for call in found),
            "copies": sum("html" in each for each in answer.json.get("recipients", ())),
            "bytes": len(answer.body),
            "each": [f"{call.operation} {call.write_units:g} {call.read_units:g}" for call in found],
        }


def main() -> None:
    """The command."""
    from tests.bench import beside

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--beside", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    figures: dict[str, Any] = {}
    for people in (1, 50):
        ((found),) = beside.in_turn(1, __file__, "count", str(people), other=asked.beside)
        for name, each in found.items():
            figures[f"{name}_{people}"] = each
            print(f"{name:6} {people:3} people: {each}")
    rounds = beside.in_turn(asked.rounds, __file__, "cpu", "40", other=asked.beside)
    for name in rounds[0]:
        figures[f"{name}_cpu_40"] = statistics.median(each[name]["cpu"] for each in rounds)
        print(f"{name:6}  40 people: {figures[f'{name}_cpu_40'] * 1000:.0f} ms of CPU")
    if asked.beside:
        ratios = [each["here"]["cpu"] / each["other"]["cpu"] for each in rounds]
        figures["cpu_ratio"] = round(statistics.median(ratios), 3)
    print(json.dumps(figures))


if __name__ == "__main__":
    if sys.argv[1:2] in (["cpu"], ["count"]):
        print(json.dumps({"cpu": cpu, "count": counted}[sys.argv[1]](int(sys.argv[2]))))
    else:
        main()
