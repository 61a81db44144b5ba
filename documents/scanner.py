"""The virus scanner: a ClamAV daemon at CLAMD_URL (tcp://host:3310 or unix:///run/clamav/clamd.ctl), or none."""

import io
import logging
import socket
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import clamd
from django.conf import settings

from documents.choices import Scan

logger = logging.getLogger(__name__)

SCHEMES = ("tcp", "unix")
PORT = 3310


@dataclass(frozen=True)
class Verdict:
    """What the scan said; `finding` is the scanner's name for what it found."""

    result: Scan
    finding: str = ""


def is_configured() -> bool:
    return bool(settings.CLAMD_URL)


def scan(data: bytes) -> Verdict:
    """Ask the daemon. Where it is away, or cannot say, the answer is WAITING: never "clean" for want of an answer."""
    if not is_configured():
        return Verdict(Scan.NOT_SCANNED)
    try:
        answers = _daemon(settings.CLAMD_TIMEOUT).instream(io.BytesIO(data)) or {}
    except (clamd.ClamdError, OSError) as error:
        logger.warning("The virus scanner gave no answer: %s", type(error).__name__)
        return Verdict(Scan.WAITING)
    status, finding = answers.get("stream", ("ERROR", ""))
    if status == "FOUND":
        return Verdict(Scan.INFECTED, str(finding or "unnamed")[:200])
    if status == "OK":
        return Verdict(Scan.CLEAN)
    logger.warning("The virus scanner could not scan a document.")
    return Verdict(Scan.WAITING)


def answers() -> bool:
    """Whether the daemon is there, asked with a short time-out."""
    try:
        return bool(_daemon(2).ping() == "PONG")
    except (clamd.ClamdError, OSError):
        return False


class _WholeSocket(socket.socket):
    """The clamd library calls `send` and trusts that all of it went; a socket with a time-out may send a part."""

    def send(self, data: Any, flags: int = 0) -> int:
        self.sendall(data, flags)
        return len(data)


class _Careful(clamd.ClamdNetworkSocket):
    """The library's client, with the time-out for connecting too, IPv6, and no socket left open after a failure."""

    clamd_socket: _WholeSocket | None = None

    def _where(self) -> tuple[int, Any]:
        family, _, _, _, address = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)[0]
        return family, address

    def _init_socket(self) -> None:
        try:
            family, address = self._where()
            self.clamd_socket = _WholeSocket(family, socket.SOCK_STREAM)
            self.clamd_socket.settimeout(self.timeout)
            self.clamd_socket.connect(address)
        except OSError as error:
            self._close_socket()
            raise clamd.ConnectionError(str(error)) from error

    def _close_socket(self) -> None:
        if self.clamd_socket is not None:
            self.clamd_socket.close()


class _Unix(_Careful):
    def _where(self) -> tuple[int, Any]:
        return socket.AF_UNIX, self.host


def _daemon(timeout: float) -> Any:
    address = urlsplit(settings.CLAMD_URL)
    if address.scheme == "unix":
        return _Unix(host=address.path, timeout=timeout)
    return _Careful(host=address.hostname, port=address.port or PORT, timeout=timeout)
