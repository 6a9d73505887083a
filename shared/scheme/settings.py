"""Every setting that a scheme can make: key, kind, Chinese title, default, and where the default comes from.

`requirements` below means the project's requirements.md. Settings are data; the code asks them and names no document.
"""

from shared.directory.domain import IDENTITY_NAMES, UNIT_TYPES
from shared.scheme.pledging import PLEDGING
from shared.scheme.setting import Setting
from shared.voting.secrecy import FEWEST

FIVE_LEADS = ["带头学习提高", "带头争创佳绩", "带头服务群众", "带头遵纪守法", "带头弘扬正气"]
DEED_TYPES = ["说过的话", "做过的事", "创新的工作举措", "承担的重要任务"]
_BASES = (("roster", "在册党员"), ("formal", "在册正式党员"), ("entitled", "应到会党员"), ("present", "实到会党员"))
_CHANNELS = (("paper", "纸质投票"), ("electronic", "电子投票"), ("mixed", "电子与纸质并用"))
_ELECTORS = (("present", "出席会议的投票人"), ("entitled", "全体应到会的投票人"))
_SHORTFALLS = (
    ("empty", "空缺，不递补"),
    ("second_round", "对不足的名额另行选举一次"),
    ("reduce", "过半数有表决权的党员同意的，减少名额"),
)
_TIES = (
    ("ordinary_first", "普通党员优先"),
    ("revote", "对得票相同者再次投票"),
    ("fewer", "减少名额"),
    ("more", "增加名额"),
)

_IDENTITIES = tuple((str(identity), name) for identity, name in IDENTITY_NAMES.items())
_CATEGORIES = (*_IDENTITIES, *((unit_type, f"{unit_type}单位") for unit_type in UNIT_TYPES))
"""Whom a focus text is for: 学生 as people are, 学生单位 as units are."""
FORM_IDENTITIES = ("教师", "学生", "离退休同志")
"""What S1's 登记表 takes as 党员身份: “请填‘教师’、‘学生’或‘离退休同志’” (R-172)."""

SETTINGS: tuple[Setting, ...] = (
    Setting("basis.documents", "texts", "上级文件", [], "R-282"),
    Setting("labels.star", "text", "荣誉名称", "闪光言行之星", "S0 S1"),
    Setting("labels.deed", "text", "事迹名称", "闪光言行", "S0 S1"),
    Setting("labels.register", "text", "登记证名称", "《党员“闪光言行”登记证》", "S0 S1"),
    Setting("labels.meeting", "text", "会议名称", "专题组织生活会", "S1 (R-116)"),
    Setting("register.aspects", "texts", "五带头", FIVE_LEADS, "R-036"),
    Setting("register.types", "texts", "事迹类型", DEED_TYPES, "R-111"),
    Setting("register.fields", "texts", "体现方面", [], "R-114"),
    Setting("register.focus", "pairs", "分类指导文字", {}, "R-005 R-006: 党员类别或单位类型 → 文字", _CATEGORIES),
    Setting("meeting.report_days", "count", "会前报告提前天数", 3, "R-117，依据文件未定天数"),
    Setting(
        "meeting.quorum", "fraction", "到会比例（实到÷应到，不低于）", "1/2", "requirements 2.1 支部工作条例第11条"
    ),
    Setting("meeting.comment_everyone", "flag", "点评全体党员后方可投票", True, "R-119 R-133"),
    Setting("ballot.ratio", "fraction", "名额比例", "15/100", "R-130 R-131"),
    Setting("ballot.base", "choice", "名额基数", "roster", "requirements Q1", _BASES),
    Setting("ballot.base_without_exempt", "flag", "基数不含免予参加者", True, "R-014 Q1"),
    Setting(
        "ballot.rounding",
        "choice",
        "名额取整",
        "half_up",
        "requirements Q2",
        (("floor", "舍去小数"), ("half_up", "四舍五入"), ("ceiling", "进一")),
    ),
    Setting("ballot.minimum", "count", "最少名额", 1, "requirements Q2"),
    Setting("ballot.maximum_share", "fraction", "名额占基数上限（0 为不限）", "0", "requirements 2.2"),
    Setting("ballot.carry", "flag", "一年内小数部分累计到下一季度", False, "requirements 2.2"),
    Setting("ballot.pooling", "flag", "名额由党总支按最大余额统筹分配", False, "requirements 2.2"),
    Setting(
        "ballot.voters",
        "choices",
        "投票人",
        ["formal"],
        "requirements 2.1 Q4",
        (("formal", "正式党员"), ("probationary", "预备党员")),
    ),
    Setting(
        "ballot.candidates",
        "choices",
        "候选人",
        ["formal"],
        "requirements Q4",
        (("formal", "正式党员"), ("probationary", "预备党员")),
    ),
    Setting("ballot.leaders_stand", "flag", "担任领导职务的党员可作候选人", True, "R-132"),
    Setting("ballot.excused_stand", "flag", "请假且有书面介绍者可作候选人", True, "requirements Q6"),
    Setting("ballot.exactly", "flag", "须选足名额（多选、少选均无效）", False, "requirements 2.12"),
    Setting("ballot.threshold", "fraction", "当选须超过的比例（0 为不设）", "1/2", "requirements Q5"),
    Setting(
        "ballot.threshold_base",
        "choice",
        "当选比例的基数",
        "entitled",
        "requirements 2.1 支部工作条例第11条",
        (("entitled", "应到会"), ("present", "实到会"), ("valid", "有效票")),
    ),
    Setting(
        "ballot.ties", "ordered", "得票相同时依次采用", ["ordinary_first", "revote"], "requirements 2.3 Q12", _TIES
    ),
    Setting(
        "ballot.shortfall", "choice", "过半数的人少于名额时", "empty", "requirements 2.1，依据文件未规定", _SHORTFALLS
    ),
    Setting("ballot.leaders_share", "fraction", "当选者中领导干部占比上限（0 为不限）", "0", "R-132"),
    Setting("ballot.channel", "choice", "投票方式（支部发起投票时可以另选）", "paper", "DESIGN §6", _CHANNELS),
    Setting("ballot.electors", "choice", "电子投票的投票人", "present", "DESIGN §6，依据文件未定", _ELECTORS),
    Setting(
        "ballot.secrecy_minimum",
        "count",
        "电子投票最少票数（不足的不计票、不公布）",
        3,
        "requirements 5.1",
        least=FEWEST,
    ),
    Setting(
        "ballot.roll_months", "count", "电子投票凭证最长保存期（发起投票后几个月）", 6, "requirements 2.10 固定保存期"
    ),
    Setting(
        "ballot.disclosed_from",
        "count",
        "有效票不少于多少时可对支部公布各人得票",
        5,
        "requirements 5.1",
        least=FEWEST,
    ),
    Setting("eligibility.conditions", "conditions", "不能评选的情形", [], "R-150…R-159"),
    Setting("eligibility.consecutive", "count", "连续无正当理由缺席次数", 2, "R-158"),
    Setting("eligibility.total", "count", "一年内累计缺席次数", 3, "R-158"),
    Setting("eligibility.total_unexcused_only", "flag", "累计缺席只计无正当理由的", True, "R-158"),
    Setting(
        "eligibility.window",
        "choice",
        "一年的计法",
        "rolling",
        "R-158",
        (("rolling", "最近十二个月"), ("calendar", "当年")),
    ),
    Setting("eligibility.floating_months", "count", "流动党员未报到月数", 3, "R-158"),
    Setting("eligibility.written_counts", "flag", "书面介绍视同介绍交流", True, "R-159"),
    Setting("eligibility.reply_days", "count", "申辩期（工作日）", 3, "requirements 2.5"),
    Setting(
        "eligibility.retention_months",
        "count",
        "认定文字保存期（效力终止或撤销后几个月）",
        12,
        "requirements 2.10 固定保存期",
    ),
    Setting("after.filing_days", "count", "备案期限（工作日）", 5, "R-170 Q8"),
    Setting("after.notice_days", "count", "公示期（工作日，0 为只公布）", 5, "requirements 2.4 Q8"),
    Setting(
        "after.identities",
        "pairs",
        "登记表中的党员身份",
        {"leader": "教师", "staff": "教师", "student": "学生", "retired": "离退休同志"},
        "R-172",
        _IDENTITIES,
    ),
    *PLEDGING,
)
BY_KEY = {setting.key: setting for setting in SETTINGS}
