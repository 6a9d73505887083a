"""What may be promised, by whom and when, and what may become of a pledge and of its versions."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from services.pledge.author import rules as authors
from services.pledge.pledge.domain import (
    IN_REVIEW,
    IN_WORK,
    Form,
    Kind,
    Pledge,
    PledgeState,
    Version,
    VersionState,
)
from shared.directory.domain import Organization, Person, Standing
from shared.errors import Invalid, RuleBroken
from shared.scheme import Scheme

LONGEST = 1000


class BadPledge(Invalid):
    """承诺的内容不符合要求。"""


class EntryNeedsReason(Invalid):
    """代他人填写承诺须写明原因，如本人口述、据纸质承诺书补录。"""


class PledgeClosed(RuleBroken):
    """这份承诺已经办结或撤回，不能再改。"""


class VersionInReview(RuleBroken):
    """这份承诺正在审诺，退回或通过以后才能修改。"""


class VersionNotDraft(RuleBroken):
    """这份承诺已经提交，不能再次提交。"""


class RevisionNeedsReason(Invalid):
    """修订已公示的承诺须写明原因。"""


class AlreadyPublished(RuleBroken):
    """承诺已经公示，不能撤回；需要变更的请修订，或在履诺中写明变更、取消的原因。"""


class AlreadySent(RuleBroken):
    """承诺已经提交过，不能删除；可以撤回。"""


def begin(pledge: Pledge, organization: Organization, scheme: Scheme, *, person: Person | None, today: date) -> None:
    """Refuse what no later change of the text could mend: form, kind, trigger and year stay as they were begun.

    Raises `BadPledge` with all obstacles, or `EntryNeedsReason` when nothing else stands in the way.
    """
    lacking = pledge.by_another and not pledge.entry_reason.strip()
    words = [f"{organization.name}的纸质承诺书可以代为录入，请写明来由。"] if lacking else []
    if found := _facts(pledge, scheme, person) + _occasion(pledge, scheme, today):
        raise BadPledge(details=[*found, *words])
    if lacking:
        raise EntryNeedsReason(details=words)


def obstacles(pledge: Pledge, version: Version, scheme: Scheme, *, person: Person | None, today: date) -> list[str]:
    """List everything that is wrong with a pledge as it is to be handed in.

    `person` answers for it (none for an organisation's).
    """
    found = _facts(pledge, scheme, person) + authors.lacking(pledge, version.authors) + _occasion(pledge, scheme, today)
    return found + _words(version, scheme) + _items(pledge, version, scheme, person)


def _facts(pledge: Pledge, scheme: Scheme, person: Person | None) -> list[str]:
    rules = scheme.pledge
    faults = {
        "本方案没有这种承诺方式。": pledge.form not in rules.forms,
        "本方案没有口头承诺。": pledge.oral and "oral" not in rules.treatments,
        "口头承诺请写明由谁、何时记录。": pledge.oral and not (pledge.recorded_by and pledge.recorded_on),
        "只有党员可以作这种承诺。": _member_only(pledge) and not (person and person.is_member),
        "党外干部职工请选“党外干部职工承诺”。": pledge.form is Form.STAFF
        and (person is None or person.standing is not Standing.NONPARTY),
        "对社区党组织的承诺由党员个人作出。": bool(pledge.community) and pledge.form is not Form.INDIVIDUAL,
    }
    return [sentence for sentence, true in faults.items() if true]


def _member_only(pledge: Pledge) -> bool:
    return pledge.form in {Form.INDIVIDUAL, Form.GROUP, Form.JOINT}


def _occasion(pledge: Pledge, scheme: Scheme, today: date) -> list[str]:
    faults = {
        "本方案没有这种承诺。": pledge.kind not in scheme.pledge.kinds,
        "即时承诺请选择因何提出：阶段性重点工作、临时性任务或突发性事件。": pledge.kind is Kind.INSTANT
        and pledge.trigger is None,
        "只有即时承诺才选“因何提出”；年度承诺请不要选。": pledge.kind is Kind.ANNUAL and pledge.trigger is not None,
        "即时承诺请写明因何事提出。": pledge.kind is Kind.INSTANT and not pledge.trigger_text.strip(),
        "年度只能是去年、今年或明年；去年的据纸质承诺补录。": not today.year - 1 <= pledge.year <= today.year + 1,
    }
    return [sentence for sentence, true in faults.items() if true]


def _words(version: Version, scheme: Scheme) -> list[str]:
    rules = scheme.pledge
    length = len(version.headline.strip())
    if not length:
        return ["请写一句话承诺。"]
    if length > rules.headline_length:
        return [f"一句话承诺共{length}个字，超过{rules.headline_length}个字。"]
    return []


def _items(pledge: Pledge, version: Version, scheme: Scheme, person: Person | None) -> list[str]:
    rules, items = scheme.pledge, version.items
    aspects = set(rules.areas if pledge.form is Form.ORGANIZATION else (*rules.aspects, *rules.leader_aspects))
    found = [f"第{place}项没有写内容。" for place, item in enumerate(items, 1) if not item.content.strip()]
    found += [f"第{place}项超过{LONGEST}字。" for place, item in enumerate(items, 1) if len(item.content) > LONGEST]
    found += [f"“{item.aspect}”不在承诺的方面之列。" for item in items if item.aspect and item.aspect not in aspects]
    least = rules.items_minimum
    if person is not None and person.leader and pledge.form is not Form.STAFF:
        least = max(least, rules.leader_minimum if items or rules.items_minimum else 0)
    if len(items) < least:
        found.append(f"至少承诺{least}项，现有{len(items)}项。")
    if person is not None and person.division_rank:
        missing = [aspect for aspect in rules.leader_aspects if aspect not in {item.aspect for item in items}]
        found += [f"处级以上党员领导干部还要就“{aspect}”作出承诺。" for aspect in missing]
    if pledge.form is Form.ORGANIZATION and version.consultation is None:
        found.append("党组织承诺请写明怎样征求群众意见。")
    return found


def change(pledge: Pledge, version: Version) -> VersionState:
    """Give the state in which the newest text may be changed. Raises `PledgeClosed`, `VersionInReview`."""
    if pledge.state is not PledgeState.OPEN:
        raise PledgeClosed
    if version.state in IN_REVIEW:
        raise VersionInReview
    return version.state


def submit(pledge: Pledge, version: Version, *, found: Sequence[str], at: datetime) -> Version:
    """Hand a text in. Raises `PledgeClosed`, `VersionNotDraft`, `BadPledge` with all obstacles."""
    if pledge.state is not PledgeState.OPEN:
        raise PledgeClosed
    if version.state is not VersionState.DRAFT:
        raise VersionNotDraft
    if found:
        raise BadPledge(details=found)
    return replace(version, state=VersionState.SUBMITTED, submitted_at=at)


def reason_for(pledge: Pledge, newest: Version, text: Version) -> str:
    """Give why a text takes the place of the one before; a text that goes on from an unpublished one keeps its reason.

    Raises `RevisionNeedsReason` once anything of the pledge is public (R-045).
    """
    reason = text.reason.strip() or (newest.reason if newest.number != pledge.published_version else "")
    if pledge.published_version is not None and not reason:
        raise RevisionNeedsReason
    return reason


def revise(pledge: Pledge, newest: Version, text: Version, *, last: int, by: UUID, at: datetime) -> Version:
    """Make the next version: freely while nothing is public, after that with a reason (R-045, R-054).

    `last` is the highest number that was ever given, also to a text that was taken back.
    Raises `PledgeClosed`, `VersionInReview`, `RevisionNeedsReason`.
    """
    change(pledge, newest)
    return replace(
        text, number=last + 1, state=VersionState.DRAFT, reason=reason_for(pledge, newest, text), made_by=by,
        made_at=at, submitted_at=None, published_at=None,
    )  # fmt: skip


def is_unsent(pledge: Pledge) -> bool:
    """Say whether nobody but who writes a pledge ever had to do with it: no text was handed in or published."""
    return pledge.state is PledgeState.OPEN and pledge.submitted_at is None and pledge.published_version is None


def require_unsent(pledge: Pledge) -> None:
    """Refuse to delete what was handed in before. Raises `PledgeClosed`, `AlreadySent`."""
    if pledge.state is not PledgeState.OPEN:
        raise PledgeClosed
    if not is_unsent(pledge):
        raise AlreadySent


def withdraw(pledge: Pledge, version: Version) -> tuple[Pledge, Version]:
    """Take a pledge back before it is published; of a public one the revision in work alone, and its text stands on.

    Raises `PledgeClosed`, `AlreadyPublished`.
    """
    if pledge.state is not PledgeState.OPEN:
        raise PledgeClosed
    if version.state not in IN_WORK:
        raise AlreadyPublished
    gone = replace(version, state=VersionState.WITHDRAWN)
    if pledge.published_version is not None:
        return replace(pledge, version=pledge.published_version), gone
    return replace(pledge, state=PledgeState.WITHDRAWN), gone
