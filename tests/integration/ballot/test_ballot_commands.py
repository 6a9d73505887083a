"""A ballot is heard of once, linked to the one it repeats, and its result cannot be edited even in the database."""

from uuid import uuid4

import psycopg
import pytest

from services.ballot.ballot.rules import BallotCannotBeCalled
from shared.errors import NotYet
from shared.events.evaluation import BallotCalled
from tests.integration.ballot.calls import FIRST, SECOND, SECRETARY, Called, call, facts
from tests.services import Service
from tests.university import TENANT, uid


def test_a_ballot_heard_twice_stands_once(ballot: Service) -> None:
    """R-130: the call arrives by message; a duplicate under another id changes nothing."""
    given = facts()
    ballot.hear(BallotCalled, **given)
    again = Called(ballot, given["ballot_id"]).to("open")
    ballot.hear(BallotCalled, **given)
    assert again.state() == "open"
    assert len(again.get(FIRST).json["candidates"]) == 3


@pytest.mark.parametrize("missing", [{"scheme_version": 9}, {"organization_id": uid("not heard of yet")}])
def test_a_ballot_that_overtakes_its_scheme_or_branch_waits(ballot: Service, missing: dict[str, object]) -> None:
    with pytest.raises(NotYet):
        call(ballot, **missing)


def test_a_channel_that_nobody_knows_is_refused(ballot: Service) -> None:
    with pytest.raises(BallotCannotBeCalled) as refused:
        call(ballot, channel="telepathy")
    assert refused.value.details == ["不能办理“telepathy”方式的投票。"]


@pytest.mark.parametrize("channel", ["electronic", "mixed"])
def test_an_electronic_ballot_without_credentials_is_refused(ballot: Service, channel: str) -> None:
    with pytest.raises(BallotCannotBeCalled) as refused:
        call(ballot, channel=channel)
    assert refused.value.details == ["电子投票没有投票凭证。"]


def test_a_candidate_is_no_teller(ballot: Service) -> None:
    """requirements 2.3: a candidate may not be 监票人."""
    with pytest.raises(BallotCannotBeCalled):
        call(ballot, tellers=[FIRST, uid("T003")])


def test_fewer_candidates_than_places_narrow_the_choice(ballot: Service) -> None:
    one = [{"person_id": uid("T003"), "name": "尤文静", "note": ""}]
    assert call(ballot, candidates=one).get(FIRST).json["choices"] == 1


def test_a_repeated_ballot_is_linked_to_the_first(ballot: Service, called: Called) -> None:
    """R-132, requirements 2.3: a tie is voted on again in a ballot of its own."""
    called.to("confirm")
    again = call(ballot, follows_id=called.id, reason="tie", places=1)
    assert called.get(FIRST).json["followers"] == [str(again.id)]
    assert again.get(SECOND).json["follows_id"] == str(called.id)


def test_a_follower_may_arrive_before_the_ballot_it_follows(ballot: Service) -> None:
    assert call(ballot, follows_id=uuid4()).state() == "called"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ballot SET valid = 10, invalid = 2 WHERE tenant_id = %s",
        "UPDATE ballot SET counted_at = NULL, state = 'closed' WHERE tenant_id = %s",
        "UPDATE candidate SET votes = votes + 1 WHERE tenant_id = %s",
    ],
)
def test_the_database_itself_refuses_to_edit_a_result(ballot: Service, called: Called, statement: str) -> None:
    called.to("confirm")
    with pytest.raises(psycopg.errors.RaiseException), ballot.connect() as conn:
        conn.execute(statement, [TENANT])
    assert called.post(SECRETARY, "annul", reason="程序有误").status_code == 200
