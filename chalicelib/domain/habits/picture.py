"""One picture of a contact, on which all advice rests: so no two pieces of it contradict each other.

What they said of us (complaints), whether mail reaches them, where they are (an absence, their clock), what they do with
mail (labels, trackability) and when they read. Follow-up, ranking, send time, reminders and notifications all ask it.
"""

from collections.abc import Sequence
from datetime import date

from chalicelib.domain.contacts import Contact
from chalicelib.domain.habits import zones
from chalicelib.domain.habits.behaviour import Behaviour, Label
from chalicelib.domain.habits.hours import Hours
from chalicelib.domain.habits.role_addresses import is_role_address
from chalicelib.domain.habits.send_times import SendTime
from chalicelib.domain.records import record
from chalicelib.domain.trackability import Trackability, trackability


@record
class Picture:
    """A contact as seen at unix time `at`: what advice needs to know of them.

    `zone` is the clock that hours are meant on: theirs, or the sender's where theirs is not known (`own_clock`).
    `away_until` is the last date of an absence that is not over.
    """

    contact: Contact
    labels: Sequence[Behaviour]
    send_time: SendTime
    hours: Hours
    trackability: Trackability
    own_clock: bool
    at: float

    @property
    def away_until(self) -> date | None:
        """The last day on which they are away, if they are."""
        return self.hours.away_until

    @property
    def zone(self) -> str:
        """The clock that hours are meant on."""
        return self.hours.zone

    @property
    def complained(self) -> bool:
        """Whether they marked a mail as spam: nobody writes to them again."""
        return self.contact.spam > 0

    @property
    def unreachable(self) -> bool:
        """Whether mail to them comes back: the last that is known of the address is a bounce."""
        contact = self.contact
        if contact.bounced and not (contact.opened or contact.clicked or contact.replied):
            return True
        came_back = max((each.sent_at for each in contact.exchanges if each.bounced), default=None)
        return came_back is not None and came_back > (contact.last_at or 0.0)

    @property
    def role_address(self) -> bool:
        """Whether the address is that of several people."""
        return is_role_address(self.contact.email)

    def label(self, *labels: Label) -> Behaviour | None:
        """The first of these labels that fits."""
        by_label = {each.label: each for each in self.labels}
        return next((by_label[label] for label in labels if label in by_label), None)


def picture(
    contact: Contact,
    labels: Sequence[Behaviour],
    send_time: SendTime,
    time_zone: str | None,
    sender_zone: str,
    at: float,
) -> Picture:
    """The picture of a contact whose clock is `time_zone` (None: not known)."""
    own_clock = time_zone is not None and zones.known(time_zone)
    known = time_zone if time_zone is not None and own_clock else sender_zone if zones.known(sender_zone) else "UTC"
    away = _absence(contact.away_until)
    if away is not None and zones.local(known, at).date() > away:
        away = None
    hours = Hours(send_time, known, sender_zone, away)
    return Picture(contact, labels, send_time, hours, trackability(contact), own_clock, at)


def _absence(stated: str) -> date | None:
    try:
        return date.fromisoformat(stated) if stated else None
    except ValueError:
        return None
