"""What a reviewer sees: the queue, and one pledge with its hints, its likes and every earlier round."""

from dataclasses import dataclass
from uuid import UUID

from services.pledge import permissions
from services.pledge.pledge import hints, reading
from services.pledge.pledge import store as pledges
from services.pledge.pledge.domain import VersionState
from services.pledge.pledge.reading import View
from services.pledge.review import commands, rules, store
from services.pledge.review.domain import Review
from services.pledge.review.store import Waiting
from shared import clock
from shared import scheme as schemes
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import store as directory
from shared.errors import NotAllowed, Refusal

MOST = 100
"""Pledges on a page of the queue; the oldest come first, so that none is forgotten."""


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


@dataclass(frozen=True)
class Queue:
    """A page of what waits for one reviewer."""

    waiting: list[Waiting]
    page: int
    total: int

    @property
    def pages(self) -> int:
        """Give how many pages there are."""
        return max(1, -(-self.total // MOST))


def queue(conn: Connection, viewer: Viewer, page: int = 1) -> Queue:
    """Give a page of what waits for this person's decision, the oldest first; a page beyond the last is empty."""
    places = store.list_places(conn, viewer.tenant_id, viewer.spans(permissions.REVIEW))
    _, above = viewer.spans(permissions.REVIEW_FROM_ABOVE)
    if not places:
        return Queue([], page, 0)
    turns = _turns(conn, viewer.tenant_id)
    waiting = store.list_decidable(
        conn,
        {
            "tenant_id": viewer.tenant_id, "viewer_id": viewer.id, "places": places, "above": above,
            "officers": [str(role) for role in commands.OFFICERS], "day": clock.today(),
            "scheme_ids": [turn[0] for turn in turns], "scheme_versions": [turn[1] for turn in turns],
            "firsts": [turn[2] for turn in turns], "lasts": [turn[3] for turn in turns],
            "first": (page - 1) * MOST, "most": MOST,
        },
    )  # fmt: skip
    return Queue(waiting, page, waiting[0].total if waiting else 0)


def _turns(conn: Connection, tenant_id: UUID) -> list[tuple[UUID, int, str, str]]:
    """Give the first and the last step that members' pledges go through, by scheme."""
    found = []
    for scheme_id, scheme_version in store.list_schemes(conn, tenant_id):
        turn = rules.turn(schemes.version(conn, tenant_id, scheme_id, scheme_version))
        found.append((scheme_id, scheme_version, str(turn[0]), str(turn[-1])))
    return found


def followed(conn: Connection, viewer: Viewer) -> list[Waiting]:
    """Give what was sent back and is not mended yet, for those who follow it up (R-055)."""
    spans = viewer.spans(permissions.REVIEW)
    return store.list_waiting(conn, viewer.tenant_id, spans, VersionState.RETURNED, MOST) if any(spans) else []
