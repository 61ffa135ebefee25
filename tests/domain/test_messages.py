"""Addresses as they are compared and kept; ids that sort by time and are the same for the same request."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import BadInput
from chalicelib.domain.messages import ERASED, LONGEST_ADDRESS, Recipient, address, last_id, message_id, names
from tests.makers import SENT, a_message

_times = st.integers(0, 2**48 - 1).map(lambda milliseconds: milliseconds / 1000)


@given(st.emails(domains=st.sampled_from(["example.com", "mail.example.co.uk", "xn--bcher-kva.example"])))
def test_an_address_is_kept_in_lower_case_whatever_stands_around_it(email):
    assert address(f" {email}\n", "email") == email.lower()


@given(st.text())
def test_what_is_taken_is_plain_ascii_and_stays_as_it_is(text):
    try:
        found = address(text, "email")
    except BadInput as refusal:
        assert refusal.field == "email"
        return
    assert found.isascii() and found.isprintable() and " " not in found
    assert address(found, "email") == found


@pytest.mark.parametrize(
    "text",
    [
        "bob@example.com",
        "~bob@example.com",
        "o'brien@example.com",
        "bob+offers@example.com",
        "bob.smith@a.b.c.example.com",
        "{bob}@example.com",
        "b@x.io",
        f"{'b' * 64}@example.com",
    ],
)
def test_what_people_have_for_an_address_is_taken(text):
    assert address(text, "email") == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bob",
        "bob@",
        "@example.com",
        "bob@localhost",
        "bob@example..com",
        ".bob@example.com",
        "bob.@example.com",
        "bob@-example.com",
        "bob@example.com-",
        "bob smith@example.com",
        "Bob <bob@example.com>",
        "bob@example.com, ann@example.com",
        "bob@example.com\nBcc: all@example.com",
        "bob@example.com\x00",
        "böb@example.com",
        "\u212aelvin@example.com",  # the sign of the kelvin, whose lower case is an ordinary k
        f"{'b' * 65}@example.com",
        f"bob@{'x' * 64}.com",
        f"bob@{'x.' * 130}com",
    ],
)
def test_what_is_no_address_is_refused_by_its_field(text):
    with pytest.raises(BadInput) as refused:
        address(text, "recipients[3].email")
    assert refused.value.field == "recipients[3].email"


def test_the_longest_address_is_taken_and_one_more_letter_is_not():
    longest = f"bob@{'.'.join(['x' * 60] * 4)}.museum"
    assert len(longest) == LONGEST_ADDRESS
    assert address(longest, "email") == longest
    with pytest.raises(BadInput):
        address(f"b{longest}", "email")


def test_a_refusal_does_not_say_more_than_a_line_of_what_was_sent():
    with pytest.raises(BadInput) as refused:
        address("x" * 10_000, "email")
    assert len(refused.value.sentence) < 200


@given(_times, st.text(max_size=50))
def test_a_messages_id_is_a_uuid_of_version_7_that_says_when(at, request):
    found = uuid.UUID(message_id(at, request))
    assert found.version == 7
    assert found.variant == uuid.RFC_4122
    assert found.int >> 80 == int(at * 1000)
    assert found.hex == message_id(at, request)


@given(_times, _times, st.text(max_size=20), st.text(max_size=20))
def test_ids_sort_by_time_to_the_millisecond(one, other, request, another):
    first, second = sorted((one, other))
    if int(first * 1000) < int(second * 1000):
        assert message_id(first, request) < message_id(second, another)


def test_another_request_of_the_same_millisecond_makes_another_message():
    ids = {message_id(SENT, str(number)) for number in range(1_000)}
    assert len(ids) == 1_000
    assert len({each[-8:] for each in ids}) == 1_000  # what a contact knows a message by


# -- Erasing somebody


BOB, CAROL = Recipient("bob.jones@example.com", "Bobby Jones"), Recipient("carol@example.com", "Carol")


def test_who_is_erased_leaves_an_empty_place_and_is_named_nowhere():
    links = ("https://example.com/?for=bob.jones%40example.com", "https://example.com/offer")
    message = a_message(
        recipients=(BOB, CAROL), subject="For BOBBY JONES and Carol", links=links, thread="re bob.jones"
    )
    left = message.without(0)
    assert left.recipients == (ERASED, CAROL) and ERASED.erased and not CAROL.erased
    assert (left.subject, left.thread, left.links) == ("", None, ("", links[1]))
    assert message.without(1).links == links


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Offer", False),
        ("for bob.jones", True),
        ("bob.jonesy", False),
        ("BOBBY JONES!", True),
        ("Bobby", False),
        ("", False),
    ],
)
def test_a_name_is_found_as_a_whole_word(text, named):
    assert names(text, BOB.email, BOB.name, "") == named


@given(st.floats(0, 4e9), st.floats(0, 4e9), st.text(max_size=9))
def test_the_last_id_of_a_moment_stands_after_all_made_until_then(made, until, request):
    before = int(made * 1000) <= int(until * 1000)
    assert (message_id(made, request) <= last_id(until)) == before
