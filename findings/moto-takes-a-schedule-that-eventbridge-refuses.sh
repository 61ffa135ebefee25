#!/usr/bin/env bash
# What: moto 5.2.5, EventBridge: rules by `rate(1 minutes)`, `rate(5 minute)`, `cron(0 9 * * * *)` and `cron(61 9 * * ? *)`; and
#   schedules of EventBridge Scheduler by any text at all.
# One would guess: a ValidationException each, as for `rate(1.5 hours)` or a plain sentence, which moto refuses in a rule. AWS
#   wants `minute` with 1 and `minutes` with more, a `?` for one of the two days, and minutes up to 59 (user guide, "Rate
#   expressions" and "Cron expressions").
# Seen: every one is taken.
# Whom it hurts: who tests a template or a setting of "how often" with moto: the deploy on AWS fails, or the daily mail never
#   comes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --no-compile --disable-pip-version-check \
  'moto[events,scheduler]==5.2.5' 'boto3==1.44.8'
cd "$folder"
AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x AWS_DEFAULT_REGION=us-east-1 "$folder/env/bin/python" - <<'PYTHON'
import os

import boto3
from botocore.exceptions import ClientError
from moto import mock_aws

os.environ["AWS_ACCOUNT_ID_ENDPOINT_MODE"] = "disabled"
WRONG = ["rate(1 minutes)", "rate(5 minute)", "cron(0 9 * * * *)", "cron(61 9 * * ? *)"]
ROLE = "arn:aws:iam::123456789012:role/runs"
TARGET = {"Arn": "arn:aws:lambda:us-east-1:123456789012:function:daily", "RoleArn": ROLE}
with mock_aws():
    events, scheduler = boto3.client("events"), boto3.client("scheduler")
    for each in WRONG:
        events.put_rule(Name="daily", ScheduleExpression=each)
        print("a rule takes", each)
    for each in ("rate(1.5 hours)", "every morning"):
        try:
            events.put_rule(Name="daily", ScheduleExpression=each)
            raise SystemExit(f"a rule takes {each}")
        except ClientError as refusal:
            assert refusal.response["Error"]["Code"] == "ValidationException"
    whenever = {"FlexibleTimeWindow": {"Mode": "OFF"}, "Target": TARGET}
    scheduler.create_schedule(Name="daily", ScheduleExpression="every morning", **whenever)
    print("a schedule takes “every morning”")
print("As stated.")
PYTHON
