#!/usr/bin/env bash
# What: pytracking 0.2.2, open tracking of mails by a pixel and rewritten links: a mail whose HTML is one `<div>`, with
#   neither `<html>` nor `<body>`, which is how Gmail's composer writes a new mail.
# One would guess: a pixel at its end, as in a whole page. HTML lets both tags be left out (HTML Standard, 13.1.2.4).
# Seen: no pixel, and no word of it; its links are rewritten all the same. Two elements side by side raise AttributeError.
# Whom it hurts: who tracks what people write: opens of these mails are never seen, as if nobody had read them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --no-compile --disable-pip-version-check \
  'pytracking[html]==0.2.2' 'lxml==6.1.3'
"$folder/env/bin/python" - <<'PYTHON'
from pytracking import Configuration
from pytracking.html import adapt_html

there = Configuration(base_open_tracking_url="https://t.example/o/", base_click_tracking_url="https://t.example/c/")


def tracked(html):
    return adapt_html(html, {"mail": 1}, click_tracking=True, open_tracking=True, configuration=there)


written = '<div dir="ltr">Dear Bob, <a href="https://example.com/offer">our offer</a>.</div>'
page, one = tracked(f"<html><body>{written}</body></html>"), tracked(written)
print(one)
assert "https://t.example/o/" in page and "https://t.example/c/" in page
assert "https://t.example/o/" not in one and "https://t.example/c/" in one
try:
    tracked("<p>Dear Bob,</p><p>here is our offer.</p>")
    raise SystemExit("two elements raise nothing")
except AttributeError as error:
    print("two elements:", error)
print("As stated.")
PYTHON
