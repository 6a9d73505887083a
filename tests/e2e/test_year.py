"""A year of pledges of one branch and its 党总支, under one of the four presets, each day another."""

import json
from typing import Any

import pytest
import requests

from infra.year import plan
from infra.year.presets import PRESETS
from shared import clock
from tests.system import System

PRESET = list(PRESETS)[clock.today().toordinal() % len(PRESETS)]
"""In four days every preset has its turn; `./run year` plays all of them."""


@pytest.fixture(scope="module")
def year(system: System) -> Any:
    done = system.play("infra.year", PRESET)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads((system.var / "year.json").read_text(encoding="utf-8"))


def test_every_pledge_of_the_year_ends_with_a_result(year: dict[str, Any], system: System) -> None:
    """R-042, R-077, R-091: members, an organisation and its superior; seen by others than who played."""
    (played,) = year["years"]
    assert played["preset"] == PRESET
    reader = signed_in(system, "general_branch_clerk")
    asked = {"organization_id": year["organization_id"], "year": played["year"]}
    pledges = reader.get(f"{system.base}/pledge/api/pledges", params=asked, timeout=30).json()
    assert {one["state"] for one in pledges} == {"closed"}
    # All but the pledge of the 党总支 itself were made in the branch.
    assert len(pledges) == played["pledges"] - 1
    total = reader.get(f"{system.base}/pledge/api/coverage", params=asked, timeout=30).json()["total"]
    assert total["missing"] == 0
    assert total["oral"] == (PRESET not in {"yjep", "jskd2012"}), "neither of the two documents knows an oral pledge"


def test_every_document_of_the_year_opens(year: dict[str, Any], system: System) -> None:
    """R-097, R-101: ledger, progress tables, annual sheets, results."""
    reader = signed_in(system, "general_branch_secretary")
    opened = {url: reader.get(url, timeout=60) for url in dict.fromkeys(year["documents"])}
    assert {url: answer.status_code for url, answer in opened.items() if answer.status_code != 200} == {}
    kinds = {url.partition("?")[0].rpartition(".")[2]: answer.content[:4] for url, answer in opened.items()}
    assert {kinds["pdf"], kinds["xlsx"], kinds["docx"]} == {b"%PDF", b"PK\x03\x04"}


def test_the_year_says_what_happened_in_the_order_of_its_stages(year: dict[str, Any]) -> None:
    """R-030, R-072: from 提诺 through every quarter to 评诺."""
    names = [step["name"] for step in year["steps"]]
    days = plan.AUTUMN if PRESET == "yjep" else plan.WHOLE
    early, middle, late = (
        [f"第{'一二三四'[number - 1]}季度" for number, _ in quarters]
        for quarters in (days.early, days.middle, days.late)
    )
    order = ["提诺", "退回", "亮诺", *early, *middle, "逾期", *late, "第四季度", "年度评诺", "最终结果"]
    told = [next(at for at, name in enumerate(names) if word in name) for word in order]
    assert told == sorted(told)


def signed_in(system: System, role: str) -> requests.Session:
    account = system.account(role)
    session = requests.Session()
    body = {key: account[key] for key in ("number", "password")}
    answer = session.post(f"{system.base}/roster/api/sessions", json=body, timeout=30)
    session.headers["Authorization"] = f"Bearer {answer.json()['token']}"
    return session
