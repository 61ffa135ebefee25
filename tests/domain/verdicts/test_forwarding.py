"""Whether a later reader is possibly somebody else."""

from chalicelib.domain.events import Event, VerdictKind
from chalicelib.domain.verdicts.forwarding import forwarded
from chalicelib.domain.verdicts.weights import DEFAULT
from tests.makers import GMAIL_PROXY, GOOGLE, a_reply, a_verdict, an_open

AN_HOUR, A_DAY = 3600.0, 86400.0
ELSEWHERE = "203.0.113.40"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"


def apart(*timeline: Event, kind: VerdictKind = VerdictKind.HUMAN) -> list[bool]:
    return forwarded(timeline, [a_verdict(kind)] * len(timeline), DEFAULT)


def test_another_device_elsewhere_two_days_later_is_possibly_somebody_else():
    assert apart(an_open(AN_HOUR), an_open(2 * A_DAY, agent=IPHONE, address=ELSEWHERE)) == [False, True]


def test_what_that_device_does_afterwards_is_kept_apart_too():
    first, stranger, again = (
        an_open(AN_HOUR),
        an_open(2 * A_DAY, agent=IPHONE, address=ELSEWHERE),
        an_open(2 * A_DAY + 60, agent=IPHONE, address=ELSEWHERE),
    )
    assert apart(first, stranger, again) == [False, True, True]


def test_a_phone_on_the_way_home_is_the_same_reader():
    assert not any(apart(an_open(AN_HOUR), an_open(4 * AN_HOUR, agent=IPHONE, address=ELSEWHERE)))


def test_a_device_that_the_reader_used_before_is_the_readers():
    phone = {"agent": IPHONE, "address": ELSEWHERE}
    assert not any(apart(an_open(AN_HOUR), an_open(2 * AN_HOUR, **phone), an_open(3 * A_DAY, **phone)))


def test_the_same_kind_of_device_elsewhere_is_the_same_reader():
    assert not any(apart(an_open(AN_HOUR), an_open(3 * A_DAY, address=ELSEWHERE)))


def test_who_answers_is_the_recipient():
    stranger = an_open(2 * A_DAY, agent=IPHONE, address=ELSEWHERE)
    later = an_open(3 * A_DAY, agent=IPHONE, address=ELSEWHERE)
    assert apart(an_open(AN_HOUR), stranger, a_reply(2 * A_DAY + 60), later)[1:] == [True, False, False]


def test_an_image_proxy_hides_the_device_and_is_never_a_stranger():
    proxied = an_open(2 * A_DAY, agent=GMAIL_PROXY, address=GOOGLE)
    assert not any(apart(an_open(AN_HOUR), proxied, kind=VerdictKind.PROXY_HUMAN))


def test_the_first_reader_is_nobody_else():
    assert apart(an_open(5 * A_DAY, agent=IPHONE, address=ELSEWHERE)) == [False]
