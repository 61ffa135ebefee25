"""The files by which programs set themselves up, read by Thunderbird's own readers of the two formats."""

import pytest

from chalicelib.domain.doors.servers import Server
from chalicelib.domain.doors.setup_files import outlook, thunderbird
from tests.thunderbird.thunderbird import Thunderbird

IMAP, SMTP, RELAY = Server("imap.example.com", 993), Server("smtp.example.com", 465), Server("t.example.com", 587)
OLD_IMAP = Server("mail.example.com", 143)


@pytest.mark.parametrize(("reading", "of_reading"), [(IMAP, "TLS"), (OLD_IMAP, "STARTTLS")])
@pytest.mark.parametrize(("sending", "of_sending"), [(SMTP, "TLS"), (RELAY, "STARTTLS")])
def test_it_reads_at_the_one_server_and_sends_by_the_other_and_never_without_tls(
    program: Thunderbird, reading, of_reading, sending, of_sending
):
    for form, file, user in (
        ("autoconfig", thunderbird("example.com", reading, sending), "%EMAILADDRESS%"),
        ("autodiscover", outlook("ann@example.com", reading, sending), "ann@example.com"),
    ):
        assert program.reads(form, file) == {
            "incoming": ["imap", reading.host, reading.port, of_reading, user],
            "outgoing": ["smtp", sending.host, sending.port, of_sending, user],
        }, form
