"""The settings about pledges: 提诺、审诺、亮诺, 督诺 and 评诺. `requirements` means the project's requirements.md."""

from shared.scheme.setting import Setting

STAGES = {
    "make": "提诺",
    "review": "审诺",
    "publish": "亮诺",
    "fulfil": "履诺",
    "supervise": "督诺",
    "appraise": "评诺",
}
CHECKLIST = ["符合科学发展观要求", "体现先进性", "体现岗位职责特点", "符合群众意愿"]
CHANNELS = ["党员大会", "党务公开栏", "报刊", "微博", "网站"]
FIVE_LEADS = ["带头学习提高", "带头争创佳绩", "带头服务群众", "带头遵纪守法", "带头弘扬正气"]
AREAS = ["推动科学发展", "建设服务型党组织", "中心工作和重点任务", "党章规定的基本任务", "创建五个好", "为群众办实事"]

_FORMS = (
    ("individual", "党员个人承诺"),
    ("group", "党员集体承诺"),
    ("joint", "党员带领群众共同承诺"),
    ("staff", "党外干部职工承诺"),
    ("organization", "党组织承诺"),
)
_KINDS = (("annual", "年度承诺"), ("instant", "即时承诺"))
_STEPS = (("branch", "党支部"), ("general_branch", "党总支"))
_TREATMENTS = (("oral", "口头承诺"), ("encouraged", "鼓励做力所能及的工作"), ("exempt", "经上级同意免予参加"))
_SCOPES = (("branch", "本支部"), ("school", "学校"), ("public", "社会"))
_LADDER = (
    ("help", "提醒和帮助"),
    ("criticism", "通报批评"),
    ("rectify", "责令限期整改"),
    ("announce", "向党员群众通报"),
)
_SOURCES = (
    ("self", "个人自评"),
    ("peer", "党员互评"),
    ("organization", "党组织考评"),
    ("leader", "领导点评"),
    ("mass", "群众测评"),
)

PLEDGING: tuple[Setting, ...] = (
    Setting("pledge.stages", "pairs", "各环节名称", STAGES, "C3 C4", tuple(STAGES.items())),
    Setting("pledge.aspects", "texts", "承诺的方面", FIVE_LEADS, "R-035 R-036 C14"),
    Setting("pledge.areas", "texts", "党组织承诺的内容", AREAS, "R-192"),
    Setting("pledge.leader_aspects", "texts", "处级以上党员领导干部另须承诺的方面", [], "R-008"),
    Setting("pledge.leader_minimum", "count", "担任领导职务的党员至少承诺几项", 1, "R-007"),
    Setting("pledge.items_minimum", "count", "至少承诺几项（0 为只写一句话）", 0, "R-034 R-037"),
    Setting("pledge.kinds", "choices", "承诺的种类", ["annual", "instant"], "R-030", _KINDS),
    Setting(
        "pledge.forms", "choices", "承诺的方式", ["individual", "group", "joint", "organization"], "R-033 C19", _FORMS
    ),
    Setting("pledge.window_opens", "day", "年度承诺从哪天起提出", "01-01", "R-031 C5"),
    Setting("pledge.window_closes", "day", "年度承诺到哪天止提出", "03-31", "R-031 C5"),
    Setting("pledge.window_before", "flag", "从上年的该日起提出", False, "R-031 R-194"),
    Setting("pledge.publish_by", "day", "公示截止日", "04-30", "R-059"),
    Setting("pledge.headline_length", "count", "一句话承诺最多几个字", 60, "R-037"),
    Setting("pledge.likeness", "fraction", "两份承诺相似到几成时提示审诺人", "4/5", "R-038"),
    Setting("pledge.review_steps", "ordered", "由谁审诺（依次）", ["branch"], "R-050 R-053 C2", _STEPS),
    Setting("pledge.checklist", "texts", "审诺的标准", CHECKLIST, "R-050 R-051"),
    Setting("pledge.follow_up_days", "count", "退回后几个工作日内修改", 5, "R-055"),
    Setting("pledge.channels", "texts", "公示的形式", CHANNELS, "R-056 R-057 R-058"),
    Setting("pledge.scope", "choice", "公示的范围", "public", "R-058 R-060", _SCOPES),
    Setting("pledge.opinions_signed", "flag", "群众意见须署名", False, "R-060"),
    Setting(
        "pledge.treatments",
        "choices",
        "年老体弱等党员的办理方式",
        ["oral", "encouraged"],
        "R-012 R-013 R-014 C16",
        _TREATMENTS,
    ),
    Setting(
        "supervision.rhythm",
        "choice",
        "点评的周期",
        "quarter",
        "R-072 R-074 C1",
        (
            ("month", "每月"),
            ("two_months", "每两个月"),
            ("quarter", "每季度"),
            ("year", "每年"),
            ("none", "不定期"),
        ),
    ),
    Setting("supervision.due_day", "count", "点评在周期最后一个月的几日前完成（0 为月底）", 0, "R-241 C1"),
    Setting("supervision.before_days", "count", "完成时限前几天提醒", 7, "R-073"),
    Setting("supervision.ladder", "ordered", "没有按时完成时依次采用", ["help"], "R-073 R-075 C8", _LADDER),
    Setting(
        "appraisal.sources",
        "choices",
        "评诺的方式",
        ["self", "peer", "organization", "mass"],
        "R-090 R-092 C6",
        _SOURCES,
    ),
    Setting("appraisal.weights", "pairs", "各方式的权重（没有为定性评议）", {}, "R-090 C6", _SOURCES),
    Setting("appraisal.appraiser", "choice", "由谁评诺", "branch", "R-090 C7", _STEPS),
    Setting("appraisal.scale", "texts", "评议等次（没有为只写评语）", ["好", "较好", "一般", "差"], "requirements 2.6"),
    Setting("appraisal.secret_ballot", "flag", "党员互评采用无记名投票", False, "requirements 2.5"),
    Setting("appraisal.instant", "flag", "即时承诺一事一评", True, "R-093"),
    Setting(
        "appraisal.scope",
        "choice",
        "评议结果的公示范围",
        "branch",
        "R-099 R-102 C17",
        (("none", "不公示"), *_SCOPES),
    ),
)
