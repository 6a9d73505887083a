"""From a count to verified awards, and from what notify tells to the ledger."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from services.evaluation import permissions
from services.evaluation.award import rules, store
from services.evaluation.award.domain import Award, AwardState, Step
from services.evaluation.election.domain import Election, Standing
from services.evaluation.eligibility import commands as eligibility
from services.evaluation.meeting import store as meetings
from services.evaluation.register import store as registers
from shared import clock
from shared.auth import Permission, Viewer, require
from shared.db import Connection
from shared.directory import branches as branch
from shared.directory import store as directory
from shared.directory.domain import Person
from shared.errors import NotYet
from shared.events.evaluation import AwardHeld, AwardVerified, AwardWithheld
from shared.messaging import tell
from shared.scheme import Scheme


def access(conn: Connection, viewer: Viewer, permission: Permission, award_id: UUID) -> Award:
    """Open the door to an award. Raises `AwardNotFound`, `NotAllowed`."""
    award = store.read(conn, viewer.tenant_id, award_id)
    require(conn, viewer, permission, award.organization_id, person_id=award.person_id)
    return award


def enter(conn: Connection, election: Election, scheme: Scheme, winners: Sequence[UUID]) -> list[Award]:
    """Enter the winners of a count: verify each again by all conditions, tell what follows (R-134).

    A winner of whom the system proposes a condition that nobody decided waits until people have decided, and so does
    one for whom the scheme names no 党员身份 that the form knows. The winners of a count that was annulled before it
    was heard enter as stopped, as if they had been told in order.
    """
    if not winners:
        return []
    people = directory.list_named(conn, election.tenant_id, list(winners))
    judged = verdicts(conn, election, scheme, list(people.values()), [clock.today()])
    organization = directory.get_organization(conn, election.tenant_id, election.organization_id)
    filing = rules.filing_organization(directory.list_lineage(conn, organization))
    deeds = registers.list_deeds(conn, election.tenant_id, list(winners), election.period)
    names = {one.person_id: one for one in election.standing()}
    awards = []
    for winner in winners:
        found = judged.get(winner, rules.verdict(None))
        deed = rules.public_deed([one for one in deeds if one.person_id == winner])
        awards.append(_award(election, filing.id, names[winner], people.get(winner), deed, found, scheme))
    store.enter(conn, awards)
    store.add_steps(conn, election.tenant_id, [step for award in awards for step in _first_steps(award)])
    for award in awards:
        announce(conn, award, people.get(award.person_id), scheme)
    return awards


def verdicts(
    conn: Connection, election: Election, scheme: Scheme, people: list[Person], days: Sequence[date]
) -> dict[UUID, rules.Verdict]:
    """Judge winners by all conditions as they hold on some days, the present one first."""
    meeting = meetings.read(conn, election.tenant_id, election.meeting_id)
    found = eligibility.review_again(conn, meeting, scheme, people, days)
    return {one.person.id: rules.verdict(one, rules.identity(one.person, scheme)) for one in found}


def _award(
    election: Election,
    filing_id: UUID,
    name: Standing,
    person: Person | None,
    deed: str,
    found: rules.Verdict,
    scheme: Scheme,
) -> Award:
    annulled = election.annulled_at is not None
    return Award(
        election.tenant_id, rules.award_id(election.id, name.person_id), election.id, election.meeting_id,
        election.organization_id, filing_id, name.person_id, election.period, name.name,
        person.stroke_key if person else "", rules.identity(person, scheme) if person else rules.ORDINARY_IDENTITY,
        not name.leader, deed, AwardState.STOPPED if annulled else found.state, clock.now(),
        ["ballot_annulled"] if annulled else list(found.reasons), stop_cause="annulled" if annulled else "",
    )  # fmt: skip


def annul(conn: Connection, election: Election) -> None:
    """Stop the awards of a count that was annulled after it was heard; notify is told to take them back."""
    awards = store.list_of_elections(conn, election.tenant_id, [election.id])
    if not awards:
        return
    facts = {"stop_cause": "annulled", "withheld_reasons": ["ballot_annulled"]}
    store.advance(conn, election.tenant_id, [award.id for award in awards], AwardState.STOPPED, facts)
    steps = [Step(award.id, "stopped", uuid5(award.id, "annulled"), clock.now(), note="投票已作废") for award in awards]
    store.add_steps(conn, election.tenant_id, steps)
    for award in awards:
        _withhold(conn, award, ["ballot_annulled"])


def note(
    conn: Connection,
    tenant_id: UUID,
    award_ids: Sequence[UUID],
    state: AwardState,
    facts: Mapping[str, Any],
    steps: Sequence[Step],
) -> None:
    """Keep what notify told about awards. Raises `NotYet` where an award is not in the ledger yet."""
    found = store.advance(conn, tenant_id, award_ids, state, facts)
    if set(found) != set(award_ids):
        raise NotYet
    store.add_steps(conn, tenant_id, steps)


def correct(conn: Connection, tenant_id: UUID, revision: int, lines: Sequence[Mapping[str, Any]]) -> None:
    """Keep names and identities as a filing's submission corrected them; what an older one says comes too late."""
    for line in sorted(lines, key=lambda line: str(line["award_id"])):
        store.correct(conn, tenant_id, revision, line)


def list_stars(conn: Connection, viewer: Viewer, person_id: UUID) -> tuple[Person, list[Award]]:
    """Give a member's history for 民主评议, 评优评先, 推选党代表 and 选配班子 (R-138): what was published, no more."""
    person = directory.get_person(conn, viewer.tenant_id, person_id)
    home = branch.of(conn, viewer.tenant_id, person.organization_id)
    require(conn, viewer, permissions.READ_STARS, home.id, person_id=person.id)
    awards = store.list_of_people(conn, viewer.tenant_id, [person.id])
    return person, [award for award in awards if award.state is AwardState.PUBLISHED]


def announce(conn: Connection, award: Award, person: Person | None, scheme: Scheme) -> None:
    """Tell what a verification came to: verified, held for a decision, or withheld."""
    if award.state is AwardState.ELECTED:
        tell(
            conn, AwardHeld, tenant_id=award.tenant_id, subject=award.id, award_id=award.id,
            ballot_id=award.election_id, organization_id=award.organization_id, period=award.period,
        )  # fmt: skip
    elif award.state is AwardState.VERIFIED and person is not None:
        _verified(conn, award, scheme)
    else:
        _withhold(conn, award, award.withheld_reasons)


def _first_steps(award: Award) -> list[Step]:
    elected = Step(award.id, "elected", uuid5(award.id, "elected"), award.elected_at)
    return [elected, step_of(award, uuid5(award.id, str(award.state)), award.elected_at)]


def step_of(award: Award, event_id: UUID, at: datetime, by_id: UUID | None = None) -> Step:
    """Give the step that a verification came to; one that waits leads to where it is decided."""
    if award.state is AwardState.ELECTED:
        return Step(award.id, "held", event_id, at, by_id, f"/evaluation/awards/{award.id}/verification")
    note = "投票已作废" if award.state is AwardState.STOPPED else ""
    return Step(award.id, str(award.state), event_id, at, by_id, note=note)


def _verified(conn: Connection, award: Award, scheme: Scheme) -> None:
    deed = rules.citing_deed(registers.list_deeds(conn, award.tenant_id, [award.person_id], award.period))
    tell(
        conn, AwardVerified, tenant_id=award.tenant_id, subject=award.id, award_id=award.id,
        ballot_id=award.election_id, meeting_id=award.meeting_id, organization_id=award.organization_id,
        filing_organization_id=award.filing_organization_id, person_id=award.person_id, name=award.name,
        stroke_key=award.stroke_key, identity=award.identity, ordinary=award.ordinary, deed=award.deed,
        period=award.period, star_title=scheme.labels.star, scheme_id=scheme.id, scheme_version=scheme.version,
        pledge_id=deed.pledge_id if deed else None, pledge_item_id=deed.pledge_item_id if deed else None,
    )  # fmt: skip


def _withhold(conn: Connection, award: Award, reasons: list[str]) -> None:
    tell(
        conn, AwardWithheld, tenant_id=award.tenant_id, subject=award.id, award_id=award.id,
        ballot_id=award.election_id, organization_id=award.organization_id, person_id=award.person_id,
        period=award.period, reasons=reasons,
    )  # fmt: skip
