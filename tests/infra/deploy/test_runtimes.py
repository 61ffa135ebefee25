"""Which Pythons Lambda runs."""

import importlib.util
import json
from datetime import date
from pathlib import Path

import pytest

from infra.deploy import runtimes
from infra.deploy.errors import CannotDeploy


def test_a_python_that_lambda_runs_may_deploy():
    runtimes.check((3, 13), date(2026, 11, 21))


@pytest.mark.parametrize(
    "version, today, named",
    [
        ((3, 10), date(2026, 11, 21), "3.11, 3.12, 3.13, 3.14"),
        ((3, 15), date(2026, 11, 21), "3.11, 3.12, 3.13, 3.14"),
        ((3, 11), date(2027, 7, 1), "3.12, 3.13, 3.14"),
        ((3, 10), date(2026, 1, 1), "3.11, 3.12, 3.13, 3.14"),
    ],
)
def test_another_is_refused_and_those_that_may_are_named(version, today, named):
    with pytest.raises(CannotDeploy, match=named):
        runtimes.check(version, today)


def test_the_table_says_what_cfn_lint_says():
    linter = importlib.util.find_spec("cfnlint")  # only its data are wanted: to import it takes a second
    assert linter and linter.origin
    data = Path(linter.origin).parent / "data" / "AdditionalSpecs"
    told = json.loads((data / "LmbdRuntimeLifecycle.json").read_text())
    ends = {version: told["python{}.{}".format(*version)]["deprecated"] for version in runtimes.LIVES_UNTIL}
    assert ends == {version: end.isoformat() for version, end in runtimes.LIVES_UNTIL.items()}
