"""The page at the root and the workbench."""

import flask
from flask import Blueprint

from services.roster import permissions
from services.roster.home.links import shown_to
from services.roster.session import commands as sessions
from shared.db import Connection
from shared.web import door

blueprint = Blueprint("home_pages", __name__)
SERVICES = {"evaluation": "评选", "ballot": "投票", "notify": "备案与公示", "roster": "名册", "pledge": "承诺"}
"""Each shows its own tasks; one that does not answer leaves the others as they are."""


@blueprint.get("/")
@blueprint.get("/roster/")
@door.public_read(permissions.SEE_HOME)
def show_home(conn: Connection) -> str:
    """Show the workbench, or what this is and where to sign in."""
    viewer = door.viewer_or_none(conn)
    if viewer is None:
        return flask.render_template("roster/home/landing.html", steps=STEPS)
    offices = sessions.offices(conn, viewer.person)
    return flask.render_template(
        "roster/home/workbench.html", services=SERVICES, offices=offices, links=shown_to(viewer)
    )


STEPS = (
    ("登记", "如实登记一个季度的闪光言行"),
    ("交流点评", "会上介绍，逐人点评"),
    ("无记名投票", "按党员数的比例评选"),
    ("资格复核", "对照不能评选的情形再核一遍"),
    ("备案", "报党委组织部备案"),
    ("公示", "听取意见，受理异议"),
    ("发布", "公布结果，宣传事迹"),
)
