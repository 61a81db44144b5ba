"""A little virus scanner that speaks clamd's protocol (PING, INSTREAM) on a socket, for tests without ClamAV."""

import socketserver
import struct
import threading
from pathlib import Path

from tests.documents.files import EICAR


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        command = self.rfile.readline().strip()
        if command == b"nPING":
            self.wfile.write(b"PONG\n")
        elif command == b"nINSTREAM":
            data = self._stream()
            self.server.seen.append(data)
            self.wfile.write(
                self.server.answer or (b"stream: Eicar-Test FOUND\n" if EICAR in data else b"stream: OK\n")
            )

    def _stream(self) -> bytes:
        parts = []
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            parts.append(self.rfile.read(size))
        return b"".join(parts)


class _Tcp(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


class _Unix(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


class Scanner:
    """Runs until `stop`. `url` is what CLAMD_URL takes, `seen` what was scanned, `answer` overrides the verdict."""

    def __init__(self, path: Path | None = None) -> None:
        self.server = _Unix(str(path), _Handler) if path else _Tcp(("127.0.0.1", 0), _Handler)
        self.server.seen, self.server.answer = [], b""
        self.url = f"unix://{path}" if path else f"tcp://127.0.0.1:{self.server.server_address[1]}"
        self._thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05})
        self._thread.start()

    @property
    def seen(self) -> list[bytes]:
        return self.server.seen

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self._thread.join()
