"""What is written to lead elsewhere, to add a header, or to run in a reader's page: through every door, to every way out.

The lists follow https://cheatsheetseries.owasp.org/cheatsheets/Unvalidated_Redirects_and_Forwards_Cheat_Sheet.html,
https://portswigger.net/web-security/ssrf/url-validation-bypass-cheat-sheet,
https://url.spec.whatwg.org/ (how browsers read what is no URL), https://www.unicode.org/reports/tr36/ (spoofing),
https://owasp.org/www-community/attacks/Email_Header_Injection (CWE-93) and
https://cheatsheetseries.owasp.org/cheatsheets/XSS_Filter_Evasion_Cheat_Sheet.html.
"""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.header import Header
from html import escape

import html5lib
import pytest

from chalicelib.config import config
from tests.mails import a_mail
from tests.makers import CHROME, HOME, THUNDERBIRD
from tests.replies import an_answer, reply_to
from tests.system import System

HOST = "https://shop.example"
REFUSED = {
    "a line break and a header": f"{HOST}/\r\nSet-Cookie: a=b",
    "a line feed": f"{HOST}/\nLocation: //evil.example",
    "a carriage return": f"{HOST}/\rX: y",
    "a line break in the host": "https://shop.example\r\n.evil.example/",
    "a NUL": f"{HOST}/\x00",
    "a NUL in the host": "https://shop.example\x00.evil.example/",
    "a tab": f"{HOST}/\t/evil",
    "a vertical tab": f"{HOST}/\x0b",
    "a delete": f"{HOST}/\x7f",
    "a script": "javascript:alert(1)",
    "a script in capitals": "JaVaScRiPt:alert(1)",
    "a script behind a space": " \x01javascript:alert(1)",
    "a script with a tab in it": "java\tscript:alert(1)",
    "a script like a URL": "javascript://shop.example/%0aalert(1)",
    "data": "data:text/html,<script>alert(1)</script>",
    "data like a URL": "data://text/html;base64,PHNjcmlwdD4=",
    "VBScript": "vbscript:msgbox(1)",
    "a file": "file:///etc/passwd",
    "a blob": "blob:https://shop.example/1",
    "a page of the browser": "about:blank",
    "a source": "view-source:https://shop.example/",
    "no scheme": "//evil.example/",
    "three slashes": "///evil.example/",
    "backslashes for slashes": "\\\\evil.example/",
    "a slash and a backslash": "/\\evil.example/",
    "a scheme and backslashes": "https:\\\\evil.example/",
    "a scheme without slashes": "https:evil.example",
    "a scheme and one slash": "https:/evil.example",
    "a backslash before the at": f"{HOST}\\@evil.example/",
    "a backslash in the path": f"{HOST}/\\evil.example",
    "a user": f"{HOST}@evil.example/",
    "a user with a password": "https://shop.example:443@evil.example/",
    "a user with a slash, coded": "https://shop.example%2f@evil.example/",
    "a user without a name": "https://@evil.example/",
    "no host": "https:///evil.example/",
    "a port for a host": "https://:443/",
    "a port that is none": f"{HOST}:evil/",
    "a long port": f"{HOST}:999999/",
    "brackets": "https://[shop.example]/",
    "half a bracket": "https://[::1/",
    "angles": "https://<shop>.example/",
    "a fullwidth solidus in the host": "https://shop.example\uff0fevil/",
    "a division slash in the host": "https://shop.example\u2215evil/",
    "a fullwidth at": "https://shop.example\uff20evil.example/",
    "letters from right to left in the host": "https://\u202eelpmaxe.live/",
    "a lone surrogate": f"{HOST}/\ud800",
    "a long s in the scheme": "http\u017f://evil.example/",
    "very long": f"{HOST}/{'a' * 5_000}",
}
# Odd, but the host that a browser goes to is the one that is read.
FOLLOWED = {
    "a URL in the query": f"{HOST}/?next=//evil.example",
    "an at in the path": f"{HOST}/@evil.example",
    "an at in the query": f"{HOST}?@evil.example",
    "dots": f"{HOST}/../../evil",
    "a line break, coded": f"{HOST}/%0d%0aSet-Cookie:%20a=b",
    "a NUL, coded": f"{HOST}/%00",
    "quotes and angles": f"{HOST}/\"'><script>alert(1)</script>",
    "letters from right to left in the path": f"{HOST}/\u202egpj.exe",
    "another script": "https://b\u00fccher.example/",
    "letters that look like others": "https://\u0430pple.example/",  # Cyrillic: browsers show Punycode, and so do we
    "no-break space in the path": f"{HOST}/\u00a0",
    "an IPv6 address": "https://[2001:db8::1]/",
}


@pytest.mark.parametrize("url", [url for url in REFUSED.values() if "\ud800" not in url])
def test_what_could_lead_elsewhere_is_refused_as_a_link_and_left_alone_in_a_mail(system: System, url: str):
    answer = system.call("POST", "/v1/messages", {"subject": "x", "recipients": ["b@x.example"], "links": [url]})
    assert (answer.status, answer.json["field"]) == (422, "links[0]")
    html = f'<a href="{escape(url)}">offer</a>'
    (bob,) = system.send(html=html)["recipients"]
    for link in bob["links"]:  # a browser drops what stands around a URL, and so does an attribute's reader
        assert system.ask("GET", link["tracked_url"]).headers["location"] == link["url"] == url.strip(" \t\r\n\f")


@pytest.mark.parametrize("url", FOLLOWED.values(), ids=FOLLOWED.keys())
def test_a_link_leads_to_its_own_host_in_one_line_of_ascii(system: System, url: str):
    (bob,) = system.send(html="", links=[url])["recipients"]
    answer = system.ask("GET", bob["links"][0]["tracked_url"])
    location = answer.headers["location"]
    assert answer.status == 302 and location.isascii() and location.isprintable()
    assert location.split("/")[2].partition("?")[0] in ("shop.example", "[2001:db8::1]") or location.startswith(
        "https://xn--"
    )
    assert not set(answer.headers) & {"set-cookie", "x"} and answer.body == b""


LINES = {
    "a line break": "a\r\nBcc: eve@evil.example",
    "a line feed": "a\nBcc: eve@evil.example",
    "a carriage return": "a\rBcc: eve@evil.example",
    "two line breaks and a body": "a\r\n\r\n<script>alert(1)</script>",
    "a folded line": "a\r\n Bcc: eve@evil.example",
    "a line break of Unicode": "a\u2028Bcc: eve@evil.example",
    "a next line": "a\x85Bcc: eve@evil.example",
    "a vertical tab": "a\x0bBcc: eve@evil.example",
    "an encoded word": "=?utf-8?q?a=0D=0ABcc:_eve@evil.example?=",
    "an encoded word in base64": "=?utf-8?b?YQ0KQmNjOiBldmVAZXZpbC5leGFtcGxl?=",
    "a NUL": "a\x00\r\nBcc: eve@evil.example",
    "angles": 'a" <eve@evil.example>, "b',
    "a comma": "a, eve@evil.example",
    "letters from right to left": "\u202egnp.exe",
    "very long": "a " * 400,
}


def heads(system: System) -> Iterator[tuple[dict, set[str]]]:
    """The mails that went out, with the names of their fields."""
    for mail in system.aws.outbox():
        parsed = message_from_bytes(mail["raw"].encode(), policy=policy.compat32)
        yield mail, {name.lower() for name in parsed}


OURS = {"from", "to", "subject", "auto-submitted", "x-auto-response-suppress", "content-type", "mime-version", "date"}
OURS |= {"list-unsubscribe", "list-unsubscribe-post"}  # RFC 8058


@pytest.mark.parametrize("line", LINES.values(), ids=LINES.keys())
def test_a_subject_or_a_name_adds_no_field_and_no_reader_to_what_we_send(system: System, line: str):
    message = system.send(
        subject=line[:998], recipients=[{"email": "bob@example.com", "name": line[:200]}], thread=line[:998]
    )
    system.opened(message, 3_600, THUNDERBIRD, HOME)
    system.clicked(message, 3_700, CHROME)
    system.follow()
    told = list(heads(system))
    assert told
    for mail, fields in told:
        assert mail["to"] == ["ann@sender.example"]
        assert fields <= OURS
        parsed = message_from_bytes(mail["raw"].encode(), policy=policy.compat32)
        assert parsed["To"] == "=?utf-8?q?Ann?= <ann@sender.example>" and parsed.get_all("Subject") == [
            parsed["Subject"]
        ]


@pytest.mark.parametrize("line", LINES.values(), ids=LINES.keys())
def test_no_address_holds_a_line(system: System, line: str):
    for where in (f"{line}@x.example", f"b@x.example{line}", f"{line} <b@x.example>", line):
        answer = system.call("POST", "/v1/messages", {"subject": "x", "recipients": [where]})
        assert answer.status == 422, where


@pytest.mark.parametrize("line", LINES.values(), ids=LINES.keys())
def test_a_raw_mail_adds_no_field_where_it_is_made(system: System, line: str):
    coded = line if line.startswith("=?") else Header(line, "utf-8").encode().replace("\n", "\r\n")
    raw = a_mail(Subject=coded, To=f"{coded} <bob@example.com>", From=f"{coded} <ann@sender.example>")
    answer = system.call("POST", "/v1/messages/mime", raw)
    assert answer.status == 201
    (bob,) = answer.json["recipients"]
    assert bob["email"] == "bob@example.com"
    system.opened(answer.json, 3_600, THUNDERBIRD, HOME)
    system.follow()
    for mail, fields in heads(system):
        assert mail["to"] == ["ann@sender.example"] and fields <= OURS


@pytest.mark.parametrize("line", LINES.values(), ids=LINES.keys())
def test_the_gateway_and_an_answer_handed_on_add_no_field_and_no_reader(system: System, line: str):
    coded = line if line.startswith("=?") else Header(line, "utf-8").encode().replace("\n", "\r\n")
    alias = f"bob=example.com@{config().inbound_domain}"
    system.receive(
        a_mail(To=f"{coded} <{alias}>", From=f"{coded} <ann@sender.example>"), alias, sender="ann@sender.example"
    )
    message = system.send()
    answer = an_answer(From=f"{coded} <bob@example.com>", Subject=coded, Reply_To=f"{coded} <bob@example.com>")
    system.receive(answer, reply_to(message), after=7_300)
    went = list(heads(system))
    assert went and {mail["to"][0] for mail, _ in went} <= {"bob@example.com", "ann@sender.example"}
    for mail, fields in went:
        assert len(mail["to"]) == 1 and "bcc" not in fields


MARKUP = {
    "a script": "<script>alert(1)</script>",
    "a picture": "<img src=x onerror=alert(1)>",
    "the end of an attribute": '"><svg onload=alert(1)>',
    "the end of a cell": "</td></table><iframe src=//evil.example>",
    "the end of a title": "</title><script>alert(1)</script>",
    "a link to a script": "<a href=javascript:alert(1)>x</a>",
    "a comment": "<!--",
    "a reference": "&lt;script&gt;alert(1)&lt;/script&gt;",
    "a template": "{{7*7}}${7*7}%(a)s{0}",
    "another charset": "+ADw-script+AD4-",
    "a style": "<style>*{background:url(//evil.example)}</style>",
}
HARMLESS = {
    *(
        "html",
        "head",
        "body",
        "meta",
        "title",
        "style",
        "main",
        "header",
        "footer",
        "h1",
        "h2",
        "h3",
        "p",
        "a",
        "strong",
    ),
    *("em", "small", "span", "div", "br", "table", "tbody", "tr", "td", "th", "ul", "ol", "li", "dl", "dt", "dd"),
    *("form", "button", "input"),
}


def elements(html: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """The elements that a browser would make of a page: name, attributes and text."""
    for element in html5lib.parse(html, namespaceHTMLElements=False).iter():
        if isinstance(element.tag, str):
            yield element.tag, dict(element.attrib), element.text or ""


@pytest.mark.parametrize("markup", MARKUP.values(), ids=MARKUP.keys())
def test_no_markup_of_anybodys_is_markup_in_our_mails_and_pages(system: System, markup: str):
    plain = system.send(recipients=[{"email": "bob@example.com", "name": "Bob"}])
    message = system.send(
        subject=markup, recipients=[{"email": "bob@example.com", "name": markup}], links=[f"{HOST}/?{markup}"]
    )
    for sent, after in ((plain, 3_600), (message, 7_200)):  # what follows a mail at once is told together with more
        system.aws.forget()
        system.aws.keep_time(lambda: system.now)
        system.opened(sent, after, THUNDERBIRD, HOME)
        system.clicked(sent, after + 100, CHROME, link=0)
        system.follow()
        letters = [mail["html"] for mail in system.aws.outbox()]
        page = system.ask("GET", sent["recipients"][0]["page_url"])
        assert letters and page.headers["content-type"].startswith("text/html")
        for html in [*letters, page.body.decode()]:
            for tag, attributes, text in elements(html):
                assert tag in HARMLESS and (tag != "style" or "evil" not in text), tag
                assert not any(name.startswith("on") for name in attributes)
                assert "javascript:" not in str(attributes) and "evil.example" not in str(attributes)
