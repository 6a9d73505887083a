"""Who may stand: every obstacle at once, in the words of the scheme; computed ones are proposals (R-134, R-158)."""

from collections.abc import Sequence
from datetime import date, timedelta

from services.evaluation.attendance.domain import Attendance
from services.evaluation.eligibility.domain import Case, Decision, Obstacle, Weight
from services.evaluation.meeting.domain import Manner, Presence
from shared.directory.domain import STANDING_NAMES, Person, Standing
from shared.errors import Invalid, NotAllowed, RuleBroken
from shared.period import first_day, months_after
from shared.scheme.scheme import Scheme
from shared.web.words import day as words


class NothingProposed(RuleBroken):
    """系统没有对这位党员提示这一情形，或者情况已经变化，请刷新后再看。"""


class NothingChosen(Invalid):
    """请选择认定结果。"""


class DismissalNeedsReason(Invalid):
    """排除系统提示的情形须写明理由。"""


class OwnProposal(NotAllowed):
    """涉及本人的情形须由其他支委排除。"""


class VoteCalled(RuleBroken):
    """投票已经发起，不能再改变候选人资格的认定。"""


FINDING_TEXT = "有支委会已经认定的情形"


def lasting(person: Person, findings: Sequence[int], scheme: Scheme, *, here: bool) -> list[Obstacle]:
    """List the obstacles that hold whatever happened at the meeting: judged before the vote and again after it."""
    ballot = scheme.ballot
    found = []
    if not person.active:
        found.append(_fixed("not_active", "已不在本单位"))
    elif not here:
        found.append(_fixed("moved", "组织关系已不在本支部"))
    if person.standing not in ballot.candidates:
        allowed = "、".join(STANDING_NAMES[Standing(name)] for name in ballot.candidates)
        found.append(_fixed("not_formal", f"{STANDING_NAMES[person.standing]}；按制度方案，候选人为{allowed}"))
    if person.exempt:
        found.append(_fixed("exempt", "经上级党组织同意，免予参加评选"))
    if person.leader and not ballot.leaders_stand:
        found.append(_fixed("leader", "按制度方案，担任领导职务的党员不作候选人"))
    if findings:
        found.append(Obstacle("finding", FINDING_TEXT, Weight.FINDING))
    return found


def obstacles(case: Case, scheme: Scheme) -> list[Obstacle]:
    """List everything that stands in a member's way on the day of the vote; decided proposals with their decision."""
    found = lasting(case.person, case.findings, scheme, here=case.here)
    if case.attendee is None:
        found.append(_fixed("not_on_roll", "会议尚未召开，参会名单还没有生成"))
    elif case.attendee.presence is Presence.NOT_MARKED and not case.person.exempt:
        found.append(_fixed("not_marked", "出席情况尚未登记"))
    elif case.attendee.waits:
        found.append(_fixed("leave_undecided", "请假，正当理由待支部在签到中认定"))
    elif case.attendee.excused and not scheme.ballot.excused_stand:
        found.append(_fixed("absent_excused", "请假未出席；按制度方案，不作候选人"))
    return found + [_decided(one, case.decisions.get(one.code)) for one in proposals(case, scheme)]


def afterwards(case: Case, scheme: Scheme) -> list[Obstacle]:
    """List what stands in a winner's way after the count: who stood at the vote is not judged by its roll again."""
    found = lasting(case.person, case.findings, scheme, here=case.here)
    return found + [_decided(one, case.decisions.get(one.code)) for one in proposals(case, scheme)]


def proposals(case: Case, scheme: Scheme) -> list[Obstacle]:
    """Compute what people are asked to decide; a condition that the scheme does not have proposes nothing."""
    if case.person.exempt:
        return []
    found: list[Obstacle] = []
    for condition in scheme.eligibility.conditions:
        computed = {"attendance": _attendance, "register": _register}.get(condition.computed or "")
        if computed:
            text = f"情形（{condition.number}）：{condition.text}"
            found += [Obstacle(code, text, Weight.PROPOSED, proof) for code, proof in computed(case, scheme)]
    return found


def _attendance(case: Case, scheme: Scheme) -> list[tuple[str, str]]:
    rules = scheme.eligibility
    found = []
    run = longest_run(_between(case.attendance, twelve_months(case.day), case.day))
    if rules.consecutive and len(run) >= rules.consecutive:
        found.append(("absences_consecutive", f"连续{len(run)}次无正当理由缺席：{_days(run)}"))
    name, (starts_on, ends_on) = "一年内", (twelve_months(case.day), case.day)
    if rules.window == "calendar":
        name, (starts_on, ends_on) = f"{_year(case)}年内", calendar_year(_year(case), case.day)
    year = _between(case.attendance, starts_on, ends_on)
    missed = [one for one in year if not one.present and not (one.excused and rules.total_unexcused_only)]
    if rules.total and len(missed) >= rules.total:
        kind = "无正当理由缺席" if rules.total_unexcused_only else "缺席"
        found.append(("absences_total", f"{name}{kind}{len(missed)}次：{_days(missed)}"))
    if case.person.floating and rules.floating_months:
        last = case.person.last_contact_on
        if last is None:
            found.append(("floating", "流动党员，没有报到记录"))
        elif months_after(last, rules.floating_months) <= case.day:
            found.append(("floating", f"流动党员，最近一次报到为{words(last)}，已满{rules.floating_months}个月"))
    return found


def _register(case: Case, scheme: Scheme) -> list[tuple[str, str]]:
    found = []
    attendee = case.attendee
    away = attendee is not None and attendee.presence in {Presence.ABSENT, Presence.EXCUSED_ABSENT}
    if attendee and away and not attendee.excused and not attendee.waits:
        found.append(("absent_unexcused", "没有参加本次会议，正当理由未成立"))
    if not case.deeds and not case.objective_reason:
        found.append(("no_entry", f"{scheme.labels.register}没有本季度的记录，未注明客观原因"))
    if not presented(case, scheme):
        found.append(("no_presentation", "本次会议没有登记介绍交流"))
    return found


def presented(case: Case, scheme: Scheme) -> bool:
    """Say whether the member presented; a written presentation of an absent member counts if the scheme says so."""
    if case.manner is Manner.WRITTEN:
        here = case.attendee is not None and case.attendee.presence is Presence.PRESENT
        return here or scheme.eligibility.written_counts
    return case.manner in {Manner.SPOKEN, Manner.READ_BY_OTHER}


def longest_run(attendance: Sequence[Attendance]) -> list[Attendance]:
    """Give the longest run of absences without 正当理由; a presence or an excused absence ends a run."""
    best: list[Attendance] = []
    run: list[Attendance] = []
    for one in attendance:
        run = [] if one.present or one.excused else [*run, one]
        if len(run) >= len(best):
            best = run
    return best


def twelve_months(day: date) -> date:
    """Give the first of the twelve months up to a day; 连续两次 is always looked for in them, also over New Year."""
    return months_after(day, -12) + timedelta(days=1)


def calendar_year(year: int, day: date) -> tuple[date, date]:
    """Give first and last day of a calendar year as far as it is over on a day."""
    return date(year, 1, 1), min(date(year, 12, 31), day)


def reach(day: date, period: str, kind: str) -> date:
    """Give the day since which attendance is read to judge a quarter's vote on a day."""
    starts_on = twelve_months(day)
    return min(starts_on, date(first_day(period).year, 1, 1)) if kind == "calendar" else starts_on


def _year(case: Case) -> int:
    """Give the calendar year to which the vote belongs: of its quarter, also where it is held in January (R-158)."""
    return first_day(case.period).year if case.period else case.day.year


def _between(attendance: Sequence[Attendance], starts_on: date, ends_on: date) -> list[Attendance]:
    return [one for one in attendance if starts_on <= one.held_on <= ends_on]


def decide(found: Sequence[Obstacle], decision: Decision, *, called: bool) -> Decision:
    """Judge a decision on a proposal. Raises `VoteCalled`, `NothingProposed`, `DismissalNeedsReason`, `OwnProposal`."""
    if called:
        raise VoteCalled
    if not any(one.code == decision.code and one.weight is Weight.PROPOSED for one in found):
        raise NothingProposed
    if not decision.confirmed and not decision.reason:
        raise DismissalNeedsReason
    if not decision.confirmed and decision.person_id == decision.decided_by:
        raise OwnProposal
    return decision


def _fixed(code: str, text: str) -> Obstacle:
    return Obstacle(code, text, Weight.FIXED)


def _decided(obstacle: Obstacle, decision: Decision | None) -> Obstacle:
    if decision is None:
        return obstacle
    return Obstacle(
        obstacle.code, obstacle.text, obstacle.weight, obstacle.evidence, decision.confirmed, decision.reason
    )


def _days(attendance: Sequence[Attendance]) -> str:
    return "、".join(words(one.held_on) for one in attendance)
