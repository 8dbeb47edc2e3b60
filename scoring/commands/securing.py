"""Serving by TLS: what is made for it before anything is served, and what the terminal says about who could listen."""

from __future__ import annotations

import socket

import click
import segno
from flask import current_app

from scoring import config
from scoring.transport import listener
from scoring.venue import addresses, enrolment, tls


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises click.ClickException where the port is taken."""
    try:
        return listener.listening_socket(host, port)
    except OSError as error:
        raise click.ClickException(f"Cannot listen on {host}:{port} ({error.strerror}). Try another --port.") from None


def secure(listening: socket.socket, host: str, enrol_port: int | None) -> listener.Secured:
    """Make what TLS needs, and set the application to it. Raises click.ClickException."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    port = listening.getsockname()[1]
    app.config.update(config.by_tls(app.config), **{addresses.BY_TLS: True})
    app.config[enrolment.SECURE_ADDRESS] = addresses.served_at(host, port)
    beside = listen(host, port + 1 if enrol_port is None else enrol_port)
    try:
        context = tls.context(enrolment.folder(), addresses.own_hosts(host))
    except ValueError as error:
        raise click.ClickException(
            f"The authority in {enrolment.folder()} was made for other addresses and cannot sign for {error}. Remove "
            "that folder to make a new authority; every device then enrols again."
        ) from None
    return listener.Secured(context, beside, enrolment.only_enrolment(app))


def say_who_may_listen(base_url: str, secured: listener.Secured | None) -> None:
    """Where devices enrol, with a code to scan; or, without TLS, that others in the network could read along."""
    if secured is not None:
        host = base_url.partition("://")[2].rpartition(":")[0]
        address = f"http://{host}:{secured.beside.getsockname()[1]}{enrolment.PAGE}"
        if not addresses.listens_here_only():
            segno.make(address, error="m").terminal(compact=True, border=2)
        click.echo(f"  设备登记 enrol   {address}")
        click.echo(
            "  请让每台设备先打开上面的地址，安装证书。 Let each device open this first and install the certificate."
        )
        click.echo(f"  证书指纹 SHA-256 {tls.fingerprint(enrolment.folder())}\n")
    elif addresses.is_overheard():
        click.echo("  警告：未加密。同一网络里的人可能看到密码和分数。请用 --tls 启动，或使用独立网络。")
        click.echo(
            "  Warning: not encrypted. Others in this network could read passwords and marks. Start with --tls, or use"
        )
        click.echo("  a network of your own.\n")
