"""The README and its pages tell of every route, setting and command, and of none that is not there."""

import re
from pathlib import Path

import pytest

import app
from chalicelib.domain.feed import as_json, feed_entry
from chalicelib.domain.webhooks import signed
from chalicelib.routes.api.calls import ROUTES
from tests.makers import SENT, a_notification

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
PAGES = {page.name: page.read_text() for page in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]}
API, SETTINGS, ALL = PAGES["api.md"], PAGES["settings.md"], "\n".join(PAGES.values())
WEBHOOKS = (ROOT / "docs" / "webhooks.md").read_text()
MAKEFILE = (ROOT / "Makefile").read_text()


@pytest.mark.parametrize(
    "route", [f"{method} {path}" for path, methods in app.app.routes.items() for method in methods if method != "HEAD"]
)
def test_every_route_stands_in_the_page_on_the_api(route):
    method, _, path = route.partition(" ")
    assert f"`{method} {path}`" in API or f"`{method}\\|HEAD {path}`" in API


@pytest.mark.parametrize("call", sorted(set(re.findall(r"`(?:GET|POST|PUT|PATCH|DELETE)(?:\\\|\w+)* /[^`\s?]*", ALL))))
def test_no_page_tells_of_a_route_that_is_not_there(call):
    methods, _, path = call[1:].partition(" ")
    if path.startswith("/_local/"):
        assert path.removeprefix("/_local/") in (ROOT / "infra" / "local" / "console.py").read_text()
    else:
        assert set(methods.split("\\|")) <= set(app.app.routes[path])


def test_every_setting_stands_in_the_page_on_settings():
    read = set()
    for file in ("chalicelib/config.py", "app.py", "infra/local/__main__.py"):
        read |= set(re.findall(r"(?:get\(|[,(\[] ?)\"([A-Z][A-Z_]{3,})\"[,)\]]", (ROOT / file).read_text()))
    ours = {name for name in read if not name.startswith("AWS_")}
    assert ours - set(re.findall(r"[A-Z][A-Z_]{3,}", SETTINGS)) == set()


def test_every_command_stands_in_a_page():
    targets = set(re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.MULTILINE)) - {"help"}
    assert {target for target in targets if f"make {target}" not in ALL} == set()


def test_the_help_of_make_has_one_column_for_what_each_command_does():
    width = re.search(r"expand -t (\d+)", MAKEFILE)
    commands = re.findall(r"^([a-z-]+):.*##", MAKEFILE, re.MULTILINE)
    assert width and len(commands) > 10
    assert max(len(f"make {each} ") for each in commands) <= int(width[1])


def test_no_page_tells_of_a_command_that_is_not_there():
    told = set(re.findall(r"`make ([a-z-]+)", ALL)) | set(re.findall(r"^make ([a-z-]+)", ALL, re.MULTILINE))
    assert told <= set(re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.MULTILINE))


def test_the_api_has_no_call_that_is_not_served():
    assert {(route.method, route.path) for route in ROUTES} <= {
        (method, path) for path, methods in app.app.routes.items() for method in methods
    }


# -- docs/webhooks.md


def the_post() -> tuple[str, dict[str, str], bytes]:
    """The secret, the headers and the body of the page's example."""
    secret = re.search(r"`(whsec_\S+)`", WEBHOOKS)
    post = re.search(r"```http\n(.*?)\n\n(.*?)\n```", WEBHOOKS, re.DOTALL)
    assert secret and post
    return secret[1], dict(line.split(": ", 1) for line in post[1].splitlines()), post[2].encode()


def test_the_pages_five_lines_know_its_post_for_ours_and_no_other():
    lines = re.search(r"```python\n(.*?)```", WEBHOOKS, re.DOTALL)
    assert lines
    exec(lines[1], found := {})
    secret, headers, body = the_post()
    assert found["is_ours"](secret, headers, body)
    for name in headers:
        assert not found["is_ours"](secret, headers | {name: headers[name] + "0"}, body)
    assert not found["is_ours"](secret, headers, body + b" ")
    assert not found["is_ours"](secret.replace("M", "N"), headers, body)


def test_the_pages_post_is_what_we_would_send():
    secret, headers, body = the_post()
    entry = feed_entry(a_notification(), SENT + 7260)
    assert body == as_json(entry)
    assert headers == signed(secret, f"{entry.id}:{int(SENT + 7260) * 1000}", SENT + 7261, body)
