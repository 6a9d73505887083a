"""Members grade one another by secret electronic ballot: from the call in pledge to the totals in the appraisal."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from services.ballot.audit.whole import audit
from shared.crypto import Vault
from tests.flow.electronic import VotingWorld, addresses, seated
from tests.flow.grading import ELECTORS, SECRETARY, TELLERS, Grading
from tests.integration.pledge import appraising
from tests.leavings import everything
from tests.services import DATA_KEY, Service
from tests.university import University, uid

GRADES = {
    "T001": {1: "好", 2: "较好"},
    "T002": {1: "好", 2: "一般"},
    "T003": {1: "较好"},
    "T004": {2: "差"},
    "T005": {},
    "T006": {1: "好", 2: "好"},
    "T007": {1: "一般", 2: "好"},
}


@pytest.fixture(params=[1, 2], ids=["once", "twice and in any order"])
def grading(
    request: pytest.FixtureRequest, service: Callable[[str], Service], database: Callable[[str], str],
    university: University, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Grading]:  # fmt: skip
    """A grading that was called and opened; every event is carried once, or twice and in any order."""
    monkeypatch.setenv("CLOCK_FILE", str(tmp_path / "clock"))
    university.settings["appraisal.secret_ballot"] = True
    services = {name: service(name) for name in ("pledge", "ballot")}
    world = VotingWorld(services, random.Random(7), request.param, request.param > 1)
    with seated(world, database):
        yield Grading(world).open(university).call().begin()


def test_members_grade_in_secret_and_the_totals_arrive_in_the_appraisal(grading: Grading, tmp_path: Path) -> None:
    """R-090, R-092, requirements 2.5 and 5.1."""
    for number, grades in GRADES.items():
        grading.vote(number, grades)
    grading.settle()
    # one comes back: the last form counts
    grading.vote("T005", {1: "差", 2: "差"})
    grading.close()
    told = grading.ballot.told("grading.counted")
    assert len(told) == 1
    assert (told[0]["data"]["issued"], told[0]["data"]["returned"]) == (len(ELECTORS), len(GRADES))
    assert [row["name"] for row in grading.ballot.told() if row["name"].startswith("ballot.")] == []
    shown = grading.pledge.client(SECRETARY).get(f"/pledge/api/gradings/{grading.ballot_id}").json
    assert (shown["state"], shown["returned"]) == ("counted", len(GRADES))
    assert grading.said() == [{}, {}], "sums are hidden while forms are taken"
    appraising.closed(grading.pledge, SECRETARY, grading.assessment_id)
    assert grading.said() == [dict(each) for each in grading.expected().values()]
    path = tmp_path / "whole.bel"
    path.write_bytes(grading.archive(uid("T008")))
    assert audit(path).complete() == ()


def test_the_public_archive_names_nobody_and_ends_before_the_result(grading: Grading) -> None:
    """Requirements 5.1: outside the branch neither who was graded nor how."""
    for number, grades in GRADES.items():
        grading.vote(number, grades)
    grading.close()
    inside, outside = grading.archive(uid("T008")), grading.archive(None)
    assert len(outside) < len(inside)
    assert inside.startswith(outside)
    assert b'"result"' in inside
    assert b'"result"' not in outside
    for archive in (inside, outside):
        assert "第1项" in archive.decode()
        assert not any(name in archive.decode() for name in ("尤文静", "毛建国"))
    assert grading.archive(uid("T021")) == outside, "a member of another branch is an outsider"
    public = grading.ballot.app.test_client().get(f"/ballot/boards/{grading.ballot_id}").get_data(as_text=True)
    member = grading.ballot.client(uid("T008")).get(f"/ballot/boards/{grading.ballot_id}").get_data(as_text=True)
    assert "尤文静" not in public
    assert "只在支部内公布" in public
    assert "尤文静" in member
    assert "一般1" in member


def test_a_member_finds_the_own_form_and_a_stranger_gets_no_credential(grading: Grading) -> None:
    """R-090: each member one form, nobody else."""
    box = grading.box()
    assert (box["kind"], box["candidates"]) == ("grading", [])
    assert [one["label"] for one in box["questions"]] == ["第1项", "第2项"]
    ticket = grading.ticket(uid("T008")).json
    assert [one["name"] for one in ticket["questions"]] == ["尤文静", "毛建国"]
    assert [one["choices"] for one in ticket["questions"]] == [one["grades"] for one in box["questions"]]
    for stranger, status in (("T021", 404), ("T061", 403), ("S011", 403), ("T054", 404)):
        assert grading.ticket(uid(stranger)).status_code == status, stranger
    assert grading.ticket(None).status_code == 401
    tasks = grading.pledge.client(uid("T008")).get("/pledge/api/tasks").json
    assert f"/ballot/box/{grading.ballot_id}" in {task["href"] for task in tasks}


def test_too_few_forms_are_never_decrypted_and_another_grading_may_be_called(grading: Grading) -> None:
    """Requirements 5.1."""
    for number in ("T001", "T002"):
        grading.vote(number, {1: "好"})
    grading.close()
    assert [row["data"]["reason"] for row in grading.ballot.told("grading.annulled")] == ["too_few_ballots"]
    assert grading.ballot.told("decryption.requested") == []
    assert grading.ticket(uid("T008")).json["code"] == "voting_over"
    first = grading.ballot_id
    assert grading.call().ballot_id != first
    grading.begin()
    assert grading.ticket(uid("T008")).status_code == 200


def test_nothing_joins_a_member_to_a_form_and_credentials_go_with_the_count(grading: Grading) -> None:
    """Decisions 14, 15 and 20: the sealed credential is the only tie, and it goes."""
    codes = {grading.ticket(uid(number)).json["credential"] for number in GRADES}
    texts = [grading.vote(number, grades) for number, grades in GRADES.items()]
    grading.settle()
    vaults = [_vault()]
    for owner, url in addresses(grading.world).items():
        for row in everything(owner, url, vaults):
            assert not row.names(grading.trackers) or not row.names(str(uid(number)) for number in ELECTORS)
            if row.names(codes):
                assert (owner, row.table) == ("pledge", "grading_elector")
    assert len(texts) == len(GRADES)
    grading.close()
    left = [row for row in everything("pledge", grading.pledge.url, vaults) if row.names(codes)]
    assert left == []


def _vault() -> Vault:
    return Vault((DATA_KEY,))


def test_tellers_alone_see_how_many_came(grading: Grading) -> None:
    grading.vote("T001", {1: "好"})
    place = f"/ballot/api/ballots/{grading.ballot_id}"
    assert grading.ballot.client(TELLERS[1]).get(place).json["progress"]["received"] == 1
    assert grading.ballot.client(uid("T008")).get(place).json["progress"]["received"] is None
    assert grading.ballot.client(uid("T008")).post(f"{place}/close", json={}).status_code == 403
