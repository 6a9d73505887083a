"""One's own photo on the 岗位牌."""

import io
from collections.abc import Callable

import pytest
from PIL import Image

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
