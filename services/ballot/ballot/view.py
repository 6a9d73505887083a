"""What a person may see of a ballot: its state as a member, its totals only once they stand and to those entitled."""

from dataclasses import dataclass, replace
from uuid import UUID

from services.ballot import permissions
from services.ballot.answer import store as answers
from services.ballot.ballot import disclosure, store
from services.ballot.ballot.commands import access, scheme_of
from services.ballot.ballot.domain import CALL_NAMES, CHANNEL_NAMES, STATE_NAMES, Ballot, Candidate, Numbers, State
from services.ballot.box import store as boxes
from services.ballot.key import commands as keys
from services.ballot.key.domain import Progress as KeyProgress
from services.ballot.paper import store as sheets
from services.ballot.paper.domain import Correction, Sheet
from services.ballot.trouble import store as troubles
from services.ballot.trouble.domain import Trouble
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import store as directory
from shared.directory.domain import Organization
from shared.scheme import Scheme
from shared.voting.secrecy import fewest


@dataclass(frozen=True)
class Teller:
    """A teller with the name to be shown."""

    person_id: UUID
    name: str


@dataclass(frozen=True)
class Progress:
    """How far the electronic channel has come; numbers only."""

    received: int | None
    """of how many electors a ballot was received; tellers only"""
    least: int
    """how many there must be: with fewer the ballot is void once it is closed"""
    decrypted: int
    needed: int
    faults: list[tuple[int, str]]
    """seats of the key that declined or whose answer was refused, and why; tellers only"""
    key_ready: bool
    key: KeyProgress | None
    """how far a key has come that does not stand yet"""
    troubles: list[Trouble]
    """steps that failed and are tried again; tellers only"""

    @property
    def trouble(self) -> str:
        """Say what is in trouble and what to do; empty where nothing is."""
        return "".join(each.sentence for each in self.troubles)


@dataclass(frozen=True)
class Papers:
    """How the papers of a count were filled in, and how many electronic ballots were blank; none where not shown."""

    valid: int | None = None
    invalid: int | None = None
    abstained: int | None = None
    blank: int | None = None


@dataclass(frozen=True)
class View:
    """A ballot as one person may see it."""

    ballot: Ballot
    organization: Organization
    scheme: Scheme
    candidates: list[Candidate]
    shows_split: bool
    """whether it is said how many votes came through which channel: a handful of papers would be betrayed by it"""
    tellers: list[Teller]
    followers: list[Ballot]
    sheet: Sheet | None
    """the sheet that waits to be confirmed; tellers only"""
    disputed: list[Sheet]
    """earlier sheets that were disputed; tellers only"""
    corrections: list[Correction]
    progress: Progress | None
    """the electronic channel, where there is one"""
    is_teller: bool
    sees_totals: bool
    may_confirm: bool
    may_annul: bool
    may_print: bool

    @property
    def total(self) -> Numbers | None:
        """Give the numbers of both channels together, as they are announced."""
        return None if self.ballot.counted_at is None else self.ballot.total

    @property
    def papers(self) -> Papers:
        """Give the numbers of each channel by itself: of two channels only where the split is shown."""
        ballot = self.ballot
        if ballot.counted_at is None or (ballot.electronic and ballot.issued and not self.shows_split):
            return Papers()
        return Papers(ballot.valid, ballot.invalid, ballot.abstained, ballot.blank)

    @property
    def follower_ids(self) -> list[UUID]:
        """Give the ids of the ballots that repeat or complete this one."""
        return [each.id for each in self.followers]

    @property
    def state_name(self) -> str:
        """Say the state in words."""
        return STATE_NAMES[self.ballot.state]

    @property
    def channel_name(self) -> str:
        """Say on what votes are cast."""
        return CHANNEL_NAMES[self.ballot.channel]

    @property
    def call_name(self) -> str:
        """Say in words why the ballot was called."""
        return CALL_NAMES.get(self.ballot.call_reason, "投票")


def show(conn: Connection, viewer: Viewer, ballot_id: UUID) -> View:
    """Show a ballot through the access door. Raises `BallotNotFound`, `NotAllowed`."""
    ballot, organization = access(conn, viewer, permissions.READ_BALLOT, ballot_id)
    scheme = scheme_of(conn, ballot)
    is_teller = viewer.id in ballot.tellers
    found = sheets.list_sheets(conn, ballot.tenant_id, ballot.id) if is_teller else []
    waiting = found[-1] if found and ballot.state is State.ENTERED else None
    sees = disclosure.sees_totals(viewer, ballot, organization, scheme)
    candidates = store.list_candidates(conn, ballot.tenant_id, ballot.id)
    split = is_teller or ballot.is_split_safe(scheme.ballot.disclosed_from)
    return View(
        ballot=ballot,
        organization=organization,
        scheme=scheme,
        candidates=[_shown(each, totals=sees, split=split) for each in candidates],
        shows_split=split and bool(ballot.electronic and ballot.issued),
        tellers=_tellers(conn, ballot),
        followers=store.list_followers(conn, ballot.tenant_id, ballot.id),
        sheet=waiting,
        disputed=[each for each in found if each.disputed_at],
        corrections=sheets.list_corrections(conn, ballot.tenant_id, ballot.id),
        progress=_progress(conn, ballot, is_teller=is_teller) if ballot.electronic else None,
        is_teller=is_teller,
        sees_totals=sees,
        may_confirm=waiting is not None and waiting.entered_by != viewer.id,
        may_annul=ballot.state is not State.ANNULLED and viewer.may(permissions.ANNUL_BALLOT, organization.path),
        may_print=ballot.most_papers > 0 and disclosure.may(viewer, permissions.PRINT_PAPERS, ballot, organization),
    )


def _shown(candidate: Candidate, *, totals: bool, split: bool) -> Candidate:
    return replace(
        candidate,
        votes=candidate.votes if totals else None,
        electronic_votes=candidate.electronic_votes if totals and split else None,
    )


def _progress(conn: Connection, ballot: Ballot, *, is_teller: bool) -> Progress:
    key = keys.of(conn, ballot.tenant_id, ballot.period)
    place = (ballot.tenant_id, ballot.id)
    return Progress(
        received=boxes.count_received(conn, *place) if is_teller else None,
        least=fewest(ballot.secrecy_minimum),
        decrypted=len(answers.list_decryptions(conn, *place)),
        needed=key.threshold if key else 0,
        faults=answers.list_faults(conn, *place) if is_teller else [],
        key_ready=key is not None,
        key=None if key else keys.progress(conn, ballot.tenant_id, ballot.period),
        troubles=troubles.list_of(conn, *place) if is_teller else [],
    )


def _tellers(conn: Connection, ballot: Ballot) -> list[Teller]:
    known = directory.list_named(conn, ballot.tenant_id, ballot.tellers)
    return [Teller(each, known[each].name if each in known else "（姓名待同步）") for each in ballot.tellers]
