"""Credentials stand nowhere in the open and are erased when nothing depends on them."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from psycopg import sql

from services.evaluation.award.rules import award_id
from shared import clock
from shared.voting import credential
from tests.integration.evaluation.electronic import ElectronicVoting
from tests.integration.evaluation.voting import TELLERS
from tests.services import Service
from tests.university import University, uid


@pytest.fixture
def branch(service: Callable[[str], Service]) -> ElectronicVoting:
    return ElectronicVoting(service("evaluation"))


def everything_kept(service: Service) -> dict[str, str]:
    """Give every table as text, with binary columns too."""
    found = {}
    with service.connect() as conn:
        for (name,) in conn.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall():
            row = conn.execute(
                sql.SQL("SELECT coalesce(string_agg(t::text, '|'), '') FROM {} t").format(sql.Identifier(name))
            ).fetchone()
            assert row is not None
            found[name] = row[0]
    return found


def test_no_private_credential_stands_in_a_table_an_event_a_remembered_answer_or_a_log(
    branch: ElectronicVoting, caplog: pytest.LogCaptureFixture
) -> None:
    """Requirements 2.10: the private part exists sealed, and in the elector's own answer."""
    caplog.set_level(logging.DEBUG)
    branch.hold()
    tellers = [str(uid(number)) for number in TELLERS]
    body = {"tellers": tellers, "channel": "electronic", "declined": tellers}
    answer = branch.post("T001", f"meetings/{branch.meeting_id}/ballot", body, status=201, key="call")
    branch.ballot_id = answer.json["ballot_id"]
    uuid = credential.election_uuid(UUID(branch.ballot_id))
    before = everything_kept(branch.service)
    codes = [branch.ticket(who).json["credential"] for who in branch.members]
    secrets = [*codes, *(str(credential.secret(code, uuid)) for code in codes)]
    secrets += [code.encode().hex() for code in codes]
    kept = everything_kept(branch.service)
    assert kept == before, "fetching a credential leaves a trace"
    for secret in secrets:
        assert [name for name, text in kept.items() if secret in text] == []
        assert secret not in caplog.text
        assert secret not in answer.text
    numbers = {name for name, text in kept.items() if any(one in text for one in branch.called_fact()["credentials"])}
    assert numbers == {"outbox"}, "the public list stands beside no elector"


def test_the_public_list_tells_nothing_of_the_order_of_the_roll(branch: ElectronicVoting) -> None:
    """The list is in the order of its texts, and the roll in the order of random ids: neither follows the other."""
    branch.electronic()
    with branch.service.connect() as conn:
        stored = [row[0] for row in conn.execute("SELECT person_id FROM elector ORDER BY ctid").fetchall()]
        sizes = conn.execute("SELECT DISTINCT length(credential) FROM elector").fetchall()
    uuid = credential.election_uuid(UUID(branch.ballot_id))
    numbers = {str(uid(who)): who for who in branch.members}
    by_roll = [credential.public(branch.ticket(numbers[str(one)]).json["credential"], uuid) for one in stored]
    assert sorted(by_roll) == branch.called_fact()["credentials"]
    assert len(sizes) == 1, "the size of what is sealed tells nobody apart"


def erased(branch: ElectronicVoting, days: int = 0) -> bool:
    branch.service.due(clock.now() + timedelta(days=days))
    return branch.kept() == 0


def test_credentials_stay_until_the_last_award_is_settled_and_go_then(branch: ElectronicVoting) -> None:
    """Requirements 2.10 and 5.1."""
    branch.electronic()
    award = award_id(UUID(branch.ballot_id), uid("T003"))
    steps: list[tuple[str, Callable[[], Any]]] = [
        ("opened", lambda: None),
        ("closed", branch.closed),
        ("counted", lambda: branch.counted({"T003": 7})),
        ("filed", lambda: branch.filed([award])),
        ("acknowledged", lambda: branch.acknowledged([award])),
        ("posted", lambda: branch.posted([award])),
    ]
    for name, act in steps:
        act()
        assert not erased(branch), name
    branch.published(award, "T003")
    assert erased(branch)
    with branch.service.connect() as conn:
        assert conn.execute("SELECT count(*) FROM elector").fetchone() == (8,), "who was on the roll stays known"
        assert conn.execute("SELECT count(*) FROM roll WHERE erased_at IS NULL").fetchone() == (0,)


def test_every_award_must_be_settled_and_a_roll_is_looked_at_once_for_each_change(
    service: Callable[[str], Service], university: University
) -> None:
    """Requirements 2.10: what is not erasable yet is not asked about again until something changes."""
    university.settings["ballot.ratio"] = "1/4"
    branch = ElectronicVoting(service("evaluation"))
    branch.electronic()
    branch.counted({"T003": 7, "T004": 7})
    first, second = (award_id(UUID(branch.ballot_id), uid(who)) for who in ("T003", "T004"))
    for award, who, gone in ((first, "T003", False), (second, "T004", True)):
        branch.published(award, who)
        with branch.service.connect() as conn:
            assert conn.execute("SELECT DISTINCT election_id FROM roll_moved").fetchall() == [(UUID(branch.ballot_id),)]
        assert erased(branch) is gone, who
        with branch.service.connect() as conn:
            assert conn.execute("SELECT count(*) FROM roll_moved").fetchone() == (0,)


def ways(branch: ElectronicVoting) -> set[str | None]:
    branch.service.due(clock.now())
    with branch.service.connect() as conn:
        return {row[0] for row in conn.execute("SELECT DISTINCT channel FROM elector").fetchall()}


def closed_meeting(branch: ElectronicVoting) -> None:
    with branch.service.connect() as conn:
        conn.execute("UPDATE meeting SET state = 'closed', closed_at = %s, closed_by = %s", [clock.now(), uid("T001")])


@pytest.mark.parametrize("meeting_first", [True, False])
def test_who_voted_on_paper_is_forgotten_once_credentials_are_erased_and_no_further_vote_can_come(
    branch: ElectronicVoting, meeting_first: bool
) -> None:
    """R-130 decisions 14 and 15: how many voted on paper stays, and that somebody was an elector."""
    branch.electronic("T004", "T005")
    branch.counted({"T003": 7})
    award = award_id(UUID(branch.ballot_id), uid("T003"))
    steps: list[Callable[[], None]] = [lambda: closed_meeting(branch), lambda: branch.published(award, "T003")]
    assert ways(branch) == {"paper", "electronic"}
    for step in steps if meeting_first else reversed(steps):
        assert ways(branch) == {"paper", "electronic"}
        step()
    assert ways(branch) == {None}
    shown = branch.get("T001", f"ballots/{branch.ballot_id}").json
    assert (shown["electronic_electors"], shown["paper_electors"]) == (6, 2)
    refused = branch.ticket("T004")
    assert (refused.status_code, refused.json["code"]) == (409, "voting_over")


def test_ways_of_a_ballot_that_is_not_over_are_kept_even_after_its_months(branch: ElectronicVoting) -> None:
    """A tie of a late count is voted on by the same electors through the same channels."""
    branch.electronic("T004", "T005")
    closed_meeting(branch)
    assert erased(branch, days=190)
    assert ways(branch) == {"paper", "electronic"}


def test_a_count_without_winners_frees_the_credentials(branch: ElectronicVoting) -> None:
    branch.electronic()
    branch.counted({"T003": 2, "T004": 1})
    assert erased(branch)


def test_a_void_ballot_frees_its_credentials_at_once_and_its_repetition_has_its_own(branch: ElectronicVoting) -> None:
    branch.electronic()
    branch.annulled()
    assert erased(branch)
    assert branch.call_electronic().status_code == 201
    assert branch.kept() == 8
    assert not erased(branch)


def test_the_scheme_s_months_are_a_hard_limit(branch: ElectronicVoting) -> None:
    branch.electronic()
    assert not erased(branch, days=170)
    assert erased(branch, days=190)
    refused = branch.ticket("T003")
    assert (refused.status_code, refused.json["code"]) == (409, "credential_erased")
