"""Summaries on schedule: for the contacts that changed since the last one, and for no other.

A contact's own summary is made anew; the sums of its domain and of all the sender's contacts change by the difference.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter

from chalicelib.domain.errors import Conflict
from chalicelib.domain.habits import audiences
from chalicelib.domain.habits.audiences import EVERYBODY
from chalicelib.domain.providers import domain_of
from chalicelib.domain.summaries import summarise
from chalicelib.log import logger
from chalicelib.store import failures
from chalicelib.store.contacts import contacts
from chalicelib.work.retrying import retried
from chalicelib.work.turns import Clock, Kind, turns

SECONDS = 600.0  # of the 900 that the function has
MOST_NAMES = 10_000  # that are looked at together, to be done sender by sender
AT_ONCE = 30  # contacts of one sender: with their summaries, and a domain each, they fill a transaction
FIRST_SHARE = 10 * AT_ONCE  # contacts of each sender, before any has more
GROWTH = 8  # times as many have their turn next: whoever has a million is through after five looks at the list


def run(at: float, clock: Clock, active: set[str] | None = None) -> int:
    """Write the summary of each contact that changed until `at`, for SECONDS of `clock`; how many that were. Whose contacts
    they are is added to `active`.

    Each sender has a share of theirs done before any has more, so that nobody waits behind all of another's. What is not
    begun in time, or breaks off, goes on the next time: a contact leaves the list in the write of its summary.
    """
    ends, share, done = clock() + SECONDS, FIRST_SHARE, 0
    while clock() < ends:
        seen: Counter[str] = Counter()
        names = _shares(contacts.changed(at), share, seen)
        while clock() < ends and (some := sorted(islice(names, MOST_NAMES))):
            done += _in_turns(some, at, ends - clock(), clock)
        if active is not None:
            active.update(seen)
        if all(many <= share for many in seen.values()):
            break
        share *= GROWTH
    return done


def _shares(names: Iterable[tuple[str, str]], share: int, seen: Counter[str]) -> Iterator[tuple[str, str]]:
    """The first `share` names of each sender. `seen` is how many of each there were."""
    for sender, email in names:
        seen[sender] += 1
        if seen[sender] <= share:
            yield sender, email


def _in_turns(names: Iterable[tuple[str, str]], at: float, seconds: float, clock: Clock) -> int:
    """How many of these contacts, sorted, have a new summary."""
    done = 0

    def act(pieces: Sequence[tuple[str, list[str]]], at: float, now: float) -> list[tuple[str, tuple[str, list[str]]]]:
        nonlocal done
        done += sum(_summarise(sender, emails, at) for sender, emails in pieces)
        return []

    pieces = [
        (sender, (sender, emails[start : start + AT_ONCE]))
        for sender, emails in ((sender, [email for _, email in of]) for sender, of in groupby(names, itemgetter(0)))
        for start in range(0, len(emails), AT_ONCE)
    ]
    next(turns(Kind("summaries", seconds, lambda at: pieces, act), at, at, clock), None)
    return done


def _summarise(sender: str, emails: Sequence[str], at: float) -> int:
    """How many of these contacts have a new summary. One sender's failure is no other's."""
    try:
        return _write(sender, emails, at)
    except Conflict:
        logger().warning("Contacts changed while they were summarised.", extra={"sender": sender})
    except Exception as failure:  # noqa: BLE001 - they stay on the list, and in the log; the others have their turn
        if len(emails) > 1 and not failures.may_pass(failure):  # one of them cannot be read: the others can
            return sum(_summarise(sender, [email], at) for email in emails)
        logger().exception("Contacts could not be summarised.", extra={"sender": sender})
    return 0


@retried(3)
def _write(sender: str, emails: Sequence[str], at: float) -> int:
    changed = [each for each in contacts.load(sender, emails) if each.due_at is not None]
    if not changed:
        return 0
    before = contacts.given(sender, changed)
    summaries = [summarise(each, at) for each in changed]
    names = sorted({EVERYBODY, *(domain_of(each.email) for each in changed)})
    sums = dict(zip(names, contacts.audiences(sender, names), strict=True))
    for summary, was in zip(summaries, before, strict=True):
        for name in (EVERYBODY, domain_of(summary.email)):
            sums[name] = audiences.changed(sums[name], was, summary.share, at)
    contacts.save_summaries(sender, changed, summaries, list(sums.values()))
    return len(changed)
