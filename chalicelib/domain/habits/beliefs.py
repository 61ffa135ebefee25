"""How likely it is that somebody is of a kind, after a few yes and no: two beta-binomials and Bayes' rule.

How often a thing happens differs from person to person, so a kind is not one rate but a distribution of rates. A few
mails then decide little: many people in general would have done the same. (A. Gelman and others, Bayesian Data
Analysis, third edition, 2.4 and 5.3.)
"""

import math

from chalicelib.domain.records import record


@record
class Rate:
    """How often something happens with people of a kind: a beta distribution, written as imagined yes and no."""

    yes: float
    no: float

    def after(self, k: int, n: int) -> "Rate":
        """What is known of one such person's rate after k of n."""
        return Rate(self.yes + k, self.no + n - k)

    @property
    def mean(self) -> float:
        """The expected rate."""
        return self.yes / (self.yes + self.no)

    def log_likelihood(self, k: int, n: int) -> float:
        """Log probability of n outcomes in a given order, k of them yes."""
        return _log_beta(self.yes + k, self.no + n - k) - _log_beta(self.yes, self.no)


def belief(k: int, n: int, kind: Rate, people: Rate, common: float) -> float:
    """The probability that somebody is of the kind rather than like people in general, after k of n.

    `common` is the share of people who are of the kind, between 0 and 1.
    """
    return from_log_odds(math.log(common / (1 - common)) + kind.log_likelihood(k, n) - people.log_likelihood(k, n))


def from_log_odds(odds: float) -> float:
    """The probability with these log odds."""
    return 1 / (1 + math.exp(-odds)) if odds > -700 else 0.0


def _log_beta(yes: float, no: float) -> float:
    return math.lgamma(yes) + math.lgamma(no) - math.lgamma(yes + no)
