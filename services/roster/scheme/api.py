"""JSON endpoints on schemes and their versions."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from services.roster import permissions
from services.roster.scheme import commands, presets, schemas, store
from services.roster.scheme.domain import Document, Preset, Version
from shared.auth import Viewer
from shared.db import Connection
from shared.scheme import SETTINGS
from shared.web import door

blueprint = Blueprint("scheme", __name__, url_prefix="/roster/api", description="制度方案")


@blueprint.route("/schemes", methods=["GET"])
@door.read(permissions.READ_SCHEMES)
@blueprint.response(200, schemas.SchemesShown)
def list_schemes(conn: Connection, viewer: Viewer) -> dict[str, Any]:
    """List every version of every scheme, the presets, and the settings that there are."""
    return {
        "schemes": store.list_all(conn, viewer.tenant_id),
        "presets": list(presets.every().values()),
        "kinds": SETTINGS,
    }


@blueprint.route("/presets/<code>", methods=["GET"])
@door.read(permissions.READ_SCHEMES)
@blueprint.response(200, schemas.PresetShown)
def show_preset(_conn: Connection, _viewer: Viewer, code: str) -> Preset:
    """Show a preset with every setting and its source."""
    return presets.get(code)


@blueprint.route("/schemes", methods=["POST"])
@door.write(permissions.WRITE_SCHEMES)
@blueprint.arguments(schemas.SchemeCopy)
@blueprint.response(201, schemas.VersionShown)
def copy(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> Version:
    """Draft a scheme of the university's own from a preset or from another version."""
    basis: Version | Preset
    if data["preset"]:
        basis = presets.get(data["preset"])
    else:
        basis = store.get_version(conn, viewer.tenant_id, data["scheme_id"], data["version"])
    return commands.copy(conn, viewer, data["name"], basis, _document(data))


@blueprint.route("/schemes/<uuid:scheme_id>/versions", methods=["POST"])
@door.write(permissions.WRITE_SCHEMES)
@blueprint.response(201, schemas.VersionShown)
def draft(conn: Connection, viewer: Viewer, scheme_id: UUID) -> Version:
    """Draft the next version of a scheme."""
    return commands.draft(conn, viewer, scheme_id)


@blueprint.route("/schemes/<uuid:scheme_id>/versions/<int:version>", methods=["GET"])
@door.read(permissions.READ_SCHEMES)
@blueprint.response(200, schemas.VersionShown)
def show(conn: Connection, viewer: Viewer, scheme_id: UUID, version: int) -> Version:
    """Show a version with every setting and its source."""
    return store.get_version(conn, viewer.tenant_id, scheme_id, version)


@blueprint.route("/schemes/<uuid:scheme_id>/versions/<int:version>", methods=["PATCH"])
@door.write(permissions.WRITE_SCHEMES)
@blueprint.arguments(schemas.SchemeChange)
@blueprint.response(200, schemas.VersionShown)
def change(conn: Connection, viewer: Viewer, data: dict[str, Any], scheme_id: UUID, version: int) -> Version:
    """Change a draft."""
    return commands.change(conn, viewer, scheme_id, version, _document(data), data["settings"])


@blueprint.route("/schemes/<uuid:scheme_id>/versions/<int:version>", methods=["DELETE"])
@door.write(permissions.WRITE_SCHEMES)
@blueprint.response(204)
def discard(conn: Connection, viewer: Viewer, scheme_id: UUID, version: int) -> None:
    """Give up a draft."""
    commands.discard(conn, viewer, scheme_id, version)


@blueprint.route("/schemes/<uuid:scheme_id>/versions/<int:version>/publish", methods=["POST"])
@door.write(permissions.WRITE_SCHEMES)
@blueprint.response(200, schemas.VersionShown)
def publish(conn: Connection, viewer: Viewer, scheme_id: UUID, version: int) -> Version:
    """Make a draft final; it can then be adopted and never changes."""
    return commands.publish(conn, viewer, scheme_id, version)


def _document(data: dict[str, Any]) -> Document:
    return Document(data["number"], data["title"], data["on"])
