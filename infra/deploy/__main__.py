"""`python -m infra.deploy COMMAND STAGE`: deploy, destroy, package, redrive, rotate, sender, unsuppress, move.

docs/deploying.md says what each does.
"""

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import boto3
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError, NoRegionError, ProfileNotFound

from infra.deploy import deploying, destroying, moving, redriving, runtimes, secret, senders, settings, template
from infra.deploy.errors import CannotDeploy


def main(arguments: list[str]) -> int:
    """Do it, and say in a sentence if it cannot be done. The exit status: 0 if all went well, else 1."""
    asked = _asked(arguments)
    folder = asked.build / asked.stage
    try:
        runtimes.check((sys.version_info.major, sys.version_info.minor), datetime.now(UTC).date())
        stage = settings.read(asked.config, asked.stage)
        if asked.command == "package":
            print(f"Template and zip are in {template.bundle(stage, folder)}.")
            return 0
        account = _account()
        print(f"{asked.command} of {stage.stack} in {account.session.region_name}, account {account.number}")
        if asked.command == "deploy":
            print(f"It is live: {deploying.deploy(stage, account, folder, print)}")
        elif asked.command == "redrive":
            print(f"Done again: {redriving.redrive(account.session, stage.stack, print)}.")
        elif asked.command == "sender":
            where = senders.add(account.session, stage.stage, asked.email, datetime.now(UTC).timestamp())
            print(f"{asked.email} has an account. They sign in by mail: POST {where}")
        elif asked.command == "unsuppress":
            senders.unsuppress(account.session, stage.stage, asked.email)
            print(f"SES brings mail to {asked.email} again.")
        elif asked.command == "move":
            both = (account.session, stage.stack, stage.stage, asked.data_dir)
            now = datetime.now(UTC).timestamp()
            counted = moving.to_machine(*both, now, print) if asked.back else moving.to_stage(*both, print)
            print(f"Moved: the machine has {counted.machine} items, the stage {counted.stage}.")
        elif asked.command == "rotate":
            secret.rotate(account.session, stage.stage)
            print("A new secret signs from the next deploy on; the old ones still verify.")
        else:
            _confirm(asked.yes, stage.stack)
            destroying.destroy(stage.stage, stage.custom_domain, account.session, folder, print)
            print("Nothing of it is left.")
    except CannotDeploy as error:
        print(error, file=sys.stderr)
    except (ClientError, BotoCoreError) as failure:
        print(f"AWS said no: {failure}. Mend that, and run it again: it goes on from there.", file=sys.stderr)
    else:
        return 0
    return 1


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m infra.deploy", description=__doc__)
    parser.add_argument(
        "command", choices=("deploy", "destroy", "package", "redrive", "rotate", "sender", "unsuppress", "move")
    )
    parser.add_argument("stage", help="a stage of the settings")
    parser.add_argument("--config", type=Path, default=Path(".chalice/config.json"), help="the owner's settings")
    parser.add_argument("--build", type=Path, default=Path("build"), help="where the project is laid out")
    parser.add_argument("--email", default="", help="sender, unsuppress: whose address")
    parser.add_argument("--data-dir", type=Path, default=Path("data/8000"), help="move: the machine's folder")
    parser.add_argument("--back", action="store_true", help="move: from the stage onto the machine")
    parser.add_argument("--yes", default="", help="the name of the stack, so that destroy does not ask for it")
    return parser.parse_args(arguments)


def _account() -> deploying.Account:
    """Whose keys these are. Raises CannotDeploy."""
    try:
        session = boto3.Session()
        region = session.region_name
        if region is None:
            raise NoRegionError
        os.environ["AWS_DEFAULT_REGION"] = region  # for Chalice
        caller = session.client("sts").get_caller_identity()
    except NoRegionError as failure:
        raise CannotDeploy("Say where to: set AWS_DEFAULT_REGION, or the region of your AWS profile.") from failure
    except (NoCredentialsError, ProfileNotFound) as failure:
        raise CannotDeploy(f"There are no AWS credentials ({failure}): `aws configure` stores them.") from failure
    except ClientError as failure:
        raise CannotDeploy(f"AWS does not take these credentials: {failure}. Sign in again, and deploy.") from failure
    return deploying.Account(session, caller["Arn"].split(":")[1], caller["Account"])


def _confirm(given: str, stack: str) -> None:
    """Raises CannotDeploy unless the owner means it."""
    if given or not sys.stdin.isatty():
        typed = given
    else:
        print(f"This deletes {stack} with all its data: messages, contacts, secrets. Links in mails go dead.")
        typed = input(f"Type {stack} to go on: ")
    if typed != stack:
        raise CannotDeploy(f"Nothing was deleted. To delete it without being asked, pass --yes {stack}.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
