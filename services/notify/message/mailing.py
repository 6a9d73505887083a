"""Mail: messages of a person gathered into one, sent in the daytime, tried again with growing pauses."""

from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import urlsplit
from uuid import uuid4

from services.notify.message import rules, store
from services.notify.message.domain import Letter, Mail, Message, Outcome
from services.notify.message.gateway import Gateway, Undeliverable, Unreachable, open_gateway
from shared import config
from shared.db import Connection

BATCH = 100
AT_ONCE = 20
"""Mails of one claim: so many may go out twice, under the same Message-ID, if the process dies."""


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


def claim(conn: Connection, now: datetime) -> list[Letter]:
    """Take mails whose time has come, with what they carry, so that no other process sends them meanwhile."""
    if not config.mail_url() or rules.is_quiet(now):
        return []
    taken = store.claim(conn, now, now - rules.CLAIM, AT_ONCE)
    return [Letter(mail, store.list_carried(conn, mail)) for mail in taken]


def send(letters: Sequence[Letter]) -> list[Outcome]:
    """Send mails, without any transaction open; give what became of each."""
    try:
        with open_gateway(config.mail_url()) as gateway:
            return [_try(gateway, letter) for letter in letters]
    except Unreachable as error:
        return [Outcome(letter.mail, str(error), again=True) for letter in letters]


def _try(gateway: Gateway, letter: Letter) -> Outcome:
    """Send one mail; whatever goes wrong is what became of this mail, so that none is held up by another.

    Where the server's answer is lost it may have taken the mail: it goes out again under the same Message-ID.
    """
    try:
        written = compose(letter.mail, letter.messages, config.base_url())
    except Exception:  # the library's parser of addresses fails in many ways
        return Outcome(letter.mail, "address")
    try:
        gateway.send(written)
    except Unreachable as error:
        return Outcome(letter.mail, str(error), again=True)
    except Undeliverable as error:
        return Outcome(letter.mail, str(error))
    except Exception as error:  # a defect: tried again, and given up after the last pause
        return Outcome(letter.mail, type(error).__name__, again=True)
    return Outcome(letter.mail)


def note(conn: Connection, outcomes: Sequence[Outcome], claimed_at: datetime) -> None:
    """Keep what became of mails that were claimed at a moment; who took over an old claim speaks for them instead."""
    for outcome in outcomes:
        if outcome.fault:
            mail = outcome.mail
            again = rules.next_try(mail.attempts + 1, claimed_at) if outcome.again else None
            store.note_failed(conn, mail, outcome.fault, again, claimed_at)
        else:
            store.note_sent(conn, outcome.mail, claimed_at)


def compose(mail: Mail, messages: Sequence[Message], base_url: str) -> EmailMessage:
    """Write a mail: neutral sentences, and one link to all messages; an address of each would say what it is about.

    Raises for an address that is none, in many ways.
    """
    host = urlsplit(base_url).hostname or "localhost"
    written = EmailMessage()
    written["Subject"] = f"闪光：您有{len(messages)}条消息"
    written["From"] = f"notify@{host}"
    written["To"] = mail.address
    written["Date"] = format_datetime(mail.made_at)
    written["Message-ID"] = f"<{mail.id}@{host}>"
    written["Auto-Submitted"] = "auto-generated"
    lines = [f"{number}. {each.text}" for number, each in enumerate(messages, 1)]
    foot = f"请登录后查看。此邮件由系统发出，请勿回复。\n{base_url}/notify/messages/"
    written.set_content("\n".join(lines) + f"\n\n{foot}\n")
    return written
