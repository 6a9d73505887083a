"""Published pledges whose items a deed may cite, and what a member's page offers and posts of them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from shared.events.pledge import PledgePublished
from tests.integration.evaluation.branch import BRANCH, Branch, deed
from tests.university import uid

WORDS = "为学生办实事"
FIRST, SECOND = uid("first item"), uid("second item")
TWO = ((FIRST, "每周答疑2次"), (SECOND, "帮助3名学生"))


def published(
    branch: Branch, items: Sequence[tuple[UUID, str]] = TWO, *, who: str | None = "T003", version: int = 1,
    pledge_id: UUID | None = None, linked: UUID | None = None, place: str = BRANCH,
) -> UUID:  # fmt: skip
    """Let evaluation hear of a published version; every item serves `linked`. Gives the pledge's id."""
    pledge_id = pledge_id or uid(f"pledge of {who}")
    branch.service.hear(
        PledgePublished, pledge_id=pledge_id, version=version, organization_id=uid(place),
        person_id=uid(who) if who else None, form="individual" if who else "organization", kind="annual", year=2013,
        headline=WORDS, items=[{"item_id": item_id, "content": content, "due_on": None, "aspect": "",
                                "linked_item_id": linked} for item_id, content in items],
    )  # fmt: skip
    return pledge_id


def offered(branch: Branch, who: str = "T003") -> list[tuple[int, str]]:
    """Give the items that a member may choose."""
    pledges = branch.get(who, "deeds/pledges").json
    return [(item["position"], item["content"]) for one in pledges for item in one["items"]]


def page(branch: Branch, who: str, url: str) -> str:
    answer = branch.service.client(uid(who)).get(f"/evaluation/{url}")
    assert answer.status_code == 200, answer.text
    return answer.text


def form(**changes: Any) -> dict[str, Any]:
    """Give what the page posts."""
    return {**deed(declared="true"), **changes}
