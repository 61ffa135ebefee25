"""A client that a generator makes of the API's document: it type-checks, and can do what the API can."""

import importlib
import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from chalicelib.routes.api import openapi
from chalicelib.routes.api.calls import ROUTES
from tests.make_run import running

RAW = b"From: Ann <ann@sender.example>\r\nTo: bob@example.com\r\nSubject: Raw\r\nContent-Type: text/html\r\n\r\n<p>Hi</p>\r\n"

# What httpx is made with: the client names none of it, and looking through it takes longer than all else.
UNNAMED = "[mypy]\n[mypy-anyio.*,click.*,h11.*,h2.*,httpcore.*,pygments.*,rich.*,trio.*]\nfollow_imports = skip\n"


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    """The package that openapi-python-client makes, imported."""
    folder = tmp_path_factory.mktemp("generated")
    (folder / "openapi.json").write_bytes(msgspec.json.encode(openapi.document(ROUTES)))
    program = Path(sys.executable).with_name("openapi-python-client")
    made = subprocess.run(
        [program, "generate", "--path", "openapi.json", "--output-path", "unsealed_client", "--meta", "none"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    left_out = [line for line in (made.stdout + made.stderr).splitlines() if line.startswith("WARNING")]
    assert left_out == ["WARNING parsing POST /v1/messages/mime within mime."], (
        "of its two names for a mail it knows one"
    )
    sys.path.insert(0, str(folder))
    yield folder / "unsealed_client"
    sys.path.remove(str(folder))


def test_each_call_has_a_function(client):
    assert len(list(client.glob("api/*/*.py"))) - len(list(client.glob("api/*"))) + 1 == len(ROUTES)


def test_it_type_checks(client, tmp_path):
    (tmp_path / "mypy.ini").write_text(UNNAMED)
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", tmp_path / "mypy.ini", "--cache-dir", "/dev/null", client.name],
        cwd=client.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_it_works_on_the_running_system(client, tmp_path):
    def part(name: str):
        return importlib.import_module(f"unsealed_client.{name}")

    with running(tmp_path / "data") as house:
        api = part("client").AuthenticatedClient(base_url=house.url, token=house.token)
        models = part("models")
        body = models.NewMessage(subject="Offer", recipients=["bob@example.com"], html="<p>Hello</p>")
        made = part("api.messages.messages_create").sync(client=api, body=body)
        assert made.recipients[0].pixel_url.startswith(house.url)
        mail = part("types").File(payload=RAW)
        assert part("api.mime.mime_create").sync(client=api, body=mail).subject == "Raw"
        listed = part("api.messages.messages_listed").sync(client=api, status=models.Wanted.NO_EVIDENCE)
        assert [each.subject for each in listed.items] == ["Raw", "Offer"]
        changed = models.PreferencesChange.from_dict({"footer": True})
        assert part("api.account.account_set_preferences").sync(client=api, body=changed).footer is True
        refused = part("api.messages.messages_show").sync_detailed(client=api, id="nothing")
        assert refused.status_code == 404 and json.loads(refused.content)["title"] == "Not Found"
        api.get_httpx_client().close()
