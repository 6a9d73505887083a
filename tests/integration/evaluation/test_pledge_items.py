"""The item of a pledge to which a deed refers: offered, chosen, kept through revisions."""

from collections.abc import Callable, Sequence
from itertools import permutations
from uuid import UUID, uuid4

import pytest

from tests.integration.evaluation.branch import deed
from tests.integration.evaluation.citing import FIRST, SECOND, TWO, WORDS, form, offered, page, published
from tests.integration.evaluation.electronic import ElectronicVoting
from tests.services import Service
from tests.university import uid

NOT_ITEM = "所选的承诺事项不在这份承诺现在公示的文本中，请重新选择。"


@pytest.fixture
def branch(service: Callable[[str], Service]) -> ElectronicVoting:
    return ElectronicVoting(service("evaluation"))


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
