"""Requests for codes: who wants one, how often it was tried, and whether it is spent. The codes themselves are not kept."""

from chalicelib.domain.sign_in import GOOD_FOR, TRIES, CodeRequest
from chalicelib.store import keys, table
from chalicelib.store.keys import Key
from chalicelib.store.writes import ABSENT, PRESENT, at_most


def ask(request: CodeRequest) -> None:
    """Note a request. The stream sees it, and mails the code: `of_key` reads it from there."""
    pk, sk = keys.code(request.email, request.wanted_for, request.at, request.id)
    table.write([table.put_always({"pk": pk, "sk": sk, "expires": int(request.at) + GOOD_FOR})])


def newest(email: str, wanted_for: str, at: float) -> CodeRequest | None:
    """The one request whose code counts, if it is good at a time: a newer one takes the place of all before it."""
    begin = keys.codes(wanted_for)
    since, until = (f"{begin}{keys.milliseconds(time)}" for time in (at - GOOD_FOR, at + 1))
    item = next(table.query(keys.address(email).pk, since, until, newest_first=True, page=1), None)
    return of_key(Key(item["pk"], item["sk"])) if item else None


def of_key(key: Key) -> CodeRequest:
    """The request that a key stands for: all of it is in its key."""
    _, wanted_for, milliseconds, request_id = key.sk.split("#", 3)
    return CodeRequest(key.pk.removeprefix("a#"), wanted_for, int(milliseconds) / 1000, request_id)


def tried(request: CodeRequest, right: bool) -> bool:
    """Count a try, and spend the code if it was `right`. False if it was spent or tried too often before."""
    key = keys.code(request.email, request.wanted_for, request.at, request.id)
    free = {"pk": PRESENT, "spent": ABSENT, "tries": at_most(TRIES - 1)}
    return table.update(key, {"spent": True} if right else {}, add={"tries": 1}, only_if=free) is not None
