"""What the other nouns add to the page of a pledge: links at the stage to which they belong."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Flask, current_app

from services.pledge.pledge.domain import Pledge
from shared.auth import Viewer
from shared.db import Connection
from shared.directory.domain import Organization


@dataclass(frozen=True)
class Further:
    """A link at a stage: make, review, publish, fulfil, supervise or appraise."""

    stage: str
    label: str
    href: str


Provider = Callable[[Connection, Viewer, Pledge, Organization], Sequence[Further]]
_KEY = "pledge.further"


def register(app: Flask, providers: Sequence[Provider]) -> Flask:
    """Give the application the nouns' providers; returns it."""
    app.extensions[_KEY] = list(providers)
    return app


def collect(conn: Connection, viewer: Viewer, pledge: Pledge, organization: Organization) -> list[Further]:
    """Give all links for one reader of one pledge."""
    providers: list[Provider] = current_app.extensions[_KEY]
    return [link for provider in providers for link in provider(conn, viewer, pledge, organization)]
