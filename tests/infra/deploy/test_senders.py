"""`make unsuppress`: the owner lets SES bring mail to an address again."""

from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.stub import Stubber

from chalicelib.domain.accounts import Address
from chalicelib.store.accounts import accounts
from chalicelib.work.accounts import owning
from infra.deploy import senders
from infra.deploy.errors import CannotDeploy
from tests.makers import SENT
from tests.system import System

ANN = "ann@sender.example"


class Session:
    """An account in which the stage is deployed. `held` is whether SES's suppression list holds the address."""

    def __init__(self, held: bool, email: str = ANN) -> None:
        made, aws = boto3.Session("x", "x", region_name="eu-central-1"), Config(ignore_configured_endpoint_urls=True)
        self._clients = {name: made.client(name, config=aws) for name in ("lambda", "sesv2")}
        stubs = {name: Stubber(each) for name, each in self._clients.items()}
        stubs["lambda"].add_response(
            "get_function_configuration", {"Environment": {"Variables": {}}}, {"FunctionName": "unsealed-prod"}
        )
        if held:
            stubs["sesv2"].add_response("delete_suppressed_destination", {}, {"EmailAddress": email})
        else:
            stubs["sesv2"].add_client_error("delete_suppressed_destination", "NotFoundException")
        for stub in stubs.values():
            stub.activate()

    def client(self, service: str) -> Any:
        return self._clients[service]


def test_an_address_is_taken_off_the_list_and_the_account_says_so(system: System):
    owning.stop(system.sender, ANN, "complaint", SENT)
    senders.unsuppress(Session(held=True), "prod", ANN)
    (own,) = accounts.addresses(system.sender)
    assert own == Address(ANN, own.verified_at)


def test_an_erased_contact_is_taken_off_the_list_as_well(system: System):
    bob = "bob@example.com"
    system.send(recipients=[bob])
    assert system.call("DELETE", f"/v1/contacts/{bob}").status == 202
    before = system.aws.items()
    senders.unsuppress(Session(held=True, email=bob), "prod", bob)
    assert system.aws.items() == before


def test_an_address_that_is_on_no_list_is_said_to_be_on_none(system: System):
    with pytest.raises(CannotDeploy, match="does not hold"):
        senders.unsuppress(Session(held=False), "prod", ANN)
