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
    monkeypatch.setattr(commands, "PAGE", 2)
    for who in ("T001", ABOVE, DISCIPLINE):
        given = branch.get(who, f"findings?organization_id={uid(BRANCH)}").json
        wanted = [one["id"] for one in given if one["person_id"] != str(uid(who))]
        shown = [LINK.findall(page(branch, who, f"findings/?page={number}")) for number in (1, 2, 3)]
        assert wanted, who
        assert [one for ids in shown for one in ids] == wanted, who
        assert max(map(len, shown)) <= 2


def test_the_list_asks_the_database_as_often_for_many_findings_as_for_one(branch: Voting) -> None:
    asked = []
    for about in ("T003", "T004", "T005"):
        propose(branch, about=about)
        page(branch, DISCIPLINE, "findings/")
        with statements.counted() as executed:
            page(branch, DISCIPLINE, "findings/")
        asked.append(len(executed))
    assert len(set(asked)) == 1, asked
