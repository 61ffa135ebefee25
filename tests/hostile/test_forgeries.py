"""Tokens that we did not sign: a slice of tests/bench/forgeries.py, and what its figures cannot show."""

import ast
from pathlib import Path
from random import Random

import chalicelib
from tests.bench import forgeries
from tests.makers import CHROME
from tests.system import System


def test_none_of_many_thousand_forged_tokens_is_accepted_and_no_good_one_refused():
    found = forgeries.run(20_000, seed=7)
    assert (found["accepted"], found["refused"]) == (0, 0)
    assert found["forged"] == 21_000


def test_no_forged_token_leads_on_or_is_kept(system: System):
    message = system.send()
    before = system.aws.items()
    for _, kind, token in forgeries.forgeries(200, Random(3)):
        if token.isascii() and token.isprintable() and token and not set(token) & set("/?# ") and kind in ("o", "c"):
            answer = system.ask("GET", f"/{kind}/{token}", headers={"User-Agent": CHROME})
            assert (answer.status, answer.headers.get("location")) == (200 if kind == "o" else 404, None)
    assert system.aws.items() == before
    assert system.show(message)["events"] == []


def test_what_is_secret_is_compared_in_constant_time_and_never_otherwise():
    domain = Path(chalicelib.__file__).parent / "domain"
    sources = {path: path.read_text() for path in domain.parent.rglob("*.py")}
    for name, source in sources.items():
        for each in ast.walk(ast.parse(source)):
            if isinstance(each, ast.Compare) and any(isinstance(how, ast.Eq | ast.NotEq | ast.In) for how in each.ops):
                sides = {ast.unparse(side) for side in [each.left, *each.comparators]}
                assert not any(
                    side in ("signature", "digest", "secret") or side.startswith("code_of(") for side in sides
                ), name
    for name in ("tokens.py", "mail/addresses.py", "sign_in.py"):
        assert "hmac.compare_digest(" in sources[domain / name]
