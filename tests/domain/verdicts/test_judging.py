"""What a timeline means: the stories that a tracker gets wrong first, and the laws that hold for all."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.events import COUNTED, Event, EventKind, Verdict, VerdictKind
from chalicelib.domain.messages import Recipient
from chalicelib.domain.verdicts.hits import marks
from chalicelib.domain.verdicts.judging import Judgement, judge
from tests.makers import (
    APPLE_PREFETCH,
    APPLE_RELAY,
    CHROME,
    GMAIL_PREFETCH,
    GMAIL_PROXY,
    GOOGLE,
    HOME,
    KEY,
    SENT,
    THUNDERBIRD,
    a_bounce,
    a_click,
    a_message,
    a_reply,
    an_open,
)

AN_HOUR, A_DAY = 3600.0, 86400.0
ELSEWHERE = "203.0.113.40"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1"
)
TEN_LINKS = a_message(links=tuple(f"https://example.com/{number}" for number in range(10)))
LATER = SENT + 30 * A_DAY


def kinds(*events: Event, message=TEN_LINKS) -> list[str]:
    return [str(judgement.verdict.kind) for judgement in judge(message, events, LATER)]


def counted(judgements: list[Judgement]) -> list[Event]:
    """The opens and clicks that count."""
    hits = (EventKind.OPEN, EventKind.CLICK)
    return [judgement.event for judgement in judgements if judgement.counted and judgement.event.kind in hits]


def a_scan(start: float = 43, links: int = 10, address: str = "198.51.100.70") -> list[Event]:
    """Every link within a second, by an ordinary browser's agent, from nowhere in particular."""
    return [a_click(start + 0.08 * link, link, address=address) for link in range(links)]


# -- Bursts


def test_ten_links_in_one_second_at_43_s_are_no_human_clicks():
    assert kinds(*a_scan()) == ["scanner"] * 10


def test_a_scan_hours_later_is_a_scan_too():
    assert kinds(*a_scan(start=5 * AN_HOUR)) == ["scanner"] * 10


def test_a_fleet_that_fetches_each_link_from_another_address_is_one_scan():
    fleet = [a_click(43 + 0.1 * link, link, address=f"198.51.{link}.9") for link in range(10)]
    assert kinds(*fleet) == ["scanner"] * 10


def test_a_person_two_hours_after_a_scan_is_the_one_click_that_counts():
    person = a_click(2 * AN_HOUR, 1)
    assert counted(judge(TEN_LINKS, [*a_scan(), person], LATER)) == [person]


def test_the_pixel_that_a_scanner_fetched_before_its_burst_is_no_open():
    assert kinds(an_open(10, agent=CHROME, address="198.51.100.70"), *a_scan())[0] == "scanner"


def test_an_early_pixel_from_elsewhere_in_the_scanners_fleet_is_no_open_but_a_mail_programs_is():
    fleet, reader = an_open(9, agent=IPHONE, address="192.0.2.9"), an_open(20)
    assert kinds(fleet, reader, *a_scan())[:2] == ["scanner", "human"]


def test_a_library_that_follows_every_link_is_a_scanner():
    links = [a_click(43 + 0.1 * link, link, agent="python-requests/2.32.3") for link in range(5)]
    assert kinds(*links) == ["scanner"] * 5


def test_a_person_who_clicks_while_a_known_scanner_is_at_work_still_counts():
    scan = a_scan(address="40.94.89.70")
    person = a_click(43.5, 11, agent=IPHONE)
    assert counted(judge(TEN_LINKS, [*scan, person], LATER)) == [person]


def test_a_person_who_reads_on_and_follows_three_links_in_a_minute_is_a_person():
    assert kinds(*(a_click(AN_HOUR + 20 * link, link) for link in range(3))) == ["human"] * 3


def test_opening_and_clicking_in_one_moment_is_what_thunderbird_does():
    assert kinds(an_open(AN_HOUR), a_click(AN_HOUR + 0.05)) == ["human", "human"]


def test_a_slow_scan_of_all_links_by_one_machine_is_seen():
    assert kinds(*(a_click(60 + 4 * link, link) for link in range(10))) == ["scanner"] * 10


def test_two_links_within_two_seconds_are_a_scan_at_delivery_and_a_reader_later():
    assert kinds(a_click(50, 0), a_click(51.5, 1)) == ["scanner", "scanner"]
    assert kinds(a_click(AN_HOUR, 0), a_click(AN_HOUR + 1.5, 1)) == ["human", "human"]


def test_all_links_one_after_the_other_at_delivery_are_a_sweep():
    message = a_message(links=tuple("abcd"))
    sweep = [a_click(50 + 15 * link, link) for link in range(4)]
    assert kinds(*sweep, message=message) == ["scanner"] * 4


# -- Gmail, Apple and other prefetchers


def test_the_delivery_prefetch_is_not_counted_and_the_reader_five_seconds_later_is():
    prefetch = an_open(25, agent=GMAIL_PREFETCH, address=GOOGLE)
    reader = an_open(30, agent=GMAIL_PROXY, address=GOOGLE)
    assert counted(judge(TEN_LINKS, [prefetch, reader], LATER)) == [reader]


def test_a_reader_within_seconds_of_the_prefetch_counts_too():
    prefetch = an_open(4, agent=GMAIL_PREFETCH, address=GOOGLE)
    reader = an_open(9, agent=GMAIL_PROXY, address=GOOGLE)
    assert counted(judge(TEN_LINKS, [prefetch, reader], LATER)) == [reader]


def test_an_early_lone_proxy_fetch_waits_and_is_then_a_prefetch():
    early = an_open(4, agent=GMAIL_PROXY, address=GOOGLE)
    (soon,) = judge(TEN_LINKS, [early], SENT + 10)
    (later,) = judge(TEN_LINKS, [early], LATER)
    assert soon.hold_until is not None
    assert soon.hold_until > SENT + 10
    assert later.hold_until is None
    assert later.verdict.kind is VerdictKind.PREFETCH


def test_a_second_fetch_a_click_or_a_reply_makes_the_early_one_a_reader():
    early = an_open(4, agent=GMAIL_PROXY, address=GOOGLE)
    for proof in (an_open(AN_HOUR, agent=GMAIL_PROXY, address=GOOGLE), a_click(AN_HOUR), a_reply(AN_HOUR)):
        assert judge(TEN_LINKS, [early, proof], LATER)[0].verdict.kind is VerdictKind.PROXY_HUMAN


def test_two_early_fetches_in_one_moment_prove_nothing():
    twice = [an_open(3, agent=GMAIL_PROXY, address=GOOGLE), an_open(5, agent=GMAIL_PROXY, address=GOOGLE)]
    assert kinds(*twice) == ["prefetch", "prefetch"]


def test_a_program_that_fetches_at_once_and_is_used_later_is_the_readers():
    at_once, later = an_open(0.5, agent=CHROME), an_open(AN_HOUR, agent=CHROME)
    assert kinds(at_once) == ["scanner"]
    assert kinds(at_once, later) == ["human", "human"]


def test_a_scan_is_no_proof_of_a_reader():
    early = an_open(4, agent=GMAIL_PROXY, address=GOOGLE)
    assert kinds(early, *a_scan())[0] == "prefetch"


def test_apples_prefetch_stays_one_whatever_follows():
    prefetch = an_open(240, agent=APPLE_PREFETCH, address=APPLE_RELAY)
    assert kinds(prefetch, a_click(AN_HOUR, agent=IPHONE, address=APPLE_RELAY)) == ["prefetch", "human"]


def test_first_a_machine_then_a_person_counts_once():
    machine = an_open(5, agent=APPLE_PREFETCH, address=APPLE_RELAY)
    person = an_open(AN_HOUR)
    assert counted(judge(TEN_LINKS, [machine, person], LATER)) == [person]


# -- Single machines


def test_a_head_request_is_a_machine_and_so_is_the_get_that_follows_it():
    head = a_click(50, method="HEAD")
    assert kinds(head, a_click(52)) == ["scanner", "scanner"]


def test_a_person_may_follow_what_a_head_request_tested_earlier():
    head = a_click(50, method="HEAD", address="198.51.100.70")
    assert kinds(head, a_click(AN_HOUR)) == ["scanner", "human"]


def test_who_follows_the_trap_link_is_a_scanner_with_all_they_followed():
    message = a_message(links=("https://a.example", "https://b.example"), trap_link=1)
    assert kinds(a_click(AN_HOUR, 0), a_click(AN_HOUR + 3, 1), message=message) == ["scanner", "scanner"]


def test_a_screen_reader_may_read_the_trap_out_hours_later():
    message = a_message(links=("https://a.example", "https://b.example"), trap_link=1)
    assert kinds(a_click(3 * AN_HOUR, 0), a_click(3 * AN_HOUR + 120, 1), message=message)[0] == "human"


def test_a_person_who_clicks_while_a_scanner_tests_the_link_again_is_a_person():
    message = a_message(links=("https://a.example", "https://b.example"), trap_link=1)
    scanner = a_click(3 * AN_HOUR + 4, 1, address="198.51.100.70")
    assert kinds(a_click(3 * AN_HOUR, 0, agent=IPHONE), scanner, message=message)[0] == "human"


def test_a_scanner_that_opens_under_another_name_at_the_same_address_is_seen():
    pixel = an_open(90, agent=CHROME, address="20.50.60.70")
    assert kinds(pixel, a_click(91, agent=IPHONE, address="20.50.60.70")) == ["scanner", "scanner"]


def test_a_remote_desktop_in_a_cloud_is_a_persons():
    desktop = "20.50.60.70"
    assert kinds(an_open(AN_HOUR, address=desktop), a_click(AN_HOUR + 30, address=desktop)) == ["human", "human"]


def test_one_client_in_three_recipients_copies_at_once_is_a_gateway():
    message = a_message(recipients=tuple(Recipient(f"{name}@example.com") for name in "abc"))
    opens = [an_open(60 + number, recipient=number, agent=CHROME) for number in range(3)]
    assert [judgement.verdict.kind for judgement in judge(message, opens, LATER)] == [VerdictKind.SCANNER] * 3


def test_colleagues_whose_mail_programs_show_it_at_once_are_readers():
    message = a_message(recipients=tuple(Recipient(f"{name}@example.com") for name in "abc"))
    opens = [an_open(60 + number, recipient=number) for number in range(3)]
    assert [judgement.verdict.kind for judgement in judge(message, opens, LATER)] == [VerdictKind.HUMAN] * 3


def test_a_click_seen_twice_is_told_once():
    first = a_click(AN_HOUR, 2)
    twin = a_click(AN_HOUR + 12, 2, agent=IPHONE, address=ELSEWHERE)
    assert counted(judge(TEN_LINKS, [first, twin], LATER)) == [first]


# -- The sender


def test_before_the_send_it_is_the_sender():
    assert kinds(an_open(-20), a_click(-5)) == ["self", "self"]


def test_the_senders_own_device_is_the_sender_at_any_time():
    own = frozenset(marks(HOME, THUNDERBIRD, KEY))
    assert kinds(an_open(AN_HOUR), message=a_message(own=own)) == ["self"]


def test_the_senders_address_alone_is_taken_for_the_sender_where_no_program_is_known():
    own = frozenset(marks(HOME, "", KEY))
    assert kinds(an_open(AN_HOUR), message=a_message(own=own)) == ["self"]


def test_a_colleague_behind_the_senders_address_is_a_reader():
    own = frozenset(marks(HOME, CHROME, KEY))
    assert kinds(an_open(AN_HOUR), message=a_message(own=own)) == ["human"]


def test_a_neighbour_of_the_sender_is_a_reader():
    own = frozenset(marks("93.184.216.99", CHROME, KEY))
    assert kinds(an_open(AN_HOUR), message=a_message(own=own)) == ["human"]


# -- Bounces and answers


def test_a_bounce_takes_back_the_opens_before_it_and_the_notice_is_no_open():
    judgements = judge(TEN_LINKS, [an_open(10), a_bounce(60), an_open(AN_HOUR)], LATER)
    assert counted(judgements) == []
    assert judgements[2].verdict.kind is VerdictKind.SELF


def test_who_answers_got_the_mail_whatever_bounced():
    reader = an_open(20)
    assert reader in counted(judge(TEN_LINKS, [reader, a_bounce(60), a_reply(AN_HOUR)], LATER))


def test_one_recipients_bounce_leaves_the_others_alone():
    message = a_message(recipients=(Recipient("a@example.com"), Recipient("b@example.com")))
    reader = an_open(AN_HOUR, recipient=1)
    assert counted(judge(message, [a_bounce(60), reader], LATER)) == [reader]


# -- Holds


def test_a_click_just_after_delivery_waits_for_the_rest_of_its_burst():
    (judgement,) = judge(TEN_LINKS, [a_click(43)], SENT + 44)
    assert judgement.hold_until is not None
    assert judge(TEN_LINKS, [a_click(43)], LATER)[0].hold_until is None


def test_a_mail_programs_open_is_told_at_once():
    assert judge(TEN_LINKS, [an_open(AN_HOUR)], SENT + AN_HOUR)[0].hold_until is None


# -- Laws

AGENTS = [CHROME, THUNDERBIRD, IPHONE, GMAIL_PROXY, GMAIL_PREFETCH, APPLE_PREFETCH, "", "curl/8.5.0"]
ADDRESSES = [HOME, ELSEWHERE, GOOGLE, APPLE_RELAY, "40.94.89.70", "198.51.100.70"]


@st.composite
def events(draw):
    after = draw(st.floats(-100, 3 * A_DAY) | st.floats(0, 120))
    hit = {"agent": draw(st.sampled_from(AGENTS)), "address": draw(st.sampled_from(ADDRESSES))}
    if draw(st.booleans()):
        return an_open(after, **hit)
    if draw(st.integers(0, 9)) == 0:
        return draw(st.sampled_from([a_reply, a_bounce]))(after)
    return a_click(after, draw(st.integers(0, 9)), **hit)


timelines = st.lists(events(), max_size=12)


@given(timelines, st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_matters(timeline, chance):
    shuffled = timeline * 2
    chance.shuffle(shuffled)
    assert judge(TEN_LINKS, shuffled, LATER) == judge(TEN_LINKS, timeline, LATER)


@given(timelines)
def test_every_verdict_has_reasons_and_a_probability(timeline):
    for judgement in judge(TEN_LINKS, timeline, LATER):
        assert judgement.verdict.reasons
        assert len(set(judgement.verdict.reasons)) == len(judgement.verdict.reasons)
        assert 0 <= judgement.verdict.confidence <= 1


@given(timelines, st.floats(SENT, SENT + A_DAY))
def test_time_alone_changes_only_what_is_held(timeline, at):
    def settled(judgements):
        return [replace(judgement, hold_until=None) for judgement in judgements]

    last = max((event.at for event in timeline), default=SENT)
    assert settled(judge(TEN_LINKS, timeline, at)) == settled(judge(TEN_LINKS, timeline, LATER))
    assert all(judgement.hold_until is None for judgement in judge(TEN_LINKS, timeline, last + A_DAY))


@given(timelines, st.floats(0, 3 * A_DAY), st.integers(0, 9))
def test_one_more_machine_elsewhere_never_takes_a_reader_away(timeline, after, link):
    machine = a_click(after, link, agent="Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/120", address="40.94.1.1")
    assert machine.guess.kind not in COUNTED
    before = {event.id for event in counted(judge(TEN_LINKS, timeline, LATER))}
    after_all = {event.id for event in counted(judge(TEN_LINKS, [*timeline, machine], LATER))}
    assert before <= after_all


@given(timelines)
def test_what_did_not_come_from_the_wire_keeps_its_verdict(timeline):
    for judgement in judge(TEN_LINKS, timeline, LATER):
        if judgement.event.kind not in (EventKind.OPEN, EventKind.CLICK):
            assert judgement.verdict == judgement.event.guess


def test_a_guess_of_self_that_the_request_knew_stays():
    known = replace(an_open(AN_HOUR), guess=Verdict(VerdictKind.SELF, 0.99, ("own_device",)))
    assert kinds(known) == ["self"]
