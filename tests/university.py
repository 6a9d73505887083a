"""A small university for tests: one 党委, two 党总支, three branches, one 直属党支部, named people, one scheme.

Fill any service's database with `University.fill(conn)`; the ids are fixed, so that the services agree on them.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from shared.db import Connection
from shared.directory import store

TENANT = uuid5(NAMESPACE_URL, "tests/tenant")
SCHEME = uuid5(NAMESPACE_URL, "tests/scheme")

CONDITIONS = [
    {"number": 1, "text": "拒不服从和执行上级决议和党组织分配的任务", "sensitive": False, "computed": None},
    {"number": 2, "text": "越级信访、无理重复信访", "sensitive": True, "computed": None},
    {"number": 3, "text": "正在接受调查或还在处分期内", "sensitive": True, "computed": None},
    {"number": 4, "text": "参加非法组织", "sensitive": True, "computed": None},
    {"number": 5, "text": "急难险重时刻退缩不前", "sensitive": False, "computed": None},
    {"number": 6, "text": "工作责任心不强", "sensitive": False, "computed": None},
    {"number": 7, "text": "在群众中产生负面影响", "sensitive": False, "computed": None},
    {"number": 8, "text": "无正当理由连续两次不参加党的组织生活", "sensitive": False, "computed": "attendance"},
    {"number": 9, "text": "没有闪光言行介绍交流", "sensitive": False, "computed": "register"},
]


def uid(name: str) -> UUID:
    """Give the fixed id of a thing by name."""
    return uuid5(TENANT, name)


ORGANIZATIONS: list[tuple[str, str, str, str]] = [
    # code path, kind, name, unit type
    ("zjy", "committee", "中共浙江示例学院委员会", ""),
    ("zjy/jin", "general_branch", "金融学院党总支", "教学"),
    ("zjy/jin/jg", "branch", "金融学院教工党支部", "教学"),
    ("zjy/jin/xs", "branch", "金融学院学生党支部", "教学"),
    ("zjy/kuai", "general_branch", "会计学院党总支", "教学"),
    ("zjy/kuai/jg", "branch", "会计学院教工党支部", "教学"),
    ("zjy/tsg", "direct_branch", "图书馆直属党支部", "机关"),
]

# surname order by strokes is given by the number in the stroke key
PEOPLE: list[tuple[str, str, str, str, dict[str, Any]]] = [
    # name, number, organisation, positions, changes
    ("王一鸣", "T001", "zjy/jin/jg", "secretary", {"leader": True}),
    ("区小宁", "T002", "zjy/jin/jg", "committee_member", {}),
    ("尤文静", "T003", "zjy/jin/jg", "", {}),
    ("毛建国", "T004", "zjy/jin/jg", "", {}),
    ("仇大海", "T005", "zjy/jin/jg", "", {}),
    ("文思远", "T006", "zjy/jin/jg", "", {}),
    ("方佳", "T007", "zjy/jin/jg", "", {}),
    ("尹志强", "T008", "zjy/jin/jg", "", {}),
    ("赵晓明", "S001", "zjy/jin/xs", "secretary", {"identity": "student"}),
    ("钱多", "S002", "zjy/jin/xs", "", {"identity": "student"}),
    ("孙丽", "S003", "zjy/jin/xs", "", {"identity": "student", "standing": "probationary"}),
    ("李会计", "T021", "zjy/kuai/jg", "secretary", {}),
    ("周账清", "T022", "zjy/kuai/jg", "", {}),
    ("吴书香", "T031", "zjy/tsg", "secretary", {}),
    ("郑总", "T041", "zjy/jin/jg", "general_branch_secretary@zjy/jin", {"leader": True, "exempt": True}),
    ("冯文员", "T042", "zjy/tsg", "general_branch_clerk@zjy/jin", {}),
    ("陈部长", "T051", "zjy/tsg", "organization_department@zjy", {"leader": True, "division_rank": True}),
    ("褚纪", "T052", "zjy/tsg", "discipline_officer@zjy", {}),
    ("卫管理", "T053", "zjy/tsg", "administrator@zjy", {}),
    ("蒋总会", "T054", "zjy/kuai/jg", "general_branch_secretary@zjy/kuai", {"leader": True}),
    ("沈积极", "S011", "zjy/jin/xs", "", {"identity": "student", "standing": "activist"}),
    ("韩群众", "T061", "zjy/jin/jg", "", {"standing": "nonparty"}),
]


@dataclass
class University:
    """What `fill` made, by name."""

    tenant_id: UUID = TENANT
    scheme_id: UUID = SCHEME
    people: dict[str, UUID] = field(default_factory=lambda: {row[0]: uid(row[1]) for row in PEOPLE})
    organizations: dict[str, UUID] = field(default_factory=lambda: {row[2]: uid(row[0]) for row in ORGANIZATIONS})
    settings: dict[str, Any] = field(default_factory=lambda: {"eligibility.conditions": CONDITIONS})

    def fill(self, conn: Connection) -> None:
        """Enter everything into a service's directory tables."""
        for facts in organizations():
            store.save_organization(conn, TENANT, facts)
        for facts in people():
            store.save_person(conn, TENANT, facts)
        for facts in positions():
            store.save_position(conn, TENANT, facts)
        store.save_adoption(conn, TENANT, self.adoption())

    def adoption(self, *, version: int = 1) -> dict[str, Any]:
        """Give the facts of `scheme.adopted` at the top."""
        return {
            "organization_id": uid("zjy"),
            "version": version,
            "scheme_id": SCHEME,
            "scheme_version": version,
            "name": "测试方案",
            "document": "示例党〔2013〕1号",
            "settings": self.settings,
        }


def organizations() -> list[dict[str, Any]]:
    """Give the facts of `organization.changed` for all."""
    return [organization(*row) for row in ORGANIZATIONS]


def organization(path: str, kind: str, name: str, unit_type: str) -> dict[str, Any]:
    """Give the facts of one organisation."""
    parent, _, code = path.rpartition("/")
    return {
        "organization_id": uid(path),
        "version": 1,
        "parent_id": uid(parent) if parent else None,
        "kind": kind,
        "name": name,
        "code": code,
        "path": f"{path}/",
        "unit_type": unit_type or None,
        "phone": "0571-86730000",
        "address": "行政楼一楼意见箱",
        "active": True,
    }


def people() -> list[dict[str, Any]]:
    """Give the facts of `person.changed` for all, in the stroke order of the list above."""
    return [
        person(name, number, path, order, **changes) for order, (name, number, path, _, changes) in enumerate(PEOPLE)
    ]


def person(name: str, number: str, path: str, order: int, **changes: Any) -> dict[str, Any]:
    """Give the facts of one person."""
    return {
        "person_id": uid(number),
        "version": 1,
        "organization_id": uid(path),
        "number": number,
        "name": name,
        "stroke_key": f"{order:04}",
        "standing": "formal",
        "identity": "staff",
        "leader": False,
        "division_rank": False,
        "floating": False,
        "last_contact_on": None,
        "exempt": False,
        "counted": True,
        "email": f"{number.lower()}@example.edu.cn",
        "active": True,
        "session_epoch": 1,
        **changes,
    }


def positions() -> list[dict[str, Any]]:
    """Give the facts of `position.changed` for all who hold one."""
    rows = []
    for _, number, path, held, _ in PEOPLE:
        if held:
            role, _, where = held.partition("@")
            rows.append(
                {
                    "position_id": uid(f"{number} {held}"),
                    "version": 1,
                    "person_id": uid(number),
                    "organization_id": uid(where or path),
                    "role": role,
                    "starts_on": date(2010, 1, 1),
                    "ends_on": None,
                }
            )
    return rows
