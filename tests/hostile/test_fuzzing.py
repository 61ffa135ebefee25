"""The OpenAPI document is true, and nothing that it allows or forbids is our fault: a slice of tests/hostile/fuzzing.py."""

from chalicelib.work.accounts.registering import register
from tests.hostile.fuzzing import fuzz
from tests.system import TOKEN, System


def test_every_answer_is_as_the_document_describes_it(system: System, url: str):
    register("eve@other.example", "Eve", "UTC", "eve's token", system.now)
    system.send()
    done = fuzz(url, {"ann": TOKEN, "eve": "eve's token"}, "-n", "2", "--phases", "coverage,fuzzing")
    assert done.returncode == 0, done.stdout + done.stderr
    assert system.call("GET", "/v1/preferences").status == 200, (
        "the token was lost on the way: what came after tests nothing"
    )
