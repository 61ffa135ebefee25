"""Rewrites a folder of mails and prints what a standards parser then sees: python -m tests.bench.rewriting --folder DIR.

Every *.html is rewritten as HTML. The last line is JSON: `documents`, of which `verified` (html5lib sees exactly the
expected links, and undoing gives the original back); `links_found` that are tracked; the time. Beside it, for measure,
the time of the usual way: parsing with lxml, changing each link, adding the pixel, serialising.
"""

import argparse
import codecs
import importlib.util
import json
import re
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from chalicelib.domain.rewriting import rewrite
from tests.bench import rewriting_oracle as oracle

MAILS = Path(__file__).parent / "mails"
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


def tracked(html: str) -> int:
    return len(rewrite(html, pixel_url=oracle.PIXEL, tracked_url=oracle.tracked_url, own=oracle.own).links)


def _seconds(work: Callable[[str], object], mails: list[str]) -> float:
    best = float("inf")
    for _ in range(3):
        started = time.perf_counter()
        for html in mails:
            work(html)
        best = min(best, time.perf_counter() - started)
    return best


def _print_beside_lxml(mails: list[str], seconds: float) -> None:
    if importlib.util.find_spec("lxml") is None:
        print("lxml is not installed: no comparison")
        return
    from lxml import etree
    from lxml import html as lxml_html

    def usual_way(html: str) -> None:
        try:
            tree = lxml_html.document_fromstring(html)
        except (etree.ParserError, ValueError):  # nothing in it, or an XML declaration
            return
        for index, link in enumerate(tree.iter("a")):
            if link.get("href", "").startswith("http"):
                link.set("href", oracle.tracked_url(index, ""))
        body = tree.find("body")
        if body is not None:
            etree.SubElement(body, "img", src=oracle.PIXEL, width="1", height="1", alt="")
        lxml_html.tostring(tree, encoding="unicode")

    usual = _seconds(usual_way, mails)
    print(f"{'the usual way (lxml)':24}{usual * 1000 / len(mails):10.3f} ms a mail, {usual / seconds:.2f} of our time")


def measure(folder: Path) -> dict[str, float]:
    """The figures of all mails in a folder."""
    figures = Counter[str](documents=0, verified=0, links_found=0)
    mails = []
    for path in sorted(folder.rglob("*.html")):
        html = text_of(path.read_bytes())
        mails.append(html)
        faults = oracle.faults(html)
        figures["documents"] += 1
        figures["links_found"] += tracked(html)
        figures["verified"] += not faults
        for fault in faults:
            print(f"{path}: {fault}")
    for name, figure in figures.items():
        print(f"{name:24}{figure:10}")
    seconds = _seconds(tracked, mails)
    milliseconds = seconds * 1000 / max(len(mails), 1)
    print(f"{'rewriting':24}{milliseconds:10.3f} ms a mail")
    if mails:
        _print_beside_lxml(mails, seconds)
    return {**figures, "milliseconds_per_document": round(milliseconds, 3)}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=MAILS)
    print(json.dumps(measure(parser.parse_args().folder)))
