"""The OpenAPI document is true, and nothing that it allows or forbids is our fault: a slice of tests/hostile/fuzzing.py."""

from tests.hostile.fuzzing import fuzz
from tests.system import TOKEN


def test_every_answer_is_as_the_document_describes_it(url: str):
    done = fuzz(url, TOKEN, "-n", "3")
    assert done.returncode == 0, done.stdout + done.stderr
