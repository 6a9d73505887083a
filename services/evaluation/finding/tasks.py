"""What findings ask of people: the member's reply, the committee's decision, the review above."""

from datetime import date

from services.evaluation import permissions
from services.evaluation.finding import store
from services.evaluation.finding.domain import Finding, FindingState
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import branches as branch
from shared.web.tasks import Task


def provider(conn: Connection, viewer: Viewer, today: date) -> list[Task]:
    """Give the tasks; their titles name neither persons nor conditions (requirements 2.10)."""
    about = store.list_about(conn, viewer.tenant_id, viewer.id)
    return [task for one in about if (task := _own(one, today))] + _of_branches(conn, viewer, today)


def _own(one: Finding, today: date) -> Task | None:
    if one.state is FindingState.HEARING:
        note = "申辩期内可以提交申辩或放弃申辩"
        return Task("请阅读支部告知并申辩", _href(one), "查看", one.reply_until_on, note)
    open_still = one.asked_until_on is None or today <= one.asked_until_on
    if one.state is FindingState.DECIDED and one.in_force and open_still:
        return Task("支部已就与您有关的一件事项作出结论", _href(one), "查看", None, "不服的，可请党总支复核")
    return None


def _of_branches(conn: Connection, viewer: Viewer, today: date) -> list[Task]:
    if not viewer.holds(permissions.DECIDE_FINDING) and not viewer.holds(permissions.REVIEW_FINDING):
        return []
    branches = {one.id: one.path for one in branch.list_readable(conn, viewer, permissions.PROPOSE_FINDING)}
    tasks = []
    for one in store.list_open(conn, viewer.tenant_id, list(branches)):
        path = branches[one.organization_id]
        known = not one.sensitive or viewer.may(permissions.READ_SENSITIVE_FINDING, path)
        if one.person_id != viewer.id and known and (task := _task(viewer, one, path, today)):
            tasks.append(task)
    return tasks


def _task(viewer: Viewer, one: Finding, path: str, today: date) -> Task | None:
    if viewer.may(permissions.DECIDE_FINDING, path):
        if one.state is FindingState.PROPOSED:
            return Task("一项认定尚未告知本人", _href(one), "去告知")
        over = one.reply_until_on is not None and one.reply_until_on < today
        if one.state is FindingState.REPLIED or (one.state is FindingState.HEARING and over):
            return Task("一项认定等待支委会研究", _href(one), "去认定")
    reviews = viewer.may(permissions.REVIEW_FINDING, path) and one.decided_by != viewer.id
    if one.state is FindingState.DECIDED and one.established and reviews:
        return Task("一项认定等待复核", _href(one), "去复核")
    return None


def _href(finding: Finding) -> str:
    return f"/evaluation/findings/{finding.id}"
