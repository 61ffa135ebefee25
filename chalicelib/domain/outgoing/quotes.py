"""Where somebody else's mail begins inside a reply: the marks that mail clients put on the part they quote.

What stands from the first mark on is not the sender's, so nothing in it is tracked. The marks are those the clients are
seen to send; Outlook's are also in mailgun/talon (`talon/html_quotations.py`). Outlook puts `x_` before the ids and
classes of a mail that it quotes.
"""

import re

from chalicelib.domain.outgoing.html import attributes

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

TAGS = ("div", "blockquote", "span")

# In a tag there is a value with a name of a mark among its words, or one that begins as Outlook's style does.
_NAMES = "|".join(sorted(_CLASSES | _IDS))
_VALUE = rf"=\s*+[\"']?\s*+(?:(?:[\w-]++\s++)*?(?:x_)?(?:{_NAMES}|[cC][iI][tT][eE])|border|mso-)"
SIGN = rf"(?=(?:[^>=]++|(?!{_VALUE})=)*+=)"
"""A lookahead for what every mark has: few tags without one do, so only those with it need a closer look."""


def is_mark(tag: str, inside: str) -> bool:
    """Whether a start tag, with its name in lower case and this inside, begins a quoted part."""
    named = attributes(inside)
    if named.get("id", "").removeprefix("x_") in _IDS:
        return True
    if any(name.removeprefix("x_") in _CLASSES for name in named.get("class", "").split()):
        return True
    if tag == "blockquote":  # Apple Mail, Thunderbird and many others
        return named.get("type", "").lower() == "cite"
    return tag == "div" and bool(_STYLE.search("".join(named.get("style", "").lower().split())))
