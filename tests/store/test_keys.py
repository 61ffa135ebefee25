"""The map of the table: keys that sort as the lists are read."""

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.store import keys
from tests.makers import SENT

_times = st.integers(0, 10**13 - 1).map(lambda milliseconds: milliseconds / 1000)


@given(_times, _times)
def test_times_sort_as_text(one, other):
    assert (keys.milliseconds(one) < keys.milliseconds(other)) == (round(one * 1000) < round(other * 1000))
    assert len(keys.milliseconds(one)) == 13


def test_a_messages_facts_come_behind_all_its_events():
    assert keys.event("0199", 9e9, "zzzz").sk < keys.facts("0199").sk
    assert keys.event("0199", 9e9, "zzzz").pk == keys.facts("0199").pk == keys.timeline("0199")


@given(_times, _times)
def test_events_sort_by_time(one, other):
    earlier = keys.event("m", one, "x") < keys.event("m", other, "x")
    assert earlier == (round(one * 1000) < round(other * 1000))


def test_events_of_one_moment_sort_by_name():
    assert keys.event("m", SENT, "b") < keys.event("m", SENT + 0.001, "a") < keys.event("m", SENT + 0.001, "b")


def test_all_that_is_a_senders_lies_in_one_partition_and_a_message_with_a_public_name_in_none():
    ours = (
        keys.message("s", "m"),
        keys.contact("s", "b@example.com"),
        keys.summary("s", "b@example.com"),
        keys.notification("s", SENT, SENT, "w"),
        keys.device("s", "d"),
        keys.webhook("s", "w"),
        keys.delivery(keys.notification("s", SENT, SENT, "w"), "w"),
        keys.account("s"),
    )
    assert {key.pk for key in ours} == {keys.desk("s")}
    assert len({key.sk for key in ours}) == len(ours)
    assert keys.timeline("m") != keys.desk("m")


@given(st.text(st.characters(min_codepoint=1), max_size=40))
def test_every_key_of_a_kind_stands_between_its_letter_and_the_next_character(name):
    for key in (keys.contact("s", name), keys.summary("s", name), keys.device("s", name), keys.message("s", name)):
        assert f"{key.sk[0]}#" <= key.sk < f"{key.sk[0]}$"


def test_no_kind_of_key_stands_among_another():
    letters = [
        key.sk[0]
        for key in (
            keys.message("s", "m"),
            keys.contact("s", "c"),
            keys.summary("s", "c"),
            keys.notification("s", SENT, SENT, "w"),
            keys.device("s", "d"),
            keys.webhook("s", "w"),
            keys.delivery(keys.notification("s", SENT, SENT, "w"), "w"),
        )
    ]
    assert len(set(letters)) == len(letters)
    assert all(not f"{letter}#" <= keys.account("s").sk < f"{letter}$" for letter in letters)


@given(_times, _times, st.text(st.characters(min_codepoint=1), max_size=40))
def test_a_delivery_is_named_by_what_it_brings_and_to_whom(decided, happened, what):
    news = keys.notification("s", decided, happened, what)
    assert keys.delivered(keys.delivery(news, "3b0c")) == ("3b0c", news)
    assert abs(keys.decided_at(news) - decided) < 0.001


def test_all_that_is_known_of_an_address_lies_in_one_partition_and_codes_for_one_thing_sort_by_time():
    asked = [keys.code("ann@example.com", who, at, "x") for who in ("sign-in", "s") for at in (SENT, SENT + 1)]
    assert {key.pk for key in asked} == {keys.address("ann@example.com").pk}
    assert sorted(asked[:2]) == asked[:2] and sorted(asked[2:]) == asked[2:]
    assert all(key.sk.startswith(keys.codes("sign-in")) == (key in asked[:2]) for key in asked)
