"""What the board shows of an electronic ballot, to everybody and to those inside the branch."""

from dataclasses import dataclass, replace
from functools import lru_cache
from uuid import UUID

from services.ballot import permissions
from services.ballot.ballot import disclosure
from services.ballot.ballot import store as ballots
from services.ballot.ballot.commands import scheme_of
from services.ballot.ballot.domain import STATE_NAMES, Ballot, Candidate
from services.ballot.box import store
from services.ballot.box.domain import Box, Chain
from services.ballot.box.opening import uuid_of
from services.ballot.grading import store as gradings
from services.ballot.grading.domain import Asked
from services.ballot.ledger import store as ledger
from services.ballot.protocol.text import hex_hash
from services.ballot.protocol.trustees import Trustees
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import store as directory
from shared.directory.domain import Organization
from shared.scheme import Scheme

PAGE = 500
"""Tracking numbers of one page: there may be thousands, and a phone shows them."""


@dataclass(frozen=True)
class Board:
    """A board as one reader may see it; `whole` says whether the archive is given with its result."""

    ballot: Ballot
    organization: Organization
    scheme: Scheme
    box: Box
    chain: Chain | None
    candidates: list[Candidate]
    count: int
    """of all ballots in the box, replaced ones too"""
    trackers: list[str]
    """one page of their numbers"""
    page: int
    pages: int
    whole: bool
    sees_totals: bool
    """whether the page itself names what each candidate got: the archive is for proof, not for a list of losers"""
    for_all: bool
    """whether the result is in the archive that everybody gets"""
    asked: list[Asked]
    """the lines of a grading; to those outside none, for they name members"""
    lines: int
    """how many lines a grading has"""

    @property
    def first(self) -> int:
        """Give the place of the first tracking number of this page, from 1."""
        return (self.page - 1) * PAGE + 1

    @property
    def state_name(self) -> str:
        """Say the state in words."""
        return STATE_NAMES[self.ballot.state]

    @property
    def uuid(self) -> str:
        """Give the name of the archive."""
        return uuid_of(self.ballot.id)

    @property
    def size(self) -> int:
        """Give how many bytes of the archive this reader gets: it only grows, so a part of it is a beginning of it."""
        if self.chain is None:
            return 0
        return self.chain.size if self.whole else min(self.chain.size, self.chain.sealed_size or self.chain.size)

    @property
    def holders(self) -> tuple[int, int] | None:
        """Give how many hold the key, and how many of them must agree to decrypt."""
        if self.box.trustees is None:
            return None
        return _holders(self.box.trustees)

    @property
    def fingerprints(self) -> list[tuple[str, str]]:
        """Give what can be compared by voice: of the election and of the key."""
        if self.box.election is None or self.box.trustees is None:
            return []
        return [("选举文件", hex_hash(self.box.election)), ("计票密钥", hex_hash(self.box.trustees))]


@lru_cache(maxsize=50)
def _holders(trustees: str) -> tuple[int, int]:
    read = Trustees.parse(trustees)
    return len(read.owners), read.threshold


def show(conn: Connection, viewer: Viewer | None, ballot_id: UUID, *, page: int = 0) -> Board:
    """Show the board of an electronic ballot, with one page of tracking numbers or (0) none. Raises `BoxNotFound`."""
    box = store.find(conn, ballot_id)
    ballot = ballots.read(conn, box.tenant_id, ballot_id)
    organization = directory.get_organization(conn, ballot.tenant_id, ballot.organization_id)
    scheme = scheme_of(conn, ballot)
    whole = _is_whole(viewer, ballot, organization, scheme)
    sees = whole and disclosure.sees_totals(viewer, ballot, organization, scheme)
    place = (ballot.tenant_id, ballot.id)
    count = store.count_trackers(conn, *place) if page else 0
    candidates = ballots.list_candidates(conn, ballot.tenant_id, ballot.id)
    asked = gradings.list_of(conn, ballot.tenant_id, ballot.id) if ballot.is_grading else []
    inside = _is_inside(viewer, ballot, organization)
    return Board(
        ballot=ballot,
        organization=organization,
        scheme=scheme,
        box=box,
        chain=ledger.find(conn, ballot.tenant_id, ballot.id),
        candidates=candidates if sees else [replace(each, votes=None, electronic_votes=None) for each in candidates],
        count=count,
        trackers=store.list_trackers(conn, *place, limit=PAGE, offset=(page - 1) * PAGE) if page else [],
        page=page,
        pages=-(-count // PAGE),
        whole=whole,
        sees_totals=sees,
        for_all=_is_whole(None, ballot, organization, scheme),
        asked=[each if whole else replace(each, counts=None, blank=None) for each in asked] if inside else [],
        lines=len(asked),
    )


def _is_whole(viewer: Viewer | None, ballot: Ballot, organization: Organization, scheme: Scheme) -> bool:
    """Say whether the archive is given with its result: a handful's would betray votes outside the branch (5.1).

    The archive shows the electronic totals and the count the sum, so that the papers follow too: each channel by itself
    must be large enough. What members say of one another in a grading is never shown outside.
    """
    if ballot.counted_at is None:
        return False
    if ballot.is_grading:
        return _is_inside(viewer, ballot, organization)
    if ballot.is_split_safe(scheme.ballot.disclosed_from):
        return True
    if viewer is None or not _is_inside(viewer, ballot, organization):
        return False
    # Beside a handful of papers not even the branch: who knows both sums knows what stands on those papers.
    return not ballot.issued or viewer.id in ballot.tellers


def _is_inside(viewer: Viewer | None, ballot: Ballot, organization: Organization) -> bool:
    """Say whether a reader belongs to the branch or counts its ballot."""
    if viewer is None or viewer.tenant_id != ballot.tenant_id:
        return False
    return viewer.id in ballot.tellers or viewer.may(permissions.SEE_WHOLE_BOARD, organization.path)
