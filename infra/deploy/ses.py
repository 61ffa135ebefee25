"""SES: what a stack cannot do of it, and what is left for the owner to do."""

from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from infra.deploy.errors import CannotDeploy
from infra.deploy.settings import Settings

RULE_SET = "unsealed"


def knows(session: Any, domain: str) -> bool:
    """Whether SES has the domain's identity already."""
    service = session.client("sesv2")
    try:
        service.get_email_identity(EmailIdentity=domain)
    except service.exceptions.NotFoundException:
        return False
    return True


def rule_set(session: Any) -> str:
    """The name of the account's active receipt rule set; one is made and made active if there is none.

    An account has one active set, shared by all that receive mail: ours is one rule in it, beside what others put there.
    Raises CannotDeploy where SES receives no mail.
    """
    service = session.client("ses")
    try:
        active: str = service.describe_active_receipt_rule_set().get("Metadata", {}).get("Name", "")
        if active:
            return active
        if RULE_SET not in {each["Name"] for each in service.list_receipt_rule_sets()["RuleSets"]}:
            service.create_receipt_rule_set(RuleSetName=RULE_SET)
        service.set_active_receipt_rule_set(RuleSetName=RULE_SET)
    except (ClientError, BotoCoreError) as failure:
        raise CannotDeploy(
            f"SES does not receive mail in {session.region_name} ({failure}). Choose a region where it does, as in "
            f"https://docs.aws.amazon.com/ses/latest/dg/regions.html , by AWS_DEFAULT_REGION."
        ) from failure
    return RULE_SET


def tidy(session: Any) -> None:
    """Take our own rule set away if no rule is left in it."""
    service = session.client("ses")
    if service.describe_active_receipt_rule_set().get("Metadata", {}).get("Name") != RULE_SET:
        return
    if not service.describe_receipt_rule_set(RuleSetName=RULE_SET).get("Rules"):
        service.set_active_receipt_rule_set()
        service.delete_receipt_rule_set(RuleSetName=RULE_SET)


def left_to_do(session: Any, settings: Settings, alias: str) -> list[str]:
    """What only the owner can do, in sentences; nothing if all is done. `alias` is what the custom domain points at."""
    service = session.client("sesv2")
    found = service.get_email_identity(EmailIdentity=settings.domain)
    told = []
    if not found["VerifiedForSendingStatus"]:
        tokens = found.get("DkimAttributes", {}).get("Tokens", ())
        records = [f"{token}._domainkey.{settings.domain} CNAME {token}.dkim.amazonses.com" for token in tokens]
        for name in (settings.domain, f"*.{settings.domain}"):
            records.append(f"{name} MX 10 inbound-smtp.{session.region_name}.amazonaws.com")
        # Nobody else sends from it, and SES signs all that we send: so what fails is forged.
        records.append(f'_dmarc.{settings.domain} TXT "v=DMARC1; p=reject"')
        told.append("Add these records to your DNS, so that SES may send and receive for the domain:")
        told += [f"    {record}" for record in records]
    if alias:
        told.append("Let the custom domain point at the API, by this record:")
        told.append(f"    {settings.custom_domain} CNAME {alias}")
    if not service.get_account().get("ProductionAccessEnabled"):
        told.append(
            "SES is still in its sandbox: it sends to verified addresses only. Ask for production access, in the SES "
            "console under Account dashboard, or verify the senders' addresses one by one."
        )
    return told
