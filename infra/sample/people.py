"""The sample's people: members by branch with their committee, staff outside the Party, and who holds what above."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from infra.sample.names import Names
from infra.sample.structure import PILOT, TOP_CODE, Unit

FLOATING, EXEMPT, OUTSIDE, ACTIVISTS = 110, 60, 700, 90
ADMIN_NUMBER, ADMIN_NAME = "T0001", "卫国良"
SINCE = date(2024, 9, 1)

BASE = {"student": "学生", "staff": "在岗教职工", "retired": "离退休"}


@dataclass
class Somebody:
    """One row of the people's table."""

    number: str
    name: str
    branch: str
    standing: str = "正式党员"
    identity: str = "在岗教职工"
    gender: str = ""
    birth_year: int = 1980
    joined: str = ""
    formal: str = ""
    leader: str = "否"
    division_rank: str = "否"
    floating: str = "否"
    floating_since: str = ""
    roles: str = ""
    roles_organization: str = ""
    roles_since: str = ""
    email: str = ""
    exempt: bool = field(default=False)
    """asked for and consented to by people, so not a column"""

    @property
    def formal_member(self) -> bool:
        """Say whether it is a 正式党员."""
        return self.standing == "正式党员"


def everybody(random: Random, units: list[Unit], today: date) -> list[Somebody]:
    """Give all people, the same for the same seed and day."""
    return _People(random, today).of(units)


class _People:
    """People made one after the other, with running numbers."""

    def __init__(self, random: Random, today: date) -> None:
        self.random = random
        self.names = Names(random)
        self.today = today
        self.counters = {"T": 1, "S": 0, "R": 0}

    def of(self, units: list[Unit]) -> list[Somebody]:
        branches = [unit for unit in units if unit.people]
        members = {unit.code: self._members(unit) for unit in branches}
        for unit in branches:
            self._committee(unit, members[unit.code])
        self._above(units, members)
        found = [each for people in members.values() for each in people]
        self._floating([each for each in found if not each.roles and each.branch != PILOT])
        self._exempt(found)
        return found + self._others(branches, "staff", OUTSIDE) + self._others(branches, "student", ACTIVISTS)

    def _members(self, unit: Unit) -> list[Somebody]:
        found = []
        for index in range(unit.size):
            # A teacher leads each students' branch.
            kind = "staff" if unit.people == "student" and index == 0 else unit.people
            found.append(self._member(kind, unit.code))
        if unit.code == PILOT:
            found[-1] = self._probationary(found[-1])
        elif unit.people == "student":
            found[1:] = [self._probationary(each) if self.random.random() < 0.3 else each for each in found[1:]]
        return found

    def _member(self, kind: str, branch: str) -> Somebody:
        born = {"student": (2001, 2006), "staff": (1968, 1996), "retired": (1938, 1965)}[kind]
        year = self.random.randint(*born)
        joined = min(date(year + self.random.randint(19, 24), self.random.randint(1, 12), 1), _months(self.today, -14))
        formal = date(joined.year + 1, joined.month, 1)
        exact = self.random.random() < 0.5
        number = self._number({"student": "S", "staff": "T", "retired": "R"}[kind])
        return Somebody(
            number=number,
            name=self.names.next(),
            branch=branch,
            identity=BASE[kind],
            gender=self.random.choice("男女"),
            birth_year=year,
            joined=f"{joined:%Y-%m-%d}" if exact else f"{joined.year}.{joined.month}",
            formal=f"{formal:%Y-%m-%d}" if exact else f"{formal.year}年{formal.month}月",
            email=f"{number.lower()}@yunxi.example",
        )

    def _probationary(self, member: Somebody) -> Somebody:
        joined = _months(self.today, -self.random.randint(1, 10))
        member.standing, member.joined, member.formal = "预备党员", f"{joined.year}.{joined.month}", ""
        return member

    def _committee(self, unit: Unit, members: list[Somebody]) -> None:
        """A branch with seven formal members has a committee, a smaller one a secretary."""
        formal = [each for each in members if each.formal_member]
        if not formal:
            return
        roles = ["书记"] + (["副书记", "组织委员", "宣传委员"] if len(formal) >= 7 else [])
        for each, role in zip(formal, roles, strict=False):
            self._give(each, role, unit.code)

    def _above(self, units: list[Unit], members: dict[str, list[Somebody]]) -> None:
        """Who serves above sits among the ordinary members of a branch below; leaders are leaders there too."""
        for unit in units:
            if unit.kind == "党总支":
                below = [code for code in members if code.startswith(f"{unit.code}-") and code != PILOT]
                secretary, clerk = self._free(members, below[:3], 2)
                self._give(secretary, "党总支书记", unit.code)
                self._give(clerk, "党总支秘书", unit.code)
                secretary.leader = secretary.division_rank = "是"
                secretary.identity = "领导干部" if secretary.identity != "离退休" else secretary.identity
        department = self._free(members, ["jg-1"], 2)
        for each in department:
            self._give(each, "党委组织部", TOP_CODE)
        department[0].leader, department[0].identity = "是", "领导干部"
        self._give(self._free(members, ["jg-2"], 1)[0], "纪检干部", TOP_CODE)
        administrator = self._free(members, ["jg-7"], 1)[0]
        administrator.number, administrator.name = ADMIN_NUMBER, ADMIN_NAME
        administrator.email = f"{ADMIN_NUMBER.lower()}@yunxi.example"
        self._give(administrator, "系统管理员", TOP_CODE)

    def _free(self, members: dict[str, list[Somebody]], codes: list[str], count: int) -> list[Somebody]:
        free = [
            each
            for code in codes
            for each in members[code]
            if not each.roles and each.formal_member and each.identity != "学生"
        ]
        return free[:count]

    def _give(self, each: Somebody, role: str, where: str) -> None:
        each.roles, each.roles_organization, each.roles_since = role, where, f"{SINCE:%Y-%m-%d}"

    def _floating(self, ordinary: list[Somebody]) -> None:
        students = [each for each in ordinary if each.identity == "学生"]
        others = [each for each in ordinary if each.identity == "在岗教职工"]
        for each in self.random.sample(students, FLOATING - 20) + self.random.sample(others, 20):
            left = self.today - timedelta(days=self.random.randint(20, 400))
            each.floating, each.floating_since = "是", f"{left:%Y-%m-%d}"

    def _exempt(self, members: list[Somebody]) -> None:
        old = [each for each in members if each.identity == "离退休" and not each.roles]
        for each in sorted(old, key=lambda each: each.birth_year)[:EXEMPT]:
            each.exempt = True

    def _others(self, branches: list[Unit], kind: str, count: int) -> list[Somebody]:
        """Staff outside the Party, and students who wish to join, spread over the branches of their kind."""
        places = [unit.code for unit in branches if unit.people == kind]
        found = []
        for index in range(count):
            each = self._member(kind, places[index % len(places)])
            each.joined = each.formal = ""
            each.standing = "党外干部职工" if kind == "staff" else "入党积极分子"
            found.append(each)
        return found

    def _number(self, letter: str) -> str:
        self.counters[letter] += 1
        return f"{letter}{self.counters[letter]:04}"


def _months(day: date, count: int) -> date:
    month = day.year * 12 + day.month - 1 + count
    return date(month // 12, month % 12 + 1, 1)
