"""The table's stream, as rows written with what they tell of."""

import json
from typing import Any

from chalicelib.store.sqlite.database import Database

ARN = "arn:aws:dynamodb:local:000000000000:table/unsealed/stream/local"


def records(database: Database, most: int) -> list[dict[str, Any]]:
    """The oldest records that were not passed, as Lambda hands those of DynamoDB's stream over."""
    with database.reading() as connection:
        found = connection.execute(
            "SELECT number, at, pk, sk, item FROM changes ORDER BY number LIMIT ?", (most,)
        ).fetchall()
    return [
        {
            "eventID": f"{number:032x}",
            "eventName": "INSERT",
            "eventVersion": "1.1",
            "eventSource": "aws:dynamodb",
            "awsRegion": "local",
            "dynamodb": {
                "ApproximateCreationDateTime": int(at),
                "Keys": {"pk": {"S": pk}, "sk": {"S": sk}},
                "NewImage": json.loads(item),
                "SequenceNumber": str(number),
                "SizeBytes": len(item),
                "StreamViewType": "NEW_AND_OLD_IMAGES",
            },
            "eventSourceARN": ARN,
        }
        for number, at, pk, sk, item in found
    ]


def passed(database: Database, number: str) -> None:
    """Forget the records up to and with this sequence number: what they ask for is done."""
    with database.writing() as connection:
        connection.execute("DELETE FROM changes WHERE number <= ?", (int(number),))


def pending(database: Database) -> int:
    """How many records were not passed."""
    with database.reading() as connection:
        (number,) = connection.execute("SELECT count(*) FROM changes").fetchone()
    return int(number)
