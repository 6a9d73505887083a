"""Everything on which a decision rests: what each source says, the figures, the quarters, and what is missing."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from services.pledge.appraisal import rules, store
from services.pledge.appraisal.domain import Appraisal, Comment, Figures, Own, Remark
from services.pledge.assessment.domain import FORMS, Assessment, Source
from services.pledge.attendance import store as attendance
from services.pledge.attendance.domain import Attendance
from services.pledge.form import counting
from services.pledge.form import store as forms
from services.pledge.form.domain import Count, Satisfaction
from services.pledge.grading import rules as grading_rules
from services.pledge.grading import store as gradings
from services.pledge.pledge.domain import Form, Pledge
from services.pledge.progress import commands as progress
from services.pledge.progress.domain import Table
from shared.crypto import Vault
from shared.db import Connection
from shared.scheme import Scheme


@dataclass(frozen=True)
class Evidence:
    """What is known of one pledge on one occasion."""

    table: Table
    figures: Figures
    attendance: Attendance
    """at the year's meetings; of an organisation none"""
    remarks: list[Remark]
    own: Own | None
    entry_reason: str
    comments: list[Comment]
    counts: Mapping[Source, Count]
    key: str
    """the line of a person's pledge on the forms"""
    satisfaction: list[Satisfaction]
    expected: str | None
    """the grade in the middle of what the sources say"""
    obstacles: list[str]


def gather(
    conn: Connection, vault: Vault, appraisal: Appraisal, assessment: Assessment, scheme: Scheme, pledge: Pledge
) -> Evidence:
    """Gather it. Raises `NotPublished`."""
    table = progress.table(conn, pledge)
    came = attendance.count(conn, appraisal.tenant_id, appraisal.person_id, pledge.year)
    remarks = store.list_remarks(conn, appraisal, pledge.year)
    own, entry_reason = own_of(conn, vault, appraisal)
    comments = comments_of(conn, vault, appraisal)
    counts = counting.counts(conn, assessment, scheme, vault)
    key = str(appraisal.id)
    papers = forms.list_papers(conn, assessment)
    unconfirmed = sum(one.confirmed_at is None for one in papers)
    grading = gradings.find_standing(conn, assessment.tenant_id, assessment.id)
    peers = sum(one.papers for one in papers if one.source is Source.PEER)
    return Evidence(
        table, rules.figures(table), came, remarks, own, entry_reason, comments, counts, key,
        _satisfaction(appraisal, pledge, table, counts.get(Source.MASS)), _expected(scheme, own, comments, counts, key),
        rules.obstacles(
            appraisal, assessment, scheme, table, comments, unconfirmed=unconfirmed,
            grading=grading_rules.close_obstacles(grading, peers),
        ),
    )  # fmt: skip


def own_of(conn: Connection, vault: Vault, appraisal: Appraisal) -> tuple[Own | None, str]:
    """Give what the pledger says, and why another entered it."""
    row = store.find_own(conn, appraisal)
    return (Own(**json.loads(vault.open(row[0]))), row[2]) if row else (None, "")


def comments_of(conn: Connection, vault: Vault, appraisal: Appraisal) -> list[Comment]:
    """Give the comments of the organisation and of leaders."""
    return [
        Comment(source=Source(source), **json.loads(vault.open(sealed)))
        for source, sealed in store.list_comments(conn, appraisal)
    ]


def _expected(
    scheme: Scheme, own: Own | None, comments: list[Comment], counts: Mapping[Source, Count], key: str
) -> str | None:
    """Without weights only the forms speak; with weights also the grades that pledger and commentators named."""
    shares: dict[str, rules.Shares] = {
        source: counts[source].counts.get(key, {}) for source in FORMS if source in counts
    }
    if scheme.appraisal.weights:
        if own and own.grade:
            shares[Source.SELF] = {own.grade: 1}
        shares.update({one.source: {one.grade: 1} for one in comments if one.grade})
    return rules.middle(scheme.appraisal.scale, shares, scheme.appraisal.weights)


def _satisfaction(appraisal: Appraisal, pledge: Pledge, table: Table, count: Count | None) -> list[Satisfaction]:
    if pledge.form is not Form.ORGANIZATION:
        return []
    return [
        Satisfaction(one.item.content, counting.satisfaction(count, f"{appraisal.id}:{one.item.item_id}"))
        for one in table.matters
    ]
