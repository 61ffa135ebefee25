#!/usr/bin/env bash
# What: crawlerdetect 0.4.2, which tells crawlers by their User-Agent: what Outlook for Windows and for Mac send when a
#   person opens a mail and its pictures are loaded.
# One would guess: no crawlers. Somebody sits before them, as before Thunderbird and Apple Mail, which it takes for people.
# Seen: a crawler each, for the words "Microsoft Outlook", "Microsoft Office" and "MacOutlook/".
# Whom it hurts: who leaves out the opens that it calls a crawler's: nobody at a company with Outlook ever reads a mail.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --no-compile --disable-pip-version-check 'crawlerdetect==0.4.2'
"$folder/env/bin/python" - <<'PYTHON'
from crawlerdetect import CrawlerDetect

PEOPLE = {
    "Thunderbird": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Thunderbird/140.3.0",
    "Apple Mail": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)",
}
OUTLOOK = {
    "Outlook, Windows": "Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; Win64; x64; Trident/7.0; .NET4.0C; "
    ".NET4.0E; Microsoft Outlook 16.0.17928; ms-office; MSOffice 16)",
    "Outlook, Windows, newer": "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17928; Pro)",
    "Outlook, Mac": "MacOutlook/16.90.24101387 (Intel Mac OS X Version 14.6.1)",
}
for name, agent in (PEOPLE | OUTLOOK).items():
    detect = CrawlerDetect(user_agent=agent)
    print(f"{name}: {'a crawler, for ' + detect.getMatches() if detect.isCrawler() else 'no crawler'}")
    assert detect.isCrawler() == (name in OUTLOOK)
print("As stated.")
PYTHON
