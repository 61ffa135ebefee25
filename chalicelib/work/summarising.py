"""Summaries on schedule: for the contacts that changed since the last one, and for no other."""

from chalicelib.domain.summaries import summarise
from chalicelib.store import contacts, keys

AT_ONCE = 100  # contacts read together


def run(at: float) -> int:
    """Write the summary of each contact that changed until `at`; how many that were.

    What breaks off in the middle goes on the next time: a contact leaves the list in the write of its summary.
    """
    done = 0
    for shard in keys.shards("contacts"):
        while changed := contacts.changed(shard, at, AT_ONCE):
            written = [
                contacts.save_summary(sender, contact, summarise(contact, None, at)) for sender, contact in changed
            ]
            done += sum(written)
            if not any(written):
                break
    return done
