"""What sign-in asks of people: a password of their own."""

from datetime import date

from services.roster.session import commands
from services.roster.session.tickets import ME
from shared.auth import Viewer
from shared.db import Connection
from shared.web.tasks import Task


def provider(conn: Connection, viewer: Viewer, _today: date) -> list[Task]:
    """Ask who has a password that somebody else set for a new one."""
    account = commands.account_of(conn, viewer.person)
    if account is None or not account.must_change:
        return []
    return [Task("改成自己的密码", f"{ME}#password", "去修改", note="现在的密码是他人设置的。")]
