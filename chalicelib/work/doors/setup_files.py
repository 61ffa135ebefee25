"""Mail programs that set themselves up: whose mail is read where, and that it is sent by the relay.

What anybody may ask is the same for every address of a domain, whether or not it has an account here.
"""

from chalicelib.domain.doors import mail_servers, setup_files
from chalicelib.domain.doors.mail_servers import IMAPS
from chalicelib.domain.errors import BadInput, NotFound
from chalicelib.domain.messages import LONGEST_ADDRESS, address
from chalicelib.domain.providers import domain_of
from chalicelib.domain.words.sentences import say
from chalicelib.store.accounts import accounts
from chalicelib.work.accounts import owning
from chalicelib.work.doors.mail_servers import reading_servers, relay


def thunderbird(email: str) -> bytes | None:
    """Thunderbird's file for an address' domain; None where the owner names no server for it, or runs no relay."""
    reading, sending = reading_servers().get(domain_of(email)), relay()
    return setup_files.thunderbird(domain_of(email), reading, sending) if reading and sending else None


def outlook(email: str) -> bytes | None:
    """Outlook's answer for an address; None as above."""
    reading, sending = reading_servers().get(domain_of(email)), relay()
    return setup_files.outlook(email, reading, sending) if reading and sending else None


def apple(sender: str, email: str, server: str, user: str) -> bytes:
    """Apple's profile for an address of the sender's. `server` is where its mail is read, and `user` who signs in there; ""
    where that is known, and where it is the address.

    Raises BadInput, naming the field, or NotFound where there is no relay.
    """
    sending = relay()
    if sending is None:
        raise NotFound("This deployment has no relay (RELAY_ADDRESS), so nothing could be sent by it.")
    email = address(email, "email")
    if accounts.address(sender, email) is None:
        raise BadInput("This is not an address of yours: add it first.", "email")
    reading = mail_servers.server(server, IMAPS) if server else mail_servers.incoming(email, reading_servers())
    if reading is None:
        raise BadInput("Name the IMAP server that this address is read at.", "server")
    if len(user) > LONGEST_ADDRESS or not user.isprintable():
        raise BadInput(say("A user name has {most} printable characters at most.", most=LONGEST_ADDRESS), "user")
    return setup_files.apple(email, owning.account(sender).name, user or email, reading, sending)
