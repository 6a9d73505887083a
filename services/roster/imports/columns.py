"""The columns of each kind of table: their headings, what else people call them, what they take (requirements 4.4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.roster.imports.domain import ImportKind
from services.roster.position.domain import OFFICES
from shared.directory.domain import IDENTITY_NAMES, KIND_NAMES, STANDING_NAMES, UNIT_TYPES


@dataclass(frozen=True)
class Column:
    """One column. `choices` fill its drop-down in the template."""

    key: str
    heading: str
    note: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    choices: tuple[str, ...] = ()


_YES_NO = ("是", "否")

ORGANIZATIONS: tuple[Column, ...] = (
    Column("code", "组织编号", "全校不重复；再次导入时凭它认出同一组织", ("编号", "组织代码", "代码"), True),
    Column("name", "组织全称", "与印章一致", ("组织名称", "名称", "党组织名称"), True),
    Column("kind", "组织类别", "从下拉列表选择", ("类别", "组织类型"), True, tuple(KIND_NAMES.values())),
    Column("parent", "上级组织", "上级的编号或全称", ("上级", "上级编号", "上级党组织", "上级组织编号")),
    Column("unit_type", "单位类型", "决定分类指导文字", ("单位类别", "单位性质"), choices=UNIT_TYPES),
    Column("phone", "公开电话", "印在公示上", ("联系电话", "电话")),
    Column("address", "意见箱", "意见箱或办公地点，印在公示上", ("办公地点", "地址")),
)

PEOPLE: tuple[Column, ...] = (
    Column(
        "number", "学工号", "文本格式；再次导入时凭它认出同一人", ("学号", "工号", "职工号", "教工号", "人员编号"), True
    ),
    Column("name", "姓名", "可带“·”，不要加空格", ("党员姓名", "人员姓名"), True),
    Column(
        "organization",
        "所在党支部",
        "党支部的编号或全称；须已登记",
        ("支部名称", "所在支部", "党支部", "所属党支部", "所在组织", "所在党组织", "支部编号"),
        True,
    ),
    Column(
        "standing",
        "人员类别",
        "从下拉列表选择",
        ("政治面貌", "类别", "党员类型", "党籍"),
        choices=tuple(STANDING_NAMES.values()),
    ),
    Column(
        "identity",
        "身份",
        "从下拉列表选择",
        ("党员类别", "人员身份", "党员身份"),
        choices=tuple(IDENTITY_NAMES.values()),
    ),
    Column("gender", "性别", "男或女", choices=("男", "女")),
    Column("birth_year", "出生年份", "只保存年份", ("出生年月", "出生日期")),
    Column("joined", "入党时间", "如 2013-04-01、2013.4、201304、2013年4月；只知年月也可", ("入党日期",)),
    Column("formal", "转正时间", "同上；预备党员不填", ("转正日期",)),
    Column("leader", "担任领导职务", "是或否", ("领导干部", "是否领导"), choices=_YES_NO),
    Column("division_rank", "处级以上", "是或否", ("是否处级",), choices=_YES_NO),
    Column("without_office", "无职党员", "是或否", (), choices=_YES_NO),
    Column("post", "岗位职责", "设岗定责的岗位", ("岗位",)),
    Column("floating", "流动党员", "是或否", ("是否流动",), choices=_YES_NO),
    Column("floating_since", "外出时间", "流动党员必填", ("流出日期", "流出时间")),
    Column(
        "roles",
        "党内职务",
        "几个职务用“、”隔开；只增加任职，免职请在系统中办理",
        ("支部职务", "职务"),
        choices=tuple(OFFICES),
    ),
    Column("roles_organization", "任职组织", "编号或全称；不填为所在党支部", ()),
    Column("roles_since", "任职时间", "须到日；不填为今天", ("任职日期",)),
    Column("email", "邮箱", "", ("电子邮箱", "邮件")),
    Column("phone", "联系电话", "文本格式", ("手机", "手机号", "电话")),
    Column("reading", "姓名拼音", "系统读错姓名时填写，如 zeng xiaoming", ("拼音",)),
    Column("remark", "备注", "", ()),
    Column(
        "active",
        "在册状态",
        "在册，或毕业、转出、离校等",
        ("状态", "是否在册"),
        choices=("在册", "毕业", "转出", "离校"),
    ),
)

COLUMNS: Mapping[ImportKind, Sequence[Column]] = {
    ImportKind.ORGANIZATIONS: ORGANIZATIONS,
    ImportKind.PEOPLE: PEOPLE,
}
TROUBLE = "问题说明"
"""The heading under which a table comes back with its faults; ignored when the file is uploaded again."""


def recognised(kind: ImportKind, headings: Sequence[str]) -> tuple[dict[str, Column], list[str]]:
    """Give the column of each heading, and what is wrong with the headings, each a Chinese sentence."""
    known = _known(kind)
    found: dict[str, Column] = {}
    wrong = []
    for heading in headings:
        column = known.get(_bare(heading))
        if column is None:
            if heading and heading != TROUBLE:
                wrong.append(f"不认识列名“{heading}”。请改用模板中的列名，或删去这一列。")
        elif column in found.values():
            wrong.append(f"“{heading}”与另一列都表示“{column.heading}”，请只保留一列。")
        else:
            found[heading] = column
    wrong += [
        f"缺少“{column.heading}”一列。" for column in COLUMNS[kind] if column.required and column not in found.values()
    ]
    return found, wrong


def meant(kind: ImportKind, headings: Sequence[str]) -> ImportKind | None:
    """Give the other kind of table whose headings these are, where they are not those of the kind that was chosen."""
    if not recognised(kind, headings)[1]:
        return None
    return next((each for each in ImportKind if each is not kind and not recognised(each, headings)[1]), None)


def _known(kind: ImportKind) -> dict[str, Column]:
    known = {}
    for column in COLUMNS[kind]:
        for heading in (column.heading, *column.synonyms):
            known[_bare(heading)] = column
    return known


def _bare(heading: str) -> str:
    """Take off what people add to a heading: spaces, an asterisk, a remark in brackets."""
    text = "".join(heading.split()).strip("*＊")
    return text.split("（")[0].split("(")[0]
