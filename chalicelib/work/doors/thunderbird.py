"""The add-on for Thunderbird, as this deployment hands it out: its own address stands in it, and where updates come from.

https://webextension-api.thunderbird.net/en/mv3/guides/manifest.html and
https://extensionworkshop.com/documentation/manage/updating-your-extension/
"""

import json
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from chalicelib.config import config

FOLDER = Path(__file__).parents[2] / "web"
_SOURCES = FOLDER / "thunderbird"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same files make the same archive


class AddOn(NamedTuple):
    """An add-on: its manifest, and the archive that Thunderbird installs."""

    manifest: dict[str, Any]
    archive: bytes


def archive() -> bytes:
    """The archive of this deployment's add-on."""
    return add_on(config().public_url).archive


def updates() -> dict[str, Any]:
    """Which version of it there is by now, and where."""
    url = config().public_url
    made = add_on(url)
    newest = {
        "version": made.manifest["version"],
        "update_link": f"{url}/thunderbird/unsealed.xpi",
        "update_hash": f"sha256:{sha256(made.archive).hexdigest()}",
    }
    return {"addons": {_gecko(made.manifest)["id"]: {"updates": [newest]}}}


@lru_cache(maxsize=2)
def add_on(url: str) -> AddOn:
    """The add-on of the deployment at a URL. It may ask that host and no other."""
    host = urlsplit(url)
    manifest = json.loads((_SOURCES / "manifest.json").read_text())
    manifest["host_permissions"] = [f"{host.scheme}://{host.hostname}/*"]  # a pattern names no port: it means all
    _gecko(manifest)["id"] = f"unsealed@{host.hostname}"
    if host.scheme == "https":  # Thunderbird takes no updates from elsewhere
        _gecko(manifest)["update_url"] = f"{url}/thunderbird/updates.json"
    files = (path for path in sorted(_SOURCES.rglob("*")) if path.is_file())
    written = {path.relative_to(_SOURCES).as_posix(): path.read_bytes() for path in files}
    written |= {
        "manifest.json": json.dumps(manifest, indent=2).encode(),
        "host.json": json.dumps({"host": url}).encode(),
        "icon.png": (FOLDER / "icon-192.png").read_bytes(),
    }
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as zipped:
        for name, content in written.items():
            zipped.writestr(ZipInfo(name, _LONG_AGO), content, ZIP_DEFLATED)
    return AddOn(manifest, packed.getvalue())


def _gecko(manifest: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = manifest["browser_specific_settings"]["gecko"]
    return found
