"""What SES tells, read: the forms of its documentation, and nothing that only looks like them."""

import json
from contextlib import suppress
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.incoming.sorting import Envelope, Verdicts
from chalicelib.work.mail import ses
from infra.local import ses_receipts
from tests.aws.resources import INBOUND_BUCKET
from tests.makers import SENT

SAID = ses_receipts.receipt(
    "a1", "<>", ["r+x@t.example", "r+x@t.example"], SENT, {"dmarc": "FAIL", "dmarcPolicy": "REJECT"}
)

anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def test_a_receipt_names_the_mail_its_envelope_and_the_verdicts():
    found = ses.receipt(SAID, INBOUND_BUCKET)
    assert found.envelope == Envelope("a1", "", ("r+x@t.example",))
    assert found.verdicts == Verdicts("PASS", "PASS", "PASS", "PASS", "FAIL", "reject")
    assert (found.key, found.at) == ("mail/a1", SENT)


def test_a_receipt_for_another_bucket_is_not_ours():
    with pytest.raises(ses.NotOurs, match="another bucket"):
        ses.receipt(SAID, "somebody-elses")


def test_a_topic_of_another_name_is_not_ours():
    (record,) = ses_receipts.event("inbound", SAID, SENT)["Records"]
    assert ses.message_of(record, "unsealed-inbound") == SAID == ses.message_of(record, "")
    with pytest.raises(ses.NotOurs, match="another topic"):
        ses.message_of(record, "unsealed-feedback")


@pytest.mark.parametrize("message", ["", "no JSON", "[]", "1", "[" * 100_000])
def test_a_message_of_another_form_is_not_ours(message):
    with pytest.raises(ses.NotOurs):
        ses.message_of({"Sns": {"TopicArn": "arn:aws:sns:us-east-1:1:t", "Message": message}}, "t")


@given(
    st.sampled_from(["receipt", "mail", "notificationType", "receipt.action", "receipt.recipients", "mail.timestamp"]),
    anything,
)
def test_whatever_stands_in_a_place_it_is_read_or_refused_by_name(place, value):
    said = deepcopy(SAID)
    *way, last = place.split(".")
    inner = said[way[0]] if way else said
    inner[last] = value
    with suppress(ses.NotOurs):
        ses.receipt(json.loads(json.dumps(said)), INBOUND_BUCKET)
