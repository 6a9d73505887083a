"""The item of a pledge to which a deed refers: chosen, kept through revisions, shown to who reads, told on."""

from collections.abc import Callable, Sequence
from itertools import permutations
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.evaluation.register import documents
from shared.events.evaluation import AwardVerified, DeedConfirmed
from shared.events.pledge import PledgePublished
from tests.integration.evaluation.branch import BRANCH, Branch, deed
from tests.integration.evaluation.electronic import ElectronicVoting
from tests.integration.evaluation.voting import Voting
from tests.services import Service
from tests.university import uid

WORDS = "为学生办实事"
FIRST, SECOND = uid("first item"), uid("second item")
TWO = ((FIRST, "每周答疑2次"), (SECOND, "帮助3名学生"))
NOT_ITEM = "所选的承诺事项不在这份承诺现在公示的文本中，请重新选择。"


@pytest.fixture
def branch(service: Callable[[str], Service]) -> ElectronicVoting:
    return ElectronicVoting(service("evaluation"))


def published(
    branch: Branch, items: Sequence[tuple[UUID, str]] = TWO, *, who: str | None = "T003", version: int = 1,
    pledge_id: UUID | None = None, linked: UUID | None = None, place: str = BRANCH,
) -> UUID:  # fmt: skip
    """Let evaluation hear of a published version; every item serves `linked`. Gives the pledge's id."""
    pledge_id = pledge_id or uid(f"pledge of {who}")
    branch.service.hear(
        PledgePublished, pledge_id=pledge_id, version=version, organization_id=uid(place),
        person_id=uid(who) if who else None, form="individual" if who else "organization", kind="annual", year=2013,
        headline=WORDS, items=[{"item_id": item_id, "content": content, "due_on": None, "aspect": "",
                                "linked_item_id": linked} for item_id, content in items],
    )  # fmt: skip
    return pledge_id


def offered(branch: Branch, who: str = "T003") -> list[tuple[int, str]]:
    """Give the items that a member may choose."""
    pledges = branch.get(who, "deeds/pledges").json
    return [(item["position"], item["content"]) for one in pledges for item in one["items"]]


def page(branch: Branch, who: str, url: str) -> str:
    answer = branch.service.client(uid(who)).get(f"/evaluation/{url}")
    assert answer.status_code == 200, answer.text
    return answer.text


def form(**changes: Any) -> dict[str, Any]:
    """Give what the page posts."""
    return {**deed(declared="true"), **changes}


VERSIONS: dict[int, list[tuple[UUID, str]]] = {
    1: [*TWO],
    2: [(SECOND, "帮助5名学生"), (FIRST, "每周答疑2次")],
    3: [(SECOND, "帮助5名学生")],
}


@pytest.mark.parametrize("order", list(permutations([1, 2, 3])))
def test_the_newest_version_s_items_are_offered_in_whatever_order_versions_are_heard(
    branch: ElectronicVoting, order: Sequence[int]
) -> None:
    """R-045, R-139: heard twice or late, an older version changes nothing of what is offered."""
    for number in (*order, order[0]):
        published(branch, VERSIONS[number], version=number)
    assert offered(branch) == [(1, "帮助5名学生")]
    with branch.service.connect() as conn:
        kept = conn.execute("SELECT version, position, content FROM pledge_item ORDER BY version, position").fetchall()
    told = [(version, place, item) for version in VERSIONS for place, item in enumerate(VERSIONS[version], 1)]
    assert kept == [(version, place, content) for version, place, (_, content) in told]


def test_an_item_implies_its_pledge_and_may_be_left_out(branch: ElectronicVoting) -> None:
    """R-139: by the interface an item alone, or with its pledge; a pledge alone is all of it."""
    pledge_id = published(branch)
    for given in ({"pledge_item_id": str(SECOND)}, {"pledge_id": str(pledge_id), "pledge_item_id": str(SECOND)}):
        made = branch.post("T003", "deeds", deed(**given), status=201).json
        assert (made["pledge_id"], made["pledge_item_id"]) == (str(pledge_id), str(SECOND))
    whole = branch.post("T003", "deeds", deed(pledge_id=str(pledge_id)), status=201).json
    assert (whole["pledge_id"], whole["pledge_item_id"]) == (str(pledge_id), None)


def test_an_item_that_is_not_the_pledge_s_is_refused_with_all_that_is_wrong(branch: ElectronicVoting) -> None:
    """R-139: another's, one of another pledge, one that was dropped, one that nobody published."""
    mine, theirs = published(branch), published(branch, [(uid("theirs"), "别人的")], who="T004")
    published(branch, VERSIONS[3], version=3)
    not_own = "对应的承诺应为本人已公示的承诺。"
    for given, expected in (
        ({"pledge_item_id": str(uuid4())}, [NOT_ITEM]),
        ({"pledge_id": str(mine), "pledge_item_id": str(uid("theirs"))}, [NOT_ITEM]),
        ({"pledge_id": str(mine), "pledge_item_id": str(FIRST)}, [NOT_ITEM]),
        ({"pledge_item_id": str(uid("theirs"))}, [not_own]),
        ({"pledge_id": str(theirs), "pledge_item_id": str(FIRST)}, [not_own, NOT_ITEM]),
    ):
        refused = branch.post("T003", "deeds", deed(aspects=[], **given), status=422).json
        assert (refused["code"], refused["details"]) == ("bad_entry", ["请至少选择一项带头作用。", *expected])
    assert branch.get("T003", "deeds").json == []


def test_on_a_phone_one_choice_names_the_pledge_or_one_item_of_it(branch: ElectronicVoting) -> None:
    """R-139: also for the officer who enters from paper."""
    pledge_id = published(branch)
    shown = page(branch, "T003", "register/")
    assert f'<optgroup label="2013年：{WORDS}">' in shown
    assert f'<option value="{pledge_id}">整份承诺</option>' in shown
    assert f'<option value="{pledge_id}/{SECOND}">第2项：帮助3名学生</option>' in shown
    assert f'value="{pledge_id}/{SECOND}"' in page(branch, "T001", f"register/{uid('T003')}")
    choice = f"{pledge_id}/{SECOND}"
    on_paper = {"person_id": str(uid("T003")), "entry_reason": "据纸质登记证补录"}
    for who, more in (("T003", {}), ("T001", on_paper)):
        answer = branch.service.client(uid(who)).post("/evaluation/register/", data=form(pledge_id=choice, **more))
        assert answer.status_code == 303, answer.text
    assert {one["pledge_item_id"] for one in branch.get("T003", "deeds").json} == {str(SECOND)}
    refused = branch.service.client(uid("T003")).post("/evaluation/register/", data=form(pledge_id="甲/乙"))
    assert refused.status_code == 422


def test_a_pledge_heard_without_items_is_offered_whole(branch: ElectronicVoting) -> None:
    pledge_id = published(branch, [])
    shown = page(branch, "T003", "register/")
    assert f'<option value="{pledge_id}">2013年：{WORDS}</option>' in shown
    assert "整份承诺" not in shown


def test_a_deed_keeps_the_words_that_it_cites_when_the_pledge_is_revised(branch: ElectronicVoting) -> None:
    """R-045, R-139: reworded, then dropped; the entry can still be changed, and nobody chooses the old words anew."""
    pledge_id = published(branch)
    deed_id = branch.enter("T003", pledge_item_id=str(SECOND))
    for number in (2, 3):
        published(branch, VERSIONS[number], version=number)
        assert "对应承诺：" in (shown := page(branch, "T003", "register/"))
        assert f"{WORDS}　第2项：帮助3名学生" in shown
        edited = page(branch, "T003", f"register/deeds/{deed_id}")
        assert f'<option value="{pledge_id}/{SECOND}/1" selected>第2项：帮助3名学生（修订前）</option>' in edited
        body = deed(pledge_id=str(pledge_id), pledge_item_id=str(SECOND), text=f"第{number}次修改")
        changed = branch.service.client(uid("T003")).put(f"/evaluation/api/deeds/{deed_id}", json=body)
        assert changed.status_code == 200, changed.json
    published(branch, [(FIRST, "每周答疑2次")], version=4)
    body = deed(pledge_id=str(pledge_id))
    assert branch.service.client(uid("T003")).put(f"/evaluation/api/deeds/{deed_id}", json=body).status_code == 200
    again = branch.service.client(uid("T003")).put(
        f"/evaluation/api/deeds/{deed_id}", json=deed(pledge_item_id=str(SECOND))
    )
    assert again.json["details"] == [NOT_ITEM]


def test_a_deed_moves_to_the_new_words_of_its_item_only_when_somebody_chooses_them(branch: ElectronicVoting) -> None:
    """R-045, R-139: both are offered, on the page and by the interface; a version that is neither is refused."""
    pledge_id = published(branch)
    deed_id = branch.enter("T003", pledge_item_id=str(SECOND))
    published(branch, VERSIONS[2], version=2)
    client, address = branch.service.client(uid("T003")), f"register/deeds/{deed_id}"
    new, old = f"{pledge_id}/{SECOND}/2", f"{pledge_id}/{SECOND}/1"
    shown = page(branch, "T003", address)
    assert f'<option value="{new}">第1项：帮助5名学生</option>' in shown
    assert f'<option value="{old}" selected>' in shown
    for choice, version in ((old, 1), (f"{pledge_id}/{SECOND}", 1), (new, 2), (f"{pledge_id}/{SECOND}", 2)):
        assert client.post(f"/evaluation/{address}", data=form(pledge_id=choice)).status_code == 303
        (kept,) = branch.get("T003", "deeds").json
        assert kept["pledge_version"] == version
    assert "修订前" not in page(branch, "T003", address)
    assert client.post(f"/evaluation/{address}", data=form(pledge_id=f"{pledge_id}/{SECOND}/x")).status_code == 422
    body = deed(pledge_item_id=str(SECOND), pledge_version=1)
    assert client.put(f"/evaluation/api/deeds/{deed_id}", json=body).json["details"] == [NOT_ITEM]
    body = deed(pledge_item_id=str(SECOND), pledge_version=2)
    assert client.put(f"/evaluation/api/deeds/{deed_id}", json=body).status_code == 200


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
