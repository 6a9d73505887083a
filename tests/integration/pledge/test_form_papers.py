"""Totals from paper are settled before the sums are seen: added or taken away later, one paper would show."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from services.pledge.assessment import rules, store
from tests import waiting
from tests.integration.pledge import appraising
from tests.services import Service
from tests.university import TENANT, University

ENTERED = "党员互评的纸质汇总（1份，计票人、监票人毛建国、方佳）还没有核对，请另一人核对，或者作废。"


class Occasion:
    """An occasion with one paper of the members' form that nobody confirmed yet."""

    def __init__(self, pledge: Service, university: University) -> None:
        self.pledge, self.who = pledge, university.people
        appraising.with_pledge(pledge, university)
        self.id = appraising.open_(pledge, self.who["王一鸣"])
        (row,) = appraising.rows(pledge, self.who["王一鸣"], self.id)
        totals = {"source": "peer", "papers": 1, "tellers": "毛建国、方佳", "counts": {row["id"]: {"差": 1}}}
        self.paper = self.post("王一鸣", f"forms/{self.id}/papers", totals).json["id"]

    def post(self, name: str, path: str, body: dict[str, Any] | None = None) -> Any:
        return self.pledge.client(self.who[name]).post(f"/pledge/api/{path}", json=body or {})

    def close(self) -> Any:
        return self.post("王一鸣", f"assessments/{self.id}/close-forms")

    def closed_by_an_earlier_release(self) -> None:
        with self.pledge.connect() as conn:
            conn.execute("UPDATE assessment SET forms_closed_at = now(), forms_closed_by = opened_by")

    def settle(self, act: str, name: str = "区小宁", **body: Any) -> Any:
        return self.post(name, f"forms/papers/{self.paper}/{act}", body)


@pytest.fixture
def occasion(service: Callable[[str], Service], university: University) -> Occasion:
    return Occasion(service("pledge"), university)


def test_forms_are_not_closed_while_totals_wait_to_be_confirmed(occasion: Occasion) -> None:
    """R-090 R-095."""
    refused = occasion.close()
    assert (refused.json["code"], refused.json["details"]) == ("not_to_be_closed", [ENTERED])
    assert occasion.settle("confirm").status_code == 200
    assert [occasion.close().status_code for _ in range(2)] == [200, 200]


def test_totals_left_from_an_earlier_release_can_only_be_dropped_with_a_reason(occasion: Occasion) -> None:
    """R-090 R-095: an occasion that was closed with them has a way out that shows nobody's paper."""
    occasion.closed_by_an_earlier_release()
    page = occasion.pledge.client(occasion.who["区小宁"]).get(f"/pledge/forms/{occasion.id}/papers").text
    assert "只能作废" in page
    assert "核对无误" not in page
    assert occasion.settle("confirm").json["code"] == "paper_too_late"
    assert occasion.settle("drop").json["code"] == "drop_unexplained"
    assert occasion.settle("drop", reason="  ").json["code"] == "drop_unexplained"
    dropped = occasion.settle("drop", reason="收表前没有核对")
    assert (dropped.status_code, dropped.json["drop_reason"]) == (200, "收表前没有核对")
    page = occasion.pledge.client(occasion.who["区小宁"]).get(f"/pledge/forms/{occasion.id}/papers").text
    assert "收表前没有核对" in page
    assert "只能作废" not in page
    assert occasion.settle("drop", reason="再来").json["code"] == "paper_settled"


def test_while_forms_are_open_totals_are_dropped_without_a_reason(occasion: Occasion) -> None:
    assert occasion.settle("drop").status_code == 200
    assert occasion.close().status_code == 200


@pytest.mark.parametrize(("act", "code"), [("confirm", "paper_too_late"), ("drop", "drop_unexplained")])
def test_who_settles_totals_waits_for_who_closes_forms(occasion: Occasion, act: str, code: str) -> None:
    """R-090: what was decided before the close came through is judged after it."""
    with occasion.pledge.connect() as conn:
        held = store.get(conn, TENANT, UUID(occasion.id))
        store.save(conn, rules.close_forms(held, held.opened_by, held.opened_at))
        with waiting.beside(lambda: occasion.settle(act)) as answers:
            assert waiting.until_blocked(occasion.pledge.url, conn, answers)
            conn.commit()
    assert answers[0].json["code"] == code
