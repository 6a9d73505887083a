"""What awards ask of people: to decide what the second verification proposes, to verify again what was set aside."""

from datetime import date

from services.evaluation import permissions
from services.evaluation.award import verification
from services.evaluation.award.domain import AwardState
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import branches as branch
from shared.web.tasks import Task
from shared.web.words import period as words

TITLES = {
    AwardState.ELECTED: ("一项当选资格须由人办理", "去办理"),
    AwardState.WITHHELD: ("一项认定已经撤销，请重新复核当选资格", "重新复核"),
}
"""They name neither persons nor conditions (requirements 2.10)."""


def provider(conn: Connection, viewer: Viewer, today: date) -> list[Task]:
    """Give the tasks of those who verify; nobody is asked about the own award."""
    if not viewer.holds(permissions.VERIFY_AWARD):
        return []
    branches = {one.id: one for one in branch.list_readable(conn, viewer, permissions.VERIFY_AWARD)}
    tasks = []
    for award in verification.list_waiting(conn, viewer, list(branches)):
        organization = branches[award.organization_id]
        # What the form writes as 党员身份 is chosen by whoever verifies; what the system proposes, by the committee.
        chooses = award.state is AwardState.WITHHELD or not award.identity
        decides = viewer.may(permissions.DECIDE_PROPOSAL, organization.path)
        if (chooses or decides) and award.person_id != viewer.id:
            title, action = TITLES[award.state]
            note = f"{organization.name}　{words(award.period)}"
            tasks.append(Task(title, f"/evaluation/awards/{award.id}/verification", action, None, note))
    return tasks
