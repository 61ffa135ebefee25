"""What a folder gives back after a kill: everything that was answered, under the same names and numbers."""

import json

import pytest
from moto.core.base_backend import BackendDict

from infra.local import resources, snapshot
from infra.local.folder import Folder
from infra.local.journal import CannotStart
from infra.local.keeping import Keeper
from infra.local.resources import MAIL_FROM, REGION, TABLE
from infra.settings import WrongSetting
from tests.embedded import the_table


class Life:
    """Lives of a local AWS on one folder. A life ends as by a kill: nothing is said to the keeper."""

    def __init__(self, embedded, path) -> None:
        self.embedded = embedded
        self.path = path
        self.folder = None

    def begin(self):
        self.folder = Folder(self.path)
        BackendDict.reset()
        self.keeper = Keeper(self.folder, self.embedded.aws)
        self.made = resources.make(self.embedded.aws.url)

    def end(self):
        self.embedded.aws.record = None
        self.folder.close()

    def everything(self):
        """All that can be asked."""
        at = self.embedded.client
        queue, phones = self.made.queue_url, {"PlatformApplicationArn": self.made.apns_arn}
        return {
            "items": self.embedded.items(),
            "stream": self.made.stream_arn,
            "records": [record.to_json() for record in the_table().stream_shard.items],
            "mails": self.embedded.outbox(),
            "pushes": self.embedded.pushes(),
            "endpoints": at("sns").list_endpoints_by_platform_application(**phones)["Endpoints"],
            "messages": [message.body for message in self.queue()],
            "queue": queue.rpartition("/")[2],
            "object": at("s3").get_object(Bucket="mail", Key="a/b c")["Body"].read(),
        }

    def queue(self):
        from moto.sqs.models import sqs_backends

        return next(iter(sqs_backends["123456789012"][REGION].queues.values()))._messages


@pytest.fixture
def life(embedded, tmp_path):
    before = snapshot.save()
    lives = Life(embedded, tmp_path / "data")
    lives.begin()
    yield lives
    lives.end()
    BackendDict.reset()
    snapshot.load(before)


def live(life):
    """A bit of everything that changes AWS."""
    at, database = life.embedded.client, life.embedded.client("dynamodb")
    for number in range(5):
        where = {"pk": {"S": "p"}, "sk": {"S": f"é{number}"}}
        database.put_item(
            TableName=TABLE, Item={**where, "b": {"B": b"\x00\xff"}, "n": {"N": "1.50"}, "s": {"SS": ["x", "y"]}}
        )
        database.update_item(
            TableName=TABLE, Key=where, UpdateExpression="ADD n :n", ExpressionAttributeValues={":n": {"N": "1"}}
        )
    gone = {"pk": {"S": "p"}, "sk": {"S": "é4"}}
    database.transact_write_items(TransactItems=[{"Delete": {"TableName": TABLE, "Key": gone}}])
    database.put_item(TableName=TABLE, Item={**gone, "expires": {"N": "1"}})
    life.embedded.sweep()
    content = {"Simple": {"Subject": {"Data": "s"}, "Body": {"Text": {"Data": "t"}}}}
    at("sesv2").send_email(
        FromEmailAddress=MAIL_FROM, Destination={"ToAddresses": ["bob@example.com"]}, Content=content
    )
    phone = at("sns").create_platform_endpoint(PlatformApplicationArn=life.made.apns_arn, Token="t")["EndpointArn"]
    at("sns").publish(TargetArn=phone, Message=json.dumps({"default": "x"}), MessageStructure="json")
    for body in ("first", "second"):
        at("sqs").send_message(QueueUrl=life.made.queue_url, MessageBody=body)
    (first,) = at("sqs").receive_message(QueueUrl=life.made.queue_url, MaxNumberOfMessages=1)["Messages"]
    at("sqs").delete_message(QueueUrl=life.made.queue_url, ReceiptHandle=first["ReceiptHandle"])
    at("s3").create_bucket(Bucket="mail")
    at("s3").put_object(Bucket="mail", Key="a/b c", Body=b"\x00\xffraw", Metadata={"who": "me"})


def test_after_a_kill_all_is_there_from_the_journal_alone(life):
    live(life)
    before = life.everything()
    life.end()
    life.begin()
    assert life.everything() == before
    assert [message.body for message in life.queue()] == ["second"]


def test_after_a_kill_all_is_there_from_a_snapshot_and_what_came_after_it(life):
    live(life)
    life.keeper.snapshot()
    assert (life.path / "journal").stat().st_size == 0
    life.embedded.client("dynamodb").put_item(TableName=TABLE, Item={"pk": {"S": "late"}, "sk": {"S": "x"}})
    before = life.everything()
    life.end()
    life.begin()
    assert life.everything() == before


def test_a_kill_between_the_snapshot_and_the_new_journal_does_nothing_twice(life):
    live(life)
    journal = (life.path / "journal").read_bytes()
    life.keeper.snapshot()
    (life.path / "journal").write_bytes(journal)
    before = life.everything()
    life.end()
    life.begin()
    assert life.everything() == before


def test_the_numbers_of_the_stream_go_on_after_a_restart(life):
    live(life)
    numbers = [int(record.to_json()["dynamodb"]["SequenceNumber"]) for record in the_table().stream_shard.items]
    life.embedded.aws.trim(REGION, TABLE, str(numbers[-1]))
    life.keeper.snapshot()
    life.end()
    life.begin()
    life.embedded.client("dynamodb").put_item(TableName=TABLE, Item={"pk": {"S": "late"}, "sk": {"S": "x"}})
    (record,) = the_table().stream_shard.items
    assert int(record.to_json()["dynamodb"]["SequenceNumber"]) == numbers[-1] + 1


def test_what_only_reads_or_fails_is_not_in_the_journal(life):
    size = (life.path / "journal").stat().st_size
    database = life.embedded.client("dynamodb")
    database.get_item(TableName=TABLE, Key={"pk": {"S": "p"}, "sk": {"S": "x"}})
    database.scan(TableName=TABLE)
    life.embedded.client("sqs").receive_message(QueueUrl=life.made.queue_url)
    life.embedded.client("sesv2").list_email_identities()
    life.embedded.sweep()
    with pytest.raises(database.exceptions.ConditionalCheckFailedException):
        database.delete_item(
            TableName=TABLE, Key={"pk": {"S": "p"}, "sk": {"S": "x"}}, ConditionExpression="attribute_exists(pk)"
        )
    assert (life.path / "journal").stat().st_size == size


def test_a_folder_is_one_systems_at_a_time(life, tmp_path):
    with pytest.raises(CannotStart, match=r"in use by another local system \(process \d+\).*DATA_DIR"):
        Folder(life.path)
    Folder(tmp_path / "other").close()
    life.end()
    life.begin()


def test_what_another_moto_wrote_is_refused_with_what_to_do(tmp_path):
    Folder(tmp_path).close()
    (tmp_path / "moto-version").write_text("5.0.1")
    with pytest.raises(CannotStart, match=r"written with moto 5\.0\.1.*pip install moto==5\.0\.1.*another DATA_DIR"):
        Folder(tmp_path)


def test_where_nothing_can_be_written_is_no_data_dir(tmp_path):
    (tmp_path / "file").touch()
    for path in (tmp_path / "file", tmp_path / "file" / "data"):
        with pytest.raises(WrongSetting, match=r"is no folder to write in \(.+\): choose another DATA_DIR\."):
            Folder(path)


def test_secrets_are_made_once_and_are_the_owners_alone(tmp_path):
    folder = Folder(tmp_path)
    assert folder.secret("token", lambda: "drawn") == "drawn"
    assert folder.secret("token", lambda: "drawn again") == "drawn"
    assert (tmp_path / "token").stat().st_mode & 0o777 == 0o600
    folder.close()


def test_the_clock_is_where_it_was_after_a_restart(tmp_path):
    folder = Folder(tmp_path)
    folder.clock().advance(3600)
    assert 3600 <= folder.clock().offset <= 3601
    with pytest.raises(ValueError, match="forward"):
        folder.clock().advance(-1)
    folder.close()
