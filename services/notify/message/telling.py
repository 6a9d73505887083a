"""Telling people what an event means to them: once an event, in a neutral sentence, with a link."""

from collections.abc import Sequence
from uuid import UUID

from services.notify.message import commands
from services.notify.message.domain import Kind
from shared.db import Connection
from shared.events import Message


def send(conn: Connection, message: Message, people: Sequence[UUID | None], kind: Kind, href: str) -> None:
    """Tell people something; who is nobody is left out."""
    known = [each for each in people if each is not None]
    commands.send(conn, message.tenant_id, known, kind, href, message.time, cause=message.id)
