"""Boxes and papers opened into sums."""

import json

from services.pledge.assessment.domain import FORMS, Assessment, Source
from services.pledge.form import rules, store
from services.pledge.form.domain import SATISFACTION, Count, Tally
from services.pledge.grading import store as gradings
from shared.crypto import Vault
from shared.db import Connection
from shared.scheme import Scheme


def seal(tally: Tally, vault: Vault) -> bytes:
    """Encrypt sums."""
    return vault.seal(json.dumps({"counts": tally.counts, "texts": tally.texts}, ensure_ascii=False))


def opened(sealed: bytes | None, vault: Vault) -> Tally:
    """Decrypt sums; an empty box holds none."""
    return Tally(**json.loads(vault.open(sealed))) if sealed else Tally()


def counts(conn: Connection, assessment: Assessment, scheme: Scheme, vault: Vault) -> dict[Source, Count]:
    """Give what each kind of form says in sum, or only how many took part (R-095)."""
    grading = gradings.find_standing(conn, assessment.tenant_id, assessment.id)
    papers = [one for one in store.list_papers(conn, assessment) if one.confirmed_at is not None]
    found = {}
    for source in FORMS:
        if source not in scheme.appraisal.sources:
            continue
        box = store.read_box(conn, assessment, source)
        mine = [one for one in papers if one.source is source]
        ballot = grading if source is Source.PEER else None
        people = box.answers + sum(one.papers for one in mine) + ((ballot.returned or 0) if ballot else 0)
        hidden = rules.hidden(assessment, scheme, people)
        sealed = [] if hidden else [box.sealed, *(one.sealed for one in mine), ballot.sealed if ballot else None]
        tally = rules.together(opened(each, vault) for each in sealed)
        found[source] = Count(source, people, hidden, tally.counts, tally.texts)
    return found


def satisfaction(count: Count | None, key: str) -> dict[str, int]:
    """Give how many chose what on one line, each choice of the satisfaction scale named."""
    said = count.counts.get(key, {}) if count else {}
    return {choice: said.get(choice, 0) for choice in SATISFACTION}
