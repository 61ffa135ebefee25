"""The copies of a mail: as many as one answer can hold, and the others when the same is asked again."""

import json
import zlib
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.domain.drafts import LARGEST_ANSWER, Addressee, Draft
from chalicelib.domain.errors import BadInput
from chalicelib.domain.messages import MOST_RECIPIENTS, Recipient
from chalicelib.domain.outgoing.copies import Copy
from chalicelib.work.messages import copying
from chalicelib.work.messages.preparing import Prepared, prepare
from chalicelib.work.messages.treating import Treatment
from tests.bench.many_people import newsletter
from tests.embedded import Embedded
from tests.makers import SENT, a_message

ANN = a_message().sender
PEOPLE = [f"reader{number}@example.com" for number in range(MOST_RECIPIENTS)]


def a_draft(html: str, *emails: str, **changes) -> Draft:
    addressees = tuple(Addressee(Recipient(email)) for email in emails or PEOPLE)
    return replace(Draft("News of June", addressees, html), **changes)


def pages(draft: Draft) -> list[Prepared]:
    """The answers to one request, and to the same again as long as copies are left."""
    found = [prepare(ANN, draft, SENT, "request 0")]
    while (later := [number for number, copy in enumerate(found[-1].copies) if copy.later]) and len(found) < 99:
        found.append(
            prepare(ANN, draft, SENT + 60, f"request {len(found)}", after=(found[0].stored.message.id, later[0]))
        )
    return found


def as_json(copy: Copy) -> bytes:
    links = [{"url": url, "tracked_url": tracked} for url, tracked in copy.links]
    return json.dumps([copy.html, copy.text, links], ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def test_what_one_answer_cannot_hold_comes_in_several_each_copy_once(fresh_table: Embedded):
    draft = a_draft(newsletter())
    answers = pages(draft)
    assert len(answers) == 2
    for number, email in enumerate(PEOPLE):
        (whole,) = [each.copies[number] for each in answers if not each.copies[number].elsewhere]
        assert whole.email == email and whole.number == number and whole.pixel_url in whole.html
        assert len(whole.links) == 89 and all(tracked in whole.html for _, tracked in whole.links)
    assert len({each.stored.message.id for each in answers}) == 1
    for each in answers:
        assert sum(len(as_json(copy)) for copy in each.copies if not copy.elsewhere) <= LARGEST_ANSWER


def test_to_go_on_writes_nothing(fresh_table: Embedded):
    draft = a_draft(newsletter())
    first = prepare(ANN, draft, SENT, "request 0")
    before = fresh_table.items()
    prepare(ANN, draft, SENT + 60, "request 1", after=(first.stored.message.id, 44))
    assert fresh_table.items() == before


@pytest.mark.parametrize("changes", [{"subject": "Other news"}, {"html": "<p>No links</p>"}])
def test_only_the_very_request_goes_on(fresh_table: Embedded, changes):
    draft = a_draft(newsletter())
    first = prepare(ANN, draft, SENT, "request 0")
    with pytest.raises(BadInput) as refused:
        prepare(ANN, replace(draft, **changes), SENT, "request 1", after=(first.stored.message.id, 44))
    assert refused.value.field == "after"


def test_an_answer_that_goes_compressed_holds_a_newsletters_fifty_copies(fresh_table: Embedded):
    copies = prepare(ANN, a_draft(newsletter()), SENT, "request 0", packed=True).copies
    assert not any(copy.later for copy in copies)
    assert len(zlib.compress(b"".join(map(as_json, copies)), 1)) <= LARGEST_ANSWER


def test_what_comes_later_is_treated_as_what_is_there(fresh_table: Embedded):
    """A pixel stands behind Gmail's cut in each of these copies, whether there was room for it or not."""
    found = prepare(ANN, a_draft(f"<p>{'x' * 110_000}" + newsletter()), SENT, "request 0")
    assert any(copy.later for copy in found.copies)
    assert {tally.blind for tally in found.stored.state.tallies} == {"cut_off"}


LINKED = st.lists(
    st.sampled_from(
        ['<a href="https://example.com/a?b=1&amp;c">x</a>', "<a href=https://example.com/b>y</a>", "ü", '"', "\n"]
    )
    | st.text(max_size=20),
    max_size=30,
).map("".join)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LINKED, st.booleans())
def test_no_copy_is_longer_than_is_reckoned(embedded: Embedded, html, footer):
    draft = a_draft(html, "bob@example.com")
    mail = copying.read(draft)
    message = replace(a_message(), links=mail.links)
    copy = copying.written(message, 0, draft, mail, Treatment(), footer)
    assert len(as_json(copy)) <= copying.room(draft, packed=False).size(copy)
