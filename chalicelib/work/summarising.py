"""Summaries on schedule: for the contacts that changed since the last one, and for no other."""

from chalicelib.domain.contacts import Contact
from chalicelib.domain.summaries import summarise
from chalicelib.log import logger
from chalicelib.store import contacts, keys

AT_ONCE = 100  # contacts read together


def run(at: float) -> int:
    """Write the summary of each contact that changed until `at`; how many that were.

    What breaks off in the middle goes on the next time: a contact leaves the list in the write of its summary.
    """
    done = 0
    for shard in keys.shards("contacts"):
        while changed := contacts.changed(shard, at, AT_ONCE):
            written = sum(_summarise(sender, contact, at) for sender, contact in changed)
            done += written
            if not written:
                break
    return done


def _summarise(sender: str, contact: Contact, at: float) -> bool:
    try:
        return contacts.save_summary(sender, contact, summarise(contact, None, at))
    except Exception:  # noqa: BLE001 - one contact's failure is no others': it stays on the list, and in the log
        logger().exception("A contact could not be summarised.", extra={"sender": sender})
        return False
