"""TLS by a local authority: a contest over HTTPS and WSS, what is trusted, what is refused, what stays in the open."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
import socketio
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from playwright.sync_api import Browser, BrowserType, Error, expect

from scoring.venue import tls
from tests.browser.conftest import HALL, TABLET, browser, browser_type_launch_args
from tests.browser.tablets import fill, has_reached, is_online, press
from tests.conftest import Server, marks_worth, run_server, start_server, stop_server
from tests.patience import milliseconds, within

assert browser_type_launch_args
assert browser
PATIENCE = within(15)


@dataclass
class Secure:
    """A server by TLS, the file of its authority, and where devices enrol."""

    server: Server
    authority: Path
    enrol: str

    @property
    def url(self) -> str:
        return self.server.url

    def trusting(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.authority)

    def agreed(self, context: ssl.SSLContext) -> tuple[str, str, int]:
        """The cipher, the version and the bits that are agreed upon with `context`."""
        where = urlsplit(self.url)
        raw = socket.create_connection((where.hostname, where.port), PATIENCE)
        with raw, context.wrap_socket(raw, server_hostname="127.0.0.1") as wrapped:
            wrapped.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            assert wrapped.recv(100).startswith(b"HTTP/1.1 200"), "the server, too, has agreed"
            return wrapped.cipher()

    def greeted(self, context: ssl.SSLContext, name: str = "127.0.0.1") -> dict[str, Any]:
        """The certificate that the server shows to whoever trusts `context` and wants `name`."""
        where = urlsplit(self.url)
        raw = socket.create_connection((where.hostname, where.port), PATIENCE)
        with raw, context.wrap_socket(raw, server_hostname=name) as wrapped:
            shown: dict[str, Any] = wrapped.getpeercert()
            return shown


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secure]:
    folder = tmp_path_factory.mktemp("secure")
    stop_server(start_server(folder))
    server = run_server(folder, "--tls", "--enrol-port", "0")
    enrol = next(line.split()[-1] for line in server.said if "/enrol" in line)
    yield Secure(server, folder / "tls" / "authority.pem", enrol)
    stop_server(server)


@pytest.fixture(scope="module")
def enrolled(secure: Secure, browser_type: BrowserType, browser_type_launch_args: dict[str, Any]) -> Iterator[Browser]:
    """A browser of a device that has installed the authority's certificate, as Linux keeps it: in NSS's store."""
    certutil = shutil.which("certutil")
    if certutil is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("libnss3-tools is not installed")
    home = secure.authority.parents[1] / "home"
    store = home / ".pki" / "nssdb"
    store.mkdir(parents=True)
    for step in (["-N", "--empty-password"], ["-A", "-t", "C,,", "-n", "saiping", "-i", str(secure.authority)]):
        subprocess.run([certutil, "-d", f"sql:{store}", *step], check=True, capture_output=True)
    browser = browser_type.launch(**browser_type_launch_args, env={**os.environ, "HOME": str(home)})
    yield browser
    browser.close()


def test_the_chain_holds_for_this_server_and_for_no_other_name(secure: Secure) -> None:
    assert ("IP Address", "127.0.0.1") in secure.greeted(secure.trusting())["subjectAltName"]
    with pytest.raises(ssl.SSLCertVerificationError):
        secure.greeted(secure.trusting(), "example.com")
    with pytest.raises(ssl.SSLCertVerificationError):
        secure.greeted(ssl.create_default_context())


def test_old_versions_of_tls_are_refused(secure: Secure) -> None:
    context = secure.trusting()
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    with pytest.raises((ssl.SSLError, ConnectionError)):
        secure.greeted(context)


def test_the_newest_version_is_spoken_and_of_the_older_one_only_ciphers_that_are_recommended(secure: Secure) -> None:
    assert secure.agreed(secure.trusting())[1] == "TLSv1.3"
    context = secure.trusting()
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    for suite in ("ECDHE+AESGCM", "ECDHE+CHACHA20"):
        context.set_ciphers(suite)
        assert secure.agreed(context)[1] == "TLSv1.2"
    for suite in (
        "ECDHE+AES:!AESGCM:!AESCCM",
        "kRSA:@SECLEVEL=0",
        "aNULL:@SECLEVEL=0",
    ):  # no AEAD; no new keys; nobody named
        context.set_ciphers(suite)
        with pytest.raises((ssl.SSLError, ConnectionError)):
            secure.agreed(context)


def test_the_certificates_keys_and_signatures_are_of_today_and_each_may_do_its_own_work_alone(secure: Secure) -> None:
    folder = secure.authority.parent
    authority, server = (
        x509.load_pem_x509_certificate((folder / f"{one}.pem").read_bytes()) for one in ("authority", "server")
    )
    for one in (authority, server):
        assert isinstance(one.signature_hash_algorithm, hashes.SHA256)
        key = one.public_key()
        assert isinstance(key, EllipticCurvePublicKey)
        assert key.curve.name == "secp256r1"
    may_sign = [one.extensions.get_extension_for_class(x509.BasicConstraints).value.ca for one in (authority, server)]
    assert may_sign == [True, False]
    assert server.not_valid_after_utc - server.not_valid_before_utc < timedelta(days=398)


def test_keys_are_readable_by_their_user_alone(secure: Secure) -> None:
    files = list(secure.authority.parent.iterdir())
    assert {file.name for file in files} == {"authority.pem", "authority.key", "server.pem", "server.key"}
    assert {oct(file.stat().st_mode & 0o777) for file in files} == {"0o600"}


def test_cookies_are_bound_to_this_host_and_sent_by_tls_only(secure: Secure) -> None:
    visitor = requests.Session()
    visitor.trust_env, visitor.verify = False, str(secure.authority)
    visitor.headers["Accept-Language"] = "en"
    answer = visitor.get(f"{secure.url}/desk/sign-in", timeout=PATIENCE)
    style = answer.text.partition('href="/static/')[2].partition('"')[0]
    for path in (f"/static/{style}", "/socket.io/?EIO=4&transport=polling", "/nowhere", "/desk/sign-in"):
        headers = visitor.get(secure.url + path, timeout=PATIENCE).headers
        assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains", path
    token = answer.text.partition('name="csrf_token" value="')[2].partition('"')[0]
    typed = {"csrf_token": token, **secure.server.facts["organizer"]}
    told = {"Referer": f"{secure.url}/desk/sign-in"}
    given = visitor.post(
        f"{secure.url}/desk/sign-in", data=typed, headers=told, allow_redirects=False, timeout=PATIENCE
    )
    assert given.status_code == 302
    cookie = given.headers["Set-Cookie"]
    assert cookie.startswith("__Host-saiping-")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}
    assert "Domain" not in cookie
    assert visitor.get(f"{secure.url}/desk/", timeout=PATIENCE).ok
    assert "overheard" not in visitor.get(f"{secure.url}/desk/", timeout=PATIENCE).text


def test_without_tls_there_is_the_page_of_the_certificate_and_nothing_else(secure: Secure) -> None:
    page = requests.get(secure.enrol, headers={"Accept-Language": "en"}, timeout=PATIENCE)
    assert tls.fingerprint(secure.authority.parent) in page.text
    assert all(system in page.text for system in ("Android", "iPad", "Windows"))
    assert "Set-Cookie" not in page.headers
    given = requests.get(f"{secure.enrol}/saiping.crt", timeout=PATIENCE)
    assert (given.content, given.headers["Content-Type"]) == (
        secure.authority.read_bytes(),
        "application/x-x509-ca-cert",
    )
    plain = secure.enrol.removesuffix("/enrol")
    for path in ("/desk/sign-in", "/judge/", "/c/shifa"):
        away = requests.get(plain + path, headers={"Accept": "text/html"}, allow_redirects=False, timeout=PATIENCE)
        assert (away.status_code, away.headers["Location"].startswith("https://")) == (302, True), path
    for path in ("/healthz", "/c/shifa/board.json", "/socket.io/?EIO=4&transport=polling"):
        assert requests.get(plain + path, allow_redirects=False, timeout=PATIENCE).status_code == 403, (
            "a program is not led on"
        )
    sent: dict[str, Any] = {"headers": {"Accept": "text/html"}, "allow_redirects": False, "timeout": PATIENCE}
    assert requests.post(f"{plain}/desk/sign-in", data={"name": "x"}, **sent).status_code == 403


def test_who_speaks_no_tls_or_nothing_at_all_keeps_nobody_waiting(secure: Secure) -> None:
    where = urlsplit(secure.url)
    silent = [socket.create_connection((where.hostname, where.port), within(15)) for _ in range(60)]
    silent[0].sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    assert requests.get(f"{secure.url}/healthz", verify=str(secure.authority), timeout=within(2)).ok
    for one in silent[:2]:  # at once, and after ten seconds
        with suppress(ConnectionResetError):
            assert not one.recv(1000).startswith(b"HTTP")
    for one in silent:
        one.close()


def judges(secure: Secure, seat: dict[str, object], tablet: str) -> socketio.Client:
    """A judge's tablet as a program, by WSS."""
    visitor = requests.Session()
    visitor.trust_env, visitor.verify = False, str(secure.authority)
    client = socketio.Client(http_session=visitor, reconnection=False)
    auth = {"key": seat["key"], "tablet": tablet}
    client.connect(secure.url, namespaces=["/judge"], auth=auth, transports=["websocket"], wait_timeout=PATIENCE)
    return client


def handed_in(client: socketio.Client, again: Callable[[], socketio.Client], sheet: dict[str, object]) -> Any:
    """The answer to a sheet, which is sent on a new line where none comes, as a tablet does; stored once all the same.

    This client reads and writes its one TLS connection in two threads, which OpenSSL does not allow: now and then what
    it sends under load goes nowhere.
    """
    for _ in range(3):
        try:
            answer = client.call("submit", sheet, namespace="/judge", timeout=within(10))
            client.disconnect()
            return answer
        except socketio.exceptions.TimeoutError:
            client.disconnect()
            client = again()
    raise AssertionError("three lines brought no answer")


def test_a_browser_that_has_not_enrolled_is_stopped_before_the_page(secure: Secure, browser: Browser) -> None:
    page = browser.new_page()
    with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
        page.goto(f"{secure.url}/desk/sign-in")
    page.close()


def test_a_contest_is_played_by_https_in_the_browser_and_a_cut_tablet_goes_on(
    secure: Secure, enrolled: Browser
) -> None:
    """The desk, the hall and one tablet in the browser, six tablets as programs; one of these is cut and comes back.

    Nothing is waved through: the browser trusts the authority, and no error of a certificate is overlooked.
    """
    facts = secure.server.facts
    context = enrolled.new_context(viewport=TABLET, locale="zh-CN")
    context.set_default_timeout(milliseconds(15))
    desk, hall, tablet = context.new_page(), context.new_page(), context.new_page()
    hall.set_viewport_size(HALL)
    hall.goto(facts["addresses"]["screen"])
    desk.goto(facts["addresses"]["desk"])
    desk.locator("[name=name]").fill(facts["organizer"]["name"])
    desk.locator("[name=password]").fill(facts["organizer"]["password"])
    desk.locator("main form button[type=submit]").click()
    expect(desk.locator("#wire")).to_have_attribute("data-state", "online")
    press(desk, "call")
    tablet.goto(facts["seats"][0]["enter"])
    tablet.locator("#take").click()
    is_online(tablet)
    marks, turn = marks_worth("90"), facts["turns"][0]["id"]
    for seat in facts["seats"][1:]:
        name = secrets.token_hex(16)
        client = judges(secure, seat, name)
        if seat is facts["seats"][1]:
            cut = client.eio.ws.sock
            cut.shutdown(socket.SHUT_RDWR)  # the network breaks
            client.wait()
            cut.close()  # the client does not, once it is broken
            client = judges(secure, seat, name)
        sheet = {"turn": turn, "typed": marks, "base": 0, "submission": secrets.token_hex(8)}
        assert handed_in(client, partial(judges, secure, seat, name), sheet)["ok"]
    fill(tablet, marks)
    tablet.locator("#submit").click()
    tablet.locator("#lock").click()
    has_reached(tablet, "counted")
    expect(desk.locator("#main-form[data-verb=release]")).to_be_visible()
    press(desk, "release")
    expect(hall.locator("body")).to_contain_text("90.00")
    context.close()


def test_another_address_gets_another_certificate_of_the_same_authority(tmp_path: Path) -> None:
    folder = tmp_path / "tls"
    tls.context(folder, ["192.168.1.10"])
    before = {name: (folder / name).read_bytes() for name in os.listdir(folder)}
    tls.context(folder, ["192.168.1.10"])
    assert {name: (folder / name).read_bytes() for name in os.listdir(folder)} == before
    tls.context(folder, ["10.0.0.5", "saiping.local"])
    assert (folder / "authority.pem").read_bytes() == before["authority.pem"]
    assert (folder / "server.pem").read_bytes() != before["server.pem"]
    with pytest.raises(ValueError, match=r"8\.8\.8\.8"):
        tls.context(folder, ["8.8.8.8"])
