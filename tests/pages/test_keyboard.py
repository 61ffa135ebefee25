"""Every page by keyboard alone: all that can be pressed is reached, is seen to be reached, has a name, and lets go again."""

from typing import Any

import pytest

from tests.make_run import House
from tests.pages.visiting import EVERY, SIGNED_OUT, at, settled

# What the browser lets a keyboard reach, in the order of the page.
CAN_BE_REACHED = """[...document.querySelectorAll("a[href], button, input, select, textarea, summary, [contenteditable]")]
  .filter(each => !each.disabled && each.type !== "hidden" && each.checkVisibility())"""
# Where the focus is: its number among them, whether an outline is seen, and its name.
HERE = f"""(() => {{
  const all = {CAN_BE_REACHED}, here = document.activeElement, looks = getComputedStyle(here);
  const label = here.labels?.[0]?.innerText ?? "";
  const named = document.getElementById(here.getAttribute("aria-labelledby") ?? "")?.innerText ?? "";
  const name = [here.ariaLabel, named, label, here.innerText, here.value].find(Boolean) ?? "";
  const ring = looks.outlineStyle !== "none" && parseFloat(looks.outlineWidth) >= 2;
  return {{body: here === document.body, place: all.indexOf(here), ring, name: name.trim()}};
}})()"""


@pytest.fixture(scope="module")
def message(house: House):
    made = house.send("Proposal for the autumn")
    house.opened(made)
    house.followed(made)
    return made


def walked(page: Any) -> list[dict[str, Any]]:
    """Each stop of the Tab key, until the page lets go."""
    stops: list[dict[str, Any]] = []
    for _ in range(400):
        page.keyboard.press("Tab")
        stop = page.evaluate(HERE)
        if stop["body"]:
            return stops
        if not stops or stop["place"] != stops[-1]["place"]:  # a time has a stop for its hours and one for its minutes
            stops.append(stop)
    raise AssertionError(f"It never lets go: {stops[-3:]}")


@pytest.mark.parametrize("name", EVERY)
def test_a_page_is_walked_from_end_to_end(house: House, opened, message, name):
    page = opened(name not in SIGNED_OUT, "404" if name == "nothing" else "401")
    settled(page, at(house, name, message))
    many = page.evaluate(f"{CAN_BE_REACHED}.length")
    stops = walked(page)
    places = [stop["place"] for stop in stops if stop["place"] >= 0]
    assert places == list(range(many)), "all of them, in the order of the page"
    assert [stop["name"] for stop in stops if not stop["ring"]] == [], "each is seen to have the focus"
    assert [stop for stop in stops if not stop["name"]] == [], "each has a name"


def test_a_mail_is_written_muted_and_told_of_without_a_mouse(house: House, opened, message):
    page = opened(permissions=["clipboard-read", "clipboard-write"])
    settled(page, at(house, "today", message))
    page.keyboard.press("n")
    page.wait_for_url("**/app/compose")
    page.wait_for_selector("[name=to]")
    for text in ("Dora <dora@example.com>", "By keyboard", "Dear Dora"):
        page.keyboard.press("Tab")
        page.keyboard.type(text)
    reach(page, "Make the tracked")
    page.keyboard.press("Enter")
    page.wait_for_selector("#copies")
    reach(page, "Copy")
    page.keyboard.press("Enter")
    page.get_by_text("Copied: paste it").wait_for()
    reach(page, "See what happens to it")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:focus")
    page.keyboard.press("m")
    page.get_by_role("button", name="Muted").wait_for()
    # A question is answered with the keys too, and the focus comes back to where it was.
    reach(page, "Delete")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open]")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog[open]", state="detached")
    assert page.evaluate("document.activeElement.innerText.trim()") == "Delete"
    page.keyboard.press("g")
    page.keyboard.press("s")
    page.wait_for_url("**/app/settings")
    page.wait_for_selector("h1:focus")
    reach(page, "By push, to your devices")
    page.keyboard.press("Space")
    page.get_by_text("Saved.").wait_for()
    assert house.call("GET", "/v1/preferences")["push"] is False


def reach(page: Any, name: str) -> None:
    """On by Tab, to what has this name."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate(HERE)["name"].startswith(name):
            return
    raise AssertionError(f"{name} is not reached")
