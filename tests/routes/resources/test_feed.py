"""The feed: what happened, newest last; what comes late is given late, and nothing is given twice."""

from chalicelib.store.dynamodb.values import to_wire
from chalicelib.store.telling.notification_items import of_notification
from chalicelib.store.tracking import events
from tests.embedded import Embedded
from tests.makers import APPLE_PREFETCH, APPLE_RELAY, CHROME, HOME, SENT, THUNDERBIRD, a_notification, a_reply
from tests.system import System

AN_HOUR = 3600.0


def put_items(aws: Embedded, items: list[dict]) -> None:
    for start in range(0, len(items), 25):
        puts = [{"PutRequest": {"Item": to_wire(item)}} for item in items[start : start + 25]]
        aws.client("dynamodb").batch_write_item(RequestItems={"unsealed": puts})


def feed(system: System, after: str = "", limit: int = 50) -> tuple[list[str], str]:
    answer = system.call("GET", f"/v1/feed?limit={limit}" + (f"&after={after}" if after else ""))
    assert answer.status == 200, answer.body
    return [entry["text"] for entry in answer.json["items"]], answer.json["next"]


def test_before_anything_happened_it_is_empty_and_leads_on_all_the_same(system: System):
    texts, after = feed(system)
    assert texts == []
    message = system.send()
    system.opened(message, AN_HOUR, THUNDERBIRD, HOME)
    system.follow()
    assert feed(system, after)[0] == ["bob@example.com opened “Offer for June”"]


def test_an_entry_says_what_happened_when_and_how_sure_that_is(system: System):
    message = system.send()
    system.clicked(message, AN_HOUR, CHROME)
    system.follow()
    (entry,) = system.call("GET", "/v1/feed").json["items"]
    assert (entry["kind"], entry["message"], entry["recipient"]) == ("click", message["id"], "bob@example.com")
    assert entry["at"] == "2026-09-21T15:13:20Z" <= entry["told_at"]
    assert entry["link"] == "https://example.com/offer?a=1&b=2#top"
    assert entry["verdict"]["kind"] == "human" and entry["verdict"]["reasons"]
    assert (entry["subject"], entry["correction"]) == ("Offer for June", False)
    assert entry["id"] == f"{message['id']}:click:0"


def test_every_entry_is_given_once_whatever_the_size_of_the_pages(system: System):
    for number in range(5):
        message = system.send(subject=f"No. {number}", recipients=[f"b{number}@example.com"])
        system.opened(message, AN_HOUR + number, THUNDERBIRD, f"93.184.216.{number + 1}")
    system.follow()
    whole = feed(system)[0]
    assert len(whole) == 5
    for limit in (1, 2, 3):
        found, after = [], ""
        while True:
            texts, after = feed(system, after, limit)
            if not texts:
                break
            found += texts
        assert found == whole


def test_what_happened_since_comes_and_nothing_comes_again(system: System):
    message = system.send()
    system.opened(message, AN_HOUR, THUNDERBIRD, HOME)
    system.follow()
    _, after = feed(system)
    assert feed(system, after)[0] == []
    system.clicked(message, AN_HOUR + 1, CHROME)
    system.follow()
    texts, after = feed(system, after)
    assert texts == ["bob@example.com clicked a link in “Offer for June”"]
    assert feed(system, after)[0] == []


def test_what_a_machine_did_or_a_muted_message_is_not_in_it(system: System):
    message, muted = system.send(), system.send(recipients=["carol@example.com"])
    system.call("PATCH", f"/v1/messages/{muted['id']}", {"muted": True})
    system.opened(message, 240, APPLE_PREFETCH, APPLE_RELAY)
    system.opened(muted, AN_HOUR, THUNDERBIRD, HOME)
    system.follow()
    assert feed(system)[0] == []


def test_what_the_sender_does_not_want_to_be_told_is_in_it_all_the_same(system: System):
    system.call("PUT", "/v1/preferences", {"email": False, "push": False, "tell": {"open": "never"}})
    system.opened(system.send(), AN_HOUR, THUNDERBIRD, HOME)
    system.follow()
    assert len(feed(system)[0]) == 1
    assert system.aws.outbox() == []


def test_of_a_mail_to_fifty_who_all_answer_at_once_every_answer_is_told(system: System):
    message = system.send(recipients=[f"b{number}@example.com" for number in range(50)], html="")
    for number in range(50):
        events.put(a_reply(3600, recipient=number, message=message["id"]))
    system.follow()
    system.minute(7200)
    told = " ".join(mail["text"] for mail in system.aws.outbox())
    assert all(f"b{number}@example.com replied" in told for number in range(50))
    first, after = feed(system, limit=40)
    second, after = feed(system, after, limit=40)
    assert len({*first, *second}) == len(first) + len(second) == 50
    assert feed(system, after)[0] == []
    assert len(after) < 2_500  # of the 10,240 bytes that a request line and its headers may have


def test_after_a_burst_the_feed_leads_on_to_what_comes_two_days_later(system: System):
    items = []
    for number in range(700):
        news = a_notification(sender=system.sender, message=f"{number:032x}", subject=f"No. {number}")
        items.append(of_notification(news, SENT + number / 70, int(SENT) + 10**7))
    put_items(system.aws, items)
    system.now = SENT + 12
    given, after, pages = [], "", 1
    while texts := (page := feed(system, after, 100))[0]:
        given, after, pages = given + texts, page[1], pages + 1
    assert len(given) == len(set(given)) == 700 and pages <= 8
    system.now = SENT + 2 * 86_400
    new = a_notification(sender=system.sender, subject="New")
    put_items(system.aws, [of_notification(new, system.now, int(system.now) + 10**7)])
    for _ in range(2 * 700 // 100 + 2):
        found, after = feed(system, after, 100)
        if any("New" in text for text in found):
            break
    else:
        raise AssertionError("It is never reached.")


def test_who_begins_to_look_is_told_of_what_comes_from_then_on(system: System):
    first, second = system.send(subject="Before"), system.send(subject="After")
    system.opened(first, 2 * 3600)
    system.follow()
    then = "2026-09-21T17:00:00Z"
    start = system.call("GET", f"/v1/feed?since={then}").json
    assert start["items"] == []
    system.opened(second, 4 * 3600)
    system.follow()
    told = system.call("GET", f"/v1/feed?after={start['next']}").json
    assert [each["subject"] for each in told["items"]] == ["After"]
    assert system.call("GET", f"/v1/feed?after={told['next']}").json["items"] == []
