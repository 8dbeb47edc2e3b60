"""TLS by a local authority: its key and certificate, made once, and the server's own certificate for its addresses.

No official authority signs for an address in a hall without a network. So the installation has one of its own, which
each tablet is told to trust once. It can sign for private addresses and the names of this server only: whoever stole
its key could imitate no other site to these tablets. Source: RFC 5280; Apple limits such certificates to 825 days.
"""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from gevent.ssl import PROTOCOL_TLS_SERVER, SSLContext, TLSVersion

from scoring.store.model import now

#: Where the server's own certificate ends. It begins before it is made, for clocks that are behind.
YEAR, BEHIND = timedelta(days=365), timedelta(days=30)
AUTHORITY_LASTS = 10 * YEAR
#: A certificate that ends sooner is made anew at the start.
RENEWED_BEFORE = timedelta(days=30)
PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8", "fc00::/7", "::1/128")
LOCAL_NAMES = ("localhost", "local", "lan")
#: What TLS 1.2 is spoken with: keys that are forgotten after the connection, ciphers that notice every change. Android
#: 5, Safari 9 and Windows 10 know them. Source: Mozilla's recommendations; those of TLS 1.3 are all like this.
SUITES = "ECDHE+AESGCM:ECDHE+CHACHA20"
Key = ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class Certified:
    """A certificate and its key, in the files beside each other."""

    certificate: x509.Certificate
    key: Key


def context(folder: Path, hosts: Iterable[str]) -> SSLContext:
    """What a server needs to speak TLS as these hosts; makes what is missing, or does not fit any more, in the folder.

    Raises ValueError for a host that the authority, made for others, cannot sign for.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    wanted = sorted({*hosts, "localhost", "127.0.0.1", socket.gethostname()})
    authority = _kept(folder, "authority") or _keep(folder, "authority", _new_authority(wanted))
    server = _kept(folder, "server")
    if server is None or not _fits(server, authority, wanted):
        _keep(folder, "server", _new_server(authority, wanted))
    made = SSLContext(PROTOCOL_TLS_SERVER)
    made.minimum_version = TLSVersion.TLSv1_2
    made.set_ciphers(SUITES)
    made.load_cert_chain(folder / "server.pem", folder / "server.key")
    return made


def authority_file(folder: Path) -> Path:
    """The authority's certificate, which is no secret."""
    return folder / "authority.pem"


def fingerprint(folder: Path) -> str:
    """The SHA-256 of the authority's certificate in groups of four, to be compared by eye."""
    found = x509.load_pem_x509_certificate(authority_file(folder).read_bytes())
    text = found.fingerprint(hashes.SHA256()).hex().upper()
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def _new_authority(hosts: Iterable[str]) -> Certified:
    key, called = ec.generate_private_key(ec.SECP256R1()), f"Saiping {socket.gethostname()}"[:60]
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, called)])
    own = [_general(host) for host in hosts]
    ranges = [x509.IPAddress(ipaddress.ip_network(one)) for one in PRIVATE]
    names = [x509.DNSName(one) for one in LOCAL_NAMES]
    single = [
        x509.IPAddress(ipaddress.ip_network(one.value)) if isinstance(one, x509.IPAddress) else one for one in own
    ]
    made = (
        _begun(name, name, key, AUTHORITY_LASTS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .add_extension(x509.NameConstraints([*ranges, *names, *single], None), critical=True)
    )
    return Certified(made.sign(key, hashes.SHA256()), key)


def _new_server(authority: Certified, hosts: list[str]) -> Certified:
    for host in hosts:
        if not _may_sign(authority.certificate, host):
            raise ValueError(host)
    key, called = ec.generate_private_key(ec.SECP256R1()), x509.NameAttribute(NameOID.COMMON_NAME, "Saiping")
    names = x509.SubjectAlternativeName([_general(host) for host in hosts])
    signer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
    made = (
        _begun(x509.Name([called]), authority.certificate.subject, key, YEAR)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(signer, critical=False)
        .add_extension(names, critical=False)
    )
    return Certified(made.sign(authority.key, hashes.SHA256()), key)


def _begun(subject: x509.Name, issuer: x509.Name, key: Key, lasts: timedelta) -> x509.CertificateBuilder:
    moment, own = now(), x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    begun = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    begun = begun.serial_number(x509.random_serial_number()).add_extension(own, critical=False)
    return begun.not_valid_before(moment - BEHIND).not_valid_after(moment + lasts)


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=signs,
        encipher_only=False,
        decipher_only=False,
    )


def _general(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _may_sign(authority: x509.Certificate, host: str) -> bool:
    """Whether the authority's limits let it sign for the host."""
    limits = authority.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or []
    wanted = _general(host)
    if isinstance(wanted, x509.IPAddress):
        ranges = [ipaddress.ip_network(one.value) for one in limits if isinstance(one, x509.IPAddress)]
        return any(ipaddress.ip_address(str(wanted.value)) in one for one in ranges)
    return any(isinstance(one, x509.DNSName) and f".{host}".endswith(f".{one.value}") for one in limits)


def _fits(server: Certified, authority: Certified, hosts: list[str]) -> bool:
    """Whether the certificate is of this authority, for these hosts, and good for a while by the clock on the wall."""
    names = server.certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    moment: datetime = now()
    good = server.certificate.not_valid_before_utc <= moment <= server.certificate.not_valid_after_utc - RENEWED_BEFORE
    same = set(names) == {_general(host) for host in hosts}
    return good and same and server.certificate.issuer == authority.certificate.subject


def _kept(folder: Path, name: str) -> Certified | None:
    files = [folder / f"{name}.{end}" for end in ("pem", "key")]
    if not all(file.exists() for file in files):
        return None
    key = serialization.load_pem_private_key(files[1].read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return Certified(x509.load_pem_x509_certificate(files[0].read_bytes()), key)


def _keep(folder: Path, name: str, made: Certified) -> Certified:
    form = serialization.PrivateFormat.PKCS8
    written = {
        "key": made.key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()),
        "pem": made.certificate.public_bytes(serialization.Encoding.PEM),
    }
    for end, content in written.items():
        descriptor = os.open(folder / f"{name}.{end}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
    return made
