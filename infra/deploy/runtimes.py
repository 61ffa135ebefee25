"""Which Pythons Lambda runs, and until when: the functions run on the minor version that runs the deploy.

Lambda developer guide, "Supported runtimes": https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html .
Read in November 2026; a test compares the table with the one that cfn-lint carries.
"""

from datetime import date

from infra.deploy.errors import CannotDeploy

LIVES_UNTIL = {
    (3, 10): date(2026, 10, 31),
    (3, 11): date(2027, 6, 30),
    (3, 12): date(2028, 10, 31),
    (3, 13): date(2029, 6, 30),
    (3, 14): date(2029, 6, 30),
}
"""The last day on which Lambda mends faults in a runtime; a month later no new function can be made with it."""

OLDEST = (3, 11)
"""The oldest Python that Unsealed itself runs on: pyproject.toml, requires-python."""


def check(version: tuple[int, int], today: date) -> None:
    """Raises CannotDeploy if Lambda does not run this Python, or will not for long: naming those that it does."""
    if version >= OLDEST and LIVES_UNTIL.get(version, date.min) >= today:
        return
    live = [named for named, end in LIVES_UNTIL.items() if named >= OLDEST and end >= today]
    names = ", ".join("{}.{}".format(*named) for named in live)
    raise CannotDeploy(
        f"This is Python {version[0]}.{version[1]}, which Lambda does not run (any more). Deploy with one of {names}: "
        f"make the virtual environment anew with it."
    )
