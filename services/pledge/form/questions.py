"""What the form of an occasion asks: a line for every person's pledge, one for every matter of an organisation's."""

from services.pledge.appraisal import store as appraisals
from services.pledge.assessment.domain import Assessment
from services.pledge.form.domain import SATISFACTION, Question
from services.pledge.pledge.domain import Form
from services.pledge.progress import commands as progress
from services.pledge.progress.domain import STATE_NAMES, ProgressState
from shared.db import Connection
from shared.scheme import Scheme


def of(conn: Connection, assessment: Assessment, scheme: Scheme) -> list[Question]:
    """Give the questions, the organisation's first, people in 姓氏笔画 order."""
    rows = appraisals.list_of(conn, assessment.tenant_id, assessment.id)
    tables = {
        table.pledge.id: table for table in progress.tables(conn, assessment.tenant_id, [row.pledge_id for row in rows])
    }
    grades = scheme.appraisal.scale or SATISFACTION
    found = []
    for row in rows:
        matters = tables[row.pledge_id].matters
        if row.form == Form.ORGANIZATION:
            found += [
                Question(
                    f"{row.id}:{matter.item.item_id}", row.name, matter.item.content, SATISFACTION,
                    STATE_NAMES[matter.state] if matter.state else "",
                )
                for matter in matters
            ]  # fmt: skip
        else:
            done = sum(matter.state is ProgressState.DONE for matter in matters)
            found.append(Question(str(row.id), row.name, row.headline, grades, f"完成{done}项，共{len(matters)}项"))
    return found
