"""What mail programs set themselves up by: an account that reads at its own server and sends by the relay.

Three programs, three formats. None holds a password: the program asks for it, and for the relay it is an API token.
"""

import hashlib
import plistlib
from html import escape

from chalicelib.domain.doors.mail_servers import Server
from chalicelib.domain.providers import domain_of

XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


def thunderbird(domain: str, reading: Server, sending: Server) -> bytes:
    """An autoconfig file, version 1.1, for all addresses of a domain (draft-ietf-mailmaint-autoconfig;
    https://wiki.mozilla.org/Thunderbird:Autoconfiguration:ConfigFileFormat). Many other programs read it too.
    """

    def described(kind: str, name: str, server: Server) -> str:
        return (
            f'    <{name} type="{kind}">\n'
            f"      <hostname>{escape(server.host)}</hostname>\n"
            f"      <port>{server.port}</port>\n"
            f"      <socketType>{'SSL' if server.tls_from_the_start else 'STARTTLS'}</socketType>\n"
            "      <authentication>password-cleartext</authentication>\n"
            "      <username>%EMAILADDRESS%</username>\n"
            f"    </{name}>\n"
        )

    named = escape(domain)
    return (
        f'{XML}<clientConfig version="1.1">\n'
        f'  <emailProvider id="{named}">\n'
        f"    <domain>{named}</domain>\n"
        f"    <displayName>{named}, tracked by Unsealed</displayName>\n"
        f"    <displayShortName>{named}</displayShortName>\n"
        f"{described('imap', 'incomingServer', reading)}{described('smtp', 'outgoingServer', sending)}"
        "  </emailProvider>\n</clientConfig>\n"
    ).encode()


_RESPONSE = "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"
_OUTLOOK = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"


def outlook(email: str, reading: Server, sending: Server) -> bytes:
    """An answer of Autodiscover (MS-OXDSCLI, section 2.2.4), which classic Outlook asks for, for one address."""

    def described(kind: str, server: Server) -> str:
        return (
            "      <Protocol>\n"
            f"        <Type>{kind}</Type>\n"
            f"        <Server>{escape(server.host)}</Server>\n"
            f"        <Port>{server.port}</Port>\n"
            f"        <LoginName>{escape(email)}</LoginName>\n"
            "        <DomainRequired>off</DomainRequired>\n"
            "        <SPA>off</SPA>\n"
            "        <SSL>on</SSL>\n"  # Encryption says how, and goes before it; but "off" is read as “no TLS” by Thunderbird
            f"        <Encryption>{'SSL' if server.tls_from_the_start else 'TLS'}</Encryption>\n"
            "        <AuthRequired>on</AuthRequired>\n"
            "      </Protocol>\n"
        )

    return (
        f'{XML}<Autodiscover xmlns="{_RESPONSE}">\n'
        f'  <Response xmlns="{_OUTLOOK}">\n'
        "    <Account>\n"
        "      <AccountType>email</AccountType>\n"
        "      <Action>settings</Action>\n"
        f"{described('IMAP', reading)}{described('SMTP', sending)}"
        "    </Account>\n  </Response>\n</Autodiscover>\n"
    ).encode()


def apple(email: str, name: str, user: str, reading: Server, sending: Server) -> bytes:
    """A configuration profile with one mail account (github.com/apple/device-management,
    mdm/profiles/com.apple.mail.managed.yaml), for iOS, iPadOS and macOS. `user` is how its owner signs in to read.

    The same address gives the same identifiers, so that a second profile takes the first one's place.
    """
    identifier = f"org.unsealed.mail.{hashlib.sha256(email.encode()).hexdigest()[:16]}"

    def payload(kind: str, called: str) -> dict[str, object]:
        return {
            "PayloadType": kind,
            "PayloadVersion": 1,
            "PayloadIdentifier": called,
            "PayloadUUID": _uuid(called),
            "PayloadDisplayName": f"{email}, tracked",
        }

    account = payload("com.apple.mail.managed", f"{identifier}.account") | {
        "EmailAccountDescription": f"{domain_of(email)}, tracked",
        "EmailAccountName": name,
        "EmailAccountType": "EmailTypeIMAP",
        "EmailAddress": email,
        "IncomingMailServerAuthentication": "EmailAuthPassword",
        "IncomingMailServerHostName": reading.host,
        "IncomingMailServerPortNumber": reading.port,
        "IncomingMailServerUseSSL": True,
        "IncomingMailServerUsername": user,
        "OutgoingMailServerAuthentication": "EmailAuthPassword",
        "OutgoingMailServerHostName": sending.host,
        "OutgoingMailServerPortNumber": sending.port,
        "OutgoingMailServerUseSSL": True,
        "OutgoingMailServerUsername": email,
        "OutgoingPasswordSameAsIncomingPassword": False,
    }
    whole = payload("Configuration", identifier) | {
        "PayloadDescription": f"Reads the mail of {email} at {reading.host}, and sends it by {sending.host}, which adds the "
        "tracking. You are asked for two passwords: the mailbox', and an API token of yours for sending.",
        "PayloadOrganization": "Unsealed",
        "PayloadContent": [account],
    }
    return plistlib.dumps(whole)


def _uuid(text: str) -> str:
    """A UUID of a name, the same each time (RFC 9562, version 8: what is in it is ours to say)."""
    bits = int.from_bytes(hashlib.sha256(text.encode()).digest()[:16])
    bits = bits & ~(0xF << 76) | 0x8 << 76
    bits = bits & ~(0x3 << 62) | 0x2 << 62
    drawn = f"{bits:032X}"
    return "-".join((drawn[:8], drawn[8:12], drawn[12:16], drawn[16:20], drawn[20:]))
