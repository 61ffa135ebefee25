"""Preparing a mail: a copy for each recipient and the message in the table; or a refusal, and nothing in the table."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from chalicelib.config import config
from chalicelib.domain.accounts import Account
from chalicelib.domain.consent import Consent
from chalicelib.domain.drafts import LARGEST_LINKS, Addressee, Draft
from chalicelib.domain.errors import Conflict, Rejected
from chalicelib.domain.messages import Recipient
from chalicelib.domain.outgoing.copies import Copy
from chalicelib.domain.tokens import Claim, TokenKind, mint, read
from chalicelib.store.accounts import accounts
from chalicelib.store.contacts import contacts
from chalicelib.store.messages import messages
from chalicelib.work.messages.copying import ours
from chalicelib.work.messages.preparing import prepare
from tests.counting import counting
from tests.embedded import PUBLIC_URL, Embedded
from tests.makers import SENT, a_message
from tests.trouble import meanwhile, the_table

ANN = a_message().sender
HTML = '<p>Dear Bob, <a href="https://example.com/offer?a=1&amp;b=2">our offer</a>.</p>'


def a_draft(*emails: str, **changes) -> Draft:
    addressees = tuple(Addressee(Recipient(email)) for email in emails or ("bob@example.com",))
    return replace(Draft("Offer for June", addressees, HTML), **changes)


def prepared(draft: Draft, request: str = "request 1") -> tuple[messages.Stored, list[Copy]]:
    return prepare(ANN, draft, SENT, request)[:2]


def claim_in(url: str, kind: TokenKind) -> Claim:
    claim = read(kind, url.removeprefix(f"{PUBLIC_URL}/{kind}/"), config().secrets)
    assert claim is not None
    return claim


def test_each_recipient_gets_a_copy_with_a_pixel_and_links_of_their_own(fresh_table: Embedded):
    stored, copies = prepared(a_draft("bob@example.com", "carol@example.com", links=("https://example.com/terms",)))
    for number, copy in enumerate(copies):
        assert claim_in(copy.pixel_url, TokenKind.PIXEL) == Claim(TokenKind.PIXEL, stored.message.id, number, int(SENT))
        assert [url for url, _ in copy.links] == ["https://example.com/offer?a=1&b=2", "https://example.com/terms"]
        for index, (url, tracked) in enumerate(copy.links):
            claim = claim_in(tracked, TokenKind.LINK)
            assert (claim.recipient, claim.link, claim.destination) == (number, index, url)
        assert copy.links[0][1] in copy.html and copy.pixel_url in copy.html
        assert "https://example.com/offer" not in copy.html
    assert copies[0].html != copies[1].html


def test_the_message_is_in_the_table_as_it_was_given_back(fresh_table: Embedded):
    stored, _ = prepared(a_draft("Bob@Example.com", thread="<1@example.com>"))
    assert messages.load(ANN, stored.message.id) == stored
    assert stored.message.recipients == (Recipient("bob@example.com"),)
    assert (stored.message.sent_at, stored.message.created_at, stored.version) == (SENT, SENT, 1)
    assert [each.messages for each in contacts.load(ANN, ["bob@example.com"])] == [1]


def test_no_public_url_names_anybody(fresh_table: Embedded):
    _, (copy,) = prepared(a_draft())
    claim = claim_in(copy.pixel_url, TokenKind.PIXEL)
    for name in ("bob", "example.com", ANN):
        assert name not in copy.pixel_url.removeprefix(PUBLIC_URL)
        assert name not in str(claim)


def test_who_said_no_gets_the_mail_as_it_was_written(fresh_table: Embedded):
    draft = a_draft()
    draft = replace(
        draft, addressees=(replace(draft.addressees[0], consent=Consent.DENIED), *a_draft("carol@x.example").addressees)
    )
    stored, (bob, carol) = prepared(draft)
    assert (bob.not_tracked, bob.pixel_url, bob.html, bob.links) == ("consent_denied", "", HTML, ())
    assert carol.pixel_url in carol.html
    assert [each.status for each in stored.state.tallies] == ["not_tracked", "no_evidence"]


def test_a_link_of_our_own_leads_where_it_led_before(fresh_table: Embedded):
    _, (copy,) = prepared(a_draft())
    assert ours()(copy.links[0][1]) == "https://example.com/offer?a=1&b=2"
    assert ours()(copy.pixel_url) == ""
    assert ours()(f"{PUBLIC_URL}/c/short") is None
    assert ours()("https://example.com/") is None
    assert ours()(f"{PUBLIC_URL}.evil.example/c/{'A' * 60}") is None


def test_a_link_that_somebody_else_signed_is_never_signed_by_us(fresh_table: Embedded):
    forged = mint(Claim(TokenKind.LINK, a_message().id, 0, int(SENT), 0, "https://evil.example/"), (b"their secret",))
    url = f"{PUBLIC_URL}/c/{forged}"
    assert ours().signed(url) is None
    _, (copy,) = prepared(a_draft(html=f'<a href="{url}">x</a>'))
    assert copy.links == () and forged not in copy.html


def test_nothing_of_another_mail_goes_out_in_any_copy(fresh_table: Embedded):
    _, (bob,) = prepared(a_draft())
    text = f"{bob.links[0][1]}\n> [{bob.pixel_url}]\n"
    draft = replace(a_draft("carol@example.com", "dora@example.com", html=bob.html), text=text)
    draft = replace(draft, addressees=(draft.addressees[0], replace(draft.addressees[1], consent=Consent.DENIED)))
    stored, copies = prepared(draft, "request 2")
    assert stored.message.links == ("https://example.com/offer?a=1&b=2",)
    for copy in copies:
        assert bob.pixel_url not in copy.html + copy.text and bob.links[0][1] not in copy.html + copy.text
    carol, dora = copies
    assert carol.pixel_url in carol.html and carol.links[0][1] in carol.html and dora.html == HTML
    assert carol.text == dora.text == "https://example.com/offer?a=1&b=2\n> \n"


def test_a_pixel_behind_where_gmail_cuts_stands_before_or_says_that_it_cannot_be_known(fresh_table: Embedded):
    long = "<p>word</p>" * 12_000
    stored, (copy,) = prepared(a_draft(html=f"<div>{long}</div>"))
    assert copy.html.index(copy.pixel_url) < 102_000 and not copy.cut
    assert stored.state.tallies[0].status == "no_evidence"
    stored, (copy,) = prepared(
        a_draft("carol@example.com", html="<style>" + "a{}" * 40_000 + "</style><p>x</p>"), "request 2"
    )
    assert copy.pixel_url in copy.html
    assert (stored.state.tallies[0].status, stored.state.tallies[0].blind) == ("cannot_know", "cut_off")


def test_ones_own_address_is_no_reader_and_no_contact(fresh_table: Embedded):
    accounts.create(Account(ANN, "ann@ours.example", "Ann", "UTC", SENT))
    stored, (bob, ann) = prepared(a_draft("bob@example.com", "ann@ours.example"))
    assert (bob.not_tracked, ann.not_tracked, ann.pixel_url, ann.html) == ("", "self", "", HTML)
    assert [each.status for each in stored.state.tallies] == ["no_evidence", "not_tracked"]
    assert [each.messages for each in contacts.load(ANN, ["bob@example.com", "ann@ours.example"])] == [1, 0]


# -- Refusals: nothing is half-written


def many(count: int) -> list[str]:
    return [f"b{number}@example.com" for number in range(count)]


MANY_LINKS = "".join(f'<a href="https://a.example/{number}">x</a>' for number in range(400))
REFUSED = {
    "nobody to send it to": (a_draft(addressees=()), "recipients"),
    "no address": (a_draft("bob@example.com", "bob"), "recipients[1].email"),
    "a link that is no link": (a_draft(links=("https://a.example/", "javascript:alert(1)")), "links[1]"),
    "a date in the future": (a_draft(sent_at=SENT + 86_400), "sent_at"),
    "HTML beyond the limit": (a_draft(html="x" * 1_000_001), "html"),
    "links beyond the limit": (a_draft(links=("https://a.example/" + "x" * 4_000,) * 51), "links"),
    "a copy that grows beyond one answer as JSON": (a_draft(html="\x01" * 900_000), "html"),
}


@pytest.mark.parametrize(("draft", "field"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_refused_leaves_the_table_as_it_was(fresh_table: Embedded, draft, field):
    prepared(a_draft())
    before = fresh_table.items()
    with pytest.raises(Rejected) as refused:
        prepared(draft, "request 2")
    assert refused.value.field == field
    assert fresh_table.items() == before


def test_the_largest_answer_that_is_given_is_one_that_a_function_can_give(fresh_table: Embedded):
    _, copies = prepared(a_draft(*many(35), html=MANY_LINKS))
    assert sum(len(copy.html) for copy in copies) < 4_500_000


def test_links_up_to_the_limit_fit_the_items_they_are_kept_in(fresh_table: Embedded):
    url = "https://a.example/" + "x" * 3_982
    stored, _ = prepared(a_draft(html="", links=(url,) * (LARGEST_LINKS // len(url))))
    assert messages.load(ANN, stored.message.id) == stored


# -- Others who write at the same time


def test_a_contact_that_changes_in_the_meantime_is_loaded_again(fresh_table: Embedded):
    with meanwhile(the_table(), "TransactWriteItems", lambda: prepared(a_draft(), "another request")):
        stored, _ = prepared(a_draft())
    assert messages.load(ANN, stored.message.id) == stored
    assert [each.messages for each in contacts.load(ANN, ["bob@example.com"])] == [2]


def test_of_sixteen_made_for_one_contact_at_one_moment_none_is_turned_away(fresh_table: Embedded):
    numbers = iter(range(15))

    def quicker() -> None:
        prepared(a_draft(), f"request {next(numbers)} of others")

    with meanwhile(the_table(), "TransactWriteItems", quicker, times=15):  # before each try of this one
        stored, _ = prepared(a_draft())
    assert messages.load(ANN, stored.message.id) == stored
    assert [each.messages for each in contacts.load(ANN, ["bob@example.com"])] == [16]


def test_nor_where_each_of_them_also_says_what_the_contact_wants(fresh_table: Embedded):
    bob = Recipient("bob@example.com")
    drafts = [a_draft(addressees=(Addressee(bob, each),)) for each in (Consent.GRANTED, Consent.UNKNOWN) * 8]
    numbers = iter(range(15))

    def quicker() -> None:
        number = next(numbers)
        prepared(drafts[number], f"request {number} of others")

    with meanwhile(the_table(), "TransactWriteItems", quicker, times=15):
        prepared(drafts[0])
    assert [each.messages for each in contacts.load(ANN, ["bob@example.com"])] == [16]


def test_sixteen_threads_make_sixteen(fresh_table: Embedded):
    with ThreadPoolExecutor(16) as threads:
        list(threads.map(lambda number: prepared(a_draft(), f"request {number}"), range(16)))
    assert [each.messages for each in contacts.load(ANN, ["bob@example.com"])] == [16]


def test_one_request_that_comes_twice_at_one_moment_is_given_the_same(fresh_table: Embedded):
    made: list[tuple[messages.Stored, list[Copy]]] = []

    def twin() -> None:
        made.append(prepare(ANN, a_draft(), SENT, "its twin", "one key"))

    with meanwhile(the_table(), "TransactWriteItems", twin):
        assert prepare(ANN, a_draft(), SENT, "request 1", "one key") == made[0]


def test_what_is_there_already_is_found_out_at_once(fresh_table: Embedded):
    prepared(a_draft())
    with counting(fresh_table) as calls, pytest.raises(Conflict):
        prepared(a_draft())
    assert [call.operation for call in calls].count("TransactWriteItems") == 2


def test_the_same_request_handled_twice_makes_one_message(fresh_table: Embedded):
    prepared(a_draft())
    before = fresh_table.items()
    with pytest.raises(Conflict):
        prepared(a_draft())
    assert fresh_table.items() == before
