"""docs/connect-your-mail.md says what the relay and the gateway do."""

import re
from pathlib import Path

from aiosmtpd import smtp

from chalicelib.domain.messages import MOST_RECIPIENTS
from chalicelib.work.mail import gateway
from infra.relay import checking, courier, door, password_guesses, relay

ROOT = Path(__file__).parents[3]
GUIDE = " ".join((ROOT / "docs" / "connect-your-mail.md").read_text().split())


def test_every_setting_of_the_relay_stands_in_it():
    code = "".join(
        (ROOT / "infra" / "relay" / f"{name}.py").read_text() for name in ("__main__", "upstream", "certificate")
    )
    read = set(re.findall(r"\"((?:SMTP|RELAY|UPSTREAM|SSL)_[A-Z_]+)\"", code))
    assert len(read) == 13 and {name for name in read if f"`{name}`" not in GUIDE} == set()


def test_its_limits_are_the_ones_that_hold():
    pauses = [int(pause / courier.MINUTE) for pause in courier.PAUSES]
    assert pauses[-1] == 3 * 60
    assert f"after {', '.join(map(str, pauses[:3]))} and {pauses[3]} minutes, then every 3 hours" in GUIDE
    assert f"for {courier.PATIENCE / courier.DAY:.0f} days" in GUIDE
    assert f"holds {relay.MOST_BYTES // 10**9} GB" in GUIDE
    assert f"{door.LARGEST_MAIL // 10**6} MB at most, {door.MOST_RECIPIENTS} recipients at a time" in GUIDE
    assert (
        f"{password_guesses.MOST} wrong passwords" in GUIDE
        and f"for {password_guesses.WHILE / 60:.0f} minutes" in GUIDE
    )
    assert f"more than {checking.MOST_HOPS} `Received`" in GUIDE
    assert f"{MOST_RECIPIENTS} recipients a mail, {gateway.MOST_A_DAY} a day; {gateway.LARGEST // 10**6} MB" in GUIDE
    assert f"{gateway.MOST_TOLD_A_DAY} a day at most" in GUIDE


def test_what_it_says_that_programs_show_is_what_the_relay_answers():
    page = (ROOT / "docs" / "connect-your-mail.md").read_text()
    told = {
        code for row in re.findall(r"^\| (\d{3}.*?) \|", page, re.MULTILINE) for code in re.findall(r"\b\d{3}\b", row)
    }
    files = [ROOT / "infra" / "relay" / name for name in ("door.py", "protocol.py", "password_guesses.py")]
    said = set(re.findall(r"\b([45]\d\d) ", "".join(path.read_text() for path in [*files, Path(smtp.__file__)])))
    assert len(told) == 7 and told <= said
