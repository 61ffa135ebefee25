"""The add-on as it is handed out: what it may do, whom it asks, how it is kept up to date, and how little it is."""

import json
import re
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pytest

from chalicelib.config import config
from chalicelib.domain.state import Status
from chalicelib.routes.web.files import FOLDER
from chalicelib.routes.web.thunderbird import KIND
from chalicelib.work.doors.thunderbird import add_on
from tests import node
from tests.system import System

SCRIPTS = sorted((FOLDER / "thunderbird").glob("*.js"))


def opened(archive: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(archive)) as found:
        return {name: found.read(name) for name in found.namelist()}


def test_it_is_handed_out_with_the_host_in_it(system: System):
    answer = system.ask("GET", "/thunderbird/unsealed.xpi")
    assert (answer.status, answer.headers["content-type"]) == (200, KIND)
    files = opened(answer.body)
    manifest = json.loads(files["manifest.json"])
    assert manifest["manifest_version"] == 3
    assert json.loads(files["host.json"]) == {"host": config().public_url}
    assert manifest["host_permissions"] == ["http://127.0.0.1/*"]
    named = {*manifest["background"]["scripts"], *manifest["icons"].values(), manifest["options_ui"]["page"]}
    assert named | {manifest["message_display_action"]["default_popup"]} <= files.keys()


def test_the_update_manifest_names_what_is_there(system: System):
    archive = system.ask("GET", "/thunderbird/unsealed.xpi").body
    manifest = json.loads(opened(archive)["manifest.json"])
    told = system.ask("GET", "/thunderbird/updates.json").json
    (newest,) = told["addons"]["unsealed@127.0.0.1"]["updates"]
    assert newest["version"] == manifest["version"]
    assert newest["update_hash"] == f"sha256:{sha256(archive).hexdigest()}"
    assert newest["update_link"] == f"{config().public_url}/thunderbird/unsealed.xpi"


def test_updates_come_from_the_deployment_where_that_is_safe():
    gecko = add_on("https://t.example.com").manifest["browser_specific_settings"]["gecko"]
    assert (gecko["id"], gecko["update_url"]) == (
        "unsealed@t.example.com",
        "https://t.example.com/thunderbird/updates.json",
    )


def test_a_stage_has_its_path_and_a_machine_its_port():
    made = add_on("https://x.execute-api.eu-central-1.amazonaws.com/api")
    assert made.manifest["host_permissions"] == ["https://x.execute-api.eu-central-1.amazonaws.com/*"]
    assert json.loads(opened(made.archive)["host.json"])["host"].endswith("/api")
    local = add_on("http://127.0.0.1:8000").manifest
    assert local["host_permissions"] == ["http://127.0.0.1/*"]
    assert "update_url" not in local["browser_specific_settings"]["gecko"]


def test_the_same_files_make_the_same_archive():
    first = add_on("https://t.example.com").archive
    add_on.cache_clear()
    assert add_on("https://t.example.com").archive == first


def words() -> dict[str, dict[str, str]]:
    """What it says, by language and name."""
    found = {
        path.parent.name: json.loads(path.read_text()) for path in (FOLDER / "thunderbird").glob("_locales/*/*.json")
    }
    return {language: {name: each["message"] for name, each in said.items()} for language, said in found.items()}


def test_every_sentence_has_its_words_in_each_language(system: System):
    texts = [path.read_text() for path in (FOLDER / "thunderbird").iterdir() if path.is_file()]
    named = {name for text in texts for name in re.findall(r"say\(\"(\w+)\"|data-t=\"(\w+)\"|__MSG_(\w+)__", text)}
    used = {name for each in named for name in each if name} | {status.value for status in Status}
    assert set(words()) == {"en", "hi", "kn"}
    for language, said in words().items():
        assert set(said) == used, language
        for name, sentence in said.items():
            assert sentence and set(re.findall(r"\$\d", sentence)) == set(re.findall(r"\$\d", words()["en"][name])), (
                name
            )
    files = opened(system.ask("GET", "/thunderbird/unsealed.xpi").body)
    assert {f"_locales/{language}/messages.json" for language in words()} <= files.keys()


def test_no_word_of_a_page_stands_in_it():
    for path in (FOLDER / "thunderbird").glob("*.html"):
        page = re.sub(r"<title>.*?</title>|<!DOCTYPE.*?>", "", path.read_text())
        assert re.findall(r">([^<>]*\w[^<>]*)<", page) == [], path.name


# What the newest types, of Thunderbird 127, do not know yet: the address parser, and that manifest 3 shows lists of messages.
NEWER = ("'messengerUtilities' does not exist", "'messages' does not exist on type 'MessageHeader[]'")


def test_typescript_finds_nothing_wrong_with_what_is_asked_of_thunderbird(tmp_path):
    for path in SCRIPTS:
        (tmp_path / path.name).write_text(path.read_text())
    found = node.faults(tmp_path, "thunderbird-webext-browser", *(path.name for path in SCRIPTS))
    assert [line for line in found if not any(known in line for known in NEWER)] == []
    (tmp_path / "background.js").write_text("browser.compose.onBeforeSent.addListener(() => {});")
    assert node.faults(tmp_path, "thunderbird-webext-browser", "background.js"), "it can say no"


def test_it_is_small():
    assert sum(len(path.read_text().splitlines()) for path in SCRIPTS) <= 250


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_text_becomes_markup_and_nobody_else_is_asked(path):
    text = path.read_text()
    for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "https://", "http://"):
        assert word not in text
