"""The pages as responses: what a browser may keep, what may run in them, and what stands where nothing does."""

import gzip
import json
import re

import pytest

import app
from chalicelib.routes.web import files
from infra.local import gateway
from infra.local.functions import Context
from tests.system import System

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Encoding": "gzip, deflate, br"}
PAGES = ["today", "messages", "message", "contacts", "contact", "compose", "settings", "sign-in"]


def shown(system: System, path: str, **headers: str):
    return system.ask("GET", path, headers=BROWSER | {name.replace("_", "-"): value for name, value in headers.items()})


def test_a_stranger_is_told_what_this_is_and_led_in(system: System):
    answer = system.ask("GET", "/", headers={"Accept": "text/html"})
    assert answer.status == 200 and answer.headers["content-type"] == "text/html; charset=utf-8"
    assert b"Know when your letter is unsealed" in answer.body and b'href="/app/sign-in"' in answer.body


@pytest.mark.parametrize(
    ("accepted", "language", "said"), [("hi-IN,hi;q=0.9", "hi", "साइन इन"), ("kn", "kn", "ಸೈನ್"), ("de", "en", "Sign in")]
)
def test_it_is_told_in_their_language(system: System, accepted, language, said):
    for path in ("/", "/nowhere/at/all"):
        answer = system.ask("GET", path, headers={"Accept": "text/html", "Accept-Language": accepted})
        text = answer.body.decode()
        assert f'<html lang="{language}">' in text and "{{" not in text
        assert answer.headers["vary"] == "Accept-Encoding, Accept-Language"
        assert path != "/" or said in text
    kept = answer.headers.get("etag") or system.ask("GET", "/", headers={"Accept-Language": accepted}).headers["etag"]
    again = system.ask("GET", "/", headers={"Accept-Language": accepted, "If-None-Match": kept})
    other = system.ask(
        "GET", "/", headers={"Accept-Language": "hi" if language != "hi" else "kn", "If-None-Match": kept}
    )
    assert (again.status, other.status) == (304, 200)


@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_the_shell(system: System, page):
    answer = shown(system, f"/app/{page}")
    assert answer.status == 200 and answer.headers["cache-control"] == "no-cache"
    body = gzip.decompress(answer.body)
    assert body == gzip.decompress(shown(system, "/app/today").body)
    for url in re.findall(rb'(?:src|href)="([^"]+)"', body):
        assert url.startswith(b"/app/v/") and shown(system, url.decode()).status == 200


def test_app_alone_leads_to_today(system: System):
    answer = shown(system, "/app")
    assert (answer.status, answer.headers["location"]) == (302, "/app/today")


def test_nothing_runs_in_a_page_but_our_own_files(system: System):
    for path in ("/", "/app/today", "/nowhere"):
        policy = shown(system, path).headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
        assert "unsafe" not in policy and "require-trusted-types-for 'script'" in policy
        assert shown(system, path).headers["x-content-type-options"] == "nosniff"


def test_a_page_that_did_not_change_is_not_sent_again(system: System):
    first = shown(system, "/app/today")
    again = shown(system, "/app/today", If_None_Match=first.headers["etag"])
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert again.headers["content-type"] == "text/html; charset=utf-8", "a browser may keep the new one"
    assert shown(system, "/app/today", If_None_Match='W/"other", ' + first.headers["etag"]).status == 304
    assert shown(system, "/app/today", If_None_Match='"other"').status == 200


def test_a_file_is_kept_for_ever_under_its_version_and_not_at_all_under_another(system: System):
    right = shown(system, f"/app/v/{files.version()}/app.js")
    assert right.headers["cache-control"] == "public, max-age=31536000, immutable"
    older = shown(system, "/app/v/0123456789ab/app.js")
    assert (older.status, older.headers["cache-control"]) == (200, "no-store") and older.body == right.body


def test_a_file_is_packed_for_whoever_takes_it(system: System):
    path = f"/app/v/{files.version()}/app.css"
    packed, plain = shown(system, path), system.ask("GET", path)
    assert packed.headers["content-encoding"] == "gzip" and "content-encoding" not in plain.headers
    assert gzip.decompress(packed.body) == plain.body and packed.headers["vary"] == "Accept-Encoding"
    icon = shown(system, f"/app/v/{files.version()}/icon-192.png")
    assert icon.body.startswith(b"\x89PNG") and "content-encoding" not in icon.headers


@pytest.mark.parametrize("name", ["..%2Fconfig.py", "nothing.js", "app.html", "start.html", ".", "%2e%2e", "a.py"])
def test_there_are_no_other_files(system: System, name):
    assert system.ask("GET", f"/app/v/{files.version()}/{name}").status == 404


@pytest.mark.parametrize("path", ["/nowhere", "/a/b/c/d", "/v1/nothing", "/app/nothing/at/all", "/wp-login.php"])
def test_an_unknown_path_is_a_page_for_a_browser_and_a_problem_for_a_program(system: System, path):
    page = system.ask("GET", path, headers={"Accept": "text/html"})
    assert (page.status, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert b"There is nothing here" in page.body and b'href="/app/today"' in page.body
    for method in ("GET", "POST", "DELETE"):
        answer = system.ask(method, path, headers={"Accept": "application/json"})
        assert (answer.status, answer.headers["content-type"]) == (404, "application/problem+json")
        assert answer.json == {"title": "Not Found", "status": 404, "detail": "There is nothing at this address."}
    assert system.ask("GET", path).json["status"] == 404, "no Accept header is no browser"


def test_an_unknown_page_of_the_app_is_the_shell_which_says_so(system: System):
    assert shown(system, "/app/nothing").status == 404


def test_there_is_an_icon_where_browsers_ask_for_one(system: System):
    answer = shown(system, "/favicon.ico")
    assert (answer.status, answer.headers["content-type"]) == (200, "image/x-icon")
    assert answer.body.startswith(b"\x00\x00\x01\x00")


def test_the_worker_stands_beside_the_pages(system: System):
    answer = shown(system, "/app/sw.js")
    assert (answer.status, answer.headers["content-type"]) == (200, "text/javascript; charset=utf-8")


def test_the_manifest_leads_only_to_what_there_is(system: System):
    base = f"/app/v/{files.version()}/"
    answer = system.ask("GET", f"{base}app.webmanifest")
    assert answer.headers["content-type"] == "application/manifest+json"
    manifest = json.loads(answer.body)
    for each in manifest["icons"]:
        assert system.ask("GET", base + each["src"]).status == 200
    assert (manifest["start_url"], manifest["scope"]) == ("../../today", "../../")


@pytest.mark.parametrize(
    ("resource", "path", "proxy"),
    [("/", "/", None), ("/app/{page}", "/app/today", None), ("/{proxy+}", "/no/where", "no/where")],
)
def test_behind_a_stage_everything_leads_there(system: System, resource, path, proxy):
    made = gateway.event("GET", path, [("Accept", "text/html")], b"", system.now, "1", "198.51.100.7", app.app.routes)
    assert made is not None and made["resource"] == resource
    made["requestContext"]["path"] = f"/api{path}"
    body = gateway.answer(app.app(made, Context("api_handler", now=lambda: system.now))).body
    assert body.count(b'="/api/app/') >= 2 and b'="/app/' not in body


def test_all_that_is_the_same_is_the_same_bytes_in_every_process():
    files.file.cache_clear()
    first = files.file("app.js")
    files.file.cache_clear()
    assert files.file("app.js") == first
