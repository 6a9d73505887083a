"""When a filing may be submitted, returned, corrected and acknowledged."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from services.notify.award.domain import Award
from services.notify.award.domain import State as AwardState
from services.notify.filing.domain import IDENTITIES, STATE_NAMES, Correction, Filing, State, Withdrawal
from shared.clock import day_of
from shared.directory.domain import Person
from shared.errors import Invalid, NotFound, RuleBroken


class FilingNotFound(NotFound):
    """没有这份备案。"""


class FilingElsewhere(RuleBroken):
    """这份备案所处的环节不允许此操作。"""


class FilingChanged(RuleBroken):
    """这份备案在您查看之后又有变动，请重新查看后再办理。"""


class FilingIncomplete(RuleBroken):
    """这份备案还不能办理。"""


class NothingToCorrect(Invalid):
    """没有填写要更正或撤回的内容。"""


class WrongLines(Invalid):
    """更正内容与登记表不符。"""


def opened(
    tenant_id: UUID, filing_id: UUID, organization_id: UUID, period: str, *, batch: int, due_on: date, now: datetime
) -> Filing:
    """Make a filing that has no line yet; `join` submits it."""
    return Filing(
        tenant_id, filing_id, organization_id, period, batch, State.SUBMITTED, 0, due_on, now, now, None, None
    )


def join(filing: Filing, now: datetime) -> Filing:
    """Take in one more award: a submitted filing is submitted anew, a returned one stays returned (R-170)."""
    _expect(filing, State.SUBMITTED, State.RETURNED)
    if filing.state is State.RETURNED:
        return filing
    return replace(filing, revision=filing.revision + 1, submitted_at=now)


def give_back(filing: Filing, revision: int, due_on: date) -> Filing:
    """Return a filing for correction until a day. Raises `FilingElsewhere`, `FilingChanged`."""
    _expect(filing, State.SUBMITTED)
    _same(filing, revision)
    return replace(filing, state=State.RETURNED, due_on=due_on)


def correct(
    filing: Filing,
    lines: Sequence[Award],
    corrections: Sequence[Correction],
    withdrawals: Sequence[Withdrawal],
    people: Mapping[UUID, Person],
) -> list[Award]:
    """Give the lines that change; `people` are those of the lines as the directory has them now.

    A name is corrected to the person's name in the directory, never to another's, and its place in the order of
    姓氏笔画 follows. Raises `FilingElsewhere`, `NothingToCorrect`, `WrongLines` with every fault.
    """
    _expect(filing, State.RETURNED)
    named = [item.award_id for item in corrections] + [item.award_id for item in withdrawals]
    if not named:
        raise NothingToCorrect
    on_form = {line.id: line for line in lines if line.state is AwardState.FILED}
    faults = [f"登记表上没有编号为 {award_id} 的人员。" for award_id in named if award_id not in on_form]
    if len(set(named)) < len(named):
        faults.append("同一人只能更正或撤回一次。")
    faults += [
        f"党员身份请填{'、'.join(f'“{identity}”' for identity in IDENTITIES)}，不能填“{item.identity}”。"
        for item in corrections
        if item.identity and item.identity not in IDENTITIES
    ]
    changed = [(on_form[item.award_id], item) for item in corrections if item.award_id in on_form]
    faults += [fault for line, item in changed if (fault := _misnamed(line, item.name, people.get(line.person_id)))]
    if faults:
        raise WrongLines(details=faults)
    return [_corrected(line, item, people) for line, item in changed]


def _misnamed(line: Award, name: str, person: Person | None) -> str:
    if name in ("", line.name) or (person is not None and name == person.name):
        return ""
    now = f"名册中现在是“{person.name}”" if person is not None else "名册中已没有此人"
    return f"姓名不能改为“{name}”：{now}。名册有误的，请先更正名册。"


def _corrected(line: Award, item: Correction, people: Mapping[UUID, Person]) -> Award:
    line = replace(line, identity=item.identity or line.identity)
    if item.name in ("", line.name):
        return line
    return replace(line, name=item.name, stroke_key=people[line.person_id].stroke_key)


def leave(filing: Filing, lines: Sequence[Award], now: datetime) -> Filing:
    """Let an award go whose ballot was annulled; `lines` are those that stay. The department must look again."""
    _expect(filing, State.SUBMITTED, State.RETURNED)
    if not lines:
        return replace(filing, state=State.VOID)
    if filing.state is State.RETURNED:
        return filing
    return replace(filing, revision=filing.revision + 1, submitted_at=now)


def void(filing: Filing) -> Filing:
    """End a filing whose last line was withdrawn."""
    _expect(filing, State.RETURNED)
    return replace(filing, state=State.VOID)


def submit(filing: Filing, lines: Sequence[Award], now: datetime) -> Filing:
    """Submit a returned filing again. Raises `FilingElsewhere`, `FilingIncomplete`."""
    _expect(filing, State.RETURNED)
    if not on_form(lines):
        raise FilingIncomplete(details=["登记表上没有人员。"])
    return replace(filing, state=State.SUBMITTED, revision=filing.revision + 1, submitted_at=now)


def acknowledge(filing: Filing, number: str, acknowledged_on: date, revision: int, today: date) -> Filing:
    """Take a filing onto the record under a number. Raises `FilingElsewhere`, `FilingChanged`, `FilingIncomplete`."""
    _expect(filing, State.SUBMITTED)
    _same(filing, revision)
    obstacles = []
    if acknowledged_on > today:
        obstacles.append("备案日期不能晚于今天。")
    if acknowledged_on < day_of(filing.submitted_at):
        obstacles.append("备案日期不能早于报送日期。")
    if obstacles:
        raise FilingIncomplete(details=obstacles)
    return replace(filing, state=State.ACKNOWLEDGED, number=number, acknowledged_on=acknowledged_on)


def on_form(lines: Sequence[Award]) -> list[Award]:
    """Give the lines that stand on the 登记表: all that were not withdrawn."""
    return [line for line in lines if not (line.state is AwardState.STOPPED and line.notice_id is None)]


def _expect(filing: Filing, *states: State) -> None:
    if filing.state not in states:
        allowed = "、".join(f"“{STATE_NAMES[state]}”" for state in states)
        raise FilingElsewhere(details=[f"当前状态为“{STATE_NAMES[filing.state]}”，须为{allowed}。"])


def _same(filing: Filing, revision: int) -> None:
    if filing.revision != revision:
        raise FilingChanged(details=[f"您看到的是第{revision}次报送，现在是第{filing.revision}次。"])
