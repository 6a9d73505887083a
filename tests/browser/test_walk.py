"""One quarter of one branch, walked through the pages alone by people at their phones and desks."""

from tests.browser import walk_after, walk_meeting, walk_vote
from tests.browser.cast import Cast
from tests.browser.walk import Walk


def test_a_branch_walks_from_the_announced_meeting_to_the_published_award_through_pages_alone(cast: Cast) -> None:
    """R-117, R-118, R-119, R-122, R-130, R-170: each step is done on a page, and stands on the path at the end."""
    cast.complaints()
    walk = Walk(cast)
    walk_meeting.play(walk)
    walk_vote.play(walk)
    walk_after.play(walk)
    wrong = cast.complaints()
    assert not wrong, "\n".join(wrong)
