"""An entry of the feed: its parts, and its JSON."""

import json
from dataclasses import fields

from chalicelib.domain.events import EventKind
from chalicelib.domain.feed import FeedEntry, as_json, feed_entry
from tests.makers import SENT, a_notification, a_verdict


def test_an_entry_has_a_notification_in_words_and_in_parts():
    entry = feed_entry(a_notification(EventKind.CLICK, link="https://example.com/offer"), SENT + 7260.25)
    assert json.loads(as_json(entry)) == {
        "id": "0199aa00000070008000000000000001:click:0",
        "kind": "click",
        "at": "2026-09-21T16:13:20Z",
        "told_at": "2026-09-21T16:14:20.250000Z",
        "message": "0199aa00000070008000000000000001",
        "subject": "Offer for June",
        "recipient": "bob@example.com",
        "link": "https://example.com/offer",
        "text": "Bob clicked a link in “Offer for June”",
        "verdict": {"kind": "human", "confidence": 0.9, "reasons": ["mail_client"]},
        "one_of": [],
        "correction": False,
    }


def test_nobody_has_more_than_three_digits_of_confidence():
    entry = feed_entry(a_notification(verdict=a_verdict(confidence=0.123456)), SENT)
    assert entry.verdict.confidence == 0.123


def test_where_there_is_no_link_it_says_so_and_every_part_is_there():
    written = json.loads(as_json(feed_entry(a_notification(), SENT)))
    assert written["link"] is None
    assert list(written) == [each.name for each in fields(FeedEntry)]
