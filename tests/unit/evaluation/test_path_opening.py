"""No link of an award's path leads its reader to a refusal."""

from dataclasses import dataclass

import pytest

from services.evaluation.award import opening
from services.evaluation.award.path import Item
from shared.auth import Permission
from shared.directory.domain import Role

VOTES, FILES = "zjy/jin/jg", "zjy/jin"
COUNT, BALLOT, FILING = "/ballot/ballots/1/count.pdf", "/ballot/ballots/1", "/notify/filings/1/form.pdf"
NOTICE = "/notify/notices/1"


@dataclass
class Reader:
    """Somebody who holds one role at one place."""

    role: Role
    place: str

    def may(self, permission: Permission, path: str) -> bool:
        reach = permission.grants.get(self.role)
        return reach is not None and (path == self.place if reach == "own" else path.startswith(self.place))


@pytest.mark.parametrize(
    ("role", "place", "expected"),
    [
        (Role.MEMBER, VOTES, [BALLOT, NOTICE]),
        (Role.SECRETARY, VOTES, [COUNT, BALLOT, NOTICE]),
        (Role.GENERAL_BRANCH_CLERK, FILES, [COUNT, BALLOT, FILING, NOTICE]),
        (Role.ORGANIZATION_DEPARTMENT, "zjy", [FILING, NOTICE]),
    ],
)
def test_a_reader_is_shown_what_the_reader_may_open(role: Role, place: str, expected: list[str]) -> None:
    item = Item("counted", "计票", links=tuple((each, each) for each in (COUNT, BALLOT, FILING, NOTICE)))
    (shown,) = opening.opened(Reader(role, place), VOTES, FILES, [item])  # type: ignore[arg-type]
    assert [address for _, address in shown.links] == expected


def test_the_secretary_of_a_direct_branch_opens_its_own_filing() -> None:
    secretary = Reader(Role.SECRETARY, VOTES)
    assert opening.may_open(secretary, VOTES, VOTES, FILING)  # type: ignore[arg-type]
