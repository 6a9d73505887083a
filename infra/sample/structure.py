"""The sample's organisations: one 党委, 12 党总支, 3 直属党支部, 96 党支部, with sizes that add up."""

from dataclasses import dataclass
from random import Random

TOP_CODE, TOP_NAME = "yunxi", "中共浙江云溪学院委员会"
SUPERIOR_CODE, SUPERIOR_NAME = "zjjgw", "中共浙江省委教育工作委员会"
PILOT = "jrxy-jg1"
"""The branch with the accounts: teachers, some twenty of them."""
PILOT_SIZE = 20

COLLEGES = {
    "jrxy": ("金融学院", ("金融系", "投资系", "保险系")),
    "kjxy": ("会计学院", ("会计系", "审计系", "财务管理系")),
    "jjxy": ("经济管理学院", ("国际贸易系", "工商管理系", "物流系")),
    "xxxy": ("信息工程学院", ("软件工程系", "网络工程系", "数据科学系")),
    "jxxy": ("机械与能源工程学院", ("机械系", "能源系", "车辆系")),
    "sgxy": ("生物与化学工程学院", ("生物工程系", "化学工程系", "食品系")),
    "jzxy": ("建筑工程学院", ("土木系", "建筑系")),
    "rwxy": ("人文与外国语学院", ("中文系", "英语系")),
    "ysxy": ("艺术设计学院", ("视觉传达系", "环境设计系")),
}
OFFICES = (
    "组织人事", "宣传统战与纪检", "教务处", "科研处", "学工部与团委", "财务与审计处", "网络信息中心", "国际交流处",
)  # fmt: skip
LOGISTICS = ("基建处", "饮食服务中心", "物业服务中心", "校医院", "资产管理处")
DIRECT = (("tsg", "图书馆"), ("mks", "马克思主义学院"), ("tyb", "体育部"))
NUMBERS = "一二三四五六七"

STUDENT_BRANCHES, STAFF_BRANCHES, RETIRED_BRANCHES = 52, 40, 7
STUDENTS, STAFF, RETIRED = 1350, 850, 200


@dataclass(frozen=True)
class Unit:
    """An organisation of the sample. `people` says who belongs to it: staff, student, retired or nobody."""

    code: str
    name: str
    kind: str
    parent: str
    unit_type: str = ""
    people: str = ""
    size: int = 0


def units(random: Random) -> list[Unit]:
    """Give all organisations, superiors first; the sizes of each group of branches add up to its people."""
    branches = [*_colleges(), *_offices(), *_retired(), *_direct()]
    sizes = {
        "student": iter(_sizes(random, STUDENT_BRANCHES, STUDENTS + STUDENT_BRANCHES)),
        "staff": iter(_sizes(random, STAFF_BRANCHES - 1, STAFF - STUDENT_BRANCHES - PILOT_SIZE)),
        "retired": iter(_sizes(random, RETIRED_BRANCHES, RETIRED)),
    }
    sized = [
        Unit(
            each.code,
            each.name,
            each.kind,
            each.parent,
            each.unit_type,
            each.people,
            PILOT_SIZE if each.code == PILOT else next(sizes[each.people]),
        )
        for each in branches
    ]
    superior = Unit(SUPERIOR_CODE, SUPERIOR_NAME, "上级组织", "")
    top = Unit(TOP_CODE, TOP_NAME, "党委", SUPERIOR_CODE)
    return [superior, top, *_general_branches(), *sized]


def _general_branches() -> list[Unit]:
    found = [Unit(code, f"{name}党总支", "党总支", TOP_CODE, "教学") for code, (name, _) in COLLEGES.items()]
    found.append(Unit("jg", "机关党总支", "党总支", TOP_CODE, "机关"))
    found.append(Unit("hq", "后勤党总支", "党总支", TOP_CODE, "后勤"))
    return [*found, Unit("ltx", "离退休党总支", "党总支", TOP_CODE, "离退休")]


def _colleges() -> list[Unit]:
    found = []
    for place, (code, (college, departments)) in enumerate(COLLEGES.items()):
        for index, department in enumerate(departments, start=1):
            name = f"{college}{department}教工党支部"
            found.append(Unit(f"{code}-jg{index}", name, "党支部", code, "教学", "staff"))
        for index in range(6 if place < 7 else 5):
            name = f"{college}研究生党支部" if index == 0 else f"{college}本科生第{NUMBERS[index - 1]}党支部"
            found.append(Unit(f"{code}-xs{index + 1}", name, "党支部", code, "学生", "student"))
    return found


def _offices() -> list[Unit]:
    found = [
        Unit(f"jg-{index}", f"{name}党支部", "党支部", "jg", "机关", "staff")
        for index, name in enumerate(OFFICES, start=1)
    ]
    return found + [
        Unit(f"hq-{index}", f"{name}党支部", "党支部", "hq", "后勤", "staff")
        for index, name in enumerate(LOGISTICS, start=1)
    ]


def _retired() -> list[Unit]:
    return [
        Unit(f"ltx-{index}", f"离退休第{NUMBERS[index - 1]}党支部", "党支部", "ltx", "离退休", "retired")
        for index in range(1, RETIRED_BRANCHES + 1)
    ]


def _direct() -> list[Unit]:
    return [Unit(code, f"{name}直属党支部", "直属党支部", TOP_CODE, "教学", "staff") for code, name in DIRECT]


def _sizes(random: Random, count: int, total: int) -> list[int]:
    """Give sizes between 3 and 40 with most around the middle, whose sum is `total`."""
    sizes = [round(random.triangular(3, 40, total / count)) for _ in range(count)]
    if count > 10:
        sizes[0], sizes[1] = 3, 40
    adjustable = list(range(2 if count > 10 else 0, count))
    while sum(sizes) != total:
        step = 1 if sum(sizes) < total else -1
        index = random.choice(adjustable)
        if 3 <= sizes[index] + step <= 40:
            sizes[index] += step
    return sizes
