"""Make chalicelib/domain/verdicts/crawlers.py again: names of crawlers, as pieces of agents at word edges.

    pip download --no-deps crawler-user-agents && unzip crawler_user_agents-*.whl
    python -m infra.refresh_crawlers crawleruseragents/crawler-user-agents.json

The list is monperrus/crawler-user-agents (MIT). Left out are patterns that are no plain text, those that signatures.py
knows better, and those that people's own programs carry too.
"""

import json
import re
import sys
from pathlib import Path

OUT = Path(__file__).parent.parent / "chalicelib" / "domain" / "verdicts" / "crawlers.py"

PEOPLE = frozenset(
    {
        # Image proxies, which fetch for people.
        "fastmailua", "googleimageproxy", "shortwave image fetcher", "startpageprivateimageproxy/", "yahoomailproxy",
        # Browsers in apps, and names of phones and of builds.
        "ap3a.240617.008", "bluesky/", "code/1.", "fluid", "goodreads", "jetty", "mail.ru", "metaiab facebook", "notion/",
        "okhttp", "tumblr/", "valve/steam", "viber", "mastodon", "devin", "trae/", "whatsapp", "daum", "ning/", "yeti",
        "silk/", "podimo", "speedy",
    }
)  # fmt: skip

PLAIN = re.compile(r"\^?(?:[\w \-!:;,@+.'\"=~%&#]|\\[/.()\-+?*\[\]!:@'])+\$?")


def piece(pattern: str) -> str | None:
    """The text that a pattern matches, in lower case, or None if it is more than text."""
    if not PLAIN.fullmatch(pattern) or re.search(r"(?<!\\)\.(?!\w)", pattern):
        return None
    text = re.sub(r"\\(.)", r"\1", pattern.removeprefix("^").removesuffix("$")).lower().strip()
    return re.sub(r"^[^a-z0-9]+", "", text)


def main(source: Path, out: Path = OUT) -> None:
    found = {piece(entry["pattern"]) for entry in json.loads(source.read_text(encoding="utf-8"))}
    kept = sorted(text for text in found if text and len(text) > 3 and text not in PEOPLE and "|" not in text)
    rows = [""]
    for text in kept:
        if len(rows[-1]) + len(text) > 118:
            rows.append("")
        rows[-1] += text + "|"
    lines = "\n".join(rows)
    out.write_text(
        '"""Names of crawlers. Made by `python -m infra.refresh_crawlers`: do not edit.\n\n'
        "From https://github.com/monperrus/crawler-user-agents, reduced to plain text:\n\n"
        "The MIT License (MIT). Copyright (c) 2014 Martin Monperrus. Permission is hereby granted, free of charge, to any\n"
        'person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the\n'
        "Software without restriction, including without limitation the rights to use, copy, modify, merge, publish,\n"
        "distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished\n"
        "to do so, subject to the following conditions: The above copyright notice and this permission notice shall be\n"
        "included in all copies or substantial portions of the Software.\n\n"
        'THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO\n'
        "THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE\n"
        "AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF\n"
        "CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS\n"
        'IN THE SOFTWARE.\n"""\n\n'
        f'NAMES = """\n{lines}\n"""\n',
        encoding="utf-8",
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
