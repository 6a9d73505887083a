"""What 亮诺 adds to the page of a pledge."""

from services.pledge import permissions
from services.pledge.pledge.domain import Pledge
from services.pledge.pledge.further import Further
from shared.auth import Viewer
from shared.db import Connection
from shared.directory.domain import Organization


def provider(_conn: Connection, viewer: Viewer, pledge: Pledge, organization: Organization) -> list[Further]:
    """Give the way to the public page and the signs, and for officers to the records of showings."""
    found = []
    address = f"/pledge/wall/pledges/{pledge.id}"
    if pledge.published_version is not None:
        found.append(Further("publish", "公开页面", address))
        if viewer.may(permissions.PRINT_SIGN, organization.path, person_id=pledge.person_id):
            found += [
                Further("publish", label, f"{address}/print/{sign}.pdf")
                for sign, label in (("card", "承诺名片"), ("desk", "桌牌"), ("post", "岗位牌"))
            ]
    if viewer.id == pledge.person_id and viewer.holds(permissions.SET_PORTRAIT):
        found.append(Further("publish", "岗位牌照片", "/pledge/portrait/"))
    if pledge.submitted_at is not None and viewer.may(permissions.PUBLISH_PLEDGE, organization.path):
        found.append(Further("publish", "公示登记", f"/pledge/publications/{pledge.id}"))
    return found
