"""`make destroy`: all of a stage is taken away, the data too. Safe to repeat until nothing is left."""

import json
from pathlib import Path
from typing import Any

from infra.deploy import project, secret, ses
from infra.deploy.deployed import Stock
from infra.deploy.deploying import Tell
from infra.deploy.stack import Stack


def destroy(stage: str, custom_domain: str, session: Any, folder: Path, tell: Tell) -> None:
    """Take the functions away, then the stack with its data, then the secrets. Raises CannotDeploy."""
    tell("1/3 functions")
    stock = Stock(session, stage)
    groups = stock.log_groups()
    project.lay_out(folder)
    (folder / ".chalice" / "config.json").write_text(json.dumps({"app_name": "unsealed", "stages": {stage: {}}}))
    stock.tell(folder, custom_domain)
    project.chalice(folder, "delete", "--stage", stage)
    logs = session.client("logs")
    for group in groups:
        logs.delete_log_group(logGroupName=group)
    tell("2/3 table, queues, mail, alarms")
    stack = Stack(session, f"unsealed-{stage}")
    outputs = stack.outputs()
    if outputs:
        session.client("dynamodb").update_table(TableName=outputs["Table"], DeletionProtectionEnabled=False)
        _empty(session.client("s3"), outputs["InboundMail"])
    stack.destroy()
    ses.tidy(session)
    tell("3/3 secrets")
    secret.forget(session, stage)


def _empty(s3: Any, bucket: str) -> None:
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        doomed = [{"Key": found["Key"]} for found in page.get("Contents", ())]
        if doomed:
            s3.delete_objects(Bucket=bucket, Delete={"Objects": doomed, "Quiet": True})
