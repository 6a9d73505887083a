"""Which permission each command of notify needs, and which role gives it how far."""

from shared.auth import Permission, Reach
from shared.directory.domain import Role

_FILERS = {
    Role.GENERAL_BRANCH_SECRETARY: Reach.WITHIN,
    Role.GENERAL_BRANCH_CLERK: Reach.WITHIN,
    Role.SECRETARY: Reach.OWN,
}
_DEPARTMENT = {Role.ORGANIZATION_DEPARTMENT: Reach.TENANT}

READ_FILINGS = Permission("filing.read", "查看备案", {**_FILERS, **_DEPARTMENT})
CORRECT_FILING = Permission("filing.correct", "更正并重新报送备案", _FILERS)
DECIDE_FILING = Permission("filing.decide", "备案或退回", _DEPARTMENT)
SUMMARIZE_FILINGS = Permission("filing.summarize", "备案汇总", _DEPARTMENT)

READ_NOTICES = Permission("notice.read", "查看公示", public=True)
RAISE_OBJECTION = Permission("objection.raise", "提出异议", public=True)
ASK_ANSWER = Permission("objection.ask", "查询异议答复", public=True)
ENTER_OBJECTION = Permission(
    "objection.enter",
    "登记书面异议",
    {Role.GENERAL_BRANCH_SECRETARY: Reach.WITHIN, Role.GENERAL_BRANCH_CLERK: Reach.WITHIN, **_DEPARTMENT},
)
HANDLE_OBJECTION = Permission(
    "objection.handle", "处理异议", {Role.GENERAL_BRANCH_SECRETARY: Reach.WITHIN, **_DEPARTMENT}
)
REPLY_OBJECTION = Permission("objection.reply", "就异议作出说明", {Role.ANYONE: Reach.SELF})

READ_BOARD = Permission("board.read", "查看光荣榜", public=True)
REVOKE_AWARD = Permission("award.revoke", "撤销荣誉", _DEPARTMENT)
ENTER_CALENDAR = Permission("calendar.enter", "载入放假安排", {**_DEPARTMENT, Role.ADMINISTRATOR: Reach.TENANT})
READ_CALENDAR = Permission("calendar.read", "查看放假安排", {Role.ANYONE: Reach.OWN})

READ_MESSAGES = Permission("message.read", "查看消息", {Role.ANYONE: Reach.SELF})
MARK_MESSAGES = Permission("message.mark", "将消息标为已读", {Role.ANYONE: Reach.SELF})
