"""Every setting that a scheme can make: key, kind, Chinese title, default, and where the default comes from.

`requirements` below means the project's requirements.md. Settings are data; the code asks them and names no document.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from shared.scheme.pledging import PLEDGING
from shared.scheme.setting import Setting
from shared.voting.secrecy import FEWEST

_VOTING = (("formal", "正式党员"), ("probationary", "预备党员"))
_WINDOWS = (("rolling", "最近十二个月"), ("calendar", "当年"))
FIVE_LEADS = ["带头学习提高", "带头争创佳绩", "带头服务群众", "带头遵纪守法", "带头弘扬正气"]
DEED_TYPES = ["说过的话", "做过的事", "创新的工作举措", "承担的重要任务"]
_BASES = (("roster", "在册党员"), ("formal", "在册正式党员"), ("entitled", "应到会党员"), ("present", "实到会党员"))
_CHANNELS = (("paper", "纸质投票"), ("electronic", "电子投票"), ("mixed", "电子与纸质并用"))
_ELECTORS = (("present", "出席会议的投票人"), ("entitled", "全体应到会的投票人"))
_TIES = (
    ("ordinary_first", "普通党员优先"),
    ("revote", "对得票相同者再次投票"),
    ("fewer", "减少名额"),
    ("more", "增加名额"),
)

SETTINGS: tuple[Setting, ...] = (
    Setting("labels.star", "text", "荣誉名称", "闪光言行之星", "S0 S1"),
    Setting("labels.deed", "text", "事迹名称", "闪光言行", "S0 S1"),
    Setting("labels.register", "text", "登记证名称", "《党员“闪光言行”登记证》", "S0 S1"),
    Setting("labels.meeting", "text", "会议名称", "专题组织生活会", "S1 (R-116)"),
    Setting("register.aspects", "texts", "五带头", FIVE_LEADS, "R-036"),
    Setting("register.types", "texts", "事迹类型", DEED_TYPES, "R-111"),
    Setting("register.fields", "texts", "体现方面", [], "R-114"),
    Setting("register.focus", "pairs", "分类指导文字", {}, "R-005: 党员类别 → 文字"),
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
        "ballot.ties", "choices", "得票相同时依次采用", ["ordinary_first", "revote"], "requirements 2.3 Q12", _TIES
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
    ),
    *PLEDGING,
)
BY_KEY = {setting.key: setting for setting in SETTINGS}


def check(settings: Mapping[str, Any]) -> list[str]:
    """List everything that is wrong with a scheme's settings, each a Chinese sentence; an empty list is good."""
    wrong = [f"没有“{key}”这项设置。" for key in settings if key not in BY_KEY]
    for key, value in settings.items():
        if key in BY_KEY and not _fits(BY_KEY[key], value):
            wrong.append(f"“{BY_KEY[key].title}”的值不合要求{_bound(BY_KEY[key])}。")
    return wrong + _conflicts({key: settings.get(key, setting.default) for key, setting in BY_KEY.items()})


def _bound(setting: Setting) -> str:
    return f"，不得少于{setting.least}" if setting.least else ""


def _conflicts(settings: Mapping[str, Any]) -> list[str]:
    """List settings that contradict one another: places are pooled before anybody comes, from the roster alone."""
    if settings["ballot.pooling"] is not True:
        return []
    wrong = []
    if settings["ballot.carry"] is True:
        wrong.append("名额由党总支统筹分配的，小数部分不能再由各支部累计到下一季度。")
    if settings["ballot.base"] in {"entitled", "present"}:
        wrong.append("名额由党总支统筹分配的，在开会以前计算，名额基数只能是在册党员或在册正式党员。")
    return wrong


def _fits(setting: Setting, value: Any) -> bool:
    options = {option for option, _ in setting.choices}
    match setting.kind:
        case "text":
            return isinstance(value, str) and bool(value.strip())
        case "texts":
            return isinstance(value, list) and all(isinstance(item, str) and item for item in value)
        case "flag":
            return isinstance(value, bool)
        case "count":
            return isinstance(value, int) and not isinstance(value, bool) and value >= setting.least
        case "fraction":
            return _is_share(value)
        case "day":
            return _is_day(value)
        case "choice":
            return value in options
        case "choices":
            return isinstance(value, list) and bool(value) and set(value) <= options and len(set(value)) == len(value)
        case "pairs":
            return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())
        case _:
            return isinstance(value, list) and all(_is_condition(item) for item in value)


def _is_share(value: Any) -> bool:
    try:
        return isinstance(value, str) and 0 <= Fraction(value) <= 1
    except (ValueError, ZeroDivisionError):
        return False


def _is_day(value: Any) -> bool:
    """Say whether a value is a day of any year, 02-28; 02-29 is none."""
    try:
        return isinstance(value, str) and len(value) == 5 and bool(date.fromisoformat(f"2013-{value}"))
    except ValueError:
        return False


def _is_condition(item: Any) -> bool:
    return (
        isinstance(item, dict)
        and isinstance(item.get("number"), int)
        and bool(item.get("text"))
        and isinstance(item.get("sensitive"), bool)
        and item.get("computed") in (None, "attendance", "register")
    )
