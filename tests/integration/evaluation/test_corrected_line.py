"""What a returned filing was corrected to reaches the ledger, in whatever order its submissions are heard."""

from collections.abc import Callable
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest

from services.evaluation.award.rules import award_id
from tests.integration.evaluation.voting import Voting
from tests.services import Service
from tests.university import uid


@pytest.fixture
def branch(service: Callable[[str], Service]) -> Voting:
    return Voting(service("evaluation"))


def line(award: UUID, identity: str, name: str = "尤文静") -> dict[str, Any]:
    return {"award_id": award, "name": name, "identity": identity, "stroke_key": "0002"}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_last_correction_stands_however_the_submissions_arrive(branch: Voting, order: tuple[int, ...]) -> None:
    """R-135, R-172: the first submission says nothing of its lines, each later one how they read then."""
    branch.called()
    branch.counted({"T003": 7})
    award = award_id(UUID(branch.ballot_id), uid("T003"))
    submissions: list[dict[str, Any]] = [
        {"revision": 1},
        {"revision": 2, "lines": [line(award, "学生")]},
        {"revision": 4, "lines": [line(award, "离退休同志", "尤文婧")]},
    ]
    for each in [*order, *order]:
        branch.filed([award], **submissions[each])
    found = branch.awards()[0]
    assert (found["name"], found["identity"], found["state"]) == ("尤文婧", "离退休同志", "filed")
    assert "尤文婧" in branch.get("T001", f"awards/{award}/path").text
