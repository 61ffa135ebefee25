"""The zip that ships: what is in it, and that it runs as on Lambda, function by function, from the pixel to the mail."""

import gzip
import json
import platform
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from time import time
from typing import Any

import pytest

import app
from infra.deploy import deployment_zip
from infra.local import gateway
from infra.local.functions import FunctionError
from tests import lambda_runtime, packaging, signing_in
from tests.aws import resources
from tests.aws.queues import event as queue_event
from tests.embedded import PUBLIC_URL, SECRETS, Embedded
from tests.makers import HOME, SENT, THUNDERBIRD
from tests.system import System

BROWSER = {"Sec_Fetch_Site": "same-origin"}
OTHERS = ("tests", "infra", ".chalice", "boto3", "botocore", "moto", "pytest", "aws_xray_sdk", "pydantic")


@pytest.fixture(scope="session")
def zipped() -> Path:
    return packaging.shipped()


@pytest.fixture(scope="module")
def unpacked(zipped: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """The zip unpacked, an interpreter, and what Lambda's runtime has beside it: nobody writes there."""
    home = tmp_path_factory.mktemp("lambda")
    runtime = lambda_runtime.runtime(home / "runtime", *lambda_runtime.IN_THE_RUNTIME)
    return lambda_runtime.unpack(zipped, home / "task"), lambda_runtime.bare_python(home / "python"), runtime


class Zipped(System):
    """The system, run from the `unpacked` zip: a process for each function, as on Lambda."""

    def __init__(self, aws: Embedded, unpacked: tuple[Path, Path, Path], environment: dict[str, str]) -> None:
        self.task, self.python, self.runtime = unpacked
        self.environment = environment
        self.running: dict[str, lambda_runtime.Process] = {}
        super().__init__(aws)

    def run(self, function: str, event: dict[str, Any]) -> Any:
        if function not in self.running:
            handler = "app.app" if function == "api_handler" else f"app.{function}"
            about = {**self.environment, "AWS_LAMBDA_FUNCTION_NAME": f"unsealed-prod-{function}"}
            self.running[function] = lambda_runtime.Process(self.task, handler, about, self.python, self.runtime)
        return self.running[function].invoke(event)

    def stop(self) -> str:
        return "".join(process.stop() for process in self.running.values())


@pytest.fixture
def live(fresh_table: Embedded, unpacked: tuple[Path, Path, Path]) -> Iterator[Zipped]:
    environment = resources.environment(fresh_table.made, fresh_table.aws.url, PUBLIC_URL, SECRETS)
    system = Zipped(fresh_table, unpacked, dict(environment))
    yield system
    system.stop()


def test_every_module_has_its_byte_code_and_nothing_else_is_in_it(zipped):
    names = packaging.names(zipped)
    sources = {name for name in names if name.endswith(".py")}
    tag = f"cpython-{platform.python_version_tuple()[0]}{platform.python_version_tuple()[1]}"
    compiled = {f"{Path(name).parent}/__pycache__/{Path(name).stem}.{tag}.pyc".removeprefix("./") for name in sources}
    assert compiled == {name for name in names if name.endswith(".pyc")}
    assert not {name.partition("/")[0] for name in names} & set(OTHERS)
    assert zipped.stat().st_size < 10_000_000


def test_byte_code_is_taken_without_a_look_at_the_source(zipped):
    with zipfile.ZipFile(zipped) as packed:
        flags = {packed.read(name)[4] for name in packed.namelist() if name.endswith(".pyc")}
    assert flags == {1}  # PEP 552: hash-based, unchecked


def test_the_same_content_is_the_same_zip(tmp_path):
    made = []
    for name in ("one", "two"):
        file = tmp_path / f"{name}.zip"
        with zipfile.ZipFile(file, "w") as packed:
            packed.writestr("a.py", "A = 1\n")
            packed.writestr(zipfile.ZipInfo("b/c.py", (2026, 11, len(name), 10, len(made), 0)), "B = 2\n")
            packed.writestr("words/hi.po", "")
        deployment_zip.compile_all(file)
        made.append(file.read_bytes())
    assert made[0] == made[1] and "words/hi.po" not in packaging.names(file)


def a_project(build: Path, code: str = "A = 1\n") -> Path:
    """A small one, laid out as a stage is, with nothing packed in it."""
    folder = build / "prod"
    shutil.rmtree(folder, ignore_errors=True)
    for name, content in {
        ".chalice/config.json": json.dumps({"version": "2.0", "app_name": "small", "stages": {"prod": {}}}),
        "app.py": "from chalice import Chalice\n\napp = Chalice(app_name='small')\napp.lambda_function()(print)\n",
        "chalicelib/__init__.py": "",
        "chalicelib/a.py": code,
        "requirements.txt": "",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    return folder


def test_the_same_code_is_packed_once_and_other_code_takes_its_place(tmp_path):
    first = deployment_zip.package(a_project(tmp_path), "prod").read_bytes()
    (kept,) = (tmp_path / ".packed").iterdir()
    assert kept.read_bytes() == first and "chalicelib/a.py" in packaging.names(kept)
    with zipfile.ZipFile(kept, "a") as packed:
        packed.writestr("seen", "")
    marked = kept.read_bytes()
    again = a_project(tmp_path)
    made = deployment_zip.package(again, "prod")
    assert made.read_bytes() == (again / "package/deployment.zip").read_bytes() == marked
    assert deployment_zip.packed(a_project(tmp_path), "prod").read_bytes() == marked, "a deploy takes it too"
    changed = deployment_zip.packed(a_project(tmp_path, "A = 2\n"), "prod")
    assert "seen" not in packaging.names(changed)
    assert [file.read_bytes() for file in (tmp_path / ".packed").iterdir()] == [changed.read_bytes()]


@pytest.mark.parametrize(
    "file, content",
    [
        ("app.py", "pass"),
        ("chalicelib/a.py", "A = 2"),
        ("chalicelib/b.py", "A = 1"),
        ("requirements.txt", "six==1.17.0"),
        (".chalice/config.json", '{"lambda_architecture": "arm64"}'),
    ],
)
def test_whatever_goes_into_a_zip_makes_another_one(tmp_path, file, content):
    folder = a_project(tmp_path)
    before = deployment_zip.digest(folder)
    (folder / file).write_text(content)
    assert deployment_zip.digest(folder) != before


def test_what_goes_into_no_zip_makes_none(tmp_path):
    folder = a_project(tmp_path)
    before = deployment_zip.digest(folder)
    (folder / ".chalice" / "follow.json").write_text("{}")
    (folder / ".chalice" / "config.json").write_text('{"stages": {"prod": {"environment_variables": {"A": "1"}}}}')
    assert deployment_zip.digest(folder) == before


def test_a_mail_goes_from_the_api_to_the_notification(live):
    message = live.send()
    assert live.opened(message, 7200, THUNDERBIRD, HOME).status == 200
    answer = live.clicked(message, 7300, THUNDERBIRD, HOME)
    assert (answer.status, answer.headers["location"]) == (302, "https://example.com/offer?a=1&b=2#top")
    live.follow()
    live.minute(9000)
    live.hour(9000)
    assert live.show(message)["status"] == "clicked"
    (mail,) = live.aws.outbox()  # what one person did is told together
    assert mail["subject"] == "bob@example.com clicked a link in “Offer for June”"
    assert "bob@example.com opened “Offer for June”" in mail["text"]
    assert live.call("GET", "/v1/contacts/bob@example.com").status == 200
    assert "Traceback" not in live.stop()


def test_what_the_table_does_not_take_waits_in_the_queue_and_goes_in_later(live):
    message = live.send()
    live.environment["AWS_ENDPOINT_URL_DYNAMODB"] = "http://127.0.0.1:9"  # nobody listens there
    live.running.pop("api_handler").stop()
    assert live.opened(message, 7200, THUNDERBIRD, HOME).status == 200
    del live.environment["AWS_ENDPOINT_URL_DYNAMODB"]
    printed = live.running.pop("api_handler").stop()
    (line,) = [json.loads(line) for line in printed.splitlines() if line.startswith("{") and '"WARNING"' in line]
    assert "spill queue" in line["message"]
    waiting = live.aws.client("sqs").receive_message(QueueUrl=live.aws.made.queue_url)["Messages"]
    answer = live.run("replay", queue_event(waiting, "arn:aws:sqs:us-east-1:123456789012:unsealed-spill"))
    assert answer == {"batchItemFailures": []}
    live.follow()
    (event,) = live.show(message)["events"]
    assert event["kind"] == "open" and event["at"].startswith("2026-09-21T16:13:20")


def test_the_pixel_answers_a_stranger_and_a_broken_function_is_no_answer(live):
    assert live.ask("GET", "/o/nothing").status == 200
    with pytest.raises(FunctionError, match="did not start"):
        lambda_runtime.Process(live.task, "app.nowhere", live.environment, live.python, live.runtime)
    assert live.now == SENT


def test_the_pages_come_out_of_the_zip_packed_and_are_not_sent_twice(live):
    asked = {"Accept": "text/html", "Accept-Encoding": "gzip"}
    page = live.ask("GET", "/app/today", headers=asked)
    assert (page.status, page.headers["content-encoding"]) == (200, "gzip")
    shell = gzip.decompress(page.body).decode()
    assert live.ask("GET", "/app/today", headers=asked | {"If-None-Match": page.headers["etag"]}).status == 304
    for url in re.findall(r'(?:src|href)="([^"]+)"', shell):
        found = live.ask("GET", url, headers=asked)
        assert found.status == 200 and "immutable" in found.headers["cache-control"] and found.body
    assert live.ask("GET", "/nowhere", headers=asked).status == 404
    assert live.call("GET", "/v1/devices/key").json == {"key": ""}
    assert "Traceback" not in live.stop()


def test_a_session_out_of_the_zip_opens_the_pages_in_a_browsers_language_and_behind_a_stage(live):
    live.now = time()  # the function that mails a code goes by its machine's clock
    code = signing_in.asked(live, "ann@sender.example")
    live.now += 1
    entered = signing_in.post(live, "/v1/sign-in/confirm", {"email": "ann@sender.example", "code": code}, **BROWSER)
    cookie = entered.headers["set-cookie"].partition(";")[0]
    today = live.ask("GET", "/v1/today", headers={"Cookie": cookie, "Sec-Fetch-Site": "same-origin"})
    assert (entered.status, today.status) == (200, 200) and live.ask("GET", "/v1/today").status == 401
    start = live.ask("GET", "/", headers={"Accept": "text/html", "Accept-Language": "hi"})
    assert '<html lang="hi">' in start.body.decode() and start.headers["vary"] == "Accept-Encoding, Accept-Language"
    icon = live.ask("GET", "/favicon.ico")
    assert icon.body.startswith(b"\x00\x00\x01\x00"), "bytes that are no text come back as they are"
    made = gateway.event("GET", "/app/today", [("Accept", "text/html")], b"", live.now, "1", HOME, app.app.routes)
    assert made is not None
    made["requestContext"]["path"] = "/api/app/today"
    behind = gateway.answer(live.run("api_handler", made)).body
    assert behind.count(b'="/api/app/') >= 2 and b'="/app/' not in behind
    assert "Traceback" not in live.stop()
