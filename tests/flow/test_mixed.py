"""After a quarter voted both ways: the handful that voted on paper is told apart by the roll alone, and not for ever.

The demands on the electronic half are those of `test_secrecy`, which reads this quarter too.
"""

import json
from collections import defaultdict
from typing import Any

import pytest

from shared.voting import credential
from tests.flow.left import Left
from tests.leavings import Row

MOMENTS = ("waiting", "counted", "over")


@pytest.fixture
def left(mixed: Left) -> Left:
    return mixed


def electors(left: Left) -> set[str]:
    return {*left.papers, *(each.person_id for each in left.cast)}


def alone(left: Left, moment: str) -> dict[tuple[str, str], list[tuple[str, Row]]]:
    """Give the rows that name exactly one elector, by table."""
    everybody, found = electors(left), defaultdict(list)
    for row in left.of(moment):
        if len(who := row.names(everybody)) == 1:
            found[row.owner, row.table].append((who.pop(), row))
    return found


def plain(value: Any) -> Any:
    return type(value).__name__ if isinstance(value, bytes | memoryview) else str(value)


def telling(left: Left, moment: str) -> set[tuple[str, str, str]]:
    """Give the columns by whose value who voted on paper differs from all others, and tables that name only them."""
    found = set()
    for (owner, table), rows in alone(left, moment).items():
        papers = [row.raw for who, row in rows if who in left.papers]
        others = [row.raw for who, row in rows if who not in left.papers]
        if papers and not others:
            found.add((owner, table, "*"))
        for column in papers[0] if papers and others else ():
            here, there = {plain(raw[column]) for raw in papers}, {plain(raw[column]) for raw in others}
            if len(here) == 1 and len(there) < len(others) and not here & there:
                found.add((owner, table, column))
    return found


def test_a_handful_voted_on_paper_and_both_channels_were_counted(left: Left) -> None:
    assert len(left.papers) == len(set(left.papers)) == 2
    assert len(left.cast) > len(left.papers)
    (ballot,) = left.table("counted", "ballot", "ballot")
    assert (ballot.raw["channel"], ballot.raw["issued"], ballot.raw["valid"]) == ("mixed", 2, 2)
    parts = [row.raw for row in left.table("counted", "ballot", "candidate")]
    assert any(0 < each["electronic_votes"] < each["votes"] for each in parts), "papers count"


def test_what_came_twice_and_in_any_order_had_one_effect(left: Left) -> None:
    told = [row.raw["name"] for row in left.table("over", "ballot", "outbox")]
    for name in ("ballot.opened", "ballot.closed", "ballot.counted", "decryption.requested"):
        assert told.count(name) == 1, name
    totals = {str(row.raw["person_id"]): row.raw["votes"] for row in left.table("counted", "ballot", "candidate")}
    assert {person: votes for person, votes in totals.items() if votes} == left.totals
    assert left.dead == []


@pytest.mark.parametrize("moment", ["waiting", "counted"])
def test_only_the_roll_tells_who_votes_on_paper(left: Left, moment: str) -> None:
    """R-130: the roll must know it, so that nobody votes twice; no other row, answer or event says it."""
    assert telling(left, moment) == {("evaluation", "elector", name) for name in ("channel", "credential")}


def test_when_it_is_over_nothing_tells_who_voted_on_paper(left: Left) -> None:
    """Decisions 14 and 15: beside the count sheet of a handful it would say what they chose, for as long as it lies."""
    assert telling(left, "over") == set()
    rows = left.table("over", "evaluation", "elector")
    assert {row.raw["person_id"] for row in rows} >= {row.raw["person_id"] for row in left.table("counted", *ELECTOR)}
    (roll,) = left.table("over", "evaluation", "roll")
    assert (roll.raw["paper"], roll.raw["electronic"]) == (2, len(rows) - 2), "how many is no secret"


ELECTOR = ("evaluation", "elector")


@pytest.mark.parametrize("moment", MOMENTS)
def test_no_row_names_the_papers_electors_together_and_nobody_else(left: Left, moment: str) -> None:
    """Not the remembered request of the call either, which named them."""
    both = set(left.papers)
    assert [(row.owner, row.table) for row in left.of(moment) if row.names(electors(left)) == both] == []


def test_papers_are_entered_as_totals_and_nothing_lies_there_for_each_of_them(left: Left) -> None:
    """R-134: so that no order of entering them exists."""
    candidates = {row.raw["person_id"] for row in left.table("counted", "ballot", "candidate")}
    totals = [row.raw["person_id"] for row in left.table("counted", "ballot", "sheet_total")]
    assert len(left.table("counted", "ballot", "sheet")) == 1
    assert sorted(totals, key=str) == sorted(candidates, key=str)


def test_no_transaction_wrote_a_sheet_and_who_voted_on_paper(left: Left) -> None:
    candidates = {str(row.raw["person_id"]) for row in left.table("counted", "ballot", "candidate")}
    written = {row.transaction for row in left.of("counted", "ballot") if row.table in {"sheet", "sheet_total"}}
    assert written
    beside = [row for row in left.of("counted", "ballot") if row.transaction in written and row.table != "sheet_total"]
    assert [row.table for row in beside if row.names(set(left.papers) - candidates)] == []


def test_evaluation_learns_sums_only(left: Left) -> None:
    """Decision 20: no event says what came through which channel, and no number of its own does."""
    counted, closed = said(left, "ballot.counted"), said(left, "ballot.closed")
    assert {each["person_id"]: each["votes"] for each in counted["totals"] if each["votes"]} == left.totals
    assert set(counted) == {
        "ballot_id", "organization_id", "present", "issued", "returned", "valid", "invalid", "abstained", "totals",
    }  # fmt: skip
    assert closed["issued"] == counted["issued"] == len(left.papers) + len(left.credentials_called)


def said(left: Left, name: str) -> dict[str, Any]:
    (told,) = [row.raw["data"] for row in left.table("over", "ballot", "outbox") if row.raw["name"] == name]
    return dict(told)


def test_nobody_but_the_tellers_is_shown_what_the_handful_chose(left: Left) -> None:
    """Requirements 5.1, decision 20: the sum and one part give the other."""
    read = 0
    for number, answers in left.seen.items():
        for address, answer in answers.items():
            if not isinstance(answer, dict) or "candidates" not in answer:
                continue
            read += 1
            assert {each.get("electronic_votes") for each in answer["candidates"]} == {None}, (number, address)
            assert "其中电子选票发出" not in json.dumps(answer, ensure_ascii=False), (number, address)
            if address.startswith("/ballot/api/"):
                assert (answer["valid"], answer["invalid"], answer["abstained"], answer["blank"]) == (None,) * 4
                assert answer["total"]["valid"] == len(left.papers) + answer["tallied"]
    assert read >= 6, "secretary, member and 党总支 look at both services"


def test_nobody_but_the_tellers_gets_the_archive_with_its_result(left: Left) -> None:
    bodies = [str(row.raw["body"]) for row in left.table("counted", "ballot", "record")]
    (result,) = [body for body in bodies if body.startswith('{"result"')]
    for number, answers in left.seen.items():
        archive = answers["/ballot/boards//archive"]
        assert result.encode() not in archive, number
        assert bodies[0].encode() in archive, "it is the archive"


def test_nothing_that_was_logged_says_who_voted_on_paper(left: Left) -> None:
    assert left.logged
    ids = set(left.papers)
    assert [line for line in left.logged if any(each in line for each in ids) and "paper" in line] == []
    assert [line for line in left.logged if all(each in line for each in ids)] == []


def test_who_votes_on_paper_has_no_credential_to_be_found(left: Left) -> None:
    uuid = left.election.uuid
    called = left.credentials_called
    assert len(called) == len({each.person_id for each in left.cast})
    assert {credential.public(code, uuid) for code in left.codes} == set(called)
