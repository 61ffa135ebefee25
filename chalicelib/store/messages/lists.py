"""A sender's messages in lists, as their items show them: without their links."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from chalicelib.domain.accounts import Account
from chalicelib.domain.messages import last_id
from chalicelib.store import keys, table
from chalicelib.store.accounts import account_items
from chalicelib.store.dynamodb.values import Item
from chalicelib.store.messages import message_items, recipients
from chalicelib.store.messages.messages import Stored, stored_in

MOST_LOOKED_AT = 500  # messages that one call of a filtered list looks at, at most
MOST_LOOKED_UP = 100  # messages to an address, one by one
_AT_FIRST = 64  # read together: most lists end there


def listed(
    sender: str,
    wanted: Callable[[Stored], bool],
    *,
    after: str | None,
    limit: int,
    since: float = 0.0,
    eventually: bool = False,
) -> tuple[list[Stored], str | None]:
    """A sender's newest messages that are `wanted`, older than the message `after`, and where to go on (None: the end).

    Looks at MOST_LOOKED_AT messages at most, so a page may hold fewer than `limit`, and still lead on; and at none that was
    made before `since`, unix seconds. `eventually` is as in table.query, and holds for all but the newest page.
    """
    low = f"m#{last_id(since)}" if since else "m#"
    high = f"m#{after}" if after else "m$"
    found: list[Stored] = []
    last: str | None = None
    for looked_at, item in enumerate(newest(sender, low, high, limit + 1, eventually=eventually)):
        if len(found) == limit or looked_at == MOST_LOOKED_AT:
            return found, last
        stored, last = stored_in(item, {}), item["sk"].removeprefix("m#")
        if wanted(stored):
            found.append(stored)
    return found, None


def listed_to(
    sender: str, email: str, wanted: Callable[[Stored], bool], *, after: str | None, limit: int
) -> tuple[list[Stored], str | None]:
    """As `listed`, of the messages to one address: no others are read. Looks at MOST_LOOKED_UP of them at most."""
    most = min(2 * limit, MOST_LOOKED_UP)
    ids = recipients.messages_to(sender, email, after, most + 1)
    if ids is None:  # an older account's
        return listed(sender, wanted, after=after, limit=limit, eventually=True)
    some = ids[:most]
    keyed = table.get_many((keys.message(sender, each) for each in some), eventually=True)
    items = {item["sk"].removeprefix("m#"): item for item in keyed}
    found: list[Stored] = []
    for number, each in enumerate(some):
        stored = stored_in(items[each], {}) if each in items else None
        if stored is not None and wanted(stored):
            if len(found) == limit:
                return found, some[number - 1]
            found.append(stored)
    return found, some[-1] if len(ids) > most else None


def newest(sender: str, low: str, high: str, least: int, *, eventually: bool) -> Iterator[Item]:
    """The items of messages from `low` on and before `high`, newest first: a page at first, and where that was not enough, many
    at once.
    """
    few = max(least + 1, _AT_FIRST)
    for page in (few, MOST_LOOKED_AT + 1):
        a_moment_ago = eventually and (page != few or high != "m$")  # who sent one just now wants to see it
        found = table.query(keys.desk(sender), low, high, newest_first=True, page=page, eventually=a_moment_ago)
        past = (item for item in found if item["sk"] != high)
        for number, item in enumerate(past):
            yield item
            if page == few and number == few - 2:  # one was at `high`, if it is there still
                high = item["sk"]
                break
        else:
            return


def some(sender: str, ids: Iterable[str]) -> tuple[list[Stored], Account | None]:
    """A sender's messages with these ids that are there, without their links, and the account: as they were a moment ago."""
    wanted = [keys.account(sender), *(keys.message(sender, each) for each in ids)]
    found = {item["sk"]: item for item in table.get_many(wanted, eventually=True)}
    account = found.pop("sender", None)
    messages = [stored_in(item, {}) for item in found.values()]
    return messages, None if account is None else account_items.to_account(account)


def whole(page: Sequence[Stored]) -> list[tuple[Stored, bool]]:
    """The messages of a page with their links, and whether their copies may have gone out with Message-IDs, as they were a
    moment ago: one call for a hundred. One that went meanwhile is not among them.
    """
    found = table.get_many((keys.facts(each.message.id) for each in page), eventually=True)
    facts = {item["pk"].removeprefix("m#"): item for item in found}
    return [
        (replace(each, message=message_items.with_facts(each.message, item)), item.get("has_ids", True))
        for each in page
        if (item := facts.get(each.message.id)) is not None
    ]
