"""The first guess at who caused a hit, from the hit alone, while the request waits.

Exact signatures decide; where only weak signs are there (an ordinary browser, somewhere, some time after the send)
their weights add up as log-odds of a person. What came before and after is weighed in judging.py, which has the last
word. Reasons are names from a closed list: signature names (signatures.py), `network_` and a network's name
(networks.py), and the constants of explanations.py.
"""

from dataclasses import dataclass, field
from math import exp, log

from chalicelib.domain.events import EventKind, Evidence, Verdict, VerdictKind
from chalicelib.domain.networks import CLOUDS, MAIL_PROVIDERS, PLATFORMS, SECURITY
from chalicelib.domain.signatures import BY_NAME

_NEVER_SURE = 0.99  # no verdict is a certainty: an agent can lie


@dataclass(frozen=True, slots=True)
class Settings:
    """Every window (seconds) and weight (log-odds of a person: 0.7 doubles the odds, -0.7 halves them) of the verdicts."""

    # -- Time since the send: (until, weight) for an open and for a click. People need time to get and read a mail.
    open_soon: tuple[tuple[float, float], ...] = ((1, -3.2), (2, -2.0), (5, -1.0), (10, -0.4))
    click_soon: tuple[tuple[float, float], ...] = (
        (1, -4.0),
        (3, -3.0),
        (5, -2.2),
        (10, -1.4),
        (20, -0.9),
        (60, -0.7),
        (300, -0.3),
    )
    bare_webkit_soon: tuple[tuple[float, float], ...] = ((30, -2.2), (120, -0.8))
    early_proxy: float = 30.0  # a lone fetch by Gmail's proxy sooner than this is doubtful (gophish issues 1390, 3086)
    early_other_proxy: float = 5.0  # the same for other providers' proxies: none is known to fetch at delivery
    early_cloud_open: float = 60.0  # from a cloud: a scanner's pixel (median 9 s) rather than a provider's proxy
    late: float = 3600.0  # after this a hit from a cloud is a little more often a person's remote desktop

    # -- Networks, for an ordinary browser.
    network_click: dict[str, float] = field(
        default_factory=lambda: {
            "microsoft_mail": -6.0, "microsoft": -4.5, "aws": -3.5, "google_cloud": -3.5, "oracle_cloud": -3.0,
            "salesforce": -3.0, "google": -2.5, "hosting": -2.0, "cloudflare": -1.0, "akamai": -1.0, "fastly": -1.0,
            "web_gateway": -0.5, "vpn": -0.3,
        }
    )  # fmt: skip
    network_open: dict[str, float] = field(
        default_factory=lambda: {
            "aws": -1.2, "google_cloud": -1.2, "oracle_cloud": -1.2, "salesforce": -1.2, "hosting": -1.0,
            "cloudflare": -0.7, "akamai": -0.7, "fastly": -0.7, "web_gateway": -0.4, "vpn": -0.2,
        }
    )  # fmt: skip
    early_cloud: float = -1.6  # added for an open from a cloud or hosting within early_cloud_open
    late_cloud: float = 0.7  # added for a click from one after `late`

    # -- Small signs of the request.
    fossil: tuple[float, float] = (-0.5, -1.6)  # a desktop Chrome that never updated: open, click
    impossible: tuple[float, float] = (-1.0, -2.0)  # a browser that does not exist
    language: float = 0.3  # Accept-Language was sent
    navigated: float = 0.2  # the browser says that a person followed the link
    privacy: float = 0.4  # DNT or Global Privacy Control: people set these

    # -- Bursts: (different links, seconds). People follow one link and read; the first pace that fits decides.
    burst: tuple[tuple[int, float], ...] = ((2, 0.8), (3, 2.0), (4, 4.0), (5, 7.5))  # whoever fetched
    slow_burst: tuple[tuple[int, float], ...] = ((5, 15.0), (6, 30.0), (8, 90.0), (10, 300.0))  # one machine's
    burst_confidence: tuple[float, ...] = (0.82, 0.93, 0.97)  # of two, three, more links
    pixel_before_burst: float = 120.0  # the pixel comes some 33 s before the links, fetched by the same machine
    same_machine_after: float = 600.0  # how long a machine that was caught is taken for the same machine
    trap_window: float = 10.0  # clicks this near a trap link are its finder's (mautic issue 9798)
    many_recipients: tuple[tuple[int, float], ...] = (
        (2, 2.0),
        (3, 10.0),
    )  # one client in so many copies within seconds

    # -- What a timeline says of doubtful hits.
    twin: float = 30.0  # one click seen twice: the second from elsewhere (resend-node issue 901: 12 s)
    prefetch_then_reader: float = 120.0  # Gmail prefetches while a session is open: a reader may follow at once
    own_address_soon: float = 120.0  # looking at the Sent copy
    own_address: float = -1.5  # another program at the sender's own address: a colleague, or a second device
    own_neighbourhood: float = -0.4  # the sender's network, another address
    forwarded_after: float = 86400.0  # another device elsewhere, so long after the reader was last seen

    # -- Holds: how long (seconds) a counted but doubtful hit waits before it is told.
    hold_delivery: float = 600.0  # the time after the send in which most scanners come
    hold_click: float = 45.0  # a click within it, while its burst may still be running
    hold_late_click: float = 10.0  # a later click of a mail with several links
    hold_open: float = 60.0  # an open by a browser within it: the links follow some 33 s later
    hold_proxy: float = 120.0  # an early fetch by an image proxy


DEFAULT = Settings()


def log_odds(probability: float) -> float:
    """The natural logarithm of the odds of a probability in (0, 1)."""
    return log(probability / (1 - probability))


def probability(odds: float) -> float:
    """The probability of log-odds, kept off 0 and 1."""
    return min(_NEVER_SURE, max(1 - _NEVER_SURE, 1 / (1 + exp(-odds))))


def weight_at(steps: tuple[tuple[float, float], ...], after: float) -> float:
    """The weight of the first step that `after` is below, or 0."""
    return next((weight for until, weight in steps if after < until), 0.0)


def first_guess(kind: EventKind, evidence: Evidence, after: float, settings: Settings = DEFAULT) -> Verdict:
    """Who most likely caused this hit, `after` seconds from the send (negative: before it), knowing nothing else."""
    if kind not in (EventKind.OPEN, EventKind.CLICK):
        return _ANSWERS[kind]
    if after < 0:
        return Verdict(VerdictKind.SELF, 0.95, ("before_sending",))
    click = kind is EventKind.CLICK
    return (
        _by_request(click, evidence)
        or _by_agent(click, evidence)
        or _by_proxy(click, evidence, after, settings)
        or _by_network(click, evidence, after, settings)
        or _by_weight(click, evidence, after, settings)
    )


_ANSWERS = {
    EventKind.REPLY: Verdict(VerdictKind.HUMAN, 0.99, ("reply",)),
    EventKind.COMPLAINT: Verdict(VerdictKind.HUMAN, 0.95, ("complaint",)),
    EventKind.AUTO_REPLY: Verdict(VerdictKind.BOT, 0.97, ("auto_reply",)),
    EventKind.BOUNCE: Verdict(VerdictKind.BOT, 0.97, ("bounce",)),
}

_MACHINES = frozenset({VerdictKind.BOT, VerdictKind.PREFETCH, VerdictKind.SCANNER, VerdictKind.UNFURLER})


def _by_request(click: bool, evidence: Evidence) -> Verdict | None:
    """What the request's own form decides: an altered token, a prefetch header, a probe, a method nobody reads with."""
    flags, agent = evidence.flags, BY_NAME[evidence.agent or "empty"]
    if "altered" in flags:
        return Verdict(VerdictKind.SCANNER, 0.93, ("altered_link", agent.name))
    if "prefetch" in flags:
        return Verdict(VerdictKind.PREFETCH, 0.95, ("prefetch_header", agent.name))
    if "native_host" in flags and click:
        return Verdict(VerdictKind.PREFETCH, 0.85, ("native_host", agent.name))
    method = next((flag for flag in ("head", "options", "post") if flag in flags), "")
    if not method or agent.kind in _MACHINES:
        return None
    found = VerdictKind.PREFETCH if agent.kind is VerdictKind.PROXY_HUMAN else VerdictKind.SCANNER
    return Verdict(found, 0.88 if method == "head" else 0.8, (f"method_{method}", agent.name))


def _by_agent(click: bool, evidence: Evidence) -> Verdict | None:
    """What an agent that names a machine decides."""
    agent, network = BY_NAME[evidence.agent or "empty"], evidence.network
    if agent.kind not in _MACHINES:
        return None
    named = (agent.name, f"network_{network}") if network else (agent.name,)
    if agent.name == "apple_prefetch":
        if click:
            return Verdict(VerdictKind.BOT, 0.6, named)
        return Verdict(VerdictKind.PREFETCH, 0.97 if network == "apple_relay" else agent.confidence, named)
    if agent.kind is VerdictKind.BOT and (network in SECURITY or network == "microsoft_mail"):
        return Verdict(VerdictKind.SCANNER, 0.85, named)
    return Verdict(agent.kind, agent.confidence, named)


def _by_proxy(click: bool, evidence: Evidence, after: float, settings: Settings) -> Verdict | None:
    """What a mail provider's image proxy decides: a person looked, unless it came too soon. Proxies follow no links."""
    agent = BY_NAME[evidence.agent or "empty"]
    if agent.kind is not VerdictKind.PROXY_HUMAN:
        return None
    if click:
        return Verdict(VerdictKind.BOT, 0.7, (agent.name,))
    if after < (settings.early_proxy if agent.name == "gmail_proxy" else settings.early_other_proxy):
        return Verdict(VerdictKind.PREFETCH, 0.6, (agent.name, "early"))
    if agent.name == "gmail_proxy" and evidence.network not in ("", "google", "google_cloud"):
        return Verdict(VerdictKind.PROXY_HUMAN, 0.6, (agent.name, f"network_{evidence.network}"))
    sure = agent.confidence - (0.15 if after < 2 * settings.early_proxy else 0.0)
    return Verdict(VerdictKind.PROXY_HUMAN, sure, (agent.name,))


def _by_network(click: bool, evidence: Evidence, after: float, settings: Settings) -> Verdict | None:
    """What the network decides for an agent that names no machine."""
    agent, network = BY_NAME[evidence.agent or "empty"], evidence.network
    named = (f"network_{network}", agent.name)
    if network in SECURITY:
        return Verdict(VerdictKind.SCANNER, 0.95, named)
    if network in PLATFORMS:
        return Verdict(VerdictKind.UNFURLER, 0.85, named)
    if agent.kind is VerdictKind.UNKNOWN:
        return _unnamed(click, agent.name, network, named)
    if click:
        return Verdict(VerdictKind.BOT, 0.65, (agent.name,)) if agent.name == "app_library" else None
    if agent.name == "bare_webkit" and network == "apple_relay":
        return Verdict(VerdictKind.PREFETCH, 0.7, (agent.name, "network_apple_relay"))
    if agent.name in ("browser", "bare_webkit"):
        if network in MAIL_PROVIDERS and network != "apple":
            if after < settings.early_other_proxy:
                return Verdict(VerdictKind.PREFETCH, 0.6, (*named, "early"))
            return Verdict(VerdictKind.PROXY_HUMAN, 0.75, named)
        if network in ("microsoft", "microsoft_mail"):
            if after < settings.early_cloud_open:
                return Verdict(VerdictKind.SCANNER, 0.6, (*named, "early"))
            return Verdict(VerdictKind.PROXY_HUMAN, 0.7, named)
    return None


def _unnamed(click: bool, agent: str, network: str, named: tuple[str, ...]) -> Verdict:
    """An agent that says nothing: unknown, but for a click out of a cloud."""
    if network in CLOUDS and (click or network == "microsoft_mail"):
        microsoft = network in ("microsoft", "microsoft_mail")
        return Verdict(VerdictKind.SCANNER if microsoft else VerdictKind.BOT, 0.8 if microsoft else 0.6, named)
    return Verdict(VerdictKind.UNKNOWN, BY_NAME[agent].confidence, (agent,))


def _by_weight(click: bool, evidence: Evidence, after: float, settings: Settings) -> Verdict:
    """A person's program, weighed: a person unless the weak signs say together that it is none."""
    agent, network = BY_NAME[evidence.agent or "empty"], evidence.network
    signs = [(log_odds(agent.confidence), agent.name)]
    signs.append((weight_at(settings.click_soon if click else settings.open_soon, after), "soon"))
    if agent.name == "bare_webkit" and not click:
        signs.append((weight_at(settings.bare_webkit_soon, after), "early"))
    if network in (settings.network_click if click else settings.network_open):
        weight = (settings.network_click if click else settings.network_open)[network]
        if network in CLOUDS or network == "hosting":
            if click and after > settings.late:
                weight += settings.late_cloud
            elif not click and after < settings.early_cloud_open:
                weight += settings.early_cloud
        signs.append((weight, f"network_{network}"))
    for flag, weight in (
        ("fossil", settings.fossil[click]),
        ("impossible", settings.impossible[click]),
        ("language", settings.language),
        ("navigated", settings.navigated),
        ("privacy", settings.privacy),
    ):
        if flag in evidence.flags:
            signs.append((weight, flag))
    person = probability(sum(weight for weight, _ in signs))
    if person >= 0.5:
        return Verdict(VerdictKind.HUMAN, person, _strongest(signs, 1))
    machine = VerdictKind.PREFETCH if agent.name == "bare_webkit" and not click else VerdictKind.SCANNER
    return Verdict(machine, 1 - person, _strongest(signs, -1))


def _strongest(signs: list[tuple[float, str]], way: int) -> tuple[str, ...]:
    """The names of the signs that point the given way, strongest first; all of them follow none."""
    ranked = sorted(signs, key=lambda sign: -way * sign[0])
    return tuple(name for weight, name in ranked if weight * way > 0) or (ranked[0][1],)
