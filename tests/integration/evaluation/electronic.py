"""A branch that votes electronically, as tests drive it."""

from typing import Any

from tests.integration.evaluation.voting import Voting
from tests.university import uid


class ElectronicVoting(Voting):
    """A branch whose ballot is called electronic, or mixed with some on paper."""

    def electronic(self, *on_paper: str, opened: bool = True) -> "ElectronicVoting":
        self.hold()
        answer = self.call_electronic(*on_paper)
        assert answer.status_code == 201, answer.json
        if opened:
            self.opened()
        return self

    def call_electronic(self, *on_paper: str) -> Any:
        channel = "mixed" if on_paper else "electronic"
        return self.call(channel=channel, paper_electors=[str(uid(who)) for who in on_paper])

    def ticket(self, who: str, ballot_id: str = "") -> Any:
        return self.get(who, f"ballots/{ballot_id or self.ballot_id}/credential")

    def called_fact(self, number: int = 0) -> dict[str, Any]:
        data: dict[str, Any] = self.service.told("ballot.called")[number]["data"]
        return data

    def kept(self) -> int:
        """Count the credentials that are still there."""
        with self.service.connect() as conn:
            row = conn.execute("SELECT count(*) FROM elector WHERE credential IS NOT NULL").fetchone()
        assert row is not None
        return int(row[0])
