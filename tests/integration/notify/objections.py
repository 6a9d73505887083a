"""A signed objection, a day within the notice, and a decision heard and made."""

from datetime import timedelta
from typing import Any

from tests.integration.notify.desk import HANDLER, MONDAY, Desk

SATURDAY = MONDAY + timedelta(days=5)
SIGNED: dict[str, Any] = {"name": "邻居甲", "contact": "13800000000"}


def decided(desk: Desk, objection_id: str, *, upheld: bool, by: str = HANDLER) -> None:
    """Hear and decide."""
    desk.post(f"/objections/{objection_id}/hearing", by, note="本人说明了情况。")
    desk.post(f"/objections/{objection_id}/decision", by, upheld=upheld, statement="经核实作出决定。")
