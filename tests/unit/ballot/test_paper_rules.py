"""The ceremony: each step in its order, by a teller, the count by two."""

from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from services.ballot.ballot import rules as ballots
from services.ballot.ballot.domain import Annulment, Ballot, State
from services.ballot.paper import rules
from services.ballot.paper.domain import Sheet, Tally
from shared.errors import Refusal
from tests.unit.ballot.papers import AT, FIRST, SECOND, STRANGER, ballot, candidates, scheme, tally

SCHEME = scheme()


def opened(**changes: Any) -> Ballot:
    return rules.open_(ballot(**changes), SCHEME, 12, 12, at=AT)


def sheet(tallied: Tally, entered_by: Any = FIRST) -> Sheet:
    made = ballot()
    return Sheet(
        made.tenant_id, made.id, 1, tallied.valid, tallied.invalid, tallied.abstained, entered_by, AT,
        votes=tallied.votes,
    )  # fmt: skip


def entered() -> tuple[Ballot, Sheet]:
    counted = tally([{0, 1}] * 10 + [set()], 1, 3)
    closed = rules.close(opened(), 12, "", at=AT)
    return rules.enter(closed, candidates(), counted, list(counted.votes), SCHEME), sheet(counted)


def test_two_tellers_bring_a_ballot_to_its_result() -> None:
    """R-130 R-131: 清点、发票、收回、计票、复核."""
    made, written = entered()
    made, confirmed = rules.confirm(made, written, SECOND, at=AT)
    assert made.state is State.COUNTED
    assert confirmed.confirmed_by == SECOND
    assert made.announcement == "应到会13人，实到会12人，发出选票12张，收回12张，有效11张，无效1张，弃权1张。"


def test_the_second_teller_is_never_the_first() -> None:
    made, written = entered()
    with pytest.raises(rules.SecondTellerIsFirst) as refused:
        rules.confirm(made, written, FIRST, at=AT)
    assert refused.value.code == "second_teller_is_first"


def test_nobody_but_the_tellers_counts() -> None:
    rules.require_teller(ballot(), FIRST)
    with pytest.raises(rules.NotTeller):
        rules.require_teller(ballot(), STRANGER)


@pytest.mark.parametrize("teller", [FIRST, SECOND])
def test_a_disputed_count_is_counted_again_and_the_sheet_stays(teller: Any) -> None:
    made, written = entered()
    made, disputed = rules.dispute(made, written, teller, "甲的票多数了一张", at=AT)
    assert made.state is State.CLOSED
    assert (disputed.disputed_by, disputed.dispute) == (teller, "甲的票多数了一张")


def test_more_papers_back_than_issued_void_the_ballot_once_confirmed() -> None:
    """requirements 2.3: 收回多于发出，全部无效，重新投票."""
    with pytest.raises(rules.ReturnedExceedsIssued):
        rules.close(opened(), 13, "", at=AT)
    made = rules.close(opened(), 13, "", void=True, at=AT)
    assert (made.state, made.annulment, made.annulled_by) == (
        State.ANNULLED,
        Annulment.RETURNED_EXCEEDS_ISSUED,
        None,
    )
    assert made.statement == "收回选票13张，多于发出的12张，本次投票无效，应当重新投票。"


def test_fewer_papers_back_need_an_explanation() -> None:
    with pytest.raises(rules.DifferenceUnexplained) as refused:
        rules.close(opened(), 11, "", at=AT)
    assert refused.value.details == ["发出选票12张，收回11张，相差1张。"]
    assert rules.close(opened(), 11, "一人带走选票", at=AT).explanation == "一人带走选票"


def test_a_closed_ballot_is_not_closed_again() -> None:
    closed = rules.close(opened(), 12, "", at=AT)
    with pytest.raises(rules.BallotNotOpen) as refused:
        rules.close(closed, 12, "", at=AT)
    assert refused.value.code == "ballot_not_open"


def test_a_ballot_without_enough_people_is_not_opened() -> None:
    with pytest.raises(rules.PapersDoNotAddUp):
        rules.open_(ballot(), SCHEME, 6, 6, at=AT)


@pytest.mark.parametrize("state", list(State))
def test_an_annulled_ballot_is_not_annulled_again_but_any_other_can_be(state: State) -> None:
    if state is State.ANNULLED:
        with pytest.raises(ballots.BallotAlreadyAnnulled):
            ballots.annul(ballot(state=state), Annulment.DECISION, "程序有误", by=FIRST, at=AT)
        return
    made = ballots.annul(ballot(state=state), Annulment.DECISION, "程序有误", by=FIRST, at=AT)
    assert (made.state, made.statement) == (State.ANNULLED, "程序有误")


def test_a_call_names_every_fault() -> None:
    names = candidates(2)
    with pytest.raises(ballots.BallotCannotBeCalled) as refused:
        ballots.check_call("pigeon", [names[0].person_id] * 2, [*names, names[0]], 0)
    assert refused.value.details == [
        "不能办理“pigeon”方式的投票。",
        "监票人须为两名不同的人。",
        "候选人不得担任监票人。",
        "同一候选人在选票上出现了两次。",
        "名额须为正整数。",
    ]
    ballots.check_call("paper", [FIRST, SECOND], names, 1)


NEXT = {
    State.CALLED: {State.OPEN, State.ANNULLED},
    State.OPEN: {State.OPEN, State.CLOSED, State.ANNULLED},
    State.CLOSED: {State.ENTERED, State.ANNULLED},
    State.ENTERED: {State.CLOSED, State.COUNTED, State.ANNULLED},
    State.COUNTED: {State.ANNULLED},
    State.ANNULLED: set(),
}
NUMBERS = st.integers(0, 6)
TELLERS = st.sampled_from([FIRST, SECOND])


class Ceremony(RuleBasedStateMachine):
    """Anybody tries anything in any order; states follow the ceremony and results never change."""

    @initialize()
    def call(self) -> None:
        self.ballot = ballot(entitled=5, expected=5)
        self.sheet: Sheet | None = None
        self.result: tuple[Any, ...] | None = None

    def attempt(self, act: Any) -> Any:
        before = self.ballot
        try:
            made = act()
        except Refusal:
            assert self.ballot is before
            return None
        after = made[0] if isinstance(made, tuple) else made
        assert after.state in NEXT[before.state]
        self.ballot = after
        return made

    @rule(present=NUMBERS, issued=NUMBERS)
    def open(self, present: int, issued: int) -> None:
        self.attempt(lambda: rules.open_(self.ballot, SCHEME, present, issued, at=AT))

    @rule(present=NUMBERS, issued=NUMBERS)
    def correct(self, present: int, issued: int) -> None:
        before = self.ballot.present, self.ballot.issued
        made = self.attempt(
            lambda: rules.correct(self.ballot, SCHEME, present, issued, "迟到", number=1, by=FIRST, at=AT)
        )
        if made:
            assert (made[1].present_before, made[1].issued_before) == before
            assert (made[1].present, made[1].issued) == (present, issued) != before

    @rule(returned=NUMBERS, explanation=st.sampled_from(["", "已说明"]), void=st.booleans())
    def close(self, returned: int, explanation: str, void: bool) -> None:
        self.attempt(lambda: rules.close(self.ballot, returned, explanation, void=void, at=AT))

    @rule(papers=st.lists(st.sets(st.integers(0, 2), max_size=3), max_size=5), invalid=NUMBERS, teller=TELLERS)
    def enter(self, papers: list[set[int]], invalid: int, teller: Any) -> None:
        counted = tally(papers, invalid, 3)
        if self.attempt(lambda: rules.enter(self.ballot, candidates(), counted, list(counted.votes), SCHEME)):
            self.sheet = sheet(counted, teller)

    @rule(teller=TELLERS)
    def enter_what_fits(self, teller: Any) -> None:
        counted = tally([{0}] * (self.ballot.returned or 0), 0, 3)
        if self.attempt(lambda: rules.enter(self.ballot, candidates(), counted, list(counted.votes), SCHEME)):
            self.sheet = sheet(counted, teller)

    @rule(teller=TELLERS)
    def confirm(self, teller: Any) -> None:
        if made := self.attempt(lambda: rules.confirm(self.ballot, self.sheet, teller, at=AT)):
            assert made[1].entered_by != made[1].confirmed_by
            self.result = self.numbers()

    @rule(teller=TELLERS)
    def dispute(self, teller: Any) -> None:
        self.attempt(lambda: rules.dispute(self.ballot, self.sheet, teller, "不符", at=AT))

    @rule()
    def annul(self) -> None:
        self.attempt(lambda: ballots.annul(self.ballot, Annulment.DECISION, "程序有误", by=FIRST, at=AT))

    def numbers(self) -> tuple[Any, ...]:
        made = self.ballot
        return made.present, made.issued, made.returned, made.valid, made.invalid, made.abstained, made.counted_at

    @invariant()
    def papers_reconcile(self) -> None:
        made = self.ballot
        if made.issued is not None and made.present is not None:
            assert 1 <= made.issued <= made.present <= made.entitled
        if made.returned is not None and made.issued is not None and made.returned > made.issued:
            assert made.state is State.ANNULLED
        if made.valid is not None and made.invalid is not None:
            assert made.valid + made.invalid == made.returned

    @invariant()
    def a_result_is_never_edited(self) -> None:
        assert self.result is None or self.result == self.numbers()


Ceremony.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestCeremony = Ceremony.TestCase
