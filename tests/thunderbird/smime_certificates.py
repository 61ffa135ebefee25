"""A certificate for S/MIME (RFC 8550), and the authority that signed it: made for a test, trusted by nobody else."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID


@dataclass(frozen=True)
class Certified:
    """Somebody with a certificate. `authority` is the certificate, in DER, of who signed it."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate
    authority: bytes

    def in_a_file(self, password: bytes) -> bytes:
        """Key and certificate as PKCS #12, as Thunderbird takes them."""
        sealing = serialization.BestAvailableEncryption(password)
        return pkcs12.serialize_key_and_certificates(b"Ann", self.key, self.certificate, None, sealing)


def _name(common: str, email: str = "") -> x509.Name:
    named = [x509.NameAttribute(NameOID.COMMON_NAME, common)]
    return x509.Name([*named, *([x509.NameAttribute(NameOID.EMAIL_ADDRESS, email)] if email else [])])


def certified(email: str) -> Certified:
    """Somebody whose address a new authority says is theirs, from yesterday on for a month."""
    of_authority, key = (rsa.generate_private_key(65_537, 2048) for _ in range(2))
    since = datetime.now(UTC) - timedelta(days=1)

    def begun(subject: x509.Name, by: rsa.RSAPrivateKey, authority: bool) -> x509.CertificateBuilder:
        made = x509.CertificateBuilder().subject_name(subject).issuer_name(_name("A test's authority"))
        made = made.public_key(by.public_key()).serial_number(x509.random_serial_number())
        made = made.not_valid_before(since).not_valid_after(since + timedelta(days=30))
        return made.add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)

    root = begun(_name("A test's authority"), of_authority, True).sign(of_authority, hashes.SHA256())
    own = begun(_name("Ann", email), key, False)
    own = own.add_extension(x509.SubjectAlternativeName([x509.RFC822Name(email)]), critical=False)
    own = own.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
    signed = own.sign(of_authority, hashes.SHA256())
    return Certified(key, signed, root.public_bytes(serialization.Encoding.DER))


ANN = certified("ann@sender.example")
