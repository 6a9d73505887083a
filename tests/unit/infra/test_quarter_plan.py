"""Who votes how in the quarter that is played, what is expected of the count, and which sample accounts are listed."""

from pathlib import Path
from typing import Any

import pytest

from infra.local import sample
from infra.quarter import electors, paper
from infra.quarter.diary import Diary
from infra.quarter.stage import Stage

WINNERS = ["p2", "p3"]


def stage(*on_paper: str, away: str = "p5") -> Stage:
    people = {f"p{at}": {"presence": "leave" if f"p{at}" == away else "present"} for at in range(8)}
    accounts: list[dict[str, Any]] = [{"person_id": f"p{at}", "number": f"T{at}"} for at in range(7)]
    accounts += [accounts[0], {"person_id": "superior", "number": "T9"}]
    here = Stage("http://nowhere", Diary("http://nowhere", Path("quarter.json")), accounts, Path("clock"))
    here.people, here.on_paper = people, list(on_paper)
    return here


def who(choices: list[electors.Choice]) -> list[str]:
    return [choice.account["person_id"] for choice in choices]


def test_whoever_is_present_has_an_account_and_no_paper_votes_by_phone_once() -> None:
    assert who(electors.plan(stage(), WINNERS)) == ["p0", "p1", "p2", "p3", "p4", "p6"]
    assert who(electors.plan(stage("p1", "p4"), WINNERS)) == ["p0", "p2", "p3", "p6"]


def test_one_thinks_better_of_a_blank_ballot_and_one_stays_with_it() -> None:
    choices = electors.plan(stage(), WINNERS)
    assert choices[0].votes == (frozenset(), frozenset(WINNERS))
    assert choices[-1].votes == (frozenset(),)
    assert electors.named(choices) == {"p2": 5, "p3": 5}


@pytest.mark.parametrize(("papers", "votes"), [(0, 0), (2, 2), (3, 1), (18, 16)])
def test_of_more_than_a_few_papers_one_is_blank_and_one_invalid(papers: int, votes: int) -> None:
    assert paper.named(WINNERS, papers) == {"p2": votes, "p3": votes}


def test_the_list_of_accounts_shows_every_office_and_only_some_ordinary_members() -> None:
    members = [{"role": "member", "number": f"T{at}"} for at in range(sample.MEMBERS_SHOWN + 4)]
    offices = [{"role": role, "number": role} for role in ("secretary", "administrator")]
    shown = sample.shown([offices[0], *members, offices[1]])
    assert shown == [offices[0], *members[: sample.MEMBERS_SHOWN], offices[1]]
