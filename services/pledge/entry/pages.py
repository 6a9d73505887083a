"""The entrance of pledges: one's own, the window of the year, and the ways on for each role."""

import flask
from flask import Blueprint

from services.pledge import permissions
from services.pledge.pledge import reading, store
from services.pledge.pledge.domain import KIND_NAMES, VERSION_NAMES
from shared import clock
from shared import scheme as schemes
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import branches
from shared.directory import store as directory
from shared.web import door

blueprint = Blueprint("entry_pages", __name__, url_prefix="/pledge")
WAYS = (
    ("支部的承诺", "/pledge/pledges/", permissions.READ_PLEDGE),
    ("覆盖情况", "/pledge/coverage/", permissions.READ_COVERAGE),
    ("免予参加和鼓励办理", "/pledge/treatments/", permissions.READ_TREATMENT),
    ("承诺的时间安排", "/pledge/rounds/", permissions.READ_ROUND),
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
        ways=[(label, href) for label, href, permission in WAYS if viewer.holds(permission)],
    )  # fmt: skip
