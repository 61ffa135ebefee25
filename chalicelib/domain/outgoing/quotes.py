"""Where somebody else's mail begins inside a reply: the marks that mail clients put on the part they quote.

What stands from the first mark on is not the sender's, so nothing in it is tracked. The marks are those the clients are
seen to send; Outlook's are also in mailgun/talon (`talon/html_quotations.py`). Outlook puts `x_` before the ids and
classes of a mail that it quotes.
"""

import re
from collections.abc import Mapping

_CLASSES = frozenset(
    {
        "gmail_quote",  # Gmail, and the clients that imitate it
        "gmail_quote_container",
        "moz-cite-prefix",  # Thunderbird, replying
        "moz-forward-container",  # Thunderbird, forwarding
        "yahoo_quoted",
        "protonmail_quote",
        "zmail_extra",  # Zoho
    }
)
_IDS = frozenset(
    {
        "appendonsend",  # Outlook on the web, new Outlook
        "divRplyFwdMsg",
        "mail-editor-reference-message-container",  # Outlook on phones, new Outlook
        "OLK_SRC_BODY_SECTION",  # Outlook for Mac
    }
)
# Outlook for Windows (Word) since 2007, read without white space.
_STYLE = re.compile(r"border-top:solid#(?:e1e1e1|b5c4df)[0-9.]+pt;padding:3(?:\.0)?pt0(?:in|cm)")

_SIGNS = ("_quote", "cite", "CITE", "moz-forward", "zmail_extra", *sorted(_IDS), "3.0pt", "3pt 0")


def signs(html: str) -> list[int]:
    """Where signs of marks end, in order: every mark has one inside its tag, so most mails need no closer look."""
    found = []
    for sign in _SIGNS:
        at = html.find(sign)
        while at >= 0:
            found.append(at + len(sign))
            at = html.find(sign, at + 1)
    return sorted(found)


def is_mark(tag: str, attributes: Mapping[str, str]) -> bool:
    """Whether a start tag begins a quoted part. Names of tags and attributes are in lower case."""
    if attributes.get("id", "").removeprefix("x_") in _IDS:
        return True
    if any(name.removeprefix("x_") in _CLASSES for name in attributes.get("class", "").split()):
        return True
    if tag == "blockquote":  # Apple Mail, Thunderbird and many others
        return attributes.get("type", "").lower() == "cite"
    return tag == "div" and bool(_STYLE.search("".join(attributes.get("style", "").lower().split())))
