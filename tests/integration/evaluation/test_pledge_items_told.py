"""Where the item of a pledge to which a deed refers is shown, and what is told of it."""

from collections.abc import Callable

import pytest

from services.evaluation.register import documents
from shared.events.evaluation import AwardVerified, DeedConfirmed
from tests.integration.evaluation.branch import BRANCH
from tests.integration.evaluation.citing import FIRST, SECOND, WORDS, page, published
from tests.integration.evaluation.electronic import ElectronicVoting
from tests.integration.evaluation.voting import Voting
from tests.services import Service
from tests.university import uid


@pytest.fixture
def branch(service: Callable[[str], Service]) -> ElectronicVoting:
    return ElectronicVoting(service("evaluation"))


def test_the_item_and_what_it_serves_stand_wherever_the_deed_is_read(branch: ElectronicVoting) -> None:
    """R-046, R-118, R-122, R-139: the member's register, presentations, minutes, the booth; the booklet."""
    served = uid("served")
    pledge_id = published(branch, linked=served)
    deed_id = branch.enter("T003", pledge_item_id=str(SECOND))
    assert "服务于" not in page(branch, "T003", "register/")
    published(branch, [(served, "建好学生之家")], who=None)
    branch.electronic()
    cited, serves = f"{WORDS}　第2项：帮助3名学生", "（服务于金融学院教工党支部承诺：建好学生之家）"
    assert f'<a href="/pledge/pledges/{pledge_id}">{cited}</a>{serves}' in page(branch, "T003", "register/")
    branch.post("T003", f"deeds/{deed_id}/additions", {"text": "又及。", "reason": "补充"}, status=201)
    assert f"{cited}</a>{serves}" in page(branch, "T003", f"register/deeds/{deed_id}")
    assert f"对应承诺：{cited}" in page(
        branch, "T001", f"meetings/{branch.meeting_id}/presentations?person={uid('T003')}"
    )
    assert f"（对应承诺：{cited}）" in page(branch, "T001", f"meetings/{branch.meeting_id}/minutes")
    booth = {one["person_id"]: one["pledge"] for one in branch.ticket("T005").json["candidates"]}
    assert booth[str(uid("T003"))] == cited


def test_the_booklet_prints_to_what_a_deed_refers(branch: ElectronicVoting, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-110, R-139."""
    published(branch)
    branch.enter("T003", pledge_item_id=str(FIRST))
    printed: list[str] = []

    def note(html: str, _style: object) -> bytes:
        printed.append(html)
        return b"%PDF"

    monkeypatch.setattr(documents, "printed", note)
    answer = branch.service.client(uid("T003")).get(f"/evaluation/register/{uid('T003')}/booklet.pdf")
    assert answer.status_code == 200
    assert f"对应承诺：{WORDS}　第1项：每周答疑2次" in printed[0]


def test_a_confirmed_deed_that_cites_a_pledge_is_told_once_and_without_its_words(branch: Voting) -> None:
    """R-123, R-139: an addition is no deed of its own; a deed that refers to nothing is not told."""
    pledge_id = published(branch)
    first = branch.enter("T003", pledge_item_id=str(SECOND))
    whole = branch.enter("T003", pledge_id=str(pledge_id))
    plain = branch.enter("T003")
    branch.hold()
    added = branch.post("T003", f"deeds/{first}/additions", {"text": "又及。", "reason": "补充"}, status=201).json
    for deed_id in (first, first, whole, plain, added["id"]):
        branch.post("T001", f"deeds/{deed_id}/confirm", status=200)
    assert added["pledge_item_id"] == str(SECOND)
    same = {"person_id": str(uid("T003")), "organization_id": str(uid(BRANCH)), "period": branch.quarter,
            "pledge_id": str(pledge_id)}  # fmt: skip
    assert [one["data"] for one in branch.service.told(DeedConfirmed.event_name)] == [
        {"deed_id": first, "pledge_item_id": str(SECOND), **same},
        {"deed_id": whole, "pledge_item_id": None, **same},
    ]


def test_the_path_of_an_award_begins_with_the_promise_from_which_it_grew(branch: Voting) -> None:
    """R-046, R-139: told with the award, and shown on its path with what the item serves."""
    served = uid("served")
    published(branch, [(served, "建好学生之家")], who=None)
    pledge_id = published(branch, linked=served)
    deed_id = branch.enter("T003", pledge_item_id=str(SECOND))
    branch.called()
    for one in branch.get("T001", f"deeds?person_id={uid('T003')}&period={branch.quarter}").json:
        branch.post("T001", f"deeds/{one['id']}/confirm", status=200)
    branch.counted({"T003": 7})
    told = [one["data"] for one in branch.service.told(AwardVerified.event_name)]
    assert [(one["pledge_id"], one["pledge_item_id"]) for one in told] == [(str(pledge_id), str(SECOND))]
    (award,) = branch.awards()
    note = f"对应承诺：{WORDS}　第2项：帮助3名学生（服务于金融学院教工党支部承诺：建好学生之家）"
    for who, links in (
        ("T001", {f"/pledge/pledges/{pledge_id}", f"/evaluation/register/deeds/{deed_id}"}),
        ("T005", {f"/pledge/pledges/{pledge_id}"}),
    ):
        steps = branch.get(who, f"awards/{award['award_id']}/path").json["steps"]
        (grown,) = [one for one in steps if one["key"] == "deed"]
        assert grown["note"] == note
        assert {link["href"] for link in grown["links"]} == links
    assert note in page(branch, "T001", f"awards/{award['award_id']}/path")


def test_a_pledge_of_another_branch_is_named_on_the_path_without_a_link(branch: Voting) -> None:
    """Decision 0013: a pledge stays where it was made, where this branch's members have no page to read."""
    pledge_id = published(branch, place="zjy/tsg")
    branch.enter("T003", pledge_item_id=str(SECOND))
    branch.called()
    for one in branch.get("T001", f"deeds?person_id={uid('T003')}&period={branch.quarter}").json:
        branch.post("T001", f"deeds/{one['id']}/confirm", status=200)
    branch.counted({"T003": 7})
    (award,) = branch.awards()
    shown = page(branch, "T005", f"awards/{award['award_id']}/path")
    assert "第2项：帮助3名学生" in shown
    assert f"/pledge/pledges/{pledge_id}" not in shown
