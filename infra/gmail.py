"""`make gmail HOST=t.example.com`: the deployment of the Gmail add-on as JSON, for Google's console or `gcloud`.

The console calls it *HTTP deployments* (Google Workspace Marketplace SDK);
`gcloud workspace-add-ons deployments create unsealed --deployment-file=FILE` takes it as well.
"""

import json
import re
import sys
from typing import Any

_SCOPES = (
    "https://www.googleapis.com/auth/gmail.addons.execute",
    "https://www.googleapis.com/auth/gmail.addons.current.action.compose",
    "https://www.googleapis.com/auth/gmail.addons.current.message.metadata",
    "https://www.googleapis.com/auth/gmail.addons.current.message.readonly",  # asked for when a card first needs it
    "https://www.googleapis.com/auth/userinfo.email",
    "https://www.googleapis.com/auth/script.locale",
)


_DRAFTS = "https://www.googleapis.com/auth/gmail.compose"  # restricted: to list and read drafts no smaller one will do


def deployment(host: str, drafts: bool = False) -> dict[str, Any]:
    """The deployment for a host, with a path perhaps (https://developers.google.com/workspace/add-ons/reference/rest/v1).

    With `drafts` users may let it track and send what they have written: GMAIL_DRAFTS is on there.
    """
    base = f"https://{host}"
    common = {
        "name": "Unsealed",
        "logoUrl": f"{base}/app/v/icon/icon-192.png",
        "layoutProperties": {"primaryColor": "#b42318"},
        "useLocaleFromApp": True,
        "openLinkUrlPrefixes": [f"{base}/"],
        "universalActions": [
            {"label": "Today", "openLink": f"{base}/app/today"},
            {"label": "Settings", "openLink": f"{base}/app/settings"},
        ],
        "homepageTrigger": {"runFunction": f"{base}/gmail/home", "enabled": True},
    }
    gmail = {
        "contextualTriggers": [{"unconditional": {}, "onTriggerFunction": f"{base}/gmail/open"}],
        "composeTrigger": {
            "actions": [{"label": "Unsealed", "runFunction": f"{base}/gmail/compose"}],
            "draftAccess": "METADATA",
        },
    }
    options = {"authorizationHeader": "SYSTEM_ID_TOKEN"}
    scopes = [*_SCOPES, *((_DRAFTS,) if drafts else ())]
    return {"oauthScopes": scopes, "addOns": {"common": common, "gmail": gmail, "httpOptions": options}}


def main(host: str, drafts: str = "") -> None:
    """Print it. A host that is none is told."""
    if not re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[A-Za-z0-9_-]+)?", host):
        sys.exit("Say where the system is: make gmail HOST=t.example.com (with /STAGE behind it, if it has no domain).")
    print(json.dumps(deployment(host, drafts == "on"), indent=2))


if __name__ == "__main__":
    main(*(sys.argv[1:3] or [""]))
