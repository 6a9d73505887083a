"""Anonymous forms: what may be said, sums that forget their order, tokens, floods."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.pledge.assessment.domain import Assessment, AssessmentKind, Source
from services.pledge.form import rules, token
from services.pledge.form.domain import Paper, Question, Tally
from tests.unit.pledge.pledges import NOW, scheme
from tests.university import TENANT, uid

SCALE = ("好", "较好", "一般", "差")
LINE = Question("one", "尤文静", "每周答疑", SCALE)
answers = st.lists(st.tuples(st.sampled_from([*SCALE, None]), st.text(max_size=5)), max_size=6)
said = st.dictionaries(st.sampled_from(SCALE), st.integers(0, 40))


def test_more_forms_than_people_who_were_invited_are_refused() -> None:
    """R-095"""
    assert rules.beyond(10, 4, 6) == []
    assert rules.beyond(0, 4, 600) == []
    assert rules.beyond(10, 4, 7) == ["网上4份、纸质7份，合计多于邀请的10人，请核对份数，或先更正邀请人数。"]


def assessment(**changes: object) -> Assessment:
    facts = {
        "tenant_id": TENANT, "id": uid("assessment"), "organization_id": uid("zjy/jin/jg"),
        "kind": AssessmentKind.YEARLY, "year": 2013, "title": "评诺", "scheme_id": uid("scheme"), "scheme_version": 1,
        "invited": 10, "closes_on": None, "opened_by": uid("T001"), "opened_at": NOW,
    }  # fmt: skip
    return Assessment(**{**facts, **changes})  # type: ignore[arg-type]


def add(answer: tuple[str | None, str], tally: Tally) -> Tally:
    choice, text = answer
    return rules.added(tally, {"one": choice} if choice else {}, text)


@given(answers)
def test_sums_forget_the_order_of_answers(given_answers: list[tuple[str | None, str]]) -> None:
    """R-090"""
    results = []
    for order in list(permutations(given_answers))[:24]:
        tally = Tally()
        for answer in order:
            tally = add(answer, tally)
        results.append(tally)
    assert all(one == results[0] for one in results)
    assert sum(results[0].counts.get("one", {}).values()) == sum(choice is not None for choice, _ in given_answers)


@given(answers, answers)
def test_boxes_and_papers_add_up(first: list[tuple[str | None, str]], second: list[tuple[str | None, str]]) -> None:
    """R-095"""
    parts = []
    for some in (first, second):
        tally = Tally()
        for answer in some:
            tally = add(answer, tally)
        parts.append(tally)
    whole = Tally()
    for answer in [*first, *second]:
        whole = add(answer, whole)
    assert rules.together(parts).counts == whole.counts
    assert rules.together(parts).texts == whole.texts


@pytest.mark.parametrize("choices", [{"two": "好"}, {"one": "优"}])
def test_a_form_holds_only_what_it_asks(choices: dict[str, str]) -> None:
    with pytest.raises(rules.BadForm):
        rules.check([LINE], choices, "")


def test_a_blank_line_is_an_abstention_and_a_blank_form_a_slip() -> None:
    rules.check([LINE], {}, "没有意见")
    for text in ("", " \n"):
        with pytest.raises(rules.BlankForm):
            rules.check([LINE], {}, text)
    rules.check([LINE], {}, "长" * rules.LONGEST)
    rules.check([LINE], {"one": "差"}, "")
    with pytest.raises(rules.BadForm) as refused:
        rules.check([LINE], {}, "长" * (rules.LONGEST + 1))
    assert type(refused.value) is rules.BadForm


def test_a_box_keeps_only_so_many_texts_and_none_that_is_blank() -> None:
    full = Tally({}, ["意见"] * (rules.MOST_TEXTS - 1))
    last = rules.added(full, {"one": "好"}, " 最后一条 ")
    assert len(last.texts) == rules.MOST_TEXTS
    assert "最后一条" in last.texts
    assert rules.added(last, {"one": "好"}, "再一条").texts == last.texts
    assert rules.added(Tally(), {"one": "好"}, " ").texts == []


def test_a_token_opens_one_form_of_one_occasion() -> None:
    """R-090"""
    one = token.mint("secret", uid("a"), Source.PEER)
    kept = token.check("secret", uid("a"), Source.PEER, one)
    assert kept == token.check("secret", uid("a"), Source.PEER, one)
    assert one.encode() not in kept
    for wrong in [
        ("other", uid("a"), Source.PEER),
        ("secret", uid("b"), Source.PEER),
        ("secret", uid("a"), Source.MASS),
    ]:
        with pytest.raises(rules.TokenForged):
            token.check(*wrong, one)


@given(st.text(max_size=80))
def test_no_other_text_is_a_token(given_token: str) -> None:
    with pytest.raises(rules.TokenForged):
        token.check("secret", uid("a"), Source.PEER, given_token)


def test_forms_are_open_as_the_scheme_says() -> None:
    """R-090 R-092 C6"""
    assert rules.open_for(assessment(), scheme(), Source.PEER)
    assert rules.open_for(assessment(invited=1), scheme(), Source.MASS)
    for source in (Source.SELF, Source.ORGANIZATION):
        assert not rules.open_for(assessment(), scheme(), source), "who writes a comment fills no form"
    assert not rules.open_for(assessment(), scheme(appraisal__secret_ballot=True), Source.PEER)
    assert not rules.open_for(assessment(), scheme(appraisal__sources=["self", "leader"]), Source.PEER)
    assert not rules.open_for(assessment(invited=0), scheme(), Source.MASS)
    assert not rules.open_for(assessment(forms_closed_at=NOW, forms_closed_by=uid("T001")), scheme(), Source.MASS)


def test_sums_are_hidden_while_forms_come_in_and_of_too_few() -> None:
    """R-090"""
    over = assessment(forms_closed_at=NOW, forms_closed_by=uid("T001"))
    assert rules.hidden(assessment(), scheme(), 100)
    assert rules.hidden(over, scheme(), 2)
    assert not rules.hidden(over, scheme(), 3)


@pytest.mark.parametrize("minimum", [0, 1])
def test_the_sum_of_one_or_two_forms_is_hidden_whatever_a_scheme_allows(minimum: int) -> None:
    """R-090, requirements 5.1"""
    over = assessment(forms_closed_at=NOW, forms_closed_by=uid("T001"))
    loose = replace(scheme(), ballot=replace(scheme().ballot, secrecy_minimum=minimum))
    assert rules.hidden(over, loose, 2)
    assert not rules.hidden(over, loose, 3)


def test_totals_are_confirmed_once_and_by_another() -> None:
    """R-095"""
    at = datetime(2013, 12, 1, tzinfo=UTC)
    paper = Paper(TENANT, uuid4(), uid("a"), Source.MASS, 5, b"", "方佳", uid("T001"), at)
    rules.check_confirm(paper, assessment(), uid("T002"))
    with pytest.raises(rules.ConfirmYourself):
        rules.check_confirm(paper, assessment(), uid("T001"))
    done = Paper(TENANT, uuid4(), uid("a"), Source.MASS, 5, b"", "方佳", uid("T001"), at, uid("T002"), at)
    with pytest.raises(rules.PaperSettled):
        rules.check_confirm(done, assessment(), uid("T003"))
    over = assessment(forms_closed_at=NOW, forms_closed_by=uid("T001"))
    with pytest.raises(rules.PaperTooLate):
        rules.check_confirm(paper, over, uid("T002"))
    with pytest.raises(rules.PaperSettled):
        rules.check_confirm(replace(paper, dropped_at=at), assessment(), uid("T002"))
    assert rules.unconfirmed([done]) == []
    (line,) = rules.unconfirmed([paper, done])
    assert line.startswith("群众测评的纸质汇总（5份，计票人、监票人方佳）还没有核对")


def test_totals_are_dropped_while_forms_come_in_and_then_only_unconfirmed_ones_with_a_reason() -> None:
    """R-095: once the sums are seen, what was confirmed stays."""
    over = assessment(forms_closed_at=NOW, forms_closed_by=uid("T001"))
    entered = Paper(TENANT, uuid4(), uid("a"), Source.MASS, 5, b"", "方佳", uid("T001"), NOW)
    confirmed = replace(entered, confirmed_by=uid("T002"), confirmed_at=NOW)
    for one in (entered, confirmed):
        rules.check_drop(one, assessment(), "")
        with pytest.raises(rules.PaperSettled):
            rules.check_drop(replace(one, dropped_at=NOW), assessment(), "重复录入")
    rules.check_drop(entered, over, "重复录入")
    with pytest.raises(rules.DropUnexplained):
        rules.check_drop(entered, over, "")
    with pytest.raises(rules.PaperSettled):
        rules.check_drop(confirmed, over, "重复录入")


def test_every_fault_of_totals_is_named_with_what_others_found() -> None:
    """R-095"""
    rules.check_totals([LINE], 2, {"one": {"好": 2}})
    with pytest.raises(rules.BadTotals) as refused:
        rules.check_totals([LINE], 2, {"one": {"好": 3}, "two": {"好": 1}}, ["合计多于邀请的人数。"])
    assert refused.value.details == [
        "合计多于邀请的人数。",
        "尤文静：各档合计3，多于收回的2份。",
        "有评议表上没有的项目。",
    ]
    with pytest.raises(rules.BadTotals) as refused:
        rules.check_totals([LINE], 2, {"one": {"优": 1}})
    assert refused.value.details == ["有评议表上没有的项目。"]


@given(said, st.integers(1, 60))
def test_totals_never_exceed_the_papers(counts: dict[str, int], papers: int) -> None:
    """R-095"""
    if sum(counts.values()) <= papers:
        rules.check_totals([LINE], papers, {"one": counts})
    else:
        with pytest.raises(rules.BadTotals):
            rules.check_totals([LINE], papers, {"one": counts})
