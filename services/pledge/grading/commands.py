"""Calling a grading, giving an elector the own credential, acting on what ballot tells, erasing credentials."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from services.pledge import permissions
from services.pledge.appraisal import store as appraisals
from services.pledge.assessment import commands as assessments
from services.pledge.assessment.domain import Assessment, AssessmentKind, Source
from services.pledge.form import counting, questions
from services.pledge.form import store as forms
from services.pledge.form.domain import Question
from services.pledge.grading import rules, store
from services.pledge.grading.domain import Grading, Line, Ticket, subject_of
from shared import clock, config, period
from shared.auth import Permission, Viewer, require
from shared.crypto import Vault
from shared.db import Connection
from shared.directory import branches
from shared.directory.domain import MEETS, Organization, Person
from shared.events.pledge import GradingCalled
from shared.messaging import tell
from shared.scheme import Scheme
from shared.voting import roll

AT_ONCE = 100


def access(conn: Connection, viewer: Viewer, permission: Permission, grading_id: UUID) -> Grading:
    """Open the door to a grading. Raises `GradingNotFound`, `NotAllowed`."""
    grading = store.read(conn, viewer.tenant_id, grading_id)
    require(conn, viewer, permission, grading.organization_id, person_id=viewer.id)
    return grading


def prepare(conn: Connection, assessment: Assessment, organization: Organization, scheme: Scheme) -> rules.Readiness:
    """Gather what the call of a grading is judged by."""
    rows = appraisals.list_of(conn, assessment.tenant_id, assessment.id)
    return rules.Readiness(
        assessment, scheme, store.find_standing(conn, assessment.tenant_id, assessment.id),
        electors(conn, organization), questions.of(conn, assessment, scheme),
        frozenset(row.person_id for row in rows if row.person_id is not None),
        [one for one in forms.list_papers(conn, assessment) if one.source is Source.PEER],
    )  # fmt: skip


def electors(conn: Connection, organization: Organization) -> list[Person]:
    """Give who may fill in the members' form: a branch's members with those of its 党小组, in 姓氏笔画 order."""
    people = branches.list_members(conn, organization.tenant_id, organization.id)
    if organization.kind in MEETS:
        return people
    return [one for one in people if one.organization_id == organization.id]


def call(
    conn: Connection, viewer: Viewer, vault: Vault, assessment_id: UUID, *, tellers: Sequence[UUID],
    closes_at: datetime | None = None,
) -> Grading:  # fmt: skip
    """Call the grading of an occasion and tell ballot.

    Raises `NotAllowed`, `AppraisedFromAbove`, `CannotCall` with all obstacles.
    """
    assessment, organization, scheme = assessments.running(conn, viewer, assessment_id)
    ready, now = prepare(conn, assessment, organization, scheme), clock.now()
    if found := rules.obstacles(ready, tellers, closes_at, now):
        raise rules.CannotCall(details=found)
    today, grading_id = clock.day_of(now), uuid4()
    sealed, public = roll.issue(vault, grading_id, [one.id for one in ready.electors])
    grading = Grading(
        assessment.tenant_id, grading_id, assessment.id, organization.id, title(assessment, organization),
        period.of(today), len(ready.electors), scheme.ballot.secrecy_minimum, list(tellers), closes_at, viewer.id, now,
        period.months_after(today, scheme.ballot.roll_months), fingerprint=roll.fingerprint(public),
    )  # fmt: skip
    lines = [_line(place, one) for place, one in enumerate(ready.questions, 1)]
    store.add(conn, grading, lines, sealed)
    _tell(conn, grading, lines, public, scheme)
    return grading


def title(assessment: Assessment, organization: Organization) -> str:
    """Name the grading in public: never by the occasion's own title, which an officer may have written names into."""
    yearly = assessment.kind is AssessmentKind.YEARLY
    return f"{organization.name}{assessment.year}年{'度' if yearly else ''}承诺党员互评"


def _line(place: int, one: Question) -> Line:
    return Line(place, subject_of(one.key), one.key, one.name, one.text, one.result, list(one.choices))


def _tell(conn: Connection, grading: Grading, lines: Sequence[Line], public: list[str], scheme: Scheme) -> None:
    tell(
        conn, GradingCalled, tenant_id=grading.tenant_id, subject=grading.id, ballot_id=grading.id,
        assessment_id=grading.assessment_id, organization_id=grading.organization_id, title=grading.title,
        period=grading.period,
        questions=[
            {"subject_id": one.subject_id, "name": one.name, "promise": one.text, "grades": one.choices}
            for one in lines
        ],
        entitled=grading.entitled, credentials=public, secrecy_minimum=grading.secrecy_minimum,
        tellers=grading.tellers, closes_at=grading.closes_at, scheme_id=scheme.id, scheme_version=scheme.version,
    )  # fmt: skip


def ticket(conn: Connection, viewer: Viewer, vault: Vault, grading_id: UUID) -> Ticket:
    """Give the viewer's own credential, and whom each line means; that it was asked for is kept nowhere.

    Raises `GradingNotFound`, `NotAllowed`, `NotOnTheRoll`, `VotingOver`, `CredentialErased`.
    """
    grading = access(conn, viewer, permissions.TAKE_CREDENTIAL, grading_id)
    sealed = rules.released(grading, store.find_elector(conn, grading, viewer.id))
    return Ticket(vault.open(sealed), store.list_lines(conn, grading), grading.fingerprint)


def note_opened(conn: Connection, tenant_id: UUID, facts: dict[str, Any], at: datetime) -> None:
    """Note that the tellers opened a grading."""
    grading = store.get(conn, tenant_id, facts["ballot_id"])
    store.save(conn, rules.opened(grading, at))


def note_counted(conn: Connection, tenant_id: UUID, facts: dict[str, Any], at: datetime) -> None:
    """Keep the totals, encrypted; a void grading keeps none, twice is once. Raises `TotalsOfAnother`."""
    grading = store.get(conn, tenant_id, facts["ballot_id"])
    if grading.counted_at is not None:
        return
    tally = rules.tally(store.list_lines(conn, grading), facts["totals"])
    sealed = counting.seal(tally, Vault(config.data_keys())) if grading.annulled_at is None else None
    store.save(conn, replace(grading, counted_at=at, returned=facts["returned"], sealed=sealed))


def note_annulled(conn: Connection, tenant_id: UUID, facts: dict[str, Any], at: datetime) -> None:
    """Note that a grading is void; another one may be called while forms are taken."""
    grading = store.get(conn, tenant_id, facts["ballot_id"])
    store.save(conn, rules.annulled(grading, facts["statement"], at))


def erase(conn: Connection, now: datetime) -> int:
    """Erase the credentials of gradings on which nothing depends any more; give how many gradings."""
    found = store.list_to_erase(conn, clock.day_of(now), AT_ONCE)
    for grading in found:
        store.erase(conn, grading, now)
    return len(found)
