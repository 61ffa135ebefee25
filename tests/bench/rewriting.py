"""Rewrites a folder of mails and prints what a standards parser sees of them: python -m tests.bench.rewriting --folder DIR.

Every *.html is rewritten as HTML. The last line is JSON.
"""

import argparse
import codecs
import json
import re
import time
from collections import Counter
from pathlib import Path

from chalicelib.domain.rewriting import rewrite
from tests.bench import rewriting_oracle as oracle

MAILS = Path(__file__).parent / "mails"
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def text_of(raw: bytes) -> str:
    """The file's text by its byte order mark or its own word; else, or if that is wrong, as Latin-1."""
    declared = _CHARSET.search(raw[:4096])
    charset = next((name for mark, name in _MARKS.items() if raw.startswith(mark)), None)
    charset = charset or (declared[1].decode() if declared else "utf-8")
    try:
        text = raw.decode(charset)
        return text if text.encode(charset) == raw else raw.decode("latin-1")
    except (LookupError, UnicodeError):
        return raw.decode("latin-1")


def measure(folder: Path) -> dict[str, float]:
    """The figures of all mails in a folder."""
    figures = Counter[str]()
    seconds = 0.0
    for path in sorted(folder.rglob("*.html")):
        html = text_of(path.read_bytes())
        started = time.perf_counter()
        rewritten = rewrite(html, pixel_url=oracle.PIXEL, tracked_url=oracle.tracked_url, own=oracle.own)
        seconds += time.perf_counter() - started
        faults = oracle.faults(html)
        figures["documents"] += 1
        figures["links_found"] += len(rewritten.links)
        figures["verified"] += not faults
        for fault in faults:
            print(f"{path}: {fault}")
    return {**figures, "milliseconds_per_document": round(seconds * 1000 / max(figures["documents"], 1), 3)}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=MAILS)
    print(json.dumps(measure(parser.parse_args().folder)))
