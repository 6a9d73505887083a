"""Mail: messages of a person gathered into one, sent in the daytime, tried again with growing pauses."""

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import urlsplit
from uuid import uuid4

from services.notify.message import rules, store
from services.notify.message.domain import Mail, Message
from services.notify.message.gateway import Gateway, Undeliverable, Unreachable, open_gateway
from shared import config
from shared.db import Connection

BATCH = 100
AT_ONCE = 20
"""Mails of one transaction: so many may go out twice, under the same Message-ID, if the process dies."""


def gather(conn: Connection, now: datetime) -> int:
    """Make one mail of the messages that a person has waiting; give how many persons were looked at."""
    if not config.mail_url() or rules.is_quiet(now) or not store.gather_alone(conn):
        return 0
    since = now - rules.STALE
    people = store.list_to_mail(conn, since, now - rules.GATHER, BATCH)
    for tenant_id, person_id, address in people:
        if address:
            store.add_mail(conn, Mail(tenant_id, uuid4(), person_id, address, 0, now), since)
        else:
            store.keep_in(conn, tenant_id, person_id)
    return len(people)


def send(conn: Connection, now: datetime) -> int:
    """Send the mails whose time has come; give how many were tried."""
    url = config.mail_url()
    if not url or rules.is_quiet(now):
        return 0
    due = store.list_due(conn, now, AT_ONCE)
    if not due:
        return 0
    try:
        with open_gateway(url) as gateway:
            for mail in due:
                _try(conn, gateway, mail, now)
    except Unreachable as error:
        for mail in due:
            store.note_failed(conn, mail, str(error), rules.next_try(mail.attempts + 1, now))
    return len(due)


def _try(conn: Connection, gateway: Gateway, mail: Mail, now: datetime) -> None:
    try:
        gateway.send(compose(mail, store.list_carried(conn, mail), config.base_url()))
    except Unreachable as error:
        store.note_failed(conn, mail, str(error), rules.next_try(mail.attempts + 1, now))
    except (Undeliverable, ValueError) as error:
        fault = str(error) if isinstance(error, Undeliverable) else "address"
        store.note_failed(conn, mail, fault, None)
    else:
        store.note_sent(conn, mail, now)


def compose(mail: Mail, messages: list[Message], base_url: str) -> EmailMessage:
    """Write a mail: neutral sentences and links. Raises `ValueError` for an address that is none."""
    host = urlsplit(base_url).hostname or "localhost"
    written = EmailMessage()
    written["Subject"] = f"闪光：您有{len(messages)}条消息"
    written["From"] = f"notify@{host}"
    written["To"] = mail.address
    written["Date"] = format_datetime(mail.made_at)
    written["Message-ID"] = f"<{mail.id}@{host}>"
    written["Auto-Submitted"] = "auto-generated"
    lines = [f"{number}. {each.text}\n   {base_url}{each.href}" for number, each in enumerate(messages, 1)]
    foot = f"请登录后查看。此邮件由系统发出，请勿回复。\n{base_url}/notify/messages/"
    written.set_content("\n".join(lines) + f"\n\n{foot}\n")
    return written
