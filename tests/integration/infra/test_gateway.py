"""nginx as the runner configures it, in front of services that are not there."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from infra.local import layout as layouts
from infra.local import nginx, supervisor
from infra.local.layout import SERVICES, Layout
from tests import loopback
from tests.trial import until


def get(gateway: Layout, path: str) -> requests.Response:
    return requests.get(f"{gateway.base_url}{path}", timeout=10)


def post(gateway: Layout, path: str, body: bytes) -> requests.Response:
    return requests.post(f"{gateway.base_url}{path}", data=body, timeout=30)


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Layout]:
    layout = layouts.at(tmp_path_factory.mktemp("var"), loopback.block(24000))
    nginx.prepare(layout)
    supervisor.launch(layout, {"gateway": [nginx.program(layout)]})
    supervisor.start_group(layout, "gateway")
    session = requests.Session()
    session.mount(
        "http://", requests.adapters.HTTPAdapter(max_retries=requests.adapters.Retry(20, backoff_factor=0.05))
    )
    assert session.get(f"{layout.base_url}/healthz").text == "ok\n"
    session.close()
    yield layout
    supervisor.stop(layout)


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_that_is_down_is_explained_to_people_and_to_programs(gateway: Layout, service: str) -> None:
    page = get(gateway, f"/{service}/")
    assert page.status_code == 502
    assert "暂时不能办理" in page.content.decode()
    assert '<html lang="zh-CN">' in page.content.decode()

    answer = get(gateway, f"/{service}/api/anything")
    assert answer.status_code == 502
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.json()["code"] == "unavailable"


def written(gateway: Layout, last: str) -> str:
    """Give the logs once the `last` of what may be told stands there: a line is written when its request has ended."""

    def logs() -> str:
        return "".join(path.read_text(encoding="utf-8") for path in (gateway.var / "log").glob("*.log"))

    until(lambda: last in logs())
    return logs()


def test_an_upload_over_the_limit_is_refused_in_chinese(gateway: Layout) -> None:
    answer = post(gateway, "/roster/api/imports", b"x" * (13 * 2**20))

    assert answer.status_code == 413
    assert answer.json() == {"code": "too_large", "message": answer.json()["message"], "details": []}
    assert "12" in answer.json()["message"]


def test_a_vote_leaves_no_line_in_the_gateways_logs(gateway: Layout) -> None:
    """R-130: no log beside the box says who came when."""
    refused = post(gateway, "/ballot/api/box/7f", b"{}")
    too_large = post(gateway, "/ballot/box/7f", b"x" * (13 * 2**20))
    assert (refused.status_code, refused.json()["code"], too_large.status_code) == (502, "unavailable", 413)
    get(gateway, "/ballot/api/result")

    logs = written(gateway, "/ballot/api/result")
    assert "/box" not in logs


def test_an_anonymous_form_leaves_no_line_in_the_gateways_logs(gateway: Layout) -> None:
    """R-090 R-095: nothing says from where, and when, a form was handed in."""
    assert post(gateway, "/pledge/forms/7f/answers", b"x=1").status_code == 502
    assert get(gateway, "/pledge/api/forms/7f").status_code == 502
    get(gateway, "/pledge/forms/7f/papers")

    logs = written(gateway, "/pledge/forms/7f/papers")
    assert "/answers" not in logs
    assert "/pledge/api/forms" not in logs


@pytest.mark.parametrize("ballot", ["/evaluation/api/ballots/5d0c", "/pledge/api/gradings/5d0c"])
def test_fetching_a_credential_leaves_no_line_in_the_gateways_logs(gateway: Layout, ballot: str) -> None:
    """Requirements 5.1: nothing says which address asked for whose credential, and when."""
    answer = get(gateway, f"{ballot}/credential?x=1")
    assert (answer.status_code, answer.json()["code"]) == (502, "unavailable")
    get(gateway, ballot)

    logs = written(gateway, ballot)
    assert "/credential" not in logs


@pytest.mark.parametrize("path", ["/metrics", "/readyz", "/ballot/metrics"])
def test_what_operators_read_is_not_reachable_from_outside(gateway: Layout, path: str) -> None:
    assert get(gateway, path).status_code == 404


def test_the_rules_for_containers_are_read_by_nginx_too(tmp_path: Path) -> None:
    conf, port = (nginx.RULES / "containers.conf").read_text(encoding="utf-8"), loopback.block(26000)
    moved = conf.replace("/etc/nginx/shanguang", str(nginx.RULES)).replace("listen 8080", f"listen 127.0.0.1:{port}")
    path = tmp_path / "nginx.conf"
    path.write_text(f'pid "{tmp_path / "pid"}";\nevents {{}}\nhttp {{\n{moved}\n}}\n', encoding="utf-8")

    done = subprocess.run([str(nginx.binary()), "-t", "-q", "-p", str(tmp_path), "-c", str(path)], capture_output=True)

    assert done.returncode == 0, done.stderr.decode()


def test_a_line_of_the_access_log_ends_with_the_id_of_its_request_but_not_of_a_sign_in(gateway: Layout) -> None:
    """R-130: a sign-in on the way to the booth is found in no other log."""
    get(gateway, "/roster/people/7f")
    get(gateway, "/roster/sign-in")
    log = gateway.var / "log" / "access.log"
    # The gateway writes a line once a request has ended, which may be after its answer was read here.
    until(lambda: all(f"GET {path} " in log.read_text("utf-8") for path in ("/roster/people/7f", "/roster/sign-in")))

    lines = log.read_text(encoding="utf-8").splitlines()
    [person] = [line for line in lines if "GET /roster/people/7f " in line]
    assert re.fullmatch(r"[0-9a-f]{32}", person.rpartition(" ")[2])
    assert [line.rpartition(" ")[2] for line in lines if "GET /roster/sign-in " in line] == ["-"]
