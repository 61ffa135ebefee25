"""The pixel always answers; the redirect follows what we signed, byte for byte, and nothing else."""

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st

from chalicelib.domain.tokens import Claim, TokenKind, mint
from chalicelib.routes.public.tracking import PIXEL
from tests.embedded import PUBLIC_URL, SECRETS
from tests.makers import CHROME, HOME, SENT, a_message
from tests.system import Answer, System
from tests.trouble import NOBODY_THERE, settings

RING = tuple(secret.encode() for secret in SECRETS)
NOTHING_WORKS = {"AWS_ENDPOINT_URL_DYNAMODB": NOBODY_THERE, "SPILL_QUEUE_URL": ""}
DESTINATION = "https://example.com/offer?a=1&b=2#top"
CLAIM = Claim(TokenKind.LINK, a_message().id, 0, int(SENT), 0, DESTINATION)
AN_OPEN, A_CLICK = Claim(TokenKind.PIXEL, a_message().id, 0, int(SENT)), CLAIM


def is_the_pixel(answer: Answer) -> bool:
    return (
        answer.status == 200
        and answer.body == PIXEL
        and answer.headers["content-type"] == "image/gif"
        and answer.headers["cache-control"] == "private, no-store, max-age=0"
        and not {"etag", "last-modified", "set-cookie", "location"} & answer.headers.keys()
    )


def is_nothing(answer: Answer) -> bool:
    return answer.status == 404 and "location" not in answer.headers and b"nothing at this address" in answer.body


def kept(system: System) -> list[str]:
    """The kinds of the events in the table."""
    return [item["kind"]["S"] for item in system.aws.items() if item["sk"]["S"].startswith("e#")]


# -- The pixel


def test_the_pixel_is_a_gif_of_one_transparent_dot_in_42_bytes():
    assert len(PIXEL) == 42
    assert PIXEL[:6] == b"GIF89a"
    assert PIXEL[6:10] == b"\x01\x00\x01\x00"
    assert PIXEL[19:23] == b"\x21\xf9\x04\x01" and PIXEL.endswith(b"\x3b")  # a transparent colour, and the end


ACCEPTS = [
    None,
    "*/*",
    "image/*",
    "image/webp,image/png",
    "application/json",
    "text/html",
    "",
    "nonsense",
    "image/avif,*/*",
]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_pixel_answers_whatever_is_accepted(system: System, method):
    for accept in ACCEPTS:
        headers = {} if accept is None else {"Accept": accept}
        assert is_the_pixel(system.ask(method, f"/o/{mint(AN_OPEN, RING)}", headers=headers)), accept
    assert kept(system) == ["open"] * len(ACCEPTS)


@pytest.mark.parametrize("suffix", [".gif", ".png", ".gif?x=1", "?", "?cachebuster=1&a=%00"])
def test_the_pixel_is_known_with_a_file_name_or_a_query(system: System, suffix):
    assert is_the_pixel(system.ask("GET", f"/o/{mint(AN_OPEN, RING)}{suffix}"))
    assert kept(system) == ["open"]


STRANGE = {
    "nonsense": "x",
    "a suffix alone": ".gif",
    "no base64": "%F0%9F%98%80%00",
    "a forged one": mint(AN_OPEN, (b"their secret",)),
    "a link's": mint(A_CLICK, RING),
    "a page's": mint(Claim(TokenKind.PAGE, a_message().id, 0, int(SENT)), RING),
    "one cut short": mint(AN_OPEN, RING)[:-4],
    "a very long one": "A" * 9_000,
}


def test_the_pixel_answers_a_token_that_is_none_and_keeps_nothing_of_it(system: System):
    before = system.aws.items()
    for name, token in STRANGE.items():
        assert is_the_pixel(system.ask("GET", f"/o/{token}")), name
        assert is_the_pixel(system.ask("HEAD", f"/o/{token}")), name
        assert system.aws.items() == before, name


def test_the_pixel_answers_with_table_and_queue_down(system: System):
    with settings(**NOTHING_WORKS):
        assert is_the_pixel(system.ask("GET", f"/o/{mint(AN_OPEN, RING)}"))


def test_the_pixel_answers_when_not_even_the_settings_are_right(system: System):
    with settings(TABLE_NAME="", SECRETS=""):
        assert is_the_pixel(system.ask("GET", f"/o/{mint(AN_OPEN, RING)}"))


def test_the_pixel_answers_a_client_that_says_nothing_of_itself(system: System):
    assert is_the_pixel(system.ask("GET", f"/o/{mint(AN_OPEN, RING)}", headers={}, address=""))


@pytest.mark.parametrize(
    "headers", [{"User-Agent": "\x00\ud83d" * 9}, {"X-Odd": "x" * 9_000}, {"Content-Length": "-1"}]
)
def test_the_pixel_answers_odd_headers(system: System, headers):
    assert is_the_pixel(system.ask("GET", f"/o/{mint(AN_OPEN, RING)}", headers=headers))


# -- The redirect


def test_a_link_leads_on_and_is_kept_as_a_click(system: System):
    answer = system.ask("GET", f"/c/{mint(CLAIM, RING)}", headers={"User-Agent": CHROME})
    assert (answer.status, answer.headers["location"]) == (302, DESTINATION)
    assert answer.headers["cache-control"] == "private, no-store, max-age=0"
    assert kept(system) == ["click"]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_link_leads_on_whatever_is_accepted(system: System, method):
    for accept in ACCEPTS:
        headers = {} if accept is None else {"Accept": accept}
        answer = system.ask(method, f"/c/{mint(CLAIM, RING)}", headers=headers)
        assert (answer.status, answer.headers["location"]) == (302, DESTINATION), accept


NASTY = [
    "https://example.com",
    "http://example.com:8080/?",
    "https://example.com/#",
    "https://example.com/a%2Fb%20c%00?x=%26&y=%C3%A4+1#%23",
    "https://example.com/?next=https%3A%2F%2Fother.example%2F%3Fa%3D1%26b%3D2",
    "https://example.com/?u=https://other.example/?a=1&b=2",
    "https://example.com/a;b=c,d:e@f!$'()*~_-.",
    "https://example.com/%E2%82%AC/%zz/%",
    'https://example.com/{{unsubscribe}}/[x]|^`"<>',
    "https://xn--bcher-kva.example/",
    "https://[2001:db8::1]:443/",
    "HTTPS://EXAMPLE.com/A",
    "https://example.com/a//b/../c/./",
    f"https://example.com/{'x' * 3_900}",
]


def test_a_link_leads_to_what_the_sender_wrote_byte_for_byte(system: System):
    links = system.send(html="", links=NASTY)["recipients"][0]["links"]
    assert [link["url"] for link in links] == NASTY
    for url, link in zip(NASTY, links, strict=True):
        answer = system.ask("GET", link["tracked_url"])
        assert (answer.status, answer.headers["location"]) == (302, url)


def test_a_link_in_html_leads_to_what_a_browser_would_have_asked_for(system: System):
    message = system.send(html='<a href="  https://example.com/?a=1&amp;b=&quot;2&quot;&copy=3&#x26;d&lt;  ">offer</a>')
    (link,) = message["recipients"][0]["links"]
    assert system.ask("GET", link["tracked_url"]).headers["location"] == 'https://example.com/?a=1&b="2"&copy=3&d<'


@tried(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=200))
def test_whatever_was_signed_is_given_back_unchanged(system: System, rest):
    claim = Claim(TokenKind.LINK, a_message().id, 0, int(SENT), 0, f"https://example.com/{rest}")
    assert system.ask("GET", f"/c/{mint(claim, RING)}").headers["location"] == claim.destination


STRANGE_LINKS = {
    "nonsense": "x",
    "a bare address": "https%3A%2F%2Fevil.example",
    "base64 of an address": "aHR0cHM6Ly9ldmlsLmV4YW1wbGU",
    "a forged one": mint(CLAIM, (b"their secret",)),
    "a pixel's": mint(AN_OPEN, RING),
    "one cut short": mint(CLAIM, RING)[:-2],
    "one lengthened": mint(CLAIM, RING) + "A",
    "one with an apostrophe": mint(CLAIM, RING) + "%27",
    "one in another spelling": mint(CLAIM, RING) + "%3D",
}


@pytest.mark.parametrize("query", ["", "?url=https://evil.example", "?u=//evil.example&to=https://evil.example"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_we_did_not_sign_is_a_plain_page_and_leads_nowhere(system: System, method, query):
    headers = {"Referer": "https://evil.example/", "Host": "evil.example"}
    for name, token in STRANGE_LINKS.items():
        answer = system.ask(method, f"/c/{token}{query}", headers=headers)
        assert is_nothing(answer), name
        assert answer.headers["content-type"].startswith("text/html"), name
        assert b"evil" not in answer.body, name


def test_a_query_beside_a_good_token_changes_nothing(system: System):
    answer = system.ask("GET", f"/c/{mint(CLAIM, RING)}?url=https://evil.example", headers={"Host": "evil.example"})
    assert answer.headers["location"] == DESTINATION


def test_links_work_after_the_secret_was_rotated(system: System):
    message = system.send()
    link, pixel = message["recipients"][0]["links"][0]["tracked_url"], message["recipients"][0]["pixel_url"]
    with settings(SECRETS=",".join(["the newest", *SECRETS])):
        assert system.ask("GET", link).status == 302
        assert is_the_pixel(system.ask("GET", pixel))
        assert system.send()["recipients"][0]["pixel_url"] != pixel
    assert sorted(kept(system)) == ["click", "open"]
    with settings(SECRETS="the newest"):
        assert is_nothing(system.ask("GET", link))


def test_links_work_with_table_and_queue_down(system: System):
    with settings(**NOTHING_WORKS):
        answer = system.ask("GET", f"/c/{mint(CLAIM, RING)}")
    assert (answer.status, answer.headers["location"]) == (302, DESTINATION)


def test_links_work_after_their_message_was_deleted(system: System):
    message = system.send()
    assert system.call("DELETE", f"/v1/messages/{message['id']}").status == 204
    assert system.clicked(message, 3600, CHROME).status == 302
    assert is_the_pixel(system.opened(message))
    system.follow()
    assert kept(system) == []


@pytest.mark.parametrize("path", ["/c/", "/o/", "/c", "//evil.example", "/c/a/b", "/p/x/y"])
def test_at_other_addresses_there_is_nothing(system: System, path):
    answer = system.ask("GET", path)
    assert (answer.status, answer.headers["content-type"]) == (404, "application/problem+json")
    assert "location" not in answer.headers and kept(system) == []


def test_a_scanner_that_appends_to_a_link_is_seen_and_led_nowhere(system: System):
    message = system.send()
    link = message["recipients"][0]["links"][0]["tracked_url"]
    system.now = SENT + 3600
    assert is_nothing(system.ask("GET", f"{link}%27", headers={"User-Agent": CHROME}, address=HOME))
    system.follow()
    (event,) = system.show(message)["events"]
    assert (event["kind"], event["counted"]) == ("click", False)
    assert "altered_link" in event["verdict"]["reasons"]


def test_a_link_with_percent_coded_letters_is_the_same_link(system: System):
    message = system.send()
    link = message["recipients"][0]["links"][0]["tracked_url"]
    path, _, token = link.rpartition("/")
    coded = "".join(f"%{ord(letter):02x}" for letter in token[:5]) + token[5:]
    system.now = SENT + 3600
    assert system.ask("GET", f"{path}/{coded}", headers={"User-Agent": CHROME}, address=HOME).status == 302
    system.follow()
    (event,) = system.show(message)["events"]
    assert event["kind"] == "click" and "altered_link" not in event["verdict"]["reasons"]


def test_the_public_url_is_the_settings_never_the_requests(system: System):
    answer = system.ask(
        "GET", f"/c/{mint(CLAIM, RING)}", headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    )
    assert answer.headers["location"] == DESTINATION
    assert system.send()["recipients"][0]["pixel_url"].startswith(f"{PUBLIC_URL}/o/")
