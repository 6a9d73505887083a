"""The pages of schemes and adoptions as people use them."""

from collections.abc import Callable
from uuid import UUID

import pytest
from werkzeug.datastructures import MultiDict

from services.roster.scheme import presets, store
from shared.directory import store as directory
from shared.scheme import SETTINGS, Scheme, current
from tests.services import Service
from tests.unit.roster.test_scheme_wording import posted
from tests.university import TENANT, University, uid

JIN, TOP = uid("zjy/jin"), uid("zjy")


@pytest.fixture
def roster(service: Callable[[str], Service], university: University) -> Service:
    made = service("roster")
    with made.connect() as conn:
        conn.execute("DELETE FROM adoption")
    answer = made.client(university.people["陈部长"]).post(f"/roster/schemes/adopt/{TOP}", data={"basis": "zky2013"})
    assert answer.status_code == 303
    return made


def followed(roster: Service, organization_id: UUID = JIN) -> Scheme:
    with roster.connect() as conn:
        return current(conn, directory.get_organization(conn, TENANT, organization_id))


def test_the_list_says_what_is_in_force_where(roster: Service, university: University) -> None:
    page = roster.client(university.people["钱多"]).get("/roster/schemes/").text
    assert "中共浙江示例学院委员会" in page
    assert "浙科院2013 第1版" in page
    assert "采用或调整方案" not in page


def test_an_empty_university_is_told_what_to_do(service: Callable[[str], Service], university: University) -> None:
    made = service("roster")
    with made.connect() as conn:
        conn.execute("DELETE FROM adoption")
    assert "学校还没有采用制度方案" in made.client(university.people["陈部长"]).get("/roster/schemes/").text


def test_a_scheme_s_page_quotes_its_sources_and_draws_its_places(roster: Service, university: University) -> None:
    """R-282"""
    page = roster.client(university.people["钱多"]).get("/roster/schemes/presets/zjy2013").text
    assert "浙金院党〔2013〕11号" in page
    assert "《关于建立健全党员“一句话承诺”制度的意见》（浙创先发〔2012〕22号）" in page
    assert "每个季度召开一次党员‘闪光言行’的评议议" in page
    assert "3—9人，1名；10—16人，2名" in page
    assert page.count("<rect ") == 48


def test_two_versions_stand_side_by_side_with_the_differences_first(roster: Service, university: University) -> None:
    page = roster.client(university.people["钱多"]).get(
        "/roster/schemes/compare", query_string={"left": "zjy2013", "right": "zky2013"}
    )
    assert page.status_code == 200
    left, right = (presets.get(code).settings for code in ("zjy2013", "zky2013"))
    differing = [key for key, made in left.items() if made.value != right[key].value]
    assert f"有{len(differing)}项不同" in page.text
    assert page.text.index("会议名称") < page.text.index("荣誉名称")
    missing = roster.client(university.people["钱多"]).get("/roster/schemes/compare?left=zjy2013&right=x/y")
    assert missing.status_code == 404


def test_a_general_branch_adjusts_on_the_page_only_what_is_open(roster: Service, university: University) -> None:
    """R-231"""
    client = roster.client(university.people["郑总"])
    page = client.get(f"/roster/schemes/adopt/{JIN}").text
    assert 'name="meeting.report_days"' in page
    assert 'name="ballot.ratio"' not in page
    form = {"meeting.report_days": "6", "register.fields": "教书育人\n成长成才", "register.focus": "学生：多读书。"}
    assert client.post(f"/roster/schemes/adopt/{JIN}/adjust", data=form).status_code == 303
    scheme = followed(roster)
    assert scheme.meeting.report_days == 6
    assert scheme.register.fields == ("教书育人", "成长成才")
    assert scheme.register.focus == {"student": "多读书。"}
    again = client.post(f"/roster/schemes/adopt/{JIN}/adjust", data={"meeting.report_days": "3"})
    assert again.status_code == 303
    assert followed(roster).name == "浙科院2013"


def test_a_whole_form_sent_as_it_was_shown_changes_nothing(roster: Service, university: University) -> None:
    client = roster.client(university.people["陈部长"])
    with roster.connect() as conn:
        values = {key: made.value for key, made in store.list_all(conn, TENANT)[0].settings.items()}
    before = len(roster.told("scheme.adopted"))
    assert client.post(f"/roster/schemes/adopt/{TOP}/adjust", data=posted(values)).status_code == 303
    assert followed(roster, TOP).name == "浙科院2013"
    assert len(roster.told("scheme.adopted")) == before


def test_a_closed_setting_forged_into_the_form_is_refused(roster: Service, university: University) -> None:
    client = roster.client(university.people["郑总"])
    refused = client.post(f"/roster/schemes/adopt/{JIN}/adjust", data={"ballot.ratio": "50%"})
    assert refused.status_code == 409
    assert "“名额比例”由上级统一规定。" in refused.text
    assert client.get(f"/roster/schemes/adopt/{uid('zjy/kuai')}").status_code == 403


def test_a_university_writes_publishes_and_adopts_its_own_scheme(roster: Service, university: University) -> None:
    client = roster.client(university.people["陈部长"])
    made = client.post("/roster/schemes/", data={"name": "示例学院2026", "basis": "zky2013", "title": "关于评选的通知"})
    edit = made.headers["Location"]
    assert "依据文件" in client.get(edit).text
    form = MultiDict(
        {
            "title": "关于评选的通知",
            "number": "示党〔2026〕1号",
            "ballot.ratio": "20%",
            "source.ballot.ratio": "“按照党员数20%的比例”。",
            "open.ballot.ratio": "1",
        }
    )
    for setting in SETTINGS:
        if setting.kind == "choices":
            form.setlist(setting.key, setting.default)
    form.setlist("ballot.voters", ["formal"])
    form.setlist("ballot.candidates", ["formal", "probationary"])
    form.setlist("ballot.ties", ["revote"])
    saved = client.post(edit, data=form)
    assert saved.status_code == 303
    shown = client.get(saved.headers["Location"]).text
    assert "内容改了、依据没有改，请核对依据：" in shown  # who may stand and who votes changed, but not its source
    assert "“名额比例”" not in shown.partition("请核对依据：")[2].partition("</div>")[0]
    version = edit.removesuffix("/edit")
    assert client.post(f"{version}/publish").status_code == 303
    reference = version.removeprefix("/roster/schemes/")
    assert client.post(f"/roster/schemes/adopt/{TOP}", data={"basis": reference}).status_code == 303
    scheme = followed(roster)
    assert (str(scheme.ballot.ratio), scheme.ballot.candidates) == ("1/5", ("formal", "probationary"))
    with roster.connect() as conn:
        kept = store.list_all(conn, TENANT)
    made_open = {each.name: each.settings["ballot.ratio"].open for each in kept}
    assert made_open["示例学院2026"] is True


def test_a_draft_can_be_given_up(roster: Service, university: University) -> None:
    client = roster.client(university.people["陈部长"])
    edit = client.post("/roster/schemes/", data={"name": "草稿", "basis": "zjy2013"}).headers["Location"]
    version = edit.removesuffix("/edit")
    assert client.post(f"{version}/discard").status_code == 303
    assert client.get(version).status_code == 404


def test_what_is_done_in_turn_keeps_its_order_on_the_page(roster: Service, university: University) -> None:
    """C2 C8: an order that JSON gave stands in the fields, and a save of the page leaves it so."""
    client = roster.client(university.people["陈部长"])
    copied = client.post("/roster/api/schemes", json={"name": "草稿", "preset": "zcx2010", "title": "通知"}).json
    path = f"/roster/api/schemes/{copied['scheme_id']}/versions/{copied['version']}"
    odd = ["announce", "criticism"]
    client.patch(path, json={"title": "通知", "settings": {"supervision.ladder": {"value": odd}}})
    edit = f"/roster/schemes/{copied['scheme_id']}/{copied['version']}/edit"
    page = client.get(edit).text
    first = page[page.index('id="f-supervision.ladder1"') :].partition("</select>")[0]
    assert 'value="announce" selected' in first
    form = posted({key: made["value"] for key, made in client.get(path).json["settings"].items()})
    form.setlist("supervision.ladder", [*odd, "", ""])
    form["title"] = "通知"
    assert client.post(edit, data=form).status_code == 303
    assert client.get(path).json["settings"]["supervision.ladder"]["value"] == odd


def test_a_contradiction_is_refused_with_its_reason(roster: Service, university: University) -> None:
    """R-031 R-090: 起止 is judged with what the scheme says already, not with defaults."""
    client = roster.client(university.people["陈部长"])
    refused = client.post(f"/roster/schemes/adopt/{TOP}/adjust", data={"pledge.window_opens": "04-01"})
    assert refused.status_code == 422
    assert "起止颠倒" in refused.text
    both = {"pledge.window_opens": "07-01", "pledge.window_closes": "07-31", "appraisal.weights": "个人自评：30%"}
    assert client.post(f"/roster/schemes/adopt/{TOP}/adjust", data=both).status_code == 303
    scheme = followed(roster, TOP)
    assert (scheme.pledge.window_closes, scheme.appraisal.weights) == ("07-31", {"self": "30%"})
    one = client.post(f"/roster/schemes/adopt/{TOP}/adjust", data={"pledge.window_opens": "06-01"})
    assert one.status_code == 422
