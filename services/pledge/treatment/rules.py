"""When a treatment may be asked for, decided and taken back."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.pledge.treatment.domain import KIND_WORDS, Treatment, TreatmentKind, TreatmentState
from shared.directory.domain import Organization, Person
from shared.errors import Invalid, RuleBroken
from shared.scheme import Scheme


class NotTreatable(Invalid):
    """现在不能这样办理。"""


class AlreadyDecided(RuleBroken):
    """这项申请已经审批过了。"""


class RefusalNeedsAdvice(Invalid):
    """不同意的，请写明意见。"""


class NotInForce(RuleBroken):
    """这项办理没有获得同意，或已经撤销。"""


class OwnApplication(RuleBroken):
    """本人的或本人提出的申请，须由其他人审批。"""


def check(person: Person, organization: Organization, kind: TreatmentKind, scheme: Scheme, work: str) -> None:
    """Refuse what the scheme or the roster does not allow. Raises `NotTreatable` with all obstacles."""
    found = []
    if kind not in scheme.pledge.treatments:
        found.append(f"本方案没有“{KIND_WORDS[kind]}”的办理方式。")
    if not person.is_member:
        found.append(f"{person.name}不是{organization.name}的在册党员。")
    if kind is TreatmentKind.ENCOURAGED and not work.strip():
        found.append("请写明鼓励其做哪些力所能及的工作。")
    if found:
        raise NotTreatable(details=found)


def applied(treatment: Treatment, scheme: Scheme, *, by: UUID, at: datetime) -> Treatment:
    """Give a new treatment its state: where a scheme knows exemptions the superior decides, also on encouragement.

    Where it knows encouragement alone the branch decides (R-013, R-014, C16).
    """
    if TreatmentKind.EXEMPT in {treatment.kind, *scheme.pledge.treatments}:
        return treatment
    return replace(treatment, state=TreatmentState.CONSENTED, decided_by=by, decided_at=at)


def decided(treatment: Treatment, *, consents: bool, advice: str, by: UUID, at: datetime) -> Treatment:
    """Give a treatment as the superior decided (R-013, R-014).

    Raises `AlreadyDecided`, `OwnApplication`, `RefusalNeedsAdvice`.
    """
    if treatment.state is not TreatmentState.APPLIED:
        raise AlreadyDecided
    if by in {treatment.applied_by, treatment.person_id}:
        raise OwnApplication
    if not consents and not advice.strip():
        raise RefusalNeedsAdvice
    state = TreatmentState.CONSENTED if consents else TreatmentState.REFUSED
    return replace(treatment, state=state, decided_by=by, decided_at=at, advice=advice.strip())


def withdrawn(treatment: Treatment) -> Treatment:
    """Take a treatment back: the member pledges after all. Raises `NotInForce`."""
    if treatment.state not in {TreatmentState.APPLIED, TreatmentState.CONSENTED}:
        raise NotInForce
    return replace(treatment, state=TreatmentState.WITHDRAWN)
