"""No mail and no page takes long to read: twice the document never takes more than about twice the time."""

from collections.abc import Callable

import pytest

from chalicelib.domain.incoming.sorting import classify
from chalicelib.domain.mail import mails
from chalicelib.domain.outgoing.our_urls import Ours
from chalicelib.domain.outgoing.rewriting import Rewritten
from tests.bench import mime_oracle
from tests.hostile.pumping import LONG, superlinear
from tests.makers import SENT
from tests.rewriting import changes, rewrite

# What stands before, and what is repeated: each has made some reader of HTML slow.
PAGES = {
    "tags without an end": ("", "<a "),
    "tags that begin in tags": ("", "<a<"),
    "attributes without an end": ("<a ", "b=c "),
    "attributes without a value": ("<a ", "b= "),
    "attributes of one letter": ("<a ", "b "),
    "slashes in a tag": ("<a ", "/"),
    "quotes without an end": ("", "<a href='"),
    "quotes in quotes": ("<a href=", "'\""),
    "comments without an end": ("", "<!--"),
    "comments that nearly end": ("<!--", "--!"),
    "comments that end at once": ("", "<!-->"),
    "declarations": ("", "<!"),
    "instructions": ("", "<?"),
    "ends of nothing": ("", "</"),
    "scripts in scripts": ("<script>", "<!--<script>"),
    "scripts that nearly end": ("<script>", "</scrip"),
    "styles without an end": ("", "<style>"),
    "titles without an end": ("", "<title>"),
    "deep links": ("", "<a href=https://a.example>"),
    "links": ("", "<a href=https://a.example>b</a>"),
    "links in links' text": ("<a href=https://a.example>", "<b>c"),
    "deep quotes": ("", "<blockquote type=cite>"),
    "deep parts": ("", "<div class=gmail_quote>"),
    "bodies": ("", "</body></html>"),
    "conditions of Outlook": ("", "<!--[if mso]>"),
    "character references": ("<a href='https://a.example/", "&#x"),
    "unknown references": ("<a href='https://a.example/", "&a"),
    "a long URL": ("<a href='https://a.example/", "a"),
    "a long host": ("<a href=https://a.example>", "a."),
    "spaces": ("<a href=https://a.example>", " "),
    "template marks": ("<a href='https://a.example/", "{{"),
    "zeros": ("", "\x00"),
}
HEAD = "From: Ann <ann@sender.example>\r\nTo: bob@example.com\r\nSubject: Offer\r\nMIME-Version: 1.0\r\n"
MIXED = f"{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n"
MAILS = {
    "fields": ("", "A: b\r\n"),
    "fields of one name": ("", "To: b@x.example\r\n"),
    "a field without an end": ("To: ", "b@x.example, "),
    "a field of many lines": ("Subject: a", "\r\n b"),
    "a name that goes on": ("", "A"),
    "comments in a field": ("To: ", "(a"),
    "quotes in a field": ("To: ", '"\\\\'),
    "angles in a field": ("To: ", "<"),
    "groups in a field": ("To: ", "a: b@x.example; "),
    "encoded words": ("Subject: ", "=?utf-8?q?=41?= "),
    "encoded words that nearly end": ("Subject: ", "=?utf-8?b?QQ?"),
    "ids": ("References: ", "<a@b.example> "),
    "ids without an end": ("References: ", "<a@"),
    "spaces in a field": ("Subject: ", " "),
    "a parameter in pieces": ("Content-Type: text/html; ", "charset*0=a; "),
    "parameters": ("Content-Type: text/html; ", "a=b; "),
    "parameters without an end": ("Content-Type: text/html; charset=", '"\\'),
    "parts": (MIXED, "--b\r\n\r\na\r\n"),
    "parts without a body": (MIXED, "--b\r\n"),
    "boundaries that are none": (MIXED, "--c\r\n"),
    "parts in parts": (HEAD, "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"),
    "mails in mails": (HEAD, "Content-Type: message/rfc822\r\n\r\n"),
    "carriage returns": (f"{HEAD}\r\n", "\r"),
    "equals signs": (f"{HEAD}Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n", "="),
    "soft breaks": (f"{HEAD}Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n", "= \r\n"),
    "spaces at the end of a line": (
        f"{HEAD}Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n",
        " ",
    ),
    "base64": (f"{HEAD}Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n", "PGEg"),
    "no base64": (f"{HEAD}Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n", "= "),
    "tokens that are none": (f"{HEAD}\r\n", "/o/AAAAAAAAAAAAAAAAAAAAAAAA"),
    "a token without an end": (f"{HEAD}\r\n/o/", "A"),
    "dates that are none": (f"{HEAD}\r\n", "until 1 of "),
    "addresses that are none": (f"{HEAD}\r\n", "a@b."),
    "status codes": (f"{HEAD}Content-Type: message/delivery-status\r\n\r\n", "Status: 5.1.1\r\n\r\n"),
}


def pumped(before: str, part: str) -> Callable[[int], str]:
    return lambda length: before + part * (length // len(part))


OURS = Ours("https://t.example", (b"a secret",))
OLD = "https://t.example/c/" + "A" * 60
ABOVE = "<p>On 2 Nov 2026 at 09:14 bob@example.com wrote"
PAGES |= {
    "times": ("", "<p>09:14 bob@example.com: "),
    "words above a quotation that end it never": ("", ABOVE),
    "words above nothing": (f"{ABOVE}", "<br>:<br>"),
    "fields of a header": ("", "<p>09:14 X: bob@example.com</p>"),
    "quotations of nobody": ("", "a: 09:14 <blockquote>"),
    "cells of a row": ("<tr>", "<td>09:14 From: "),
    "what may be ours": ("", f"<p>{OLD}"),
    "what may be ours and goes on": ("", f"{OLD}\n> "),
    "pictures that may be ours": ("", f"<img src='{OLD}'>"),
    "links that may be ours": ("", f"<a href='{OLD}' title='{OLD}'>"),
    "wrapped links that may be ours": ("<a href='", f"https-3A__t.example_c_{'A' * 60}"),
    "percent signs": (f"<a href='{OLD}", "%25"),
}


def as_rewritten(html: str) -> Rewritten:
    return rewrite(
        html,
        pixel_url="https://t.example/o/a",
        tracked_url=lambda index, url: f"https://t.example/c/{index}",
        ours=OURS,
    )


@pytest.mark.parametrize(("before", "part"), PAGES.values(), ids=PAGES.keys())
def test_a_page_is_rewritten_in_time_in_proportion_to_its_length(before: str, part: str):
    assert not superlinear(as_rewritten, pumped(before, part), LONG)


TEXTS = {
    "links": ("", "https://a.example "),
    "links that stick together": ("", "https://a.example/"),
    "links that end a sentence": ("https://a.example/", "."),
    "brackets at the end": ("https://a.example/(", ")"),
    "links without an end": ("", "<https://a.example/\n"),
    "quoted lines": ("", "> https://a.example\n"),
    "quoted lines that nearly are": ("", "   "),
    "lines above a mail": ("", "---- a ----\n"),
    "lines that nearly are": ("", "-"),
    "dashes and words": ("", "---a"),
    "long lines": ("", "_"),
    "words before a link": ("", "unsubscribe "),
    "lines that may be ours": (OLD, "\n> AAAAAAAAAA"),
    "lines that may be ours, each": ("", f"{OLD}\n> AAAAAAAAAA\n"),
    "fields of a header": ("", "From: bob@example.com\n"),
    "words above a mail that it never ends": ("", "On 2 Nov 2026 at 09:14 bob@example.com wrote\n"),
    "lines that end with a colon": ("", "09:14 2026:\n"),
}


@pytest.mark.parametrize(("before", "part"), TEXTS.values(), ids=TEXTS.keys())
def test_a_text_is_changed_in_time_in_proportion_to_its_length(before: str, part: str):
    text = pumped(before, part)
    assert not superlinear(
        lambda raw: changes(raw, lambda index, url: f"https://t.example/c/{index}", ours=OURS), text, LONG
    )


READERS: list[Callable[[bytes], object]] = [
    mime_oracle.rewrite_mail,
    lambda raw: classify(raw, "bob@example.com", (b"a secret",), SENT),
    lambda raw: (mails.author(raw), mails.recipients(raw), mails.subject(raw), mails.thread(raw)),
]


@pytest.mark.parametrize(("before", "part"), MAILS.values(), ids=MAILS.keys())
def test_a_mail_is_read_in_time_in_proportion_to_its_length(before: str, part: str):
    text = pumped(before, part)
    for read in READERS:
        assert not superlinear(read, lambda length: text(length).encode(), LONG)
