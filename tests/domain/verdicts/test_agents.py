"""Agents as they are in the world, and the names they get."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.verdicts import agents
from chalicelib.domain.verdicts.agents import device, oddity, program
from tests.makers import APPLE_PREFETCH, CHROME, GMAIL_PREFETCH, GMAIL_PROXY, THUNDERBIRD


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (GMAIL_PROXY, "gmail_proxy"),
        (GMAIL_PREFETCH, "gmail_prefetch"),
        (APPLE_PREFETCH, "apple_prefetch"),
        (THUNDERBIRD, "thunderbird"),
        (CHROME, "browser"),
        ("", "empty"),
        ("curl/8.5.0", "http_library"),
        ("python-requests/2.32.3", "http_library"),
        ("Java/1.8.0_292", "http_library"),
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "crawler"),
        ("SomethingNewBot/1.0", "crawler"),
        ("hey.com/imageproxy/2.0", "hey_proxy"),
        ("Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", "slack_preview"),
        ("WhatsApp/2.23.20.0 A", "chat_preview"),
        ("Some ImageProxy/3", "image_proxy"),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/120 Safari",
            "automation",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)", "bare_webkit"),
        ("Lynx/2.9.0 libwww-FM/2.14", "browser"),
        ("Nokia6300/2.0 (04.20) Profile/MIDP-2.0 Configuration/CLDC-1.1", "browser"),
        ("Dalvik/2.1.0 (Linux; U; Android 13; SM-G991B Build/TP1A)", "app_library"),
        (
            "Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; Win64; x64; Trident/7.0; .NET4.0C; .NET4.0E; "
            "Microsoft Outlook 16.0.17928; ms-office; MSOffice 16)",
            "outlook",
        ),
        ("Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17928; Pro)", "outlook"),
        ("MacOutlook/16.90.24101387 (Intel Mac OS X Version 14.6.1)", "outlook"),
        ("Acme Intranet 7", "program"),
        ("who knows", "other"),
    ],
)
def test_an_agent_has_a_name(agent, name):
    assert program(agent) == name


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (Linux; Android 9; CUBOT_X19) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/108.0.0.0 Mobile",
        "Mozilla/5.0 (Linux; Android 7.0; CUBOT NOTE Plus) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/91.0 Mobile",
        "UCWEB/2.0 (Java; U; MIDP-2.0; en-US; nokia203) U2/1.0.0 UCBrowser/8.9 U2/1.0.0 Mobile",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131 Avast/131",
    ],
)
def test_a_word_inside_a_word_makes_no_machine(agent):
    assert program(agent) == "browser"


@pytest.mark.parametrize(
    ("agent", "family"),
    [
        (CHROME, "windows"),
        (THUNDERBIRD, "linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X)", "iphone"),
        ("Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X)", "ipad"),
        ("Mozilla/5.0 (Linux; Android 14; Pixel 8)", "android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", "mac"),
        ("curl/8", ""),
    ],
)
def test_a_device_has_a_family(agent, family):
    assert device(agent) == family


def _chrome(system: str, version: int) -> str:
    return f"Mozilla/5.0 ({system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version}.0.0.0 Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "oddness"),
    [
        (_chrome("Windows NT 10.0; Win64; x64", 79), "fossil"),
        (_chrome("Windows NT 10.0; Win64; x64", 131), ""),
        (_chrome("Windows NT 6.1; Win64; x64", 131), "impossible"),
        (_chrome("Windows NT 6.1; Win64; x64", 109), ""),
        (_chrome("Linux; Android 9; CUBOT_X19", 80) + " Mobile", ""),
        (_chrome("Macintosh; Intel Mac OS X 10_15_7", 69) + " Electron/4.2.2", ""),
        (THUNDERBIRD, ""),
    ],
)
def test_browsers_that_cannot_be_are_noticed(agent, oddness):
    assert oddity(agent) == oddness


_texts = st.text(" /(;.-é2x", max_size=3)
_pieces = st.sampled_from([piece.lstrip("^") for piece, _ in agents._pieces()])
_agents = st.lists(_texts | _pieces | st.sampled_from([GMAIL_PROXY, CHROME, THUNDERBIRD]), max_size=4).map("".join)


@given(_agents)
def test_the_index_finds_what_a_look_at_every_piece_finds(agent):
    text = agent.lower()
    words = set(re.findall(agents._WORD, text))

    def best(near):
        return min((place for piece, place in near if agents._stands(text, piece)), default=None)

    index = agents._index()
    by_index = [each for word in index.keys() & words for each in index[word]]
    assert best(by_index) == best(agents._pieces())
