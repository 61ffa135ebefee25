"""Other systems' published rules, put in our own words, to be measured on the same cases.

Each says whether it would count the hit as a person's. None of them gives a confidence or thinks again, so only that
is compared. What a system cannot see (a list that is empty by default, a paid database) is left out, as it is for those
who install it.
"""

import re
from collections.abc import Callable
from ipaddress import ip_address, ip_network
from typing import Any

from chalicelib.domain.events import VerdictKind
from chalicelib.domain.verdicts.agents import program
from chalicelib.domain.verdicts.signatures import BY_NAME

Case = dict[str, Any]

_GMAIL_PREFETCH = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0"
)


def _hit(case: Case) -> dict[str, Any]:
    hit: dict[str, Any] = case["hits"][case["target"]]
    return hit


def _agent(case: Case) -> str:
    return str(_hit(case).get("user_agent") or "")


def _after(case: Case) -> float:
    return float(_hit(case)["at"] - case["message"]["sent_at"])


def _headers(case: Case) -> dict[str, str]:
    return {name.lower(): str(value).lower() for name, value in (_hit(case).get("headers") or {}).items()}


def _in(case: Case, networks: tuple[str, ...]) -> bool:
    try:
        address = ip_address(_hit(case).get("ip") or "")
    except ValueError:
        return False
    return any(address in ip_network(network) for network in networks if ip_network(network).version == address.version)


def _matomo_bot(agent: str) -> bool:
    """Matomo's list of bots, which counts image proxies and previews as bots but knows no http libraries."""
    name = program(agent)
    kind = BY_NAME[name].kind
    return name == "crawler" or kind is VerdictKind.UNFURLER or name in ("gmail_proxy", "yahoo_proxy", "url_scanner")


def mautic_7_1(case: Case) -> bool:
    """BotRatioHelper: two of three of: within 2 s, address listed (empty by default), agent listed.
    https://github.com/mautic/mautic/issues/16263 ; the list: issue 16069."""
    return not (_after(case) < 2 and _matomo_bot(_agent(case)))


def mautic_7_2(case: Case) -> bool:
    """isRequestTrackable: no HEAD, prefetch header, Sec-GPC, DNT or bot of Matomo's list."""
    headers = _headers(case)
    private = headers.get("sec-gpc") == "1" or headers.get("dnt") == "1"
    prefetch = any("prefetch" in headers.get(name, "") for name in ("purpose", "sec-purpose", "x-moz", "x-purpose"))
    return not (_hit(case).get("method") == "HEAD" or prefetch or private or _matomo_bot(_agent(case)))


_NOTIFUSE = (
    "bot crawler spider scanner linkcheck security headlesschrome phantomjs selenium safelinks proofpoint mimecast atp "
    "barracuda forcepoint symantec mcafee sophos fireeye emailsecurity urldefense linkprotect urlscan urlfilter "
    "emailprotection antivirus malware threatdetection securityscanner python-requests curl wget java go-http-client postman"
)


def notifuse(case: Case) -> bool:
    """36 substrings, an empty agent, or within 7 s.
    https://github.com/Notifuse/notifuse pkg/botdetection, internal/http/email_handler.go."""
    agent = _agent(case).lower()
    listed = any(word in agent for word in (*_NOTIFUSE.split(), "cisco ironport", "trend micro"))
    return not (not agent or listed or _after(case) < 7)


def keila(case: Case) -> bool:
    """Two exact agents. https://github.com/pentacent/keila lib/keila/tracking/tracking.ex"""
    plain = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/104.0.0.0 Safari/537.36"
    return _agent(case) not in (_GMAIL_PREFETCH, plain)


_APPLE = ("17.0.0.0/8", "104.28.0.0/16")
_AKAMAI = ("172.224.0.0/12",)
_GOOGLE = ("66.102.0.0/20", "66.249.64.0/19", "72.14.192.0/18", "74.125.0.0/16", "209.85.128.0/17")


def mailtracker(case: Case) -> bool:
    """Apple's and Google's addresses and proxies are no real opens, nor is anything within 5 s.
    https://github.com/mbuckingham74/mailtracker app/proxy_detection.py, app/services/tracking.py"""
    agent = _agent(case).lower()
    apple = _in(case, _APPLE) or (agent.strip() in ("", "mozilla/5.0") and _in(case, _AKAMAI))
    google = _in(case, _GOOGLE) or "googleimageproxy" in agent or "ggpht.com" in agent
    return not (apple or google or ("apple" in agent and "mail" in agent) or _after(case) < 5)


def mailtrack_clone(case: Case) -> bool:
    """ "proxy" or "bot" in the agent. https://github.com/Weber-droid/mailtrack-clone"""
    agent = _agent(case).lower()
    return not ("proxy" in agent or "bot" in agent)


_WARMBLY = (
    "bot spider crawl curl/ wget/ python-requests python/ go-http-client okhttp java/ headless phantomjs validator pingdom "
    "uptime statuscake site24x7 bingpreview skypeuripreview whatsapp telegram urldefense safelinks barracuda mimecast "
    "proofpoint forcepoint symantec trendmicro sophos zscaler"
)


def warmbly(case: Case) -> bool:
    """Prefetch headers, 33 substrings, an empty agent; opens by a bare WebKit (state of August 2026).
    https://github.com/warmbly/warmbly tracking/src/abuse.rs, internal/app/consumer/open_class.go"""
    agent, headers = _agent(case).strip().lower(), _headers(case)
    names = ("sec-purpose", "purpose", "x-purpose", "x-moz")
    prefetch = any(word in headers.get(name, "") for name in names for word in ("prefetch", "preview", "prerender"))
    bare = _hit(case)["kind"] == "open" and agent.endswith("(khtml, like gecko)")
    return bool(agent) and not (prefetch or bare or any(word in agent for word in _WARMBLY.split()))


def warmbly_september(case: Case) -> bool:
    """The same, with `instant` (10 s), clicks of one source within 2 s, and Microsoft's mail ranges for clicks.
    https://github.com/warmbly/warmbly/pull/298 , /412 , /438"""
    hit = _hit(case)
    near = [
        other
        for other in case["hits"]
        if other["kind"] == "click"
        and other.get("link") != hit.get("link")
        and other.get("ip") == hit.get("ip")
        and abs(other["at"] - hit["at"]) <= 2
    ]
    microsoft = _in(case, ("40.92.0.0/15", "40.107.0.0/16", "52.100.0.0/14", "104.47.0.0/17"))
    return warmbly(case) and not (_after(case) < 10 or (hit["kind"] == "click" and near) or microsoft)


def millionsend(case: Case) -> bool:
    """Links of one message fetched within a second of each other, and browsers that cannot be; folded back afterwards.
    https://github.com/MillionSend/millionsend/pull/22"""
    hit, agent = _hit(case), _agent(case)
    near = [
        other
        for other in case["hits"]
        if other["kind"] == "click" and other.get("link") != hit.get("link") and abs(other["at"] - hit["at"]) <= 1
    ]
    old = re.search(r"Windows NT .*Chrome/(\d+)", agent)
    spoofed = hit["kind"] == "click" and (not agent or (old is not None and int(old.group(1)) < 102))
    return not (spoofed or (hit["kind"] == "click" and near))


def sparkpost(case: Case) -> bool:
    """is_prefetched: Apple's and Gmail's prefetch agents, for opens. https://bird.com/en-us/blog/gmail-prefetching-images"""
    return _hit(case)["kind"] != "open" or _agent(case) not in ("Mozilla/5.0", _GMAIL_PREFETCH)


def everything(case: Case) -> bool:
    """What most trackers do: every hit is a person (Postmark, Postal, listmonk)."""
    return True


SYSTEMS: dict[str, Callable[[Case], bool]] = {
    "Mautic 7.1": mautic_7_1,
    "Mautic 7.2": mautic_7_2,
    "Notifuse": notifuse,
    "Keila": keila,
    "mailtracker": mailtracker,
    "mailtrack-clone": mailtrack_clone,
    "warmbly, August 2026": warmbly,
    "warmbly, September 2026": warmbly_september,
    "MillionSend": millionsend,
    "SparkPost is_prefetched": sparkpost,
    "every hit is a person": everything,
}
