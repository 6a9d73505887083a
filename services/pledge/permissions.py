"""Which permission each command of pledge needs, and which role gives it how far; by noun."""

from shared.auth import Permission, Reach
from shared.directory.domain import Role

_BRANCH = {Role.SECRETARY: Reach.OWN, Role.DEPUTY_SECRETARY: Reach.OWN, Role.COMMITTEE_MEMBER: Reach.OWN}
_GENERAL = {Role.GENERAL_BRANCH_SECRETARY: Reach.WITHIN, Role.GENERAL_BRANCH_CLERK: Reach.WITHIN}
_DEPARTMENT = {Role.ORGANIZATION_DEPARTMENT: Reach.WITHIN}
_ABOVE = {**_GENERAL, **_DEPARTMENT}
_OWN = {Role.MEMBER: Reach.SELF, Role.STAFF: Reach.SELF}
_OF_BRANCH = {Role.MEMBER: Reach.OWN, Role.STAFF: Reach.OWN, Role.ACTIVIST: Reach.OWN}

# appraisal
READ_APPRAISAL = Permission("appraisal.read", "查看评诺", {**_OWN, **_BRANCH, **_ABOVE})
APPRAISE_SELF = Permission("appraisal.self", "个人自评", {**_OWN, **_BRANCH, **_ABOVE})
COMMENT_APPRAISAL = Permission("appraisal.comment", "党组织考评和领导点评", {**_BRANCH, **_ABOVE})
DECIDE_APPRAISAL = Permission("appraisal.decide", "评定承诺", {**_BRANCH, **_ABOVE})
REPLY_APPRAISAL = Permission("appraisal.reply", "对评定提出意见", {**_OWN, **_BRANCH, **_ABOVE})

# assessment
LIST_ASSESSMENTS = Permission("assessment.list", "查看本支部的评诺安排", {Role.ANYONE: Reach.SELF})
READ_ASSESSMENT = Permission("assessment.read", "查看评诺情况", {**_OF_BRANCH, **_BRANCH, **_ABOVE})
RUN_ASSESSMENT = Permission("assessment.run", "组织评诺", {**_BRANCH, **_ABOVE})
READ_RESULTS = Permission("assessment.read_results", "查看公示的评议结果", public=True)

# author
ANSWER_AUTHOR = Permission("author.answer", "确认或说明不参加共同承诺", {Role.ANYONE: Reach.SELF})

# care
READ_CARE = Permission("care.read", "查看关怀记录", {**_BRANCH, **_ABOVE})
RECORD_CARE = Permission("care.record", "登记老党员、生活困难党员和关怀情况", {**_BRANCH, **_ABOVE})

# consequence
READ_CONSEQUENCE = Permission("consequence.read", "查看批评教育和组织处理", {**_OWN, **_BRANCH, **_ABOVE})
PROPOSE_CONSEQUENCE = Permission("consequence.propose", "提出批评教育和组织处理", {**_BRANCH, **_ABOVE})
HEAR_CONSEQUENCE = Permission("consequence.hear", "申辩和听取申辩", {**_OWN, **_BRANCH, **_ABOVE})
DECIDE_CONSEQUENCE = Permission("consequence.decide", "决定批评教育和组织处理", {**_BRANCH, **_ABOVE})

# coverage
READ_COVERAGE = Permission("coverage.read", "查看承诺覆盖情况", {**_BRANCH, **_ABOVE})

# difficulty
REPORT_DIFFICULTY = Permission("difficulty.report", "反映履诺中的困难", {**_OWN, **_BRANCH, **_ABOVE})
READ_DIFFICULTY = Permission("difficulty.read", "查看履诺中的困难", {**_OWN, **_BRANCH, **_ABOVE})
ANSWER_DIFFICULTY = Permission("difficulty.answer", "答复履诺中的困难", {**_BRANCH, **_ABOVE})

# form
TAKE_FORM = Permission("form.take", "领取党员互评表", {Role.MEMBER: Reach.OWN})
SEE_FORM = Permission("form.see", "打开群众测评表", public=True)
ANSWER_FORM = Permission("form.answer", "交评议表", public=True)
PRINT_FORM = Permission("form.print", "打印评议表", {**_BRANCH, **_ABOVE})
PRINT_SLIPS = Permission("form.slips", "打印群众测评的评议码", {**_BRANCH, **_ABOVE})
ENTER_FORMS = Permission("form.enter", "登记和核对纸质评议表的汇总", {**_BRANCH, **_ABOVE})

# grading
TAKE_CREDENTIAL = Permission("grading.credential", "领取本人的电子测评凭证", {Role.MEMBER: Reach.SELF})

# inspection
READ_INSPECTION = Permission("inspection.read", "查看检查抽查记录", {**_BRANCH, **_ABOVE})
RUN_INSPECTION = Permission("inspection.run", "登记检查、抽取样本", _ABOVE)
FOLLOW_UP_INSPECTION = Permission("inspection.follow_up", "登记检查后的整改结果", {**_BRANCH, **_ABOVE})

# imports
IMPORT_PLEDGES = Permission("pledge.import", "导入承诺", {**_BRANCH, **_ABOVE})

# ledger
EXPORT_LEDGER = Permission("ledger.export", "导出承诺台账", {**_BRANCH, **_ABOVE})

# measure
READ_MEASURE = Permission("measure.read", "查看提醒帮助和督促措施", {**_OWN, **_BRANCH, **_ABOVE})
READ_ANNOUNCEMENTS = Permission("measure.read_announced", "查看向党员群众通报的情况", {Role.ANYONE: Reach.SELF})
RECORD_HELP = Permission("measure.help", "登记提醒和帮助", {**_BRANCH, **_ABOVE})
TAKE_MEASURE = Permission("measure.take", "由上级提出和决定督促措施", _ABOVE)
REPLY_MEASURE = Permission("measure.reply", "对督促措施陈述意见", {**_OWN, **_BRANCH, **_ABOVE})

# opinion
GIVE_OPINION = Permission("opinion.give", "对承诺提出意见", public=True)
ASK_OPINION = Permission("opinion.ask", "查询意见的答复", public=True)
ENTER_OPINION = Permission("opinion.enter", "登记意见箱的意见", {**_BRANCH, **_ABOVE})
HANDLE_OPINION = Permission("opinion.handle", "查看和答复群众意见", {**_BRANCH, **_ABOVE})

# place
SEE_PLACE = Permission("pledge.see_place", "打开承诺", {Role.ANYONE: Reach.SELF})

# pledge
LIST_PLEDGES = Permission("pledge.list", "查看自己的承诺和本支部公示的承诺", {Role.ANYONE: Reach.SELF})
READ_PLEDGE = Permission("pledge.read", "查看承诺", {**_OF_BRANCH, **_BRANCH, **_ABOVE})
READ_DRAFT = Permission("pledge.read_draft", "查看未公示的承诺", {**_OWN, **_BRANCH, **_ABOVE})
WRITE_PLEDGE = Permission("pledge.write", "提诺", {**_OWN, **_BRANCH, **_ABOVE})
WRITE_ORGANIZATION_PLEDGE = Permission("pledge.write_organization", "党组织提诺", {**_BRANCH, **_ABOVE})

# portrait
SET_PORTRAIT = Permission("portrait.set", "上传本人的岗位牌照片", _OWN)

# progress
READ_PROGRESS = Permission("progress.read", "查看履诺进度", {Role.ANYONE: Reach.SELF})
WRITE_PROGRESS = Permission("progress.write", "登记履诺进度", {**_OWN, **_BRANCH, **_ABOVE})

# publication
PUBLISH_PLEDGE = Permission("publication.record", "登记承诺的公示", {**_BRANCH, **_ABOVE})

# remark
READ_OWN_REMARKS = Permission("remark.read_own", "查看对自己的点评", {Role.ANYONE: Reach.SELF})
READ_REMARKS = Permission("remark.read", "查看本支部的点评和梳理总结", {**_BRANCH, **_ABOVE})
WRITE_REMARKS = Permission("remark.write", "点评和梳理总结", {**_BRANCH, **_ABOVE})

# review
READ_REVIEWS = Permission("review.read", "查看审诺意见", {Role.ANYONE: Reach.SELF})
REVIEW = Permission("review.decide", "审诺", {**_BRANCH, **_ABOVE})
REVIEW_FROM_ABOVE = Permission("review.decide_above", "由上级审诺", _ABOVE)

# round
READ_ROUND = Permission("round.read", "查看承诺的时间安排", {Role.ANYONE: Reach.OWN, **_ABOVE})
SET_ROUND = Permission("round.set", "安排承诺的时间", _ABOVE)

# supervision
SUPERVISE = Permission("supervision.read", "查看督诺总览", {**_BRANCH, **_ABOVE})

# treatment
READ_TREATMENT = Permission("treatment.read", "查看免予参加和鼓励办理", {**_BRANCH, **_ABOVE})
APPLY_TREATMENT = Permission("treatment.apply", "提出免予参加或鼓励办理", _BRANCH)
DECIDE_TREATMENT = Permission("treatment.decide", "审批免予参加和鼓励办理", _ABOVE)

# wall
READ_WALL = Permission("wall.read", "查看公开承诺墙", public=True)
PRINT_BOARD = Permission("wall.print_board", "打印承诺展示板", {**_BRANCH, **_ABOVE})
PRINT_SIGN = Permission("wall.print_sign", "打印承诺名片、桌牌和岗位牌", {**_OWN, **_BRANCH, **_ABOVE})
