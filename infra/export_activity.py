"""Writes the times at which a deployment's own contacts were active, for train_send_times.py to learn from.

    aws dynamodb export-table-to-point-in-time --table-arn ARN --s3-bucket BUCKET --export-format DYNAMODB_JSON
    aws s3 cp --recursive s3://BUCKET/AWSDynamoDB/EXPORT/data EXPORT
    python -m infra.export_activity EXPORT activity.csv.gz
    python -m infra.train_send_times activity.csv.gz

An export reads the table's backup and takes nothing of its capacity. It is read line by line, whatever its size
(https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html).

What is written names nobody: a person is a keyed hash, whose key is made for this run and kept nowhere, so that two files
cannot be laid beside each other; a time is a minute; the zone is its offset from UTC, empty where it is not known. Left
out is whatever was opened the moment it came, since that was the sender's hour and not the reader's, and whoever was
seen fewer than FEWEST times. At most the newest 32 messages to each contact are known at all. It is personal data all the
same, by the times alone: it is for the owner, and to be deleted when the table has been learnt.
"""

import argparse
import csv
import gzip
import json
import secrets
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

from chalicelib.domain.contacts import Contact
from chalicelib.domain.habits import zones
from chalicelib.domain.habits.evidence import weigh
from chalicelib.domain.habits.whereabouts import time_zone
from chalicelib.domain.summaries import moments_of
from chalicelib.store.contacts import contact_items
from chalicelib.store.dynamodb.values import from_wire

COLUMNS = ("repo", "split", "person", "unix", "utc_offset_min")
FEWEST = 3  # moments of a person: fewer show no week
Row = tuple[str, str, str, int, int | str]


def contacts(folder: Path) -> Iterator[tuple[str, Contact]]:
    """Senders and their contacts in an export: files of lines, each an item. Raises OSError or ValueError if it is none."""
    files = sorted([*folder.glob("*.json.gz"), *folder.glob("*.json")])
    if not files:
        raise FileNotFoundError(f"There are no files of an export in {folder}: *.json.gz")
    for file in files:
        with gzip.open(file, "rt") if file.suffix == ".gz" else file.open() as lines:
            for line in lines:
                item = json.loads(line)["Item"]
                if item["sk"]["S"].startswith("c#"):
                    yield item["pk"]["S"].removeprefix("s#"), contact_items.to_contact(from_wire(item))


def rows(known: Iterable[tuple[str, Contact]], key: bytes) -> Iterator[Row]:
    """A row for each moment at which a contact was active, in order of time; `repo` stands for the sender."""
    for sender, contact in known:
        zone, _ = time_zone(contact)
        moments = moments_of(contact)
        at = max((at for at, _ in moments), default=0.0)
        evidence = weigh(moments, [each.sent_at for each in contact.exchanges], zone, at)
        times = [when for (when, _), parts in zip(moments, evidence.parts, strict=True) if parts]
        if len(times) >= FEWEST:
            person = _pseudonym(f"{sender} {contact.email}", key)
            for when in times:
                offset = "" if zone is None else zones.offset(zone, when) // 60
                yield _pseudonym(sender, key), "", person, int(when // 60) * 60, offset


def _pseudonym(name: str, key: bytes) -> str:
    return blake2b(name.encode(), key=key, digest_size=8).hexdigest()


def main() -> None:
    """The command."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("export", type=Path, metavar="EXPORT")
    wanted.add_argument("activity", type=Path, metavar="ACTIVITY.csv.gz")
    asked = wanted.parse_args()
    people, written = set(), 0
    with gzip.open(asked.activity, "wt", newline="") as file:
        out = csv.writer(file)
        out.writerow(COLUMNS)
        for row in rows(contacts(asked.export), secrets.token_bytes(32)):
            out.writerow(row)
            people.add(row[2])
            written += 1
    print(f"{written} moments of {len(people)} people")


if __name__ == "__main__":
    main()
