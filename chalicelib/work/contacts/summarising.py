"""Summaries on schedule: for the contacts that changed since the last one, and for no other.

A contact's own summary is made anew; the sums of its domain and of all the sender's contacts change by the difference.
"""

from collections.abc import Sequence
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

MOST_NAMES = 10_000  # that are looked at together, to be done sender by sender
AT_ONCE = 30  # contacts of one sender: with their summaries, and a domain each, they fill a transaction


def run(at: float) -> int:
    """Write the summary of each contact that changed until `at`; how many that were.

    What breaks off in the middle goes on the next time: a contact leaves the list in the write of its summary.
    """
    done = 0
    waiting = contacts.changed(at)
    while names := sorted(islice(waiting, MOST_NAMES)):
        for sender, group in groupby(names, key=itemgetter(0)):
            emails = [email for _, email in group]
            for start in range(0, len(emails), AT_ONCE):
                done += _summarise(sender, emails[start : start + AT_ONCE], at)
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
