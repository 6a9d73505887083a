"""A role and a database for each service, made by the server's owner; what exists stays."""

from collections.abc import Mapping

import psycopg
from psycopg import sql


def make(owner_url: str, passwords: Mapping[str, str]) -> None:
    """Give each named service a role with its password and a database that only this role may enter."""
    with psycopg.connect(owner_url, autocommit=True) as conn:
        roles = {row[0] for row in conn.execute("SELECT rolname FROM pg_roles")}
        databases = {row[0] for row in conn.execute("SELECT datname FROM pg_database")}
        for service, password in passwords.items():
            name = sql.Identifier(service)
            if service not in roles:
                conn.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(name, sql.Literal(password)))
            if service not in databases:
                conn.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, name))
            conn.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
