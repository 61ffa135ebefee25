"""Tokens that we did not sign, by the million: python -m tests.bench.forgeries [--number 1000000] [--seed 1].

Each begins as good tokens of ours (or random bytes) and is cut, lengthened, altered, put together from two, taken for
another kind, spelt otherwise, or signed by somebody else. The last line is JSON: how many were `forged`, by which
`ways`, how many were `accepted` (must be 0), and how many of the good ones between them were `refused` (must be 0).
"""

import argparse
import hmac
import json
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from itertools import islice
from random import Random

from chalicelib.domain.mail.addresses import CopyId, copy_of, reply_address
from chalicelib.domain.tokens import Claim, TokenKind, mint, read, sign

OLD, GONE = b"an older secret, still in the ring", b"a secret that has left the ring"
RING = (b"the newest secret", OLD)
URL_KINDS = (TokenKind.PIXEL, TokenKind.LINK, TokenKind.PAGE)
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
SIGNATURE = 16  # bytes
DOMAIN = "t.example"


def a_claim(random: Random) -> Claim:
    """What a token of ours could say."""
    kind = random.choice(URL_KINDS)
    claim = Claim(kind, random.randbytes(16).hex(), random.randrange(50), random.randrange(1 << 32))
    if kind is TokenKind.LINK:
        return replace(claim, link=random.randrange(100), destination=f"https://example.com/{random.getrandbits(40)}")
    return claim


def _coded(signed: bytes) -> str:
    return urlsafe_b64encode(signed).rstrip(b"=").decode()


def _bytes(token: str) -> bytes:
    return urlsafe_b64decode(token + "=" * (-len(token) % 4))


def _cut(random: Random, good: Claim, token: str) -> str:
    start, end = sorted(random.choices(range(len(token) + 1), k=2))
    return random.choice([token[:end], token[start:], token[start:end], token[:start] + token[end:]])


def _lengthened(random: Random, good: Claim, token: str) -> str:
    more = "".join(random.choices([*ALPHABET, "=", "%", ".", "\0", " ", "\n", "\u0430"], k=random.randint(1, 8)))
    at = random.randrange(len(token) + 1)
    return token[:at] + more + token[at:]


def _altered(random: Random, good: Claim, token: str) -> str:
    changed = bytearray(_bytes(token))
    for _ in range(random.randint(1, 3)):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return _coded(bytes(changed))


def _of_two(random: Random, good: Claim, token: str) -> str:
    other = mint(a_claim(random), RING)
    at = random.randrange(1, len(token))
    made = random.choice([token[:at] + other[at:], other[:at] + token[at:], token + other, token + "." + other])
    return token if made == other else made


def _other_payload(random: Random, good: Claim, token: str) -> str:
    """The signature of one, under what another says: its message, position, time or destination."""
    swapped = random.choice(
        [
            replace(good, message=random.randbytes(16).hex()),
            replace(good, recipient=good.recipient + 1),
            replace(good, sent_at=good.sent_at ^ 1),
            replace(good, destination=good.destination + "/", link=(good.link or 0) + 1),
        ]
    )
    return _coded(_bytes(mint(swapped, RING))[:-SIGNATURE] + _bytes(token)[-SIGNATURE:])


def _spelt_otherwise(random: Random, good: Claim, token: str) -> str:
    ways = [
        token.swapcase(),
        token.lower(),
        token + "=",
        token + "==",
        f" {token}",
        f"{token}\n",
        token[::-1],
        f"{token}%27",
    ]
    ways += [token.replace("-", "+").replace("_", "/"), token[:-1] + ALPHABET[ALPHABET.index(token[-1]) ^ 1]]
    return random.choice(ways)


def _signed_by_others(random: Random, good: Claim, token: str) -> str:
    secret = random.choice(
        [b"", GONE, random.randbytes(32), RING[0][:-1], RING[0] + b"\0x", token.encode(), RING[0] + OLD]
    )
    return mint(good, (secret,))


def _signed_otherwise(random: Random, good: Claim, token: str) -> str:
    """The right secret cannot be had, but other uses of it might: other digests, other inputs, other parts of the digest."""
    payload = _bytes(token)[:-SIGNATURE]
    digest = random.choice(
        [
            hmac.digest(RING[0], payload, "sha256")[:SIGNATURE],
            hmac.digest(RING[0], good.kind.encode() + payload, "sha256")[SIGNATURE:],
            hmac.digest(RING[0], good.kind.encode() + payload, "sha1")[:SIGNATURE],
            sha256(RING[0] + good.kind.encode() + payload).digest()[:SIGNATURE],
            sign(TokenKind.REPLY, payload, RING[0]),
            bytes(SIGNATURE),
            b"",
        ]
    )
    return _coded(payload + digest)


def _random(random: Random, good: Claim, token: str) -> str:
    return _coded(random.randbytes(random.choice([0, 1, 15, 16, 17, len(_bytes(token)), random.randrange(200)])))


WAYS: tuple[Callable[[Random, Claim, str], str], ...] = (
    _cut,
    _lengthened,
    _altered,
    _of_two,
    _other_payload,
    _spelt_otherwise,
    _signed_by_others,
    _signed_otherwise,
    _random,
)


def forgeries(number: int, random: Random) -> Iterator[tuple[str, TokenKind, str]]:
    """So many forged tokens: how, the kind that it is taken for, and the token."""
    return islice(_forgeries(random), number)


def _forgeries(random: Random) -> Iterator[tuple[str, TokenKind, str]]:
    while True:
        good = a_claim(random)
        token = mint(good, RING)
        for other in TokenKind:
            if other is not good.kind:
                yield "another kind", other, token
        for way in WAYS:
            forged = way(random, good, token)
            if forged != token:  # cut nowhere, or put together from one alone
                yield way.__name__.strip("_").replace("_", " "), good.kind, forged


def _readdressed(copy: CopyId, random: Random) -> str:
    """A reply address that we did not make."""
    address = reply_address(copy, DOMAIN, random.choice([RING, (GONE,)]))
    other = reply_address(copy._replace(message=random.randbytes(16).hex()), DOMAIN, RING)
    at = random.randrange(2, 46)  # the last character has a bit to spare, which says nothing
    letter = random.choice("abcdefghijklmnopqrstuvwxyz234567".replace(address[at], ""))
    cut = address[:at] + address[at + 1 :]
    half = 2 + 18 * 8 // 5  # here the signature begins
    return random.choice([address[:at] + letter + address[at + 1 :], cut, other[:half] + address[half:]])


def run(number: int, seed: int) -> dict[str, object]:
    """The figures."""
    random, ways = Random(seed), Counter[str]()
    accepted = refused = 0
    for way, kind, token in forgeries(number, random):
        ways[way] += 1
        accepted += read(kind, token, RING) is not None
        accepted += copy_of(f"r+{token}@{DOMAIN}", RING) is not None
    for _ in range(number // 20):
        copy = CopyId(random.randbytes(16).hex(), random.randrange(50))
        ways["a reply address"] += 1
        accepted += copy_of(_readdressed(copy, random), RING) is not None
    for _ in range(number // 100):
        good = a_claim(random)
        refused += read(good.kind, mint(good, RING), RING) != good
        refused += read(good.kind, mint(good, (OLD,)), RING) != good
        copy = CopyId(good.message, good.recipient)
        refused += copy_of(reply_address(copy, DOMAIN, RING), RING) != copy
    return {"forged": ways.total(), "ways": dict(ways), "accepted": accepted, "refused": refused}


def main() -> None:
    """Forge, and say how it went."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--number", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    start = time.perf_counter()
    found = run(asked.number, asked.seed)
    print(json.dumps({**found, "seconds": round(time.perf_counter() - start, 1)}))


if __name__ == "__main__":
    main()
