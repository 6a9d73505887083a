"""An elector's device compares the roll of the box with that of the call."""

import pytest

from infra.quarter.booth import compare_rolls
from infra.quarter.stage import Stuck


def test_a_device_votes_on_the_roll_that_was_called_or_on_one_called_before_rolls_had_marks() -> None:
    """Decision 25."""
    compare_rolls({"roll": "a1"}, {"roll": "a1"})
    compare_rolls({"roll": ""}, {"roll": "a1"})
    compare_rolls({}, {"roll": "a1"})


@pytest.mark.parametrize("box", [{"roll": "b2"}, {"roll": None}, {}])
def test_a_device_does_not_vote_on_another_roll(box: dict[str, str | None]) -> None:
    """Decision 25, R-130."""
    with pytest.raises(Stuck, match="选民名单"):
        compare_rolls({"roll": "a1"}, box)
