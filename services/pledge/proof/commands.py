"""Adding what proves a showing, and opening it for officers."""

from pathlib import PurePath
from uuid import UUID, uuid4

from services.pledge import permissions
from services.pledge.proof import rules, store
from services.pledge.proof.domain import Proof
from services.pledge.publication import commands as publications
from shared import clock
from shared.auth import Viewer
from shared.db import Connection

LONGEST = 80


def add(conn: Connection, viewer: Viewer, record_id: UUID, filename: str, content: bytes) -> Proof:
    """Keep a file with a record. Raises `NotAllowed`, `RecordNotFound` and what `proof.rules` refuse."""
    record, _ = publications.access(conn, viewer, record_id, hold=True)
    kind = rules.kind_of(content)
    rules.check_room(record, len(store.list_of(conn, viewer.tenant_id, [record.id]).get(record.id, [])))
    name = "".join(each for each in PurePath(filename).stem if each.isprintable())[:LONGEST].strip() or "佐证材料"
    proof = Proof(viewer.tenant_id, uuid4(), record.id, name, kind, viewer.id, clock.now(), content)
    store.add(conn, proof)
    return proof


def read(conn: Connection, viewer: Viewer, proof_id: UUID) -> Proof:
    """Open a file for who may record showings of the pledge. Raises `ProofNotFound`, `NotAllowed`."""
    proof = store.read(conn, viewer.tenant_id, proof_id)
    publications.access(conn, viewer, proof.publication_id, permission=permissions.PUBLISH_PLEDGE)
    return proof
