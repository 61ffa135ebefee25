"""What clears a doubtful hit: a reader who was surely there."""

from collections import defaultdict
from collections.abc import Sequence
from math import inf

from chalicelib.domain.events import Event, EventKind, Verdict, VerdictKind
from chalicelib.domain.verdicts.signatures import BY_NAME
from chalicelib.domain.verdicts.weights import Settings

_MAIL_PROGRAMS = ("outlook", "new_outlook", "thunderbird", "mail_app")
_RENTED = ("network_microsoft", "network_aws", "network_google_cloud", "network_oracle_cloud", "network_hosting")


def cleared(events: Sequence[Event], verdicts: Sequence[Verdict], settings: Settings) -> list[Verdict]:
    """The verdicts of one recipient's events in order of time, with those that later events prove people's made so."""
    now = list(verdicts)
    for place, verdict in _remote_desktops(events, now, settings) + _hasty_readers(events, now):
        now[place] = verdict
    for place, verdict in _early_proxies(events, now, settings):
        now[place] = verdict
    return now


def doubtful(verdict: Verdict) -> bool:
    """Whether a reader who shows later, and no matter when, may clear it."""
    return (verdict.kind is VerdictKind.PREFETCH and "early" in verdict.reasons) or _hasty(verdict)


def _hasty(verdict: Verdict) -> bool:
    return verdict.kind is VerdictKind.SCANNER and verdict.reasons == ("soon",)


def _remote_desktops(
    events: Sequence[Event], verdicts: Sequence[Verdict], settings: Settings
) -> list[tuple[int, Verdict]]:
    """A click out of a cloud, where a mail program at the same address had just shown the mail: a person's desktop."""
    shown: dict[str, float] = {}
    found = []
    for place, (event, verdict) in enumerate(zip(events, verdicts, strict=True)):
        address = event.evidence.client.partition(".")[0]
        if not address:
            continue
        if verdict.kind is VerdictKind.HUMAN and event.evidence.agent in _MAIL_PROGRAMS:
            shown[address] = event.at
        recently = event.at - shown.get(address, -inf) <= settings.reader_there
        if recently and verdict.kind is VerdictKind.SCANNER and verdict.reasons[0] in _RENTED:
            found.append((place, Verdict(VerdictKind.HUMAN, 0.7, ("reader_there", *verdict.reasons))))
    return found


def _hasty_readers(events: Sequence[Event], verdicts: Sequence[Verdict]) -> list[tuple[int, Verdict]]:
    """A hit that came too soon for a person, by a client that a person used later: their program fetched it at once."""
    last: dict[str, float] = {}
    for event, verdict in zip(events, verdicts, strict=True):
        if verdict.kind is VerdictKind.HUMAN and event.evidence.client:
            last[event.evidence.client] = event.at
    return [
        (place, Verdict(VerdictKind.HUMAN, 0.7, ("same_reader", *verdict.reasons)))
        for place, (event, verdict) in enumerate(zip(events, verdicts, strict=True))
        if _hasty(verdict) and last.get(event.evidence.client, -inf) > event.at
    ]


def _early_proxies(
    events: Sequence[Event], verdicts: Sequence[Verdict], settings: Settings
) -> list[tuple[int, Verdict]]:
    """A fetch by an image proxy or a bare WebKit so soon that it may have been automatic, until a reader is proved.

    By Gmail's prefetch just before (it works only while somebody has the mailbox open: bird.com/en-us/blog/
    gmail-prefetching-images), by another fetch, by a person's click or by an answer.
    """
    answered = clicked = -inf
    fetches: dict[str, list[float]] = defaultdict(list)
    for event, verdict in zip(events, verdicts, strict=True):
        if event.kind in (EventKind.REPLY, EventKind.COMPLAINT):
            answered = event.at
        elif event.kind is EventKind.CLICK and verdict.kind is VerdictKind.HUMAN:
            clicked = event.at
        elif event.kind is EventKind.OPEN and BY_NAME[event.evidence.agent or "empty"].kind is VerdictKind.PROXY_HUMAN:
            fetches[event.evidence.agent].append(event.at)
    found, prefetched = [], -inf
    for place, (event, verdict) in enumerate(zip(events, verdicts, strict=True)):
        agent = event.evidence.agent
        if agent == "gmail_prefetch":
            prefetched = event.at
        if verdict.kind is not VerdictKind.PREFETCH or "early" not in verdict.reasons:
            continue
        proof = ""
        if agent == "gmail_proxy" and event.at - prefetched <= settings.prefetch_then_reader:
            sure, proof = 0.8, "after_prefetch"
        elif answered > event.at:
            sure, proof = 0.75, "confirmed_by_reply"
        elif clicked > event.at:
            sure, proof = 0.75, "confirmed_by_click"
        elif (
            fetches[agent]
            and max(fetches[agent][-1] - event.at, event.at - fetches[agent][0]) >= settings.fetched_again
        ):
            sure, proof = 0.7, "second_fetch"
        if proof:
            reasons = (proof, *(reason for reason in verdict.reasons if reason != "early"))
            kind = VerdictKind.HUMAN if agent == "bare_webkit" else VerdictKind.PROXY_HUMAN
            found.append((place, Verdict(kind, sure, reasons)))
    return found
