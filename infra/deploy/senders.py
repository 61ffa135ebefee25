"""`make sender`: the owner opens an account for somebody whom no setting names. They sign in by mail like everybody."""

import os
from typing import Any

from chalicelib.domain.errors import BadInput
from chalicelib.work.accounts.registering import open_account
from infra.deploy.functions import full_name
from infra.deploy.refusal import CannotDeploy


def add(session: Any, stage: str, email: str, at: float) -> str:
    """Open an account for an address, if it has none; where its owner signs in. Raises CannotDeploy.

    The settings are those that the stage's functions have.
    """
    service = session.client("lambda")
    try:
        deployed = service.get_function_configuration(FunctionName=full_name(stage, "api_handler"))
    except service.exceptions.ResourceNotFoundException as failure:
        raise CannotDeploy(f"The stage {stage} is not deployed: `make deploy STAGE={stage}` does that.") from failure
    os.environ.update(deployed["Environment"]["Variables"])
    try:
        open_account(email, "", "UTC", at)
    except BadInput as error:
        raise CannotDeploy(f"{error.sentence} Say whose account it shall be: EMAIL=ann@example.com.") from error
    return f"{deployed['Environment']['Variables']['PUBLIC_URL']}/v1/sign-in"
