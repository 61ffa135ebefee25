#!/usr/bin/env bash
# What: moto 5.2.5, SES v2: SendEmail with a text and an HTML body.
# One would guess: a test can read both in the message that moto kept, as it can by SES v1.
# Seen: the HTML alone is kept; the text is nowhere in it.
# Whom it hurts: whoever tests what readers of plain text get: it can be empty, wrong or in another language, and no
#   test sees it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --no-compile --disable-pip-version-check 'moto[ses]==5.2.5' 'boto3==1.44.8'
cd "$folder"
AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x AWS_DEFAULT_REGION=us-east-1 "$folder/env/bin/python" - <<'PYTHON'
import boto3
from moto import mock_aws
from moto.core import DEFAULT_ACCOUNT_ID
from moto.ses.models import ses_backends

with mock_aws():
    ses = boto3.client("sesv2")
    ses.create_email_identity(EmailIdentity="ann@sender.example")
    body = {"Text": {"Data": "the plain words"}, "Html": {"Data": "<p>the marked-up words</p>"}}
    ses.send_email(
        FromEmailAddress="ann@sender.example",
        Destination={"ToAddresses": ["bob@example.com"]},
        Content={"Simple": {"Subject": {"Data": "Offer"}, "Body": body}},
    )
    kept = vars(ses_backends[DEFAULT_ACCOUNT_ID]["us-east-1"].sent_messages[-1])
print(kept)
assert "the marked-up words" in str(kept)
assert "the plain words" not in str(kept)
print("As stated.")
PYTHON
