"""Which files prove a showing, and how many."""

from services.pledge.proof.domain import BEGINNINGS, Kind
from services.pledge.publication.domain import Record
from shared.errors import Invalid, NotFound, RuleBroken, TooLarge

MOST_BYTES = 5 * 2**20
MOST = 6


class NoProof(Invalid):
    """请选择要上传的佐证材料。"""


class NotAProof(Invalid):
    """佐证材料请上传照片（JPEG、PNG）或 PDF 文件。"""


class ProofTooLarge(TooLarge):
    """佐证材料太大，每个文件最多 5 MB。"""


class EnoughProofs(RuleBroken):
    """每条公示登记最多上传6个佐证材料。"""


class RecordStruck(RuleBroken):
    """这条公示登记已经划去。"""


class ProofNotFound(NotFound):
    """没有这个佐证材料。"""


def kind_of(content: bytes) -> Kind:
    """Say what a file is by its first bytes, whatever its name says. Raises `NoProof`, `ProofTooLarge`, `NotAProof`."""
    if not content:
        raise NoProof
    if len(content) > MOST_BYTES:
        raise ProofTooLarge
    for kind, beginning in BEGINNINGS.items():
        if content.startswith(beginning):
            return kind
    raise NotAProof


def check_room(record: Record, count: int) -> None:
    """Refuse another file of a struck record or beyond the most. Raises `RecordStruck`, `EnoughProofs`."""
    if record.struck_at is not None:
        raise RecordStruck
    if count >= MOST:
        raise EnoughProofs
