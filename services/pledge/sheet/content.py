"""What the annual sheet says (R-101), the same for Word and PDF."""

from dataclasses import dataclass

from services.pledge.appraisal.view import View
from services.pledge.assessment.domain import SOURCE_NAMES, Source
from services.pledge.progress.domain import STATE_NAMES, Matter
from services.pledge.remark import rhythm
from shared.web import words


@dataclass(frozen=True)
class Sheet:
    """A heading, facts, a table of matters, and the rows below it."""

    title: str
    facts: list[tuple[str, str]]
    matters: list[tuple[str, str, str, str]]
    rows: list[tuple[str, str]]
    signatures: list[str]


def of(view: View) -> Sheet:
    """Write the sheet of an appraisal as its reader may see it."""
    person, pledge = view.person, view.pledge
    facts = [
        ("姓名" if person else "党组织", person.name if person else view.organization.name),
        ("编号", person.number if person else ""),
        ("所在党组织", view.organization.name if person else ""),
        ("年度", f"{pledge.year}年"),
        ("承诺", view.evidence.table.headline),
        ("制度依据", view.scheme.grounds),
    ]
    return Sheet(
        f"{'党员' if person else '党组织'}承诺践诺情况年度评议表", [(term, text) for term, text in facts if text],
        [_matter(view, matter) for matter in view.evidence.table.matters],
        [(term, text) for term, text in _rows(view) if text],
        ["本人" if person else "党组织负责人", "党支部（党总支）书记"],
    )  # fmt: skip


def _matter(view: View, matter: Matter) -> tuple[str, str, str, str]:
    own = view.evidence.own
    last = matter.last
    result = (
        (STATE_NAMES[last.state] + (f"（{words.day(last.happened_on)}）" if last.state.final else "")) if last else ""
    )
    said = own.matters.get(str(matter.item.item_id), "") if own else ""
    return matter.item.content, words.day(matter.item.due_on), result, said


def _rows(view: View) -> list[tuple[str, str]]:
    found, figures = view.evidence, view.evidence.figures
    counted = (
        f"共{figures.total}项：完成{figures.done}项（按时{figures.on_time}项），部分完成{figures.partial}项，"
        f"未完成{figures.undone}项，变更{figures.changed}项，没有结果{figures.open}项；另取消{figures.cancelled}项。"
    )
    rows = [
        ("完成情况", counted),
        (f"参加{view.scheme.labels.meeting}", found.attendance.words),
        ("个人自评", "　".join(part for part in (found.own.grade, found.own.text) if part) if found.own else ""),
        ("平时点评", "\n".join(f"{rhythm.named(remark.period)}　{remark.text}" for remark in found.remarks)),
    ]  # fmt: skip
    rows += [(SOURCE_NAMES[count.source], _count(view, count.source)) for count in view.counts]
    for said in view.comments:
        text = f"成绩：{said.achievements}\n问题：{said.problems}\n努力方向：{said.direction}"
        rows.append((SOURCE_NAMES[said.source], text))
    rows.append(("群众满意情况", _satisfaction(view)))
    if not view.open:
        verdict = "　".join(part for part in (view.appraisal.grade, view.reason) if part)
        one = view.appraisal
        source = f"{one.outside_document}（{words.day(one.outside_on)}）" if one.outside_document else ""
        rows += [("评定", f"{verdict}\n{words.day(view.decided_at)}"), ("依据", source), ("本人意见", view.reply)]
    return rows


def _count(view: View, source: Source) -> str:
    count = view.evidence.counts[source]
    if not count.people:
        return "没有收到评议表"
    invited = view.assessment.invited if source is Source.MASS else 0
    people = f"参加{count.people}人" + (f"，邀请{invited}人" if invited else "")
    if count.hidden:
        return f"{people}（人数较少或还在收表，不显示汇总）"
    said = count.counts.get(view.evidence.key, {})
    numbers = "，".join(f"{grade}{said[grade]}" for grade in view.scheme.appraisal.scale if said.get(grade))
    return people + (f"：{numbers}" if numbers else "")


def _satisfaction(view: View) -> str:
    return "\n".join(
        f"{one.content}：满意和基本满意{one.satisfied}人，共{one.known}人作出评价"
        for one in (view.evidence.satisfaction if view.told else [])
        if one.known
    )
