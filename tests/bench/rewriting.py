"""Rewrites a folder of mails and prints what standards parsers then see: python -m tests.bench.rewriting --folder DIR.

Every *.html is rewritten as HTML, every *.eml as MIME. The last line is JSON. Each of the `documents` is one of these:
`verified` (html5lib sees exactly the expected links; Python's mail parser sees nothing else changed; undoing gives the
original back), `wrong` (not so), `plain` (no HTML; with `--text-links`, nor a link in its text to be tracked), `protected`
(signed, encrypted, a report...: kept as it was), `failed` (its structure is not sure: kept as it was) or `lost` (harmed:
must be 0). `links_found` are tracked.
Beside our time stands pytracking's (github.com/powergo/pytracking), where it is installed: it parses with lxml, changes
each link, adds the pixel and serialises; once with tokens that anybody can read and make, once with sealed ones.
"""

import argparse
import codecs
import importlib.util
import json
import re
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from chalicelib.domain import tokens
from chalicelib.domain.outgoing.mime import NotTracked
from chalicelib.domain.outgoing.not_tracked import Reason
from tests.bench import mime_oracle, rewriting_oracle

MAILS = Path(__file__).parent / "mails"
QUOTES = Path(__file__).parent / "quotes"
OUTCOMES = {Reason.PLAIN: "plain", Reason.UNREADABLE: "failed"}
FIGURES = ("documents", "verified", "wrong", "plain", "protected", "failed", "lost", "links_found")

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def text_of(raw: bytes) -> str:
    """A file's text by its byte order mark or its own word, else as UTF-8; if that is wrong, as Latin-1."""
    declared = _CHARSET.search(raw[:4096])
    charset = next((name for mark, name in _MARKS.items() if raw.startswith(mark)), None)
    charset = charset or (declared[1].decode() if declared else "utf-8")
    try:
        text = raw.decode(charset)
        return text if text.encode(charset) == raw else raw.decode("latin-1")
    except (LookupError, UnicodeError):
        return raw.decode("latin-1")


def judge_html(html: str) -> tuple[str, int, list[str]]:
    """The outcome, the number of links tracked, and what is wrong."""
    links = len(rewriting_oracle.rewritten(html).links)
    try:
        faults = rewriting_oracle.faults(html)
    except mime_oracle.CANNOT_READ as error:
        faults = [f"html5lib cannot read it: {error!r}"]
    return "wrong" if faults else "verified", links, faults


def judge_mail(raw: bytes, text_links: bool = False) -> tuple[str, int, list[str]]:
    """The same of a MIME mail."""
    tracked, kinds = mime_oracle.rewrite_mail(raw, text_links), mime_oracle.BOTH if text_links else mime_oracle.HTML
    if isinstance(tracked, NotTracked):
        return OUTCOMES.get(tracked.reason, "protected"), 0, []
    if faults := mime_oracle.damage(raw, tracked, kinds):
        return "lost", len(tracked.links), faults
    try:
        faults = mime_oracle.faults(raw, tracked, kinds)
    except mime_oracle.CANNOT_READ as error:
        faults = [f"html5lib cannot read it: {error!r}"]
    return "wrong" if faults else "verified", len(tracked.links), faults


def measure(folder: Path, text_links: bool = False) -> dict[str, float]:
    """The figures of all mails in a folder. With `text_links` the links of plain texts are tracked too."""
    pages = {path: text_of(path.read_bytes()) for path in sorted(folder.rglob("*.html")) if path.is_file()}
    mails = {path: path.read_bytes() for path in sorted(folder.rglob("*.eml")) if path.is_file()}
    figures = Counter[str](dict.fromkeys(FIGURES, 0))
    judged = [(path, judge_html(html)) for path, html in pages.items()]
    judged += [(path, judge_mail(raw, text_links)) for path, raw in mails.items()]
    for path, (outcome, links, faults) in judged:
        figures["documents"] += 1
        figures[outcome] += 1
        figures["links_found"] += links
        for fault in faults:
            print(f"{path}: {fault}")
    for name, figure in figures.items():
        print(f"{name:24}{figure:10}")
    html_seconds = _seconds(rewriting_oracle.rewritten, list(pages.values()))
    mail_seconds = _seconds(lambda raw: mime_oracle.rewrite_mail(raw, text_links), list(mails.values()))
    for kind, seconds, documents in (("HTML", html_seconds, pages), ("MIME", mail_seconds, mails)):
        if documents:
            print(f"{kind:24}{seconds * 1000 / len(documents):10.3f} ms a document")
    milliseconds = (html_seconds + mail_seconds) * 1000 / max(len(judged), 1)
    beside = _beside_pytracking(list(pages.values())) if pages else {}
    return {**figures, "milliseconds_per_document": round(milliseconds, 3), **beside}


def _seconds(work: Callable[[Any], object], documents: list[Any]) -> float:
    best = float("inf")
    for _ in range(3):
        started = time.perf_counter()
        for document in documents:
            work(document)
        best = min(best, time.perf_counter() - started)
    return best


def _beside_pytracking(pages: list[str]) -> dict[str, float]:
    """How many times as long pytracking takes: its tokens readable, as ours is measured, and sealed, where ours are signed."""
    if importlib.util.find_spec("pytracking") is None:
        print("No comparison: `pip install pytracking lxml` is wanted for it.")
        return {}
    import lxml.etree
    import pytracking
    from cryptography.fernet import Fernet
    from pytracking.html import adapt_html

    def usual_way(html: str, configuration: Any) -> None:
        with suppress(
            lxml.etree.ParserError, ValueError, IndexError, AttributeError
        ):  # nothing in it, an XML declaration, no body
            adapt_html(html, {"message": "0199aa", "recipient": 0}, configuration=configuration)

    where = dict.fromkeys(("base_open_tracking_url", "base_click_tracking_url"), rewriting_oracle.TRACKING)
    sealed = pytracking.Configuration(**where, encryption_bytestring_key=Fernet.generate_key())
    mint = partial(tokens.mint, secrets=(b"a secret",))
    ways: dict[str, Callable[[str], object]] = {
        "ours": rewriting_oracle.rewritten,
        "ours, signed": lambda html: rewriting_oracle.rewritten(html, lambda *link: mint(_claim(*link))),
        "pytracking": partial(usual_way, configuration=pytracking.Configuration(**where)),
        "pytracking, sealed": partial(usual_way, configuration=sealed),
    }
    spent = dict.fromkeys(ways, 0.0)
    for html in pages:  # one after the other for each document: so a busy machine slows all of them down alike
        for name, way in ways.items():
            spent[name] += _seconds(way, [html])
    return {
        "times_as_fast_as_pytracking": round(spent["pytracking"] / spent["ours"], 2),
        "times_as_fast_with_sealed_tokens": round(spent["pytracking, sealed"] / spent["ours, signed"], 2),
    }


def _claim(index: int, destination: str) -> tokens.Claim:
    return tokens.Claim(tokens.TokenKind.LINK, "0199aa00000070008000000000000001", 0, 1_790_000_000, index, destination)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=MAILS)
    parser.add_argument("--text-links", action="store_true", help="track the links of plain texts too")
    arguments = parser.parse_args()
    print(json.dumps(measure(arguments.folder, arguments.text_links)))
