"""No answer is larger than Lambda hands on, and what a page cannot hold is on the next one."""

import pytest

from chalicelib.domain.messages import Message, Recipient, message_id
from chalicelib.domain.state import State, Tally
from chalicelib.store.messages import message_items
from chalicelib.store.telling.notification_items import of_notification
from infra.local.gateway import MOST_PAYLOAD
from tests.makers import SENT, a_notification
from tests.routes.resources.test_feed import put_items
from tests.system import System

MOST = 5_500_000 * 3 // 4  # bytes before base64
EXPIRES = int(SENT) + 10**7


def put_messages(system: System, many: int, recipients: int = 1, link: int = 0) -> set[str]:
    """Messages as large as they come: long addresses and names, or so many bytes of links."""
    people = tuple(Recipient(f"{n:02}{'x' * 60}@{'y' * 60}.{'z' * 60}.example", "€" * 60) for n in range(recipients))
    made = [
        Message(
            message_id(SENT - n, str(n)),
            system.sender,
            "s" * 900,
            people,
            ("https://x.example/" + "l" * link,),
            SENT - n,
            SENT - n,
        )
        for n in range(many)
    ]
    state = State(tallies=tuple(Tally(opens=1) for _ in people), as_of=SENT)
    put_items(system.aws, [message_items.of_message(each, state, 1, EXPIRES) for each in made])
    for each in made:
        put_items(system.aws, [message_items.of_facts(each, EXPIRES)])
    return {each.id for each in made}


def pages(system: System, path: str) -> list[dict]:
    """All pages of a list, each of which fits."""
    found, after = [], ""
    for _ in range(200):
        answer = system.call("GET", f"{path}{'&' if '?' in path else '?'}limit=100{after and f'&after={after}'}")
        assert answer.status == 200 and len(answer.body) <= MOST < MOST_PAYLOAD
        found.append(answer.json)
        if not answer.json["next"] or (not answer.json["items"] and path == "/v1/feed"):
            return found
        after = answer.json["next"]
    raise AssertionError("It never ends.")


@pytest.mark.parametrize("path", ["/v1/messages", "/v1/messages?q=s"])
def test_messages_to_many_come_in_as_many_pages_as_they_need(system: System, path):
    made = put_messages(system, 110, recipients=50)
    given = [item["id"] for page in pages(system, path) for item in page["items"]]
    assert len(given) == len(set(given)) and set(given) == made


def test_the_export_of_messages_with_many_links_is_whole(system: System):
    made = put_messages(system, 40, link=190_000)
    items = [item for page in pages(system, "/v1/export") for item in page["items"]]
    given = [item["content"]["id"] for item in items if item["kind"] == "message"]
    assert len(given) == len(set(given)) and set(given) == made


def test_the_feed_of_clicks_on_long_links_is_whole(system: System):
    news = [
        a_notification(sender=system.sender, message=f"{n:032x}", link="https://x.example/" + "l" * 190_000)
        for n in range(40)
    ]
    for number, each in enumerate(news):
        put_items(system.aws, [of_notification(each, SENT + number, EXPIRES)])
    given = [item["message"] for page in pages(system, "/v1/feed") for item in page["items"]]
    assert given == [each.message for each in news]
