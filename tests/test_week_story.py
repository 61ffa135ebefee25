"""A week of three people who write mail: what they were told, when, and why the rest was not.

A consultant in Berlin with a night reader, a client on leave, one who reports spam, and one who reads and never answers; a
recruiter in Bengaluru who writes to eight candidates at once; a support desk in New York with a thread of nineteen mails.
docs/notifications.md has the figures.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from chalicelib.domain.events import Event, EventKind, Verdict, VerdictKind
from chalicelib.domain.habits import zones
from chalicelib.domain.habits.hours import days_off
from chalicelib.domain.preferences import Channel
from chalicelib.domain.telling.budget import About, decide
from chalicelib.store.accounts import accounts
from chalicelib.store.telling import outbox
from chalicelib.store.tracking import events
from chalicelib.work.accounts.registering import register
from tests import one_machine
from tests.makers import SENT, THUNDERBIRD
from tests.system import System

HOUR, DAY = 3600.0, 86_400.0
PAGE = Path(__file__).parent.parent / "docs" / "notifications.md"
CANDIDATES = [f"{name}@example.in" for name in ["asha", "bala", "chitra", "deepak", "esha", "farhan", "gita", "hari"]]


@dataclass
class Writer:
    """One of the three."""

    system: System
    email: str
    zone: str
    sender: str
    token: str
    sent: list[dict[str, Any]] = field(default_factory=list)

    def send(self, after: float, subject: str, *to: str, thread: str | None = None) -> dict[str, Any]:
        self.system.now = SENT + after
        people = [{"email": each, "name": each.partition("@")[0].title()} for each in to]
        body = {"subject": subject, "recipients": people, "html": f"<p>{subject}</p>", "thread": thread}
        answer = self.system.call("POST", "/v1/messages", body, self.token)
        assert answer.status == 201, answer.body
        self.sent.append(answer.json)
        return answer.json  # type: ignore[no-any-return]

    def get(self, path: str) -> Any:
        answer = self.system.call("GET", path, token=self.token)
        assert answer.status == 200, answer.body
        return answer.json

    def mails(self) -> list[dict[str, Any]]:
        return [mail for mail in self.system.aws.outbox() if mail["to"] == [self.email]]


class Week:
    """The events of the week by their time; the schedule comes round between them."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.people = [
            self._writer("cara@consulting.example", "Europe/Berlin", remind={"whom": "all", "country": "DE"}),
            self._writer("ravi@recruiting.example", "Asia/Kolkata", digest={"when": "daily"}),
            self._writer("desk@support.example", "America/New_York", remind={"whom": "one_recipient", "no_reply": 2}),
        ]
        self.acts: list[tuple[float, Any]] = []
        self.contradictions: list[str] = []

    def _writer(self, email: str, zone: str, **wishes: Any) -> Writer:
        token = f"a token of {email}"
        writer = Writer(self.system, email, zone, register(email, "", zone, token, SENT), token)
        quiet = {"quiet": {"from": "20:00", "to": "07:30", "days": ["saturday", "sunday"]}}
        assert self.system.call("PUT", "/v1/preferences", quiet | wishes, token).status == 200
        return writer

    def open(self, after: float, message: dict[str, Any], recipient: int = 0, reader: int = 0) -> None:
        address = f"93.184.{(reader + recipient) % 200 + 1}.{hash_of(message, recipient)}"
        self.acts.append((after, lambda: self.system.opened(message, after, THUNDERBIRD, address, recipient)))

    def happen(self, after: float, message: dict[str, Any], kind: EventKind, *reasons: str, recipient: int = 0) -> None:
        verdict = Verdict(VerdictKind.BOT if kind is EventKind.AUTO_REPLY else VerdictKind.HUMAN, 0.97, reasons)
        event = Event(f"{after:032.0f}", message["id"], recipient, kind, SENT + after, verdict)
        self.acts.append((after, lambda: events.put(event)))

    def play(self) -> None:
        """All of it. The schedule comes round every three hours, and within half an hour of what happened."""
        ticks = {hours * HOUR for hours in range(0, 7 * 24, 3)}
        ticks |= {(after + 180) // 1800 * 1800 + 1800 for after, _ in self.acts}
        waiting = sorted(self.acts, key=lambda act: act[0])
        for at in sorted(ticks):
            while waiting and waiting[0][0] <= at:
                after, act = waiting.pop(0)
                self.system.now = SENT + after
                act()
                self.system.follow()
            self.system.minute(at)
            if at % DAY == 0:
                self._look(at)

    def _look(self, after: float) -> None:
        """Ask for all advice there is, and look for two pieces of it that contradict each other."""
        self.system.now = SENT + after
        for writer in self.people:
            outlooks = {each["email"]: each["outlook"]["approach"] for each in writer.get("/v1/ranking")["items"]}
            people = {each["email"]: each["approach"] for each in writer.get("/v1/today")["people"]}
            for message in writer.sent:
                if datetime.fromisoformat(message["sent_at"]).timestamp() > SENT + after:
                    continue  # it is written later on this day
                for step in writer.get(f"/v1/messages/{message['id']}/follow-up")["items"]:
                    email, what = step["recipient"], step["step"]
                    if outlooks[email] == "leave" and what in ("remind", "call"):
                        self.contradictions.append(f"{email} is left alone and to be {what}ed")
                    if what == "call" and outlooks[email] != "call":
                        self.contradictions.append(f"{email} is to be called and written to")
                    if step["at"] is not None and not fit(step["at"], writer.zone):
                        self.contradictions.append(f"{email} at {step['at']}")
            for email, approach in people.items():
                if outlooks[email] == "leave":
                    self.contradictions.append(f"{email} is left alone and stands among those to {approach}")


def hash_of(message: dict[str, Any], recipient: int) -> int:
    return sum(message["recipients"][recipient]["email"].encode()) % 250 + 1


def fit(at: str, zone: str) -> bool:
    local = zones.local(zone, datetime.fromisoformat(at).timestamp())
    return 7 <= local.hour < 22 and local.weekday() not in days_off(zone)


def the_consultants(week: Week) -> None:
    cara = week.people[0]
    offer = cara.send(0, "Offer", "anton@kunde.de")
    week.open(2 * HOUR, offer)
    week.open(2.2 * HOUR, offer)
    week.happen(22 * HOUR, offer, EventKind.REPLY, "reply")
    night = cara.send(60, "Concept", "nora@nachts.de")
    for days in range(3):
        week.open(days * DAY + 10.95 * HOUR, night)  # at ten past three in Berlin
    leave = cara.send(120, "Schedule", "ulla@urlaub.de")
    week.happen(130, leave, EventKind.AUTO_REPLY, "auto_reply", "away_until_2026-10-05")
    spam = cara.send(180, "Newsletter", "sven@spam.de")
    week.open(3 * HOUR, spam)
    week.happen(3.5 * HOUR, spam, EventKind.COMPLAINT, "complaint")
    week.open(30 * HOUR, spam)
    for number in range(4):
        silent = cara.send(240 + number, f"Proposal {number}", "rita@liest.de")
        for look in range(3):
            week.open((20 + number + look / 10) * HOUR, silent)
    gone = cara.send(300, "Hello", "weg@kunde.de")
    week.happen(310, gone, EventKind.BOUNCE, "bounce")


def the_recruiters(week: Week) -> None:
    ravi = week.people[1]
    job = ravi.send(0, "A position in Bengaluru", *CANDIDATES)
    for number in range(5):
        week.open(15 * HOUR + number * 20, job, recipient=number)  # at a quarter to eleven in the morning
    week.open(20 * HOUR, job, recipient=5)
    week.open(44 * HOUR, job, recipient=6)
    week.happen(45 * HOUR, job, EventKind.REPLY, "reply", recipient=0)
    for number, email in enumerate(CANDIDATES[:4]):
        note = ravi.send(46 * HOUR + number, f"Interview, {email}", email)
        week.open(64 * HOUR + number * HOUR, note)


def the_desks(week: Week) -> None:
    desk = week.people[2]
    mails = [
        desk.send(
            number * 5 * HOUR, f"Ticket 17, {number}", "pat@client.example", "kim@client.example", thread="<ticket17@x>"
        )
        for number in range(19)
    ]
    for look in range(120):
        week.open(90 * HOUR + look * 0.2 * HOUR, mails[look % 19], recipient=look % 2, reader=7)
    single = desk.send(100, "Your invoice", "lee@client.example")
    week.open(4 * HOUR, single)


@pytest.fixture(scope="module")
def embedded() -> Iterator[one_machine.OneMachine]:
    """One machine: what is told, and when, is decided above the table."""
    with one_machine.started() as here:
        yield here


@pytest.fixture
def week(system: System) -> Week:
    story = Week(system)
    the_consultants(story)
    the_recruiters(story)
    the_desks(story)
    story.play()
    return story


def told_and_not(writer: Writer) -> tuple[Counter[str], Counter[str]]:
    """What was told by mail, by kind; and what was not, by the reason, found out again from what stands in the feed."""
    account = accounts.load(writer.sender)
    assert account is not None
    entries = sorted((each for _, each in outbox.lately(writer.sender, 0.0)), key=lambda each: each.decided_at)
    told: Counter[str] = Counter()
    untold: Counter[str] = Counter()
    for place, each in enumerate(entries):
        if Channel.EMAIL in each.told_at:
            told[each.notification.kind] += 1
            continue
        found = decide(
            each.notification, Channel.EMAIL, account.preferences, account.time_zone, entries[:place], About(),
            each.decided_at, waited=True,
        )  # fmt: skip
        untold[found.why or "waits"] += 1
    return told, untold


def test_a_week_of_three_senders(week: Week):
    lines = []
    for writer in week.people:
        mails = writer.mails()
        for mail in mails:
            local = zones.local(writer.zone, datetime.fromisoformat(mail["at"]).timestamp())
            digest = "No more digests" in mail["text"]
            assert 7 <= local.hour < 20, (mail["subject"], local)
            assert digest or local.weekday() < 5, (mail["subject"], local)
        headlines = Counter(
            line for mail in mails if "No more digests" not in mail["text"] for line in set(mail["text"].splitlines())
            if " opened “" in line and "people" not in line
        )  # fmt: skip
        assert [line for line, times in headlines.items() if times > 1] == [], "nobody's open of a mail is told twice"
        told, untold = told_and_not(writer)
        assert "waits" not in untold
        lines.append(
            f"| {writer.email.partition('@')[0]} | {len(writer.sent)} | {len(mails)} | {said(told)} | {said(untold)} |"
        )
    assert week.contradictions == []
    cara, ravi, desk = week.people
    assert not any("Sven" in line and "good" in line for mail in cara.mails() for line in mail["text"].splitlines())
    assert not any("Ulla" in mail["subject"] and "No sign" in mail["subject"] for mail in cara.mails())
    together = [mail for mail in ravi.mails() if mail["subject"] == "5 people opened “A position in Bengaluru”"]
    assert len(together) == 1
    about_thread = [mail for mail in desk.mails() if "Ticket 17" in mail["text"] and "opened" in mail["text"]]
    assert len(about_thread) <= 3
    told_in_docs = PAGE.read_text().partition("<!-- week -->")[2].partition("<!-- /week -->")[0].strip()
    table = "\n".join(["| who | mails sent | mails told | told | not told |", "|---|---|---|---|---|", *lines])
    assert told_in_docs == table, f"the page should say:\n\n{table}\n"


def said(counts: Counter[str]) -> str:
    return ", ".join(f"{many} {str(name).replace('_', ' ')}" for name, many in sorted(counts.items())) or "nothing"


def test_a_thread_of_nineteen_mails_opened_a_hundred_and_twenty_times_is_told_of_three_times_at_most(system: System):
    mails = [system.send(subject=f"Ticket, {number}", thread="<t@x>") for number in range(19)]
    for look in range(120):
        system.opened(mails[look % 19], 7200 + look * 600, THUNDERBIRD, "93.184.216.34")
        system.follow()
        system.minute(7200 + look * 600 + 180)
    assert 1 <= len(system.aws.outbox()) <= 3
    assert "goes to your digest" in system.aws.outbox()[-1]["text"]
