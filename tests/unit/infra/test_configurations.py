"""What the runner writes for supervisor, nginx, PostgreSQL and RabbitMQ, and hands to each process."""

import configparser
import re
from pathlib import Path

import pytest

from infra.local import keys, nginx, postgres, program, rabbitmq, services
from infra.local.layout import SERVICES, TRUSTEES, Layout, at
from infra.local.program import MARK, Program
from shared.voting import seal


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    made = at(tmp_path / "with space" / "100%", 8080)
    keys.make(made.folder("secrets"))
    return made


def parsed(text: str) -> configparser.RawConfigParser:
    parser = configparser.RawConfigParser()
    parser.read_string(text)
    return parser


def test_the_supervisor_starts_the_groups_in_order_and_restarts_what_dies(layout: Layout) -> None:
    groups = {"nodes": [Program("postgres", ["postgres"])], "services": [Program("ballot-web", ["python"])]}

    conf = parsed(program.configuration(layout, groups, user=None))

    assert int(conf["group:nodes"]["priority"]) < int(conf["group:services"]["priority"])
    for name in ("postgres", "ballot-web"):
        assert conf[f"program:{name}"]["autorestart"] == "true"
        assert conf[f"program:{name}"]["killasgroup"] == "true"
    assert not conf.has_option("supervisord", "user")


def test_blanks_and_percent_signs_of_a_path_survive_the_supervisors_reading(layout: Layout) -> None:
    each = Program("odd", ["/opt/my tool", "100%"], {"FOLDER": str(layout.var)})

    section = parsed(program.configuration(layout, {"all": [each]}, user="0"))["program:odd"]

    assert section["command"] == "'/opt/my tool' 100%%"
    assert f'FOLDER="{str(layout.var).replace("%", "%%")}"' in section["environment"]
    assert MARK in section["environment"]


def test_the_seat_that_is_needed_only_if_another_is_missing_leaves_the_cores_to_the_two(layout: Layout) -> None:
    """Any two answers give the result, so on one machine the third seat's audit must not delay them."""
    every = {each.name: each for each in services.programs(layout)}

    conf = parsed(program.configuration(layout, {"services": list(every.values())}, user=None))

    back = {name for name in every if conf[f"program:{name}"]["command"].startswith("nice -n 10 ")}
    assert back == {"trustee3-work"}


def test_the_gateway_knows_every_service_and_listens_on_loopback_only(layout: Layout) -> None:
    conf = nginx.settings(layout)

    for service in SERVICES:
        assert f"{service} 127.0.0.1:{layout.web_port(service)};" in conf
    assert re.findall(r"listen (\S+);", conf) == ["127.0.0.1:8080"]


def test_the_gateway_sends_no_address_and_keeps_no_log_where_a_vote_is_received() -> None:
    """R-130: neither log nor service learns where a vote came from."""
    rules = (nginx.RULES / "server.conf").read_text(encoding="utf-8")
    box = re.search(r"location ~ (\S*box\S*) \{(.*?)\n\}", rules, re.S)

    assert box is not None
    assert "access_log off;" in box[2]
    assert "error_log /dev/null" in box[2]
    assert 'proxy_set_header X-Forwarded-For "";' in box[2]
    assert "$remote_addr" not in box[2]
    for path in ("/ballot/box", "/ballot/box/7", "/ballot/api/box/7"):
        assert re.match(box[1], path)
    for path in ("/ballot/", "/ballot/boxes", "/notify/box"):
        assert not re.match(box[1], path)


def test_no_place_of_the_gateway_lets_a_header_of_a_front_through_that_all_others_set() -> None:
    """R-060: who sets one header at a place inherits none of the others there."""
    rules = (nginx.RULES / "server.conf").read_text(encoding="utf-8")
    everywhere = {line.split()[1] for line in rules.splitlines() if line.startswith("proxy_set_header ")}
    places = [
        body for body in re.findall(r"^location [^\n]*\{\n(.*?)^\}", rules, re.M | re.S) if "proxy_set_header" in body
    ]
    assert "X-Request-Id" in everywhere
    assert len(places) >= 5
    for place in places:
        assert everywhere <= set(re.findall(r"proxy_set_header (\S+)", place)), place
        assert 'proxy_set_header X-Request-Id "";' in place


def test_the_gateway_logs_paths_without_what_follows_them(layout: Layout) -> None:
    """R-130: after signing in somebody goes on to the booth, and the address of the sign-in says so."""
    folder = nginx.RULES
    written = [nginx.settings(layout), *(path.read_text(encoding="utf-8") for path in folder.glob("*.conf"))]
    logs = [log for text in written for log in re.findall(r"^ *access_log (.*);", text, re.M) if log != "off"]
    formats = re.findall(r"log_format (\w+)\s+(.*?);", "".join(written), re.S)

    assert len(logs) == 2
    assert all(log.endswith(" asked if=$told") for log in logs)
    ((name, variables),) = formats
    assert name == "asked"
    assert set(re.findall(r"\$(\w+)", variables)) == {
        *("remote_addr", "time_iso8601", "request_method", "asked", "server_protocol", "status"),
        *("body_bytes_sent", "http_user_agent", "tag"),
    }


def test_what_keeps_no_log_is_not_logged_either_where_it_breaks_off() -> None:
    """R-130: a header that never ends is logged by the server itself, and not where it would have been answered."""
    rules = (nginx.RULES / "server.conf").read_text(encoding="utf-8")
    quiet = re.findall(r"location ~ (\S+) \{[^}]*?access_log off;", rules)
    told = re.search(r"map \$uri \$told \{(.*?)\n\}", (nginx.RULES / "maps.conf").read_text(encoding="utf-8"), re.S)

    assert told is not None
    assert quiet
    assert set(re.findall(r'"~(\S+)" 0;', told[1])) == set(quiet)


def test_the_error_log_of_the_gateway_does_not_quote_where_a_sign_in_leads() -> None:
    rules = (nginx.RULES / "server.conf").read_text(encoding="utf-8")
    place = re.search(r"location \^~ /roster/sign-in \{(.*?)\n\}", rules, re.S)

    assert place is not None
    assert "error_log /dev/null" in place[1]


def test_every_path_goes_to_the_service_that_owns_it() -> None:
    maps = (nginx.RULES / "maps.conf").read_text(encoding="utf-8")
    rules = re.findall(r'"~(\S+)"\s+([a-z]+);', maps.split("}")[0])

    def room(path: str) -> str:
        return next((service for pattern, service in rules if re.match(pattern, path)), "roster")

    assert {room(f"/{service}/api/openapi.json") for service in SERVICES} == set(SERVICES)
    assert room("/evaluation") == "evaluation"
    assert {room(path) for path in ("/", "/static/css/x.css", "/bootstrap/x.js", "/ballots")} == {"roster"}


def test_what_operators_read_is_not_shown_at_the_gateway() -> None:
    rules = (nginx.RULES / "server.conf").read_text(encoding="utf-8")
    hidden = re.search(r"location ~ (\S*metrics\S*) \{\s*return 404;", rules)

    assert hidden is not None
    for path in ("/metrics", "/readyz", "/ballot/metrics", "/roster/readyz"):
        assert re.match(hidden[1], path)


def test_a_real_server_keeps_what_it_confirmed_and_a_test_server_need_not(layout: Layout) -> None:
    real, throwaway = postgres.settings(layout, True, 200), postgres.settings(layout, False, 300)

    assert "fsync = on" in real
    assert "synchronous_commit = on" in real
    assert "fsync = off" in throwaway
    assert "max_connections = 200" in real
    assert "log_statement = 'none'" in real, "no statement with its values reaches a log"


def test_the_broker_has_a_port_mapper_ports_and_files_of_its_own(layout: Layout) -> None:
    other = at(layout.var / "other", 8180)
    keys.make(other.folder("secrets"))
    one, two = rabbitmq.environment(layout), rabbitmq.environment(other)

    for name in ("RABBITMQ_DIST_PORT", "ERL_EPMD_PORT", "RABBITMQ_MNESIA_BASE", "HOME"):
        assert one[name] != two[name]
    assert f"listeners.tcp.1 = 127.0.0.1:{layout.amqp_port}" in rabbitmq.settings(layout)


def test_each_service_gets_its_own_database_and_keys_and_only_roster_may_sign(layout: Layout) -> None:
    """A service holds only its own secrets."""
    for service in SERVICES:
        environment = services.environment(layout, service)
        databases = [name for name in environment if name.endswith("DATABASE_URL")]
        assert databases == [f"{service.upper()}_DATABASE_URL"]
        assert environment[databases[0]].endswith(f":{layout.postgres_port}/{service}")
        assert environment["DATA_KEYS_FILE"].endswith(f"{service}.data_keys")
        assert ("SESSION_PRIVATE_KEY_FILE" in environment) == (service == "roster")


def test_a_seat_gets_only_its_own_database_keys_and_identity(layout: Layout) -> None:
    for number, trustee in enumerate(TRUSTEES, start=1):
        environment = services.environment(layout, trustee)
        assert [name for name in environment if name.endswith("DATABASE_URL")] == [f"{trustee.upper()}_DATABASE_URL"]
        assert environment["TRUSTEE_SEAT"] == str(number)
        assert environment["DATA_KEYS_FILE"].endswith(f"{trustee}.data_keys")
        assert environment["TRUSTEE_IDENTITY_FILE"].endswith(f"{trustee}.identity.pem")
        assert environment["BALLOT_IDENTITY_PUBLIC_FILE"].endswith("ballot.identity.public.pem")
        assert not [name for name in environment if "SECRET" in name or "SESSION" in name]
    for service in SERVICES:
        environment = services.environment(layout, service)
        assert ("TRUSTEE_IDENTITIES_FILE" in environment) == (service == "ballot")
        assert ("BALLOT_IDENTITY_FILE" in environment) == (service == "ballot")
        assert "TRUSTEE_IDENTITY_FILE" not in environment


def test_the_runner_starts_the_verifier_and_the_seats_beside_the_services(layout: Layout) -> None:
    started = {each.name: list(each.command)[2:] for each in services.programs(layout)}

    assert started["ballot-work"] == ["services.ballot", "work", "--except", "verify"]
    assert started["ballot-verify"] == ["services.ballot", "work", "--only", "verify"]
    assert {started[f"{trustee}-work"][0] for trustee in TRUSTEES} == {"services.ballot.trustee"}
    assert len(started) == 2 * len(SERVICES) + 1 + len(TRUSTEES)


def test_the_processes_of_a_service_share_their_counters_in_its_own_folder(layout: Layout) -> None:
    found = [program for program in services.programs(layout) if program.name.partition("-")[0] in SERVICES]
    folders = {program.environment["METRICS_DIR"] for program in found}
    owners = {(program.name.partition("-")[0], program.environment["METRICS_DIR"]) for program in found}
    assert len(folders) == len(owners) == len(SERVICES)


def test_an_identity_of_ballot_that_was_lost_is_made_anew_with_its_public_part(layout: Layout) -> None:
    folder = layout.folder("secrets")
    before = (folder / keys.BALLOT_PUBLIC).read_text()
    (folder / keys.BALLOT).unlink()

    keys.make(folder)

    own = seal.identity((folder / keys.BALLOT).read_text()).public_key()
    assert seal.public_identity((folder / keys.BALLOT_PUBLIC).read_text()) == own
    assert (folder / keys.BALLOT_PUBLIC).read_text() != before


def test_keys_are_made_once_and_for_their_owner_only(layout: Layout) -> None:
    folder = layout.folder("secrets")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    keys.make(folder)

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert {path.stat().st_mode & 0o077 for path in folder.iterdir()} == {0}
