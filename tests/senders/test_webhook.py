"""A POST to a stranger's endpoint: to the address that was checked, proven by its certificate, and for seconds only."""

import ssl
import threading
from pathlib import Path

import pytest

from chalicelib.config import VERSION
from chalicelib.domain.webhooks import Failure
from chalicelib.senders.webhook import Unreachable, addresses, post
from tests.certificates import certificate, server_context
from tests.trouble import settings
from tests.webhook_endpoint import receiving, talking

HOST = "hooks.example.com"
SIGNED = {"webhook-id": "1"}
A_MOMENT = 0.2  # seconds: enough for this machine, and short for a test


@pytest.fixture(scope="module")
def proof(tmp_path_factory) -> Path:
    """The certificate of HOST."""
    return certificate(tmp_path_factory.mktemp("proof"), HOST)


def here(host: str, port: int) -> list[str]:
    """The resolver of a test: HOST is on this machine."""
    assert host == HOST
    return ["127.0.0.1"]


def failure(url: str, **wanted) -> Failure:
    with pytest.raises(Unreachable) as unreachable:
        post(url, SIGNED, b"{}", **{"loopback": True, "seconds": A_MOMENT, **wanted})
    return unreachable.value.failure


# -- What goes out


def test_it_goes_to_the_address_of_the_name_that_the_certificate_is_for(proof):
    asked = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append((host, port))
        return here(host, port)

    with receiving(server_context(proof)) as endpoint:
        url = f"https://{HOST}:{endpoint.port}/in?a=b"
        trusted = ssl.create_default_context(cafile=str(proof))
        assert post(url, SIGNED, b'{"a":1}', loopback=True, resolve=resolve, trusted=trusted) == 204
    (posted,) = endpoint.posts
    assert (posted.path, posted.body, endpoint.names) == ("/in?a=b", b'{"a":1}', [HOST])
    assert posted.headers == SIGNED | {
        "host": f"{HOST}:{endpoint.port}",
        "content-type": "application/json",
        "content-length": "7",
        "user-agent": f"Unsealed/{VERSION}",
        "accept-encoding": "identity",
        "connection": "close",
    }
    assert asked == [(HOST, endpoint.port)], "once: a second answer might be another"


@pytest.mark.parametrize("status", [200, 400, 404, 410, 500, 503])
def test_the_status_is_given_whatever_it_is(status):
    with receiving() as endpoint:
        endpoint.status = status
        assert post(endpoint.url, SIGNED, b"{}", loopback=True) == status


def test_a_redirect_is_not_followed():
    with receiving() as inside, receiving() as endpoint:
        endpoint.status, endpoint.headers = 307, {"Location": inside.url}
        assert post(endpoint.url, SIGNED, b"{}", loopback=True) == 307
    assert len(endpoint.posts) == 1 and inside.posts == []


def test_no_proxy_is_asked():
    with receiving() as proxy, receiving() as endpoint:
        everywhere = dict.fromkeys(("http_proxy", "HTTP_PROXY", "ALL_PROXY"), proxy.url)
        with settings(no_proxy="", **everywhere):
            assert post(endpoint.url, SIGNED, b"{}", loopback=True) == 204
    assert len(endpoint.posts) == 1 and proxy.posts == []


# -- Where it does not go


@pytest.mark.parametrize(
    "found",
    [
        *(["127.0.0.1"], ["::1"], ["10.0.0.1"], ["169.254.169.254"], ["100.64.0.1"], ["fd00:ec2::254"]),
        *(["::ffff:127.0.0.1"], ["64:ff9b::7f00:1"], ["2002:7f00:1::"], ["0.0.0.0"], ["224.0.0.1"], ["fe80::1%eth0"]),
        *(["93.184.216.34", "10.0.0.1"], ["10.0.0.1", "93.184.216.34"], []),
    ],
)
def test_a_name_that_leads_into_a_network_is_not_asked(found):
    with receiving() as endpoint:
        url = f"https://{HOST}:{endpoint.port}/"
        assert failure(url, loopback=False, resolve=lambda host, port: found) is Failure.NOT_PUBLIC
    assert endpoint.posts == endpoint.names == []


def test_this_machine_is_asked_only_where_the_setting_says_so():
    with receiving() as endpoint:
        assert failure(endpoint.url, loopback=False) is Failure.NOT_PUBLIC
        assert endpoint.posts == []
        assert post(endpoint.url, SIGNED, b"{}", loopback=True) == 204


@pytest.mark.parametrize("found", [["10.0.0.1"], ["0.0.0.0"], ["127.0.0.1", "10.0.0.1"]])
def test_the_setting_opens_nothing_but_this_machine(found):
    assert failure(f"https://{HOST}/", resolve=lambda host, port: found) is Failure.NOT_PUBLIC


def test_a_name_that_nobody_has_is_told_apart_from_a_private_one_by_nobody():
    def nobody(host: str, port: int) -> list[str]:
        raise OSError("Name or service not known")

    assert failure(f"https://{HOST}/", resolve=nobody) is Failure.NOT_PUBLIC


def test_the_resolver_is_the_machines_own():
    assert addresses("127.0.0.1", 443) == ["127.0.0.1"]


# -- Who does not prove themselves


@pytest.mark.parametrize("trusting", [True, False])
def test_a_certificate_of_another_name_or_of_nobody_we_trust_ends_it_before_a_word_is_said(tmp_path, proof, trusting):
    other = certificate(tmp_path, "other.example.com")
    with receiving(server_context(other)) as endpoint:
        url = f"https://{HOST}:{endpoint.port}/"
        trusted = ssl.create_default_context(cafile=str(other)) if trusting else None
        assert failure(url, resolve=here, trusted=trusted, seconds=5) is Failure.BAD_CERTIFICATE
    assert endpoint.posts == []


def test_who_speaks_no_tls_has_not_answered():
    with receiving() as endpoint:
        assert failure(f"https://{HOST}:{endpoint.port}/", resolve=here) is Failure.NO_ANSWER
    assert endpoint.posts == []


# -- Who is slow, or says nonsense


def test_where_nobody_listens_there_is_no_connection():
    assert failure("http://127.0.0.1:9/") is Failure.NO_CONNECTION


@pytest.mark.parametrize(
    ("first", "again"),
    [
        (b"", b""),
        (b"HTTP/1.1 200 OK\r\n", b""),
        (b"HTTP/1.1 200 OK\r\n", b"X-More: more\r\n"),
        (b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\nX: ", b"x" * 10_000),
        (b"nonsense\r\n\r\n", b"nonsense"),
        (b"HTTP/1.1 abc OK\r\n\r\n", b""),
    ],
    ids=["silence", "half", "headers for ever", "wait for ever", "a header for ever", "no HTTP", "no status"],
)
def test_who_says_no_answer_in_time_has_given_none(first, again):
    with talking(first, again) as port:
        assert failure(f"http://127.0.0.1:{port}/") is Failure.NO_ANSWER


def test_who_never_ends_the_handshake_is_cut_off():
    with talking(b"\x16\x03\x03\x40\x00", b"\x00") as port:  # a record of TLS that grows by a byte at a time
        assert failure(f"https://{HOST}:{port}/", resolve=here) is Failure.NO_ANSWER


def test_an_answer_that_never_ends_is_not_read_to_its_end():
    with talking(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 10_000) as port:
        assert post(f"http://127.0.0.1:{port}/", SIGNED, b"{}", loopback=True) == 200


def test_nothing_is_left_running():
    with receiving() as endpoint:
        before = threading.active_count()
        post(endpoint.url, SIGNED, b"{}", loopback=True)
    assert threading.active_count() <= before
