"""Judging a message's events as they are known now, with this deployment's settings."""

from collections.abc import Iterable

from chalicelib.domain.correcting import marked
from chalicelib.domain.events import Event
from chalicelib.domain.verdicts.judging import Judgement, judge
from chalicelib.store.messages.messages import Stored
from chalicelib.work.tracking.settings import settings


def judgements(stored: Stored, events: Iterable[Event], at: float) -> list[Judgement]:
    """What those of a message's events that are kept mean, as known at `at`, in order of time."""
    kept = [event for event in events if stored.state.keeps(event)]
    return marked(judge(stored.message, kept, at, settings()), stored.state.told)
