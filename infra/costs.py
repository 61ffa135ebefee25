"""What Unsealed costs on AWS: prices, and the page docs/costs.md made of them and of counted work (tests/test_cost_page.py).

Prices are those of us-east-1 without free tiers, in US dollars, looked up in November 2026 in stored copies of the pages
named beside them, some of which were months old: look there before you rely on one.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
MEMORY_GB = json.loads((ROOT / ".chalice" / "config.json").read_text())["lambda_memory_size"] / 1024

# https://aws.amazon.com/dynamodb/pricing/on-demand/
WRITE_UNIT = 0.625 / 1e6
READ_UNIT = 0.125 / 1e6
# https://aws.amazon.com/lambda/pricing/ , arm64
CALL = 0.20 / 1e6
GB_SECOND = 0.0000133334
# https://aws.amazon.com/api-gateway/pricing/ , REST
REQUEST = 3.50 / 1e6
# https://aws.amazon.com/ses/pricing/
MAIL = 0.10 / 1e3
# https://aws.amazon.com/cloudwatch/pricing/
LOG_GB = 0.50
METRIC_MONTH = 0.30
ALARM_MONTH = 0.10
DASHBOARD_MONTH = 3.00

# Milliseconds that a function runs on Lambda: assumed, since nothing here has run there.
REQUEST_MS = 20.0  # one signed write and its way there and back; on one machine it takes under one
FOLLOW_MS = 120.0  # some reads, a transaction, perhaps a mail
SCHEDULE_MS = 60.0
LOG_BYTES = 700  # of one call: Lambda's own lines, and the one that counts

# What hosted services ask, as their pages said.
HOSTED = (
    (
        "Email on Acid, e-mail analytics",
        "50.00 for a million opens a month",
        "https://www.emailonacid.com/help-article/what-happens-if-i-go-over-my-plans-monthly-limit-for-email-analytics-opens/",
    ),
    (
        "Email Meter Pro",
        "15.00 per mailbox and month, billed yearly",
        "https://help.emailmeter.com/en/article/billing-for-email-meter-premium-and-teams-18zsehp/",
    ),
    (
        "Mailshake, sales engagement",
        "99.00 per person and month",
        "https://docs.mailshake.com/article/56-pricing-explained",
    ),
)


@dataclass(frozen=True, slots=True)
class Work:
    """What one thing makes AWS do: units of DynamoDB, HTTP requests, calls of functions by their milliseconds, mails."""

    name: str
    writes: float
    reads: float
    requests: int
    calls: Sequence[float]
    mails: int = 0

    @property
    def parts(self) -> dict[str, float]:
        """What it costs, by service, in dollars."""
        seconds = sum(self.calls) / 1000
        return {
            "DynamoDB": self.writes * WRITE_UNIT + self.reads * READ_UNIT,
            "API Gateway": self.requests * REQUEST,
            "Lambda": len(self.calls) * CALL + seconds * MEMORY_GB * GB_SECOND,
            "SES": self.mails * MAIL,
            "logs": len(self.calls) * LOG_BYTES / 1e9 * LOG_GB,
        }

    @property
    def price(self) -> float:
        """What it costs, in dollars."""
        return sum(self.parts.values())


@dataclass(frozen=True, slots=True)
class Standing:
    """What a month costs in which nobody opens anything: the schedules, and what watches."""

    minute: Work
    hour: Work
    metrics: int
    alarms: int

    @property
    def parts(self) -> dict[str, float]:
        """What it costs a month, by what, in dollars."""
        return {
            "the one-minute schedule": self.minute.price * 60 * 24 * 30,
            "the hourly schedule": self.hour.price * 24 * 30,
            f"{self.metrics} CloudWatch metrics, if all occur": self.metrics * METRIC_MONTH,
            f"alarms on {self.alarms} metrics": self.alarms * ALARM_MONTH,
            "the dashboard": DASHBOARD_MONTH,
        }

    @property
    def after_free_tier(self) -> float:
        """What is left of it in an account with nothing else in it: 10 figures, 10 alarm metrics, 3 dashboards are free."""
        free = min(self.metrics, 10) * METRIC_MONTH + min(self.alarms, 10) * ALARM_MONTH + DASHBOARD_MONTH
        return sum(self.parts.values()) - free


def page(sent: Work, works: Sequence[Work], standing: Standing) -> str:
    """The page, in Markdown: of a message that is made, of its hits (the first told by a mail), of a month."""
    first = works[0]
    services = list(first.parts)
    dearest = max((name for name in services if name != "SES"), key=lambda name: first.parts[name])
    busy = 1000 * (sent.price + sum(work.price for work in works[:3]))
    rows = [
        f"| {work.name} | {work.writes:g} | {work.reads:g} "
        f"| {' | '.join(f'{cost * 1e6:.2f}' for cost in work.parts.values())} | **{work.price * 1e6:.2f}** |"
        for work in (sent, *works)
    ]
    standing_rows = [f"| {name} | {cost:.2f} |" for name, cost in standing.parts.items()]
    hosted_rows = [f"| [{name}]({source}) | {price} |" for name, price, source in HOSTED]
    return "\n".join(
        [
            _HEAD.format(request=REQUEST_MS, follow=FOLLOW_MS),
            f"| per million | write units | read units | {' | '.join(services)} | total |",
            f"|---|{'---|' * (len(services) + 3)}",
            *rows,
            "",
            f"The most expensive part of a first open is the mail to you; after that it is {dearest}. A month of one",
            "busy person, 1,000 mails to one recipient with three hits each, one of them a machine's, is",
            f"**{busy:.2f} dollars**.",
            "",
            "## A month in which nothing happens",
            "",
            "| | dollars a month |",
            "|---|---|",
            *standing_rows,
            f"| total | **{sum(standing.parts.values()):.2f}** |",
            f"| after the free tier, in an otherwise empty account | **{standing.after_free_tier:.2f}** |",
            "",
            "## Compared with hosted services",
            "",
            "| | dollars |",
            "|---|---|",
            f"| Unsealed, a million first opens, each notified by mail | {first.price * 1e6:.2f} |",
            f"| Unsealed, a million further hits of machines | {works[-1].price * 1e6:.2f} |",
            *hosted_rows,
            "",
            "They do other things as well, and somebody else operates them.",
            "",
        ]
    )


_HEAD = """# What it costs

Made by `make costs` from counted work and the prices in `infra/costs.py` (us-east-1, US dollars, looked up in November
2026, free tier not deducted); a test keeps the two in step. Units and calls are counted, call by call. How long a
function runs on Lambda is assumed ({request:g} ms for a request, {follow:g} ms for what follows), since nothing here
has run there: *not verified here*.

## A million of each
"""
