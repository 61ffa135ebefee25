"""boto3's way to the AWS of the tests: no socket, whichever AWS of a process it is."""

import threading

import pytest

from chalicelib.store.dynamodb import sdk
from tests.aws import resources
from tests.embedded import started


@pytest.mark.parametrize("which", ["the first", "the next"])
def test_no_aws_of_a_process_is_asked_by_a_socket(which):
    with started() as aws:
        askers = []
        aws.aws.watchers.append(lambda call: askers.append(threading.current_thread()) or (lambda response: None))
        sdk.client().describe_table(TableName=resources.TABLE)
        resources.client("sqs", aws.aws.url).list_queues()
        assert askers == [threading.current_thread()] * 2, "what comes by a socket is answered by a thread of its own"
