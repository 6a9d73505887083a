"""Gradings on pledge's side: the call, each elector's own credential, what ballot tells, papers beside it, the end."""

import logging
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from shared import clock
from shared.events.ballot import GradingCounted, GradingOpened
from shared.voting import credential
from shared.voting.roll import fingerprint
from tests.integration.pledge import appraising
from tests.integration.pledge.gradings import (
    MEMBERS,
    SECRETARY,
    TELLERS,
    annul,
    call,
    called,
    contents,
    count,
    facts,
    kept,
    paper,
    said,
    tasks,
    ticket,
)
from tests.integration.pledge.showing import published
from tests.integration.pledge.writing import YEAR
from tests.services import Service
from tests.university import University, uid


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    university.settings["appraisal.secret_ballot"] = True
    return service("pledge")


@pytest.fixture
def occasion(pledge: Service, university: University) -> str:
    """An occasion that appraises two members' pledges."""
    for name in ("尤文静", "毛建国"):
        appraising.with_pledge(pledge, university, name)
    return appraising.open_(pledge, SECRETARY)


def test_the_officer_calls_it_and_ballot_is_told_all_that_it_needs(pledge: Service, occasion: str) -> None:
    """R-090, R-092."""
    ballot_id = called(pledge, occasion)
    (told,) = [each["data"] for each in pledge.told("grading.called")]
    assert told["ballot_id"] == ballot_id
    assert told["title"] == f"金融学院教工党支部{YEAR}年度承诺党员互评"
    assert [one["name"] for one in told["questions"]] == ["尤文静", "毛建国"]
    assert all(one["grades"] == ["好", "较好", "一般", "差"] and one["promise"] for one in told["questions"])
    assert len(told["credentials"]) == told["entitled"] == len(MEMBERS)
    assert told["credentials"] == sorted(set(told["credentials"]))
    assert (told["secrecy_minimum"], told["tellers"], told["closes_at"]) == (3, TELLERS, None)
    again = call(pledge, occasion)
    assert (again.status_code, again.json["details"]) == (409, ["这次评议已经发起过电子测评。"])


def test_each_member_gets_the_own_credential_and_reads_whom_a_line_means(pledge: Service, occasion: str) -> None:
    ballot_id = called(pledge, occasion)
    uuid = credential.election_uuid(UUID(ballot_id))
    answers = [ticket(pledge, ballot_id, number) for number in MEMBERS]
    assert {answer.status_code for answer in answers} == {200}
    codes = [answer.json["credential"] for answer in answers]
    assert codes == [ticket(pledge, ballot_id, number).json["credential"] for number in MEMBERS]
    (told,) = [each["data"] for each in pledge.told("grading.called")]
    assert sorted(credential.public(code, uuid) for code in codes) == told["credentials"]
    assert {answer.json["roll"] for answer in answers} == {fingerprint(told["credentials"])}
    assert [(one["place"], one["name"]) for one in answers[0].json["questions"]] == [(1, "尤文静"), (2, "毛建国")]
    for stranger, status in (("T021", 404), ("T042", 404), ("T061", 403), ("S011", 403)):
        assert ticket(pledge, ballot_id, stranger).status_code == status, stranger
    assert ticket(pledge, ballot_id, "T021").json["code"] == "not_on_the_roll"
    assert ticket(pledge, str(uuid4()), "T003").json["code"] == "grading_not_found"
    assert pledge.client().get(f"/pledge/api/gradings/{ballot_id}/credential").status_code == 401


def test_fetching_a_credential_leaves_no_trace(
    pledge: Service, occasion: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Decision 14: neither row, nor audit, nor log line says who asked."""
    caplog.set_level(logging.DEBUG)
    ballot_id = called(pledge, occasion)
    before = contents(pledge)
    codes = [ticket(pledge, ballot_id, number).json["credential"] for number in MEMBERS]
    assert contents(pledge) == before
    assert not any(code in text for code in codes for text in [*before.values(), caplog.text])


def test_only_who_runs_the_occasion_may_call(pledge: Service, occasion: str) -> None:
    for stranger in ("T003", "T021", "T061"):
        assert call(pledge, occasion, uid(stranger)).status_code == 403, stranger
    assert pledge.told("grading.called") == []


def test_where_the_scheme_asks_for_no_secret_ballot_none_is_called(
    service: Callable[[str], Service], university: University
) -> None:
    pledge = service("pledge")
    appraising.with_pledge(pledge, university)
    refused = call(pledge, appraising.open_(pledge, SECRETARY), tellers=[str(uid("T003")), str(uid("T021"))])
    assert refused.json["code"] == "cannot_call"
    text = "".join(refused.json["details"])
    for part in ("不采用无记名投票", "尤文静的承诺在测评之列", "不是可以参加本次测评的党员"):
        assert part in text


def test_the_totals_stand_with_the_confirmed_papers_and_are_sealed(pledge: Service, occasion: str) -> None:
    """R-095: heard twice they count once."""
    ballot_id = called(pledge, occasion)
    pledge.hear(GradingOpened, **facts(pledge, ballot_id))
    assert f"/ballot/box/{ballot_id}" in {task["href"] for task in tasks(pledge, "T008")}
    refused = pledge.client(SECRETARY).post(f"/pledge/api/assessments/{occasion}/close-forms")
    assert (refused.json["code"], refused.json["details"]) == ("not_to_be_closed", ["无记名测评还没有计票。"])
    for _ in range(2):
        count(pledge, ballot_id, [4, 1, 0, 0], [0, 0, 2, 4])
    assert tasks(pledge, "T008") == []
    entered = paper(pledge, occasion, 3).json
    assert pledge.client(uid("T002")).post(f"/pledge/api/forms/papers/{entered['id']}/confirm").status_code == 200
    appraising.closed(pledge, SECRETARY, occasion)
    assert [(one["people"], one["said"]) for one in said(pledge, occasion)] == [
        (9, {"好": 4, "较好": 1}), (9, {"一般": 2, "差": 4}),
    ]  # fmt: skip
    with pledge.connect() as conn:
        (sealed,) = conn.execute("SELECT sealed FROM grading").fetchone() or (b"",)
    assert "好" not in bytes(sealed).decode("latin1")


def test_papers_beside_it_are_neither_a_handful_nor_somebody_counted_twice(pledge: Service, occasion: str) -> None:
    """R-095, requirements 5.1: the difference between two published sums would be a handful's votes."""
    ballot_id = called(pledge, occasion)
    few = paper(pledge, occasion, 2)
    assert (few.json["code"], len(few.json["details"])) == ("bad_totals", 1)
    assert "不能少于3份" in few.json["details"][0]
    assert paper(pledge, occasion, 4).status_code == 201
    count(pledge, ballot_id, [6, 0, 0, 0], [6, 0, 0, 0], returned=6)
    too_many = pledge.client(SECRETARY).post(f"/pledge/api/assessments/{occasion}/close-forms").json
    assert too_many["details"][0] == (
        "电子测评6份与纸质互评表4份合计10份，多于应参加的9人：参加了电子测评的，不得再交纸质表。"
    )
    more = paper(pledge, occasion, 1).json["details"]
    assert len(more) == 2, "all faults at once"
    (row, *_) = appraising.rows(pledge, SECRETARY, occasion)
    seen = pledge.client(SECRETARY).get(f"/pledge/api/appraisals/{row['id']}").json
    assert any("合计10份" in line for line in seen["obstacles"])


def test_a_handful_of_papers_entered_before_keeps_it_from_being_called(pledge: Service, occasion: str) -> None:
    assert paper(pledge, occasion, 1).status_code == 201
    assert "不足3份" in "".join(call(pledge, occasion).json["details"])


def test_a_void_grading_gives_way_to_another_with_other_credentials(pledge: Service, occasion: str) -> None:
    first = called(pledge, occasion)
    code = ticket(pledge, first, "T003").json["credential"]
    count(pledge, first, [6, 0, 0, 0], [6, 0, 0, 0])
    for _ in range(2):
        annul(pledge, first)
    assert ticket(pledge, first, "T003").json["code"] == "voting_over"
    second = called(pledge, occasion)
    assert ticket(pledge, second, "T003").json["credential"] != code
    shown = pledge.client(uid("T003")).get(f"/pledge/api/gradings?assessment_id={occasion}").json
    assert [one["state"] for one in shown] == ["annulled", "called"]
    assert shown[0]["statement"] == "会议决定重新测评。"
    with pledge.connect() as conn:
        assert conn.execute("SELECT sealed FROM grading WHERE id = %s", [first]).fetchone() == (None,)


@pytest.mark.parametrize("end", ["counted", "annulled", "months"])
def test_credentials_are_erased_when_nothing_depends_on_them(pledge: Service, occasion: str, end: str) -> None:
    """Decision 14; who was on the roll stays known."""
    ballot_id = called(pledge, occasion)
    pledge.due(clock.now())
    assert kept(pledge) == (9, 9)
    if end == "counted":
        count(pledge, ballot_id, [6, 0, 0, 0], [6, 0, 0, 0])
    elif end == "annulled":
        annul(pledge, ballot_id)
    pledge.due(clock.now() + timedelta(days=190 if end == "months" else 0))
    assert kept(pledge) == (9, 0)
    refused = ticket(pledge, ballot_id, "T003")
    assert (refused.status_code, refused.json["code"]) == (
        409, "credential_erased" if end == "months" else "voting_over"
    )  # fmt: skip


def test_once_it_is_called_the_form_is_fixed(pledge: Service, occasion: str, university: University) -> None:
    called(pledge, occasion)
    appraising.with_pledge(pledge, university, "仇大海")
    refused = pledge.client(SECRETARY).post(f"/pledge/api/assessments/{occasion}/refresh")
    assert (refused.status_code, refused.json["code"]) == (409, "form_fixed")


def test_totals_of_other_lines_are_refused_and_nothing_changes(pledge: Service, occasion: str) -> None:
    ballot_id = called(pledge, occasion)
    totals = [{"subject_id": uuid4(), "counts": [6, 0, 0, 0], "blank": 0}]
    with pytest.raises(Exception, match="题目不符"):
        pledge.hear(GradingCounted, **facts(pledge, ballot_id), issued=9, returned=6, totals=totals)
    assert pledge.client(SECRETARY).get(f"/pledge/api/gradings/{ballot_id}").json["state"] == "called"


def test_it_can_be_called_and_seen_on_pages(pledge: Service, occasion: str) -> None:
    client = pledge.client(SECRETARY)
    before = client.get(f"/pledge/gradings/{occasion}").get_data(as_text=True)
    assert "发起无记名电子测评" in before
    assert "尤文静（承诺在测评之列）" in before
    answer = client.post(f"/pledge/gradings/{occasion}", data={"tellers": TELLERS, "closes_at": ""})
    assert answer.status_code == 303
    after = client.get(f"/pledge/gradings/{occasion}").get_data(as_text=True)
    assert "文思远、方佳" in after
    assert "等待监票人开始" in after
    ballot_id = pledge.told("grading.called")[0]["data"]["ballot_id"]
    pledge.hear(GradingOpened, **facts(pledge, ballot_id))
    member = pledge.client(uid("T008")).get(f"/pledge/assessments/{occasion}").get_data(as_text=True)
    assert f'href="/ballot/box/{ballot_id}"' in member
    assert "不得再交纸质表" in member
    papers = client.get(f"/pledge/forms/{occasion}/papers").get_data(as_text=True)
    assert "应参加9人" in papers
    assert pledge.client(uid("T021")).get(f"/pledge/gradings/{occasion}").status_code == 403


def test_of_a_handful_the_forms_stay_on_paper(service: Callable[[str], Service], university: University) -> None:
    """Requirements 5.1: of a handful every vote would be known."""
    university.settings |= {"appraisal.secret_ballot": True, "ballot.secrecy_minimum": 4}
    pledge, secretary = service("pledge"), university.people["李会计"]
    published(pledge, university.people["周账清"], secretary)
    occasion = appraising.open_(pledge, secretary, organization_id=str(uid("zjy/kuai/jg")))
    seen = pledge.client(secretary).get(f"/pledge/gradings/{occasion}").get_data(as_text=True)
    assert "只有3人，少于规定的4人" in seen
    refused = call(pledge, occasion, secretary, tellers=[str(uid("T054"))]).json
    assert [line for line in refused["details"] if "请用纸质表" in line]
