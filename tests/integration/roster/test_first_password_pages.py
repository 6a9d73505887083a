"""The doors to initial passwords: the page, the printed slips, the JSON side, and a request that is sent twice."""

import io
import re
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from pypdf import PdfReader

from services.roster.first_password import documents
from services.roster.first_password.domain import Slip, Slips
from shared.db import Connection
from shared.directory import store as directory
from tests.client import Answer
from tests.rows import one
from tests.services import Service
from tests.university import TENANT, uid

CLERK, ADMINISTRATOR, SECRETARY = "T042", "T053", "T001"
STUDENTS = uid("zjy/jin/xs")
PAGE, API = f"/roster/organizations/{STUDENTS}/first-passwords", f"/roster/api/organizations/{STUDENTS}/first-passwords"
SAID = (
    *("赵晓明", "沈积极", "金融学院学生党支部", "中共浙江示例学院委员会", "/roster/sign-in"),
    *("首次登录须改成自己的密码", "请勿告诉他人", "请立即告诉党委组织部"),
)
REQUEST = re.compile(r'name="_request" value="([^"]+)"')


@pytest.fixture
def roster(service: Callable[[str], Service]) -> Service:
    return service("roster")


def asked(roster: Service, request: str = "", whom: str = "without") -> Answer:
    return roster.client(uid(CLERK)).post(PAGE, data={"whom": whom, "_request": request or str(uuid4())})


def printed(content: bytes) -> str:
    return re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def passwords(content: bytes) -> dict[str, str]:
    return dict(re.findall(r"学工号(\w+?)初始密码（小写字母，连着输）：([a-z]{12})登录", printed(content)))


def enters(roster: Service, number: str, password: str) -> bool:
    given = {"number": number, "password": password}
    return roster.client().post("/roster/api/sessions", json=given).status_code == 201


def test_what_is_printed_on_the_slips_signs_each_person_in_once_to_make_an_own_password(roster: Service) -> None:
    answer = asked(roster)
    assert (answer.status_code, answer.content_type) == (200, "application/pdf")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Accel-Buffering"] == "no"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    text, found = printed(answer.data), passwords(answer.data)
    assert sorted(found) == ["S001", "S002", "S003", "S011"]
    assert [said for said in SAID if said not in text] == []
    for number, password in found.items():
        client = roster.client()
        entered = client.post("/roster/sign-in", data={"number": number, "password": password, "next": "/roster/"})
        assert (entered.status_code, entered.location) == (303, "/roster/me#password")
        assert client.get("/roster/organizations/").location == "/roster/me#password"
        changed = client.post("/roster/me/password", data={"current": password, "new": "我自己的密码-1"})
        assert changed.status_code == 303
        assert client.get("/roster/organizations/").status_code == 200


def test_the_page_says_how_many_wait_what_becomes_void_and_who_is_left_alone(roster: Service) -> None:
    client = roster.client(uid(CLERK))
    before = client.get(PAGE).text
    for said in ("还没有密码：4人", "生成密码条（4份）", "已有自己密码的不受影响"):
        assert said in before
    assert "原来的初始密码立即作废" not in before
    asked(roster)
    after = client.get(PAGE).text
    assert "还没有改初始密码：4人" in after
    assert "这些人手中原来的初始密码立即作废" in after
    general = client.get(f"/roster/organizations/{uid('zjy/jin')}/first-passwords").text
    for said in ("由系统管理员办理", "郑　总", "还没有改初始密码4人", str(STUDENTS)):
        assert said in general


def test_the_organisation_s_page_leads_there_whoever_may_set_a_password(roster: Service) -> None:
    place = f"/roster/organizations/{STUDENTS}"
    for number, led in ((CLERK, True), (ADMINISTRATOR, True), (SECRETARY, False), ("S001", False), ("T051", False)):
        assert (f"{place}/first-passwords" in roster.client(uid(number)).get(place).text) is led
    foreign = f"/roster/organizations/{uid('zjy/kuai/jg')}"
    assert "first-passwords" not in roster.client(uid(CLERK)).get(foreign).text
    refused = roster.client(uid(CLERK)).get(f"{foreign}/first-passwords")
    assert refused.status_code == 403
    assert "周账清" not in refused.text


def test_a_form_sent_twice_leaves_the_slips_in_hand_valid_and_says_what_to_do(roster: Service) -> None:
    """Decisions 4 and 14: the second tap would else make the slips void that the first one printed."""
    (request,) = REQUEST.findall(roster.client(uid(CLERK)).get(PAGE).text)[:1]
    given = passwords(asked(roster, request).data)
    for whom in ("without", "unused"):
        again = asked(roster, request, whom)
        assert again.status_code == 409
        assert 'data-code="answered_once"' in again.text
        assert "已经生成的密码条仍然有效" in again.text
        assert request not in REQUEST.findall(again.text), "the form that is shown again is a new one"
    assert all(enters(roster, number, password) for number, password in given.items())


def test_who_lost_the_file_makes_slips_anew(roster: Service) -> None:
    lost = passwords(asked(roster).data)
    assert asked(roster).status_code == 409, "nobody is without a password"
    anew = passwords(asked(roster, whom="unused").data)
    assert sorted(anew) == sorted(lost)
    assert not any(enters(roster, number, password) for number, password in lost.items())
    assert all(enters(roster, number, password) for number, password in anew.items())


def test_the_json_side_gives_the_passwords_once(roster: Service) -> None:
    client = roster.client(uid(CLERK))
    seen = {"without": 4, "unused": 0, "higher": [], "below": []}
    assert client.get(API).json == seen
    given = client.post(API, json={"whom": "without"}, headers={"Idempotency-Key": "a"})
    assert (given.status_code, given.headers["Cache-Control"]) == (201, "no-store")
    assert given.json["left"] == 0
    slip = given.json["slips"][0]
    assert (slip["number"], slip["name"], slip["organization"]) == ("S001", "赵晓明", "金融学院学生党支部")
    again = client.post(API, json={"whom": "unused"}, headers={"Idempotency-Key": "a"})
    assert (again.status_code, again.json["code"]) == (409, "answered_once")
    assert slip["password"] not in again.text
    assert all(enters(roster, each["number"], each["password"]) for each in given.json["slips"])
    assert client.get(API).json == {**seen, "without": 0, "unused": 4}


@pytest.mark.parametrize("sent", [{}, {"whom": "everybody"}, {"whom": ""}])
def test_slips_for_nobody_in_particular_are_refused_and_nothing_changes(roster: Service, sent: dict[str, str]) -> None:
    assert roster.client(uid(CLERK)).post(API, json=sent).status_code == 422
    assert roster.client(uid(CLERK)).post(PAGE, data=sent).status_code == 422
    with roster.connect() as conn:
        assert one(conn.execute("SELECT count(*) FROM account")) == (0,)


def top(conn: Connection) -> Slips:
    organization = directory.get_organization(conn, TENANT, uid("zjy"))
    return Slips(organization, organization.name, [], 0)


@pytest.mark.parametrize(("count", "pages"), [(14, 1), (15, 2), (28, 2), (100, 8)])
def test_fourteen_slips_stand_on_a_page_and_a_long_name_is_printed_whole(
    roster: Service, count: int, pages: int
) -> None:
    name, place = "阿卜杜拉·麦麦提依明·阿不都热合曼", "经济与社会发展研究院实验教学示范中心教工联合党支部"
    slips = [Slip(UUID(int=each), f"2013{each:08}", name, place, "bcdfghjkmnpq") for each in range(count)]
    with roster.connect() as conn, roster.app.test_request_context():
        made = top(conn)
        content = documents.pdf(Slips(made.organization, made.university, slips, 0))
    reader = PdfReader(io.BytesIO(content))
    assert len(reader.pages) == pages
    text = printed(content)
    assert (text.count(name), text.count(place), text.count("bcdfghjkmnpq")) == (count, count, count)
    assert all(slip.number in text for slip in slips)
