"""What its author wrote in a mail, without what is quoted in it and without the signature: in plain text, from HTML where
there is nothing else."""

import html
import re

from chalicelib.domain.incoming.received import Mail
from chalicelib.domain.outgoing.attribution_lines import MOST_LINES, begun, behind_margin, ends_in_colon
from chalicelib.domain.outgoing.header_blocks import MOST_FIELDS, Read, is_header
from chalicelib.domain.outgoing.html_text import Line

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
    """A text until a quote begins, or a signature. Where margins mark what is quoted, or a quote begins it, the rest of it."""
    lines = text.splitlines()
    written = [Line(number, number + 1, line.strip()) for number, line in enumerate(lines) if line.strip()]
    kept: list[str] = []
    index = 0
    while index < len(written):
        number = written[index].start
        if lines[number].startswith((">", "|")):
            index += 1
            continue
        if lines[number].rstrip() == _SIGNATURE:
            break
        if kept:
            behind = _behind_quote(written, index)
            if behind == len(written):
                break
            if behind > index:
                index = behind
                continue
            kept += [""] * min(number - written[index - 1].start - 1, 2)
        kept.append(lines[number])
        index += 1
    return "\n".join(kept).strip()


def _behind_quote(lines: list[Line], number: int) -> int:
    """The number of the line where a quote ends that begins with a line, which is the line's own if none does."""
    if _is_rule(lines[number].text) or is_header(Read(lines[number : number + MOST_FIELDS]), 0, lambda _: False):
        return len(lines)
    last = next((at for at in range(number, min(number + MOST_LINES, len(lines))) if ends_in_colon(lines[at].text)), -1)
    if last < 0:
        return number
    behind = last + 1
    marked = behind < len(lines) and lines[behind].text.startswith(">")
    if begun(lines[number:behind], last - number, lambda _: marked) != lines[number].start:
        return number
    return behind_margin(lines, behind, lambda one, other: other.start > one.end) if marked else len(lines)


def _is_rule(line: str) -> bool:
    """Whether a line is drawn: of dashes, equals signs or underscores, with words between them or none."""
    drawn = len(line) > 3 and set(line[:2]) | set(line[-2:]) <= set("-_=")
    return drawn and (len(line) >= 10 or any(letter.isalpha() for letter in line))


def _plain(page: str) -> str:
    quote = _QUOTE.search(page)
    text = _UNSEEN.sub(" ", page[: quote.start()] if quote else page)
    text = _TAG.sub("", _BREAK.sub("\n", _CELL.sub(" ", re.sub(r"\s+", " ", text))))
    lines = [" ".join(line.split()) for line in html.unescape(text).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
