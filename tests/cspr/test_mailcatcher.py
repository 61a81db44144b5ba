"""The mail catcher: a real SMTP conversation ends as a whole file and a line in the log."""

import signal
import smtplib
from email import message_from_bytes
from email.message import EmailMessage

from cspr.stack import port_is_free
from tests.cspr.machine import end, environment, free_port, started, wait_for


def _mail(number):
    message = EmailMessage()
    message["From"], message["To"] = "panel@partnership.example", "ada@agency.example"
    message["Subject"], message["Message-ID"] = f"CSPR-2026-01{number}", f"<key-{number}@partnership.example>"
    message.set_content("A date is near.\n")
    return message


def test_each_mail_is_kept_whole_and_logged(tmp_path):
    port, folder = free_port(), tmp_path / "mail"
    command = ("-m", "cspr.mailcatcher", "--port", str(port), "--folder", str(folder))
    with started(*command, env=environment(tmp_path)) as catcher:
        wait_for(lambda: not port_is_free(port), "the mail catcher", catcher)
        with smtplib.SMTP("127.0.0.1", port) as client:
            client.send_message(_mail(1), to_addrs=["ada@agency.example", "hidden@agency.example"])
            client.send_message(_mail(2))
        with started(*command, env=environment(tmp_path)) as second:
            said, _ = second.communicate(timeout=60)
        assert said == f"The mail catcher cannot use port {port}: choose another with MAIL_PORT.\n"
        assert second.returncode == 1
        end(catcher, signal.SIGTERM)
    assert catcher.returncode == 0
    first, _ = (message_from_bytes(path.read_bytes()) for path in sorted(folder.glob("*.eml")))
    assert first["Message-ID"] == "<key-1@partnership.example>"
    assert first["X-Envelope-To"] == "ada@agency.example,hidden@agency.example"
    assert first.get_payload() == "A date is near.\r\n"
    assert (folder / "accepted.log").read_text() == (
        "<key-1@partnership.example>\tada@agency.example,hidden@agency.example\n"
        "<key-2@partnership.example>\tada@agency.example\n"
    )
    assert list(folder.glob("*.part")) == []
