"""Which university a visitor without sign-in looks at."""

from uuid import UUID

from shared.db import Connection
from shared.directory import store
from shared.directory.domain import Organization
from shared.errors import Invalid, NotFound


class UniversityNeeded(Invalid):
    """本系统为多所学校服务，请指明学校。"""


class NoUniversity(NotFound):
    """没有这所学校，或还没有载入组织。"""


def one(conn: Connection, university_id: UUID | None) -> Organization:
    """Give the top organisation of a university, the only one if none is named.

    Raises `UniversityNeeded` where there are several, `NoUniversity`.
    """
    found = every(conn)
    if university_id is not None:
        found = [top for top in found if university_id in (top.id, top.tenant_id)]
    if not found:
        raise NoUniversity
    if len(found) > 1:
        raise UniversityNeeded(details=[f"{top.name}：{top.id}" for top in found])
    return found[0]


def every(conn: Connection) -> list[Organization]:
    """Give the top organisations of all universities."""
    return store.list_tops(conn)
