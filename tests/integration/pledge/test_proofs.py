"""Records of showings: struck out with a reason when wrong, and proved by photos and papers."""

import io
from collections.abc import Callable
from typing import Any

import pytest

from services.pledge.proof import rules
from services.pledge.proof.rules import MOST
from tests.integration.pledge.showing import published, show, wall
from tests.services import Service
from tests.university import University, uid

BRANCH = uid("zjy/jin/jg")
JPEG, PNG, PDF = b"\xff\xd8\xff\xe0 a photo", b"\x89PNG\r\n\x1a\n a picture", b"%PDF-1.7 a paper"


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    return service("pledge")


def records(pledge: Service, by: Any, pledge_id: str) -> list[dict[str, Any]]:
    return list(pledge.client(by).get(f"/pledge/api/pledges/{pledge_id}/publications").json or [])


def strike(pledge: Service, by: Any, record_id: str, reason: str = "登记到了别的承诺上") -> Any:
    return pledge.client(by).post(f"/pledge/api/publications/{record_id}/strike", json={"reason": reason})


def add(pledge: Service, by: Any, record_id: str, content: bytes, name: str = "公开栏照片.jpg") -> Any:
    return pledge.client(by).post(
        f"/pledge/api/publications/{record_id}/proofs", data={"file": (io.BytesIO(content), name)},
        content_type="multipart/form-data",
    )  # fmt: skip


def test_a_wrong_record_is_struck_out_and_stays_to_be_read(pledge: Service, university: University) -> None:
    """R-056 R-058: what was struck counts no more for whom the pledge hangs."""
    people, officer = university.people, university.people["王一鸣"]
    pledge_id = published(pledge, people["尤文静"], officer, "branch")
    assert show(pledge, officer, pledge_id, scope="public", channel="微博").status_code == 201
    assert wall(pledge, BRANCH)["total"] == 1
    wide = next(one for one in records(pledge, officer, pledge_id) if one["scope"] == "public")
    assert strike(pledge, officer, wide["id"], " ").json["code"] == "strike_needs_reason"
    assert strike(pledge, people["尤文静"], wide["id"]).status_code == 403
    assert strike(pledge, people["李会计"], wide["id"]).status_code == 403
    assert strike(pledge, officer, wide["id"]).status_code == 200
    assert (strike(pledge, officer, wide["id"]).json["code"], wall(pledge, BRANCH)["total"]) == ("struck_already", 0)
    assert wall(pledge, BRANCH, people["仇大海"])["total"] == 1
    page = pledge.client(officer).get(f"/pledge/publications/{pledge_id}").text
    assert "划去：登记到了别的承诺上" in page


def test_without_any_standing_record_a_pledge_hangs_no_more_until_it_is_recorded_anew(
    pledge: Service, university: University
) -> None:
    """R-056"""
    people, officer = university.people, university.people["王一鸣"]
    pledge_id = published(pledge, people["尤文静"], officer)
    (only,) = records(pledge, officer, pledge_id)
    posted = pledge.client(officer).post(f"/pledge/publications/records/{only['id']}/strike", data={"reason": "误登"})
    assert posted.status_code == 303
    assert wall(pledge, BRANCH)["total"] == 0
    assert pledge.client().get(f"/pledge/wall/pledges/{pledge_id}").status_code == 404
    assert pledge.client(people["仇大海"]).get(f"/pledge/pledges/{pledge_id}").status_code == 200
    assert show(pledge, officer, pledge_id).status_code == 201
    shown = pledge.client().get(f"/pledge/api/wall/pledges/{pledge_id}").json
    assert len(shown["records"]) == 1
    assert len(pledge.told("pledge.published")) == 1


@pytest.mark.parametrize(("content", "ending"), [(JPEG, "jpg"), (PNG, "png"), (PDF, "pdf")])
def test_a_photo_or_a_paper_proves_a_showing_to_officers_alone(
    pledge: Service, university: University, content: bytes, ending: str
) -> None:
    """R-056: with evidence"""
    people, officer = university.people, university.people["王一鸣"]
    pledge_id = published(pledge, people["尤文静"], officer)
    (record,) = records(pledge, officer, pledge_id)
    added = add(pledge, officer, record["id"], content, "公开栏照片.exe")
    assert (added.status_code, added.json["filename"]) == (201, f"公开栏照片.{ending}")
    address = f"/pledge/publications/proofs/{added.json['id']}"
    assert address in pledge.client(officer).get(f"/pledge/publications/{pledge_id}").text
    for door in (address, f"/pledge/api/publications/proofs/{added.json['id']}"):
        given = pledge.client(people["郑总"]).get(door)
        assert (given.status_code, given.data) == (200, content)
        assert given.headers["Content-Disposition"].startswith("attachment")
        for stranger in ("尤文静", "仇大海", "李会计", "蒋总会"):
            assert pledge.client(people[stranger]).get(door).status_code == 403, stranger


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "no_proof"),
        (b"<html><script>", "not_a_proof"),
        (b"GIF89a", "not_a_proof"),
        (JPEG + bytes(200), "proof_too_large"),
    ],
)
def test_a_file_is_judged_by_its_content(
    pledge: Service, university: University, monkeypatch: pytest.MonkeyPatch, content: bytes, code: str
) -> None:
    """R-056"""
    monkeypatch.setattr(rules, "MOST_BYTES", 200)
    officer = university.people["王一鸣"]
    pledge_id = published(pledge, university.people["尤文静"], officer)
    (record,) = records(pledge, officer, pledge_id)
    assert add(pledge, officer, record["id"], content).json["code"] == code
    assert add(pledge, university.people["李会计"], record["id"], JPEG).status_code == 403
    assert add(pledge, officer, str(uid("no record")), JPEG).status_code == 404


def test_a_record_takes_no_end_of_files_and_a_struck_one_none(pledge: Service, university: University) -> None:
    """R-056"""
    officer = university.people["王一鸣"]
    pledge_id = published(pledge, university.people["尤文静"], officer)
    (record,) = records(pledge, officer, pledge_id)
    assert [add(pledge, officer, record["id"], JPEG + bytes([n])).status_code for n in range(MOST)] == [201] * MOST
    assert add(pledge, officer, record["id"], PNG).json["code"] == "enough_proofs"
    strike(pledge, officer, record["id"])
    assert add(pledge, officer, record["id"], PNG).json["code"] == "record_struck"
