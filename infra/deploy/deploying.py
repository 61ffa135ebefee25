"""`make deploy`: four steps, each safe to repeat. What broke off goes on where it was when it is run again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.deploy import calling, deployment_zip, functions, policies, project, secret, ses, stack
from infra.deploy.deployed import Stock
from infra.deploy.settings import Settings

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Account:
    """Whose account it is, as ARNs name it. `session` is boto3's."""

    session: Any
    partition: str
    number: str


def deploy(settings: Settings, account: Account, folder: Path, tell: Tell) -> str:
    """Bring a stage to what the checkout and the settings say; the public URL. Raises CannotDeploy."""
    session = account.session
    tell("1/4 table, queues, mail, alarms")
    made = stack.Stack(session, settings.stack)
    ours = made.parameter("MakeIdentity") == "true" or not ses.knows(session, settings.domain)
    outputs = made.deploy(
        {
            "Stage": settings.stage,
            "Domain": settings.domain,
            "AlarmEmail": settings.alarm_email,
            "MakeIdentity": "true" if ours else "false",
            "ReceiptRuleSet": ses.rule_set(session),
        }
    )
    tell("2/4 settings and policies")
    names = _names(settings, account, outputs)
    extras = functions.extras(names)
    rendered = {name: policies.filled_in(policies.read(name), names) for name in policies.functions()}
    environment = {**settings.environment, **extras.environment, "SECRETS": secret.ensure(session, settings.stage)}
    environment["VAPID_KEYS"] = secret.ensure_vapid(session, settings.stage)
    named = [functions.full_name(settings.stage, name) for name in rendered]
    stock = Stock(session, settings.stage)
    url = settings.public_url or stock.url()
    project.lay_out(folder)
    project.configure(folder, settings, environment | {"PUBLIC_URL": url}, rendered)
    tell("3/4 functions")
    for line in stock.unhook(extras.sources):
        tell(line)
    stock.tell(folder, settings.custom_domain)
    shipped = deployment_zip.packed(folder, settings.stage)
    project.chalice(folder, "deploy", "--stage", settings.stage)
    if not url:  # the API has an address from now on
        url = stock.url()
        project.configure(folder, settings, environment | {"PUBLIC_URL": url}, rendered)
        _tell_address(session, named, url)
    tell("4/4 how they are called")
    deployment_zip.check_shipped(session, shipped, named)
    calling.apply(session, extras)
    for line in ses.left_to_do(session, settings, stock.alias(settings.custom_domain)):
        tell(line)
    if not settings.environment.get("ALLOWED_SENDERS"):
        tell(
            "ALLOWED_SENDERS names nobody: only those may sign in for whom you open an account, by "
            f"`make sender STAGE={settings.stage} EMAIL=...`."
        )
    tell(f"Sign in by mail, by POST {url}/v1/sign-in: docs/accounts.md.")
    return url


def _tell_address(session: Any, named: list[str], url: str) -> None:
    """Tell functions where the API is. Deploying once more would tell them too, and send the whole package for each."""
    service = session.client("lambda")
    for name in named:
        service.get_waiter("function_active_v2").wait(FunctionName=name)  # Lambda changes none that is still being made
        told = service.get_function_configuration(FunctionName=name)["Environment"]["Variables"] | {"PUBLIC_URL": url}
        service.update_function_configuration(FunctionName=name, Environment={"Variables": told})
    for name in named:
        service.get_waiter("function_updated_v2").wait(FunctionName=name)


def _names(settings: Settings, account: Account, outputs: Mapping[str, str]) -> dict[str, str]:
    """All that templates and policies may name."""
    return {
        **settings.names,
        **stack.names(outputs),
        "Stage": settings.stage,
        "Domain": settings.domain,
        "AWS::Partition": account.partition,
        "AWS::AccountId": account.number,
        "AWS::Region": account.session.region_name,
    }
