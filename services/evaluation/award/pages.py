"""The pages of the ledger, of the award's path, and of a member's stars."""

import re
from urllib.parse import quote
from uuid import UUID

import flask
from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as Redirect

from services.evaluation import permissions
from services.evaluation.award import commands, documents, reading, schemas, verification
from services.evaluation.award import ledger as ledgers
from services.evaluation.award.domain import IDENTITIES, STATE_NAMES, AwardState
from services.evaluation.award.ledger import Ledger
from services.evaluation.pledge import store as pledges
from shared import clock, period
from shared.auth import Permission, Viewer
from shared.db import Connection
from shared.directory import store as directory
from shared.errors import Invalid, NotAllowed
from shared.scheme import store as schemes
from shared.web import door, forms, words
from shared.workbook import XLSX

blueprint = Blueprint("award_pages", __name__, url_prefix="/evaluation")
VERIFIED = {
    AwardState.VERIFIED: "资格复核通过，已转报备案。",
    AwardState.WITHHELD: "资格复核未通过，不作备案，也不递补。",
}
PERIOD = re.compile(r"^\d{4}(Q[1-4])?$")


@blueprint.get("/awards/")
@door.read(permissions.READ_AWARDS)
def show_ledger(conn: Connection, viewer: Viewer) -> str:
    """Show the ledger of a quarter or a year."""
    wanted, title, ledger = _asked(conn, viewer)
    year = int(wanted[:4])
    quarters = [f"{year}Q{number}" for number in range(1, 5)]
    return flask.render_template(
        "evaluation/award/ledger.html",
        title=title,
        wanted=wanted,
        year=year,
        quarters=quarters,
        ledger=ledger,
        state_names=STATE_NAMES,
        exports=viewer.holds(permissions.EXPORT_AWARDS),
        organization_id=request.args.get("organization_id", ""),
    )


@blueprint.get("/awards/ledger.xlsx")
@door.read(permissions.EXPORT_AWARDS)
def export_xlsx(conn: Connection, viewer: Viewer) -> Response:
    """Export the ledger as a workbook."""
    _, title, ledger = _asked(conn, viewer, permissions.EXPORT_AWARDS)
    return _file(documents.ledger_xlsx(title, ledger), XLSX, f"{title}.xlsx")


@blueprint.get("/awards/ledger.pdf")
@door.read(permissions.EXPORT_AWARDS)
def export_pdf(conn: Connection, viewer: Viewer) -> Response:
    """Print the ledger."""
    _, title, ledger = _asked(conn, viewer, permissions.EXPORT_AWARDS)
    return _file(documents.ledger_pdf(title, ledger), "application/pdf", f"{title}.pdf")


@blueprint.get("/awards/<uuid:award_id>/path")
@door.read(permissions.READ_AWARDS)
def show_path(conn: Connection, viewer: Viewer, award_id: UUID) -> str:
    """Show every step of an award."""
    found = reading.path_of_award(conn, viewer, award_id)
    organization = directory.get_organization(conn, viewer.tenant_id, found.award.organization_id)
    return flask.render_template(
        "evaluation/award/path.html", found=found, organization=organization, state_names=STATE_NAMES
    )


@blueprint.get("/awards/<uuid:award_id>/verification")
@door.read(permissions.VERIFY_AWARD)
def show_verification(conn: Connection, viewer: Viewer, award_id: UUID) -> str:
    """Show what the second verification of a winner waits for, with the forms to decide it."""
    found = verification.read(conn, viewer, award_id)
    return flask.render_template(
        "evaluation/award/verification.html",
        found=schemas.verification_shown(viewer, found),
        award=found.award,
        organization=found.organization,
        own=found.award.person_id == viewer.id,
        identities=IDENTITIES,
        decides=viewer.may(permissions.DECIDE_PROPOSAL, found.organization.path),
    )


@blueprint.post("/awards/<uuid:award_id>/verification")
@door.write(permissions.VERIFY_AWARD)
def verify(conn: Connection, viewer: Viewer, award_id: UUID) -> Redirect:
    """Decide one proposal, or only verify again."""
    given = forms.load(schemas.DecisionOnPage())
    identity = given.pop("identity")
    award = verification.verify(conn, viewer, award_id, [given] if given["code"] else [], identity)
    flask.flash(VERIFIED.get(award.state, "已记录，还有须办理的事项。"))
    last = "verification" if award.state is AwardState.ELECTED else "path"
    return flask.redirect(f"/evaluation/awards/{award_id}/{last}", 303)


@blueprint.get("/ballots/<uuid:ballot_id>/path")
@door.read(permissions.READ_AWARDS)
def show_ballot_path(conn: Connection, viewer: Viewer, ballot_id: UUID) -> str:
    """Show every step of a ballot and of the awards that came of it."""
    found = reading.path_of_ballot(conn, viewer, ballot_id)
    return flask.render_template("evaluation/award/ballot_path.html", found=found, state_names=STATE_NAMES)


@blueprint.get("/people/<uuid:person_id>/stars")
@door.read(permissions.READ_STARS)
def show_stars(conn: Connection, viewer: Viewer, person_id: UUID) -> str:
    """Show a member's published awards."""
    person, awards = commands.list_stars(conn, viewer, person_id)
    appraised = pledges.list_appraised(conn, viewer.tenant_id, [person.id]).get(person.id, [])
    return flask.render_template("evaluation/award/stars.html", person=person, awards=awards, appraised=appraised)


@blueprint.get("/people/<uuid:person_id>/stars.xlsx")
@door.read(permissions.READ_STARS)
def export_stars(conn: Connection, viewer: Viewer, person_id: UUID) -> Response:
    """Export a member's published awards."""
    person, awards = commands.list_stars(conn, viewer, person_id)
    organization = directory.get_organization(conn, viewer.tenant_id, person.organization_id)
    star = schemes.current(conn, organization).labels.star
    return _file(documents.stars_xlsx(person, awards, star), XLSX, f"{person.name}获评情况.xlsx")


def _asked(
    conn: Connection, viewer: Viewer, permission: Permission = permissions.READ_AWARDS
) -> tuple[str, str, Ledger]:
    """Read which ledger the address asks for: a quarter or a year, perhaps of one organisation."""
    wanted = request.args.get("period") or period.of(clock.today())
    if not PERIOD.match(wanted):
        raise Invalid("季度的写法应如 2013Q1，年度应如 2013。")
    given = request.args.get("organization_id")
    try:
        organization_id = UUID(given) if given else None
    except ValueError as error:
        raise Invalid("编号格式不对。") from error
    name, place = "", viewer.organization
    if organization_id is not None:
        organization = directory.get_organization(conn, viewer.tenant_id, organization_id)
        within = [path for path in viewer.places(permission) if path.startswith(organization.path)]
        if not within and not viewer.may(permission, organization.path):
            raise NotAllowed
        name, place = organization.name, organization
    when = words.period(wanted) if "Q" in wanted else f"{wanted}年"
    title = f"{name}{when}党员“{schemes.current(conn, place).labels.star}”评选工作台账"
    return wanted, title, ledgers.load(conn, viewer, wanted, organization_id, permission)


def _file(content: bytes, kind: str, name: str) -> Response:
    response = Response(content, content_type=kind)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
