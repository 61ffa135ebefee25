"""Pictures of every mail that we write, to look at: `python -m tests.pages.letter_pictures FOLDER`.

Each in the light and in the dark, on a phone, in Hindi and in Kannada; one that is too wide is named.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from chalicelib.domain.accounts import Alert, Happened
from chalicelib.domain.contacts import Contact
from chalicelib.domain.events import Verdict, VerdictKind
from chalicelib.domain.habits.advice import Approach
from chalicelib.domain.incoming.forwarding import Confirmation
from chalicelib.domain.letters import Letter, alert_letter, asked_to_forward, code_letter, trial_letter
from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.state import Status
from chalicelib.domain.telling import notification_letters
from chalicelib.domain.telling.news import News, headline
from chalicelib.domain.telling.samples import BOB, EXAMPLE, NAME, moment, sample
from chalicelib.domain.telling.today import Card, Counts, Due, Line, Today
from chalicelib.domain.telling.turning_to import Person, Unknown
from chalicelib.domain.telling.what_now import what_now
from chalicelib.domain.words.sentences import say
from chalicelib.work.contacts import advising
from tests.chromium import ARGUMENTS, CHROMIUM
from tests.makers import SENT

ZONE = "Europe/Berlin"
AT = moment(ZONE, SENT)
SEEN = advising.seen(Contact(BOB, NAME), ZONE, AT)
URL = "https://t.example.com"
FEET = [
    ("Mute this message", f"{URL}/n/1"),
    ("Mute this thread", f"{URL}/n/2"),
    ("No more mails about opens", f"{URL}/n/3"),
]


def news(kind: NotificationKind, **changes: object) -> News:
    """An example with changes."""
    found = sample(kind, ZONE, AT, SEEN)
    return replace(found, notification=replace(found.notification, **changes))  # type: ignore[arg-type]


def every(language: str) -> Iterator[tuple[str, Letter]]:
    """Each kind of mail, with a name for its picture."""
    page = {EXAMPLE: f"{URL}/app/message?id={EXAMPLE}"}

    def told(*found: News) -> Letter:
        return notification_letters.told(found, ZONE, language, page, FEET, {})

    for kind in NotificationKind:
        yield kind.value, told(news(kind))
    words = "said_550 5.1.1 <bob@example.com>: Recipient address rejected: User unknown in virtual mailbox table"
    yield "bounce-words", told(news(NotificationKind.BOUNCE, verdict=Verdict(VerdictKind.BOT, 0.97, ("bounce", words))))
    yield (
        "correction",
        told(news(NotificationKind.OPEN, correction=True, verdict=Verdict(VerdictKind.SCANNER, 0.97, ("burst",)))),
    )
    yield (
        "unsure",
        told(news(NotificationKind.OPEN, verdict=Verdict(VerdictKind.HUMAN, 0.6, ("browser", "network_hosting")))),
    )
    long = (
        "Re: Fwd: the offer for June, painted and cleaned, with everything that we talked of on Thursday and the terms"
    )
    several = [
        news(NotificationKind.OPEN, email=f"reader{n}@example.com", name=f"Reader {n}", recipient=n, subject=long)
        for n in range(4)
    ]
    yield (
        "together",
        told(
            *several, news(NotificationKind.CLICK, subject=long, link="https://example.com/" + "a-very-long-path/" * 12)
        ),
    )
    yield (
        "digest",
        notification_letters.digest(_today(), language, f"{URL}/app/today", [("No more digests", f"{URL}/n/4")], {}),
    )
    yield "code", code_letter("1234 5678", "", AT, language)
    yield "code-address", code_letter("1234 5678", "ann@example.com", AT, language)
    yield "code-proof", code_letter("1234 5678", "", AT, language, confirms=True)
    yield "test", trial_letter(language)
    for happened in Happened:
        yield f"alert-{happened.value}", alert_letter(Alert("", happened, "CRM", AT), ZONE, language)
    asked = Confirmation(
        "ann@gmail.com", "123456789", "https://mail-settings.google.com/mail/vf-%5BANGjdJ8%5D-" + "x" * 90, AT
    )
    yield "forwarding", asked_to_forward(asked, language)


def _today() -> Today:
    told = [
        news(NotificationKind.REPLY),
        news(NotificationKind.BOUNCE, email="eve@example.org", name="Eve"),
        news(NotificationKind.CLICK),
    ]
    replied, ideas = headline(news(NotificationKind.REPLY)), "Ten ideas"
    clicked = headline(news(NotificationKind.CLICK, subject=ideas))
    hides = say("Their mail program hides opens. A click or a reply would tell.")
    wants = (Approach.CALL, say("Read, but no reply."), AT + 86_400, say("Monday 15:00"))
    return Today(
        at=AT,
        since=AT - 86_400,
        zone=ZONE,
        counts=Counts(3, 1, 1, 1, 1),
        now=tuple(Card(each.notification, headline(each), what_now(each)) for each in told),
        people=(Person("priya@example.co.in", "Priya Patel", *wants, EXAMPLE, "Offer"),),
        leave=1,
        latest=(
            Line(EXAMPLE, "Offer for June", AT - 3600, Status.REPLIED, replied, BOB, NAME, 2, 0.98, False),
            Line(EXAMPLE, ideas, AT - 7200, Status.NO_EVIDENCE, clicked, BOB, NAME, 0, 0.9, False, True),
        ),
        cannot_know=(Unknown(EXAMPLE, "Offer for June", "carol@icloud.com", "Carol", hides),),
        due=(Due(EXAMPLE, "Offer for June", (BOB,), AT, True),),
    )


def main() -> None:
    """Take them."""
    from playwright.sync_api import sync_playwright

    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for mode, language, scheme, width in (
            ("light", "en", "light", 760),
            ("dark", "en", "dark", 760),
            ("phone", "en", "light", 360),
            ("hindi", "hi", "light", 360),
            ("kannada", "kn", "dark", 360),
        ):
            page = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 300}).new_page()
            for name, letter in every(language):
                page.set_content(letter.html)
                wide = page.evaluate("document.documentElement.scrollWidth")
                page.screenshot(path=folder / f"{name}-{mode}.png", full_page=True)
                print(f"{name}-{mode}", "" if wide <= width else f"is {wide} wide")
        browser.close()


if __name__ == "__main__":
    main()
