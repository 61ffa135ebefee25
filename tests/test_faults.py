"""A slice of the fault sweep (tests/bench/faults.py): some calls, another fault of each, the same at every run."""

from collections.abc import Iterator
from itertools import pairwise
from random import Random

import pytest

from tests.bench.faults import COLUMNS, Point, Sweep, Trial
from tests.embedded import Embedded
from tests.faults import Fault, shaking

EACH = 2  # calls for each fault


@pytest.fixture(scope="module")
def sweep(embedded: Embedded) -> Iterator[Sweep]:
    with shaking(embedded) as wire:
        yield Sweep(embedded, wire)
    embedded.reset()


def test_the_story_goes_on_from_any_of_its_steps_as_it_went(sweep: Sweep):
    for number, (begin, end) in enumerate(pairwise(sweep.points)):
        story = begin.again(sweep.aws, sweep.wire)
        sweep.wire.fail(0, Fault.BROKEN)
        story.step(number)
        assert Point.of(story).same(end)
        assert sweep.wire.made == sweep.calls[begin.calls : end.calls]
    assert story.system.ending() == sweep.right


@pytest.mark.parametrize(("fault", "lasting"), COLUMNS)
def test_whatever_call_fails_the_end_is_the_same_and_each_thing_is_told_once(sweep: Sweep, fault: Fault, lasting: bool):
    drawn = Random(f"{fault} {lasting}")
    for number in drawn.sample(range(1, len(sweep.calls) + 1), EACH):
        assert sweep.run(Trial(number, fault, lasting)) in ("equal", "again", "never")


def test_what_went_out_is_marked_and_goes_out_no_more_though_the_stream_brings_all_of_it_again(sweep: Sweep):
    story = sweep.points[-1].again(sweep.aws, sweep.wire)
    sweep.wire.fail(0, Fault.BROKEN)
    system = story.system
    assert system.call("POST", "/v1/tokens", {"name": "laptop", "scopes": ["read"]}).status == 201  # mails an alert
    assert system.call("POST", "/v1/sign-in", {"email": system.aws.outbox()[0]["to"][0]}).status == 202
    system.follow()
    before = system.ending().sent
    assert {"A new API token for your account", "Your code for Unsealed"} < {each[1] for each in before}
    system.aws.passed = None  # from the first record on, as far as they are kept
    assert len(system.aws.records()) > 100
    system._stream = system.aws._reader()
    system.follow()
    assert system.ending().sent == before


def test_a_hit_that_neither_table_nor_queue_takes_is_whole_in_the_log(sweep: Sweep):
    hit = sweep.first_hit
    for fault in (Fault.BROKEN, Fault.GARBLED, Fault.UNHEARD):
        assert sweep.run(Trial(hit, fault, lasting=True)) == "equal"
