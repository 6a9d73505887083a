"""The form of the masses with printed slips: one code, one answer; the same phone cannot fill the box."""

import io
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader

from tests.integration.pledge import appraising
from tests.services import Service
from tests.university import University


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    return service("pledge")


def opened(pledge: Service, university: University, **changes: Any) -> str:
    """Open the yearly occasion with one pledge; give its id."""
    appraising.with_pledge(pledge, university)
    return appraising.open_(pledge, university.people["王一鸣"], **changes)


def slips(pledge: Service, by: UUID, assessment_id: str, **query: Any) -> Any:
    return pledge.client(by).get(f"/pledge/api/forms/{assessment_id}/slips", query_string=query)


def form(pledge: Service, assessment_id: str, token: str) -> dict[str, Any]:
    return {**(pledge.client().get(f"/pledge/api/forms/{assessment_id}").json or {}), "token": token}


def test_each_slip_gives_one_answer_and_no_phone_more(pledge: Service, university: University) -> None:
    """R-095: an opened form carries no token; what was not printed opens nothing, what was used opens nothing again."""
    secretary = university.people["王一鸣"]
    assessment_id = opened(pledge, university, invited=4)
    codes = slips(pledge, secretary, assessment_id).json["codes"]
    assert len(set(codes)) == 4
    assert codes == slips(pledge, secretary, assessment_id).json["codes"], "the same slips can be printed again"
    blank = pledge.client().get(f"/pledge/api/forms/{assessment_id}").json
    assert (blank["token"], blank["coded"]) == ("", True)
    for made_up in ("AAAA-BBBB-CCCC-DDDD", "1", codes[0][:-1]):
        refused = appraising.answer(pledge, assessment_id, form(pledge, assessment_id, made_up))
        assert (refused.status_code, refused.json["code"]) == (403, "slip_unknown")
    for code in (codes[0], codes[1].lower().replace("-", " ")):
        assert appraising.answer(pledge, assessment_id, form(pledge, assessment_id, code)).status_code == 200
    again = appraising.answer(pledge, assessment_id, form(pledge, assessment_id, codes[0]), "差")
    assert again.json["code"] == "slip_used"
    with pledge.connect() as conn:
        answers, used, sealed = conn.execute(
            "SELECT answers, used, sealed FROM form_box WHERE source = 'mass'"
        ).fetchone() or (0, [], b"")
    assert answers == 2
    held = b"".join(bytes(one) for one in used) + bytes(sealed)
    assert not any(code.replace("-", "").encode() in held for code in codes)


def test_slips_are_printed_by_officers_only_in_batches_and_every_reading_leaves_a_line(
    pledge: Service, university: University
) -> None:
    """R-095 R-097"""
    who = university.people
    assessment_id = opened(pledge, university, invited=130)
    for name in ("尤文静", "李会计", "韩群众"):
        assert slips(pledge, who[name], assessment_id).status_code == 403
    first = slips(pledge, who["王一鸣"], assessment_id).json
    second = slips(pledge, who["王一鸣"], assessment_id, part=2).json["codes"]
    assert (first["parts"], len(first["codes"]), len(second)) == (2, 100, 30)
    assert not set(first["codes"]) & set(second)
    assert slips(pledge, who["王一鸣"], assessment_id, part=3).json["code"] == "no_slips"
    printed = pledge.client(who["王一鸣"]).get(f"/pledge/forms/{assessment_id}/slips.pdf?part=2")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(printed.data)).pages).replace("\n", "")
    assert all(code in text for code in second)
    with pledge.connect() as conn:
        noted = conn.execute("SELECT count(*) FROM audit WHERE act = 'form.slips'").fetchone()
    assert noted == (3,)
    assert "扫码" not in _paper(pledge, who["王一鸣"], assessment_id), "the common paper carries no open code"


def _paper(pledge: Service, by: UUID, assessment_id: str) -> str:
    content = pledge.client(by).get(f"/pledge/forms/{assessment_id}/mass.pdf").data
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_many_are_asked_openly_unless_an_officer_chooses_and_the_officer_is_told_what_that_means(
    pledge: Service, university: University
) -> None:
    """R-095: slips by default up to 300 people; the open form is shown as unsecured."""
    secretary = pledge.client(university.people["王一鸣"])
    few = opened(pledge, university, invited=300)
    assert "一码一份" in secretary.get(f"/pledge/assessments/{few}").text
    many = appraising.open_(pledge, university.people["王一鸣"], kind="extra", invited=301)
    assert "一人可能填多份" in secretary.get(f"/pledge/assessments/{many}").text
    assert slips(pledge, university.people["王一鸣"], many).json["code"] == "no_slips"
    chosen = secretary.post(f"/pledge/api/assessments/{many}/invite", json={"invited": 301, "coded": True})
    assert chosen.json["coded"] is True


def test_once_somebody_answered_the_way_stays_and_no_slip_is_lost(pledge: Service, university: University) -> None:
    """R-095"""
    secretary = university.people["王一鸣"]
    assessment_id = opened(pledge, university, invited=3)
    code = slips(pledge, secretary, assessment_id).json["codes"][0]
    place = f"/pledge/api/assessments/{assessment_id}/invite"
    assert pledge.client(secretary).post(place, json={"invited": 2}).status_code == 200
    pledge.client(secretary).post(place, json={"invited": 3})
    appraising.answer(pledge, assessment_id, form(pledge, assessment_id, code))
    for change in ({"invited": 2}, {"invited": 3, "coded": False}):
        assert pledge.client(secretary).post(place, json=change).json["code"] == "forms_underway"
    assert pledge.client(secretary).post(place, json={"invited": 5}).status_code == 200
    codes = slips(pledge, secretary, assessment_id).json["codes"]
    assert len(codes) == 5
    assert code in codes


def test_the_page_takes_the_code_that_stands_on_the_slip(pledge: Service, university: University) -> None:
    """R-095: the code stands behind # on the slip, so that no server and no log sees it; it can be typed as well."""
    secretary = university.people["王一鸣"]
    assessment_id = opened(pledge, university, invited=3)
    page = pledge.client().get(f"/pledge/forms/{assessment_id}").text
    assert "data-slip" in page
    assert "/static/js/slip.js" in page
    (code, *_) = slips(pledge, secretary, assessment_id).json["codes"]
    sent = {"source": "mass", "token": code, "text": "没有意见"}
    assert "评议表已收到" in pledge.client().post(f"/pledge/forms/{assessment_id}/answers", data=sent).text
    assert "已经用过" in pledge.client().post(f"/pledge/forms/{assessment_id}/answers", data=sent).text


def test_a_form_on_which_nothing_stands_spends_no_slip(pledge: Service, university: University) -> None:
    """R-090, R-095: what cannot be changed is asked about first, and an empty form is not taken."""
    secretary = university.people["王一鸣"]
    assessment_id = opened(pledge, university, invited=3)
    code = slips(pledge, secretary, assessment_id).json["codes"][0]
    anybody, place = pledge.client(), f"/pledge/forms/{assessment_id}"
    assert 'data-confirm="交表后不能更改' in anybody.get(place).text
    posted = {"source": "mass", "token": code}
    for text in ("", "  "):
        refused = anybody.post(f"{place}/answers", data={**posted, "text": text})
        assert refused.status_code == 422
        assert "评议表是空白的" in refused.text
    blank = anybody.post(f"/pledge/api/forms/{assessment_id}/answers", json={**posted, "choices": {}})
    assert (blank.status_code, blank.json["code"]) == (422, "blank_form")
    assert "评议表已收到" in anybody.post(f"{place}/answers", data={**posted, "text": "大家很满意"}).text


def test_a_refused_form_comes_back_with_its_answers_to_who_sent_it(pledge: Service, university: University) -> None:
    """R-095: a mistyped code costs nobody the answers; the form of members comes back only with its own token."""
    secretary = university.people["王一鸣"]
    assessment_id = opened(pledge, university, invited=3)
    anybody, place = pledge.client(), f"/pledge/forms/{assessment_id}/answers"
    line = form(pledge, assessment_id, "")["questions"][0]["key"]
    answers = {"source": "mass", "token": "AAAA-BBBB-CCCC-DDDD", f"c-{line}": "较好", "text": "答疑<很>好"}
    refused = anybody.post(place, data=answers)
    assert refused.status_code == 403
    assert 'data-code="slip_unknown"' in refused.text
    assert re.search(r'value="较好" id="[^"]+" checked', refused.text)
    assert "答疑&lt;很&gt;好</textarea>" in refused.text
    code = slips(pledge, secretary, assessment_id).json["codes"][0]
    assert "评议表已收到" in anybody.post(place, data={**answers, "token": code}).text
    for token in ("", "AAAA"):
        guessed = anybody.post(place, data={**answers, "source": "peer", "token": token})
        assert guessed.status_code in {403, 422}
        assert "尤文静" not in guessed.text
    member = pledge.client(university.people["毛建国"])
    (own,) = re.findall(r'name="token" value="([^"]+)"', member.post(f"/pledge/forms/{assessment_id}/take").text)
    blank = anybody.post(place, data={"source": "peer", "token": own})
    assert f'value="{own}"' in blank.text
    assert "尤文静" in blank.text


def test_refused_totals_come_back_with_their_numbers(pledge: Service, university: University) -> None:
    """R-095"""
    who = university.people
    assessment_id = opened(pledge, university, invited=30)
    (row,) = appraising.rows(pledge, who["王一鸣"], assessment_id)
    totals = {"source": "mass", "papers": "6", "tellers": "钱多、孙丽", f"n|{row['id']}|好": "17"}
    refused = pledge.client(who["王一鸣"]).post(f"/pledge/forms/{assessment_id}/papers", data=totals)
    assert refused.status_code == 422
    for kept in ('value="17"', 'value="6"', 'value="钱多、孙丽"', 'value="mass" selected', "合计17，多于收回的6份"):
        assert kept in refused.text, kept
