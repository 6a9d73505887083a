"""Which shortcuts the workbench shows to whom; few, the one most used first."""

from dataclasses import dataclass

from shared.auth import Viewer
from shared.directory.domain import Role

COMMITTEE = {Role.SECRETARY, Role.DEPUTY_SECRETARY, Role.COMMITTEE_MEMBER}
GENERAL_BRANCH = {Role.GENERAL_BRANCH_SECRETARY, Role.GENERAL_BRANCH_CLERK}
DEPARTMENT = {Role.ORGANIZATION_DEPARTMENT}
OPERATORS = {Role.ADMINISTRATOR}


@dataclass(frozen=True)
class Link:
    """A shortcut: its words, where it leads, and the roles that need it."""

    title: str
    note: str
    href: str
    roles: frozenset[Role]


LINKS = (
    Link("我的登记证", "登记本季度的闪光言行", "/evaluation/register/", frozenset({Role.MEMBER})),
    Link("一句话承诺", "提出承诺，查看进展", "/pledge/", frozenset({Role.ANYONE})),
    Link("支部会议", "安排会议、签到、点评", "/evaluation/meetings/", frozenset({Role.MEMBER, *COMMITTEE})),
    Link("台账", "评选过程和结果", "/evaluation/awards/", frozenset(COMMITTEE | GENERAL_BRANCH | DEPARTMENT)),
    Link(
        "认定",
        "听取申辩、研究认定、复核",
        "/evaluation/findings/",
        frozenset({*COMMITTEE, Role.GENERAL_BRANCH_SECRETARY, Role.DISCIPLINE_OFFICER}),
    ),
    Link(
        "承诺覆盖情况",
        "谁已承诺、谁还没有",
        "/pledge/coverage/",
        frozenset(COMMITTEE | GENERAL_BRANCH | DEPARTMENT),
    ),
    Link("备案", "报送、受理评选结果", "/notify/filings/", frozenset(GENERAL_BRANCH | DEPARTMENT)),
    Link(
        "公示异议",
        "听取意见、作出决定，查看已办结的",
        "/notify/objections/",
        frozenset({Role.GENERAL_BRANCH_SECRETARY, *DEPARTMENT}),
    ),
    Link(
        "组织与党员",
        "名册、职务、流动党员",
        "/roster/organizations/",
        frozenset(COMMITTEE | GENERAL_BRANCH | DEPARTMENT | OPERATORS),
    ),
    Link("导入名册", "用表格更新组织和人员", "/roster/imports/", frozenset(DEPARTMENT | OPERATORS)),
    Link("制度方案", "采用方案、查看依据", "/roster/schemes/", frozenset(GENERAL_BRANCH | DEPARTMENT | OPERATORS)),
    Link("放假安排", "载入节假日和调休，公示期按工作日计算", "/notify/calendar/", frozenset(DEPARTMENT | OPERATORS)),
    Link("公开承诺墙", "各单位公开的承诺，可以提意见", "/pledge/wall/", frozenset({Role.ANYONE})),
    Link("公示与光荣榜", "正在公示的名单和已发布的事迹", "/notify/board/", frozenset({Role.ANYONE})),
)


def shown_to(viewer: Viewer) -> list[Link]:
    """Give the shortcuts of somebody's roles."""
    roles = viewer.roles()
    return [link for link in LINKS if link.roles & roles]
