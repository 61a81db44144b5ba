"""A mail server for one machine: it accepts every mail and keeps it as a file, nothing leaves.

    python -m cspr.mailcatcher [--host 127.0.0.1] [--port 1025] [--folder var/mail]

Each mail is one .eml file, there whole or not at all, that starts with the envelope (X-Envelope-From, X-Envelope-To).
`accepted.log` beside them gets one line per accepted mail: Message-ID, a tab, the recipients parted by commas.
"""

import argparse
import asyncio
import email.policy
import os
import signal
import sys
from datetime import UTC, datetime
from email import message_from_bytes
from itertools import count
from pathlib import Path

from aiosmtpd.controller import UnthreadedController
from aiosmtpd.smtp import SMTP, Envelope, Session

from cspr.local import state_dir

LOG_NAME = "accepted.log"


class Catcher:
    """aiosmtpd's handler: a mail is accepted (250) once its file and its line in the log are written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = count(1)
        folder.mkdir(parents=True, exist_ok=True)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        content = envelope.content
        if not isinstance(content, bytes):
            return "554 Only bytes are kept here"
        recipients = ",".join(envelope.rcpt_tos)
        header = f"X-Envelope-From: {envelope.mail_from}\r\nX-Envelope-To: {recipients}\r\n"
        moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
        path = self.folder / f"{moment}-{os.getpid()}-{next(self._numbers)}.eml"
        part = path.with_suffix(".part")
        part.write_bytes(header.encode() + content)
        part.rename(path)
        message_id = message_from_bytes(content, policy=email.policy.default).get("Message-ID", "")
        with (self.folder / LOG_NAME).open("a") as log:
            log.write(f"{message_id}\t{recipients}\n")
        return "250 Kept"


async def serve(host: str, port: int, folder: Path) -> None:
    """Accept mail until SIGTERM or SIGINT. Raises OSError where the port is taken."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    controller = UnthreadedController(Catcher(folder), hostname=host, port=port, loop=loop)
    server = await loop.create_server(controller.factory, host=host, port=port)
    sys.stdout.write(f"Mail server on {host}:{port}; mails land in {folder}\n")
    sys.stdout.flush()
    async with server:
        await stop.wait()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=int(os.environ.get("MAIL_PORT", "1025")))
    parser.add_argument("--folder", type=Path, default=state_dir() / "mail")
    arguments = parser.parse_args()
    try:
        asyncio.run(serve(arguments.host, arguments.port, arguments.folder))
    except OSError:
        sys.exit(f"The mail catcher cannot use port {arguments.port}: choose another with MAIL_PORT.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
