"""The beginning: the top organisation of a university and its first administrator, in a database that has none.

`python -m services.roster.bootstrap --name 中共××学院委员会 --code xx --number T0001 --admin 张三` reads the
administrator's password from `ADMIN_PASSWORD` or from the standard input.
"""

import argparse
import getpass
import os
import sys
from dataclasses import dataclass
from uuid import UUID, uuid4

import psycopg

from services.roster.organization import commands as organizations
from services.roster.organization import store
from services.roster.person import commands as people
from services.roster.person import rules
from services.roster.position import commands as positions
from services.roster.position.rules import appointed
from services.roster.session.commands import set_password
from shared import clock, config
from shared.db import Connection, reached
from shared.directory.domain import Kind, Role, Standing
from shared.errors import Refusal, RuleBroken


class AlreadyBegun(RuleBroken):
    """数据库中已有组织，不能再初始化。"""


@dataclass(frozen=True)
class Beginning:
    """What a university begins with."""

    name: str
    code: str
    number: str
    admin: str
    password: str


def begin(conn: Connection, beginning: Beginning) -> UUID:
    """Enter the top organisation and the first administrator; give the university's id.

    Raises `AlreadyBegun`, `CodeInvalid`, `PasswordWeak`.
    """
    tenant_id = uuid4()
    store.lock_roster(conn, UUID(int=0))
    if not store.is_empty(conn):
        raise AlreadyBegun
    data = {"kind": Kind.COMMITTEE, "name": beginning.name, "code": beginning.code}
    top = organizations.enter(conn, tenant_id, None, data, first=True)
    draft = rules.drafted(tenant_id, beginning.number, beginning.admin, top.id)
    record = people.keep(conn, draft, rules.changed(draft, {"standing": Standing.NONPARTY}))
    positions.publish(conn, appointed(record.person, top, Role.ADMINISTRATOR, clock.today(), [], by=None))
    set_password(conn, tenant_id, record.person.id, beginning.password)
    return tenant_id


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m services.roster.bootstrap", description="初始化一所学校")
    parser.add_argument("--name", required=True, help="党委全称")
    parser.add_argument("--code", required=True, help="党委的组织编号，字母和数字")
    parser.add_argument("--number", required=True, help="第一位系统管理员的学工号")
    parser.add_argument("--admin", required=True, help="第一位系统管理员的姓名")
    given = parser.parse_args()
    beginning = Beginning(given.name, given.code, given.number, given.admin, _password())
    try:
        with config.read(), reached("roster"), psycopg.connect(config.database_url("roster")) as conn:
            tenant_id = begin(conn, beginning)
    except Refusal as refusal:
        sys.exit("\n".join([refusal.message, *refusal.details]))
    sys.stdout.write(f"{tenant_id}\n")


def _password() -> str:
    if "ADMIN_PASSWORD" in os.environ:
        return os.environ["ADMIN_PASSWORD"]
    return getpass.getpass("管理员密码：") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


if __name__ == "__main__":
    main()
