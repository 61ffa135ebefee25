"""In which time zone a contact is: what the sender says of them, what their answers say, what their address suggests.

An offset in an answer is that of one day: with the country of the address it becomes a zone, in which the hours are right
all year; without, it is kept as it is, and may be an hour out after the clocks have changed, until the next answer.
"""

from enum import StrEnum

from chalicelib.domain.contacts import Contact
from chalicelib.domain.habits import zones


class ZoneFrom(StrEnum):
    """How the time zone of a contact is known, the surest first."""

    SET = "set"  # the sender says so
    REPLIES = "replies"  # their answers say how far their clock is ahead
    DOMAIN = "domain"  # the country of their address, as long as nothing else is seen
    INFERRED = "inferred"  # from the hours at which they read
    UNKNOWN = "unknown"  # hours are in UTC


# By the country at the end of a domain, the zones that most of its people live in, the likeliest first; a country with
# one only suggests it. Left out are those that everybody uses: .co, .io, .ai, .me, .tv, .cc, .ly, .fm, .us, .eu.
# https://data.iana.org/time-zones/tzdb/zone1970.tab
_OF_COUNTRY = {
    name: zones.split()
    for name, zones in {
        "ae": "Asia/Dubai", "at": "Europe/Vienna", "be": "Europe/Brussels", "bg": "Europe/Sofia", "by": "Europe/Minsk",
        "ch": "Europe/Zurich", "cn": "Asia/Shanghai", "cz": "Europe/Prague", "de": "Europe/Berlin",
        "dk": "Europe/Copenhagen", "ee": "Europe/Tallinn", "eg": "Africa/Cairo", "es": "Europe/Madrid",
        "fi": "Europe/Helsinki", "fr": "Europe/Paris", "gr": "Europe/Athens", "hk": "Asia/Hong_Kong",
        "hr": "Europe/Zagreb", "hu": "Europe/Budapest", "ie": "Europe/Dublin", "il": "Asia/Jerusalem",
        "in": "Asia/Kolkata", "ir": "Asia/Tehran", "is": "Atlantic/Reykjavik", "it": "Europe/Rome", "jp": "Asia/Tokyo",
        "ke": "Africa/Nairobi", "kr": "Asia/Seoul", "lt": "Europe/Vilnius", "lu": "Europe/Luxembourg",
        "lv": "Europe/Riga", "ma": "Africa/Casablanca", "my": "Asia/Kuala_Lumpur", "ng": "Africa/Lagos",
        "nl": "Europe/Amsterdam", "no": "Europe/Oslo", "nz": "Pacific/Auckland", "pe": "America/Lima",
        "ph": "Asia/Manila", "pk": "Asia/Karachi", "pl": "Europe/Warsaw", "pt": "Europe/Lisbon",
        "ro": "Europe/Bucharest", "rs": "Europe/Belgrade", "sa": "Asia/Riyadh", "se": "Europe/Stockholm",
        "sg": "Asia/Singapore", "si": "Europe/Ljubljana", "sk": "Europe/Bratislava", "th": "Asia/Bangkok",
        "tr": "Europe/Istanbul", "tw": "Asia/Taipei", "ua": "Europe/Kyiv", "uk": "Europe/London", "ve": "America/Caracas",
        "vn": "Asia/Ho_Chi_Minh", "za": "Africa/Johannesburg", "ar": "America/Argentina/Buenos_Aires",
        "au": "Australia/Sydney Australia/Brisbane Australia/Adelaide Australia/Darwin Australia/Perth",
        "br": "America/Sao_Paulo America/Manaus America/Rio_Branco",
        "ca": "America/Toronto America/Vancouver America/Edmonton America/Winnipeg America/Halifax America/Regina",
        "cl": "America/Santiago America/Punta_Arenas", "id": "Asia/Jakarta Asia/Makassar Asia/Jayapura",
        "kz": "Asia/Almaty", "mx": "America/Mexico_City America/Tijuana America/Hermosillo America/Cancun",
        "ru": "Europe/Moscow Europe/Samara Asia/Yekaterinburg Asia/Omsk Asia/Novosibirsk Asia/Irkutsk Asia/Vladivostok",
    }.items()
}  # fmt: skip


def time_zone(contact: Contact) -> tuple[str | None, ZoneFrom]:
    """The zone that a contact is said to be in and by what; None, where it can only be inferred."""
    if zones.known(contact.time_zone or None):
        return contact.time_zone, ZoneFrom.SET
    of_country = [zone for zone in _OF_COUNTRY.get(contact.email.rpartition(".")[2], ()) if zones.known(zone)]
    if contact.offset is not None and contact.offset_at is not None:
        seconds, at = contact.offset * 60, contact.offset_at
        fitting = (zone for zone in of_country if zones.offset(zone, at) == seconds)
        return next(fitting, zones.at_offset(contact.offset)), ZoneFrom.REPLIES
    if len(of_country) == 1:
        return of_country[0], ZoneFrom.DOMAIN
    return None, ZoneFrom.UNKNOWN
