"""Where mail leaves: an SMTP server, or a folder that takes it in development (`MAIL_URL`)."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

TIMEOUT = 10.0


class Unreachable(Exception):  # noqa: N818 — the mail is tried again
    """The server cannot be reached or asks to come back later."""


class Undeliverable(Exception):  # noqa: N818 — the mail is given up
    """The server refuses this mail for good."""


class Gateway(Protocol):
    """Takes one mail after another; the same Message-ID twice is one mail to its reader."""

    def send(self, mail: EmailMessage) -> None:
        """Send a mail. Raises `Unreachable`, `Undeliverable`."""


@contextmanager
def open_gateway(url: str) -> Iterator[Gateway]:
    """Open the way out: file:///folder, smtp://user:password@host:port (encrypted where the server can), smtps://….

    Raises `Unreachable`, and `ValueError` for another address.
    """
    parts = urlsplit(url)
    if parts.scheme == "file":
        yield _Folder(Path(unquote(parts.path)))
    elif parts.scheme in {"smtp", "smtps"}:
        server = _connect(parts)
        try:
            yield _Smtp(server)
        finally:
            _leave(server)
    else:
        raise ValueError(f"MAIL_URL: {parts.scheme} is not file, smtp or smtps")


class _Folder:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, mail: EmailMessage) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            name = mail["Message-ID"].strip("<>").partition("@")[0]
            part = self.folder / f".{name}.part"
            part.write_bytes(mail.as_bytes())
            part.rename(self.folder / f"{name}.eml")
        except OSError as error:
            raise Unreachable(type(error).__name__) from error


class _Smtp:
    def __init__(self, server: smtplib.SMTP) -> None:
        self.server = server

    def send(self, mail: EmailMessage) -> None:
        try:
            self.server.send_message(mail)
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise _fault(max(codes, default=500)) from error
        except smtplib.SMTPResponseException as error:
            raise _fault(error.smtp_code) from error
        except (OSError, smtplib.SMTPException) as error:
            raise Unreachable(type(error).__name__) from error


def _fault(code: int) -> Exception:
    return Undeliverable(f"SMTP {code}") if code >= 500 else Unreachable(f"SMTP {code}")


def _connect(parts: SplitResult) -> smtplib.SMTP:
    secure = ssl.create_default_context()
    try:
        if parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                parts.hostname or "", parts.port or 465, timeout=TIMEOUT, context=secure
            )
        else:
            server = smtplib.SMTP(parts.hostname or "", parts.port or 25, timeout=TIMEOUT)
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=secure)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(type(error).__name__) from error
    return server


def _leave(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()
