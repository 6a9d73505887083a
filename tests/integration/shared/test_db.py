"""Connections as the services borrow them."""

from shared.db import open_pool
from tests.databases import Databases


def test_no_statement_of_a_service_is_compiled(database: Databases) -> None:
    pool = open_pool(database("pledge"), size=2)
    try:
        with pool.connection() as one, pool.connection() as other:
            for conn in (one, other):
                assert conn.execute("SHOW jit").fetchone() == ("off",)
                conn.rollback()
                assert conn.execute("SHOW jit").fetchone() == ("off",)
    finally:
        pool.close()
