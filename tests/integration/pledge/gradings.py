"""Gradings as tests drive them: the call, the ticket, the count that ballot tells, papers beside it."""

from typing import Any
from uuid import UUID

from shared.events.ballot import GradingAnnulled, GradingCounted
from tests.integration.pledge import appraising
from tests.services import Service
from tests.university import uid

SECRETARY, CLERK = uid("T001"), uid("T042")
TELLERS = [str(uid("T006")), str(uid("T007"))]
MEMBERS = ("T001", "T002", "T003", "T004", "T005", "T006", "T007", "T008", "T041")


def call(pledge: Service, occasion: str, by: UUID = SECRETARY, **changes: Any) -> Any:
    body = {"assessment_id": occasion, "tellers": TELLERS, **changes}
    return pledge.client(by).post("/pledge/api/gradings", json=body)


def called(pledge: Service, occasion: str, **changes: Any) -> str:
    answer = call(pledge, occasion, **changes)
    assert answer.status_code == 201, answer.json
    return str(answer.json["ballot_id"])


def ticket(pledge: Service, ballot_id: str, number: str) -> Any:
    return pledge.client(uid(number)).get(f"/pledge/api/gradings/{ballot_id}/credential")


def facts(pledge: Service, ballot_id: str) -> dict[str, Any]:
    told = next(each["data"] for each in pledge.told("grading.called") if each["data"]["ballot_id"] == ballot_id)
    return {name: told[name] for name in ("ballot_id", "assessment_id", "organization_id")}


def count(pledge: Service, ballot_id: str, *rows: list[int], returned: int = 6, **more: Any) -> None:
    """Let pledge hear the totals: of each line the grades, in order."""
    told = next(each["data"] for each in pledge.told("grading.called") if each["data"]["ballot_id"] == ballot_id)
    totals = [
        {"subject_id": question["subject_id"], "counts": row, "blank": returned - sum(row)}
        for question, row in zip(told["questions"], rows, strict=True)
    ]
    pledge.hear(
        GradingCounted, **facts(pledge, ballot_id), issued=told["entitled"], returned=returned, totals=totals, **more
    )


def annul(pledge: Service, ballot_id: str) -> None:
    pledge.hear(GradingAnnulled, **facts(pledge, ballot_id), reason="decision", statement="会议决定重新测评。")


def paper(pledge: Service, occasion: str, papers: int, by: UUID = SECRETARY) -> Any:
    body = {"source": "peer", "papers": papers, "tellers": "文思远、方佳", "counts": {}}
    return pledge.client(by).post(f"/pledge/api/forms/{occasion}/papers", json=body)


def said(pledge: Service, occasion: str) -> list[dict[str, Any]]:
    """Give what the members' form says of each pledge, as the secretary reads it."""
    rows = appraising.rows(pledge, SECRETARY, occasion)
    seen = [pledge.client(SECRETARY).get(f"/pledge/api/appraisals/{row['id']}").json for row in rows]
    return [next(one for one in each["counts"] if one["source"] == "peer") for each in seen]


def contents(pledge: Service) -> dict[str, str]:
    found = {}
    with pledge.connect() as conn:
        for (name,) in conn.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall():
            row = conn.execute(
                f"SELECT coalesce(string_agg(t::text, '|' ORDER BY t::text), '') FROM \"{name}\" t"
            ).fetchone()
            found[name] = row[0] if row else ""
    return found


def tasks(pledge: Service, number: str) -> list[dict[str, Any]]:
    found = pledge.client(uid(number)).get("/pledge/api/tasks").json
    return [task for task in found if "测评" in task["title"]]


def kept(pledge: Service) -> Any:
    with pledge.connect() as conn:
        return conn.execute("SELECT count(*), count(credential) FROM grading_elector").fetchone()
