"""What an administrator does on the first day, in its order: which steps are done and which are still to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.web.tasks import Task


@dataclass(frozen=True)
class Standing:
    """How far a university's data have come."""

    schemes: int
    """organisations that adopted a scheme"""
    branches: int
    """organisations that hold meetings"""
    members: int
    """members of the Party on the roster"""
    sign_ins: int
    """people, besides who looks, that can sign in with a password"""
    campus: bool
    """people sign in through the campus, and need no password of ours"""


def tasks(now: Standing) -> Sequence[Task]:
    """Give what is still to do, each with what is done already; none once a branch could begin to work.

    The calendar is kept by another service and comes with the national holidays: it is pointed out with the rest.
    """
    steps = [
        ("采用制度方案", "/roster/schemes/adopt/", "去采用", now.schemes > 0),
        ("登记党组织", "/roster/imports/", "去导入", now.branches > 0),
        ("登记人员和职务", "/roster/imports/", "去导入", now.members > 0),
        ("给支部书记等人设置初始密码", "/roster/organizations/", "去设置", now.campus or now.sign_ins > 0),
    ]
    if all(done for *_, done in steps):
        return []
    steps.append(("核对放假安排", "/notify/calendar/", "去核对", False))
    ready = "、".join(f"✓ {title}" for title, *_, done in steps if done)
    note = f"已办好：{ready}。" if ready else "系统中还没有资料，请按顺序办理。"
    return [
        Task(f"初次使用第{place}步，共{len(steps)}步：{title}", href, action, note=note)
        for place, (title, href, action, done) in enumerate(steps, start=1)
        if not done
    ]
