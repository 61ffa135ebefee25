"""However many webhooks are made at one moment, there are never more than a sender may have."""

from concurrent.futures import ThreadPoolExecutor

from chalicelib.domain.errors import BadInput, Conflict
from chalicelib.store.telling import webhooks
from chalicelib.work.accounts.registering import add_webhook
from tests.embedded import Embedded
from tests.makers import SENT


def test_of_forty_made_at_once_ten_are_made_and_the_others_told_why(fresh_table: Embedded):
    def make(number: int) -> str:
        try:
            return add_webhook("5e7de75e7de75e7d", f"https://hooks.example.com/{number}", (), SENT).id
        except (BadInput, Conflict) as refused:
            return type(refused).__name__

    with ThreadPoolExecutor(40) as pool:
        made = list(pool.map(make, range(40)))
    assert made.count("BadInput") == 30
    assert {each.id for each in webhooks.listed("5e7de75e7de75e7d")} == set(made) - {"BadInput"}
