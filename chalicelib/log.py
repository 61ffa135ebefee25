"""The one logger, and the one way to count. powertools loads on the first line that is logged: a good open logs nothing.

Every line about a message holds its `message_id`, from the hit to the notification; one about an event its `event_id`,
which is made from the gateway's own name of the request. No address, no IP address and no user agent ever goes into a line.
"""

import json
import sys
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aws_lambda_powertools import Logger

_encode = json.JSONEncoder(separators=(",", ":")).encode  # json.dumps would make an encoder for each line


@cache
def logger() -> "Logger":
    """The structured logger of this process."""
    from aws_lambda_powertools import Logger

    return Logger(service="unsealed")


def count(stage: str, name: str, value: float, at: float, by: str = "", **about: str) -> None:
    """Count something for CloudWatch, at a time in unix seconds: one printed line, which costs no call and no import.

    `by` is `dimension=word` where figures are kept apart by a word of a closed list; `about` are ids for whoever reads the
    log, no dimensions. Without a stage, as on one machine, nothing is counted.
    https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
    """
    if not stage:
        return
    dimension, _, word = by.partition("=")
    kept = {"stage": stage, dimension: word} if dimension else {"stage": stage}
    unit = "Seconds" if name.endswith("Seconds") else "Count"
    metric = {"Namespace": "Unsealed", "Dimensions": [[*kept]], "Metrics": [{"Name": name, "Unit": unit}]}
    entry = {"_aws": {"Timestamp": int(at * 1000), "CloudWatchMetrics": [metric]}, name: value}
    # A line of its own is the format, and one write: print would make two of it, and Lambda hands on each.
    sys.stdout.write(_encode(entry | kept | about) + "\n")
