"""Filings as a state machine: submitted, returned, acknowledged, void."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from services.notify.award import rules as award_rules
from services.notify.award.domain import Award, Cause
from services.notify.filing import rules
from services.notify.filing.domain import Correction, Filing, State, Withdrawal
from services.notify.filing.rules import FilingChanged, FilingElsewhere, FilingIncomplete, WrongLines
from shared.directory.domain import Identity, Person, Standing
from tests.unit.notify.test_award_rules import award

NOW = datetime(2013, 4, 8, 2, tzinfo=UTC)
TODAY = date(2013, 4, 8)


class Desk(RuleBasedStateMachine):
    """A filing between its organisation and the department, who act in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.filing = rules.opened(uuid4(), uuid4(), uuid4(), "2013Q1", batch=1, due_on=TODAY, now=NOW)
        self.lines: list[Award] = []
        self.seen = 0
        self.take_in()

    @property
    def open(self) -> bool:
        return self.filing.state in (State.SUBMITTED, State.RETURNED)

    @precondition(lambda self: self.open)
    @rule()
    def take_in(self) -> None:
        before = self.filing
        self.filing = rules.join(before, NOW)
        self.lines.append(award(filing_id=before.id))
        assert self.filing.state is before.state
        assert self.filing.revision == before.revision + (before.state is State.SUBMITTED)

    @rule()
    def look(self) -> None:
        self.seen = self.filing.revision

    @rule()
    def give_back(self) -> None:
        self._decide(lambda: rules.give_back(self.filing, self.seen, TODAY), State.RETURNED)

    @rule()
    def acknowledge(self) -> None:
        self._decide(lambda: rules.acknowledge(self.filing, "1号", TODAY, self.seen, TODAY), State.ACKNOWLEDGED)

    def _decide(self, act: Callable[[], Filing], state: State) -> None:
        expected = FilingElsewhere if self.filing.state is not State.SUBMITTED else FilingChanged
        if self.filing.state is State.SUBMITTED and self.seen == self.filing.revision:
            self.filing = act()
            assert self.filing.state is state
        else:
            with pytest.raises(expected):
                act()

    @precondition(lambda self: bool(rules.on_form(self.lines)))
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        line = data.draw(st.sampled_from(rules.on_form(self.lines)))
        withdrawal = [Withdrawal(line.id, "本人申请")]
        if self.filing.state is not State.RETURNED:
            with pytest.raises(FilingElsewhere):
                rules.correct(self.filing, self.lines, [], withdrawal, {})
            return
        rules.correct(self.filing, self.lines, [], withdrawal, {})
        stopped = award_rules.stop(line, Cause.WITHDRAWN, TODAY, None)
        self.lines = [stopped if other.id == line.id else other for other in self.lines]
        if not rules.on_form(self.lines):
            self.filing = rules.void(self.filing)

    @rule()
    def submit(self) -> None:
        if self.filing.state is State.RETURNED:
            before = self.filing.revision
            self.filing = rules.submit(self.filing, self.lines, NOW)
            assert self.filing.revision == before + 1
        else:
            with pytest.raises(FilingElsewhere):
                rules.submit(self.filing, self.lines, NOW)

    @invariant()
    def what_lies_with_the_department_has_lines(self) -> None:
        """R-170."""
        assert bool(rules.on_form(self.lines)) or self.filing.state is State.VOID
        assert (self.filing.number is not None) == (self.filing.state is State.ACKNOWLEDGED)


TestDesk = Desk.TestCase


def returned(*lines: Award) -> Filing:
    """Build a returned filing."""
    filing = rules.opened(uuid4(), uuid4(), uuid4(), "2013Q1", batch=1, due_on=TODAY, now=NOW)
    return rules.give_back(rules.join(filing, NOW), 1, TODAY)


def test_identities_on_the_form_are_the_three_of_the_document() -> None:
    """R-172."""
    line = award()
    with pytest.raises(WrongLines) as refused:
        rules.correct(returned(line), [line], [Correction(line.id, identity="干部")], [], {})
    assert refused.value.details == ["党员身份请填“教师”、“学生”、“离退休同志”，不能填“干部”。"]
    [changed] = rules.correct(returned(line), [line], [Correction(line.id, identity="离退休同志")], [], {})
    assert (changed.name, changed.identity) == (line.name, "离退休同志")


def test_all_faults_of_a_correction_are_named_at_once() -> None:
    """R-172."""
    line, stranger = award(), uuid4()
    corrections = [Correction(line.id, identity="干部"), Correction(line.id, name="某"), Correction(stranger)]
    with pytest.raises(WrongLines) as refused:
        rules.correct(returned(line), [line], corrections, [], {line.person_id: renamed(line)})
    assert len(refused.value.details) == 4


def renamed(line: Award, name: str = "毛健国") -> Person:
    """Build the winner as the directory has them now."""
    return Person(
        line.tenant_id, line.person_id, 2, line.organization_id, "T004", name, "0004", Standing.FORMAL, Identity.STAFF,
        False, False, False, None, False, True, "", True, 1,
    )  # fmt: skip


def test_a_name_is_corrected_to_the_directory_s_and_its_place_in_the_order_follows() -> None:
    """R-172."""
    line = award()
    people = {line.person_id: renamed(line)}
    [changed] = rules.correct(returned(line), [line], [Correction(line.id, name="毛健国")], [], people)
    assert (changed.name, changed.stroke_key, changed.identity) == ("毛健国", "0004", line.identity)
    [same] = rules.correct(returned(line), [line], [Correction(line.id, name=line.name)], [], people)
    assert same == line


@pytest.mark.parametrize(("known", "now"), [(True, "名册中现在是“毛健国”"), (False, "名册中已没有此人")])
def test_nobody_is_given_another_s_name(known: bool, now: str) -> None:
    """R-172: the award stays with who was elected."""
    line = award()
    people = {line.person_id: renamed(line)} if known else {}
    with pytest.raises(WrongLines) as refused:
        rules.correct(returned(line), [line], [Correction(line.id, name="王一鸣")], [], people)
    assert refused.value.details == [f"姓名不能改为“王一鸣”：{now}。名册有误的，请先更正名册。"]


def test_an_empty_form_is_not_submitted() -> None:
    """R-170."""
    with pytest.raises(FilingIncomplete) as refused:
        rules.submit(returned(), [], NOW)
    assert refused.value.details == ["登记表上没有人员。"]


def submitted(revision: int = 1) -> Filing:
    """Build a filing that lies with the department."""
    filing = rules.opened(uuid4(), uuid4(), uuid4(), "2013Q1", batch=1, due_on=TODAY, now=NOW)
    return replace(filing, revision=revision)


def test_an_award_that_leaves_is_looked_at_anew_and_the_last_one_ends_the_filing() -> None:
    """R-170: the ballot behind it was annulled."""
    later = NOW + timedelta(days=1)
    stays = [award()]
    filing = submitted()
    assert rules.leave(filing, stays, later) == replace(filing, revision=2, submitted_at=later)
    back = returned(*stays)
    assert rules.leave(back, stays, later) == back
    for open_filing in (filing, back):
        assert rules.leave(open_filing, [], later) == replace(open_filing, state=State.VOID)
    for over in (State.ACKNOWLEDGED, State.VOID):
        with pytest.raises(FilingElsewhere):
            rules.leave(replace(filing, state=over), stays, later)
        with pytest.raises(FilingElsewhere):
            rules.join(replace(filing, state=over), later)


def test_what_comes_and_goes_keeps_its_days_and_number() -> None:
    """R-170."""
    later = NOW + timedelta(days=1)
    filing = submitted()
    assert rules.join(filing, later) == replace(filing, revision=2, submitted_at=later)
    back = rules.give_back(filing, 1, date(2013, 4, 15))
    assert back == replace(filing, state=State.RETURNED, due_on=date(2013, 4, 15))
    assert rules.join(back, later) == back
    again = rules.submit(back, [award()], later)
    assert again == replace(back, state=State.SUBMITTED, revision=2, submitted_at=later)
    kept = rules.acknowledge(again, "1号", TODAY + timedelta(days=2), 2, date(2013, 4, 11))
    assert kept == replace(again, state=State.ACKNOWLEDGED, number="1号", acknowledged_on=date(2013, 4, 10))


def test_only_a_returned_filing_ends_by_withdrawal() -> None:
    """R-172."""
    assert rules.void(returned()).state is State.VOID
    with pytest.raises(FilingElsewhere) as refused:
        rules.void(submitted())
    assert refused.value.details


def test_a_correction_says_something_and_of_each_person_once() -> None:
    """R-172."""
    filing = returned(line := award(), other := award())
    with pytest.raises(rules.NothingToCorrect):
        rules.correct(filing, [line], [], [], {})
    for corrections, withdrawals in (
        ([Correction(line.id), Correction(line.id)], []),
        ([Correction(line.id)], [Withdrawal(line.id, "本人申请")]),
    ):
        with pytest.raises(WrongLines) as refused:
            rules.correct(filing, [line, other], corrections, withdrawals, {})
        assert refused.value.details == ["同一人只能更正或撤回一次。"]
    assert rules.correct(filing, [line, other], [Correction(line.id)], [Withdrawal(other.id, "申请")], {}) == [line]


def test_a_withdrawn_line_is_not_corrected_and_not_submitted() -> None:
    """R-172."""
    gone = award_rules.stop(award(), Cause.WITHDRAWN, TODAY, None)
    with pytest.raises(WrongLines) as refused:
        rules.correct(returned(), [gone], [Correction(gone.id, identity="教师")], [], {})
    assert refused.value.details == [f"登记表上没有编号为 {gone.id} 的人员。"]
    with pytest.raises(FilingIncomplete):
        rules.submit(returned(), [gone], NOW)


def test_who_was_stopped_under_a_notice_stays_on_the_form_that_was_filed() -> None:
    """R-170: the form is what the department put on record."""
    posted = award_rules.post(award(), uuid4())
    stopped = award_rules.stop(posted, Cause.OBJECTION, TODAY, None)
    withdrawn = award_rules.stop(award(), Cause.WITHDRAWN, TODAY, None)
    assert rules.on_form([posted, stopped, withdrawn]) == [posted, stopped]


def test_both_wrong_dates_cannot_hold_at_once_but_each_is_refused() -> None:
    """R-170."""
    filing = rules.join(rules.opened(uuid4(), uuid4(), uuid4(), "2013Q1", batch=1, due_on=TODAY, now=NOW), NOW)
    for day, said in (
        (TODAY - timedelta(days=1), "备案日期不能早于报送日期。"),
        (TODAY + timedelta(days=1), "备案日期不能晚于今天。"),
    ):
        with pytest.raises(FilingIncomplete) as refused:
            rules.acknowledge(filing, "1号", day, 1, TODAY)
        assert refused.value.details == [said]
