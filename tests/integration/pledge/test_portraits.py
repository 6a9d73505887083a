"""One's own photo on the 岗位牌."""

import io
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from PIL import Image

from services.pledge.portrait import commands
from services.pledge.portrait.rules import KEPT_AFTER_LEAVING
from shared import clock
from tests.integration.pledge.showing import published
from tests.services import Service
from tests.university import University


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    return service("pledge")


def photo(colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 400), colour).save(out, "PNG")
    return out.getvalue()


def test_a_member_uploads_prints_and_removes_the_own_photo(pledge: Service, university: University) -> None:
    """R-070: 设置党员岗位牌、公示党员形象照"""
    people = university.people
    me, officer = pledge.client(people["尤文静"]), pledge.client(people["王一鸣"])
    pledge_id = published(pledge, people["尤文静"], people["王一鸣"])
    sign = f"/pledge/wall/pledges/{pledge_id}/print/post.pdf"
    bare = me.get(sign).data
    sent = me.post("/pledge/portrait/", data={"file": (io.BytesIO(photo()), "我.png")},
                   content_type="multipart/form-data")  # fmt: skip
    assert sent.status_code == 303
    assert me.get("/pledge/portrait/mine.jpg").data == me.get("/pledge/api/portrait").data
    assert "/pledge/portrait/mine.jpg" in me.get("/pledge/portrait/").text
    assert "/pledge/portrait/" in me.get(f"/pledge/pledges/{pledge_id}").text
    for client in (me, officer):
        assert b"/DCTDecode" in client.get(sign).data
    assert b"/DCTDecode" not in bare
    assert officer.get("/pledge/api/portrait").status_code == 404
    assert me.post("/pledge/portrait/remove").status_code == 303
    assert me.get("/pledge/api/portrait").json["code"] == "no_portrait"
    assert b"/DCTDecode" not in me.get(sign).data


def test_the_json_door_takes_and_removes_it_too(pledge: Service, university: University) -> None:
    """R-070"""
    me = pledge.client(university.people["尤文静"])
    wrong = {"file": (io.BytesIO(b"not a picture"), "我.jpg")}
    refused = me.post("/pledge/api/portrait", data=wrong, content_type="multipart/form-data")
    assert (refused.status_code, refused.json["code"]) == (422, "not_a_portrait")
    right = {"file": (io.BytesIO(photo("blue")), "我.jpg")}
    assert me.post("/pledge/api/portrait", data=right, content_type="multipart/form-data").status_code == 204
    assert me.get("/pledge/api/portrait").mimetype == "image/jpeg"
    assert me.post("/pledge/api/portrait/remove").status_code == 204
    assert me.post("/pledge/api/portrait/remove").json["code"] == "no_portrait"
    assert me.get("/pledge/api/portrait").status_code == 404


def has_left(pledge: Service, person_id: UUID, *, left: bool = True) -> None:
    """Keep of a person that he or she left, or came back, as roster tells it."""
    with pledge.connect() as conn:
        conn.execute("UPDATE person SET active = %s, version = version + 1 WHERE id = %s", [not left, person_id])


def kept(pledge: Service) -> set[UUID]:
    with pledge.connect() as conn:
        return {row[0] for row in conn.execute("SELECT person_id FROM portrait").fetchall()}


def upload(pledge: Service, person_id: UUID) -> None:
    right = {"file": (io.BytesIO(photo()), "我.png")}
    client = pledge.client(person_id)
    assert client.post("/pledge/api/portrait", data=right, content_type="multipart/form-data").status_code == 204


def test_the_photo_of_who_left_is_printed_no_more_and_erased_a_month_later(
    pledge: Service, university: University
) -> None:
    """R-070, requirements 2.10: what a photo was given for ends with the leaving"""
    who = university.people
    for name in ("尤文静", "毛建国"):
        upload(pledge, who[name])
    pledge_id = published(pledge, who["尤文静"], who["王一鸣"])
    officer = pledge.client(who["王一鸣"])
    sign = f"/pledge/wall/pledges/{pledge_id}/print/post.pdf"
    assert b"/DCTDecode" in officer.get(sign).data
    has_left(pledge, who["尤文静"])
    bare = officer.get(sign)
    assert (bare.status_code, b"/DCTDecode" in bare.data) == (200, False)
    now = clock.now()
    for later in (timedelta(), KEPT_AFTER_LEAVING - timedelta(days=1)):
        pledge.due(now + later)
        assert kept(pledge) == {who["尤文静"], who["毛建国"]}
    pledge.due(now + KEPT_AFTER_LEAVING)
    assert kept(pledge) == {who["毛建国"]}


def test_who_comes_back_within_the_month_keeps_the_photo(pledge: Service, university: University) -> None:
    """R-070: a leaving that was entered by mistake, or one that did not last"""
    me, now = university.people["尤文静"], clock.now()
    upload(pledge, me)
    has_left(pledge, me)
    pledge.due(now)
    has_left(pledge, me, left=False)
    pledge.due(now + KEPT_AFTER_LEAVING)
    assert pledge.client(me).get("/pledge/api/portrait").status_code == 200
    has_left(pledge, me)
    pledge.due(now + KEPT_AFTER_LEAVING * 2 - timedelta(days=1))
    assert kept(pledge) == {me}


def test_more_photos_than_one_batch_are_erased_in_several(
    pledge: Service, university: University, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R-070"""
    monkeypatch.setattr(commands, "BATCH", 1)
    now = clock.now()
    gone = [university.people[name] for name in ("尤文静", "毛建国", "仇大海")]
    for person_id in gone:
        upload(pledge, person_id)
        has_left(pledge, person_id)
    pledge.due(now)
    pledge.due(now + KEPT_AFTER_LEAVING)
    assert kept(pledge) == set()
