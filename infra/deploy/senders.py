"""`make sender`: the owner opens an account for somebody whom no setting names. They sign in by mail like everybody."""

import os
from typing import Any

from chalicelib.domain.errors import BadInput
from chalicelib.work.accounts import owning
from chalicelib.work.accounts.registering import open_account
from infra.deploy.errors import CannotDeploy
from infra.deploy.functions import full_name


def unsuppress(session: Any, stage: str, email: str) -> None:
    """Let SES bring mail to an address again, and note that it does where it is a sender's. Raises CannotDeploy."""
    settings = _settings(session, stage)
    service = session.client("sesv2")
    try:
        service.delete_suppressed_destination(EmailAddress=email)
    except service.exceptions.NotFoundException as failure:
        raise CannotDeploy(
            f"SES's suppression list does not hold {email}: what keeps mail from it is elsewhere."
        ) from failure
    os.environ.update(settings)
    owning.go_on(email.strip().lower())


def add(session: Any, stage: str, email: str, at: float) -> str:
    """Open an account for an address, if it has none; where its owner signs in. Raises CannotDeploy.

    The settings are those that the stage's functions have.
    """
    settings = _settings(session, stage)
    os.environ.update(settings)
    try:
        open_account(email, "", "UTC", at)
    except BadInput as error:
        raise CannotDeploy(f"{error.sentence} Say whose account it shall be: EMAIL=ann@example.com.") from error
    return f"{settings['PUBLIC_URL']}/v1/sign-in"


def _settings(session: Any, stage: str) -> dict[str, str]:
    """The environment of the stage's functions. Raises CannotDeploy."""
    service = session.client("lambda")
    try:
        deployed = service.get_function_configuration(FunctionName=full_name(stage, "api_handler"))
    except service.exceptions.ResourceNotFoundException as failure:
        raise CannotDeploy(f"The stage {stage} is not deployed: `make deploy STAGE={stage}` does that.") from failure
    variables: dict[str, str] = deployed["Environment"]["Variables"]
    return variables
