"""The auditor's command: alone, offline, with an answer that people and programs understand."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from services.ballot.archive.fault import SENTENCES
from services.ballot.audit import command
from services.ballot.audit.whole import audit
from tests.unit.ballot import archives
from tests.unit.ballot.archives import UUID, chained, lawful, written
from tests.unit.ballot.tamperings import TAMPERINGS

ROOT = Path(__file__).parents[3]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / f"{UUID}.bel"
    path.write_bytes(lawful(archives.alone()).archive())
    return path


def test_a_right_archive_passes(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """R-130."""
    assert command.main([str(archive), "--jobs", "1"]) == 0
    shown = capsys.readouterr()
    assert "核验通过" in shown.out
    assert "王一：0" in shown.out
    assert shown.err == ""


def test_the_auditor_needs_no_setting_no_server_and_no_web(archive: Path) -> None:
    """R-130: an empty environment, and neither Flask nor a database's client is even loaded."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "services.ballot", "audit", str(archive), "--json"],
        cwd=ROOT, env={}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout)["passed"] is True
    loaded = {line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines() if "|" in line}
    assert not {"flask", "psycopg", "kombu", "pika", "shared.config", "requests"} & loaded


def test_several_processes_find_what_one_finds(tmp_path: Path) -> None:
    path = tmp_path / "bad.bel"
    tamper, _ = TAMPERINGS["a ballot copied by another"]
    path.write_bytes(tamper(lawful()))
    heard: list[tuple[int, int]] = []
    several = audit(path, 2, lambda done, all_: heard.append((done, all_)))
    assert several.complete() == audit(path, 1).complete() != ()
    assert heard == [(done, 4) for done in (1, 2, 3, 4)]


def test_every_fault_is_named_with_its_place_and_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """R-130."""
    path = tmp_path / "bad.bel"
    path.write_bytes(TAMPERINGS["a false weight"][0](lawful(archives.alone())))
    assert command.main([str(path), "--json"]) == 1
    (fault,) = json.loads(capsys.readouterr().out)["faults"]
    assert fault["code"] == "total_weight"
    assert fault["sentence"] == SENTENCES["total_weight"]
    assert fault["place"].endswith(".data.json")
    assert command.main([str(path)]) == 1
    assert f"{fault['place']}  [total_weight]" in capsys.readouterr().out


@pytest.mark.parametrize(("arguments", "code"), [([], 1), (["--unfinished"], 0)])
def test_an_unfinished_archive_passes_only_when_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int
) -> None:
    path = tmp_path / "open.bel"
    path.write_bytes(written(chained(lawful(archives.alone()).steps()[:2])))
    assert command.main([str(path), *arguments]) == code
    assert "计票尚未完成" in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"", b"\xff" * 2000, b"BELENIOS", bytes(4096), b"PK\x03\x04" * 600])
def test_anything_else_is_no_archive(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.bel"
    path.write_bytes(content)
    assert command.main([str(path), "--unfinished"]) == 1


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([str(tmp_path / "none.bel")]) == 2
    assert "没有这个文件" in capsys.readouterr().err


def test_an_archive_cannot_steer_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bad.bel"
    tamper, _ = TAMPERINGS["a shuffle"]
    path.write_bytes(tamper(lawful(archives.alone())).replace(b"Shuffle", b"\\u001b[2J"[:7]))
    command.main([str(path)])
    assert "\x1b" not in capsys.readouterr().out


def test_every_code_the_auditor_can_give_has_a_sentence() -> None:
    assert {code for _, code in TAMPERINGS.values()} <= SENTENCES.keys()
    never_tampered = {"opening_form", "header_unreadable", "record_too_large", "not_utf8"}
    assert SENTENCES.keys() - {code for _, code in TAMPERINGS.values()} <= never_tampered
