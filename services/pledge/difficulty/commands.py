"""Reporting difficulties, answering them, passing them up."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from services.pledge import permissions
from services.pledge.author import store as authors
from services.pledge.difficulty import rules, store
from services.pledge.difficulty.domain import Answer, Difficulty, DifficultyState, Opened
from services.pledge.pledge import commands as pledges
from services.pledge.pledge import store as pledge_store
from services.pledge.progress import commands as progress
from services.pledge.progress import rules as progress_rules
from services.pledge.supervision import reach
from services.pledge.turning import Page
from shared import clock
from shared.auth import Permission, Viewer, require
from shared.crypto import Vault
from shared.db import Connection


def access(
    conn: Connection, viewer: Viewer, permission: Permission, difficulty_id: UUID, *, hold: bool = False
) -> tuple[Difficulty, bool]:
    """Open the door to a difficulty: whose it is and the officers; say whether one makes the pledge, or joins in it.

    Raises `DifficultyNotFound`, `NotAllowed`.
    """
    difficulty = (store.get if hold else store.read)(conn, viewer.tenant_id, difficulty_id)
    require(conn, viewer, permission, difficulty.organization_id, person_id=difficulty.person_id)
    pledge = pledge_store.read(conn, viewer.tenant_id, difficulty.pledge_id)
    return difficulty, viewer.id == pledge.person_id or authors.is_named(conn, pledge, viewer.id)


def report(
    conn: Connection, viewer: Viewer, vault: Vault, pledge_id: UUID, text: str, *, item_id: UUID | None = None,
    entry_reason: str = "",
) -> Difficulty:  # fmt: skip
    """Report a difficulty with a pledge or one of its matters: each of those who make it together the own one.

    Raises `NotAllowed`, `PledgeNotOpen`, `MatterNotFound`, `ReportNeedsReason`.
    """
    pledge, _, together = pledges.joined(conn, viewer, permissions.REPORT_DIFFICULTY, pledge_id)
    rules.report(pledge, by=viewer.id, entry_reason=entry_reason, together=together)
    if item_id is not None:
        progress_rules.matter_of(progress.table(conn, pledge), item_id)
    difficulty = Difficulty(
        pledge.tenant_id, uuid4(), pledge.id, item_id, pledge.organization_id,
        viewer.id if together else pledge.person_id, vault.seal(text.strip()), DifficultyState.REPORTED, viewer.id,
        clock.now(), entry_reason.strip(),
    )  # fmt: skip
    store.add(conn, difficulty)
    return difficulty


def answer(
    conn: Connection, viewer: Viewer, vault: Vault, difficulty_id: UUID, text: str, outcome: DifficultyState
) -> Difficulty:
    """Answer a difficulty and note who helps how. Raises `AlreadySolved`, `OwnDifficulty`."""
    difficulty, mine = access(conn, viewer, permissions.ANSWER_DIFFICULTY, difficulty_id, hold=True)
    difficulty = rules.answer(difficulty, outcome, by=viewer.id, mine=mine)
    position = len(store.list_answers(conn, difficulty)) + 1
    given = Answer(position, vault.seal(text.strip()), outcome, viewer.id, clock.now())
    store.add_answer(conn, difficulty, given)
    return difficulty


def read(conn: Connection, viewer: Viewer, vault: Vault, difficulty_id: UUID) -> Opened:
    """Read a difficulty with its answers."""
    difficulty, _ = access(conn, viewer, permissions.READ_DIFFICULTY, difficulty_id)
    return opened(conn, vault, [difficulty])[0]


def list_of_pledge(conn: Connection, viewer: Viewer, vault: Vault, pledge_id: UUID) -> list[Opened]:
    """Read the difficulties with a pledge; who makes it, alone or with others, reads the own ones."""
    pledge, organization, _ = pledges.joined(conn, viewer, permissions.READ_DIFFICULTY, pledge_id)
    whole = viewer.may(permissions.READ_DIFFICULTY, organization.path)
    found = store.list_of_pledge(conn, viewer.tenant_id, pledge.id)
    return opened(conn, vault, [one for one in found if whole or one.person_id == viewer.id])


def list_readable(conn: Connection, viewer: Viewer, number: int) -> Page[Difficulty]:
    """Give a page of the difficulties that somebody may answer, without their texts."""
    places = reach.organizations(conn, viewer, permissions.ANSWER_DIFFICULTY)
    return store.list_of_organizations(conn, viewer.tenant_id, [one.id for one in places], number)


def opened(conn: Connection, vault: Vault, difficulties: Sequence[Difficulty]) -> list[Opened]:
    """Open the texts of difficulties; the caller has checked that they may be read."""
    return [
        Opened(
            one,
            vault.open(one.sealed),
            [(answer, vault.open(answer.sealed)) for answer in store.list_answers(conn, one)],
        )
        for one in difficulties
    ]
