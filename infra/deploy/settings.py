"""What the owner says of a stage, in .chalice/config.json: read and checked before anything is made."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from chalicelib.work.tracking import settings as verdicts
from infra.deploy.errors import CannotDeploy

STAGE = re.compile(r"[a-z][a-z0-9]{0,15}")
_ADDRESS = re.compile(r"[^@\s]+@((?:[a-z0-9-]+\.)+[a-z]{2,})")
_ALLOWED = re.compile(r"(?:[^@\s,]+@)?(?:[a-z0-9-]+\.)+[a-z]{2,}")
_APPLICATION = re.compile(r"arn:[a-z-]+:sns:[a-z0-9-]+:\d{12}:app/(APNS|APNS_SANDBOX|GCM)/\S+")
APPLICATIONS = ("APNS_APPLICATION_ARN", "FCM_APPLICATION_ARN")
_VALUES = {
    "RETENTION_DAYS": (re.compile(r"[1-9][0-9]{0,8}"), "a number of days"),
    "CALLS_A_MINUTE": (re.compile(r"[1-9][0-9]{0,8}"), "a number of calls"),
    "CONSENT_POLICY": (re.compile(r"full|links|nothing"), "“full”, “links” or “nothing”"),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one stage. `domain` is that of MAIL_FROM; `public_url` is empty where the API's own is to be used."""

    stage: str
    config: Mapping[str, Any]
    environment: Mapping[str, str]
    domain: str
    public_url: str
    custom_domain: str
    alarm_email: str

    @property
    def stack(self) -> str:
        """The name of the stage's stack."""
        return f"unsealed-{self.stage}"

    @property
    def names(self) -> dict[str, str]:
        """What policies may name of the settings: the push applications and their endpoints, empty where there are none."""
        apns, fcm = (self.environment.get(name, "") for name in APPLICATIONS)
        endpoints = {"ApnsEndpoints": apns, "FcmEndpoints": fcm}
        return dict(zip(APPLICATIONS, (apns, fcm), strict=True)) | {
            name: f"{arn.replace(':app/', ':endpoint/', 1)}/*" if arn else "" for name, arn in endpoints.items()
        }


def read(file: Path, stage: str) -> Settings:
    """The settings of a stage. Raises CannotDeploy, saying what is missing or wrong, and where."""
    if not STAGE.fullmatch(stage):
        raise CannotDeploy(f"A stage is a short word of small letters and digits, which “{stage}” is not.")
    config = json.loads(file.read_text())
    block = config["stages"].get(stage)
    if block is None:
        names = ", ".join(config["stages"])
        raise CannotDeploy(f"{file} knows no stage {stage}, only {names}: add a block for it to `stages`.")
    environment = {name: value for name, value in block.get("environment_variables", {}).items() if value}
    where = f"Set it in {file}, stages.{stage}.environment_variables"
    address = _ADDRESS.fullmatch(environment.get("MAIL_FROM", ""))
    if address is None:
        raise CannotDeploy(
            f"MAIL_FROM is no address: it says who writes the notifications, at a domain of yours that is for Unsealed "
            f"alone, as in unsealed@track.example.com. {where}."
        )
    for name in APPLICATIONS:
        if environment.get(name) and not _APPLICATION.fullmatch(environment[name]):
            raise CannotDeploy(f"{name} is not the ARN of a platform application of SNS. {where}, or leave it empty.")
    for name, (form, what) in _VALUES.items():
        if name in environment and not form.fullmatch(environment[name]):
            raise CannotDeploy(f"{name} is {what}, which “{environment[name]}” is not. {where}, or leave it empty.")
    try:
        verdicts.read(environment.get("VERDICT_SETTINGS", ""))
    except verdicts.UnknownSetting as wrong:
        raise CannotDeploy(f"{wrong}. {where}, or leave it empty.") from wrong
    for named in filter(None, map(str.strip, environment.get("ALLOWED_SENDERS", "").lower().split(","))):
        if not _ALLOWED.fullmatch(named):
            raise CannotDeploy(
                f"ALLOWED_SENDERS: “{named}” is neither an address nor a domain, as in example.com,ann@home.example. {where}."
            )
    custom = block.get("api_gateway_custom_domain", {}).get("domain_name", "")
    return Settings(
        stage=stage,
        config=config,
        environment=environment,
        domain=address[1],
        public_url=_public_url(environment.get("PUBLIC_URL", ""), custom, where),
        custom_domain=custom,
        alarm_email=block.get("alarm_email", ""),
    )


def _public_url(given: str, custom: str, where: str) -> str:
    if given:
        url = urlsplit(given)
        if url.scheme != "https" or not url.netloc or url.query or url.fragment:
            raise CannotDeploy(f"PUBLIC_URL is no https address. {where}, or leave it empty.")
        if custom and (url.netloc != custom or url.path.strip("/")):
            raise CannotDeploy(f"PUBLIC_URL is not https://{custom}, the custom domain. {where}, or leave it empty.")
    return given or (f"https://{custom}" if custom else "")
