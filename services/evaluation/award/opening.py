"""Which of the documents that a path links to its reader may open: no link leads to a refusal.

The documents are ballot's and notify's; what stands here repeats their tables as far as a path needs them.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from services.evaluation import permissions
from services.evaluation.award.path import Item
from shared.auth import Permission, Reach, Viewer
from shared.directory.domain import Role

_FILERS = {Role.GENERAL_BRANCH_SECRETARY: Reach.WITHIN, Role.GENERAL_BRANCH_CLERK: Reach.WITHIN}
FILING = re.compile(r"/notify/filings/")

DOCUMENTS = (
    (
        re.compile(r"/ballot/ballots/[^/]+/count\.pdf"),
        Permission("path.count", "打开计票单", {**_FILERS, Role.SECRETARY: Reach.OWN}),
    ),
    (
        re.compile(r"/ballot/ballots/"),
        Permission(
            "path.ballot",
            "打开投票",
            {**_FILERS, Role.MEMBER: Reach.OWN, Role.SECRETARY: Reach.OWN, Role.DEPUTY_SECRETARY: Reach.OWN},
        ),
    ),
    (re.compile(r"/evaluation/awards/[^/]+/verification"), permissions.VERIFY_AWARD),
    (re.compile(r"/evaluation/register/deeds/"), permissions.WRITE_DEED),
    (
        FILING,
        Permission(
            "path.filing",
            "打开备案",
            {**_FILERS, Role.SECRETARY: Reach.OWN, Role.ORGANIZATION_DEPARTMENT: Reach.TENANT},
        ),
    ),
)
"""The first that an address begins with decides; any other may be opened by whoever reads the path."""


def may_open(viewer: Viewer, votes: str, files: str, address: str) -> bool:
    """Say whether a reader may open a document; `votes` and `files` are the paths of the organisations that do so."""
    for begins, permission in DOCUMENTS:
        if begins.match(address):
            return viewer.may(permission, files if begins is FILING else votes)
    return True


def may_open_ballot(viewer: Viewer, votes: str) -> bool:
    """Say whether somebody may open the page of a ballot of the organisation with this path."""
    return may_open(viewer, votes, votes, "/ballot/ballots/")


def opened(viewer: Viewer, votes: str, files: str, items: Sequence[Item]) -> list[Item]:
    """Give the steps with those links that the viewer may open."""
    return [
        replace(item, links=tuple(link for link in item.links if may_open(viewer, votes, files, link[1])))
        for item in items
    ]
