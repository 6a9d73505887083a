"""Anonymous forms: one each, counted in sum, and nothing that leads from a person to an answer."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from services.pledge.form import flood
from tests.integration.pledge import appraising
from tests.integration.pledge.appraising import BRANCH
from tests.integration.pledge.writing import YEAR, text
from tests.services import Service
from tests.university import University

MEMBERS = ("毛建国", "方佳", "文思远", "尹志强")


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    return service("pledge")


def sums(pledge: Service, university: University, assessment_id: str) -> dict[str, Any]:
    who = university.people["王一鸣"]
    (row,) = appraising.rows(pledge, who, assessment_id)
    seen = pledge.client(who).get(f"/pledge/api/appraisals/{row['id']}").json
    return {one["source"]: one for one in seen["counts"]}


def test_a_member_has_one_form_and_a_token_has_one_effect(pledge: Service, university: University) -> None:
    """R-090"""
    who = university.people
    appraising.with_pledge(pledge, university)
    assessment_id = appraising.open_(pledge, who["王一鸣"])
    form = appraising.take(pledge, who["毛建国"], assessment_id)
    again = pledge.client(who["毛建国"]).post(f"/pledge/api/forms/{assessment_id}/take")
    assert (again.status_code, again.json["code"]) == (409, "form_taken")
    for stranger in ("李会计", "韩群众"):
        assert pledge.client(who[stranger]).post(f"/pledge/api/forms/{assessment_id}/take").status_code == 403
    assert appraising.answer(pledge, assessment_id, form, "好").status_code == 200
    assert appraising.answer(pledge, assessment_id, form, "差").status_code == 200
    forged = {**form, "token": form["token"][:-6] + "AAAAAA"}
    assert appraising.answer(pledge, assessment_id, forged).json["code"] == "token_forged"
    assert appraising.answer(pledge, assessment_id, {**form, "source": "mass"}).json["code"] == "slip_unknown"
    for name in MEMBERS[1:3]:
        appraising.answer(pledge, assessment_id, appraising.take(pledge, who[name], assessment_id), "好")
    open_still = sums(pledge, university, assessment_id)["peer"]
    assert (open_still["people"], open_still["hidden"], open_still["said"]) == (3, True, {})
    late = appraising.take(pledge, who[MEMBERS[3]], assessment_id)
    appraising.closed(pledge, who["王一鸣"], assessment_id)
    assert appraising.answer(pledge, assessment_id, late).json["code"] == "form_not_open"
    assert sums(pledge, university, assessment_id)["peer"]["said"] == {"好": 3}


def test_the_same_request_again_gets_the_same_form_and_another_none(pledge: Service, university: University) -> None:
    """R-090, decision 4: an answer that a poor network lost does not cost a member the form."""
    who = university.people
    appraising.with_pledge(pledge, university)
    assessment_id = appraising.open_(pledge, who["王一鸣"])
    place, number = f"/pledge/api/forms/{assessment_id}/take", str(uuid4())

    def take(name: str, key: str = "") -> Any:
        return pledge.client(who[name]).post(place, headers={"Idempotency-Key": key}).json

    first, again, other = take("毛建国", number), take("毛建国", number), take("方佳", number)
    assert first == again
    assert first["token"] != other["token"], "what two choose alike is not one form"
    for key in (str(uuid4()), "", "1"):
        assert take("毛建国", key)["code"] == "form_taken"
    assert (take("文思远", "guessed")["source"], take("文思远", "guessed")["code"]) == ("peer", "form_taken")
    for form in (first, again):
        assert appraising.answer(pledge, assessment_id, form, "好").status_code == 200
    page = [
        re.search(r'name="token" value="([^"]+)"', answer.text)
        for answer in [
            pledge.client(who["尹志强"]).post(f"/pledge/forms/{assessment_id}/take", data={"_request": number})
            for _ in range(2)
        ]
    ]
    assert page[0]
    assert page[1]
    assert page[0][1] == page[1][1]
    with pledge.connect() as conn:
        (answers,) = conn.execute("SELECT answers FROM form_box WHERE source = 'peer'").fetchone() or (0,)
        kept = conn.execute("SELECT t::text FROM form_taken t").fetchall()
    assert answers == 1
    assert not any(number.replace("-", "") in row[0].replace("-", "") for row in kept)


def test_nothing_in_the_database_leads_from_a_member_to_an_answer(pledge: Service, university: University) -> None:
    """R-090: neither id nor time, order, transaction or audit line of an answer is kept."""
    who = university.people
    appraising.with_pledge(pledge, university)
    assessment_id = appraising.open_(pledge, who["王一鸣"])
    forms = [appraising.take(pledge, who[name], assessment_id) for name in MEMBERS]
    with pledge.connect() as conn:
        audited = conn.execute("SELECT count(*) FROM audit").fetchone()
        requests = conn.execute("SELECT count(*) FROM request").fetchone()
    for form, grade in zip(reversed(forms), ("好", "较好", "好", "差"), strict=True):
        appraising.answer(pledge, assessment_id, form, grade, f"意见{grade}")
    with pledge.connect() as conn:
        assert conn.execute("SELECT count(*) FROM audit").fetchone() == audited
        assert conn.execute("SELECT count(*) FROM request").fetchone() == requests
        taken = {row[0] for row in conn.execute("SELECT xmin::text FROM form_taken").fetchall()}
        ((used, answers, sealed, writer),) = conn.execute(
            "SELECT used, answers, sealed, xmin::text FROM form_box WHERE source = 'peer'"
        ).fetchall()
        columns = conn.execute(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_name IN ('form_taken', 'form_box')"
        ).fetchall()
    assert answers == len(MEMBERS)
    assert used == sorted(used)
    assert writer not in taken
    assert "好".encode() not in bytes(sealed)
    assert not {name for _, name in columns if name.endswith(("_at", "_on"))}
    assert {name for table, name in columns if table == "form_box"}.isdisjoint({"person_id", "id"})
    held = b"".join(bytes(one) for one in used) + bytes(sealed)
    assert not any(form["token"].encode() in held for form in forms)


def test_the_box_reads_the_same_in_whatever_order_answers_came(pledge: Service, university: University) -> None:
    """R-090"""
    who = university.people
    appraising.with_pledge(pledge, university)
    seen = []
    for order in (("好", "差", "较好"), ("较好", "好", "差")):
        assessment_id = appraising.open_(pledge, who["王一鸣"], kind="extra")
        for name, grade in zip(MEMBERS, order, strict=False):
            form = appraising.take(pledge, who[name], assessment_id)
            appraising.answer(pledge, assessment_id, form, grade, f"意见{grade}")
        with pledge.connect() as conn:
            (sealed,) = conn.execute(
                "SELECT sealed FROM form_box WHERE source = 'peer' AND assessment_id = %s", [assessment_id]
            ).fetchone() or (b"",)
        opened = pledge.app.extensions["vault"].open(sealed)
        (row,) = appraising.rows(pledge, who["王一鸣"], assessment_id)
        seen.append(opened.replace(row["id"], "one"))
    assert seen[0] == seen[1]


def test_sums_of_fewer_than_the_scheme_s_number_stay_hidden(pledge: Service, university: University) -> None:
    """R-090"""
    who = university.people
    appraising.with_pledge(pledge, university)
    assessment_id = appraising.open_(pledge, who["王一鸣"])
    for name in MEMBERS[:2]:
        appraising.answer(pledge, assessment_id, appraising.take(pledge, who[name], assessment_id))
    appraising.closed(pledge, who["王一鸣"], assessment_id)
    peer = sums(pledge, university, assessment_id)["peer"]
    assert (peer["people"], peer["hidden"], peer["said"]) == (2, True, {})


def test_the_masses_answer_without_signing_in_and_satisfaction_is_counted(
    pledge: Service, university: University
) -> None:
    """R-095 R-197"""
    who = university.people
    body = {"form": "organization", "organization_id": BRANCH, "text": text("为学生办好三件实事", goals="创建先进")}
    _organizations(pledge, university, body)
    assessment_id = appraising.open_(pledge, who["王一鸣"])
    place = f"/pledge/api/forms/{assessment_id}"
    assert pledge.client().get(place).json["code"] == "form_not_open"
    asks = {"invited": 4, "coded": False}
    invited = pledge.client(who["王一鸣"]).post(f"/pledge/api/assessments/{assessment_id}/invite", json=asks)
    assert invited.status_code == 200
    for choice in ("满意", "基本满意", "不满意", "不了解"):
        form = pledge.client().get(place).json
        assert appraising.answer(pledge, assessment_id, form, choice).status_code == 200
    assert pledge.client().get(place).json["code"] == "box_full"
    fewer = pledge.client(who["王一鸣"]).post(f"/pledge/api/assessments/{assessment_id}/invite", json={"invited": 3})
    assert fewer.json["code"] == "fewer_than_answers"
    asked = {
        name: any("没有评定" in task["title"] for task in pledge.client(who[name]).get("/pledge/api/tasks").json)
        for name in ("王一鸣", "郑总", "陈部长")
    }
    assert asked == {"王一鸣": False, "郑总": True, "陈部长": False}  # the organisation's own is decided from above
    appraising.closed(pledge, who["王一鸣"], assessment_id)
    (row,) = appraising.rows(pledge, who["王一鸣"], assessment_id)
    (item,) = pledge.client(who["郑总"]).get(f"/pledge/api/appraisals/{row['id']}").json["satisfaction"]
    assert (item["said"]["满意"], item["satisfied"], item["known"]) == (1, 2, 3)


def _organizations(pledge: Service, university: University, body: dict[str, Any]) -> None:
    who = university.people
    made = pledge.client(who["王一鸣"]).post("/pledge/api/pledges", json={**body, "year": YEAR})
    assert made.status_code == 201, made.json
    with pledge.connect() as conn:
        conn.execute("UPDATE pledge_version SET state = 'published'")
        conn.execute("UPDATE pledge SET published_version = 1, submitted_at = now()")


def test_a_thousand_posts_have_a_bounded_effect(
    pledge: Service, university: University, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R-095: one token one answer, so many from one address, never more than were invited."""
    who = university.people
    appraising.with_pledge(pledge, university)
    assessment_id = appraising.open_(pledge, who["王一鸣"], invited=3, coded=False)
    place = f"/pledge/api/forms/{assessment_id}"
    forms = [pledge.client().get(place).json for _ in range(5)]
    codes = [appraising.answer(pledge, assessment_id, form, "差").status_code for form in [*forms, *forms] * 3]
    assert codes.count(200) == 3 * 6  # three tokens count once each, their repetitions change nothing
    with pledge.connect() as conn:
        assert conn.execute("SELECT answers FROM form_box WHERE source = 'mass'").fetchone() == (3,)
    pledge.app.extensions.pop("flood.pledge.forms")
    monkeypatch.setattr(flood, "SIZE", 2)
    answers = [appraising.answer(pledge, assessment_id, forms[0]) for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 429, 429]


def test_paper_counts_once_a_second_person_confirmed_it(
    service: Callable[[str], Service], university: University
) -> None:
    """R-095 R-012: also the secret ballot of members, on paper with two tellers."""
    university.settings["appraisal.secret_ballot"] = True
    pledge, who = service("pledge"), university.people
    appraising.with_pledge(pledge, university)
    assessment_id = appraising.open_(pledge, who["王一鸣"])
    assert pledge.client(who["毛建国"]).post(f"/pledge/api/forms/{assessment_id}/take").json["code"] == "form_not_open"
    (row,) = appraising.rows(pledge, who["王一鸣"], assessment_id)
    totals = {"source": "peer", "papers": 6, "tellers": "毛建国、方佳", "counts": {row["id"]: {"好": 4, "较好": 3}}}
    place = f"/pledge/api/forms/{assessment_id}/papers"
    wrong = pledge.client(who["王一鸣"]).post(place, json=totals)
    assert (wrong.json["code"], wrong.json["details"]) == ("bad_totals", ["尤文静：各档合计7，多于收回的6份。"])
    totals["counts"] = {row["id"]: {"好": 4, "较好": 2}}
    paper = pledge.client(who["王一鸣"]).post(place, json=totals).json
    confirm = f"/pledge/api/forms/papers/{paper['id']}/confirm"
    assert pledge.client(who["王一鸣"]).post(confirm).json["code"] == "confirm_yourself"
    assert pledge.client(who["毛建国"]).post(confirm).status_code == 403
    assert pledge.client(who["区小宁"]).post(confirm).status_code == 200
    appraising.closed(pledge, who["王一鸣"], assessment_id)
    assert sums(pledge, university, assessment_id)["peer"]["said"] == {"好": 4, "较好": 2}
    dropped = pledge.client(who["王一鸣"]).post(f"/pledge/api/forms/papers/{paper['id']}/drop")
    assert dropped.json["code"] == "paper_settled"
