"""The one logger. powertools loads on the first line that is logged: a good open logs nothing and does not pay for it.

No address, no IP address and no user agent ever goes into a line.
"""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aws_lambda_powertools import Logger


@cache
def logger() -> "Logger":
    """The structured logger of this process."""
    from aws_lambda_powertools import Logger

    return Logger(service="unsealed")
