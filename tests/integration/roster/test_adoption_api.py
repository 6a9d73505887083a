"""Adopting schemes: inheritance, what may be changed below, and what the other services hear (R-231, R-281)."""

from collections.abc import Callable
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from shared.directory import store as directory
from shared.scheme import current, version
from tests.services import Service
from tests.university import TENANT, University, uid

TOP, JIN, JG, KUAI = uid("zjy"), uid("zjy/jin"), uid("zjy/jin/jg"), uid("zjy/kuai")


@pytest.fixture
def roster(service: Callable[[str], Service]) -> Service:
    """A university that has adopted nothing yet."""
    made = service("roster")
    with made.connect() as conn:
        conn.execute("DELETE FROM adoption")
    return made


@pytest.fixture
def adopt(roster: Service, university: University) -> Callable[..., Any]:
    def send(organization_id: Any, by: str = "陈部长", **choice: Any) -> Any:
        body = {"organization_id": str(organization_id), **choice}
        return roster.client(university.people[by]).post("/roster/api/adoptions", json=body)

    return send


def scheme_of(roster: Service, organization_id: Any) -> Any:
    with roster.connect() as conn:
        return current(conn, directory.get_organization(conn, TENANT, organization_id))


def test_a_preset_at_the_top_is_in_force_everywhere(roster: Service, adopt: Callable[..., Any]) -> None:
    """R-281"""
    answer = adopt(TOP, preset="zky2013")
    assert (answer.status_code, answer.json["name"], answer.json["adoption"]) == (201, "浙科院2013", 1)
    assert scheme_of(roster, JG).labels.meeting == "专题组织生活会"
    (told,) = roster.told("scheme.adopted")
    assert told["data"]["document"] == "《关于健全落实党员“闪光言行之星”评选制度的通知》"
    assert told["data"]["settings"]["after.notice_days"] == 5


def test_the_same_adoption_twice_is_once(roster: Service, adopt: Callable[..., Any]) -> None:
    first, second = adopt(TOP, preset="zky2013"), adopt(TOP, preset="zky2013")
    assert first.json == second.json
    assert len(roster.told("scheme.adopted")) == 1


def test_nothing_can_be_inherited_where_nothing_is_adopted(adopt: Callable[..., Any]) -> None:
    assert adopt(JIN, changes={"meeting.report_days": 7}).json["code"] == "nothing_to_adopt"


def test_a_general_branch_changes_what_is_left_open(roster: Service, adopt: Callable[..., Any]) -> None:
    """R-231"""
    adopt(TOP, preset="zky2013")
    answer = adopt(JIN, by="郑总", changes={"meeting.report_days": 7})
    assert answer.json["name"] == "浙科院2013（金融学院党总支调整）"
    assert scheme_of(roster, JG).meeting.report_days == 7
    assert scheme_of(roster, KUAI).meeting.report_days == 3
    assert roster.told("scheme.adopted")[-1]["data"]["organization_id"] == str(JIN)


def test_every_closed_setting_of_a_wish_is_named_and_nothing_changes(
    roster: Service, adopt: Callable[..., Any]
) -> None:
    adopt(TOP, preset="zky2013")
    refused = adopt(JIN, by="郑总", changes={"ballot.ratio": "1/2", "after.notice_days": 0, "meeting.report_days": 7})
    assert (refused.status_code, refused.json["code"]) == (409, "setting_closed")
    assert [line[:6] for line in refused.json["details"]] == ["“名额比例”", "“公示期（工"]
    assert scheme_of(roster, JG).meeting.report_days == 3


def test_another_preset_below_is_refused_where_it_differs_in_what_is_closed(adopt: Callable[..., Any]) -> None:
    adopt(TOP, preset="zky2013")
    refused = adopt(JIN, preset="zjy2013")
    assert refused.json["code"] == "setting_closed"
    assert len(refused.json["details"]) == 3  # meeting's name, ties, conditions


def test_a_change_at_the_top_reaches_those_who_adapted_and_keeps_their_changes(
    roster: Service, adopt: Callable[..., Any]
) -> None:
    adopt(TOP, preset="zky2013")
    adopt(JIN, by="郑总", changes={"meeting.report_days": 7})
    adopt(JG, by="王一鸣", changes={"register.fields": ["教书育人"]})
    adopt(TOP, preset="zjy2013")
    branch = scheme_of(roster, JG)
    assert branch.labels.meeting == "“闪光言行”评议会"
    assert (branch.meeting.report_days, branch.register.fields) == (7, ("教书育人",))
    told = [(row["data"]["organization_id"], row["data"]["version"]) for row in roster.told("scheme.adopted")]
    assert told[-3:] == [(str(TOP), 2), (str(JIN), 2), (str(JG), 2)]


def test_a_result_still_finds_the_settings_that_it_ran_under(roster: Service, adopt: Callable[..., Any]) -> None:
    adopt(TOP, preset="zky2013")
    first = adopt(JIN, by="郑总", changes={"meeting.report_days": 7}).json
    second = adopt(JIN, by="郑总", changes={"meeting.report_days": 9}).json
    assert second["scheme_id"] == first["scheme_id"]
    assert second["scheme_version"] == first["scheme_version"] + 1
    with roster.connect() as conn:
        old = version(conn, TENANT, uid_of(first), first["scheme_version"])
        new = version(conn, TENANT, uid_of(second), second["scheme_version"])
    assert (old.meeting.report_days, new.meeting.report_days) == (7, 9)


def uid_of(shown: dict[str, Any]) -> Any:
    from uuid import UUID

    return UUID(shown["scheme_id"])


def test_following_the_superior_again_gives_up_the_changes(roster: Service, adopt: Callable[..., Any]) -> None:
    adopt(TOP, preset="zky2013")
    adopt(JIN, by="郑总", changes={"meeting.report_days": 7})
    assert adopt(JIN, by="郑总").json["name"] == "浙科院2013"
    assert scheme_of(roster, JG).meeting.report_days == 3


def test_who_moves_to_another_superior_keeps_only_the_changes_that_are_open_there(
    roster: Service, adopt: Callable[..., Any], university: University
) -> None:
    """R-231"""
    client = roster.client(university.people["陈部长"])
    adopt(TOP, preset="zky2013")
    adopt(JG, by="王一鸣", changes={"meeting.report_days": 7, "register.fields": ["教书育人"]})
    draft = client.post("/roster/api/schemes", json={"name": "会计", "preset": "zky2013", "title": "会计学院办法"}).json
    address = f"/roster/api/schemes/{draft['scheme_id']}/versions/1"
    closing = {"settings": {"meeting.report_days": {"open": False}}, "title": "会计学院办法"}
    assert client.patch(address, json=closing).status_code == 200
    client.post(f"{address}/publish")
    assert adopt(KUAI, scheme_id=draft["scheme_id"]).status_code == 201
    moved = client.patch(f"/roster/api/organizations/{JG}", json={"parent_id": str(KUAI), "code": "jg2"})
    assert moved.status_code == 200
    branch = scheme_of(roster, JG)
    assert (branch.meeting.report_days, branch.register.fields) == (3, ("教书育人",))


def test_a_value_that_no_scheme_can_have_is_refused(adopt: Callable[..., Any]) -> None:
    adopt(TOP, preset="zky2013")
    refused = adopt(TOP, preset="zky2013", changes={"ballot.ratio": "3/2", "nothing.such": 1})
    assert (refused.status_code, refused.json["code"]) == (422, "settings_invalid")
    assert len(refused.json["details"]) == 2


@pytest.mark.parametrize(
    ("key", "value", "fault"),
    [
        ("ballot.secrecy_minimum", 0, "不得少于"),
        ("ballot.ties", ["fewer", "revote"], "永远用不上"),
        ("appraisal.weights", {"群众": "30%", "互评": "70%"}, "不认识“群众”"),
    ],
)
def test_what_an_earlier_release_let_a_branch_decide_stops_nobody_above(
    roster: Service, adopt: Callable[..., Any], university: University, key: str, value: Any, fault: str
) -> None:
    """R-231: it stays decided below, and whoever looks there is told what is wrong with it."""
    adopt(TOP, preset="jskd2012")
    adopt(JIN, by="郑总", changes={"meeting.report_days": 7})
    with roster.connect() as conn:
        conn.execute("UPDATE adoption_decision SET changes = %s WHERE organization_id = %s", [Jsonb({key: value}), JIN])
    answer = adopt(TOP, preset="zcx2010")
    assert answer.status_code == 201, answer.json
    with roster.connect() as conn:
        told = conn.execute(
            "SELECT settings FROM adoption WHERE organization_id = %s ORDER BY version DESC LIMIT 1", [JIN]
        ).fetchone()
    assert told is not None
    assert told[0][key] == value
    page = roster.client(university.people["郑总"]).get(f"/roster/schemes/adopt/{JIN}").text
    assert "现在执行的设置有下列问题" in page
    assert fault in page
    assert adopt(JIN, by="郑总", changes={"meeting.report_days": 9}).status_code == 201


def test_what_a_scheme_rests_on_goes_with_its_document_and_is_nobody_s_to_write(
    roster: Service, adopt: Callable[..., Any], university: University
) -> None:
    """R-282: neither a branch nor the top writes 上级文件 of their own into a scheme that a document founded."""
    adopt(TOP, preset="zjy2013")
    before = scheme_of(roster, JG).grounds
    changes = {"basis.documents": ["《本支部自拟的文件》（中发〔2099〕1号）"]}
    for refused in (adopt(JG, by="王一鸣", changes=changes), adopt(TOP, preset="zjy2013", changes=changes)):
        assert (refused.status_code, refused.json["code"]) == (422, "settings_invalid")
        assert refused.json["details"] == ["“上级文件”随方案的依据文件确定，不能单独调整。"]
    assert scheme_of(roster, JG).grounds == before
    client = roster.client(university.people["王一鸣"])
    assert 'name="basis.documents"' not in client.get(f"/roster/schemes/adopt/{JG}").text
    forged = client.post(f"/roster/schemes/adopt/{JG}/adjust", data={"basis.documents": "《自拟》"})
    assert forged.status_code == 422


def test_no_notice_days_are_lawful(roster: Service, adopt: Callable[..., Any]) -> None:
    """R-173: the document names no 公示期; 0 only publishes."""
    adopt(TOP, preset="zky2013", changes={"after.notice_days": 0})
    assert scheme_of(roster, JG).after.notice_days == 0


def test_a_preset_and_a_scheme_at_once_are_refused(adopt: Callable[..., Any]) -> None:
    first = adopt(TOP, preset="zky2013").json
    assert adopt(TOP, preset="zky2013", scheme_id=first["scheme_id"], version=1).json["code"] == "basis_given"
    assert adopt(TOP, preset="nowhere").json["code"] == "preset_not_found"


@pytest.mark.parametrize(
    ("by", "where", "status"),
    [
        ("郑总", KUAI, 403),
        ("王一鸣", uid("zjy/jin/xs"), 403),
        ("王一鸣", JIN, 403),
        ("尤文静", JG, 403),
        ("郑总", JG, 201),
        ("王一鸣", JG, 201),
        ("卫管理", KUAI, 201),
    ],
)
def test_people_decide_where_they_hold_office(adopt: Callable[..., Any], by: str, where: Any, status: int) -> None:
    adopt(TOP, preset="zky2013")
    assert adopt(where, by=by, changes={"meeting.report_days": 4}).status_code == status


def test_whoever_is_signed_in_can_read_what_is_in_force(
    roster: Service, adopt: Callable[..., Any], university: University
) -> None:
    """R-282"""
    adopt(TOP, preset="zky2013")
    client = roster.client(university.people["钱多"])
    shown = client.get(f"/roster/api/organizations/{JG}/scheme").json
    assert shown["organization_id"] == str(TOP)
    assert shown["settings"]["ballot.ratio"]["source"].startswith("“每个季度按照党员数15%")
    assert [row["organization"] for row in client.get("/roster/api/adoptions").json] == ["中共浙江示例学院委员会"]
