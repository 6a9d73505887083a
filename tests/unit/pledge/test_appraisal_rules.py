"""Appraisals: what is said, counted, missing and decided."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from services.pledge.appraisal import rules
from services.pledge.appraisal.domain import Appraisal, AppraisalState, Comment, Figures, Own
from services.pledge.assessment.domain import Source
from services.pledge.progress.domain import Entry, Matter, ProgressState, Table
from tests.unit.pledge.pledges import NOW, TODAY, item, pledge, scheme
from tests.unit.pledge.test_form_rules import assessment
from tests.university import TENANT, uid

COMMENT = Comment(Source.ORGANIZATION, "成绩", "问题", "方向")
NOTHING = Figures(0, 0, 0, 0, 0, 0, 0, 0)


def matter(state: ProgressState | None, due_on: date | None = None, happened_on: date = TODAY) -> Matter:
    promised = item(due_on=due_on)
    if state is None:
        return Matter(promised)
    entry = Entry(
        TENANT, uuid4(), uid("pledge"), promised.item_id, 1, state, happened_on, "", "", "", uid("T003"), "", NOW
    )
    return Matter(promised, [entry])


def table(*matters: Matter) -> Table:
    return Table(pledge(published_version=1), "一句话", list(matters))


def appraisal(**changes: object) -> Appraisal:
    facts = {
        "tenant_id": TENANT, "id": uid("appraisal"), "assessment_id": uid("assessment"), "pledge_id": uid("pledge"),
        "organization_id": uid("zjy/jin/jg"), "person_id": uid("T003"), "closing": True, "state": AppraisalState.OPEN,
    }  # fmt: skip
    return Appraisal(**{**facts, **changes})  # type: ignore[arg-type]


def decided() -> Appraisal:
    return appraisal(state=AppraisalState.DECIDED, grade="差", decided_by=uid("T001"), decided_at=NOW)


def test_figures_count_how_matters_ended_and_what_was_on_time() -> None:
    """R-098"""
    late = matter(ProgressState.DONE, TODAY - timedelta(days=1))
    found = rules.figures(table(matter(ProgressState.DONE, TODAY), late, matter(ProgressState.CANCELLED), matter(None)))
    assert (found.total, found.done, found.on_time, found.cancelled, found.open) == (3, 2, 1, 1, 1)
    timeless = rules.figures(table(matter(ProgressState.DONE)))
    assert timeless.on_time == 1, "nothing is late where no day was promised"


def test_every_obstacle_is_listed_but_missing_own_words_are_none() -> None:
    """R-090 R-094"""
    found = rules.obstacles(appraisal(), assessment(), scheme(), table(matter(None)), [], unconfirmed=1)
    assert len(found) == 4
    over = assessment(forms_closed_at=NOW, forms_closed_by=uid("T001"))
    done = table(matter(ProgressState.UNDONE))
    assert rules.obstacles(appraisal(), over, scheme(), done, [COMMENT], unconfirmed=0) == []
    extra = appraisal(closing=False)
    assert rules.obstacles(extra, over, scheme(), table(matter(None)), [COMMENT], unconfirmed=0) == []
    ballot = ["无记名测评还没有计票。"]
    assert rules.obstacles(extra, over, scheme(), table(), [COMMENT], unconfirmed=0, grading=ballot) == ballot


@pytest.mark.parametrize(
    ("sources", "forms", "comments"),
    [
        (["self"], False, False),
        (["self", "peer"], True, False),
        (["self", "mass"], True, False),
        (["self", "organization"], False, True),
        (["self", "leader"], False, True),
    ],
)
def test_only_what_the_scheme_asks_for_is_waited_for(sources: list[str], *, forms: bool, comments: bool) -> None:
    """R-092 C6"""
    asks = scheme(appraisal__sources=sources)
    found = rules.obstacles(appraisal(), assessment(), asks, table(), [], unconfirmed=0)
    assert [any(part in line for line in found) for part in ("停止收表", "没有党组织考评")] == [forms, comments]
    assert len(found) == forms + comments


def test_a_result_from_outside_names_its_document_and_one_from_inside_has_none() -> None:
    """R-090: where nobody stands above in the system, the superior's written result is entered."""
    document = {"outside_document": "示例党〔2013〕5号", "outside_on": TODAY}
    yesterday = TODAY - timedelta(days=1)
    assert rules.outside_obstacles(appraisal(), False, TODAY) == []
    assert rules.outside_obstacles(appraisal(**document), True, TODAY) == []
    (line,) = rules.outside_obstacles(appraisal(**document), False, TODAY)
    assert "不须登记上级文件" in line
    for lacking in ({"outside_document": ""}, {"outside_on": None}):
        (line,) = rules.outside_obstacles(appraisal(**{**document, **lacking}), True, TODAY)
        assert "写明文件名称、文号和日期" in line
    assert rules.outside_obstacles(appraisal(**document), True, yesterday) == ["上级文件的日期不能晚于今天。"]


def decide(given: Appraisal, grade: str, reason: bytes | None = None, **settings: object) -> Appraisal:
    return rules.decide(
        given, scheme(**settings), grade, reason, expected="好", figures=NOTHING, found=[], by=uid("T001"), at=NOW
    )


def test_people_decide_and_say_why_where_they_differ_strongly() -> None:
    """R-090 R-098 C10: what was voted on a pledge is advice."""
    assert decide(appraisal(), "较好").grade == "较好"
    with pytest.raises(rules.NotDecidable, match="现在不能评定") as refused:
        decide(appraisal(), "差")
    assert "相差较大" in refused.value.details[0]
    figures = replace(NOTHING, total=5, done=4)
    by = uid("T001")
    settled = rules.decide(
        appraisal(), scheme(), "差", b"sealed", expected="好", figures=figures, found=[], by=by, at=NOW
    )
    assert settled == replace(decided(), reason=b"sealed", total=5, done=4)
    with pytest.raises(rules.NotDecidable):
        decide(appraisal(), "优")
    with pytest.raises(rules.AppraisalDecided):
        decide(decided(), "好")
    with pytest.raises(rules.OwnPledge):
        decide(appraisal(person_id=uid("T001")), "好")


def test_a_scheme_without_grades_wants_words() -> None:
    """R-090 C13"""
    with pytest.raises(rules.NotDecidable):
        decide(appraisal(), "", appraisal__scale=[])
    assert decide(appraisal(), "", b"sealed", appraisal__scale=[]).grade is None


def test_what_is_said_fits_the_scheme_and_the_pledge() -> None:
    """R-092 R-094"""
    one = matter(ProgressState.DONE)
    rules.check_own(table(one), scheme(), Own({str(one.item.item_id): "做到"}, grade="好"))
    with pytest.raises(rules.UnknownMatter):
        rules.check_own(table(one), scheme(), Own({str(uuid4()): "做到"}))
    with pytest.raises(rules.UnknownGrade):
        rules.check_own(table(one), scheme(), Own({}, grade="优"))
    for enough in (Own({}, text="总的做到"), Own({}, grade="好"), Own({str(one.item.item_id): "做到"})):
        rules.check_own(table(one), scheme(), enough)
    for blank in (Own({}), Own({str(one.item.item_id): " "}, text=" ")):
        with pytest.raises(rules.OwnBlank):
            rules.check_own(table(one), scheme(), blank)
    with pytest.raises(rules.SourceNotAsked):
        rules.check_own(table(one), scheme(appraisal__sources=["leader"]), Own({}))


def test_only_those_comment_whom_the_scheme_asks_and_on_its_scale() -> None:
    """R-092: members and the masses fill forms, they give no comment."""
    rules.check_comment(scheme(), COMMENT)
    rules.check_comment(scheme(), replace(COMMENT, grade="较好"))
    for source in (Source.LEADER, Source.PEER, Source.MASS):
        with pytest.raises(rules.SourceNotAsked):
            rules.check_comment(scheme(), replace(COMMENT, source=source))
    with pytest.raises(rules.UnknownGrade):
        rules.check_comment(scheme(), replace(COMMENT, grade="优"))


def test_a_pledger_replies_once_to_a_result() -> None:
    with pytest.raises(rules.NotDecidedYet):
        rules.reply(appraisal(), b"x", uid("T003"), NOW)
    replied = rules.reply(decided(), b"x", uid("T003"), NOW)
    assert replied == replace(decided(), reply=b"x", replied_by=uid("T003"), replied_at=NOW)
    with pytest.raises(rules.RepliedAlready):
        rules.reply(replied, b"y", uid("T003"), NOW)
