"""People through the API and the pages: entered, found, transferred, leaving, coming back, contacted."""

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from services.roster.person import store
from services.roster.person.domain import Record
from shared import clock
from shared.directory import store as directory
from tests import waiting
from tests.services import Service
from tests.university import TENANT, University, uid

PATH = "/roster/api/people"


@pytest.fixture
def roster(service: Callable[[str], Service]) -> Service:
    return service("roster")


@pytest.fixture
def admin(roster: Service) -> Any:
    return roster.client(uid("T053"))


def newcomer(**changes: Any) -> dict[str, Any]:
    return {
        "organization_id": str(uid("zjy/jin/jg")),
        "number": "T900",
        "name": "曾 小明",
        "standing": "formal",
        "identity": "staff",
        **changes,
    }


def test_a_person_is_entered_found_and_told(roster: Service, admin: Any) -> None:
    """R-004; requirements 4.2: search by name, number, pinyin, initials, both readings."""
    made = admin.post(PATH, json=newcomer(joined="2013.4"))
    assert (made.status_code, made.json["joined"], made.json["name"]) == (201, "2013年4月", "曾小明")
    for typed in ("曾小", "小明", "t900", "zeng", "ceng", "zxm", "zengxiaoming"):
        assert [each["name"] for each in admin.get(PATH, query_string={"q": typed}).json["people"]] == ["曾小明"], typed
    (told,) = roster.told("person.changed")
    assert told["data"]["version"] == 1
    assert "joined_on" not in told["data"]
    assert "phone" not in told["data"]


def test_a_table_takes_what_an_officer_changed_a_moment_ago(roster: Service) -> None:
    """R-004: who reads everybody for an import waits for a change under way, and sees all of it."""
    with roster.connect() as conn:
        known = store.get(conn, TENANT, uid("T001"))
        store.save_detail(conn, replace(known.detail, phone="222"))

        def read() -> list[Record]:
            with roster.connect() as other:
                return store.list_records(other, TENANT)

        with waiting.beside(read) as read_beside:
            assert waiting.until_blocked(roster.url, conn, read_beside)
            conn.commit()
    (record,) = [one for one in read_beside[0] if one.person.id == uid("T001")]
    assert record.detail.phone == "222"


@pytest.mark.parametrize("address", ["zhang@", " .@x.cn", "a@b@x.cn", "张三@x.cn"])
def test_an_address_to_which_no_mail_goes_is_refused(admin: Any, address: str) -> None:
    answer = admin.post(PATH, json=newcomer(email=address))
    assert (answer.status_code, "邮箱地址不完整" in str(answer.json["details"])) == (422, True)
    assert admin.post(PATH, json=newcomer(email="zeng@example.edu.cn")).json["email"] == "zeng@example.edu.cn"
    assert admin.patch(f"{PATH}/{uid('T001')}", json={"email": ""}).json["email"] == ""


def test_a_number_is_given_once(admin: Any) -> None:
    answer = admin.post(PATH, json=newcomer(number="T001"))
    assert (answer.status_code, answer.json["code"]) == (409, "number_taken")


def test_a_number_entered_twice_at_once_is_given_once(roster: Service) -> None:
    answers: list[Any] = []
    threads = [
        threading.Thread(target=lambda: answers.append(roster.client(uid("T053")).post(PATH, json=newcomer())))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]


def test_what_only_roster_keeps_is_not_told(roster: Service, admin: Any) -> None:
    changed = admin.patch(f"{PATH}/{uid('T003')}", json={"phone": "13800000000", "post": "教学示范岗"})
    assert changed.json["phone"] == "13800000000"
    told = roster.told("person.changed")
    assert all("13800000000" not in str(each) for each in told)


def test_a_transfer_needs_both_ends(roster: Service) -> None:
    clerk = roster.client(uid("T042"))
    within = clerk.patch(f"{PATH}/{uid('T003')}", json={"organization_id": str(uid("zjy/jin/xs"))})
    assert within.status_code == 200
    assert roster.told("person.changed")[-1]["data"]["organization_id"] == str(uid("zjy/jin/xs"))
    away = clerk.patch(f"{PATH}/{uid('T003')}", json={"organization_id": str(uid("zjy/kuai/jg"))})
    assert away.status_code == 403


def test_who_leaves_loses_positions_and_sign_in_at_once_and_can_come_back(roster: Service, admin: Any) -> None:
    secretary = roster.client(uid("T001"))
    assert secretary.get(f"{PATH}/{uid('T003')}").status_code == 200
    assert admin.patch(f"{PATH}/{uid('T001')}", json={"active": False}).status_code == 200
    assert secretary.get(f"{PATH}/{uid('T003')}").status_code == 401
    assert roster.told("position.changed")[-1]["data"]["ends_on"] is not None
    assert admin.get(PATH, query_string={"q": "王一鸣"}).json["total"] == 0
    assert admin.get(PATH, query_string={"q": "王一鸣", "gone": "1"}).json["total"] == 1
    assert admin.patch(f"{PATH}/{uid('T001')}", json={"active": True}).json["active"] is True


def test_the_last_administrator_stays(roster: Service, admin: Any) -> None:
    answer = admin.patch(f"{PATH}/{uid('T053')}", json={"active": False})
    assert (answer.status_code, answer.json["code"]) == (409, "last_administrator")
    assert roster.told() == []


def test_a_contact_counts_only_when_the_member_began_it(roster: Service, admin: Any) -> None:
    """R-016."""
    since = {"floating": True, "floating_since": "2013-01-10"}
    admin.patch(f"{PATH}/{uid('T003')}", json=since)
    secretary = roster.client(uid("T001"))
    contact = {"made_on": "2013-03-01", "channel": "phone", "by_member": False}
    assert secretary.post(f"{PATH}/{uid('T003')}/contact", json=contact).status_code == 201
    assert roster.told("person.changed")[-1]["data"]["last_contact_on"] == "2013-01-10"
    secretary.post(f"{PATH}/{uid('T003')}/contact", json={**contact, "by_member": True})
    assert roster.told("person.changed")[-1]["data"]["last_contact_on"] == "2013-03-01"
    tasks = secretary.get("/roster/api/tasks").json
    (task,) = [task for task in tasks if "尤文静" in task["title"]]
    assert (task["group"], task["due_on"]) == ("overdue", "2013-05-31")


@pytest.mark.parametrize(("months", "asked"), [(6, True), (0, False)])
def test_silence_is_counted_as_the_scheme_has_it(
    roster: Service, admin: Any, university: University, months: int, *, asked: bool
) -> None:
    """R-016 R-158"""
    with roster.connect() as conn:
        settings = {**university.settings, "eligibility.floating_months": months}
        directory.save_adoption(conn, TENANT, {**university.adoption(version=9), "settings": settings})
    admin.patch(f"{PATH}/{uid('T003')}", json={"floating": True, "floating_since": "2013-01-10"})
    found = [task for task in roster.client(uid("T001")).get("/roster/api/tasks").json if "尤文静" in task["title"]]
    assert [(task["due_on"], "连续6个月" in task["note"]) for task in found] == [("2013-07-09", True)] * asked


def test_contacts_of_the_future_and_of_who_is_not_away_are_refused(roster: Service) -> None:
    secretary = roster.client(uid("T001"))
    contact = {"made_on": clock.today().isoformat(), "channel": "phone", "by_member": True}
    assert secretary.post(f"{PATH}/{uid('T003')}/contact", json=contact).json["code"] == "not_floating"


def test_particulars_are_for_the_person_and_those_who_deal_with_them(roster: Service) -> None:
    """requirements 2.10."""
    path = f"{PATH}/{uid('T003')}"
    assert roster.client(uid("T003")).get(path).status_code == 200
    assert roster.client(uid("T001")).get(path).status_code == 200
    assert roster.client(uid("T041")).get(path).status_code == 200
    assert roster.client(uid("T004")).get(path).status_code == 403
    assert roster.client(uid("T021")).get(path).status_code == 403
    assert roster.client(uid("T054")).get(path).status_code == 403
    assert roster.client(uid("T003")).patch(path, json={"name": "别人"}).status_code == 403


def test_a_member_finds_the_own_branch_only(roster: Service) -> None:
    found = roster.client(uid("T003")).get(PATH, query_string={"q": ""}).json
    assert {each["organization_name"] for each in found["people"]} == {"金融学院教工党支部"}
    assert set(found["people"][0]) == {"id", "number", "name", "organization_id", "organization_name", "active"}


def test_faults_of_a_form_are_all_named(admin: Any) -> None:
    answer = admin.post("/roster/people/", data={"birth_year": "1700"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    for label in ("学工号", "姓名", "所在组织", "人员类别", "身份", "出生年份"):
        assert label in page


def test_pages_enter_show_change_and_let_leave(roster: Service, admin: Any) -> None:
    form = newcomer(joined="2013-04", floating="1", floating_since="2013-02-01")
    made = admin.post("/roster/people/", data=form)
    assert made.status_code == 303
    page = admin.get(made.location).get_data(as_text=True)
    for text in ("曾小明", "zeng xiao ming", "2013年4月", "2013年2月1日外出", "联系情况"):
        assert text in page
    edit = admin.get(made.location + "/edit").get_data(as_text=True)
    assert 'value="2013年4月"' in edit
    saved = admin.post(made.location, data={**form, "joined": "", "floating": "", "floating_since": "", "remark": "无"})
    assert saved.status_code == 303
    person = admin.get(made.location.replace("/roster/", "/roster/api/")).json
    assert (person["joined"], person["floating"], person["remark"]) == ("", False, "无")
    assert admin.post(made.location + "/leave").status_code == 303
    assert "恢复在册" in admin.get(made.location).get_data(as_text=True)
    assert admin.post(made.location + "/return").status_code == 303
    assert "曾小明" in admin.get("/roster/people/?q=zxm").get_data(as_text=True)


def test_a_member_is_put_only_where_meetings_are_held(admin: Any) -> None:
    """R-001: nor does the form propose any place beforehand."""
    refused = admin.post("/roster/people/", data=newcomer(organization_id=str(uid("zjy/jin"))))
    assert refused.status_code == 409
    assert "党员须编入党支部" in refused.get_data(as_text=True)
    assert admin.patch(f"{PATH}/{uid('T003')}", json={"organization_id": str(uid("zjy/jin"))}).status_code == 409
    assert admin.get(f"{PATH}/{uid('T003')}").json["organization_id"] == str(uid("zjy/jin/jg"))
    page = admin.get("/roster/people/new").get_data(as_text=True)
    choices = page.partition('name="organization_id"')[2].partition("</select>")[0]
    assert "请选择" in choices
    assert "selected" not in choices


def test_a_contact_and_a_first_password_are_given_on_the_page(roster: Service, admin: Any) -> None:
    admin.patch(f"{PATH}/{uid('T003')}", json={"floating": True, "floating_since": "2013-01-10"})
    secretary = roster.client(uid("T001"))
    answer = secretary.post(
        f"/roster/people/{uid('T003')}/contact", data={"made_on": "2013-03-01", "channel": "email", "by_member": "1"}
    )
    assert answer.status_code == 303
    assert "本人主动报到" in secretary.get(f"/roster/people/{uid('T003')}").get_data(as_text=True)
    given = admin.post(f"/roster/people/{uid('T003')}/password", data={"password": "4r7k-qz2m-xx9"})
    assert given.status_code == 303
    signed_in = roster.client().post("/roster/api/sessions", json={"number": "T003", "password": "4r7k-qz2m-xx9"})
    assert signed_in.status_code == 201
