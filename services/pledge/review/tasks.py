"""What 审诺 asks of people: to look over, to mend what came back, to follow it up."""

from datetime import date

from services.pledge import permissions
from services.pledge.review import reading, store
from shared.auth import Viewer
from shared.db import Connection
from shared.web.tasks import Task


def provider(conn: Connection, viewer: Viewer, today: date) -> list[Task]:
    """Give what is to be mended by the person, then what waits for the person's decision or follow-up."""
    returned = store.list_returned_to(conn, viewer.tenant_id, viewer.id)
    found = [
        Task("修改退回的承诺", f"/pledge/reviews/{one.pledge_id}", "看意见并修改", one.follow_up_on, one.headline)
        for one in returned
    ]
    if not viewer.holds(permissions.REVIEW):
        return found
    queue = reading.queue(conn, viewer)
    waiting = queue.waiting
    if queue.total == 1:
        found.append(Task("审诺", f"/pledge/reviews/{waiting[0].pledge_id}", "审诺", None, waiting[0].name))
    elif waiting:
        found.append(Task(f"{queue.total}份承诺待审诺", "/pledge/reviews/", "审诺", None, waiting[0].organization))
    late = [one for one in reading.followed(conn, viewer) if one.follow_up_on and one.follow_up_on <= today]
    found += [
        Task("跟进退回的承诺", f"/pledge/reviews/{one.pledge_id}", "查看", one.follow_up_on, one.name)
        for one in late
        if one.person_id != viewer.id
    ]
    return found
