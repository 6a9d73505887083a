"""Pledges where awards are considered: the choice on a deed, the minutes, and results of 评诺 as information."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from shared.events.evaluation import AwardVerified
from shared.events.pledge import PledgeAppraised, PledgePublished
from tests.integration.evaluation.branch import BRANCH, Branch, deed
from tests.integration.evaluation.voting import Voting
from tests.services import Service
from tests.university import uid

WORDS = "每周为学生答疑2次"


@pytest.fixture
def branch(service: Callable[[str], Service]) -> Voting:
    return Voting(service("evaluation"))


def published(branch: Branch, who: str = "T003", *, words: str = WORDS, year: int = 2013, version: int = 1,
              authors: Sequence[str] = (), pledge_id: UUID | None = None) -> UUID:  # fmt: skip
    """Let evaluation hear of a published pledge; give its id."""
    pledge_id = pledge_id or uuid4()
    branch.service.hear(
        PledgePublished, pledge_id=pledge_id, version=version, organization_id=uid(BRANCH), person_id=uid(who),
        form="individual", kind="annual", year=year, headline=words, items=[],
        author_ids=[uid(author) for author in authors],
    )  # fmt: skip
    return pledge_id


def appraised(branch: Branch, pledge_id: UUID, grade: str | None, done: int, who: str | None = "T003") -> None:
    """Let evaluation hear how a pledge was appraised."""
    branch.service.hear(
        PledgeAppraised, appraisal_id=uuid4(), pledge_id=pledge_id, organization_id=uid(BRANCH),
        person_id=uid(who) if who else None, year=2013, grade=grade, done=done, total=3,
    )  # fmt: skip


def page(branch: Branch, who: str, url: str) -> str:
    answer = branch.service.client(uid(who)).get(f"/evaluation/{url}")
    assert answer.status_code == 200, answer.text
    return answer.text


def test_the_choice_holds_the_member_s_own_published_pledges(branch: Voting) -> None:
    """R-139: one's own, on the form and for other clients; an organisation's or a colleague's is none."""
    newer, older = published(branch, year=2014, words="新的承诺"), published(branch)
    published(branch, "T004", words="别人的承诺")
    assert [one["id"] for one in branch.get("T003", "deeds/pledges").json] == [str(newer), str(older)]
    shown = page(branch, "T003", "register/")
    assert "2013年：每周为学生答疑2次" in shown
    assert "别人的承诺" not in shown
    assert branch.get("T004", f"deeds/pledges?person_id={uid('T003')}").status_code == 403


def test_a_pledge_made_together_is_each_one_s_own_as_long_as_its_newest_version_names_them(branch: Voting) -> None:
    """R-033 R-139"""
    pledge_id = published(branch, words="我们一起答疑", authors=["T004", "T005"])

    def listed(who: str) -> list[str]:
        return [one["id"] for one in branch.get(who, "deeds/pledges").json]

    assert [listed(who) for who in ("T003", "T004", "T005", "T006")] == [[str(pledge_id)]] * 3 + [[]]
    published(branch, words="我们一起答疑", authors=["T004"], version=2, pledge_id=pledge_id)
    published(branch, words="我们一起答疑", authors=["T004", "T005"], pledge_id=pledge_id)
    assert [listed(who) for who in ("T003", "T004", "T005")] == [[str(pledge_id)]] * 2 + [[]]


def test_a_deed_refers_to_the_own_pledge_and_to_no_other(branch: Voting) -> None:
    """R-139: nothing is entered with another's pledge, or one that nobody published."""
    mine, theirs = published(branch), published(branch, "T004")
    branch.enter("T003", pledge_id=str(mine))
    for wrong in (theirs, uuid4()):
        refused = branch.post("T003", "deeds", deed(pledge_id=str(wrong)), status=422)
        assert refused.json["code"] == "bad_entry"
        assert refused.json["details"] == ["对应的承诺应为本人已公示的承诺。"]
    assert len(branch.get("T003", f"deeds?period={branch.quarter}").json) == 1
    assert f"/pledge/pledges/{mine}" in page(branch, "T003", "register/")


def test_the_minutes_name_the_pledge_to_which_a_deed_refers(branch: Voting) -> None:
    """R-122, R-139."""
    branch.enter("T003", pledge_id=str(published(branch)))
    branch.announce()
    branch.open()
    branch.mark_all()
    for who in branch.members:
        if who != "T003":
            assert branch.present(who).status_code == 201
    assert f"对应承诺：{WORDS}" in page(branch, "T001", f"meetings/{branch.meeting_id}/presentations")
    assert branch.present("T003").status_code == 201
    assert f"（对应承诺：{WORDS}）" in page(branch, "T001", f"meetings/{branch.meeting_id}/minutes")


def test_results_of_appraisal_inform_and_never_exclude(branch: Voting) -> None:
    """R-099, R-138: shown beside the obstacles and with the stars; the poorest result leaves a member a candidate."""
    branch.hold()
    path = f"meetings/{branch.meeting_id}/eligibility"
    before = branch.get("T001", path).json
    appraised(branch, published(branch), "差", 0)
    appraised(branch, uuid4(), None, 1, who=None)
    assert branch.get("T001", path).json == before
    assert "2013年评诺：差，完成0项，共3项（供参考）" in page(branch, "T001", path)
    assert "2013年评诺：差，完成0项，共3项" in page(branch, "T003", f"people/{uid('T003')}/stars")


def test_of_several_results_of_a_pledge_the_newest_counts(branch: Voting) -> None:
    """R-103: an extra appraisal comes before the yearly one; heard in whatever order, the later one stays."""
    pledge_id = published(branch)
    appraised(branch, pledge_id, "较好", 2)
    appraised(branch, pledge_id, None, 3)
    with branch.service.connect() as conn:
        conn.execute("UPDATE appraised SET told_at = %s", [datetime(2999, 1, 1, tzinfo=UTC)])
    appraised(branch, pledge_id, "差", 0)
    shown = page(branch, "T003", f"people/{uid('T003')}/stars")
    assert "2013年评诺，完成3项，共3项" in shown
    assert "差" not in shown


def test_a_verified_award_names_the_pledge_of_its_confirmed_deed(branch: Voting) -> None:
    """R-123, R-139: what the branch did not confirm is nobody else's to read."""
    pledge_id = published(branch)
    branch.enter("T003", pledge_id=str(pledge_id))
    branch.called()
    for one in branch.get("T001", f"deeds?person_id={uid('T003')}&period={branch.quarter}").json:
        branch.post("T001", f"deeds/{one['id']}/confirm", status=200)
    branch.counted({"T003": 7})
    told = {one["data"]["person_id"]: one["data"]["pledge_id"] for one in branch.service.told(AwardVerified.event_name)}
    assert told == {str(uid("T003")): str(pledge_id)}
