"""Damages mails at random and sees that rewriting never fails on one: python -m tests.bench.mutations --rounds 100000.

The same seed damages the same mails in the same way. Each mail is left as it was or rewritten so that Python's own mail
parser sees nothing else changed.
"""

import argparse
import json
import random
from collections import Counter
from pathlib import Path

from chalicelib.domain.outgoing.mime import NotTracked
from tests.bench import mime_oracle
from tests.bench.mime_oracle import BOTH, HTML, rewrite_mail
from tests.bench.rewriting import MAILS

SCRAPS = [
    b"\r\n",
    b"\n",
    b"\r",
    b"\0",
    b"=",
    b"=\r\n",
    b"=3D",
    b"--",
    b"<",
    b">",
    b'"',
    b"'",
    b";",
    b":",
    b" ",
    b"\t",
    b"\xff",
]
SCRAPS += [
    b"\r\n\r\n",
    b"boundary=",
    b"charset=utf-16",
    b"charset=utf-8",
    b"Content-Type: text/html\r\n",
    b"multipart/mixed",
]
SCRAPS += [
    b"Content-Transfer-Encoding: base64\r\n",
    b"Content-Disposition: attachment\r\n",
    b"<!--",
    b"-->",
    b"<a href=",
]
SCRAPS += [
    b"<div class=gmail_quote>",
    b"</body>",
    b"message/rfc822",
    b"\x1b$B",
    b"\xef\xbb\xbf",
    b"&#",
    b"*0*=",
    b"x" * 999,
]


def mutated(mail: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """The mail with one to six random changes."""
    changed = bytearray(mail)
    for _ in range(chance.randint(1, 6)):
        start = chance.randint(0, len(changed))
        end = min(len(changed), start + chance.choice([0, 0, 1, 1, 2, 10, 100, 1000]))
        way = chance.randrange(4)
        if way == 0:
            changed[start:end] = chance.choice(SCRAPS)
        elif way == 1:
            changed[start:end] = bytes([chance.randrange(256)])
        elif way == 2:
            changed[end:end] = changed[start:end]
        else:
            other = chance.choice(others)
            cut = chance.randint(0, len(other))
            changed[start:end] = other[cut : cut + chance.choice([5, 50, 500])]
    return bytes(changed)


def faults(mail: bytes, text_links: bool) -> tuple[str, list[str]]:
    """What became of a mail, and what is wrong with that."""
    tracked = rewrite_mail(mail, text_links)
    if isinstance(tracked, NotTracked):
        return tracked.reason, []
    return "tracked", mime_oracle.damage(mail, tracked, BOTH if text_links else HTML)


def rounds(number: int, seed: int, text_links: bool = False) -> tuple[Counter[str], list[tuple[bytes, list[str]]]]:
    """What became of so many damaged mails, and those that went wrong. With `text_links` plain texts are tracked too."""
    chance = random.Random(seed)
    mails = [path.read_bytes() for path in sorted(MAILS.glob("*.eml"))]
    outcomes = Counter[str]()
    wrong = []
    for _ in range(number):
        mail = mutated(chance.choice(mails), mails, chance)
        outcome, found = faults(mail, text_links)
        outcomes[outcome] += 1
        if found:
            wrong.append((mail, found))
    return outcomes, wrong


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--text-links", action="store_true", help="track plain texts too")
    parser.add_argument("--keep", type=Path, help="a folder for the mails that went wrong")
    arguments = parser.parse_args()
    outcomes, wrong = rounds(arguments.rounds, arguments.seed, arguments.text_links)
    for number, (mail, found) in enumerate(wrong):
        print(number, *found)
        if arguments.keep:
            (arguments.keep / f"{number}.eml").write_bytes(mail)
    print(json.dumps({"rounds": arguments.rounds, "wrong": len(wrong), **outcomes}))
