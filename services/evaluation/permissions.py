"""Which permission each command of evaluation needs, and which role gives it how far."""

from shared.auth import Permission, Reach
from shared.directory.domain import Role

BRANCH = {Role.SECRETARY: Reach.OWN, Role.DEPUTY_SECRETARY: Reach.OWN, Role.COMMITTEE_MEMBER: Reach.OWN}
"""Who runs a branch's meeting; the committee member and the deputy by name, so that delegation is explicit (R-023)."""
ABOVE = {
    Role.GENERAL_BRANCH_SECRETARY: Reach.WITHIN,
    Role.GENERAL_BRANCH_CLERK: Reach.WITHIN,
    Role.ORGANIZATION_DEPARTMENT: Reach.WITHIN,
}
"""Who answers for the branches below (R-026)."""

READ_REGISTER = Permission("register.read", "查看登记证", {Role.ANYONE: Reach.SELF, **BRANCH})
WRITE_DEED = Permission("deed.write", "登记闪光言行", {Role.MEMBER: Reach.SELF, **BRANCH})
READ_DEEDS = Permission("deed.read", "查看闪光言行", {Role.MEMBER: Reach.OWN, **BRANCH, **ABOVE})
CONFIRM_DEED = Permission("deed.confirm", "确认闪光言行", BRANCH)
READ_OVERVIEW = Permission("register.overview", "查看支部登记情况", BRANCH)

READ_MEETING = Permission(
    "meeting.read", "查看支部会议", {Role.ANYONE: Reach.SELF, Role.MEMBER: Reach.OWN, **BRANCH, **ABOVE}
)
"""Whoever is sent as observer reads that meeting, without any position (R-019)."""
RUN_MEETING = Permission("meeting.run", "召集和主持支部会议", BRANCH)
ASK_LEAVE = Permission("meeting.leave", "请假", {Role.MEMBER: Reach.SELF})
APPOINT_OBSERVER = Permission("meeting.observer", "派员列席", ABOVE)

READ_ATTENDANCE = Permission("attendance.read", "查看组织生活出席情况", {Role.MEMBER: Reach.SELF, **BRANCH, **ABOVE})
IMPORT_ATTENDANCE = Permission("attendance.import", "导入组织生活出席情况", {**BRANCH, **ABOVE})

NEED_TO_KNOW = {
    Role.SECRETARY: Reach.OWN,
    Role.GENERAL_BRANCH_SECRETARY: Reach.WITHIN,
    Role.DISCIPLINE_OFFICER: Reach.WITHIN,
}
"""Who may read a sensitive finding besides the member concerned (requirements 2.10)."""

PROPOSE_FINDING = Permission("finding.propose", "提出认定", {**BRANCH, **NEED_TO_KNOW})
READ_FINDING = Permission("finding.read", "查看认定", {Role.ANYONE: Reach.SELF, **BRANCH, **NEED_TO_KNOW})
READ_SENSITIVE_FINDING = Permission("finding.read_sensitive", "查看敏感认定", {Role.ANYONE: Reach.SELF, **NEED_TO_KNOW})
REPLY_FINDING = Permission("finding.reply", "申辩", {Role.ANYONE: Reach.SELF})
DECIDE_FINDING = Permission("finding.decide", "告知本人、认定和撤回", BRANCH)
REVIEW_FINDING = Permission(
    "finding.review",
    "复核认定",
    {Role.GENERAL_BRANCH_SECRETARY: Reach.WITHIN, Role.DISCIPLINE_OFFICER: Reach.WITHIN},
)

READ_ELIGIBILITY = Permission("eligibility.read", "查看候选人资格审查", {**BRANCH, **NEED_TO_KNOW})
DECIDE_PROPOSAL = Permission("eligibility.decide", "认定或排除系统提示的情形", BRANCH)

READ_QUOTA = Permission("quota.read", "查看名额计算", {Role.MEMBER: Reach.OWN, **BRANCH, **ABOVE})
ALLOT = Permission(
    "quota.allot",
    "分配名额",
    {Role.GENERAL_BRANCH_SECRETARY: Reach.WITHIN, Role.GENERAL_BRANCH_CLERK: Reach.WITHIN},
)

CALL_BALLOT = Permission("election.call", "发起投票", BRANCH)
TAKE_CREDENTIAL = Permission("roll.credential", "领取本人的电子投票凭证", {Role.MEMBER: Reach.SELF})
READ_ELECTION = Permission(
    "election.read", "查看选举结果", {Role.ANYONE: Reach.SELF, Role.MEMBER: Reach.OWN, **BRANCH, **ABOVE}
)
READ_VOTES = Permission("election.votes", "查看各人得票", {**BRANCH, Role.GENERAL_BRANCH_SECRETARY: Reach.WITHIN})

READ_AWARDS = Permission("award.read", "查看台账和评选过程", {Role.MEMBER: Reach.OWN, **BRANCH, **ABOVE})
READ_REASONS = Permission("award.reasons", "查看未通过复核的原因", {**BRANCH, **ABOVE})
EXPORT_AWARDS = Permission("award.export", "导出台账", {**BRANCH, **ABOVE})
VERIFY_AWARD = Permission("award.verify", "再次复核当选资格", {**BRANCH, Role.ORGANIZATION_DEPARTMENT: Reach.WITHIN})
READ_STARS = Permission("award.stars", "查看和导出个人获评情况", {Role.ANYONE: Reach.SELF, **BRANCH, **ABOVE})
