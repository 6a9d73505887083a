"""What a reviewer sees: the queue, and one pledge with its hints, its likes and every earlier round."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.pledge import permissions
from services.pledge.pledge import hints, reading
from services.pledge.pledge import store as pledges
from services.pledge.pledge.domain import IN_REVIEW, VersionState
from services.pledge.pledge.reading import View
from services.pledge.review import commands, store
from services.pledge.review.domain import Review
from services.pledge.review.store import Waiting
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import store as directory
from shared.errors import NotAllowed, Refusal

MOST = 300
"""Pledges that a queue shows at once; the oldest come first, so that none is forgotten."""


@dataclass(frozen=True)
class Round:
    """What one reviewer decided, with the name."""

    review: Review
    name: str


@dataclass(frozen=True)
class Like:
    """A pledge of the same branch and year that reads much like this one."""

    pledge_id: UUID
    name: str
    headline: str


@dataclass(frozen=True)
class Case:
    """A pledge before its reviewer (or, without `matter`, before its pledger)."""

    view: View
    rounds: list[Round]
    matter: commands.Matter | None
    refused: str
    """why the reader may not decide; empty when the reader may"""
    likes: list[Like]

    @property
    def open(self) -> bool:
        """Say whether the reader may decide now."""
        return self.matter is not None and not self.refused


def show(conn: Connection, viewer: Viewer, pledge_id: UUID) -> Case:
    """Show a pledge with its rounds to who may see its drafts. Raises `PledgeNotFound`, `NotAllowed`."""
    view = reading.show(conn, viewer, pledge_id)
    if not view.whole:
        raise NotAllowed
    rounds = list_rounds(conn, view)
    try:
        matter = commands.matter(conn, view.pledge, view.organization)
    except Refusal:
        return Case(view, rounds, None, "", [])
    earlier = {one.review.reviewed_by for one in rounds if one.review.version == matter.version.number}
    refused = commands.may(conn, viewer, matter, earlier)
    return Case(view, rounds, matter, refused, _likes(conn, matter) if not refused else [])


def list_rounds(conn: Connection, view: View) -> list[Round]:
    """Give every round of a pledge with the reviewers' names, the first round first."""
    reviews = store.list_reviews(conn, view.pledge)
    named = directory.list_named(conn, view.pledge.tenant_id, [one.reviewed_by for one in reviews])
    return [Round(one, named[one.reviewed_by].name if one.reviewed_by in named else "") for one in reviews]


def _likes(conn: Connection, matter: commands.Matter) -> list[Like]:
    """Give the pledges that read much like this one (R-038)."""
    pledge = matter.pledge
    texts = pledges.list_headlines(conn, pledge.tenant_id, pledge.organization_id, pledge.year)
    titles = store.list_titles(conn, pledge.tenant_id, pledge.organization_id, pledge.year)
    text, title = texts.pop(pledge.id, ""), titles.pop(pledge.id, "")
    limit = matter.scheme.pledge.likeness
    alike = list(dict.fromkeys([*hints.alike(title, titles, limit), *hints.alike(text, texts, limit)]))[:5]
    found = [pledges.read(conn, pledge.tenant_id, pledge_id) for pledge_id in alike]
    named = directory.list_named(conn, pledge.tenant_id, [one.person_id for one in found if one.person_id])
    return [
        Like(one.id, named[one.person_id].name if one.person_id in named else matter.organization.name, titles[one.id])
        for one in found
    ]


def queue(conn: Connection, viewer: Viewer) -> list[Waiting]:
    """Give what waits for this person's decision, the oldest first."""
    waiting = _listed(conn, viewer, tuple(IN_REVIEW))
    deciders = store.list_deciders(conn, viewer.tenant_id, [one.pledge_id for one in waiting])
    return [one for one in waiting if _may(conn, viewer, one, deciders.get((one.pledge_id, one.version), set()))]


def followed(conn: Connection, viewer: Viewer) -> list[Waiting]:
    """Give what was sent back and is not mended yet, for those who follow it up (R-055)."""
    return _listed(conn, viewer, (VersionState.RETURNED,))


def _listed(conn: Connection, viewer: Viewer, states: Sequence[VersionState]) -> list[Waiting]:
    paths = viewer.places(permissions.REVIEW)
    if not paths:
        return []
    found = store.list_waiting(conn, viewer.tenant_id, paths, states, MOST)
    return [one for one in found if viewer.may(permissions.REVIEW, one.path)]


def _may(conn: Connection, viewer: Viewer, one: Waiting, earlier: set[UUID]) -> bool:
    pledge = pledges.read(conn, viewer.tenant_id, one.pledge_id)
    organization = directory.get_organization(conn, viewer.tenant_id, one.organization_id)
    return not commands.may(conn, viewer, commands.matter(conn, pledge, organization), earlier)
