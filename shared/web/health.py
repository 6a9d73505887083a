"""Health and metrics of a web process."""

import flask
from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_LATEST

from shared import telemetry
from shared.auth import Permission
from shared.db import Connection
from shared.web import door

blueprint = Blueprint("health", __name__)
WATCH = Permission("health.read", "健康检查", public=True)


@blueprint.get("/healthz")
def alive() -> Response:
    """Say that the process answers."""
    return Response("ok\n", content_type="text/plain")


@blueprint.get("/readyz")
@door.public_read(WATCH)
def ready(conn: Connection) -> Response:
    """Say that the database answers, and how many facts wait to be published."""
    row = conn.execute("SELECT count(*) FROM outbox WHERE published_at IS NULL").fetchone()
    return flask.jsonify(ready=True, waiting=row[0] if row else 0)


@blueprint.get("/metrics")
def metrics() -> Response:
    """Give the counters for Prometheus."""
    return Response(telemetry.exposition(), content_type=CONTENT_TYPE_LATEST)


alive.permission = WATCH  # type: ignore[attr-defined]
metrics.permission = WATCH  # type: ignore[attr-defined]
