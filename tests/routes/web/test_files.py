"""The files themselves: nothing in them goes round the policy, colours can be read, and every sentence has its words."""

import json
import re

import pytest

from chalicelib.routes.web.files import FOLDER, SAID, page

SCRIPTS = sorted(path for path in FOLDER.glob("*.js") if path.name != "lit-html.js")
CALL = re.compile(r"""\btn?\((["'])((?:\\.|(?!\1).)+)\1(?:,\s*(["'])((?:\\.|(?!\3).)+)\3)?""")


def sentences() -> dict[str, str | None]:
    """Each sentence of the pages; of a counted one also its other form."""
    found: dict[str, str | None] = {}
    for path in SCRIPTS:
        for call in re.finditer(
            r"\b(tn?)\(([\"'])((?:\\.|(?!\2).)*)\2(?:, ([\"'])((?:\\.|(?!\4).)*)\4)?", path.read_text()
        ):
            counted, one, many = call[1] == "tn", call[3], call[5]
            found[one.replace('\\"', '"')] = many if counted else None
    for path in FOLDER.glob("*.html"):
        found |= dict.fromkeys(SAID.findall(path.read_text()), None)
    return found


NAMES = {"Unsealed", "Esc", "Enter"}  # the same in every language
EXAMPLES = {
    "Europe/Berlin",
    "CRM",
    "DE",
    "imap.example.com",
    "bob=example.com@",
    "https://example.com/hook",
    "Bob <bob@example.com>, carol@example.com",
}
HEARD_OR_SEEN = ("aria-label", "title", "placeholder", "alt", "data-hint", "label")


def unspoken(markup: str) -> list[str]:
    """What a reader sees or hears of a piece of markup that no catalogue can have: its words outside of ${} and {{}}."""
    bare = SAID.sub("", markup)
    while "${" in bare and bare != (less := re.sub(r"\$\{[^${}`]*\}|\$\w+", "", bare)):
        bare = less
    texts = re.findall(r">([^<>]+)<", bare)
    names = [value for name in HEARD_OR_SEEN for value in re.findall(rf"[\s]{name}=[\"']([^\"']*)[\"']", bare)]
    return [text.strip() for text in (*texts, *names) if re.search(r"[A-Za-z]{2}", text)]


def templates(script: str) -> list[str]:
    """The templates of a script, the inner ones apart: of each what stands in it itself."""
    found, open_ones, depth, place = [], [], 0, 0
    while place < len(script):
        if open_ones and open_ones[-1][1] == depth:  # inside of a template's own text
            if script.startswith("${", place):
                depth, place = depth + 1, place + 2
                open_ones[-1][0].append("${}")
                continue
            if script[place] == "`":
                found.append("".join(open_ones.pop()[0]))
            else:
                open_ones[-1][0].append(script[place])
        elif script[place] == "`":
            open_ones.append(([], depth))
        elif script[place] in "{}" and open_ones:
            depth += 1 if script[place] == "{" else -1
        place += 1
    return found


@pytest.mark.parametrize("path", [*SCRIPTS, *FOLDER.glob("*.html")], ids=lambda path: path.name)
def test_nothing_is_said_past_the_catalogue(path):
    text = path.read_text()
    pieces = [text] if path.suffix == ".html" else [each for each in templates(text) if "<" in each]
    said = {each for piece in pieces for each in unspoken(piece.replace("${}", ""))} - NAMES - EXAMPLES
    assert said == set()


def test_the_search_for_unspoken_words_finds_them():
    script = 'html`<p title=${t("Fine")}>${x ? html`<b>Bare words</b>` : t(`Good`)}</p><i aria-label="Heard">1</i>`'
    assert sorted(each for piece in templates(script) for each in unspoken(piece)) == ["Bare words", "Heard"]
    assert unspoken("<h1>{{Said}}</h1><p>${name}</p><p>Not said</p>") == ["Not said"]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_text_becomes_markup_and_no_style_stands_in_it(path):
    text = path.read_text()
    for word in (
        "unsafeHTML",
        "unsafeSVG",
        ".innerHTML =",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
    ):
        assert word not in text
    assert " style=" not in text, "the policy blocks it"


def test_no_page_has_a_script_or_a_style_in_it():
    for path in FOLDER.glob("*.html"):
        text = path.read_text()
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", text), path.name


def test_what_is_for_the_demo_only_does_not_stand_in_a_deployments_page():
    shown, deployed = (page("start.html", "/", demo, "en").body.decode() for demo in (True, False))
    assert "Make a mail to Bob" in shown and "<!--" not in deployed
    assert (
        not re.search("demo sender|_local|Bob", deployed) and deployed.count("<section") == shown.count("<section") - 1
    )


@pytest.mark.parametrize("language", ["hi", "kn"])
def test_every_sentence_has_its_words(language):
    parts = [json.loads((FOLDER / f"{part}-{language}.json").read_text()) for part in ("words", "settings", "start")]
    words = {sentence: said for part in parts for sentence, said in part.items()}
    assert len(words) == sum(map(len, parts)), "each once"
    known = sentences()
    assert sorted(set(known) - set(words)) == []
    assert sorted(set(words) - set(known)) == [], "words that no page needs"
    for sentence, said in words.items():
        forms = said if isinstance(said, list) else [said]
        assert len(forms) == (2 if known[sentence] is not None else 1), sentence
        names = set(re.findall(r"\{(\w+)\}", sentence)) | set(re.findall(r"\{(\w+)\}", known[sentence] or ""))
        for form in forms:
            assert set(re.findall(r"\{(\w+)\}", form)) <= names, (sentence, form)
        assert names <= set(re.findall(r"\{(\w+)\}", "".join(forms))), (sentence, forms)


def tokens() -> list[dict[str, str]]:
    """The colours for a light screen, and those for a dark one."""
    css = (FOLDER / "app.css").read_text()
    light, dark = re.findall(r":root \{(.*?)\}", css, re.DOTALL)[:2]
    both = [dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6})\b", block)) for block in (light, dark)]
    return [both[0], both[0] | both[1]]


def mixed(one: str, share: float, other: str) -> tuple[float, ...]:
    """About what color-mix makes: near enough in sRGB for a tint."""
    return tuple(a * share + b * (1 - share) for a, b in zip(rgb(one), rgb(other), strict=True))


def rgb(colour: str) -> tuple[float, ...]:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    return tuple(int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """WCAG 2.2's ratio."""

    def luminance(colour: tuple[float, ...]) -> float:
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", tokens(), ids=["light", "dark"])
def test_all_text_can_be_read(colours):
    for ground in ("paper", "card"):
        for ink in ("ink", "soft", "act", "opened", "clicked", "replied", "trouble", "nothing"):
            assert contrast(rgb(colours[ink]), rgb(colours[ground])) >= 4.5, (ink, ground)
    for state in ("opened", "clicked", "replied", "trouble", "nothing"):
        tint = mixed(colours[state], 0.12, colours["card"])
        assert contrast(rgb(colours[state]), tint) >= 3, "a glyph on its own tint"
    assert contrast(rgb(colours["on"]), rgb(colours["act"])) >= 4.5
    assert contrast(rgb(colours["act"]), mixed(colours["act"], 0.10, colours["card"])) >= 4.5
