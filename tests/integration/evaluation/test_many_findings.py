"""Findings are listed page by page, in as many statements for many as for one, and to nobody without need to know."""

import re
from collections.abc import Callable

import pytest

from services.evaluation.finding import commands
from tests import statements
from tests.integration.evaluation.branch import BRANCH
from tests.integration.evaluation.findings import ABOVE, DISCIPLINE, propose
from tests.integration.evaluation.reading import page
from tests.integration.evaluation.voting import Voting
from tests.services import Service
from tests.university import uid

LINK = re.compile(r"/evaluation/findings/([0-9a-f-]{36})")


@pytest.fixture
def branch(service: Callable[[str], Service]) -> Voting:
    return Voting(service("evaluation"))


def test_each_reads_in_the_list_what_the_interface_gives_page_by_page(
    branch: Voting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Requirements 2.10: sensitive findings only where there is a need to know; one's own stand apart."""
    for condition, about in ((2, "T003"), (6, "T003"), (6, "T004"), (2, "T005"), (6, "T005")):
        assert propose(branch, condition, who=DISCIPLINE, about=about).status_code == 201
    readers = ("T001", ABOVE, DISCIPLINE)
    whole = {who: branch.get(who, f"findings?organization_id={uid(BRANCH)}").json for who in readers}
    monkeypatch.setattr(commands, "PAGE", 2)
    for who, given in whole.items():
        wanted = [one["id"] for one in given if one["person_id"] != str(uid(who))]
        shown = [LINK.findall(page(branch, who, f"findings/?page={number}")) for number in (1, 2, 3)]
        assert wanted, who
        assert [one for ids in shown for one in ids] == wanted, who
        assert max(map(len, shown)) <= 2


def test_the_interface_gives_the_findings_of_a_branch_page_by_page_and_nothing_twice(
    branch: Voting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Requirements 2.10: one on oneself only once told"""
    ids = [propose(branch, who=DISCIPLINE, about=who).json["id"] for who in ("T003", "T002", "T004", "T005", "T003")]
    monkeypatch.setattr(commands, "PAGE", 2)

    def pages(who: str) -> list[list[str]]:
        path = f"findings?organization_id={uid(BRANCH)}&page="
        return [[one["id"] for one in branch.get(who, f"{path}{number}").json] for number in (1, 2, 3, 4)]

    newest = ids[::-1]
    assert pages(DISCIPLINE) == [newest[:2], newest[2:4], newest[4:], []]
    about_me, others = ids[1], [one for one in newest if one != ids[1]]
    assert pages("T002") == [others[:2], others[2:], [], []]
    branch.post("T001", f"findings/{about_me}/hearing", status=200)
    assert pages("T002") == pages(DISCIPLINE)
    for number in ("0", "-1", "10001", "一"):
        assert branch.get(DISCIPLINE, f"findings?organization_id={uid(BRANCH)}&page={number}").status_code == 422, (
            number
        )


def test_the_list_asks_the_database_as_often_for_many_findings_as_for_one(branch: Voting) -> None:
    asked = []
    for about in ("T003", "T004", "T005"):
        propose(branch, about=about)
        page(branch, DISCIPLINE, "findings/")
        with statements.counted() as executed:
            page(branch, DISCIPLINE, "findings/")
        asked.append(len(executed))
    assert len(set(asked)) == 1, asked
