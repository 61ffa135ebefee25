"""The first guess at who caused a hit, from the hit alone, while the request waits.

Exact signatures decide; where only weak signs are there (an ordinary browser, somewhere, some time after the send)
their weights add up as log-odds of a person. What came before and after is weighed in judging.py, which has the last
word. Reasons are names from a closed list: signature names (signatures.py), `network_` and a network's name
(networks.py), and the constants of explanations.py.
"""

from chalicelib.domain.events import EventKind, Evidence, Verdict, VerdictKind
from chalicelib.domain.verdicts.networks import CLOUDS, MAIL_PROVIDERS, PLATFORMS, SECURITY, SECURITY_AND_BROWSING
from chalicelib.domain.verdicts.signatures import BY_NAME
from chalicelib.domain.verdicts.weights import DEFAULT, Settings, log_odds, probability, weight_at


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

NOTABLE = -0.3  # log-odds from which what speaks against a person is told of one
_MACHINES = frozenset({VerdictKind.BOT, VerdictKind.PREFETCH, VerdictKind.SCANNER, VerdictKind.UNFURLER})


def _by_request(click: bool, evidence: Evidence) -> Verdict | None:
    """What the request's own form decides: an altered token, a prefetch header, a probe, a method nobody reads with."""
    flags, agent = evidence.flags, BY_NAME[evidence.agent or "empty"]
    if "altered" in flags:
        return Verdict(VerdictKind.SCANNER, 0.93, ("altered_link", agent.name))
    if "prefetch" in flags:
        return Verdict(VerdictKind.PREFETCH, 0.95, ("prefetch_header", agent.name))
    if click and ("native_host" in flags or agent.name == "new_outlook"):
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
        late = network in SECURITY_AND_BROWSING and after > settings.hold_delivery
        return Verdict(VerdictKind.SCANNER, 0.7 if late else 0.95, named)
    if network == "microsoft_mail" and not click:
        return Verdict(VerdictKind.SCANNER, 0.85 if after < settings.early_cloud_open else 0.7, named)
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
        if network == "microsoft":
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
    occasion = 0 if not click else 2 if after < settings.hold_delivery else 1
    for flag, weight in (
        ("fossil", settings.fossil[occasion]),
        ("impossible", settings.impossible[occasion]),
        ("language", settings.language),
        ("navigated", settings.navigated),
        ("privacy", settings.privacy),
    ):
        if flag in evidence.flags:
            signs.append((weight, flag))
    person = probability(sum(weight for weight, _ in signs))
    if person >= 0.5:
        against = tuple(name for weight, name in sorted(signs) if weight <= NOTABLE)
        return Verdict(VerdictKind.HUMAN, person, _strongest(signs, 1) + against)
    if person > settings.undecided:
        return Verdict(VerdictKind.UNKNOWN, 0.5, _strongest(signs, -1))
    machine = VerdictKind.PREFETCH if agent.name == "bare_webkit" and not click else VerdictKind.SCANNER
    return Verdict(machine, 1 - person, _strongest(signs, -1))


def _strongest(signs: list[tuple[float, str]], way: int) -> tuple[str, ...]:
    """The names of the signs that point the given way, strongest first; all of them follow none."""
    ranked = sorted(signs, key=lambda sign: -way * sign[0])
    return tuple(name for weight, name in ranked if weight * way > 0) or (ranked[0][1],)
