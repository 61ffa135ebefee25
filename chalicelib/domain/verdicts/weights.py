"""Every window and weight of the verdicts, in one place, and the arithmetic of weights.

Weights are log-odds of a person: they add up, 0.7 doubles the odds and -0.7 halves them. They were set on the tuning
half of tests/bench/verdict_cases from the measured facts that its README names.
"""

from math import log, tanh

from chalicelib.domain.records import field, record

_NEVER_SURE = 0.99  # no verdict is a certainty: an agent can lie


@record
class Settings:
    """Every window (seconds) and weight (log-odds of a person: 0.7 doubles the odds, -0.7 halves them) of the verdicts."""

    # -- Time since the send: (until, weight) for an open and for a click. People need time to get and read a mail.
    open_soon: tuple[tuple[float, float], ...] = ((1, -3.2), (2, -2.0), (5, -1.2), (10, -0.9), (20, -0.5))
    click_soon: tuple[tuple[float, float], ...] = (
        (1, -4.0), (3, -3.0), (5, -2.2), (10, -1.4), (20, -0.9), (60, -0.7), (300, -0.3),
    )  # fmt: skip
    bare_webkit_soon: tuple[tuple[float, float], ...] = ((30, -2.2), (120, -0.8))
    early_proxy: float = 30.0  # a lone fetch by Gmail's proxy sooner than this is doubtful (gophish issues 1390, 3086)
    early_other_proxy: float = 5.0  # the same for other providers' proxies: none is known to fetch at delivery
    early_cloud_open: float = 60.0  # from a cloud: a scanner's pixel (median 9 s) rather than a provider's proxy
    late: float = 3600.0  # after this a hit from a cloud is a little more often a person's remote desktop

    # -- Networks, for an ordinary browser.
    network_click: dict[str, float] = field(
        default_factory=lambda: {
            "microsoft_mail": -6.0, "microsoft": -4.5, "aws": -3.5, "google_cloud": -3.5, "oracle_cloud": -3.0,
            "salesforce": -3.0, "google": -2.5, "hosting": -2.0, "cloudflare": -2.2, "akamai": -1.5, "fastly": -1.5,
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
    late_cloud: float = 0.3  # added for a click from one after `late`

    undecided: float = 0.42  # from here to 0.5, the probability of a person decides nothing; above, it is one

    # -- Small signs of the request.
    # Nearly no desktop Chrome stays years behind, while scanners often pretend to one (gophish issues 2357, 2446, 2646).
    fossil: tuple[float, float, float] = (-0.5, -1.2, -3.0)  # for an open, a click, a click within hold_delivery
    impossible: tuple[float, float, float] = (-1.0, -2.0, -3.5)  # a browser that does not exist
    language: float = 0.3  # Accept-Language was sent
    navigated: float = 0.2  # the browser says that a person followed the link
    privacy: float = 0.4  # DNT or Global Privacy Control: people set these

    # -- Bursts: (different links, seconds). People follow one link and read; the first pace that fits decides.
    burst: tuple[tuple[int, float], ...] = ((2, 0.8), (3, 2.0), (4, 4.0), (5, 7.5))  # whoever fetched
    slow_burst: tuple[tuple[int, float], ...] = ((5, 15.0), (6, 30.0), (8, 90.0), (10, 300.0))  # one machine's
    early_burst: tuple[tuple[int, float], ...] = ((2, 2.0), (3, 6.0), (4, 20.0))  # one machine's, in hold_delivery
    sweep_links: int = 4  # all links of a mail with at least so many, one after the other, soon after the send
    sweep_seconds: float = 20.0  # for each link
    burst_confidence: tuple[float, ...] = (0.82, 0.93, 0.97)  # of two, three, more links
    pixel_before_burst: float = 120.0  # the pixel comes some 33 s before the links, fetched by the same machine
    early_pixel: float = 60.0  # a browser's open so soon after the send, before a burst, is the scanner's too
    same_machine_after: float = 600.0  # how long a machine that was caught is taken for the same machine
    trap_window: float = 10.0  # clicks this near a trap link are its finder's (mautic issue 9798)
    many_recipients: tuple[tuple[int, float], ...] = ((2, 2.0), (3, 10.0))  # one browser in so many recipients' copies

    # -- What a timeline says of doubtful hits.
    twin: float = 30.0  # one click seen twice: the second from elsewhere (resend-node issue 901: 12 s)
    prefetch_then_reader: float = 120.0  # Gmail prefetches while a session is open: a reader may follow at once
    fetched_again: float = 10.0  # a proxy's second fetch so long after or before: nobody scans a mail twice at leisure
    reader_there: float = 3600.0  # a mail program at the same address showed the mail before: a remote desktop
    own_address_soon: float = 120.0  # looking at the Sent copy
    own_address: float = -3.0  # another program at the sender's own address: mostly they themselves, or a colleague
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
    return min(_NEVER_SURE, max(1 - _NEVER_SURE, (1 + tanh(odds / 2)) / 2))


def weight_at(steps: tuple[tuple[float, float], ...], after: float) -> float:
    """The weight of the first step that `after` is below, or 0."""
    return next((weight for until, weight in steps if after < until), 0.0)
