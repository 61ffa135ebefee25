"""Mails that came in while SES had no room for what follows: each has its turn again, until it is done."""

from collections.abc import Iterable, Sequence

from chalicelib.senders.mail import NoRoom
from chalicelib.store.keys import Key
from chalicelib.store.mail import waiting
from chalicelib.work.turns import Kind, NoMore


def _again(keys: Sequence[Key], at: float, now: float) -> Iterable[tuple[str, Key]]:
    """Take a mail in once more. Raises NoMore where SES has no room yet."""
    from chalicelib.work.mail import receiving  # heavy, and mostly there is nothing to do

    try:
        for key in keys:
            receiving.again(key, at, now)
    except NoRoom as full:
        raise NoMore from full
    return ()


RECEIVED = Kind("received", 7.0, lambda at: [(key.pk, key) for key in waiting.listed(at)], _again)
