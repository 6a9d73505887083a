"""What exemptions ask of people: the superior decides the requests that wait."""

from datetime import date

from services.roster.exemption import store
from services.roster.exemption.domain import EFFECT_NAMES
from services.roster.permissions import DECIDE_EXEMPTION
from services.roster.person.commands import patterns
from shared.auth import Viewer
from shared.db import Connection
from shared.web.tasks import Task


def provider(conn: Connection, viewer: Viewer, today: date) -> list[Task]:
    """Give one task for each request that the viewer may decide."""
    return [
        Task(
            title=f"审批{EFFECT_NAMES[each.effect]}申请：{each.organization_name} {each.name}",
            href=f"/roster/people/{each.person_id}#exemptions",
            action="去审批",
            note="特殊群体党员经上级党组织同意，可不参加",
        )
        for each in store.list_waiting(conn, viewer.tenant_id, patterns(viewer, DECIDE_EXEMPTION))
    ]
