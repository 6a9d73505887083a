"""Who sees what of a ballot on paper, and when."""

from uuid import UUID, uuid4

import pytest

from tests.integration.ballot.calls import (
    ABOVE,
    ABOVE_OTHERS,
    CANDIDATES,
    CLERK,
    DEPARTMENT,
    FIRST,
    MEMBER,
    SECOND,
    SECRETARY,
    SECRETARY_OF_OTHERS,
    Called,
    call,
    sheet,
)
from tests.services import Service
from tests.university import uid


def test_before_the_count_stands_only_tellers_see_a_number_of_it(called: Called) -> None:
    called.to("count")
    for who in (SECRETARY, ABOVE, MEMBER):
        shown = called.get(who).json
        assert shown["sheet"] is None
        assert (shown["valid"], [each["votes"] for each in shown["candidates"]]) == (None, [None] * 3)
    assert called.get(SECOND).json["sheet"]["totals"]


@pytest.mark.parametrize(("who", "sees"), [(FIRST, True), (SECRETARY, True), (ABOVE, True), (MEMBER, False)])
def test_totals_are_shown_to_those_entitled(called: Called, who: UUID, sees: bool) -> None:
    """R-136: votes are no ranking of everybody."""
    shown = called.to("confirm").get(who).json
    assert [each["votes"] for each in shown["candidates"]] == ([9, 6, 3] if sees else [None] * 3)
    assert shown["announcement"]


def test_the_totals_of_a_handful_of_papers_stay_in_the_branch(ballot: Service) -> None:
    """requirements 5.1: of fewer than five papers totals would betray votes outside the branch."""
    few = call(ballot, entitled=4, present=4)
    assert few.post(FIRST, "open", present=4, issued=4).status_code == 200
    assert few.post(FIRST, "close", returned=4).status_code == 200
    assert few.post(FIRST, "count", **sheet(4, 2, 1, valid=4, invalid=0, abstained=0)).status_code == 200
    assert few.post(SECOND, "confirm").status_code == 200
    assert [each["votes"] for each in few.get(CLERK).json["candidates"]] == [None] * 3
    assert [each["votes"] for each in few.get(SECRETARY).json["candidates"]] == [4, 2, 1]


@pytest.mark.parametrize("who", [ABOVE_OTHERS, SECRETARY_OF_OTHERS, DEPARTMENT, uid("S001"), uid("T053")])
def test_a_ballot_of_others_is_not_read_by_id(ballot: Service, called: Called, who: UUID) -> None:
    assert called.get(who).status_code == 403
    assert ballot.client(who).get("/ballot/api/ballots").json == []
    listed = ballot.client(who).get(f"/ballot/api/ballots?organization_id={uid('zjy/jin/jg')}")
    assert listed.status_code == 403


def test_ballots_are_listed_within_reach(ballot: Service, called: Called) -> None:
    other = call(ballot, organization_id=uid("zjy/jin/xs"), tellers=[uid("S001"), uid("S002")])
    ids = {who: {each["id"] for each in ballot.client(who).get("/ballot/api/ballots").json} for who in (ABOVE, MEMBER)}
    assert ids == {ABOVE: {str(called.id), str(other.id)}, MEMBER: {str(called.id)}}
    below = ballot.client(ABOVE).get(f"/ballot/api/ballots?organization_id={uid('zjy/jin/xs')}").json
    assert [each["id"] for each in below] == [str(other.id)]


def test_an_unknown_ballot_is_not_found(ballot: Service) -> None:
    answer = ballot.client(FIRST).post(f"/ballot/api/ballots/{uuid4()}/confirm", json={})
    assert (answer.status_code, answer.json["code"]) == (404, "ballot_not_found")


def test_candidates_stand_in_the_order_of_the_call(called: Called) -> None:
    assert [each["name"] for each in called.get(MEMBER).json["candidates"]] == list(CANDIDATES)
