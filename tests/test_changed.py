"""What `make check` tests."""

from pathlib import Path

import pytest

from tests.changed import ALWAYS, PAGES, ROOT, chosen

FILES = (
    "tests/domain/test_tokens.py",
    "tests/domain/incoming/test_mails.py",
    "tests/test_app.py",
    "tests/infra/local/test_pump.py",
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for file in FILES:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()
    return tmp_path


@pytest.mark.parametrize(
    ("file", "tests"),
    [
        ("chalicelib/domain/tokens.py", ("tests/domain/test_tokens.py",)),
        ("chalicelib/domain/incoming/words.py", ("tests/domain/incoming",)),
        ("infra/local/pump.py", ("tests/infra/local/test_pump.py",)),
        ("app.py", ("tests/test_app.py",)),
        ("chalicelib/log.py", ()),
        ("tests/domain/test_tokens.py", ("tests/domain/test_tokens.py",)),
        ("tests/makers.py", ()),
        ("docs/verdicts.md", PAGES),
        ("chalicelib/domain/data/words.json", ()),
    ],
)
def test_a_changed_file_has_its_tests(root, file, tests):
    assert chosen([file], root) == sorted([*ALWAYS, *tests])


def test_what_lies_in_a_folder_that_is_tested_is_not_tested_twice(root):
    both = ["chalicelib/domain/incoming/words.py", "tests/domain/incoming/test_mails.py"]
    assert chosen(both, root) == sorted([*ALWAYS, "tests/domain/incoming"])


def test_what_is_tested_always_is_there():
    assert all((ROOT / each).is_file() for each in (*ALWAYS, *PAGES))
