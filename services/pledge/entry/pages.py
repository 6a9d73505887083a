"""The entrance of pledges: one's own, the window of the year, and the ways on for each role."""

import flask
from flask import Blueprint

from services.pledge import permissions
from services.pledge.pledge import reading, store
from services.pledge.pledge.domain import KIND_NAMES, VERSION_NAMES
from shared import clock
from shared import scheme as schemes
from shared.auth import Permission, Viewer
from shared.db import Connection
from shared.directory import branches
from shared.directory import store as directory
from shared.web import door

blueprint = Blueprint("entry_pages", __name__, url_prefix="/pledge")
SEE = (
    ("支部的承诺", "/pledge/pledges/", permissions.READ_PLEDGE),
    ("公开承诺墙", "/pledge/wall/", permissions.READ_WALL),
    ("评诺", "/pledge/assessments/", permissions.LIST_ASSESSMENTS),
    ("情况通报", "/pledge/measures/announcements", permissions.READ_ANNOUNCEMENTS),
    ("承诺的时间安排", "/pledge/rounds/", permissions.READ_ROUND),
)
RUN = (
    ("覆盖情况", "/pledge/coverage/", permissions.READ_COVERAGE),
    ("审诺", "/pledge/reviews/", permissions.REVIEW),
    ("公示承诺", "/pledge/publications/", permissions.PUBLISH_PLEDGE),
    ("群众意见", "/pledge/opinions/", permissions.HANDLE_OPINION),
    ("点评和梳理总结", "/pledge/remarks/", permissions.READ_REMARKS),
    ("督诺", "/pledge/supervision/", permissions.SUPERVISE),
    ("履诺中的困难", "/pledge/difficulties/", permissions.ANSWER_DIFFICULTY),
    ("检查抽查", "/pledge/inspections/", permissions.READ_INSPECTION),
    ("关怀老党员、生活困难党员", "/pledge/care/", permissions.READ_CARE),
    ("免予参加和鼓励办理", "/pledge/treatments/", permissions.READ_TREATMENT),
    ("导入承诺", "/pledge/imports/", permissions.IMPORT_PLEDGES),
)


@blueprint.get("/")
@door.read(permissions.SEE_PLACE)
def show(conn: Connection, viewer: Viewer) -> str:
    """Show one's own pledges and what is due."""
    home = branches.of(conn, viewer.tenant_id, viewer.organization.id)
    scheme = schemes.current(conn, home)
    due = reading.due(conn, home, scheme, clock.today())
    places = viewer.places(permissions.WRITE_ORGANIZATION_PLEDGE)
    organizations = places and "organization" in scheme.pledge.forms
    mine = [
        (pledge, store.get_version(conn, pledge, pledge.version))
        for pledge in store.list_of_person(conn, viewer.tenant_id, viewer.id)
    ]
    return flask.render_template(
        "pledge/entry/show.html", home=home, scheme=scheme, due=due, mine=mine, kind_words=KIND_NAMES,
        version_words=VERSION_NAMES, writes=reading.writes(viewer.person, scheme),
        organizations=directory.list_at(conn, viewer.tenant_id, places) if organizations else [],
        ways=[("查看", _open(viewer, SEE)), ("办理", _open(viewer, RUN))],
    )  # fmt: skip


def _open(viewer: Viewer, ways: tuple[tuple[str, str, Permission], ...]) -> list[tuple[str, str]]:
    return [(label, href) for label, href, permission in ways if viewer.holds(permission)]
