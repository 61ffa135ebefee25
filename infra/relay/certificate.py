"""The relay's certificate: its owner's, or one that it makes itself, which hides passwords and proves no name."""

import logging
import os
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from infra.process_settings import WrongSetting

log = logging.getLogger(__name__)

_YEARS = 10


def chosen(folder: Path, at: float) -> tuple[ssl.SSLContext, Path, Path]:
    """What a server needs of the files that RELAY_CERTIFICATE and RELAY_KEY name, else of a self-made pair in `folder`; and the
    files. Raises WrongSetting.
    """
    given = [Path(os.environ[name]) for name in ("RELAY_CERTIFICATE", "RELAY_KEY") if os.environ.get(name)]
    if len(given) == 1:
        raise WrongSetting(
            "RELAY_CERTIFICATE and RELAY_KEY go together: the files of a certificate and of its key, in PEM."
        )
    certificate, key = given or self_made(folder, at)
    try:
        return context(certificate, key), certificate, key
    except OSError as failure:
        raise WrongSetting(
            f"RELAY_CERTIFICATE {certificate} and RELAY_KEY {key} cannot be used ({failure.strerror or failure})."
        ) from failure


def context(certificate: Path, key: Path) -> ssl.SSLContext:
    """What a TLS server needs, of these two files in PEM."""
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    made.load_cert_chain(certificate, key)
    return made


def renew(tls: ssl.SSLContext, certificate: Path, key: Path) -> None:
    """Let a server prove itself by what the files hold by now, from the next connection on. Bad ones change nothing."""
    try:
        context(certificate, key)  # a certificate without its key would take the old one's place, and serve nobody
        tls.load_cert_chain(certificate, key)
    except OSError:
        log.exception("The certificate cannot be read anew: the old one stays.")


def self_made(folder: Path, at: float) -> tuple[Path, Path]:
    """The files of a self-made certificate for this machine, and of its key: made the first time they are asked for."""
    certificate, secret = folder / "certificate.pem", folder / "key.pem"
    if certificate.exists() and secret.exists():
        return certificate, secret
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    since = datetime.fromtimestamp(at, UTC) - timedelta(days=1)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(since + timedelta(days=365 * _YEARS))
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret.touch(mode=0o600)
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return certificate, secret
