#!/usr/bin/env bash
# What: pytracking 0.2.2, open tracking of mails by a pixel and rewritten links: a mail that begins with a doctype, as
#   nearly all templates of newsletters do.
# One would guess: the mail as it was, with a pixel and other links.
# Seen: the doctype is gone, whether it is HTML's or XHTML's, so the mail is laid out in quirks mode (HTML Standard,
#   13.2.6.4.1). Beside it every character beyond ASCII has become a reference of six bytes and more.
# Whom it hurts: who reads the mail in a program that keeps a mail a page of its own: boxes are reckoned with other widths,
#   tables take another font; and who writes in another script than Latin: mails grow towards Gmail's cut at 102 kB.
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
strict = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">'
for doctype in ("<!DOCTYPE html>", strict):
    html = f"{doctype}<html><head><title>Offer</title></head><body><p>नमस्ते</p></body></html>"
    tracked = adapt_html(html, {"mail": 1}, click_tracking=True, open_tracking=True, configuration=there)
    print(tracked)
    assert tracked.startswith("<html>") and "doctype" not in tracked.lower()
    assert "नमस्ते" not in tracked and "&#2344;" in tracked
print("As stated.")
PYTHON
