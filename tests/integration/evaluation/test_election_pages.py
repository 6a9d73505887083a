"""The pages of eligibility, vote, findings, ledger and path: they show, refuse in a sentence and lead on."""

from collections.abc import Callable

import pytest

from tests.integration.evaluation.reading import page, send
from tests.integration.evaluation.voting import TELLERS, Voting
from tests.services import Service
from tests.university import University, uid


@pytest.fixture
def branch(service: Callable[[str], Service]) -> Voting:
    return Voting(service("evaluation"))


def test_the_secretary_calls_the_vote_on_the_page(branch: Voting) -> None:
    """R-130, R-134."""
    branch.hold()
    url = f"meetings/{branch.meeting_id}/ballot"
    assert "8 × 15% = 1.2，四舍五入，取1名" in page(branch, "T001", url)
    tellers = [str(uid(number)) for number in TELLERS]
    refused = send(branch, "T001", url, {"tellers": tellers}, 409).get_data(as_text=True)
    assert "方佳是候选人，不能担任监票人" in refused
    send(branch, "T001", url, {"tellers": tellers, "declined": tellers})
    shown = page(branch, "T001", url)
    assert "去监票、计票" in shown
    assert "方佳、尹志强" in shown


def test_before_the_meeting_opens_the_page_says_what_comes_first(branch: Voting) -> None:
    """R-133."""
    branch.announce()
    shown = page(branch, "T001", f"meetings/{branch.meeting_id}/ballot")
    assert "会议召开、登记出席情况以后才能发起投票" in shown
    assert "发起无记名投票" not in shown


def test_the_same_form_sent_twice_calls_one_ballot(branch: Voting) -> None:
    branch.hold()
    tellers = [str(uid(number)) for number in TELLERS]
    form = {"tellers": tellers, "declined": tellers, "_request": "the form's number"}
    for _ in range(2):
        send(branch, "T001", f"meetings/{branch.meeting_id}/ballot", form)
    assert len(branch.service.told("ballot.called")) == 1


def test_a_member_sees_the_result_without_the_votes_of_others(branch: Voting) -> None:
    """R-136."""
    branch.called()
    branch.counted({"T003": 7, "T004": 1})
    url = f"meetings/{branch.meeting_id}/ballot"
    member = page(branch, "T005", url)
    assert "尤文静" in member
    assert "7票" in member
    assert "1票" not in member
    assert "毛建国" not in member
    assert "1票" in page(branch, "T001", url)


def test_a_proposal_is_decided_on_the_page(branch: Voting) -> None:
    """R-158, R-159."""
    for who in branch.members[1:]:
        branch.enter(who)
    branch.announce()
    branch.open()
    branch.mark_all()
    for who in branch.members:
        branch.present(who)
        branch.comment(who)
    url = f"meetings/{branch.meeting_id}/eligibility"
    assert "没有本季度的记录，未注明客观原因" in page(branch, "T002", url)
    given = {"person_id": str(uid("T001")), "code": "no_entry", "confirmed-no_entry": "false"}
    assert f'id="p-{uid("T001")}"' in page(branch, "T002", url)
    send(branch, "T002", url, given, 422)
    assert "请选择认定结果" in send(branch, "T002", url, {**given, "confirmed-no_entry": ""}, 422).text
    back = send(branch, "T002", url, {**given, "reason-no_entry": "出差期间书面登记"}).headers["Location"]
    assert back.endswith(f"/eligibility#p-{uid('T001')}")
    assert "排除（出差期间书面登记）" in page(branch, "T002", url)
    assert send(branch, "T001", url, {**given, "reason-no_entry": "我有理由"}, 403)


def test_all_that_is_proposed_of_one_person_is_decided_in_one_form(branch: Voting) -> None:
    """R-159: what nobody chose on stays to be decided."""
    for who in branch.members[2:]:
        branch.enter(who)
    branch.announce()
    branch.open()
    branch.mark_all()
    url, code = f"meetings/{branch.meeting_id}/eligibility", ["no_entry", "no_presentation"]
    shown = page(branch, "T002", url).partition(f'id="p-{uid("T001")}"')[2].partition("</section>")[0]
    assert shown.count("<form") == 1
    assert [f'name="code" value="{one}"' in shown for one in code] == [True, True]
    one = {"person_id": str(uid("T001")), "code": code, "confirmed-no_entry": "true"}
    send(branch, "T002", url, one)
    rows = {row["person_id"]: row for row in branch.get("T002", url).json}
    assert [each["confirmed"] for each in rows[str(uid("T001"))]["obstacles"]] == [True, None]
    both = {**one, "confirmed-no_presentation": "false", "reason-no_presentation": "书面介绍"}
    send(branch, "T002", url, both)
    rows = {row["person_id"]: row for row in branch.get("T002", url).json}
    assert [each["confirmed"] for each in rows[str(uid("T001"))]["obstacles"]] == [True, False]


def test_a_finding_is_heard_replied_to_decided_and_reviewed_on_pages(branch: Voting) -> None:
    """R-160, requirements 2.5."""
    assert "（2）越级信访" in page(branch, "T001", f"findings/new?organization_id={uid('zjy/jin/jg')}")
    asked = page(branch, "T001", f"findings/new?organization_id={uid('zjy/jin/jg')}").partition('name="person_id"')[2]
    assert "selected" not in asked.partition("</select>")[0]  # nobody is accused because of the strokes of a name
    assert "（2）" not in page(branch, "T002", f"findings/new?organization_id={uid('zjy/jin/jg')}")
    form = {"person_id": str(uid("T003")), "condition": "6", "facts": "值班时离岗两次"}
    url = send(branch, "T001", "findings/", form).headers["Location"].removeprefix("/evaluation/")
    page(branch, "T003", url, 404)
    send(branch, "T001", f"{url}/hearing", {})
    assert "值班时离岗两次" in page(branch, "T003", url)
    assert "请阅读支部告知并申辩" in page(branch, "T003", "tasks")
    waiting = page(branch, "T001", url)
    assert "期满以后，支委会在这里作出认定" in waiting
    assert "记录认定" not in waiting
    send(branch, "T003", f"{url}/reply", {"text": "当时送学生就医"})
    assert "一项认定等待支委会研究" in page(branch, "T001", "tasks")
    assert "记录认定" in page(branch, "T001", url)
    decided = {"established": "true", "statement": "属实", "names": "王一鸣、区小宁"}
    send(branch, "T001", f"{url}/decision", decided)
    assert "一项认定等待复核" in page(branch, "T041", "tasks")
    send(branch, "T041", f"{url}/review", {"upheld": "false", "statement": "情有可原"})
    assert "撤销" in page(branch, "T003", url)
    assert "情形（6）" in page(branch, "T003", "findings/")
    page(branch, "T004", url, 403)


def test_tasks_name_neither_person_nor_condition(branch: Voting) -> None:
    """Requirements 2.10."""
    form = {"person_id": str(uid("T003")), "condition": "2", "facts": "经过"}
    send(branch, "T001", "findings/", form)
    shown = page(branch, "T001", "tasks")
    assert "一项认定尚未告知本人" in shown
    assert "尤文静" not in shown
    assert "信访" not in shown
    assert "一项认定" not in page(branch, "T002", "tasks")


def test_a_general_branch_allots_pooled_places_on_the_page(
    service: Callable[[str], Service], university: University
) -> None:
    """Requirements 2.2."""
    university.settings |= {"ballot.pooling": True, "ballot.minimum": 0}
    branch = Voting(service("evaluation"))
    url = f"allotments/{uid('zjy/jin')}?period={branch.quarter}"
    assert "合计须为2名" in page(branch, "T042", url)
    form = {"period": branch.quarter, f"places-{uid('zjy/jin/jg')}": "2", f"places-{uid('zjy/jin/xs')}": "0"}
    send(branch, "T042", f"allotments/{uid('zjy/jin')}", form)
    assert 'value="2"' in page(branch, "T042", url)
    page(branch, "T001", f"allotments/{uid('zjy/jin')}", 403)


def test_malformed_addresses_are_refused_in_a_sentence(branch: Voting) -> None:
    page(branch, "T001", "awards/?period=2013年", 422)
    page(branch, "T001", "awards/?organization_id=x", 422)
    page(branch, "T001", f"awards/?organization_id={uid('zjy/kuai')}", 403)
