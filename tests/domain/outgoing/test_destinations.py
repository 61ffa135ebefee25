"""Where a link may lead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import BadInput
from chalicelib.domain.outgoing import merge_tags
from chalicelib.domain.outgoing.destinations import LONGEST, check, is_usual

printable = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E, exclude_characters="\\"))


@given(st.sampled_from(["http", "https", "HTTP"]), st.sampled_from("/?#"), printable)
def test_ascii_stays_byte_for_byte(scheme, mark, rest):
    url = f"{scheme}://Shop.Example:8080{mark}{rest}"
    assert check(url, "links") == url


@pytest.mark.parametrize(
    ("url", "requested"),
    [
        (" https://a.example/\n", "https://a.example/"),
        (
            "https://a.example/?next=https%3A%2F%2Fb.example%2F%25",
            "https://a.example/?next=https%3A%2F%2Fb.example%2F%25",
        ),
        ("https://a.example/b c", "https://a.example/b c"),
        ("https://a.example/?mail=a@b.example", "https://a.example/?mail=a@b.example"),
        ("https://a.example/ü%C3%BC?ö#ä", "https://a.example/%C3%BC%C3%BC?%C3%B6#%C3%A4"),
        ("https://a.example/😀", "https://a.example/%F0%9F%98%80"),
        ("https://Bücher.example:443/x", "https://xn--bcher-kva.example:443/x"),
        ("https://faß.example", "https://xn--fa-hia.example"),
        ("https://例え。テスト/", "https://xn--r8jz45g.xn--zckzah/"),
        ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example"),
        ("https://[2001:db8::1]/", "https://[2001:db8::1]/"),
        ("http://a_b.example.", "http://a_b.example."),
    ],
)
def test_the_rest_is_written_as_a_browser_requests_it(url, requested):
    assert check(url, "links") == requested


@pytest.mark.parametrize(
    ("url", "because"),
    [
        ("", "http://"),
        ("ftp://a.example", "http://"),
        ("javascript:alert(1)//http://", "http://"),
        ("//a.example", "http://"),
        ("http:/a.example", "http://"),
        ("httpſ://a.example", "http://"),
        ("https://", "no host"),
        ("https:///path", "no host"),
        ("https://?x", "no host"),
        ("https://a<b.example", "no host"),
        ("https://a.example:x/", "no host"),
        ("https://a.example/\r\nSet-Cookie: x", "control"),
        ("https://a.example/\0", "control"),
        ("https://a.ex\tample/", "control"),
        ("https://a.example\\@b.example", "backslash"),
        ("https://me:secret@a.example/", "user"),
        ("https://a.example/\ud800", "Unicode"),
        ("https://a.example\u2044b/", "host"),
        ("https://a\u00a0b.example/", "host"),
        ("https://" + "ü" * 64 + ".example", "host"),
    ],
)
def test_what_could_mislead_is_refused_in_a_sentence(url, because):
    with pytest.raises(BadInput) as refusal:
        check(url, "links[2]")
    assert because in refusal.value.sentence
    assert refusal.value.field == "links[2]"


def test_the_length_is_limited_as_it_is_written_in_the_end():
    start = "https://a.example/"
    assert len(check(start + "x" * (LONGEST - len(start)), "links")) == LONGEST
    for url in (start + "x" * LONGEST, start + "ü" * (LONGEST // 2)):
        with pytest.raises(BadInput, match=str(LONGEST)):
            check(url, "links")


@given(st.text() | st.text().map("https://".__add__) | st.text().map("https://a.example/".__add__))
def test_whatever_is_written_it_is_refused_or_becomes_a_safe_url(text):
    try:
        url = check(text, "links")
    except BadInput:
        return
    assert check(url, "links") == url
    assert url.isascii()
    assert url.isprintable()
    assert url.lower().startswith(("http://", "https://"))
    assert "\\" not in url


URLS = st.from_regex(r"https?://[a-zA-Z0-9._|@:%-]{1,8}([/=#?&][a-zA-Z0-9._|%:+{}*-]{0,6}){0,5}", fullmatch=True)


@given(URLS)
def test_a_usual_url_stays_as_it_is_and_holds_no_merge_tag(url):
    if is_usual(url):
        assert check(url, "html") == url
        assert not merge_tags.stands_in(url)


@pytest.mark.parametrize(
    ("url", "usual"),
    [
        ("https://www.example.com/a-b/c_d?utm_source=x&utm_id=1,2;3+4", True),
        ("http://example.com", True),
        ("https://example.com/" + "a" * LONGEST, False),
        ("https://example.com/-name-", False),
        ("https://example.com/?u=__NAME__", False),
        ("https://-name-/", False),
        ("https://example.com/{name}", False),
        ("https://ann@example.com/", False),
        ("ftp://example.com/", False),
    ],
)
def test_which_url_is_usual(url, usual):
    assert is_usual(url) is usual
