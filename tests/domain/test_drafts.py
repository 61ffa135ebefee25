"""What a sender may hand over: every limit, and the field that is named where it is passed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.consent import Consent
from chalicelib.domain.drafts import (
    CLOCK_SKEW,
    LARGEST_HTML,
    Addressee,
    Draft,
    check,
)
from chalicelib.domain.errors import BadInput, Rejected, TooLarge
from chalicelib.domain.messages import MOST_RECIPIENTS, Recipient
from tests.makers import SENT


def to(*emails: str, **changes) -> Draft:
    return replace(Draft("Offer", tuple(Addressee(Recipient(email)) for email in emails)), **changes)


def many(count: int) -> list[str]:
    return [f"b{number}@example.com" for number in range(count)]


REFUSED = {
    "nobody to send it to": (to(), BadInput, "recipients"),
    "more than one transaction holds": (to(*many(MOST_RECIPIENTS + 1)), BadInput, "recipients"),
    "no address": (to("bob@example.com", "bob"), BadInput, "recipients[1].email"),
    "the same address twice": (to("bob@example.com", "BOB@example.com "), BadInput, "recipients[1]"),
    "sent in the future": (to("bob@example.com", sent_at=SENT + CLOCK_SKEW + 1), BadInput, "sent_at"),
    "sent before 1970": (to("bob@example.com", sent_at=-1.0), BadInput, "sent_at"),
    "HTML beyond the limit": (to("bob@example.com", html="x" * (LARGEST_HTML + 1)), TooLarge, "html"),
    "HTML beyond the limit in bytes": (to("bob@example.com", html="ü" * (LARGEST_HTML // 2 + 1)), TooLarge, "html"),
}


@pytest.mark.parametrize(("draft", "refusal", "field"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_sent_is_refused_by_its_field(draft, refusal, field):
    with pytest.raises(refusal) as refused:
        check(draft, SENT)
    assert refused.value.field == field
    assert refused.value.sentence.endswith((".", ").", ":"))


ACCEPTED = {
    "as many recipients as there may be": to(*many(MOST_RECIPIENTS)),
    "a sender's clock a little ahead": to("bob@example.com", sent_at=SENT + CLOCK_SKEW),
    "the longest HTML": to("bob@example.com", html="x" * LARGEST_HTML),
    "as many copies of it": to(*many(MOST_RECIPIENTS), html="x" * LARGEST_HTML),
    "HTML that is no Unicode": to("bob@example.com", html="\ud800"),
    "a mail of long ago": to("bob@example.com", sent_at=0.0),
    "no subject, no text": to("bob@example.com", subject=""),
}


@pytest.mark.parametrize("draft", ACCEPTED.values(), ids=ACCEPTED.keys())
def test_what_keeps_the_limits_passes_unchanged(draft):
    assert check(draft, SENT) == draft


def test_addresses_and_names_are_tidied_and_consent_stays():
    draft = Draft("Offer", (Addressee(Recipient(" Bob@Example.COM ", " Bob\n"), Consent.DENIED),))
    assert check(draft, SENT).addressees == (Addressee(Recipient("bob@example.com", "Bob"), Consent.DENIED),)


def test_the_limit_of_recipients_is_told_before_fifty_addresses_are_looked_at():
    with pytest.raises(BadInput) as refused:
        check(to(*["nobody"] * 51), SENT)
    assert refused.value.field == "recipients"


@given(st.lists(st.sampled_from(["a@example.com", "A@example.com", "b@example.com", "nobody", ""]), max_size=5))
def test_what_was_checked_once_passes_a_second_time_unchanged(emails):
    try:
        checked = check(to(*emails), SENT)
    except Rejected:
        return
    assert check(checked, SENT) == checked
    assert len({each.recipient.email for each in checked.addressees}) == len(emails)
