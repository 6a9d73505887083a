"""The pages of an electronic ballot: the call, who is asked to vote, the way to the booth."""

from collections.abc import Callable

import pytest

from tests.integration.evaluation.electronic import ElectronicVoting
from tests.integration.evaluation.reading import page, send
from tests.integration.evaluation.voting import TELLERS
from tests.services import Service
from tests.university import uid


@pytest.fixture
def branch(service: Callable[[str], Service]) -> ElectronicVoting:
    return ElectronicVoting(service("evaluation"))


def test_the_secretary_chooses_the_channel_and_who_votes_on_paper(branch: ElectronicVoting) -> None:
    """R-130."""
    branch.hold()
    url = f"meetings/{branch.meeting_id}/ballot"
    shown = page(branch, "T001", url)
    for part in ("纸质投票：", "电子投票：", "电子与纸质并用：", "并用时领取纸质选票的投票人"):
        assert part in shown
    tellers = [str(uid(number)) for number in TELLERS]
    form = {"tellers": tellers, "declined": tellers, "channel": "electronic", "paper_electors": [str(uid("T004"))]}
    refused = send(branch, "T001", url, form, 409).get_data(as_text=True)
    assert "请选择“电子与纸质并用”" in refused
    send(branch, "T001", url, {**form, "channel": "mixed"})
    shown = page(branch, "T001", url)
    for part in ("电子与纸质并用", "7人", "1人"):
        assert part in shown


def test_who_hands_out_papers_reads_who_gets_one_and_who_holds_a_credential(branch: ElectronicVoting) -> None:
    """R-130: nobody votes on both channels; who votes on paper is told to nobody else, and not after the close."""
    branch.electronic("T004")
    url, ballot = f"meetings/{branch.meeting_id}/ballot", f"ballots/{branch.ballot_id}"

    def told(who: str) -> tuple[bool, object, object]:
        answer = branch.get(who, ballot).json
        return "纸质选票发给谁" in page(branch, who, url), answer["on_paper"], answer["by_phone"]

    others = sorted(str(uid(one)) for one in branch.members if one != "T004")
    for who in ("T001", *TELLERS):
        shown, on_paper, by_phone = told(who)
        assert (shown, on_paper, sorted(by_phone)) == (True, [str(uid("T004"))], others)  # type: ignore[call-overload]
    assert "领取纸质选票：毛建国。" in page(branch, "T007", url)
    for who in ("T003", "T004", "T041"):
        assert told(who) == (False, None, None)
    branch.closed()
    for who in ("T001", *TELLERS):
        assert told(who) == (False, None, None)


def test_every_elector_is_asked_to_vote_while_the_ballot_is_open(branch: ElectronicVoting) -> None:
    """The workbench does not know who voted, and says so."""
    branch.electronic("T004", opened=False)
    booth = f"/ballot/box/{branch.called_fact()['ballot_id']}"
    assert booth not in page(branch, "T003", "tasks")
    branch.opened()
    shown = page(branch, "T003", "tasks")
    assert booth in shown
    assert "已投票的同志不必理会" in shown
    for who in ("T004", "T041", "S001"):
        assert booth not in page(branch, who, "tasks")
    branch.closed()
    assert booth not in page(branch, "T003", "tasks")


def test_the_vote_and_the_path_lead_electors_to_the_booth(branch: ElectronicVoting) -> None:
    """R-135."""
    branch.electronic("T004")
    booth = f"/ballot/box/{branch.ballot_id}"
    for url in (f"meetings/{branch.meeting_id}/ballot", f"ballots/{branch.ballot_id}/path"):
        assert booth in page(branch, "T003", url)
        assert booth not in page(branch, "T004", url)
    branch.closed()
    for url in (f"meetings/{branch.meeting_id}/ballot", f"ballots/{branch.ballot_id}/path"):
        assert booth not in page(branch, "T003", url)
