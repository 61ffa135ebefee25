"""What the system of this machine is told of its place: where it is reached, and whether it is a demo."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from infra import process_settings
from infra.local.ses_receipts import BUCKET, PREFIX
from infra.process_settings import WrongSetting

SMTP_PORT = 2525
DEMO_DOMAIN = "localhost.example"
DEMO_MAIL_FROM = f"unsealed@{DEMO_DOMAIN}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a system lives. A `demo` is reached from this machine alone: its clock can be moved and its outbox looked into."""

    public_url: str
    demo: bool


def place(own_url: str) -> Place:
    """Where this system lives, by PUBLIC_URL; a demo where that leads to this machine itself, or is not set.

    Raises WrongSetting.
    """
    public_url = os.environ.get("PUBLIC_URL") or own_url
    if not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", public_url):
        raise WrongSetting(f"PUBLIC_URL is an address like https://t.example.com, which “{public_url}” is not.")
    demo = is_loopback(urlsplit(public_url).hostname or "")
    if not demo and not os.environ.get("MAIL_FROM"):
        raise WrongSetting("With a PUBLIC_URL, say which address mail is from: MAIL_FROM=unsealed@example.com.")
    if not re.fullmatch(r"[^\s@<>]+@[^\s@<>]+", mail_from := os.environ.get("MAIL_FROM") or DEMO_MAIL_FROM):
        raise WrongSetting(f"MAIL_FROM is an address like unsealed@example.com, which “{mail_from}” is not.")
    return Place(public_url, demo)


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def environment(here: Place, folder: Path, secrets: str, vapid_keys: str = "") -> Mapping[str, str]:
    """What app.py and chalicelib.config read there, beside what the owner set. `secrets` and `vapid_keys` are newest first,
    separated by commas. Raises WrongSetting.
    """
    told = {
        "DATA_DIR": str(folder.resolve()),
        "PUBLIC_URL": here.public_url,
        "SECRETS": secrets,
        "VAPID_KEYS": vapid_keys,
        "STREAM_ARN": "local",
        "INBOUND_BUCKET": BUCKET,
        "INBOUND_TOPIC": f"{PREFIX}inbound",
        "FEEDBACK_TOPIC": f"{PREFIX}feedback",
        "AWS_EC2_METADATA_DISABLED": "true",
        "POWERTOOLS_SERVICE_NAME": "unsealed",
        "POWERTOOLS_METRICS_NAMESPACE": "Unsealed",
        "POWERTOOLS_TRACE_DISABLED": "true",
        "POWERTOOLS_DEV": "false",
    }
    # Of a port that is still to be chosen (0) nothing can be said yet.
    if os.environ.get("SMTP_PORT") not in ("off", "0") and not os.environ.get("RELAY_ADDRESS"):
        name, port = (
            os.environ.get("RELAY_NAME") or ("localhost" if here.demo else ""),
            process_settings.port("SMTP_PORT", SMTP_PORT),
        )
        told["RELAY_ADDRESS"] = f"{name}:{port}" if name else ""
    if here.demo:
        told |= {
            "DEMO": "on",
            "MAIL_FROM": os.environ.get("MAIL_FROM") or DEMO_MAIL_FROM,
            "CALLS_A_MINUTE": os.environ.get("CALLS_A_MINUTE")
            or "100000",  # whoever tries it out by a script shall not wait
            "APNS_APPLICATION_ARN": "local/APNS",
            "FCM_APPLICATION_ARN": "local/GCM",
        }
    return told
