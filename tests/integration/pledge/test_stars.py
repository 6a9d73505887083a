"""The star on the pledge that led to it, in whatever order its news arrives."""

from collections.abc import Callable
from datetime import date
from itertools import permutations
from typing import Any
from uuid import UUID, uuid4

import pytest

from shared.events.evaluation import AwardVerified
from shared.events.notify import AwardPublished, AwardRevoked
from tests.integration.pledge.showing import published
from tests.services import Service
from tests.university import University, uid

LABEL = "2013年第一季度闪光言行之星"


def hear(service: Service, what: str, award_id: UUID, pledge_id: str | None) -> None:
    """Let pledge hear one fact of an award."""
    person: dict[str, Any] = {"organization_id": uid("zjy/jin/jg"), "person_id": uuid4(), "period": "2013Q1"}
    if what == "verified":
        facts: dict[str, Any] = {
            "name": "尤文静",
            "stroke_key": "",
            "identity": "教师",
            "ordinary": True,
            "deed": "",
            "scheme_version": 1,
        }
        ids: dict[str, Any] = {
            name: uuid4() for name in ("ballot_id", "meeting_id", "filing_organization_id", "scheme_id")
        }
        service.hear(
            AwardVerified, award_id=award_id, star_title="闪光言行之星",
            pledge_id=UUID(pledge_id) if pledge_id else None, **facts, **ids, **person,
        )  # fmt: skip
    elif what == "published":
        service.hear(AwardPublished, award_id=award_id, ballot_id=uuid4(), published_on=date(2013, 4, 20), **person)
    else:
        service.hear(AwardRevoked, award_id=award_id, revoked_on=date(2013, 5, 2), **person)


def wall(service: Service, pledge_id: str) -> str:
    """Read the pledge on the wall as anybody."""
    return str(service.client().get(f"/pledge/wall/pledges/{pledge_id}").text)


@pytest.mark.parametrize("order", list(permutations(["verified", "published", "verified"]))[:3])
def test_the_star_stands_on_the_pledge_once_it_is_published(
    service: Callable[[str], Service], university: University, order: tuple[str, ...]
) -> None:
    """R-139: for the public on the wall, for its pledger on the page of the pledge; heard twice it stands once."""
    pledge = service("pledge")
    member, officer = university.people["尤文静"], university.people["王一鸣"]
    pledge_id, award_id = published(pledge, member, officer), uuid4()
    for what in order:
        hear(pledge, what, award_id, pledge_id)
    assert wall(pledge, pledge_id).count(LABEL) == 1
    assert f"/notify/awards/{award_id}" in pledge.client(member).get(f"/pledge/pledges/{pledge_id}").text


def test_neither_an_unpublished_nor_a_revoked_star_is_shown(
    service: Callable[[str], Service], university: University
) -> None:
    """R-139: also where the revocation is heard before the publication."""
    pledge = service("pledge")
    pledge_id = published(pledge, university.people["尤文静"], university.people["王一鸣"])
    hear(pledge, "verified", uuid4(), pledge_id)
    revoked = uuid4()
    for what in ("verified", "revoked", "published"):
        hear(pledge, what, revoked, pledge_id)
    assert LABEL not in wall(pledge, pledge_id)


def test_an_award_whose_deed_refers_to_no_pledge_shows_nowhere(
    service: Callable[[str], Service], university: University
) -> None:
    pledge = service("pledge")
    pledge_id, award_id = published(pledge, university.people["尤文静"], university.people["王一鸣"]), uuid4()
    for what in ("published", "verified"):
        hear(pledge, what, award_id, None)
    assert LABEL not in wall(pledge, pledge_id)
