"""What its author wrote in a mail, without what is quoted in it and without the signature: in plain text, from HTML where
there is nothing else."""

import html
import re

from chalicelib.domain.incoming.received import Mail

LONGEST = 10_000  # characters of a mail that are looked at
_LONGEST_HTML = 200_000

_UNSEEN = re.compile(
    r"<!--.{0,20000}?-->|<(style|script|head|title)\b.{0,20000}?</\1\s{0,5}>", re.IGNORECASE | re.DOTALL
)
_QUOTE = re.compile(
    r"<blockquote\b|<[^<>]{1,300}?\b(?:gmail_quote|yahoo_quoted|divRplyFwdMsg|appendonsend|moz-cite-prefix|"
    r"messageReplySection|OutlookMessageHeader)",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<(?:br|/?p|/?div|/?tr|/?li|/?h[1-6]|/?table|hr)\b[^<>]{0,2000}>", re.IGNORECASE)
_CELL = re.compile(r"</?t[dh]\b[^<>]{0,2000}>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z!][^<>]{0,5000}>")
# Where what is quoted begins: a line of dashes around words or of underscores, a line that names author and time and ends
# in a colon, the first of the fields that Outlook puts above a quote; and a signature's two dashes.
_ATTRIBUTION = re.compile(r"[^\n]{0,120}(?:\d{1,2}:\d\d|\b20\d\d\b|@)[^\n]{0,160}:\s*")
_FIELD = re.compile(r"\s*\*?[^\W\d_][\w .-]{1,20}\*?\s?:\*?\s")
_BLOCK = 3  # fields one under the other, of which one holds an address or a time
_SIGNATURE = "--"


def own_words(mail: Mail) -> str:
    """The author's own words, without those above which they stand; "" if there are none."""
    return unquoted(words(mail)[: 4 * LONGEST])[:LONGEST]


def words(mail: Mail) -> str:
    """All that a mail says, its quotes too."""
    for kind, read in (("text/plain", str), ("text/html", _plain)):
        text = "\n".join(read(mail.text(part)[:_LONGEST_HTML]) for part in mail.own(kind)).strip()
        if text:
            return text
    return ""


def unquoted(text: str) -> str:
    """A text until a quote begins, or a signature. Where it begins with a quote, what is not marked as one."""
    lines = text.splitlines()
    kept: list[str] = []
    for number, line in enumerate(lines):
        if line.startswith((">", "|")):
            continue
        said = any(each.strip() for each in kept)
        if line.rstrip() == _SIGNATURE or (said and _begins_quote(lines, number)):
            break
        kept.append(line)
    return "\n".join(kept).strip()


def _begins_quote(lines: list[str], number: int) -> bool:
    line = lines[number]
    if _is_rule(line.strip()):
        return True
    wrapped = f"{line} {lines[number + 1]}" if number + 1 < len(lines) else line
    if any(_ATTRIBUTION.fullmatch(each[:300]) for each in (line, wrapped)) and _is_quoted_behind(lines, number):
        return True
    block = lines[number : number + _BLOCK]
    return (
        len(block) == _BLOCK
        and all(_FIELD.match(each[:80]) for each in block)
        and any("@" in each or re.search(r"\d:\d\d", each[:200]) for each in block)
    )


def _is_rule(line: str) -> bool:
    """Whether a line is drawn: of dashes, equals signs or underscores, with words between them or none."""
    drawn = len(line) > 3 and set(line[:2]) | set(line[-2:]) <= set("-_=")
    return drawn and (len(line) >= 10 or any(letter.isalpha() for letter in line))


def _is_quoted_behind(lines: list[str], number: int) -> bool:
    """Whether what follows a line is marked as a quote, or nothing is."""
    behind = [line for line in lines[number + 1 : number + 6] if line.strip()]
    return not behind or any(line.startswith(">") for line in behind) or not any(line.startswith(">") for line in lines)


def _plain(page: str) -> str:
    quote = _QUOTE.search(page)
    text = _UNSEEN.sub(" ", page[: quote.start()] if quote else page)
    text = _TAG.sub("", _BREAK.sub("\n", _CELL.sub(" ", re.sub(r"\s+", " ", text))))
    lines = [" ".join(line.split()) for line in html.unescape(text).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
