"""The doors: every route names a permission; a write runs in one transaction and has one effect however often it comes.

A view behind `read` or `write` gets `(conn, viewer, …)`; behind `public_read` and `public_write` only `(conn, …)`.
The reach of a permission is checked inside, by `shared.auth.require` on the organisation of the matter.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import partial, wraps
from typing import Any
from uuid import UUID

import flask
from flask import Response, current_app, g, request

from shared import audit, clock
from shared.auth import Permission, Viewer
from shared.auth.session import COOKIE, PasswordToChange, verify
from shared.auth.viewer import load
from shared.config import Config
from shared.crypto import Vault
from shared.db import Connection, Pool
from shared.errors import Invalid, NotAllowed, NotSignedIn, Refusal, RuleBroken
from shared.web.api import wants_json

View = Callable[..., Any]
Again = Callable[..., str | None]
"""Gets what its view gets, the refusal after the connection and the viewer; gives the page with the form as it was
filled in and its faults, or nothing where the page of the refusal says enough."""
NOBODY = UUID(int=0)


class RequestReused(Invalid):
    """这个请求编号已经用于另一件事，请刷新页面再试。"""


class AnsweredOnce(RuleBroken):
    """这次请求已经办理过，结果只给一次；要再办理，请刷新页面后重新提交。"""


class TokenNeeded(NotSignedIn):
    """接口写操作须在请求头中带登录令牌。"""


def read(permission: Permission) -> Callable[[View], View]:
    """Make a view that reads: signed in, holding the permission somewhere."""
    return _door(permission, _signed_in)


def write(
    permission: Permission, *, remember: bool = True, once: bool = False, again: Again | None = None
) -> Callable[[View], View]:
    """Make a view that changes something: as `read`, in a transaction kept with its encrypted answer and audited.

    An answer that carries a credential is not remembered (`remember=False`); where a second one would undo what the
    first holds, the request that comes again is refused (`once=True`, `AnsweredOnce`). A form that carries much is
    shown `again` when it is refused.
    """
    return _shown_again(_door(permission, _signed_in, keep=True, remember=remember, once=once), again, signed_in=True)


def public_read(permission: Permission) -> Callable[[View], View]:
    """Make a view that anybody may read."""
    return _door(permission, None)


def public_write(
    permission: Permission, *, remember: bool = True, again: Again | None = None
) -> Callable[[View], View]:
    """Make a view through which anybody may say something; the same request twice has one effect.

    An answer that carries a credential is not remembered (`remember=False`). For `again` see `write`.
    """
    return _shown_again(_door(permission, None, keep=True, remember=remember), again, signed_in=False)


def bare(permission: Permission) -> Callable[[View], View]:
    """Make a view that anybody may call and that gets nothing: no connection, no transaction, no memory of requests.

    For what must be quick and makes its own effect happen once.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            return view(*args, **kwargs)

        wrapper.permission = permission  # type: ignore[attr-defined]
        wrapper.writes = True  # type: ignore[attr-defined]
        return wrapper

    return decorate


def pool() -> Pool:
    """Give the application's pool."""
    found: Pool = current_app.extensions["pool"]
    return found


def vault() -> Vault:
    """Give what encrypts at rest."""
    found: Vault = current_app.extensions["vault"]
    return found


def viewer_or_none(conn: Connection) -> Viewer | None:
    """Give who is signed in on a page that anybody may read; nobody, while an own password has yet to be made."""
    try:
        return _signed_in(conn)
    except (NotSignedIn, PasswordToChange):
        return None


def _door(
    permission: Permission,
    sign_in: Callable[..., Viewer] | None,
    *,
    keep: bool = False,
    remember: bool = True,
    once: bool = False,
) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            with pool().connection() as conn:
                viewer = sign_in(conn, early=permission.early) if sign_in else None
                if viewer is not None and not viewer.holds(permission):
                    raise NotAllowed
                given = (conn, viewer) if viewer is not None else (conn,)
                if not keep:
                    return view(*given, *args, **kwargs)
                act = partial(view, *given, *args, **kwargs)
                return _kept(conn, permission, viewer, act, kwargs, remember=remember, once=once)

        wrapper.permission = permission  # type: ignore[attr-defined]
        wrapper.writes = keep  # type: ignore[attr-defined]
        return wrapper

    return decorate


def _shown_again(door: Callable[[View], View], again: Again | None, *, signed_in: bool) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        inner = door(view)
        if again is None:
            return inner

        @wraps(inner)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            try:
                return inner(*args, **kwargs)
            except Refusal as refusal:
                # What the refused transaction held is let go: the page reads in one of its own.
                with suppress(Refusal), pool().connection() as conn:
                    given = (conn, _signed_in(conn)) if signed_in else (conn,)
                    if page := again(*given, refusal, *args, **kwargs):
                        return flask.make_response(page, refusal.status)
                raise

        return wrapper

    return decorate


def _signed_in(conn: Connection, *, early: bool = False) -> Viewer:
    token = _token()
    config: Config = current_app.extensions["shanguang"]
    claims = verify(config.session_public_key, token)
    g.must_change = bool(claims.get("must_change"))
    if g.must_change and not early:
        raise PasswordToChange
    viewer = load(conn, UUID(claims["tenant"]), UUID(claims["sub"]), claims["epoch"], clock.today())
    g.viewer = viewer
    return viewer


def _token() -> str:
    header = request.headers.get("Authorization", "")
    if header.startswith("Bearer "):
        return header.removeprefix("Bearer ")
    # A cookie travels by itself, so a foreign page could make the browser write: the JSON side wants the header.
    if wants_json() and request.method not in {"GET", "HEAD"}:
        raise TokenNeeded
    token = request.cookies.get(COOKIE)
    if not token:
        raise NotSignedIn
    return token


def _kept(
    conn: Connection,
    permission: Permission,
    viewer: Viewer | None,
    act: Callable[[], Any],
    ids: dict[str, Any],
    *,
    remember: bool,
    once: bool,
) -> Any:
    tenant_id, person_id = (viewer.tenant_id, viewer.id) if viewer else (NOBODY, NOBODY)
    key = (request.headers.get("Idempotency-Key") or request.form.get("_request", "")) if remember else ""
    if key and (earlier := _claim(conn, tenant_id, person_id, key[:200])):
        if once:
            raise AnsweredOnce
        return earlier
    response: Response = flask.make_response(act())
    if key:
        conn.execute(
            "UPDATE request SET status = %s, location = %s, body = %s "
            "WHERE tenant_id = %s AND person_id = %s AND key = %s",
            [
                response.status_code,
                response.headers.get("Location"),
                vault().seal(response.get_data(as_text=True)) if response.is_json and not once else None,
                tenant_id,
                person_id,
                key[:200],
            ],
        )
    if viewer is not None:
        subject = next((str(value) for value in ids.values()), response.headers.get("Location", ""))
        audit.note(conn, tenant_id, person_id, permission.name, subject=subject)
    return response


def _claim(conn: Connection, tenant_id: UUID, person_id: UUID, key: str) -> Response | None:
    """Enter the key, waiting for a request under way with the same one; give its answer if there is one."""
    target = f"{request.method} {request.path}"
    entered = conn.execute(
        "INSERT INTO request (tenant_id, person_id, key, target) VALUES (%s, %s, %s, %s) "
        "ON CONFLICT DO NOTHING RETURNING key",
        [tenant_id, person_id, key, target],
    ).fetchone()
    if entered:
        return None
    row = conn.execute(
        "SELECT target, status, location, body FROM request WHERE tenant_id = %s AND person_id = %s AND key = %s",
        [tenant_id, person_id, key],
    ).fetchone()
    if row is None or row[0] != target:
        raise RequestReused
    _, status, location, sealed = row
    body = vault().open(sealed) if sealed else ""
    response = Response(body, status=status, content_type="application/json" if body else "text/html")
    if location:
        response.headers["Location"] = location
    return response
