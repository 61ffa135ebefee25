"""The embedded AWS and what our process knows at one moment, to compare with another and to go back to.

    here = Snapshot.of(embedded)          # where nothing is under way: the stream is followed, no function runs
    ...
    here.restore(embedded)                # from here on all goes as it went
    assert Snapshot.of(embedded) == here

A snapshot leaves out what no function of ours can see: the stream that was followed, and the tokens of requests, which are
drawn anew for each. Items are there as they are, with all that says how often or when they were written.
"""

import copy
import re
import sys
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from moto.s3.models import s3_backends
from moto.ses.models import ses_backends
from moto.sns.models import sns_backends
from moto.sqs.models import sqs_backends

from chalicelib.store.accounts import api_tokens
from tests.aws.aws import ACCOUNT
from tests.aws.resources import INBOUND_BUCKET, REGION
from tests.embedded import Embedded, the_table

_BOUNDARY = re.compile(r"=_[0-9a-f]{24}")  # what stands between the parts of a mail is drawn anew for each


@dataclass(frozen=True)
class Snapshot:
    """What is compared is what functions of ours can see; the rest is only put back."""

    items: Any
    outbox: Any
    pushes: Any
    endpoints: dict[str, Any]
    queued: dict[str, Any]
    mails: dict[str, bytes]
    memory: dict[str, str]
    put_back: dict[str, Any] = field(compare=False, repr=False)

    @classmethod
    def of(cls, aws: Embedded) -> "Snapshot":
        """As it is now."""
        table, push = the_table(), sns_backends[ACCOUNT][REGION]
        shard = table.stream_shard
        queues = sqs_backends[ACCOUNT][REGION].queues
        waiting = {name: [copy.copy(each) for each in queue._messages] for name, queue in queues.items()}
        put_back = {
            "items": [copy.deepcopy(item) for item in table.all_items()],
            "stream": (shard.starting_sequence_number, list(shard.items), aws.passed),
            "sent": list(ses_backends[ACCOUNT][REGION].sent_messages),
            "pushed": {arn: list(each.__dict__.get("pushes", ())) for arn, each in push.applications.items()},
            "endpoints": dict(push.platform_endpoints),
            "waiting": waiting,
            "latest": dict(api_tokens._latest),
        }
        return cls(
            items=aws.items(),
            outbox=[{**mail, "raw": _BOUNDARY.sub("", mail.get("raw", ""))} for mail in aws.outbox()],
            pushes=aws.pushes(),
            endpoints={arn: dict(each.attributes) for arn, each in push.platform_endpoints.items()},
            queued={name: [each.original_body for each in messages] for name, messages in waiting.items()},
            mails=_mails(),
            memory=_memory(),
            put_back=put_back,
        )

    def restore(self, aws: Embedded) -> None:
        """Let everything be as it was, but the time."""
        aws.reset()
        table, push = the_table(), sns_backends[ACCOUNT][REGION]
        for item in self.put_back["items"]:
            table.items[item.hash_key][item.range_key] = copy.deepcopy(item)
        number, records, aws.passed = self.put_back["stream"]
        table.stream_shard.starting_sequence_number, table.stream_shard.items = number, list(records)
        ses_backends[ACCOUNT][REGION].sent_messages.extend(self.put_back["sent"])
        for arn, pushes in self.put_back["pushed"].items():
            push.applications[arn].pushes = list(pushes)
        for arn, endpoint in self.put_back["endpoints"].items():
            push.platform_endpoints[arn] = endpoint
            endpoint.attributes = dict(self.endpoints[arn])
        for name, messages in self.put_back["waiting"].items():
            sqs_backends[ACCOUNT][REGION].queues[name]._messages.extend(map(copy.copy, messages))
        api_tokens._latest.update(self.put_back["latest"])
        now = _mails()
        for name in now.keys() - self.mails.keys():
            aws.client("s3").delete_object(Bucket=INBOUND_BUCKET, Key=name)
        for name in self.mails.keys() - now.keys():
            aws.keep_mail(name, self.mails[name])


def _mails() -> dict[str, bytes]:
    bucket = s3_backends[ACCOUNT]["aws"].buckets[INBOUND_BUCKET]
    return {name: kept.value for name, kept in bucket.keys.items()}


def _memory() -> dict[str, str]:
    """What our modules keep from one call to the next, so far as it is no constant and no client."""
    return {
        f"{module}.{name}": repr(value)
        for module, loaded in list(sys.modules.items())
        if module.startswith("chalicelib.")
        for name, value in list(vars(loaded).items())
        if type(value) in (dict, list, set, deque) and name.islower() and not name.startswith("__")
    }
