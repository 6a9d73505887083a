"""The quarter over HTTP and RabbitMQ on real servers, and what a stranger hears of it."""

import json
import threading
import uuid
from pathlib import Path
from typing import Any

import pika
import pytest
import requests

from infra.local.layout import SERVICES, TRUSTEES
from tests import auditors
from tests.system import System

THREAD = ("提诺", "审诺", "亮诺", "履诺", "登记本季度闪光言行", "督诺", "自动公布", "标出评上的星",
          "由此而来的闪光言行和星")  # fmt: skip
ORDER = ("生成计票密钥", "开始电子投票", "加密投票", "关闭票箱", "共同解密总数", "再次核验资格")


class Stranger(threading.Thread):
    """A subscriber of its own, bound to the public exchange, that knows nothing of our code."""

    def __init__(self, amqp_url: str) -> None:
        super().__init__(daemon=True)
        self.heard: list[tuple[str, pika.BasicProperties, bytes]] = []
        self._url, self._bound = amqp_url, threading.Event()
        self._halt = threading.Event()

    def run(self) -> None:
        connection = pika.BlockingConnection(pika.URLParameters(self._url))
        channel = connection.channel()
        queue = channel.queue_declare("", exclusive=True).method.queue
        channel.queue_bind(queue, "shanguang.public", "#")
        self._bound.set()
        for method, properties, body in channel.consume(queue, auto_ack=True, inactivity_timeout=0.2):
            if method is not None:
                self.heard.append((method.routing_key, properties, body))
            if self._halt.is_set():
                break
        connection.close()

    def bound(self) -> None:
        assert self._bound.wait(30)

    def halt(self) -> None:
        self._halt.set()
        self.join(timeout=30)


@pytest.fixture(scope="module")
def quarter(system: System) -> tuple[dict[str, Any], list[Any]]:
    strangers = [Stranger(system.environment[name]) for name in ("PUBLIC_AMQP_URL", "AMQP_URL")]
    for stranger in strangers:
        stranger.start()
        stranger.bound()
    done = system.quarter()
    for stranger in strangers:
        stranger.halt()
    assert done.returncode == 0, done.stdout + done.stderr
    heard, all_heard = ([body for _, _, body in stranger.heard] for stranger in strangers)
    assert sorted(heard) == sorted(all_heard), "other systems need no more than their own account"
    return system.played(), strangers[0].heard


def test_the_quarter_ends_with_a_published_award(quarter: Any, system: System) -> None:
    played, _ = quarter
    assert uuid.UUID(played["ballot_id"])
    assert played["award_ids"]
    assert {"name", "at", "url"} == set(played["steps"][0])
    for award_id in played["award_ids"]:
        assert requests.get(f"{system.base}/notify/awards/{award_id}", timeout=10).status_code == 200


def test_a_stranger_hears_a_valid_cloud_event_with_no_other_personal_data(quarter: Any) -> None:
    played, heard = quarter
    published = [json.loads(body) for key, _, body in heard if key == "award.published"]
    assert {event["data"]["award_id"] for event in published} == set(played["award_ids"])
    for event in published:
        assert event["specversion"] == "1.0"
        assert {"id", "source", "type", "time", "subject", "datacontenttype"} <= set(event)
        assert set(event["data"]) == {
            "award_id", "award", "name", "organization", "university", "period", "published_on", "url",
        }  # fmt: skip
        assert requests.get(event["data"]["url"], timeout=10).status_code == 200


def test_every_document_of_the_quarter_opens(quarter: Any, system: System) -> None:
    """R-171, R-122."""
    played, _ = quarter
    reader = requests.Session()
    account = system.account("organization_department")
    answer = reader.post(
        f"{system.base}/roster/api/sessions", json={key: account[key] for key in ("number", "password")}, timeout=10
    )
    reader.headers["Authorization"] = f"Bearer {answer.json()['token']}"
    opened = {url: reader.get(url, timeout=60) for url in played["documents"]}
    wrong = {url: answer.status_code for url, answer in opened.items() if answer.status_code not in {200, 403}}
    assert not wrong
    forms = [url for url in opened if "/filings/" in url]
    assert forms
    for url in forms:
        start = opened[url].content[:4]
        assert start == (b"%PDF" if url.endswith("pdf") else b"PK\x03\x04"), url


def test_nothing_went_to_the_dead_letters(quarter: Any, system: System) -> None:
    connection = pika.BlockingConnection(pika.URLParameters(system.environment["AMQP_URL"]))
    counts = {
        name: connection.channel().queue_declare(f"{name}.dead", passive=True).method.message_count
        for name in (*SERVICES, *TRUSTEES)
    }
    connection.close()
    assert counts == dict.fromkeys(counts, 0)


def test_the_archive_of_the_votes_passes_both_auditors(quarter: Any, tmp_path: Path) -> None:
    """R-130: each elector's encrypted ballot, one of them replaced by a later one."""
    played, _ = quarter
    (address,) = [url for url in played["documents"] if url.endswith(".bel")]
    archive = auditors.download(address, tmp_path)
    auditors.pass_both(archive)
    assert len(auditors.trackers(archive)) > 10


def test_the_quarter_says_how_it_was_voted(quarter: Any) -> None:
    steps = [step["name"] for step in quarter[0]["steps"]]
    told = [next(at for at, step in enumerate(steps) if word in step) for word in ORDER]
    assert told == sorted(told)


def test_one_pledge_runs_through_the_quarter_up_to_its_star(quarter: Any) -> None:
    """R-030, R-046, R-139: 提诺 to 点评, then the award whose deed refers to its item, which serves the branch's."""
    played, _ = quarter
    assert uuid.UUID(played["promise_id"])
    assert uuid.UUID(played["pledge_id"])
    assert uuid.UUID(played["pledge_item_id"])
    steps = [step["name"] for step in played["steps"]]
    told = [next(at for at, step in enumerate(steps) if word in step) for word in THREAD]
    assert told == sorted(told)


@pytest.mark.parametrize("channel", ["--mixed", "--paper"])
def test_another_quarter_is_voted_on_paper_wholly_or_in_part(quarter: Any, system: System, channel: str) -> None:
    """Papers and phones add up: the play holds the count against what was voted."""
    first, _ = quarter
    again = system.quarter(channel)
    assert again.returncode == 0, again.stdout + again.stderr
    played = system.played()
    assert played["ballot_id"] != first["ballot_id"]
    kinds = {url.rpartition(".")[2] for url in played["documents"] if "/ballot/" in url}
    assert {"pdf"} <= kinds
    assert ("bel" in kinds) == (channel == "--mixed")
