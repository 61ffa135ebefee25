"""However many are made at one moment, there are never more than a sender may have."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from chalicelib.domain.accounts import EVERYTHING, ApiToken, Platform
from chalicelib.domain.errors import BadInput, Conflict
from chalicelib.store.accounts import accounts, api_tokens
from chalicelib.store.telling import webhooks
from chalicelib.work.accounts import signing_in
from chalicelib.work.accounts.registering import add_device, add_webhook, register
from tests.embedded import Embedded
from tests.makers import SENT

ANN = "5e7de75e7de75e7d"


def at_once(make: Callable[[int], str], many: int) -> list[str]:
    """What came of each: its id, or the name of why it was refused."""

    def made(number: int) -> str:
        try:
            return make(number)
        except (BadInput, Conflict) as refused:
            return type(refused).__name__

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(made, range(many)))


def test_of_forty_webhooks_ten_are_made_and_the_others_told_why(fresh_table: Embedded):
    made = at_once(lambda number: add_webhook(ANN, f"https://hooks.example.com/{number}", (), SENT).id, 40)
    assert made.count("BadInput") == 30
    assert {each.id for each in webhooks.listed(ANN)} == set(made) - {"BadInput"}


def test_of_devices_beyond_the_last_that_there_may_be_none_is_made(fresh_table: Embedded):
    for number in range(accounts.MOST_DEVICES - 2):
        add_device(ANN, Platform.FCM, f"token {number}", "phone", SENT)
    made = at_once(lambda number: add_device(ANN, Platform.FCM, f"another {number}", "phone", SENT).id, 12)
    assert made.count("BadInput") == 10
    assert [item["sk"]["S"][:2] for item in fresh_table.items()].count("d#") == accounts.MOST_DEVICES


def test_of_tokens_beyond_the_last_that_there_may_be_none_is_made(fresh_table: Embedded):
    sender = register("ann@sender.example", "Ann", "UTC", "the first", SENT)
    most = api_tokens.MOST - signing_in.MOST_SESSIONS
    for number in range(most - 3):
        token = f"token {number}"
        api_tokens.add(token, ApiToken(api_tokens.id_of(token), sender, token, EVERYTHING, SENT))
    by = api_tokens.of_sender(sender, SENT)[0]
    made = at_once(lambda number: signing_in.make_token(by, f"{number}", EVERYTHING, SENT, None)[1].id, 12)
    assert made.count("BadInput") == 10
    assert len(api_tokens.of_sender(sender, SENT)) == most
