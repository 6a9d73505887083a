"""Which permission each command of roster needs, and which role gives it how far."""

from shared.auth import Permission, Reach
from shared.directory.domain import Role

_ANYWHERE = {Role.ORGANIZATION_DEPARTMENT: Reach.TENANT, Role.ADMINISTRATOR: Reach.TENANT}
_WITHIN = {Role.GENERAL_BRANCH_SECRETARY: Reach.WITHIN, Role.GENERAL_BRANCH_CLERK: Reach.WITHIN, **_ANYWHERE}
_COMMITTEE = {Role.SECRETARY: Reach.OWN, Role.DEPUTY_SECRETARY: Reach.OWN, Role.COMMITTEE_MEMBER: Reach.OWN}

READ_ORGANIZATION = Permission("organization.read", "查看组织", {Role.ANYONE: Reach.TENANT})
WRITE_ORGANIZATION = Permission("organization.write", "登记和调整组织", _WITHIN)
READ_NAMES = Permission(
    "person.names",
    "查看本支部名册",
    {Role.MEMBER: Reach.OWN, Role.ACTIVIST: Reach.OWN, Role.STAFF: Reach.OWN, **_COMMITTEE, **_WITHIN},
)
READ_PERSON = Permission("person.read", "查看个人情况", {Role.ANYONE: Reach.SELF, **_COMMITTEE, **_WITHIN})
WRITE_PERSON = Permission("person.write", "登记和变更人员", _WITHIN)
RECORD_CONTACT = Permission("person.contact", "登记流动党员联系情况", {**_COMMITTEE, **_WITHIN})
APPOINT = Permission("position.appoint", "任免支部职务", _WITHIN)
APPOINT_ABOVE = Permission("position.appoint_above", "任免党总支以上职务", _ANYWHERE)
APPOINT_ADMINISTRATOR = Permission("position.administrator", "任免系统管理员", {Role.ADMINISTRATOR: Reach.TENANT})
ASK_EXEMPTION = Permission(
    "exemption.ask", "申请免予参加或不计入应到会", {Role.SECRETARY: Reach.OWN, Role.DEPUTY_SECRETARY: Reach.OWN}
)
DECIDE_EXEMPTION = Permission(
    "exemption.decide",
    "审批免予参加和不计入应到会",
    {Role.GENERAL_BRANCH_SECRETARY: Reach.WITHIN, Role.ORGANIZATION_DEPARTMENT: Reach.TENANT},
)
READ_EXEMPTION = Permission(
    "exemption.read",
    "查看免予参加的理由",
    {
        Role.SECRETARY: Reach.OWN,
        Role.DEPUTY_SECRETARY: Reach.OWN,
        Role.GENERAL_BRANCH_SECRETARY: Reach.WITHIN,
        Role.ORGANIZATION_DEPARTMENT: Reach.TENANT,
    },
)
IMPORT = Permission("roster.import", "导入名册", _ANYWHERE)

SIGN_IN = Permission("session.start", "登录", public=True)
SEE_SELF = Permission("me.read", "查看本人资料", {Role.ANYONE: Reach.SELF}, early=True)
CHANGE_SELF = Permission("me.change", "修改本人密码、退出登录", {Role.ANYONE: Reach.SELF}, early=True)
SET_PASSWORD = Permission(
    "password.set", "重置他人密码", {Role.ADMINISTRATOR: Reach.TENANT, Role.GENERAL_BRANCH_CLERK: Reach.WITHIN}
)
READ_SCHEMES = Permission("scheme.read", "查看制度方案", {Role.ANYONE: Reach.TENANT})
WRITE_SCHEMES = Permission("scheme.write", "编写和发布制度方案", _ANYWHERE)
ADOPT = Permission("scheme.adopt", "采用和调整制度方案", {Role.SECRETARY: Reach.OWN, **_WITHIN})
SEE_HOME = Permission("home.read", "首页", public=True)
