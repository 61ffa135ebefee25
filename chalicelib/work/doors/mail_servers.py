"""The mail servers that the owner names in the settings: the relay, and where the mail of the own domains is read."""

from chalicelib.config import config
from chalicelib.domain.doors import mail_servers
from chalicelib.domain.doors.mail_servers import SUBMISSION, Server


def relay() -> Server | None:
    """The SMTP relay as programs reach it; None where the owner runs none. Raises BadInput, naming the setting."""
    said = config().relay_address
    return mail_servers.server(said, SUBMISSION, "RELAY_ADDRESS") if said else None


def reading_servers() -> dict[str, Server]:
    """Where the mail of the owner's own domains is read. Raises BadInput, naming the setting."""
    return mail_servers.by_domain(config().mail_servers)
