"""Reconciliation: what real papers give is accepted, and what is accepted real papers could have given."""

from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ballot.ballot.domain import Channel
from services.ballot.paper.arithmetic import count_faults, differences, issue_faults
from services.ballot.paper.domain import Tally
from tests.unit.ballot.papers import ballot, candidates, closed, person, scheme, tally

QUORUM = scheme().meeting.quorum


def faults(tallied: Tally, *, returned: int, choices: int = 2, count: int = 3, exactly: bool = False) -> list[str]:
    made = closed(returned, places=choices, choices=choices)
    return count_faults(made, candidates(count), tallied, list(tallied.votes), exactly=exactly)


@st.composite
def boxes(draw: st.DrawFn) -> tuple[list[set[int]], int, int, int]:
    """Draw papers with at most so many marks, invalid ones, candidates and choices."""
    count = draw(st.integers(1, 8))
    choices = draw(st.integers(1, count))
    papers = draw(st.lists(st.sets(st.integers(0, count - 1), max_size=choices), max_size=20))
    return papers, draw(st.integers(0, 5)), count, choices


@given(boxes())
def test_whatever_real_papers_give_is_accepted(box: tuple[list[set[int]], int, int, int]) -> None:
    """R-130: papers that keep the rule are never refused."""
    papers, invalid, count, choices = box
    counted = tally(papers, invalid, count)
    assert faults(counted, returned=len(papers) + invalid, choices=choices, count=count) == []


@given(
    st.integers(0, 12), st.integers(0, 4), st.integers(0, 4), st.lists(st.integers(0, 12), min_size=1, max_size=6),
    st.integers(1, 4), st.integers(0, 16), st.booleans(),
)  # fmt: skip
def test_what_is_accepted_can_be_laid_out_as_papers(
    valid: int, invalid: int, abstained: int, votes: list[int], choices: int, returned: int, exactly: bool
) -> None:
    """No accepted count breaks a sum: papers with exactly these totals can be written (R-130, requirements 2.3)."""
    choices = min(choices, len(votes))
    counted = Tally(valid, invalid, abstained, {person(number): count for number, count in enumerate(votes)})
    if faults(counted, returned=returned, choices=choices, count=len(votes), exactly=exactly):
        return
    marks = [number for number, count in enumerate(votes) for _ in range(count)]
    papers: list[set[int]] = [set() for _ in range(counted.marked)]
    for place, number in enumerate(marks):
        assert number not in papers[place % len(papers)]
        papers[place % len(papers)].add(number)
    papers += [set() for _ in range(abstained)]
    sizes = {len(paper) for paper in papers[: counted.marked]}
    assert tally(papers, invalid, len(votes)) == counted
    assert len(papers) + invalid == returned
    assert sizes <= ({choices} if exactly else set(range(1, choices + 1)))


@given(boxes(), st.integers(-3, 3).filter(bool), st.sampled_from(["valid", "invalid"]))
def test_a_sorting_that_is_off_by_some_papers_is_refused(
    box: tuple[list[set[int]], int, int, int], off: int, which: str
) -> None:
    papers, invalid, count, choices = box
    counted = tally(papers, invalid, count)
    wrong = replace(counted, **{which: getattr(counted, which) + off})
    assert faults(wrong, returned=len(papers) + invalid, choices=choices, count=count)


def test_all_faults_are_listed_at_once() -> None:
    wrong = Tally(valid=8, invalid=3, abstained=1, votes={person(0): 9, person(1): 8, uuid4(): 1})
    found = faults(wrong, returned=10)
    assert found == [
        "有效8张与无效3张合计11张，与收回的10张不符。",
        "没有填写候选人2的得票数，无人选也须填0。",
        "得票数中有不在选票上的人。",
        "候选人0得9票，多于划选了候选人的有效选票7张（有效减弃权）。",
        "候选人1得8票，多于划选了候选人的有效选票7张（有效减弃权）。",
        "得票合计18，多于14：划选了候选人的有效选票7张，每张至多选2人。",
    ]


def test_a_candidate_given_twice_is_refused() -> None:
    counted = tally([{0}, {1}], 0, 3)
    named = [person(0), person(1), person(2), person(0)]
    assert count_faults(closed(2), candidates(3), counted, named, exactly=False) == ["候选人0的得票数填写了2次。"]


def test_a_candidate_of_whom_nothing_is_said_got_no_vote() -> None:
    nobody = Tally(0, 2, 0, {person(0): 0, person(1): 0})
    assert faults(nobody, returned=2) == ["没有填写候选人2的得票数，无人选也须填0。"]


def test_more_abstentions_than_valid_papers_are_refused() -> None:
    assert "弃权3张，多于有效选票2张。" in faults(Tally(2, 0, 3, dict.fromkeys(map(person, range(3)), 0)), returned=2)


def test_papers_that_must_name_exactly_so_many_leave_no_room() -> None:
    """With the scheme's 须选足名额 the totals are the marked papers times the places."""
    assert faults(tally([{0, 1}, {1, 2}, set()], 1, 3), returned=4, exactly=True) == []
    assert faults(tally([{0, 1}, {2}], 0, 3), returned=2, exactly=True) == [
        "得票合计3，应为4：划选了候选人的有效选票2张，每张须选足2人。"
    ]


def test_a_paper_on_which_nobody_is_marked_counts_as_abstention() -> None:
    missing = replace(tally([{0}, set()], 0, 3), abstained=0)
    assert faults(missing, returned=2) == [
        "得票合计1，少于2：划选了候选人的有效选票2张，每张至少选1人；没有划选任何人的选票计入弃权。"
    ]


@pytest.mark.parametrize(
    ("present", "issued", "found"),
    [
        (12, 12, []),
        (7, 7, []),
        (13, 12, []),
        (6, 6, ["实到会6人，不足应到会13人的1/2，不能投票。"]),
        (14, 14, ["实到会14人，多于应到会13人。"]),
        (12, 13, ["发出选票13张，多于实到会12人。"]),
        (12, 0, ["发出选票须不少于1张。"]),
        (14, 15, ["实到会14人，多于应到会13人。", "发出选票15张，多于实到会14人。"]),
    ],
)
def test_papers_are_issued_to_those_present_and_no_more(present: int, issued: int, found: list[str]) -> None:
    assert issue_faults(ballot(), QUORUM, present, issued) == found


def test_half_is_enough_where_half_is_the_quorum() -> None:
    """requirements 2.1: 不足 is what is less."""
    even = ballot(entitled=12)
    assert issue_faults(even, QUORUM, 6, 6) == []
    assert len(issue_faults(even, QUORUM, 5, 5)) == 1
    assert issue_faults(ballot(entitled=1), QUORUM, 1, 1) == [], "a single paper is one"


def test_every_difference_between_present_issued_and_returned_is_named() -> None:
    assert differences(closed(12), 12, 0) == []
    assert differences(closed(12, present=12, issued=11), 10, 0) == [
        "发出选票11张，实到会12人，相差1张。",
        "发出选票11张，收回10张，相差1张。",
    ]


def test_people_and_ballots_of_both_channels_are_reconciled_in_one_list() -> None:
    """R-130 requirements 2.3: 实到、发出、收回 of papers and of electronic ballots."""
    mixed = closed(3, channel=Channel.MIXED, electronic=9, present=12, issued=3, entitled=13)
    assert differences(mixed, 3, 9) == []
    assert differences(replace(mixed, present=13), 2, 7) == [
        "电子投票9人与发出选票3张合计12，实到会13人，相差1。",
        "发出选票3张，收回2张，相差1张。",
        "电子投票9人，投出电子选票7张，2人没有投票。",
    ]


def test_where_the_absent_vote_electronically_more_electors_than_persons_present_are_no_difference() -> None:
    mixed = closed(3, channel=Channel.MIXED, electronic=9, present=8, issued=3, entitled=13)
    assert len(differences(mixed, 3, 9)) == 1
    assert differences(mixed, 3, 9, absent_vote=True) == []
    assert differences(replace(mixed, present=12), 3, 9, absent_vote=True) == []
    assert len(differences(replace(mixed, present=13), 3, 9, absent_vote=True)) == 1


def test_electronic_electors_and_papers_are_never_more_than_are_entitled() -> None:
    mixed = ballot(channel=Channel.MIXED, electronic=9)
    assert issue_faults(mixed, QUORUM, 12, 4) == []
    assert issue_faults(mixed, QUORUM, 12, 0) == []
    assert issue_faults(mixed, QUORUM, 12, 5) == ["电子投票9人与发出选票5张合计14，多于应到会13人。"]
