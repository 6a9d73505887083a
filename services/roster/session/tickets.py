"""What the doors of sign-in share: a signed token, its cookie, and what somebody gives to sign in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import flask
from flask import current_app, request
from werkzeug.wrappers import Response

from services.roster.session import rules
from services.roster.session.commands import Attempt, account_of, device
from shared import clock
from shared.auth import session
from shared.config import Config
from shared.db import Connection
from shared.directory import store as directory
from shared.directory.domain import Organization, Person
from shared.web.flood import address

ME = "/roster/me"
SIGN_IN = "/roster/sign-in"
DEVICE, KEPT = "shanguang_device", timedelta(days=180)
"""The cookie by which a device is known to the person who signed in at it, and how long; only sign-in is sent it."""


@dataclass(frozen=True)
class Ticket:
    """A fresh sign-in."""

    token: str
    person: Person
    organization: Organization
    expires_at: datetime
    must_change: bool

    @property
    def holder(self) -> dict[str, Any]:
        """Give the person with the organisation, as the API shows them."""
        person = self.person
        return {"id": person.id, "name": person.name, "number": person.number, "organization": self.organization}


def issue(conn: Connection, person: Person, *, by_campus: bool = False) -> Ticket:
    """Sign a token for a person; whom the campus vouches for needs no password of ours, and so no own one."""
    account = account_of(conn, person)
    must_change = not by_campus and account is not None and account.must_change
    token = session.issue(
        config().session_private_key,
        tenant_id=person.tenant_id,
        person_id=person.id,
        epoch=person.session_epoch,
        must_change=must_change,
    )
    organization = directory.get_organization(conn, person.tenant_id, person.organization_id)
    return Ticket(token, person, organization, clock.real() + session.LASTS, must_change)


def attempt(number: str, password: str, university: str) -> Attempt:
    """Put together what somebody gives to sign in with where it comes from."""
    return Attempt(number, password, university, address(), config().secret_key, request.cookies.get(DEVICE, ""))


def enter(ticket: Ticket, target: str) -> Response:
    """Set the cookie and go to a page; first to change a password that somebody else set, and from there to it."""
    if ticket.must_change:
        flask.flash("您的密码是他人设置的，请先改成自己的密码。", "warning")
        onward = "" if target == rules.HOME else "?" + urlencode({"next": target})
        target = f"{ME}{onward}#password"
    response = flask.redirect(target, 303)
    response.set_cookie(
        session.COOKIE,
        ticket.token,
        max_age=session.LASTS,
        path="/",
        secure=config().secure,
        httponly=True,
        samesite="Lax",
    )
    response.set_cookie(
        DEVICE,
        device(config().secret_key, ticket.person.tenant_id, ticket.person.number),
        max_age=KEPT,
        path=SIGN_IN,
        secure=config().secure,
        httponly=True,
        samesite="Lax",
    )
    return response


def leave(target: str) -> Response:
    """Take the cookie away and go to a page."""
    response = flask.redirect(target, 303)
    response.delete_cookie(session.COOKIE, path="/", secure=config().secure, httponly=True, samesite="Lax")
    return response


def config() -> Config:
    """Give the configuration of the application."""
    found: Config = current_app.extensions["shanguang"]
    return found
