"""What a push to a browser is: its words, how it is carried, and what a service's answer means."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.letters import Push
from chalicelib.domain.web_push import MOST_PAYLOAD, Fate, Urgency, carriage, fate, payload
from chalicelib.domain.words.sentences import LANGUAGES

ID = "0199aa00000070008000000000000001"


def a_push(kind: str = "open", title: str = "Bob opened “Offer”", body: str = "95% sure.", sound: bool = True) -> Push:
    return Push(title, body, {"message": ID, "recipient": "0", "kind": kind}, sound)


def test_it_says_what_safari_shows_by_itself_and_every_worker_reads():
    told = json.loads(payload(a_push(sound=False), "https://t.example.com"))
    assert told["web_push"] == 8030
    notification = told["notification"]
    assert (notification["title"], notification["body"]) == ("Bob opened “Offer”", "95% sure.")
    assert notification["navigate"] == f"https://t.example.com/app/message?id={ID}"
    assert (notification["tag"], notification["silent"]) == (ID, True)
    assert [(each["action"], each["navigate"]) for each in notification["actions"]] == [
        ("mute", f"https://t.example.com/app/message?id={ID}&do=mute"),
        ("open", f"https://t.example.com/app/message?id={ID}"),
    ]


def test_a_test_leads_to_the_settings_and_offers_nothing_to_mute():
    told = json.loads(
        payload(Push("A test", "", {"message": "", "recipient": "0", "kind": "test"}), "https://t.example")
    )
    assert told["notification"]["navigate"] == "https://t.example/app/settings#devices"
    assert told["notification"]["actions"] == []


@pytest.mark.parametrize(
    ("language", "actions"), [("en", ["Mute", "Open this message"]), ("hi", ["चुप करें", "यह संदेश खोलें"])]
)
def test_what_can_be_pressed_is_in_the_language_of_what_is_told(language, actions):
    notification = json.loads(payload(replace(a_push(), language=language), "https://t.example.com"))["notification"]
    assert notification["lang"] == language and [each["title"] for each in notification["actions"]] == actions


@given(title=st.text(max_size=5_000), body=st.text(max_size=5_000), language=st.sampled_from(LANGUAGES))
def test_it_fits_whatever_somebody_is_called(title, body, language):
    push = replace(a_push(title=title, body=body), language=language)
    assert len(payload(push, "https://t.example.com/" + "x" * 100)) <= MOST_PAYLOAD


@pytest.mark.parametrize(
    ("kind", "hours", "urgency"),
    [
        ("open", 6, Urgency.NORMAL),
        ("click", 6, Urgency.NORMAL),
        ("hot", 6, Urgency.HIGH),
        ("reply", 48, Urgency.HIGH),
        ("bounce", 48, Urgency.HIGH),
        ("reminder", 12, Urgency.NORMAL),
        ("digest", 6, Urgency.LOW),
    ],
)
def test_late_news_is_worth_less_than_a_late_reply(kind, hours, urgency):
    how = carriage(a_push(kind))
    assert (how.ttl, how.urgency) == (hours * 3_600, urgency)


def test_a_newer_one_of_the_same_kind_about_the_same_mail_replaces_the_one_that_waits():
    topics = {kind: carriage(a_push(kind)).topic for kind in ("open", "click", "reply")}
    assert len(set(topics.values())) == 3 and carriage(a_push("open", title="Twice")).topic == topics["open"]
    assert all(len(topic) <= 32 and topic.isalnum() for topic in topics.values()), "RFC 8030, 5.4; and Mozilla's page"


@pytest.mark.parametrize(
    ("status", "meant"),
    [
        *((status, Fate.TAKEN) for status in (201, 202)),
        *((status, Fate.GONE) for status in (404, 410)),
        *((status, Fate.REFUSED) for status in (401, 403)),
        *((status, Fate.WRONG) for status in (400, 413, 301)),
        *((status, Fate.LATER) for status in (406, 429, 500, 503, None)),
    ],
)
def test_what_an_answer_means(status, meant):
    assert fate(status) is meant
