#!/usr/bin/env bash
# What: moto 5.2.5, SES by both of its APIs: a mail that names a configuration set which was never made.
# One would guess: it is refused: ConfigurationSetDoesNotExist (API reference 2010-12-01, SendEmail and SendRawEmail, errors),
#   NotFoundException by version 2. Of an address that is not verified, and of 51 recipients, moto does refuse.
# Seen: a message id, and the mail among those that were sent.
# Whom it hurts: who hears of bounces and complaints by a configuration set: a name with a slip in it passes all tests; on AWS
#   no mail goes out at all.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --no-compile --disable-pip-version-check \
  'moto[ses]==5.2.5' 'boto3==1.44.8'
cd "$folder"
AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x AWS_DEFAULT_REGION=us-east-1 "$folder/env/bin/python" - <<'PYTHON'
import os

import boto3
from moto import mock_aws

os.environ["AWS_ACCOUNT_ID_ENDPOINT_MODE"] = "disabled"
FROM, TO = "ann@sender.example", {"ToAddresses": ["bob@client.example"]}
BODY = {"Subject": {"Data": "Offer"}, "Body": {"Text": {"Data": "Dear Bob"}}}
RAW = b"From: ann@sender.example\r\nTo: bob@client.example\r\n\r\nDear Bob\r\n"
NOT_THERE = {"ConfigurationSetName": "never-made"}
with mock_aws():
    first, second = boto3.client("ses"), boto3.client("sesv2")
    first.verify_email_identity(EmailAddress=FROM)
    assert second.list_configuration_sets()["ConfigurationSets"] == []
    sent = [
        first.send_email(Source=FROM, Destination=TO, Message=BODY, **NOT_THERE),
        first.send_raw_email(Source=FROM, RawMessage={"Data": RAW}, **NOT_THERE),
        second.send_email(FromEmailAddress=FROM, Destination=TO, Content={"Simple": BODY}, **NOT_THERE),
    ]
    counted = first.get_send_quota()["SentLast24Hours"]
print([bool(each["MessageId"]) for each in sent], counted)
assert all(each["MessageId"] for each in sent) and counted == 3
print("As stated.")
PYTHON
