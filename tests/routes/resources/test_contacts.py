"""The calls on contacts: what they did, when to write to them, and what could be seen at all."""

from urllib.parse import quote

import pytest

from tests.makers import CHROME, HOME, THUNDERBIRD
from tests.replies import an_answer, reply_to
from tests.system import System

AN_HOUR = 3600.0


def test_a_contact_is_the_sum_of_what_it_did(system: System):
    first, _ = system.send(recipients=[{"email": "bob@example.com", "name": "Bob"}]), system.send()
    for after in (AN_HOUR, 2 * AN_HOUR):
        system.opened(first, after, THUNDERBIRD, HOME)
    system.clicked(first, 3 * AN_HOUR, CHROME, HOME)
    system.follow()
    system.minute(4 * AN_HOUR)
    bob = system.call("GET", "/v1/contacts/bob@example.com").json
    assert (bob["email"], bob["name"], bob["messages"]) == ("bob@example.com", "Bob", 2)
    assert (bob["opened"], bob["clicked"], bob["replied"], bob["bounced"]) == (1, 1, 0, 0)
    assert (bob["opens"], bob["clicks"], bob["replies"]) == (2, 1, 0)
    assert bob["last_at"] == "2026-09-21T17:13:00Z"  # a contact's times are kept to the minute


def test_when_to_write_to_somebody_of_whom_nothing_is_known_is_when_it_suits_most(system: System):
    system.send()
    send_time = system.call("GET", "/v1/contacts/bob@example.com").json["send_time"]
    assert send_time["enough_data"] is False
    assert len(send_time["weights"]) == len(send_time["counts"]) == 168
    assert abs(sum(send_time["weights"]) - 1) < 0.001
    assert (0 <= send_time["weekday"] < 7, 0 <= send_time["hour"] < 24) == (True, True)
    assert send_time["reason"] and send_time["gain"] is send_time["gain_error"] is None


def test_the_recommended_hour_comes_with_its_next_moment_and_a_sentence(system: System):
    system.send()
    system.call("PATCH", "/v1/contacts/bob@example.com", {"time_zone": "Europe/Berlin"})
    send_time = system.call("GET", "/v1/contacts/bob@example.com").json["send_time"]
    assert (send_time["weekday"], send_time["hour"], send_time["next_at"]) == (3, 14, "2026-09-24T12:00:00Z")
    assert send_time["sentence"] == "Thursday 14:00 (Europe/Berlin), next on 24 September."


def test_a_list_of_contacts_leaves_out_the_weights_of_their_hours_where_it_is_asked_to(system: System):
    system.send()
    for query, there in (("", True), ("?weights=true", True), ("?weights=false", False)):
        (bob,) = system.call("GET", f"/v1/contacts{query}").json["items"]
        assert ("weights" in bob["send_time"], "counts" in bob["send_time"]) == (there, there)
        assert bob["send_time"]["sentence"].endswith(".")


def test_a_contact_says_whether_an_open_would_show(system: System):
    system.send(recipients=["bob@example.com", "carol@proton.me"])
    bob, carol = (
        system.call("GET", f"/v1/contacts/{email}").json["trackability"]
        for email in ("bob@example.com", "carol@proton.me")
    )
    assert bob["reports"] == "unknown"
    assert (carol["reports"], carol["n"]) == ("hides", 0)
    assert carol["evidence"]


@pytest.mark.parametrize("written", ["bob%40example.com", "BOB@Example.com", "bob@example.com"])
def test_an_address_in_the_path_may_be_coded_or_in_capitals(system: System, written):
    system.send()
    assert system.call("GET", f"/v1/contacts/{written}").json["email"] == "bob@example.com"


@pytest.mark.parametrize(
    "strange", ["o'brien+x/y@example.com", "a%b@example.com", "~{|}@example.com", "#1@example.com"]
)
def test_whoever_can_be_written_to_can_be_looked_up(system: System, strange):
    system.send(recipients=[strange])
    assert system.call("GET", f"/v1/contacts/{quote(strange, safe='')}").json["email"] == strange
    assert strange in [each["email"] for each in system.call("GET", "/v1/contacts").json["items"]]


@pytest.mark.parametrize("stranger", ["carol@example.com", "no address", "%00", "%F0%28%8C%28", "x" * 3_000])
def test_whom_the_sender_never_wrote_to_is_not_found(system: System, stranger):
    system.send()
    answer = system.call("GET", f"/v1/contacts/{stranger.replace(' ', '%20')}")
    assert (answer.status, answer.json["title"]) == (404, "Not Found")


def test_contacts_are_listed_by_address_page_by_page(system: System):
    system.send(recipients=[f"{letter}@example.com" for letter in "dbace~"])
    found, after = [], ""
    while after is not None:
        page = system.call("GET", "/v1/contacts?limit=2" + (f"&after={after}" if after else "")).json
        found += [each["email"][0] for each in page["items"]]
        after = page["next"]
    assert found == ["a", "b", "c", "d", "e", "~"]


def test_the_scheduled_summaries_come_when_the_schedule_has_been(system: System):
    system.send(recipients=["bob@example.com", "carol@example.com"])
    assert system.call("GET", "/v1/send-times").json == {"overall": None, "items": [], "next": None}
    system.hour(AN_HOUR)
    page = system.call("GET", "/v1/send-times?limit=1").json
    assert [each["email"] for each in page["items"]] == ["bob@example.com"]
    rest = system.call("GET", f"/v1/send-times?after={page['next']}").json
    assert [each["email"] for each in rest["items"]] == ["carol@example.com"]
    assert rest["items"][0]["send_time"]["computed_at"] == "2026-09-21T15:13:20Z"
    assert rest["next"] is None


def test_a_contacts_own_page_is_never_older_than_what_happened(system: System):
    message = system.send()
    system.hour(AN_HOUR)
    system.opened(message, 2 * AN_HOUR, THUNDERBIRD, HOME)
    system.follow()
    assert sum(system.call("GET", "/v1/contacts/bob@example.com").json["send_time"]["counts"]) == 1
    (scheduled,) = system.call("GET", "/v1/send-times").json["items"]
    assert sum(scheduled["send_time"]["counts"]) == 0


def test_the_send_times_of_all_and_of_each_domain_are_answered_page_by_page(system: System):
    messages = [
        system.send(recipients=[email]) for email in ("bob@firm.example", "carol@gmail.com", "dan@firm.example")
    ]
    for number, message in enumerate(messages):
        system.opened(message, (number + 2) * AN_HOUR, THUNDERBIRD, HOME)
    system.follow()
    system.hour(9 * AN_HOUR)
    first = system.call("GET", "/v1/send-times?by=domain&limit=1").json
    rest = system.call("GET", f"/v1/send-times?by=domain&after={first['next']}").json
    assert [(each["of"], each["domain"], each["free_mail"]) for each in first["items"] + rest["items"]] == [
        ("domain", "firm.example", False),
        ("domain", "gmail.com", True),
    ]
    assert rest["next"] is None
    (firm,) = first["items"]
    assert (firm["people"], firm["readers"], sum(firm["send_time"]["counts"])) == (2, 2, 2)
    assert firm["send_time"]["enough_data"] is False
    assert sum(firm["send_time"]["weights"]) == pytest.approx(1, abs=1e-3)
    for page in (first, rest, system.call("GET", "/v1/send-times").json):
        assert (page["overall"]["people"], page["overall"]["readers"]) == (3, 3)


@pytest.mark.parametrize("query", ["by=sender", "by=", "after=x&by=domain"])
def test_send_times_of_nothing_that_there_is_are_refused(system: System, query):
    assert system.call("GET", f"/v1/send-times?{query}").status == 422


def test_a_cursor_of_contacts_leads_nowhere_among_domains(system: System):
    system.send(recipients=["bob@example.com", "carol@example.com"])
    system.hour(AN_HOUR)
    after = system.call("GET", "/v1/send-times?limit=1").json["next"]
    assert system.call("GET", f"/v1/send-times?by=domain&after={after}").status == 422


# -- Where they live


def zone_of(system: System, email: str = "bob@example.com") -> tuple[str, str]:
    send_time = system.call("GET", f"/v1/contacts/{email}").json["send_time"]
    return send_time["time_zone"], send_time["time_zone_from"]


def test_a_sender_says_where_a_contact_lives_and_takes_it_back(system: System):
    system.send()
    assert zone_of(system) == ("UTC", "unknown")
    said = system.call("PATCH", "/v1/contacts/BOB@example.com", {"time_zone": "Asia/Tokyo"})
    assert (said.status, said.json["send_time"]["time_zone_from"]) == (200, "set")
    assert zone_of(system) == ("Asia/Tokyo", "set")
    system.hour(AN_HOUR)
    assert system.call("GET", "/v1/send-times").json["items"][0]["send_time"]["time_zone"] == "Asia/Tokyo"
    assert system.call("PATCH", "/v1/contacts/bob@example.com", {"time_zone": None}).status == 200
    assert zone_of(system) == ("UTC", "unknown")
    system.hour(2 * AN_HOUR)
    assert system.call("GET", "/v1/send-times").json["items"][0]["send_time"]["time_zone_from"] == "unknown"


@pytest.mark.parametrize("zone", ["Mars/Base", "+99:00", "Europe", "x" * 65, 2])
def test_a_time_zone_that_is_none_is_refused_and_changes_nothing(system: System, zone):
    system.send()
    refused = system.call("PATCH", "/v1/contacts/bob@example.com", {"time_zone": zone})
    assert (refused.status, refused.json["field"]) == (422, "time_zone")
    assert zone_of(system) == ("UTC", "unknown")


def test_where_a_stranger_lives_cannot_be_said(system: System):
    assert system.call("PATCH", "/v1/contacts/bob@example.com", {"time_zone": "Asia/Tokyo"}).status == 404


def test_the_answer_of_a_contact_says_where_they_live(system: System):
    message = system.send(recipients=["bob@example.com"])
    system.receive(an_answer(Date="Mon, 21 Sep 2026 21:13:20 +0530"), reply_to(message))
    assert zone_of(system) == ("UTC+05:30", "replies")
    system.call("DELETE", f"/v1/messages/{message['id']}")
    assert zone_of(system) == ("UTC", "unknown")


def test_the_country_of_an_address_suggests_where_they_live(system: System):
    system.send(recipients=["bob@firm.de"])
    assert zone_of(system, "bob@firm.de") == ("Europe/Berlin", "domain")


def test_contacts_are_found_by_the_beginning_of_their_address(system: System):
    system.send(recipients=["bob@example.com", "bobby@example.com", "ann@example.org"])
    found = system.call("GET", "/v1/contacts?q=BOB&weights=false").json
    assert [each["email"] for each in found["items"]] == ["bob@example.com", "bobby@example.com"]
    (whole,) = system.call("GET", "/v1/contacts?q=bob@example.com&limit=1").json["items"]
    assert whole["email"] == "bob@example.com"
    assert system.call("GET", "/v1/contacts?q=bob@&limit=1").json["next"] is None
    first = system.call("GET", "/v1/contacts?q=bob&limit=1").json
    second = system.call("GET", f"/v1/contacts?q=bob&limit=1&after={first['next']}").json
    assert [each["email"] for each in first["items"] + second["items"]] == ["bob@example.com", "bobby@example.com"]
    assert system.call("GET", "/v1/contacts?q=z").json["items"] == []
