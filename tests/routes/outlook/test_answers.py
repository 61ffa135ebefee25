"""The Outlook add-in's files: they name this deployment, Microsoft's tools take them, and each sentence has its words."""

import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from chalicelib.work.doors import outlook
from tests import node
from tests.embedded import PUBLIC_URL
from tests.system import System
from tests.trouble import settings


def manifest(system: System) -> str:
    return system.ask("GET", "/outlook/manifest.xml").body.decode()


def test_the_manifest_names_this_deployment_and_only_what_is_there(system: System):
    text = manifest(system)
    ElementTree.fromstring(text)
    assert "$" not in text and re.search(r"<Id>[0-9a-f-]{36}</Id>", text) and len(text) < 256_000
    for url in set(re.findall(rf"{PUBLIC_URL}(/[^\"<]*)", text)):
        assert system.ask("GET", url).status == 200, url
    defined = re.findall(r'<bt:\w+ id="([^"]+)"', text)
    assert set(re.findall(r'resid="([^"]+)"', text)) == set(defined)


def test_the_functions_that_it_names_are_in_the_script_and_sending_only_prompts(system: System):
    text, script = manifest(system), system.ask("GET", "/outlook/unsealed.js").body.decode()
    named = set(re.findall(r'FunctionName="(\w+)"', text)) | set(re.findall(r"<FunctionName>(\w+)<", text))
    assert named == set(re.findall(r'associate\("(\w+)"', script)) == {"onMessageSend", "trackAndSend"}
    assert re.findall(r'Type="(\w+)" FunctionName="onMessageSend" SendMode="(\w+)"', text) == [
        ("OnMessageSend", "PromptUser")
    ]


def test_the_same_deployment_is_the_same_add_in_and_another_is_another(system: System):
    own = manifest(system)
    assert own == manifest(system)
    with settings(PUBLIC_URL="https://t.example.com/api"):
        other = manifest(system)
        assert 'DefaultValue="https://t.example.com/api/outlook/taskpane.html"' in other
        assert "<AppDomain>https://t.example.com</AppDomain>" in other
        allowed = system.ask("GET", "/.well-known/microsoft-officeaddins-allowed.json").json
        assert allowed == {"allowed": ["https://t.example.com/api/outlook/unsealed.js"]}
    assert re.findall("<Id>.*</Id>", own) != re.findall("<Id>.*</Id>", other)


def test_the_pane_runs_our_script_and_microsofts_and_shows_in_outlook_alone(system: System):
    policy = system.ask("GET", "/outlook/taskpane.html").headers["content-security-policy"]
    assert "script-src 'self' https://appsforoffice.microsoft.com;" in policy and "unsafe" not in policy
    assert "frame-ancestors https://*.office.com" in policy


@pytest.mark.parametrize("name", ["answers.py", "..%2Fapp.js", "nothing.js", "."])
def test_there_are_no_other_files(system: System, name):
    assert system.ask("GET", f"/outlook/{name}").status == 404


def test_the_scripts_are_short_and_the_handler_needs_no_newer_engine_than_classic_outlooks(system: System):
    scripts = {name: system.ask("GET", f"/outlook/{name}.js").body.decode() for name in ("unsealed", "taskpane")}
    assert sum(len(text.splitlines()) for text in scripts.values()) <= 250
    for newer in (r"\basync\b", r"\bawait\b", r"\.\.\.", r"\?\.", r"\?\?", r"\.finally\(", r"\bimport\b"):
        assert not re.search(newer, re.sub(r"//.*", "", scripts["unsealed"])), newer


def test_microsofts_converter_and_validator_take_the_manifest(system: System, tmp_path: Path):
    tools = node.modules() / "node_modules" / ".bin"
    with settings(PUBLIC_URL="https://t.example.com"):
        text = manifest(system)
    (tmp_path / "manifest.xml").write_text(text)

    def said(text: str) -> str:
        """What the two say of it. The tools ask nobody: offline they judge the JSON that the XML is converted to."""
        (tmp_path / "manifest.xml").write_text(text)
        for command in (
            [str(tools / "office-addin-manifest-converter"), "convert", "manifest.xml", "-o", "made"],
            [str(tools / "office-addin-manifest"), "validate", "made/manifest.json"],
        ):
            done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
            if done.returncode or "error" in done.stdout.lower() + done.stderr.lower():
                return done.stdout + done.stderr
        return ""

    assert said(text) == ""
    assert said(text.replace('SendMode="PromptUser"', 'SendMode="Maybe"')), "they can say no"
    assert said(text.replace('<bt:Url id="Pane.Url"', '<bt:Url id="Other.Url"'))


@pytest.mark.parametrize("name", ["unsealed", "taskpane"])
def test_typescript_finds_nothing_wrong_with_what_is_asked_of_outlook(system: System, tmp_path: Path, name):
    script = system.ask("GET", f"/outlook/{name}.js").body.decode()
    (tmp_path / f"{name}.js").write_text(script)
    assert node.faults(tmp_path, "office-js", f"{name}.js") == []
    (tmp_path / f"{name}.js").write_text(script.replace("roamingSettings", "roamingSetting"))
    assert node.faults(tmp_path, "office-js", f"{name}.js"), "it can say no"


def test_every_sentence_has_its_words():
    scripts = "".join((outlook.FOLDER / f"{name}.js").read_text() for name in ("unsealed", "taskpane"))
    said = set(re.findall(r"\b(?:say|t)\(\"([^\"]+)\"", scripts))
    shown = set(re.findall(r"data-t[^>]*>([^<]+)<", (outlook.FOLDER / "taskpane.html").read_text()))
    for language, words in outlook.words().items():
        assert set(words) == said | shown, language
        for sentence, translated in words.items():
            assert translated and set(re.findall(r"{\w+}", sentence)) == set(re.findall(r"{\w+}", translated)), sentence


def test_no_text_of_the_pane_or_the_ribbon_is_without_words():
    page = re.sub(r"<title>.*?</title>|<h1>.*?</h1>", "", (outlook.FOLDER / "taskpane.html").read_text())
    assert re.findall(r"<(?![^>]*data-t)[^>]*>([^<>]*\w[^<>]*)<", page) == []
    text = (outlook.FOLDER / "manifest.xml").read_text()
    for name in ("Track", "Track.Tip", "Pane.Tip"):
        line = re.search(rf'<bt:String id="{re.escape(name)}".*', text)
        assert line and re.findall(r'Override Locale="(\w\w)-IN"', line[0]) == list(outlook.TRANSLATED)
