"""Who came while papers were handed out counts in the threshold, where the scheme takes those present as its base."""

from collections.abc import Callable

import pytest

from tests.integration.evaluation.voting import Voting
from tests.services import Service
from tests.university import University


@pytest.fixture
def branch(service: Callable[[str], Service], university: University) -> Voting:
    university.settings["ballot.threshold_base"] = "present"
    return Voting(service("evaluation"))


def test_half_of_those_present_is_not_more_than_half(branch: Voting) -> None:
    """Requirements 2.1."""
    branch.called()
    branch.counted({"T003": 4}, valid=7, returned=7, issued=7)
    assert branch.awards() == []


def test_the_number_that_the_tellers_corrected_is_the_base(branch: Voting) -> None:
    """Requirements 2.1: 4 of 7."""
    branch.called()
    branch.counted({"T003": 4}, present=7, valid=7, returned=7, issued=7)
    assert [one["name"] for one in branch.awards()] == ["尤文静"]
