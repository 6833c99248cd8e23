"""Whether the desk can listen where it is told to."""

from __future__ import annotations

import errno
import socket

from schoolday.ground.errors import SchooldayError


def refuse_taken(host: str, port: int) -> None:
    """Refuse an address at which somebody listens already, or at which this machine cannot.

    The server's workers share their port, so a second desk would start beside the first without a word,
    and families would land now at one and now at the other. We therefore ask without sharing.
    """
    try:
        for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            with socket.socket(family, kind, protocol) as tried:
                # What an earlier desk's connections left behind does not count as somebody.
                tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                tried.bind(address)
    except OSError as error:
        raise SchooldayError(_said(host, port, error)) from None


def _said(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"something listens at {host}:{port} already: stop it, or choose another port with --port"
    return f"the desk cannot listen at {host}:{port}: {error.strerror or error}"
