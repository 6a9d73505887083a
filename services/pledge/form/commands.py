"""Forms: taken by members, answered by whoever holds a token, counted from paper by two people."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID, uuid4

from services.pledge import permissions
from services.pledge.assessment import commands as assessments
from services.pledge.assessment import store as assessment_store
from services.pledge.assessment.domain import Assessment, Source
from services.pledge.assessment.rules import FormsClosed
from services.pledge.form import counting, questions, rules, slip, store, token
from services.pledge.form.domain import Paper, Question, Tally
from services.pledge.grading import rules as grading_rules
from services.pledge.grading import store as gradings
from shared import audit, clock
from shared.auth import Viewer, require
from shared.crypto import Vault
from shared.db import Connection
from shared.directory.domain import Organization
from shared.scheme import Scheme
from shared.voting.secrecy import fewest


def take(
    conn: Connection, viewer: Viewer, assessment_id: UUID, secret: str, request: str = ""
) -> tuple[str, list[Question]]:
    """Give a member the one form, with its token; who took it is known, what is answered with it is not.

    The same request again, whose answer may have been lost, gets the same form.

    Raises `NotAllowed`, `FormNotOpen`, `FormTaken`.
    """
    assessment = assessment_store.find(conn, assessment_id, share=True)
    require(conn, viewer, permissions.TAKE_FORM, assessment.organization_id)
    scheme = assessments.scheme_of(conn, assessment)
    if not rules.open_for(assessment, scheme, Source.PEER):
        raise rules.FormNotOpen
    asked = token.number_of(request)
    trace = token.trace(secret, assessment.id, viewer.id, asked) if asked else None
    if not store.take(conn, assessment, viewer.id, trace):
        raise rules.FormTaken
    if asked is None:
        return token.mint(secret, assessment.id, Source.PEER), questions.of(conn, assessment, scheme)
    return token.mint_again(secret, assessment.id, viewer.id, asked), questions.of(conn, assessment, scheme)


def show(conn: Connection, assessment_id: UUID, secret: str) -> tuple[Assessment, str, list[Question]]:
    """Give anybody the form of the masses: with a token of its own, or without one where it asks for a slip's code.

    Raises `FormNotOpen`, `BoxFull`.
    """
    assessment = assessment_store.find(conn, assessment_id)
    scheme = assessments.scheme_of(conn, assessment)
    if not rules.open_for(assessment, scheme, Source.MASS):
        raise rules.FormNotOpen
    if store.read_box(conn, assessment, Source.MASS).answers >= assessment.invited:
        raise rules.BoxFull
    fresh = "" if assessment.coded else token.mint(secret, assessment.id, Source.MASS)
    return assessment, fresh, questions.of(conn, assessment, scheme)


def reopen(
    conn: Connection, assessment_id: UUID, secret: str, source: Source, token_: str
) -> tuple[Assessment, list[Question]]:
    """Give what a form asks to whoever handed one in that was refused; that of members only with its token.

    Raises `FormNotOpen`, `TokenForged`.
    """
    assessment = assessment_store.find(conn, assessment_id)
    scheme = assessments.scheme_of(conn, assessment)
    if not rules.open_for(assessment, scheme, source):
        raise rules.FormNotOpen
    if source is not Source.MASS or not assessment.coded:
        token.check(secret, assessment_id, source, token_)
    return assessment, questions.of(conn, assessment, scheme)


def answer(
    conn: Connection, vault: Vault, secret: str, *, assessment_id: UUID, source: Source, token_: str,
    choices: Mapping[str, str], text: str,
) -> None:  # fmt: skip
    """Take an answer; the same token again changes nothing, a used slip is refused. Who answers, or when, is not kept.

    Raises `TokenForged`, `SlipUnknown`, `SlipUsed`, `FormNotOpen`, `BadForm`, `BlankForm`, `BoxFull`.
    """
    assessment = assessment_store.find(conn, assessment_id, share=True)
    slips = source is Source.MASS and assessment.coded
    used = (
        slip.check(secret, assessment_id, assessment.invited, token_)
        if slips
        else token.check(secret, assessment_id, source, token_)
    )
    scheme = assessments.scheme_of(conn, assessment)
    box = store.get_box(conn, assessment, source)
    if used in {bytes(one) for one in box.used}:
        if slips:
            raise rules.SlipUsed
        return
    if not rules.open_for(assessment, scheme, source):
        raise rules.FormNotOpen
    if source is Source.MASS and box.answers >= assessment.invited:
        raise rules.BoxFull
    rules.check(questions.of(conn, assessment, scheme), choices, text)
    sums = rules.added(counting.opened(box.sealed, vault), choices, text)
    store.put(conn, box, used, counting.seal(sums, vault))


def slips(
    conn: Connection, viewer: Viewer, assessment_id: UUID, secret: str, part: int
) -> tuple[Assessment, list[str]]:
    """Give a batch of slips' codes to who prints them; that they were read is noted. Raises `NotAllowed`, `NoSlips`."""
    assessment, organization = assessments.access(conn, viewer, permissions.PRINT_SLIPS, assessment_id)
    scheme = assessments.scheme_of(conn, assessment)
    open_ = assessment.coded and rules.open_for(assessment, scheme, Source.MASS)
    if not open_ or not 1 <= part <= slip.batches(assessment.invited):
        raise rules.NoSlips
    audit.note(
        conn, viewer.tenant_id, viewer.id, permissions.PRINT_SLIPS.name, subject=str(assessment.id),
        organization_id=organization.id,
    )  # fmt: skip
    return assessment, slip.batch(secret, assessment.id, assessment.invited, part)


def enter_paper(
    conn: Connection, viewer: Viewer, vault: Vault, assessment_id: UUID, *, source: Source, papers: int,
    tellers: str, counts: dict[str, dict[str, int]], texts: list[str],
) -> Paper:  # fmt: skip
    """Enter totals that tellers counted from paper. Raises `NotAllowed`, `FormsClosed`, `BadTotals`."""
    assessment, _ = officer(conn, viewer, assessment_id, hold=True)
    if not assessment.forms_open:
        raise FormsClosed
    scheme = assessments.scheme_of(conn, assessment)
    peer = source is Source.PEER
    faults = _beside_grading(conn, assessment, scheme, papers) if peer else _beyond_invited(conn, assessment, papers)
    rules.check_totals(questions.of(conn, assessment, scheme), papers, counts, faults)
    paper = Paper(
        assessment.tenant_id, uuid4(), assessment.id, source, papers,
        counting.seal(Tally(counts, sorted(texts)), vault), tellers.strip(), viewer.id, clock.now(),
    )  # fmt: skip
    store.add_paper(conn, paper)
    return paper


def _beside_grading(conn: Connection, assessment: Assessment, scheme: Scheme, papers: int) -> list[str]:
    before = [one for one in store.list_papers(conn, assessment) if one.source is Source.PEER]
    grading = gradings.find_standing(conn, assessment.tenant_id, assessment.id)
    return grading_rules.paper_faults(grading, before, papers, least=fewest(scheme.ballot.secrecy_minimum))


def _beyond_invited(conn: Connection, assessment: Assessment, papers: int) -> list[str]:
    """Say so when page and paper together hold more forms than people of the masses were invited (R-095)."""
    before = [one.papers for one in store.list_papers(conn, assessment) if one.source is Source.MASS]
    online = store.read_box(conn, assessment, Source.MASS).answers
    return rules.beyond(assessment.invited, online, sum(before) + papers)


def confirm_paper(conn: Connection, viewer: Viewer, paper_id: UUID) -> Paper:
    """Confirm totals that another entered, before forms are closed and the sums are seen.

    Raises `NotAllowed`, `PaperSettled`, `PaperTooLate`, `ConfirmYourself`.
    """
    paper, assessment = _held(conn, viewer, paper_id)
    rules.check_confirm(paper, assessment, viewer.id)
    paper = replace(paper, confirmed_by=viewer.id, confirmed_at=clock.now())
    store.save_paper(conn, paper)
    return paper


def drop_paper(conn: Connection, viewer: Viewer, paper_id: UUID, reason: str = "") -> Paper:
    """Take totals back, so that right ones can be entered; once forms are closed only unconfirmed ones, with a reason.

    Raises `NotAllowed`, `PaperSettled`, `DropUnexplained`.
    """
    paper, assessment = _held(conn, viewer, paper_id)
    rules.check_drop(paper, assessment, reason.strip())
    paper = replace(paper, dropped_at=clock.now(), drop_reason="" if assessment.forms_open else reason.strip())
    store.save_paper(conn, paper)
    return paper


def _held(conn: Connection, viewer: Viewer, paper_id: UUID) -> tuple[Paper, Assessment]:
    """Hold totals for a change, their occasion first, so that forms are not closed meanwhile."""
    occasion_id = store.occasion_of(conn, viewer.tenant_id, paper_id)
    assessment, _ = officer(conn, viewer, occasion_id, hold=True)
    return store.get_paper(conn, viewer.tenant_id, paper_id), assessment


def officer(
    conn: Connection, viewer: Viewer, assessment_id: UUID, *, hold: bool = False
) -> tuple[Assessment, Organization]:
    """Open the door to the papers of an occasion; `hold` before a change. Raises `AssessmentNotFound`, `NotAllowed`."""
    return assessments.access(conn, viewer, permissions.ENTER_FORMS, assessment_id, hold=hold)
