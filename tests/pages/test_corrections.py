"""What was told and then turned out false stays in sight, struck through: on the message's page and on Today."""

from tests.make_run import House

LINKS = "".join(f'<a href="https://example.com/{number}">{number}</a> ' for number in range(10))


def test_it_is_struck_through_and_says_why(house: House, opened):
    body = {"subject": "Ten links", "recipients": ["eve@example.com"], "html": LINKS}
    made = house.call("POST", "/v1/messages", body)
    house.call("POST", "/_local/clock", {"advance_seconds": 7200})
    house.followed(made)
    # It waits ten seconds for a burst, then it is told; the same machine goes on to all the other links, and takes it back.
    house.call("POST", "/_local/clock", {"advance_seconds": 20})
    assert house.call("GET", f"/v1/messages/{made['id']}")["status"] == "clicked"
    house.tells(made)
    page = opened()
    page.goto(f"{house.url}/app/message?id={made['id']}")
    page.locator(".timeline .strong", has_text="eve@example.com followed a link").wait_for()
    for link in range(1, 10):
        house.followed(made, link)
    house.tells(made, correction=True)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.locator(".timeline del", has_text="eve@example.com followed a link").wait_for()
    assert page.locator(".timeline > li").count() == 1, "the others were told of to nobody, and are folded away"
    page.locator(".timeline summary").click()
    page.get_by_text("links within seconds").or_(page.get_by_text("machine")).first.wait_for()
    page.goto(f"{house.url}/app/today")
    line = page.locator("main .list li", has_text="Ten links")
    line.locator("del", has_text="clicked a link").wait_for()
    assert "Taken back" in line.inner_text() and "No sign yet" in line.inner_text()
