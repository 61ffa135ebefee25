"""Mails that wait for SES to have room: each sender's in turn."""

from collections.abc import Iterator, Sequence

from chalicelib.store import keys
from chalicelib.store.keys import Key
from chalicelib.store.mail import waiting
from chalicelib.work.mail.waiting_mails import RECEIVED
from chalicelib.work.turns import turns
from tests.embedded import Embedded
from tests.makers import SENT


def test_one_senders_many_mails_delay_anothers_by_one_mail(fresh_table: Embedded):
    for number in range(40):
        waiting.put_back(keys.waiting("eve", f"eves-{number}"), {"id": "x"}, SENT + number, 1, SENT)
    waiting.put_back(keys.waiting("ann", "anns"), {"id": "x"}, SENT + 100, 1, SENT)
    done: list[str] = []

    def act(pieces: Sequence[Key], at: float, now: float) -> Iterator[tuple[str, Key]]:
        done.extend(key.pk for key in pieces)
        return iter(())

    for _ in turns(RECEIVED._replace(act=act), SENT + 200, SENT + 200, lambda: 0.0):
        pass
    assert done[:2] == ["h#eve", "h#ann"] and len(done) == 41
