"""The records of a DynamoDB stream, read by boto3 and shaped as Lambda hands them over."""

from collections.abc import Mapping
from typing import Any

Record = Mapping[str, Any]


def event(records: list[Record], arn: str) -> dict[str, Any]:
    """The event that Lambda makes of a stream's records as boto3 reads them."""
    return {"Records": [_record(record, arn) for record in records]}


def _record(record: Record, arn: str) -> dict[str, Any]:
    at = record["dynamodb"]["ApproximateCreationDateTime"]
    made = {
        "eventID": record["eventID"],
        "eventName": record["eventName"],
        "eventVersion": record["eventVersion"],
        "eventSource": record["eventSource"],
        "awsRegion": arn.split(":")[3],
        "dynamodb": {**record["dynamodb"], "ApproximateCreationDateTime": int(at.timestamp())},
        "eventSourceARN": arn,
    }
    by = record.get("userIdentity")
    if by is not None:
        made["userIdentity"] = {"principalId": by["PrincipalId"], "type": by["Type"]}
    return made


_shards: dict[str, str] = {}  # a stream's one shard, which stays as long as it does


class Reader:
    """The records of a stream after a place in it, in order. Remembers where it is."""

    def __init__(self, streams: Any, arn: str, after: str | None) -> None:
        self._streams = streams
        self._arn = arn
        if arn not in _shards:
            _shards[arn] = streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"][0]["ShardId"]
        where = {"ShardIteratorType": "TRIM_HORIZON"}
        if after is not None:
            where = {"ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "SequenceNumber": after}
        self._next = streams.get_shard_iterator(StreamArn=arn, ShardId=_shards[arn], **where)["ShardIterator"]

    def read(self, most: int) -> list[Record]:
        """The next records, up to `most`; none if there are none yet."""
        answer = self._streams.get_records(ShardIterator=self._next, Limit=most)
        self._next = answer["NextShardIterator"]
        return list(event(answer["Records"], self._arn)["Records"])
