"""The first guess, from one hit alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.events import EventKind, Evidence, VerdictKind
from chalicelib.domain.verdicts import network_ranges
from chalicelib.domain.verdicts.explanations import PHRASES
from chalicelib.domain.verdicts.first_guess import first_guess
from chalicelib.domain.verdicts.signatures import BY_NAME

AN_HOUR = 3600.0
SIGNS = ["head", "options", "post", "prefetch", "native_host", "altered", "language", "navigated", "privacy"]
SIGNS += ["fossil", "impossible"]
OPEN, CLICK = EventKind.OPEN, EventKind.CLICK


def guess(kind=OPEN, after=AN_HOUR, **evidence) -> str:
    return str(first_guess(kind, Evidence(**{"agent": "browser", **evidence}), after).kind)


def test_a_browser_hours_later_is_a_person():
    assert guess() == guess(CLICK) == "human"


@pytest.mark.parametrize("network", ["microsoft", "aws", "google_cloud"])
def test_a_cloud_counts_against_clicks_not_against_opens(network):
    assert guess(CLICK, network=network) == "scanner"
    assert guess(OPEN, network=network) in ("human", "proxy_human")


@pytest.mark.parametrize("kind", [OPEN, CLICK])
def test_a_security_vendors_network_counts_against_both(kind):
    assert guess(kind, network="barracuda") == "scanner"


@pytest.mark.parametrize("network", ["apple_relay", "vpn", "web_gateway", "hosting"])
def test_networks_that_people_browse_through_lose_no_reader(network):
    assert guess(network=network) == guess(CLICK, network=network) == "human"


def test_nobody_clicks_within_a_second():
    assert guess(CLICK, after=0.5) == "scanner"


def test_a_lone_click_at_43_s_may_well_be_a_person():
    verdict = first_guess(CLICK, Evidence(agent="browser"), 43.0)
    assert verdict.kind is VerdictKind.HUMAN
    assert verdict.confidence < 0.9


def test_an_empty_agent_alone_is_unknown_and_a_click_with_one_from_microsoft_is_not():
    assert guess(agent="empty") == guess(CLICK, agent="empty") == "unknown"
    assert guess(CLICK, agent="empty", network="microsoft") == "scanner"


def test_outlooks_probe_of_a_link_is_no_click_and_its_pixel_is_an_open():
    assert guess(CLICK, agent="outlook", flags=("native_host",)) == "prefetch"
    assert guess(OPEN, agent="outlook", flags=("native_host",)) == "human"


def test_people_who_ask_for_privacy_are_people():
    asked = first_guess(CLICK, Evidence(agent="browser", flags=("privacy",)), 43.0)
    assert asked.kind is VerdictKind.HUMAN
    assert asked.confidence > first_guess(CLICK, Evidence(agent="browser"), 43.0).confidence


@pytest.mark.parametrize("flag", ["altered", "prefetch", "head", "options", "post"])
def test_requests_that_nobody_makes_by_hand_are_machines(flag):
    assert guess(CLICK, flags=(flag,)) in ("scanner", "prefetch")


def test_bare_webkit_is_a_person_but_for_the_delivery():
    assert guess(agent="bare_webkit", after=24 * 60) == "human"
    assert guess(agent="bare_webkit", after=12) == "prefetch"


def test_image_proxies_follow_no_links():
    assert guess(CLICK, agent="gmail_proxy") == "bot"


evidences = st.builds(
    Evidence,
    agent=st.sampled_from(sorted(BY_NAME)),
    network=st.sampled_from(["", *network_ranges.LABELS.split()]),
    flags=st.lists(
        st.sampled_from(SIGNS),
        unique=True,
        max_size=4,
    ).map(tuple),
)


@given(st.sampled_from(list(EventKind)), evidences, st.floats(-1e6, 1e7))
def test_every_guess_has_a_probability_and_reasons_that_can_be_explained(kind, evidence, after):
    verdict = first_guess(kind, evidence, after)
    assert 0 <= verdict.confidence <= 1
    assert verdict.reasons
    assert set(verdict.reasons) <= PHRASES.keys()
    assert len(set(verdict.reasons)) == len(verdict.reasons)
