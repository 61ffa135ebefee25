"""What every test may ask for: the embedded AWS, fresh for each test, and the whole system upon it."""

import gc
import os
import socket
from importlib import import_module
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import settings

from chalicelib.store.accounts import api_tokens
from tests.embedded import Embedded, embedded, fresh_table, one_aws
from tests.system import System

__all__ = ["embedded", "fresh_table", "one_aws"]

# The same examples at every run, and no limit to the time of one: a busy machine shall not fail a test.
settings.register_profile("unsealed", derandomize=True, deadline=None)
settings.load_profile("unsealed")

# Python's SMTP asks name servers what the machine is called, at each connection: five seconds where none answers.
socket.getfqdn = lambda name="": "localhost"


# Whole files are shared out to the processes of a run. The longest go first, lest one of them be waited for at the end; the
# pages come one after another, for one browser.
LONGEST = (
    *("deploying", "pages", "keyboard", "settings", "origins", "programs", "firefox_push", "corrections"),
    *("faults", "week_story", "sending", "trouble", "fuzzing", "packing", "bounds"),
    *("summarising", "expressions", "following", "deployment_zip", "template"),
    *("storms", "isolation", "system", "thunderbird", "policies", "access", "today_cost", "memory", "costs"),
)


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores, and four at the most: while one waits for a browser another works."""
    return min((os.cpu_count() or 1) + 1, 4)


def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """The process that counts is told once of a test that passed, not four times: half of what an empty test costs."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return None
    for report in runtestprotocol(item, nextitem=nextitem, log=False):
        if report.when == "call" or not report.passed:
            item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def pytest_collection(session: pytest.Session) -> None:
    """Every other process of a run reads the files from the end: what one has compiled the other takes, in a fresh checkout."""
    if int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]) % 2:
        asked = (Path(argument.partition("::")[0]).absolute() for argument in session.config.args)
        files = [file for each in asked for file in (each.rglob("test_*.py") if each.is_dir() else [each])]
        for file in sorted(files, reverse=True):
            import_module(".".join(file.relative_to(session.config.rootpath).with_suffix("").parts))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, all else as it was."""
    names = {f"test_{name}.py": number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: names.get(item.path.name, len(names)))


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector need not go through it again and again, a tenth of the time of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)  # a story makes much that is soon gone, and little of it in circles


# What runs on AWS and on one machine: the store, and what stands or falls with it.
BOTH = (
    "tests/store/",
    "tests/work/",
    "tests/domain/test_feed",
    "tests/routes/resources/",
    "tests/test_story.py",
    "tests/test_incoming_story.py",
    "tests/test_consent_story.py",
    "tests/test_keeping_less.py",
)
AWS_ALONE = (  # what is of AWS's own making
    "tests/store/dynamodb/",
    "tests/store/tracking/test_spill.py",
    "tests/work/accounts/test_registering.py::test_a_device_that_was_removed_takes_none_and_its_endpoint_is_gone",
    "tests/work/test_following.py::test_a_lost_permission",
    "tests/work/telling/test_notifying.py::test_a_mail_that_ses_never_takes",
    "tests/work/tracking/test_recording.py::test_when_the_queue_is_down_too",
    "tests/work/tracking/test_storms.py::test_what_a_hot_partition_refuses",
)


LIGHT = (  # what runs on AWS without boto3 too, as it does on Lambda
    "tests/store/",
    "tests/work/tracking/",
    "tests/work/test_following.py",
    "tests/test_story.py",
    "tests/test_faults.py",
    "tests/test_costs.py",
)
BOTO3_ALONE = ("tests/store/dynamodb/", "tests/store/mail/", "tests/store/tracking/test_spill.py")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests that ask for AWS run without boto3 for the table as well, where LIGHT says so; on one machine, where BOTH does."""
    here = metafunc.definition.nodeid
    if "embedded" not in metafunc.fixturenames or os.environ.get("UNSEALED_TEST_DYNAMODB_URL"):
        return
    light = ["AWS, light"] if here.startswith(LIGHT) and not here.startswith(BOTO3_ALONE) else []
    here_too = ["one machine"] if here.startswith(BOTH) and not here.startswith(AWS_ALONE) else []
    if light or here_too:
        metafunc.parametrize("embedded", ["AWS", *light, *here_too], indirect=True, scope="session")


@pytest.fixture
def system(fresh_table: Embedded) -> System:
    """Unsealed with one sender, nothing sent yet. The sender signs up once in a run; later on the same items are laid down."""
    if fresh_table.begun is None:
        system = System(fresh_table)
        fresh_table.begun = system.sender, fresh_table.items(), dict(api_tokens._latest)
        return system
    sender, items, latest = fresh_table.begun
    fresh_table.lay(items)
    api_tokens._latest.update(latest)
    return System(fresh_table, sender)
