#!/usr/bin/env bash
# What: moto 5.2.5, SES v2: a raw mail whose body is Latin-1 in 8bit, as many clients send it (RFC 6152).
# One would guess: it is kept as the bytes that it is: the API's field is binary, and nothing asks for UTF-8.
# Seen: UnicodeDecodeError: the mail is decoded as UTF-8 as a whole.
# Whom it hurts: gateways and relays, which pass on what others wrote: their tests hold only mails in ASCII and UTF-8.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --no-compile --disable-pip-version-check 'moto[ses]==5.2.5' 'boto3==1.44.8'
cd "$folder"
AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x AWS_DEFAULT_REGION=us-east-1 "$folder/env/bin/python" - <<'PYTHON'
import boto3
from moto import mock_aws

RAW = (
    b"From: ann@sender.example\r\nTo: bob@example.com\r\nSubject: Offer\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\nCaf\xe9\r\n"
)

with mock_aws():
    ses = boto3.client("sesv2")
    ses.create_email_identity(EmailIdentity="ann@sender.example")
    try:
        ses.send_email(FromEmailAddress="ann@sender.example", Content={"Raw": {"Data": RAW}})
    except UnicodeDecodeError as raised:
        print(raised)
    else:
        raise SystemExit("It was not raised.")
print("As stated.")
PYTHON
